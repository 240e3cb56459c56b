//! Validates calls against the rules of their operations, before anything is sent.

pub(crate) mod dyn_form;
pub(crate) mod form;
pub(crate) mod format;
pub(crate) mod parts;
pub(crate) mod text;
pub(crate) mod trim;
