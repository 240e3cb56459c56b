#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod model;
mod words;

pub use words::UnknownWord;
/// The time library.
#[doc(no_inline)]
pub use jiff;
