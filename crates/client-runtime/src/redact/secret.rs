//! A credential that cannot be printed by accident.

use std::fmt;

use zeroize::Zeroizing;

/// What stands where a secret stood.
pub(crate) const MASK: &str = "***";

/// A credential: never shown by `Debug`, and this copy of it is wiped from memory when dropped, as
/// are those that a client makes of it to sign its calls. (Those that the HTTP library makes to send
/// it, such as the URL that has it as a parameter, are not in our hand.)
///
/// White space and invisible characters at its ends are no part of it: a key read from a file has a line break, and servers
/// cut it off. [`ClientBuilder::build`](crate::ClientBuilder::build) does so before it uses a credential.
///
/// There is no `Display`; who really needs the text asks for it with [`Secret::expose`].
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes over `value`; a `String` is not copied.
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        Self(Zeroizing::new(value.into()))
    }

    /// The text itself, for the one place that puts it on the wire.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Secret {
    /// The same without what no server takes for a part of it.
    pub(crate) fn trimmed(&self) -> Self {
        Self::new(self.expose().trim_matches(|c: char| c.is_whitespace() || c.is_control() || is_invisible(c)))
    }
}

/// Characters without a width that stand at the ends of what was copied from a page, or begins a file.
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

/// Where a credential goes on the wire; from the spec's `securitySchemes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CredentialLocation {
    /// A request header of this name.
    Header(&'static str),
    /// A parameter of this name, beside the operation's own.
    Parameter(&'static str),
}

/// What a client signs its calls with. Implemented by each generated `Credentials`.
pub trait Credentials {
    /// Every credential with its place, in the order they are sent.
    fn into_parts(self) -> Vec<(CredentialLocation, Secret)>;
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
