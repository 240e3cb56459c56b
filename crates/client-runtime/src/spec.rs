//! A spec as data: an API, its operations and their rules.

pub(crate) mod api;
pub(crate) mod credential;
pub(crate) mod envelope;
pub(crate) mod host_name;
pub(crate) mod operation;
pub(crate) mod rule;
