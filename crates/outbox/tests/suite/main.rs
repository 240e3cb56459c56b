//! All tests in one program, so that it is linked once.

mod contract;
#[cfg(unix)]
mod crash;
mod exhaustive;
mod hours;
mod look;
#[cfg(target_os = "linux")]
mod order;
mod postgres;
#[cfg(unix)]
mod rate;
mod recipients;
mod sqlite;
mod worker;
