//! The client at a server on loopback, and its examples at a sandbox.
#![cfg(feature = "rustls")]

mod answers;
mod bad_input;
mod errors;
mod examples;
#[path = "../../../client-runtime/tests/support/loopback.rs"]
mod loopback;
mod parameters;
mod support;
mod webhook;
