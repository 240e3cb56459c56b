//! Time limits.

use std::time::Duration;

/// The default time limit for making a connection.
pub(crate) const CONNECT: Duration = Duration::from_secs(10);

/// Time limits for the phases of a call.
///
/// They use tokio's timers. A call panics on a runtime that has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeouts {
    /// The limit to resolve the name, connect and finish the TLS handshake. Default: 10 seconds. At most nine tenths of
    /// `total` are used, so that a call without a connection fails as such and not because of `total`. An HTTP client
    /// given to [`ClientBuilder::reqwest_client`](crate::ClientBuilder::reqwest_client) keeps its own limit.
    pub connect: Duration,
    /// The limit without progress after a connection has accepted the request: the network takes no byte of a file, and
    /// no byte of an answer arrives. Default: 60 seconds, because a provider may wait for WhatsApp before it answers. With
    /// an HTTP client that you supply it also limits the time to connect.
    pub read: Duration,
    /// The limit for each whole attempt of a call. Default: 120 seconds. An upload of files may take longer as long as it
    /// makes progress. For it, this is the limit to open its files, and the limit to receive the body of the answer.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: CONNECT, read: Duration::from_secs(60), total: Duration::from_secs(120) }
    }
}

impl Timeouts {
    /// Sets the limit to connect.
    #[must_use]
    pub const fn with_connect(mut self, limit: Duration) -> Self {
        self.connect = limit;
        self
    }

    /// Sets the limit without progress.
    #[must_use]
    pub const fn with_read(mut self, limit: Duration) -> Self {
        self.read = limit;
        self
    }

    /// Sets the limit for each whole attempt.
    #[must_use]
    pub const fn with_total(mut self, limit: Duration) -> Self {
        self.total = limit;
        self
    }
}
