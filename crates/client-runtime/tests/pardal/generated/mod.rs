// Generated from crates/client-runtime/tests/pardal/pardal.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

pub mod builder;
mod client;
pub mod operations;
pub mod types;

pub use self::client::{Client, Credentials, Provider};
