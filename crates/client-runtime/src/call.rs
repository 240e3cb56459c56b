//! One call: its request, its answer and its result.

pub(crate) mod attempt;
#[allow(clippy::module_inception, reason = "it is what the folder is about")]
pub(crate) mod call;
pub(crate) mod connect_error;
pub(crate) mod dry_run;
pub(crate) mod envelope_fields;
pub(crate) mod header;
pub(crate) mod joined;
pub(crate) mod json_body;
pub(crate) mod judge;
pub(crate) mod link;
pub(crate) mod node_budget;
pub(crate) mod raw_response;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod root_value;
pub(crate) mod send;
pub(crate) mod trace;
pub(crate) mod transport_error;
