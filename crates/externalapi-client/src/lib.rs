#![doc = include_str!("../README.md")]

// Written by the generator, which documents what the spec documents.
#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, missing_docs)]
mod generated;

pub use client_runtime::{ByteStream, ClientBuilder, Error, ErrorKind, File, Outcome, ResponseValue, Secret, Timeouts};
pub use generated::{Client, Credentials, Provider, builder, operations, types};

/// The runtime below this client, for what is not named here.
pub use client_runtime;
