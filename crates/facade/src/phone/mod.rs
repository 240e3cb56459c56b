//! Phone numbers.

mod forms;
mod grammar;
mod invalid;
mod number;
mod parse;
mod plan;
mod resolve;
mod serde;
#[cfg(test)]
mod tests;

pub use invalid::InvalidPhoneNumber;
pub use number::PhoneNumber;
