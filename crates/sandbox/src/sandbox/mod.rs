//! The handle of a running sandbox.

mod builder;
mod incoming;

pub use builder::SandboxBuilder;

use std::{fmt, io, net::SocketAddr, sync::Arc};

use tokio::task::JoinHandle;

use crate::{
    Call, ChatGuruCredentials, Clock, Credentials, Delivery, ExternalApiCredentials, Faults, Provider,
    app_state::AppState, ledger::LedgerQuery, memory::MemoryUse,
};

/// A running sandbox. Dropping it stops the server and closes every connection.
///
/// Each sandbox has its own port, state and clock, so tests can run in parallel.
#[must_use = "the sandbox stops when its handle is dropped"]
pub struct Sandbox {
    app: Arc<AppState>,
    server: JoinHandle<()>,
    poster: JoinHandle<()>,
}

impl Sandbox {
    /// Starts a sandbox on a free port of 127.0.0.1, with the built-in world and the observed profile.
    ///
    /// Must be called inside a tokio runtime with I/O and time enabled.
    ///
    /// # Errors
    /// Returns an error if no port is available.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Returns a builder, to choose the world, the profile, the address or the clock.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    /// Returns the address on which the sandbox listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.app.address
    }

    /// Returns `http://127.0.0.1:PORT`, without a trailing slash. For a sandbox that listens on all addresses
    /// (`0.0.0.0`, `::`), the URL has the loopback address, to which clients can connect.
    #[must_use]
    pub fn url(&self) -> String {
        self.app.url()
    }

    /// Returns the base URL to configure a client with, without a trailing slash:
    /// `http://127.0.0.1:PORT/escalazap/external-api`, or for `ChatGuru` `http://127.0.0.1:PORT/chatguru`, to which
    /// clients append `/api/v1`.
    #[must_use]
    pub fn base_url(&self, provider: Provider) -> String {
        format!("{}{}", self.url(), provider.base_path())
    }

    /// Returns the credentials that the provider accepts.
    #[must_use]
    pub fn credentials(&self, provider: Provider) -> Credentials {
        if provider.is_external_api() {
            Credentials::ExternalApi(self.external_api_credentials())
        } else {
            Credentials::ChatGuru(self.chatguru_credentials())
        }
    }

    /// Returns the credentials of the world's first user who can use the API. They are the same for the three
    /// instances, because each instance starts from its own copy of the world.
    #[must_use]
    pub fn external_api_credentials(&self) -> ExternalApiCredentials {
        let user = self.app.world.main_user();
        ExternalApiCredentials {
            client_id: user.map(|user| user.client_id.clone()).unwrap_or_default(),
            client_secret: user.map(|user| user.client_secret.clone()).unwrap_or_default(),
        }
    }

    /// Returns the credentials of the `ChatGuru` account, with the id of its first phone.
    #[must_use]
    pub fn chatguru_credentials(&self) -> ChatGuruCredentials {
        let account = &self.app.world.chatguru;
        ChatGuruCredentials {
            key: account.key.clone(),
            account_id: account.account_id.clone(),
            phone_id: account.first_phone_id().to_owned(),
        }
    }

    /// Returns the calls that reached a provider, in the order in which they were answered.
    ///
    /// Only the last 10 000 calls are kept, and fewer if they take more than 64 MiB together.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        let calls = self.app.ledger.calls(LedgerQuery::default());
        calls.rows.iter().map(|entry| entry.show(&self.app.secrets)).collect()
    }

    /// Returns what was delivered or is scheduled, in order and each thing once, even if the caller received an error.
    ///
    /// The same limits apply as to [`calls`](Self::calls).
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.app.settle();
        let deliveries = self.app.ledger.deliveries(LedgerQuery::default());
        deliveries.rows.iter().map(|delivery| (**delivery).clone()).collect()
    }

    /// Returns how much memory the sandbox uses, as far as it counts it.
    #[must_use]
    pub fn memory(&self) -> MemoryUse {
        self.app.memory_use()
    }

    /// Returns the faults, to inject failures.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.app.faults
    }

    /// Returns how many calls reached a provider since the start or the last reset.
    #[must_use]
    pub fn total_calls(&self) -> u64 {
        self.app.ledger.total()
    }

    /// Restores the world of every provider and the webhook URL of the start, forgets calls, deliveries, messages from
    /// customers and faults, and undoes all advances of the clock. Requests that a fault delays and posts that wait are
    /// dropped.
    pub fn reset(&self) {
        self.app.reset();
    }

    /// Returns the clock that decides when a chat is added and a message is sent. Advance it instead of waiting.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.app.clock
    }

    /// Waits until the server ends. It ends only if the runtime aborts its task.
    pub async fn wait(mut self) {
        // A panic in the server has already been reported.
        let _ = (&mut self.server).await;
    }
}

impl fmt::Debug for Sandbox {
    /// Shows the address, and no credential.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("address", &self.app.address).finish_non_exhaustive()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // The task owns the listener and the connections.
        self.server.abort();
        self.poster.abort();
        self.app.stop();
    }
}
