//! Generates the clients of a workspace elsewhere: `generate ROOT`. For measuring, with `cargo xtask bench`.

use std::path::Path;
use std::process::ExitCode;

use xtask::codegen::{Mode, codegen};

fn main() -> ExitCode {
    let Some(root) = std::env::args_os().nth(1) else {
        eprintln!("usage: generate ROOT");
        return ExitCode::from(2);
    };
    match codegen(Path::new(&root), Mode::Write) {
        Ok(done) => {
            println!("{}", done.join("\n"));
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("{}", failure.join("\n"));
            ExitCode::FAILURE
        }
    }
}
