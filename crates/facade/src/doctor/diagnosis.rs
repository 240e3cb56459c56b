//! What was found, as a table for people.

use std::fmt;

use serde::Serialize;

use crate::Provider;

/// What the doctor found about an account. `Display` writes a table for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Diagnosis {
    /// The provider, by its slug.
    #[serde(serialize_with = "slug")]
    pub provider: Provider,
    /// The findings, in the order in which they were made.
    pub findings: Vec<Finding>,
}

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// How to take it.
    pub mark: Mark,
    /// The question.
    pub question: &'static str,
    /// The answer, and what to do if it is wrong. Contains no secrets.
    pub answer: String,
}

/// How to take a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Mark {
    /// It is as it must be.
    Ok,
    /// It prevents the use of the account.
    Wrong,
    /// It is neither right nor wrong.
    Note,
}

impl Diagnosis {
    pub(super) fn new(provider: Provider) -> Self {
        Self { provider, findings: Vec::new() }
    }

    pub(super) fn ok(&mut self, question: &'static str, answer: impl Into<String>) {
        self.findings.push(Finding { mark: Mark::Ok, question, answer: answer.into() });
    }

    pub(super) fn wrong(&mut self, question: &'static str, answer: impl Into<String>) {
        self.findings.push(Finding { mark: Mark::Wrong, question, answer: answer.into() });
    }

    pub(super) fn note(&mut self, question: &'static str, answer: impl Into<String>) {
        self.findings.push(Finding { mark: Mark::Note, question, answer: answer.into() });
    }

    /// Returns whether the account can be used.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.findings.iter().all(|finding| finding.mark != Mark::Wrong)
    }
}

/// Writes one line for each finding.
impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.findings.iter().map(|finding| finding.question.chars().count()).max().unwrap_or(0);
        for Finding { mark, question, answer } in &self.findings {
            let mark = match mark {
                Mark::Ok => "ok",
                Mark::Wrong => "WRONG",
                Mark::Note => "-",
            };
            writeln!(f, "{mark:5}  {question:width$}  {answer}")?;
        }
        Ok(())
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn slug<S: serde::Serializer>(provider: &Provider, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(provider.slug())
}
