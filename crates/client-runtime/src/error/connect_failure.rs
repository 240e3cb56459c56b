//! Why there was no connection.

/// Why a call got no connection; from [`Error::connect_failure`](crate::Error::connect_failure). Nothing was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectFailure {
    /// The host's name cannot be resolved: it is misspelt, or DNS does not answer.
    NameNotFound,
    /// The host refused the connection: nothing listens at the port.
    Refused,
    /// No network leads to the host.
    Unreachable,
    /// There was no connection within [`Timeouts::connect`](crate::Timeouts::connect).
    Timeout,
    /// The server's certificate is not trusted here, has expired, or is for another host.
    Certificate,
    /// The two ends could not agree on TLS, for instance because the port speaks plain HTTP.
    Tls,
    /// A proxy could not be reached, or did not connect to the host.
    Proxy,
    /// A proxy asks for a user name and a password.
    ProxyCredentials,
    /// The connection broke while it was being made, or something else went wrong.
    Other,
}

impl ConnectFailure {
    /// Whether it may go away without a change. Certificates, TLS and passwords have to be fixed first.
    pub(crate) fn may_pass(self) -> bool {
        !matches!(self, Self::Certificate | Self::Tls | Self::ProxyCredentials)
    }
}
