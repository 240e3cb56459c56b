//! Checks a list of recipients: `cargo run --example check_list LIST.csv [TEXT]`, where `-` is the standard input.
//!
//! The report is on standard output, or as JSON with `JSON=1`.

use std::error::Error;
use std::process::ExitCode;

use zap_outbox::recipients::{Csv, Template};

fn main() -> ExitCode {
    match check() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            if let Some(cause) = error.source() {
                eprintln!("{cause}");
            }
            ExitCode::from(2)
        }
    }
}

/// Prints the report. Returns whether the list has no problems.
fn check() -> Result<bool, Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let path = arguments.next().ok_or("give the path of a list")?;
    let text = arguments.next().unwrap_or_default();
    let text = Template::parse(text.to_str().ok_or("the text is not UTF-8")?)?;
    let csv = if path == "-" { Csv::stdin() } else { Csv::open(&path)? };
    let report = csv.check([&text])?;
    if std::env::var_os("JSON").is_some() {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        println!("{report}");
    }
    Ok(report.is_clean())
}
