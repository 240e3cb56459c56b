//! Reads answers.

#[doc(hidden)]
pub mod lenient;
#[doc(hidden)]
pub mod object;
pub(crate) mod open_enum;
pub(crate) mod repair;
#[doc(hidden)]
pub mod salvage;
#[doc(hidden)]
pub mod visitor;
