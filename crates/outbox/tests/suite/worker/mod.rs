//! Workers against the sandbox. Its list of deliveries is the judge.

mod clock;
mod content;
mod delivery;
mod fixture;
#[cfg(unix)]
mod lost_file;
mod provider;
mod templates;
mod trace;
mod trouble;
