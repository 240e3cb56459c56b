//! One change, with its consequence for users.

/// The consequence of a change for the users of a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing changed.
    Unchanged,
    /// Only documentation changed, or an order that has no meaning.
    Documentation,
    /// Correct code stays correct.
    Compatible,
    /// Correct code may not compile, may fail, or does something else.
    Breaking,
}

/// The kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// Something is new.
    Added,
    /// Something differs.
    Changed,
    /// Something no longer exists.
    Removed,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What changed, such as an operation or a type, in Markdown.
    pub subject: String,
    /// The change, in Markdown.
    pub what: String,
    /// The reason for the verdict; empty if it is obvious.
    pub why: String,
    /// The consequence for users.
    pub verdict: Verdict,
    /// The kind of the change.
    pub kind: ChangeKind,
}

impl Item {
    pub(super) fn new(verdict: Verdict, kind: ChangeKind, subject: impl Into<String>, what: impl Into<String>) -> Self {
        Self { subject: subject.into(), what: what.into(), why: String::new(), verdict, kind }
    }

    pub(super) fn because(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }
}
