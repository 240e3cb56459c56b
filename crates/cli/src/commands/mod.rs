//! The commands, one module each.

pub mod check;
pub mod plan;
pub mod start;
pub mod status;
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
        Command::Start(start) => start.run(cx).await,
        Command::Work(work) => work.run(cx).await,
        Command::Status(status) => status.run(cx).await,
    }
}
