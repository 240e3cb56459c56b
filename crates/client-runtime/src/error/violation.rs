//! What a request does not hold.

use std::fmt::{self, Write as _};

use crate::spec::rule::{Constraint, Rule, Source};

/// One rule that a request breaks; see [`Error::violations`](crate::Error::violations).
///
/// `Display` is a sentence that says what to fix, why, and how that is known. It never quotes a text or
/// the content of a file.
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

    /// The constraint that does not hold.
    #[must_use]
    pub fn constraint(&self) -> Constraint {
        self.constraint
    }

    /// Returns what to fix and why, in English.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How the rule is known: the kind of evidence and the numbers of the facts. `None` for what no
    /// provider has a say in, such as a number that is too large for its type.
    #[must_use]
    pub fn source(&self) -> Option<Source> {
        self.source
    }

    /// `measured` is what there is instead of what must be.
    pub(crate) fn of(rule: &Rule, measured: Option<u64>) -> Self {
        let fields = rule.fields.iter().map(|&name| name.to_owned()).collect();
        Self::new(fields, rule.constraint, rule.why, measured, Some(rule.source))
    }

    /// The same, saying which of the fields were given; of none it says nothing.
    pub(crate) fn among(mut self, given: &[&str]) -> Self {
        if !given.is_empty() {
            let demand = demand(&self.fields, self.constraint);
            let why = self.text.split_off(demand.len());
            let _ = write!(self.text, ", and {} are given{why}", listed(given));
        }
        self
    }

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
            let _ = write!(text, ", and has {measured}");
        }
        let why = why.trim_end().trim_end_matches('.');
        if !why.is_empty() {
            let _ = write!(text, ": {why}");
        }
        Self { fields, constraint, text, source }
    }
}

/// Names in backticks.
fn listed<S: AsRef<str>>(names: &[S]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// The names as alternatives.
fn either(names: &[&str]) -> String {
    listed(names).replace("`, `", "` or `")
}

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
        Constraint::Json => format!("{names} must be JSON"),
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
        Constraint::FileName => format!("the name of the file for {names} would arrive changed or not at all"),
        Constraint::AtMostOne => format!("at most one of {names} may be given"),
        Constraint::NotBeside => {
            let (one, others) = fields.split_at(1.min(fields.len()));
            format!("{} must not be given beside {}", listed(one), listed(others))
        }
        Constraint::OnlyWith => {
            let (one, others) = fields.split_at(1.min(fields.len()));
            format!("{} must not be given without {}", listed(one), listed(others))
        }
        Constraint::AtLeastOne => format!("at least one of {names} must be given"),
        Constraint::AllOrNone => format!("{names} must be given together"),
        Constraint::NotZero => format!("{names} must not be 0"),
        Constraint::Type => format!("the value for {names} does not have its type"),
        Constraint::PathSegment => format!("{names} cannot be a part of a path"),
        Constraint::QueryLength(most) => {
            format!("{names} must take at most {most} bytes of the URL together")
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        match self.source {
            Some(source) => write!(f, " ({source})"),
            None => Ok(()),
        }
    }
}

/// Why a builder holds no value for a field; for generated code.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// None was given.
    Missing(&'static str),
    /// What was given does not fit its type.
    WrongType(&'static str),
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, constraint) = match self {
            Self::Missing(name) => (name, Constraint::Required),
            Self::WrongType(name) => (name, Constraint::Type),
        };
        f.write_str(&demand(&[(*name).to_owned()], constraint))
    }
}
