//! The command line.

use clap::{Args, Parser, Subcommand};

use crate::commands;

const ENVIRONMENT: &str = "\
Environment:
  ZAP_LEDGER    The ledger, unless --ledger is given.
  ZAP_PROVIDER  The provider: escalazap, wazime, wapiflow or chatguru. Its
                settings are variables such as CHATGURU_KEY.
                `zap sandbox` prints those of an account to try.
  ZAP_ACCOUNT   The account's name in the ledger, unless --account is given.
  RUST_LOG      What --verbose logs, such as zap_outbox=debug.

Exit codes:
  0  everything is done         3  some messages were not sent
  1  a failure                  4  the outcome of some messages is unknown
  2  wrong usage or input       5  messages are left to send";

/// Sends WhatsApp campaigns from a CSV file, and never repeats a message
/// automatically, even after a crash.
#[derive(Debug, Parser)]
#[command(
    name = "zap",
    version,
    term_width = 80,
    arg_required_else_help = true,
    subcommand_required = true,
    disable_help_subcommand = true,
    after_help = ENVIRONMENT
)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Options of all commands.
#[derive(Debug, Args)]
pub struct Global {
    /// The ledger: `sqlite:PATH`, or `postgres://USER@HOST/DATABASE` for workers
    /// on several machines [default: the variable ZAP_LEDGER]
    #[arg(long, value_name = "URL", global = true, help_heading = "Global options")]
    pub ledger: Option<String>,

    /// The account's name in the ledger, to tell two accounts at one provider
    /// apart [default: the variable ZAP_ACCOUNT, or the provider's name]
    #[arg(long, value_name = "NAME", global = true, help_heading = "Global options")]
    pub account: Option<String>,

    /// Print the result as one JSON object
    #[arg(long, global = true, help_heading = "Global options")]
    pub json: bool,

    /// Log to stderr. The variable RUST_LOG selects what
    #[arg(long, short, global = true, help_heading = "Global options")]
    pub verbose: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Check(Box<commands::check::Check>),
    Plan(Box<commands::plan::Plan>),
    Test(commands::test::Test),
    Start(commands::start::Start),
    Work(commands::work::Work),
    Status(commands::status::Status),
    Report(commands::report::Report),
    Pause(commands::control::Pause),
    Resume(commands::control::Resume),
    Cancel(commands::control::Cancel),
    Account(commands::account::AccountCommand),
    Ledger(commands::ledger::LedgerCommand),
    Unknown(commands::unknown::Unknown),
    Retry(commands::retry::Retry),
    Stream(commands::stream::StreamCommand),
    Optout(commands::optout::Optout),
    Send(Box<commands::send::Send>),
    Doctor(commands::doctor::Doctor),
    Sandbox(commands::sandbox::Sandbox),
}

impl Arguments {
    /// Parses the arguments of the program. Exits after `--help` and after an error.
    pub fn read() -> Self {
        Self::parse()
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }
}
