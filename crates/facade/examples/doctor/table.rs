//! The findings, as a table for people.

use std::fmt;

pub struct Table(Vec<Row>);

struct Row {
    mark: Mark,
    question: &'static str,
    finding: String,
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Ok,
    Wrong,
    /// A finding that is neither right nor wrong.
    Note,
}

impl Table {
    pub fn new() -> Self {
        Self(Vec::new())
    }

    pub fn ok(&mut self, question: &'static str, finding: impl Into<String>) {
        self.0.push(Row { mark: Mark::Ok, question, finding: finding.into() });
    }

    pub fn wrong(&mut self, question: &'static str, finding: impl Into<String>) {
        self.0.push(Row { mark: Mark::Wrong, question, finding: finding.into() });
    }

    pub fn note(&mut self, question: &'static str, finding: impl Into<String>) {
        self.0.push(Row { mark: Mark::Note, question, finding: finding.into() });
    }

    /// Returns whether the account can be used.
    pub fn is_ok(&self) -> bool {
        self.0.iter().all(|row| row.mark != Mark::Wrong)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.0.iter().map(|row| row.question.chars().count()).max().unwrap_or(0);
        for Row { mark, question, finding } in &self.0 {
            let mark = match mark {
                Mark::Ok => "ok",
                Mark::Wrong => "WRONG",
                Mark::Note => "-",
            };
            writeln!(f, "{mark:5}  {question:width$}  {finding}")?;
        }
        Ok(())
    }
}
