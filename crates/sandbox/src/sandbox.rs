//! The handle of a running sandbox.

use std::{
    fmt, io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use tokio::{net::TcpListener, task::JoinHandle};

use crate::{
    Call, ChatGuruCredentials, Clock, Credentials, Delivery, ExternalApiCredentials, Faults, Profile, Provider, World,
    app_state::{AppState, IO_TIMEOUT},
    guard::Hosts,
    ledger::LedgerQuery,
    memory::{self, Memory, MemoryUse},
    router, server,
};

/// A running sandbox. It stops, and closes every connection, when the handle is dropped.
///
/// Each has its own port, state and clock, so that tests can run side by side.
#[must_use = "the sandbox stops when its handle is dropped"]
pub struct Sandbox {
    app: Arc<AppState>,
    server: JoinHandle<()>,
}

impl Sandbox {
    /// Starts a sandbox on a free port of 127.0.0.1, with the world of its own and the observed
    /// profile. Must be called inside a tokio runtime with I/O and time enabled.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Choices before the start: world, profile, address, clock.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    /// The address that it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.app.address
    }

    /// `http://127.0.0.1:PORT`, without a slash at its end. A sandbox that listens on all addresses
    /// (`0.0.0.0`, `::`) is named by its loopback address, which clients can connect to.
    #[must_use]
    pub fn url(&self) -> String {
        let mut address = self.app.address;
        match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        format!("http://{address}")
    }

    /// The base URL to configure a client with, without a slash at its end:
    /// `http://127.0.0.1:PORT/escalazap/external-api`, and for `ChatGuru`
    /// `http://127.0.0.1:PORT/chatguru`, to which clients append `/api/v1`.
    #[must_use]
    pub fn base_url(&self, provider: Provider) -> String {
        format!("{}{}", self.url(), provider.base_path())
    }

    /// The credentials that the provider accepts.
    #[must_use]
    pub fn credentials(&self, provider: Provider) -> Credentials {
        if provider.is_external_api() {
            Credentials::ExternalApi(self.external_api_credentials())
        } else {
            Credentials::ChatGuru(self.chatguru_credentials())
        }
    }

    /// The credentials of the world's first user who can use the API: the same for the three
    /// instances, since each has its own copy of the one world.
    #[must_use]
    pub fn external_api_credentials(&self) -> ExternalApiCredentials {
        let user = self.app.world.main_user();
        ExternalApiCredentials {
            client_id: user.map(|user| user.client_id.clone()).unwrap_or_default(),
            client_secret: user.map(|user| user.client_secret.clone()).unwrap_or_default(),
        }
    }

    /// The credentials of the `ChatGuru` account.
    #[must_use]
    pub fn chatguru_credentials(&self) -> ChatGuruCredentials {
        let account = &self.app.world.chatguru;
        ChatGuruCredentials {
            key: account.key.clone(),
            account_id: account.account_id.clone(),
            phone_id: account.phone_id.clone(),
        }
    }

    /// The calls that reached a provider, in the order in which they were answered. Of very many
    /// only the last 10 000 are kept, and of large ones those that together weigh up to 64 MiB.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        let calls = self.app.ledger.calls(LedgerQuery::default());
        calls.rows.iter().map(|entry| entry.show(&self.app.secrets)).collect()
    }

    /// What was delivered, or is scheduled to be: each thing once, in order, whatever the caller
    /// was told. Of very many as few are kept as of [`calls`](Self::calls).
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.app.settle();
        let deliveries = self.app.ledger.deliveries(LedgerQuery::default());
        deliveries.rows.iter().map(|delivery| (**delivery).clone()).collect()
    }

    /// What the sandbox holds in memory, as far as it counts it.
    #[must_use]
    pub fn memory(&self) -> MemoryUse {
        self.app.memory_use()
    }

    /// What goes wrong when asked to.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.app.faults
    }

    /// How many calls reached a provider since the start or the last reset.
    #[must_use]
    pub fn total_calls(&self) -> u64 {
        self.app.ledger.total()
    }

    /// Brings every provider back to the world, forgets calls, deliveries and faults, and takes back
    /// what the clock was advanced by. Requests that a fault delays are dropped.
    pub fn reset(&self) {
        self.app.reset();
    }

    /// The clock that decides when a chat is added and a message goes out; move it to save waiting.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.app.clock
    }

    /// Waits until the server ends, which it does only when its task is ended from outside.
    pub async fn wait(mut self) {
        // A panic in the server has been reported by then; there is nothing more to do.
        let _ = (&mut self.server).await;
    }
}

impl fmt::Debug for Sandbox {
    /// Shows where it listens, and none of the credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("address", &self.app.address).finish_non_exhaustive()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // The task owns the listener and the connections.
        self.server.abort();
        self.app.stop_background();
    }
}

/// Choices before a sandbox starts.
#[derive(Clone, Debug)]
pub struct SandboxBuilder {
    address: SocketAddr,
    world: World,
    profile: Profile,
    clock: Clock,
    io_timeout: Duration,
    memory: usize,
    hosts: Vec<String>,
}

impl Default for SandboxBuilder {
    fn default() -> Self {
        Self {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            world: World::default(),
            profile: Profile::default(),
            clock: Clock::system(),
            io_timeout: IO_TIMEOUT,
            memory: memory::LIMIT,
            hosts: Vec::new(),
        }
    }
}

impl SandboxBuilder {
    /// The state to start from; a small world of the sandbox's own if not called.
    #[must_use]
    pub fn world(mut self, world: World) -> Self {
        self.world = world;
        self
    }

    /// How the `ExternalApi` instances behave; as observed if not called.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// The address to listen on; a free port of 127.0.0.1 if not called. Whoever can reach another
    /// address can read and change what is in the sandbox.
    #[must_use]
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// The clock; the system's if not called.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// How long a caller may take for the head of a request, for each piece of its body, and to
    /// read what is sent, before the connection ends; 30 seconds if not called. For a whole body it
    /// is 20 times that.
    #[must_use]
    pub fn io_timeout(mut self, io_timeout: Duration) -> Self {
        self.io_timeout = io_timeout;
        self
    }

    /// A further name under which the sandbox may be called, without a port, such as that of a container.
    /// Others than `localhost`, names below it, and addresses are refused, since a website can make its
    /// own name lead here.
    #[must_use]
    pub fn allow_host(mut self, name: impl Into<String>) -> Self {
        self.hosts.push(name.into());
        self
    }

    /// How much memory the sandbox may use for all that it keeps and for all that is on its way, in bytes;
    /// 512 MiB if not called, and never less than 16 MiB. The README says what shares it is divided into.
    #[must_use]
    pub fn memory_limit(mut self, bytes: usize) -> Self {
        self.memory = bytes;
        self
    }

    /// Starts the sandbox. Must be called inside a tokio runtime with I/O and time enabled.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub async fn start(self) -> io::Result<Sandbox> {
        let listener = TcpListener::bind(self.address).await?;
        let address = listener.local_addr()?;
        let memory = Memory::new(self.memory, self.io_timeout);
        let app = Arc::new(AppState::new(
            address,
            self.world,
            self.profile,
            self.clock,
            Arc::clone(&memory),
            Hosts::new(address, &self.hosts),
        ));
        let router = router::router(Arc::clone(&app));
        let server = tokio::spawn(server::serve(listener, router, self.io_timeout, memory));
        Ok(Sandbox { app, server })
    }
}
