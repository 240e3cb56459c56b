//! The properties of an operation that both APIs share.

/// An operation of an API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Operation {
    /// The operation's id in the spec.
    pub(crate) id: &'static str,
    pub(crate) method: &'static str,
    /// The path below the provider's base URL, without a leading slash. `{id}` stands for one segment.
    pub(crate) path: &'static str,
}
