//! Workers against the sandbox. Its list of deliveries is the judge.

mod content;
mod delivery;
mod fixture;
mod trouble;
