//! The commands, one module each.

pub mod account;
pub mod check;
pub mod control;
pub mod doctor;
pub mod ledger;
pub mod optout;
pub mod plan;
pub mod report;
pub mod retry;
pub mod sandbox;
pub mod send;
pub mod start;
pub mod status;
pub mod stream;
pub mod test;
pub mod unknown;
pub mod work;

use crate::args::{Arguments, Command};
use crate::console::note;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::{Failure, Result};

/// Runs the command, and writes its error.
pub fn run(arguments: Arguments) -> Exit {
    let cx = Context::new(arguments.global);
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| Failure::new(format!("the program cannot start its threads: {error}")));
    match runtime.and_then(|runtime| runtime.block_on(dispatch(&cx, arguments.command))) {
        Ok(exit) => exit,
        Err(failure) => {
            note(&failure);
            failure.exit
        }
    }
}

async fn dispatch(cx: &Context, command: Command) -> Result<Exit> {
    match command {
        Command::Check(check) => check.run(cx).await,
        Command::Plan(plan) => plan.run(cx).await,
        Command::Test(test) => test.run(cx).await,
        Command::Start(start) => start.run(cx).await,
        Command::Work(work) => work.run(cx).await,
        Command::Status(status) => status.run(cx).await,
        Command::Report(report) => report.run(cx).await,
        Command::Pause(pause) => pause.run(cx).await,
        Command::Resume(resume) => resume.run(cx).await,
        Command::Cancel(cancel) => cancel.run(cx).await,
        Command::Account(account) => account.run(cx).await,
        Command::Ledger(ledger) => ledger.run(cx).await,
        Command::Unknown(unknown) => unknown.run(cx).await,
        Command::Stream(stream) => stream.run(cx).await,
        Command::Retry(retry) => retry.run(cx).await,
        Command::Optout(optout) => optout.run(cx).await,
        Command::Send(send) => send.run(cx).await,
        Command::Doctor(doctor) => doctor.run(cx).await,
        Command::Sandbox(sandbox) => sandbox.run(cx).await,
    }
}
