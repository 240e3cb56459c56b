//! All tests in one program, so that it is linked once.

mod contract;
mod exhaustive;
mod hours;
#[cfg(unix)]
mod kill;
#[cfg(target_os = "linux")]
mod order;
mod recipients;
mod sqlite;
mod worker;
