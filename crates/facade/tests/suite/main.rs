//! The tests that run in one process: one program, so that it is linked once.
//!
//! A test that needs a process of its own starts this program again with [`support::alone`].

mod added_chats;
mod checked;
mod config;
mod contract;
mod debug;
mod doctor;
mod dry_run;
mod examples;
mod incoming;
mod items;
mod last_activity;
mod messenger;
mod mutation;
mod preflight;
mod readme;
mod replay;
#[path = "../support/mod.rs"]
mod support;
mod traps;
mod watch;
mod wire;
