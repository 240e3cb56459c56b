//! The rules of a spec for requests, as data. The generated clients have a table of them for each operation.

use std::fmt;

/// One rule for a request. Calls are validated against it before anything is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// The fields that the rule is about, by their names on the wire.
    pub fields: &'static [&'static str],
    /// The constraint that the fields must satisfy.
    pub constraint: Constraint,
    /// What happens if a request breaks the rule. Empty if the constraint is self-explanatory.
    pub why: &'static str,
    /// The source of the rule.
    pub source: Source,
    /// The [`length_bit`] of each field. Most rules are about absent fields, and this excludes nearly all of those cheaply.
    pub(crate) length_bits: u64,
}

impl Rule {
    /// Creates a rule for `fields` with its evidence and the numbers of its facts.
    #[must_use]
    pub const fn new(
        fields: &'static [&'static str],
        constraint: Constraint,
        evidence: Evidence,
        facts: &'static [&'static str],
        why: &'static str,
    ) -> Self {
        let (mut length_bits, mut next) = (0, 0);
        while next < fields.len() {
            length_bits |= length_bit(fields[next]);
            next += 1;
        }
        Self { fields, constraint, why, source: Source { evidence, facts }, length_bits }
    }
}

/// Returns a bit that all names of the same length share.
pub(crate) const fn length_bit(name: &str) -> u64 {
    1 << (name.len() % 64)
}

/// The source of a fact: how it is known (the spec's `x-source`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The strongest evidence.
    pub evidence: Evidence,
    /// The numbers of the facts in the project's `specs/facts.md`.
    pub facts: &'static [&'static str],
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.evidence, self.facts.join(", "))
    }
}

/// A kind of evidence for a fact, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// A running server was observed.
    Observed,
    /// The provider's documentation says so.
    Docs,
    /// Public client code, or another public copy of the documentation, says so.
    Public,
    /// None of these: such servers usually behave this way.
    Guess,
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Observed => "observed",
            Self::Docs => "docs",
            Self::Public => "public",
            Self::Guess => "guess",
        })
    }
}

/// A constraint on the fields of a request.
///
/// Some servers trim texts and treat an empty text as absent, as those of ExternalApi do (fact [E5]). For them, constraints
/// ignore white space and invisible characters around a text, and a blank text does not count as given. Characters are
/// Unicode code points.
///
/// [E5]: https://docs.rs/externalapi-client/latest/externalapi_client/facts/#e5
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Constraint {
    /// It is given. Always checked, even with [`ClientBuilder::preflight`](crate::ClientBuilder::preflight) off.
    Required,
    /// It has at least this many characters.
    MinLength(usize),
    /// It has at most this many characters.
    MaxLength(usize),
    /// It has at most this many characters if one of these other fields is given.
    MaxLengthBeside(usize, &'static [&'static str]),
    /// The number is at least this.
    Minimum(i64),
    /// The number is at most this.
    Maximum(i64),
    /// The map has at least this many entries.
    MinEntries(usize),
    /// The text has only the digits 0 to 9.
    Digits,
    /// The text is JSON.
    Json,
    /// If the text is JSON, it is an object that has a text or a number for each of these names.
    JsonObject(&'static [&'static str]),
    /// The text is a date with a time to the minute, as `YYYY-MM-DD HH:MM`, and the day exists.
    Minute,
    /// The text has no line break, no tab and no more than four spaces in a row.
    OneLine,
    /// The text has nothing in double braces, as in `{{name}}`, unless the whole text is one of these.
    NoPlaceholder(&'static [&'static str]),
    /// The file has at least this many bytes. Not checked for a stream without a length.
    MinBytes(u64),
    /// The file has at most this many bytes. Not checked for a stream without a length.
    MaxBytes(u64),
    /// The file has one of these types: either the extension of its name or its first bytes fit. A name without an
    /// extension fits any type. For a stream only the name is checked.
    FileTypes(&'static [&'static str]),
    /// The name of the file has at most this many characters.
    MaxNameLength(usize),
    /// The name of the file arrives unchanged: it is not empty, not too long for a header, and has no slash, backslash
    /// or control character. Always checked.
    FileName,
    /// At least one of the fields is given.
    AtLeastOne,
    /// Either all of the fields are given, or none.
    AllOrNone,
    /// At most one of the fields is given.
    AtMostOne,
    /// The first of the fields is not given together with any of the others.
    NotBeside,
    /// The first of the fields is given only together with all of the others.
    OnlyWith,
    /// The number is not 0.
    NotZero,
    /// The value has the type of its field. Always checked.
    Type,
    /// The value can be a segment of a path: it is not empty, `.` or `..`, which URLs remove. Always checked.
    PathSegment,
    /// The value can be in a header: it has only letters, digits and signs of ASCII and spaces, and no space at either end.
    /// Always checked.
    HeaderValue,
    /// All parameters together take at most this many bytes of the URL. Always checked.
    QueryLength(usize),
}
