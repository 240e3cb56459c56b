//! Credentials that cannot be printed by accident.

use std::fmt;

use zeroize::Zeroizing;

use crate::spec::credential::CredentialLocation;

/// The text that is shown instead of a secret.
pub(crate) const MASK: &str = "***";

/// A credential.
///
/// `Debug` never shows it, and there is no `Display`. [`Secret::expose`] returns the text. Its memory is wiped when it is
/// dropped, and so is that of the copies that a client makes. The copies that the HTTP library makes, such as a URL with the
/// credential as a parameter, are not wiped.
///
/// [`ClientBuilder::build`](crate::ClientBuilder::build) removes white space and invisible characters from both ends, such
/// as the line break of a key that was read from a file. Servers remove them too.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Creates a secret. A `String` is not copied.
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        Self(Zeroizing::new(value.into()))
    }

    /// Returns the text of the secret.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Secret {
    /// Removes white space and invisible characters from both ends.
    pub(crate) fn trimmed(&self) -> Self {
        Self::new(self.expose().trim_matches(|c: char| c.is_whitespace() || c.is_control() || is_invisible(c)))
    }
}

/// Returns whether `c` has no width. Such characters are at the ends of texts copied from a page, or at the beginning of
/// a file.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self::new(value)
    }
}

impl From<&str> for Secret {
    fn from(value: &str) -> Self {
        Self::new(value)
    }
}

/// The credentials of a client. Each generated `Credentials` implements it.
pub trait Credentials {
    /// Returns every credential that was given with its location, in the order in which they are sent.
    fn into_parts(self) -> Vec<(CredentialLocation, Secret)>;

    /// Returns the setters of the credentials that only some operations need, each by the location of its credential.
    fn setters(&self) -> &'static [(CredentialLocation, &'static str)] {
        &[]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_shown() {
        assert_eq!(format!("{:?}", Secret::new("canary")), "Secret(***)");
        assert_eq!(format!("{:#?}", Some(Secret::from("canary"))).find("canary"), None);
    }
}
