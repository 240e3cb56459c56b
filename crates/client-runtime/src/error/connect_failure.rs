//! Why a connection could not be made.

/// The reason why a connection could not be made. Nothing was sent.
///
/// [`Error::connect_failure`](crate::Error::connect_failure) returns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectFailure {
    /// The name of the host cannot be resolved: it is misspelt, or DNS does not answer.
    NameNotFound,
    /// The host refused the connection: nothing listens on the port.
    Refused,
    /// The network of this machine does not reach the host.
    Unreachable,
    /// Connecting took longer than [`Timeouts::connect`](crate::Timeouts::connect).
    Timeout,
    /// The certificate of the server is not trusted, has expired, or is for another host.
    Certificate,
    /// The TLS handshake failed, for example because the port speaks plain HTTP.
    Tls,
    /// A proxy could not be reached, or did not connect to the host.
    Proxy,
    /// A proxy requires a user name and a password.
    ProxyCredentials,
    /// The connection broke while it was being made, or another failure.
    Other,
}

impl ConnectFailure {
    /// Returns whether the failure may go away without a fix. Certificates, TLS and passwords must be fixed.
    pub(crate) fn is_transient(self) -> bool {
        !matches!(self, Self::Certificate | Self::Tls | Self::ProxyCredentials)
    }
}
