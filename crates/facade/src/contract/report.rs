//! What became of each case.

use std::fmt;

use zap_sandbox::Profile;

use crate::Provider;

/// What became of the suite.
#[derive(Clone, Debug)]
#[must_use = "look into it, or call `assert`"]
pub struct Report {
    provider: Provider,
    profile: Profile,
    cases: Vec<CaseReport>,
}

/// What became of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CaseReport {
    /// Its name, which stays the same from version to version.
    pub name: &'static str,
    /// What it checks.
    pub promise: &'static str,
    /// What became of it.
    pub verdict: Verdict,
}

/// What became of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// The promise is kept.
    Passed,
    /// The messenger says that it cannot do what the case is about.
    NotApplicable(String),
    /// The promise is broken, and how.
    Failed(String),
}

impl Report {
    pub(super) fn new(provider: Provider, profile: Profile) -> Self {
        Self { provider, profile, cases: Vec::new() }
    }

    pub(super) fn add(&mut self, name: &'static str, promise: &'static str, verdict: Verdict) {
        self.cases.push(CaseReport { name, promise, verdict });
    }

    /// Every case, in the order in which they were run.
    #[must_use]
    pub fn cases(&self) -> &[CaseReport] {
        &self.cases
    }

    /// The names of those that failed.
    #[must_use]
    pub fn failed(&self) -> Vec<&'static str> {
        let failed = self.cases.iter().filter(|case| matches!(case.verdict, Verdict::Failed(_)));
        failed.map(|case| case.name).collect()
    }

    /// For tests.
    ///
    /// # Panics
    ///
    /// With the whole report, if a case failed.
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
