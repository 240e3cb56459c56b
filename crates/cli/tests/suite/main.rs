//! Tests of the program `zap`, run as users run it, against a sandbox in this process.

mod bad_input;
mod campaign;
mod help;
mod support;
