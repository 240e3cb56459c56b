//! Where parameters go.

/// Where an operation's parameters and those credentials that are parameters go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParameterLocation {
    /// Into the URL, as the providers document it. Every proxy on the way may log it, key and all.
    #[default]
    Query,
    /// Into an urlencoded body, which no proxy logs and which has no limit of length. Applies to
    /// POSTs without a form; the others have no such body.
    Body,
}
