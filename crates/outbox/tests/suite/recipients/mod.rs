//! Lists of recipients.

mod damage;
mod files;
mod formats;
mod numbers;
mod rows;
mod templates;

use zap_outbox::recipients::{Csv, ListError, ProblemKind, Recipient, Report, Template};

/// A list from bytes.
fn csv(bytes: impl AsRef<[u8]>) -> Csv {
    Csv::from_reader("list.csv", std::io::Cursor::new(bytes.as_ref().to_vec()))
}

/// Reads a list for a text.
fn read_for(csv: Csv, text: &str) -> Result<(Vec<Recipient>, Report), ListError> {
    let mut recipients = csv.read([&Template::parse(text).unwrap()])?;
    let all = recipients.by_ref().collect::<Result<_, _>>()?;
    let report = recipients.finish()?;
    assert_eq!(report.rows, report.good + report.duplicates + report.opted_out + report.invalid);
    Ok((all, report))
}

/// Reads a list for a message without placeholders.
fn read(csv: Csv) -> (Vec<Recipient>, Report) {
    read_for(csv, "").unwrap()
}

/// Returns why a list cannot be read.
fn error(csv: Csv) -> String {
    read_for(csv, "").unwrap_err().to_string()
}

/// Returns the lines and kinds of the problems.
fn problems(report: &Report) -> Vec<(u64, ProblemKind)> {
    report.problems.iter().map(|problem| (problem.line, problem.kind)).collect()
}

/// Returns the numbers.
fn numbers(recipients: &[Recipient]) -> Vec<String> {
    recipients.iter().map(|recipient| recipient.number.to_string()).collect()
}
