//! The tests that run in one process: one program, so that it is linked once.
//!
//! A test that needs a process of its own starts this program again with [`support::alone`].

mod answers;
mod bad_input;
mod checked;
mod config;
mod connection;
mod contract;
mod doctor;
mod dry_run;
mod errors;
mod examples;
mod given_client;
mod items;
mod limits;
#[cfg(target_os = "linux")]
mod memory;
mod messenger;
mod mutation;
mod outcome;
mod parameters;
mod preflight;
mod readme;
mod replay;
mod retries;
#[path = "../support/mod.rs"]
mod support;
mod trace;
mod traps;
mod upload;
mod wire;
