//! The command `zap`: WhatsApp campaigns from a CSV file to a report. See `zap --help` and the README.

// The documentation of arguments is their help text.
#![allow(clippy::doc_markdown, reason = "names of variables stand without backquotes in a help text")]

mod args;
mod campaign_view;
mod commands;
mod console;
mod context;
mod exit;
mod failure;
mod good_rows;
mod list_args;
mod logging;
mod message_args;
mod number;
mod progress;
mod rate;
mod shutdown;
mod time;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = args::Arguments::read();
    logging::start(arguments.global.verbose);
    commands::run(arguments).into()
}
