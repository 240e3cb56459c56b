//! Time limits, rate limits and retries.

pub(crate) mod deadline;
pub(crate) mod rate_limit;
pub(crate) mod retry;
pub(crate) mod timeouts;
