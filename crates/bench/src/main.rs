//! Measures what a call and what durable sending cost, compared with the same written by hand.

mod callers;
mod calls;
mod check;
mod codegen;
mod dependents;
mod load;
mod models;
mod outbox;
mod peers;
mod plot;
mod process;
mod run;
mod server;
mod table;
mod tls;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use callers::{Caller, What, Who};
use clap::{Parser, Subcommand};
use load::Failure;
use run::Part;

/// Measures what a call and what durable sending cost, compared with the same written by hand.
#[derive(Parser)]
#[command(name = "bench", arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measures, prints the tables, and writes them with plots.
    ///
    /// A complete run writes into crates/bench/results, any other run into the target folder.
    #[command(after_help = "Examples:
  bench run               Measure all parts, with the clients of other generators (half an hour)
  bench run --quick       Measure what takes a few minutes
  bench run calls codegen Measure two parts")]
    Run {
        /// Take fewer measurements, and leave out what takes long.
        #[arg(long)]
        quick: bool,

        /// The parts to measure [default: all].
        #[arg(value_name = "PART")]
        parts: Vec<Part>,
    },

    /// Measures durable sending, prints the tables, and writes them.
    ///
    /// A complete run writes into crates/bench/results, any other run into the target folder.
    #[command(after_help = "Examples:
  bench outbox               Measure all parts, with a job engine (half an hour)
  bench outbox --quick       Measure less, without the job engine
  bench outbox rates growth  Measure two parts")]
    Outbox {
        /// Take fewer measurements, of shorter lists, and leave out the job engine.
        #[arg(long)]
        quick: bool,

        /// The parts to measure [default: all].
        #[arg(value_name = "PART")]
        parts: Vec<outbox::Part>,
    },

    /// Compares the figures that do not depend on the machine's load with crates/bench/figures.txt.
    Check {
        /// Replace the committed figures with the measured ones.
        #[arg(long)]
        update: bool,
    },

    /// Makes calls, and prints the seconds and the peak memory in KiB.
    #[command(after_help = "Example:
  bench call ours list 1000 64 http://127.0.0.1:4010  Get 1000 pages, 64 at once")]
    Call {
        /// The client that makes the calls.
        who: Who,

        /// The call: list, text, upload:PATH or contacts:COUNT.
        #[arg(value_parser = What::named)]
        what: What,

        /// The number of calls.
        count: usize,

        /// The number of calls that run at the same time.
        at_once: usize,

        /// The server, as `bench serve` prints it.
        origin: String,
    },

    /// Sends a list, and prints the seconds of the processor, the seconds, and the peak memory in KiB.
    ///
    /// The account is in the environment.
    Send {
        /// What sends.
        who: outbox::Who,

        /// The folder with the list and the ledger.
        folder: PathBuf,

        /// The number of messages.
        count: usize,

        /// The number of messages that are sent at the same time.
        at_once: usize,
    },

    /// Imports a list, and prints the seconds of the processor, the seconds, and the peak memory in KiB.
    Import {
        /// The folder with the list.
        folder: PathBuf,
    },

    /// Prints the milliseconds from opening a ledger to the first message that begins.
    First {
        /// The folder with the ledger.
        folder: PathBuf,
    },

    /// Prints the milliseconds in which a ledger counts the messages of its campaign by their states.
    Counts {
        /// The folder with the ledger.
        folder: PathBuf,
    },

    /// Starts the server that the calls go to, and prints its address.
    Serve {
        /// End when the standard input ends.
        #[arg(long, hide = true)]
        until_end_of_input: bool,
    },
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Run { quick, parts } => run::run(quick, &parts),
        Command::Outbox { quick, parts } => outbox::measure(quick, &parts),
        Command::Check { update } => check::check(update),
        Command::Call { who, what, count, at_once, origin } => call(who, what, count, at_once, &origin),
        Command::Send { who, folder, count, at_once } => outbox::send(who, &folder, count, at_once),
        Command::Import { folder } => outbox::import(&folder),
        Command::First { folder } => outbox::first(&folder),
        Command::Counts { folder } => outbox::counts(&folder),
        Command::Serve { until_end_of_input } => serve(until_end_of_input),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn serve(until_end_of_input: bool) -> Result<(), Failure> {
    if until_end_of_input {
        // The parent holds the other end, so the server ends with it, even if the parent is killed.
        std::thread::spawn(|| {
            let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
            std::process::exit(0);
        });
    }
    load::runtime().block_on(server::serve(|origin| println!("{origin}"))).map_err(Into::into)
}

fn call(who: Who, what: What, count: usize, at_once: usize, origin: &str) -> Result<(), Failure> {
    let what = Arc::new(what);
    load::runtime().block_on(async {
        let caller = Arc::new(Caller::new(who, origin)?);
        let call = move || {
            let (caller, what) = (Arc::clone(&caller), Arc::clone(&what));
            async move { caller.call(&what).await }
        };
        load::load(count, at_once, call).await
    })
}
