//! Crashes of workers and of the ledger. The sandbox's list of deliveries is the judge.

mod campaign;
#[cfg(target_os = "linux")]
mod disk;
#[cfg(target_os = "linux")]
mod failpoints;
#[cfg(target_os = "linux")]
mod freeze;
mod judge;
mod kill;
mod mutants;
mod postgres;
pub(crate) mod process;
mod proxy;
#[cfg(target_os = "linux")]
mod script;
pub(crate) mod store;
#[cfg(target_os = "linux")]
mod strace;
