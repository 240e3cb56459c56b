//! Errors about settings.

use std::fmt;

/// An error about settings. It lists all problems, each with its fix.
///
/// Neither `Display` nor `Debug` shows the value of a setting.
#[derive(Clone, PartialEq, Eq)]
pub struct ConfigError(Vec<ConfigProblem>);

/// A problem with one setting.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConfigProblem {
    /// The setting, by its name in the source: `key` in a file, or `CHATGURU_KEY` as a variable.
    pub setting: String,
    /// The kind of the problem.
    pub kind: ProblemKind,
    /// How to fix it.
    pub help: String,
}

/// The kind of a problem with a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The setting is required, and is missing or empty.
    Missing,
    /// This is not a setting.
    Unknown,
    /// The value is invalid.
    Invalid,
    /// The setting contradicts another one.
    Contradictory,
    /// The setting needs a feature of this crate that is off.
    FeatureOff,
    /// Every setting is valid, but the HTTP client for the provider cannot be built. For example, the program has no
    /// TLS, or, with the feature `rustls-no-provider`, has not installed a provider of cryptography.
    NoClient,
}

impl ConfigError {
    pub(super) fn new(problems: Vec<ConfigProblem>) -> Self {
        Self(problems)
    }

    pub(super) fn one(problem: ConfigProblem) -> Self {
        Self(vec![problem])
    }

    /// Returns all problems, at least one.
    #[must_use]
    pub fn problems(&self) -> &[ConfigProblem] {
        &self.0
    }
}

impl ConfigProblem {
    pub(super) fn new(kind: ProblemKind, setting: impl Into<String>, help: impl Into<String>) -> Self {
        Self { setting: setting.into(), kind, help: help.into() }
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Missing => "is missing",
            Self::Unknown => "is not a setting",
            Self::Invalid => "cannot be used",
            Self::Contradictory => "contradicts another setting",
            Self::FeatureOff => "needs a feature that is off",
            Self::NoClient => "has a client that cannot be built",
        })
    }
}

impl fmt::Display for ConfigProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.setting, self.kind, self.help)
    }
}

/// Writes one line for each problem, because a program prints this if its `main` returns the error.
impl fmt::Debug for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the settings cannot be used")?;
        self.0.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problems: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&problems.join("; "))
    }
}

impl std::error::Error for ConfigError {}
