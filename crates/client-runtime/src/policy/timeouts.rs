//! Time limits.

use std::time::Duration;

/// The default time limit for making a connection.
pub(crate) const CONNECT: Duration = Duration::from_secs(10);

/// How long a call may take, with a limit for each phase.
///
/// The limits use tokio's timers: a call panics on a runtime without them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeouts {
    /// To resolve the name, connect and agree on TLS. Default: 10 seconds; at most nine tenths of
    /// `total`, so that a call that got no connection ends as that, with nothing sent. A client
    /// given to [`ClientBuilder::reqwest_client`](crate::ClientBuilder::reqwest_client) keeps its own.
    pub connect: Duration,
    /// Without any progress once a connection took the request: no byte of a file taken by the
    /// network, none of an answer arriving. Default: 60 seconds, since a provider may wait for
    /// WhatsApp before it answers. With a given client it counts from the start, too.
    pub read: Duration,
    /// For each attempt of a call, from first to last. Default: 120 seconds. A call that uploads a
    /// file takes as long as it makes progress; for it, this is the limit to open its files, and
    /// the limit for the whole body of the answer.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: CONNECT, read: Duration::from_secs(60), total: Duration::from_secs(120) }
    }
}

impl Timeouts {
    /// The same with another limit to connect.
    #[must_use]
    pub const fn with_connect(mut self, limit: Duration) -> Self {
        self.connect = limit;
        self
    }

    /// The same with another limit without progress.
    #[must_use]
    pub const fn with_read(mut self, limit: Duration) -> Self {
        self.read = limit;
        self
    }

    /// The same with another limit for the whole call.
    #[must_use]
    pub const fn with_total(mut self, limit: Duration) -> Self {
        self.total = limit;
        self
    }
}
