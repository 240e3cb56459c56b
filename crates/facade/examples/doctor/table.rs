//! What was found, for a person.

use std::fmt;

pub struct Table(Vec<Row>);

struct Row {
    mark: Mark,
    question: &'static str,
    finding: String,
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Well,
    Wrong,
    /// Good to know, and neither right nor wrong.
    Note,
}

impl Table {
    pub fn new() -> Self {
        Self(Vec::new())
    }

    pub fn well(&mut self, question: &'static str, finding: impl Into<String>) {
        self.0.push(Row { mark: Mark::Well, question, finding: finding.into() });
    }

    pub fn wrong(&mut self, question: &'static str, finding: impl Into<String>) {
        self.0.push(Row { mark: Mark::Wrong, question, finding: finding.into() });
    }

    pub fn note(&mut self, question: &'static str, finding: impl Into<String>) {
        self.0.push(Row { mark: Mark::Note, question, finding: finding.into() });
    }

    /// Whether the account can be used.
    pub fn is_well(&self) -> bool {
        self.0.iter().all(|row| row.mark != Mark::Wrong)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.0.iter().map(|row| row.question.chars().count()).max().unwrap_or(0);
        for Row { mark, question, finding } in &self.0 {
            let mark = match mark {
                Mark::Well => "ok",
                Mark::Wrong => "WRONG",
                Mark::Note => "-",
            };
            writeln!(f, "{mark:5}  {question:width$}  {finding}")?;
        }
        Ok(())
    }
}
