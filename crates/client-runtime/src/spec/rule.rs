//! What a spec wants of a request, as data: the generated clients hold a table of these for each
//! operation.

use std::fmt;

/// One rule that a request must hold, checked before anything is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// The fields it is about, by name on the wire.
    pub fields: &'static [&'static str],
    /// What must hold of them.
    pub constraint: Constraint,
    /// Why: what happens otherwise. Empty where the constraint says it all.
    pub why: &'static str,
    /// How it is known.
    pub source: Source,
}

impl Rule {
    /// A rule for `fields`, known by `evidence` from `facts`.
    #[must_use]
    pub const fn new(
        fields: &'static [&'static str],
        constraint: Constraint,
        evidence: Evidence,
        facts: &'static [&'static str],
        why: &'static str,
    ) -> Self {
        Self { fields, constraint, why, source: Source { evidence, facts } }
    }
}

/// How a fact is known (the spec's `x-source`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The strongest evidence.
    pub evidence: Evidence,
    /// Numbers of the facts in the project's list.
    pub facts: &'static [&'static str],
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.evidence, self.facts.join(", "))
    }
}

/// What kind of evidence there is for a fact, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// A running backend answered so.
    Observed,
    /// The provider's page says so.
    Docs,
    /// Public client code, or another public copy of the documentation, says so.
    Public,
    /// None of these; how such servers usually behave.
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

/// What must hold of a request's fields.
///
/// Where a server trims texts and takes an empty one for absent (ExternalApi, fact E5), texts are
/// judged so here, too: white space and invisible characters around them do not count, and a blank one does not
/// count as given. Characters are Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Constraint {
    /// It is given. Checked even with [`ClientBuilder::preflight`](crate::ClientBuilder::preflight) off.
    Required,
    /// It has at least so many characters.
    MinLength(usize),
    /// It has at most so many characters.
    MaxLength(usize),
    /// It has at most so many characters if one of these other fields is given.
    MaxLengthBeside(usize, &'static [&'static str]),
    /// The number is at least this.
    Minimum(i64),
    /// The number is at most this.
    Maximum(i64),
    /// The map has at least so many entries.
    MinEntries(usize),
    /// The text is of the digits 0 to 9 alone.
    Digits,
    /// The text is JSON.
    Json,
    /// The text, if it is JSON, is an object that has a text or a number for each of these names.
    JsonObject(&'static [&'static str]),
    /// The text is a date with a time to the minute, as `YYYY-MM-DD HH:MM`, and there is such a day.
    Minute,
    /// The text has no line break, no tab and no more than four spaces in a row.
    OneLine,
    /// The text has nothing in double braces, as in `{{name}}`, unless all of it is one of these.
    NoPlaceholder(&'static [&'static str]),
    /// The file has at least so many bytes. Unchecked for a stream without a length.
    MinBytes(u64),
    /// The file has at most so many bytes. Unchecked for a stream without a length.
    MaxBytes(u64),
    /// The file is of one of these types, told by the ending of its name or by its first bytes: it is
    /// refused if neither fits. A name without an ending is taken for any type; of a stream only the
    /// name is known.
    FileTypes(&'static [&'static str]),
    /// The name of the file has at most so many characters.
    MaxNameLength(usize),
    /// The name of the file arrives as it is: it is not empty, not too long for the header of a form's part, and has
    /// no slash, backslash or control character. Always checked.
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
    /// The value can be a part of a path: it is neither empty nor dots, which URLs resolve away.
    /// Always checked.
    PathSegment,
    /// All parameters together fit into a URL: they take at most so many bytes of it. Always checked.
    QueryLength(usize),
}
