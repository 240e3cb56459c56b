//! `cargo xtask codegen [--check]`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use xtask::codegen::{Mode, codegen};

const HELP: &str = "\
usage: cargo xtask codegen [--check]

  codegen           generate crates/NAME-client/src/generated.rs from each specs/NAME.yaml
  codegen --check   write nothing; fail if a generated file is not what its spec makes
";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let mode = match arguments.as_slice() {
        ["codegen"] => Mode::Write,
        ["codegen", "--check"] => Mode::Check,
        ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match codegen(&workspace(), mode) {
        Ok(done) => {
            for line in done {
                println!("{line}");
            }
            ExitCode::SUCCESS
        }
        Err(failure) => {
            for line in failure {
                eprintln!("error: {line}");
            }
            ExitCode::FAILURE
        }
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}
