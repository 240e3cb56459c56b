//! All tests in one program, so that it is linked once.

mod contract;
mod exhaustive;
mod hours;
#[cfg(unix)]
mod kill;
mod sqlite;
mod worker;
