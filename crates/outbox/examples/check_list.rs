//! Checks a list of recipients: `cargo run --example check_list LIST.csv [TEXT]`, where `-` is the standard input.
//!
//! The report is on standard output, or as JSON with `JSON=1`.

use std::error::Error;
use std::process::ExitCode;

use zap_outbox::recipients::{Csv, Template};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("give the path of a list")?;
    let text = Template::parse(&arguments.next().unwrap_or_default())?;
    let csv = if path == "-" { Csv::stdin() } else { Csv::open(&path)? };
    let report = csv.check([&text])?;
    if std::env::var_os("JSON").is_some() {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        println!("{report}");
    }
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
