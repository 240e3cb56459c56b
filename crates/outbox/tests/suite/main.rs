//! All tests in one program, so that it is linked once.

mod contract;
mod exhaustive;
mod hours;
mod sqlite;
mod worker;
