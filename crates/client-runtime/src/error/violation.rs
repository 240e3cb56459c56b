//! Rules that a request breaks.

use std::fmt::{self, Write as _};

use crate::spec::rule::{Constraint, Rule, Source};

/// One rule that a request breaks; see [`Error::violations`](crate::Error::violations).
///
/// `Display` says what to fix and why, and what kind of evidence there is for the rule. It never quotes a text or the
/// content of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    fields: Vec<String>,
    constraint: Constraint,
    text: String,
    source: Option<Source>,
}

impl Violation {
    /// Returns all fields that the rule is about, by their names on the wire.
    #[must_use]
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// Returns the constraint that the request does not satisfy.
    #[must_use]
    pub fn constraint(&self) -> Constraint {
        self.constraint
    }

    /// Returns what to fix and why, in English.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns how the rule is known: the kind of evidence and the numbers of the facts. `None` for rules that do not come
    /// from a provider, such as that a number must fit into its type.
    #[must_use]
    pub fn source(&self) -> Option<Source> {
        self.source
    }

    /// Creates the violation of a rule. `measured` is the size or length that the rule limits.
    pub(crate) fn of(rule: &Rule, measured: Option<u64>) -> Self {
        let fields = rule.fields.iter().map(|&name| name.to_owned()).collect();
        Self::new(fields, rule.constraint, rule.why, measured, Some(rule.source))
    }

    /// Creates the violation of a rule that excludes fields from each other. The text names only the fields that were
    /// `given`.
    pub(crate) fn among(rule: &Rule, given: &[&str]) -> Self {
        let names = given.iter().map(|&name| name.to_owned()).collect();
        let all = rule.fields.iter().map(|&name| name.to_owned()).collect();
        Self { fields: all, ..Self::new(names, rule.constraint, rule.why, None, Some(rule.source)) }
    }

    /// Creates the violation of a rule of the runtime itself.
    pub(crate) fn own(field: &str, constraint: Constraint, why: &str) -> Self {
        Self::new(vec![field.to_owned()], constraint, why, None, None)
    }

    pub(crate) fn new(
        fields: Vec<String>,
        constraint: Constraint,
        why: &str,
        measured: Option<u64>,
        source: Option<Source>,
    ) -> Self {
        let mut text = demand(&fields, constraint);
        if let Some(measured) = measured.filter(|measured| *measured > 0) {
            let _ = write!(text, ", but has {measured}");
        }
        let why = why.trim_end().trim_end_matches('.');
        if !why.is_empty() {
            let _ = write!(text, ": {why}");
        }
        Self { fields, constraint, text, source }
    }
}

/// Returns the names in backticks, separated by commas.
fn listed<S: AsRef<str>>(names: &[S]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// Returns the names in backticks, separated by "or".
fn either(names: &[&str]) -> String {
    listed(names).replace("`, `", "` or `")
}

/// Returns what the fields must satisfy, as a sentence.
fn demand(fields: &[String], constraint: Constraint) -> String {
    let names = listed(fields);
    match constraint {
        Constraint::Required => format!("{names} is missing"),
        Constraint::MinLength(1) => format!("{names} is empty"),
        Constraint::MinLength(least) => format!("{names} must have at least {least} characters"),
        Constraint::MaxLength(most) => format!("{names} must have at most {most} characters"),
        Constraint::MaxLengthBeside(most, others) => {
            format!("{names} must have at most {most} characters beside {}", listed(others))
        }
        Constraint::Minimum(least) => format!("{names} must be at least {least}"),
        Constraint::Maximum(most) => format!("{names} must be at most {most}"),
        Constraint::MinEntries(least) => format!("{names} must have at least {least} entries"),
        Constraint::Digits => format!("{names} must contain only the digits 0 to 9"),
        Constraint::Json => format!("{names} must be valid JSON"),
        Constraint::JsonObject(members) => {
            format!("{names} must be a JSON object that has a text or a number for {}", listed(members))
        }
        Constraint::OneLine => {
            format!("{names} must have no line break, no tab and no more than four spaces in a row")
        }
        Constraint::NoPlaceholder([]) => format!("{names} must not contain double braces, as in `{{{{x}}}}`"),
        Constraint::NoPlaceholder(except) => {
            format!(
                "{names} must not contain double braces, as in `{{{{x}}}}`, unless it is exactly {}",
                either(except)
            )
        }
        Constraint::Minute => format!("{names} must be a date and a time as `YYYY-MM-DD HH:MM`"),
        Constraint::MinBytes(1) => format!("the file for {names} is empty"),
        Constraint::MinBytes(least) => format!("{names} must have at least {least} bytes"),
        Constraint::MaxBytes(most) => format!("{names} must have at most {most} bytes"),
        Constraint::FileTypes(types) => {
            format!("{names} must be a file of type {}, by its name or its content", types.join(", "))
        }
        Constraint::MaxNameLength(most) => {
            format!("the name of the file for {names} must have at most {most} characters")
        }
        Constraint::FileName => format!("the name of the file for {names} is not allowed"),
        Constraint::AtMostOne => format!("only one of {names} may be given"),
        Constraint::NotBeside => {
            let (one, others) = fields.split_at(1.min(fields.len()));
            format!("{} must not be given together with {}", listed(one), listed(others))
        }
        Constraint::OnlyWith => {
            let (one, others) = fields.split_at(1.min(fields.len()));
            format!("{} must not be given without {}", listed(one), listed(others))
        }
        Constraint::AtLeastOne => format!("at least one of {names} must be given"),
        Constraint::AllOrNone => format!("{names} must be given together"),
        Constraint::NotZero => format!("{names} must not be 0"),
        Constraint::Type => format!("the value for {names} does not fit its type"),
        Constraint::HeaderValue => format!("{names} cannot be the value of a header"),
        Constraint::PathSegment => format!("{names} cannot be a segment of a path"),
        Constraint::QueryLength(most) => {
            format!("{names} must together take at most {most} bytes of the URL")
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        match self.source {
            Some(source) => write!(f, " ({})", source.evidence),
            None => Ok(()),
        }
    }
}

/// The reason why a builder has no value for a field; for generated code.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldError {
    /// No value was given.
    Missing(&'static str),
    /// The given value does not fit its type.
    WrongType(&'static str),
    /// The given object could not be built, and why.
    Object(&'static str, String),
}

impl FieldError {
    /// Creates the error of a field whose object, or list of objects, could not be built.
    pub fn of_object(name: &'static str, error: impl fmt::Display) -> Self {
        Self::Object(name, error.to_string())
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, constraint) = match self {
            Self::Missing(name) => (name, Constraint::Required),
            Self::WrongType(name) => (name, Constraint::Type),
            Self::Object(name, why) => return write!(f, "{}: {why}", demand(&[(*name).to_owned()], Constraint::Type)),
        };
        f.write_str(&demand(&[(*name).to_owned()], constraint))
    }
}
