//! Tests of the program `zap`, run as users run it, against a sandbox in this process.

mod bad_input;
mod campaign;
mod commands;
mod help;
mod json;
mod ledger;
mod postgres;
mod process;
mod provider;
mod readme;
mod secrets;
mod support;
