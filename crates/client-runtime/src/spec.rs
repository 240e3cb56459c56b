//! What a spec says of an API, its operations and their rules, as data.

pub(crate) mod api;
pub(crate) mod envelope;
pub(crate) mod host_name;
pub(crate) mod operation;
pub(crate) mod rule;
