//! The location of credentials in a request.

/// The location of a credential in a request, from the spec's `securitySchemes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CredentialLocation {
    /// A request header of this name.
    Header(&'static str),
    /// A parameter of this name, in addition to those of the operation.
    Parameter(&'static str),
    /// A cookie of this name.
    Cookie(&'static str),
    /// The header `Authorization`, as a bearer token.
    Bearer,
    /// The header `Authorization`, as the user name of basic authentication.
    BasicUser,
    /// The header `Authorization`, as the password of basic authentication.
    BasicPassword,
}

impl CredentialLocation {
    /// Returns the name by which errors call the credential.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Header(name) | Self::Parameter(name) | Self::Cookie(name) => name,
            Self::Bearer => "bearer token",
            Self::BasicUser => "user name",
            Self::BasicPassword => "password",
        }
    }
}
