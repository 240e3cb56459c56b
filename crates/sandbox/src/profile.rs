//! The two behaviours of an `ExternalApi` instance.

use std::{fmt, str::FromStr};

/// The behaviour of the `ExternalApi` instances where the recorded server and the documentation differ.
///
/// `ChatGuru` has one behaviour and ignores the profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Profile {
    /// Behaves like the recorded server. For example, a template message is delivered and answered `exception`; an
    /// unknown number and a contact search are answered `exception`; an update requires four fields and erases the
    /// address.
    #[default]
    Observed,
    /// Behaves as the documentation promises, in exactly these points: a template message is answered with success, an
    /// unknown number becomes a contact, the contact search works, and an update requires no field and keeps those it
    /// is not given. Everything else is as observed.
    Documented,
}

impl Profile {
    /// Returns the name on the command line: `observed` or `documented`.
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

/// The error for a text that is not the name of a profile.
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
