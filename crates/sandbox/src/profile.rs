//! Which of two behaviours an `ExternalApi` instance shows.

use std::{fmt, str::FromStr};

/// How the `ExternalApi` instances behave where the recorded server and the documentation differ.
///
/// `ChatGuru` has one behaviour and ignores the profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Profile {
    /// As a running server was recorded to answer. Among the surprises: a template message is
    /// delivered and answered `exception`, an unknown number is `exception`, a contact search is
    /// `exception`, an update demands four fields and erases the address.
    #[default]
    Observed,
    /// As the documentation promises, in exactly these points: a template send answers success, a
    /// number that is no contact yet becomes one, the contact search works, an update keeps what
    /// it was not given and demands nothing. All else is as observed.
    Documented,
}

impl Profile {
    /// The name on the command line: `observed` or `documented`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::Documented => "documented",
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The text names no profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownProfile(String);

impl fmt::Display for UnknownProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown profile {:?}: use observed or documented", self.0)
    }
}

impl std::error::Error for UnknownProfile {}

impl FromStr for Profile {
    type Err = UnknownProfile;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Observed, Self::Documented]
            .into_iter()
            .find(|profile| profile.name() == text)
            .ok_or_else(|| UnknownProfile(text.to_owned()))
    }
}
