//! Why a call failed, and whether it took effect.

pub(crate) mod causes;
pub(crate) mod connect_failure;
pub(crate) mod construct;
pub(crate) mod display;
#[allow(clippy::module_inception, reason = "it is what the folder is about")]
pub(crate) mod error;
pub(crate) mod evidence;
pub(crate) mod form_error;
pub(crate) mod kind;
pub(crate) mod outcome;
pub(crate) mod refusal;
pub(crate) mod transient;
pub(crate) mod violation;
