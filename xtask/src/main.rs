//! `cargo xtask codegen [--check]`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use xtask::codegen::{COMMAND, Failure, Mode, ensure, generate_all};

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
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            for line in failure {
                eprintln!("error: {line}");
            }
            ExitCode::FAILURE
        }
    }
}

/// All specs are generated before a file is touched: one bad spec, and nothing is written.
fn codegen(root: &Path, mode: Mode) -> Result<(), Failure> {
    let generated = generate_all(root)?;
    let mut stale = Vec::new();
    for file in &generated {
        let path = file.path.display();
        match (ensure(root, file, mode)?, mode) {
            (true, Mode::Check) => stale.push(format!("{path} is not what its spec makes: run `{COMMAND}`")),
            (true, Mode::Write) => println!("{path}: written"),
            (false, _) => println!("{path}: up to date"),
        }
    }
    if stale.is_empty() { Ok(()) } else { Err(stale) }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}
