//! Workers against the sandbox. Its list of deliveries is the judge.

mod delivery;
mod fixture;
mod trouble;
