//! The results of the cases.

use std::fmt;

use zap_sandbox::Profile;

use crate::Provider;

/// The results of all cases.
#[derive(Clone, Debug)]
#[must_use = "inspect it, or call `assert`"]
pub struct Report {
    provider: Provider,
    profile: Profile,
    cases: Vec<CaseReport>,
}

/// The result of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CaseReport {
    /// The name of the case. It does not change between versions.
    pub name: &'static str,
    /// The promise that it tests.
    pub promise: &'static str,
    /// The result.
    pub verdict: Verdict,
}

/// The result of a case, which tells you whether the promise is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// The promise is kept.
    Passed,
    /// The messenger does not support what the case tests. The text says why.
    NotApplicable(String),
    /// The promise is broken. The text says how.
    Failed(String),
}

impl Report {
    pub(super) fn new(provider: Provider, profile: Profile) -> Self {
        Self { provider, profile, cases: Vec::new() }
    }

    pub(super) fn add(&mut self, name: &'static str, promise: &'static str, verdict: Verdict) {
        self.cases.push(CaseReport { name, promise, verdict });
    }

    /// Returns the results of all cases, in the order in which they ran.
    #[must_use]
    pub fn cases(&self) -> &[CaseReport] {
        &self.cases
    }

    /// Returns the names of the cases that failed.
    #[must_use]
    pub fn failed(&self) -> Vec<&'static str> {
        let failed = self.cases.iter().filter(|case| matches!(case.verdict, Verdict::Failed(_)));
        failed.map(|case| case.name).collect()
    }

    /// Fails the test if a case failed.
    ///
    /// # Panics
    ///
    /// Panics with the whole report if a case failed.
    pub fn assert(&self) {
        assert!(self.failed().is_empty(), "{self}");
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}, sandbox profile {}:", self.provider, self.profile)?;
        for CaseReport { name, promise, verdict } in &self.cases {
            match verdict {
                Verdict::Passed => writeln!(f, "  passed  {name}")?,
                Verdict::NotApplicable(why) => writeln!(f, "  -       {name}: {why}")?,
                Verdict::Failed(how) => writeln!(f, "  FAILED  {name}: {how}\n          promised: {promise}")?,
            }
        }
        Ok(())
    }
}
