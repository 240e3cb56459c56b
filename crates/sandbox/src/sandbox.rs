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
    hosts::Hosts,
    ledger::LedgerQuery,
    memory::{self, Memory, MemoryUse},
    router, server,
};

/// A running sandbox. Dropping it stops the server and closes every connection.
///
/// Each sandbox has its own port, state and clock, so tests can run in parallel.
#[must_use = "the sandbox stops when its handle is dropped"]
pub struct Sandbox {
    app: Arc<AppState>,
    server: JoinHandle<()>,
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
        let mut address = self.app.address;
        match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        format!("http://{address}")
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

    /// Returns the credentials of the `ChatGuru` account.
    #[must_use]
    pub fn chatguru_credentials(&self) -> ChatGuruCredentials {
        let account = &self.app.world.chatguru;
        ChatGuruCredentials {
            key: account.key.clone(),
            account_id: account.account_id.clone(),
            phone_id: account.phone_id.clone(),
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

    /// Restores the world of every provider, forgets calls, deliveries and faults, and undoes all advances of the
    /// clock. Requests that a fault delays are dropped.
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
        self.app.stop_background();
    }
}

/// Configures a sandbox before it starts.
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
    /// Sets the state to start from. Default: a small built-in world.
    #[must_use]
    pub fn world(mut self, world: World) -> Self {
        self.world = world;
        self
    }

    /// Sets how the `ExternalApi` instances behave. Default: as observed.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// Sets the address to listen on. Default: a free port of 127.0.0.1.
    ///
    /// Everyone who can reach another address can read and change everything in the sandbox.
    #[must_use]
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// Sets the clock. Default: the system clock.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Sets how long a caller may take to send the head of a request, to send each piece of its body, and to read the
    /// answer. Default: 30 seconds.
    ///
    /// The connection is closed after that. A whole body may take 20 times as long.
    #[must_use]
    pub fn io_timeout(mut self, io_timeout: Duration) -> Self {
        self.io_timeout = io_timeout;
        self
    }

    /// Allows a host name, without a port, under which the sandbox may be called, such as that of a container.
    ///
    /// Other names than `localhost` and names below it are refused, because a website can make its own name resolve to
    /// this address.
    #[must_use]
    pub fn allow_host(mut self, name: impl Into<String>) -> Self {
        self.hosts.push(name.into());
        self
    }

    /// Sets the memory limit in bytes, for everything that the sandbox keeps and everything in flight. Default: 512
    /// MiB. The least is 16 MiB.
    ///
    /// The README lists the shares into which the limit is divided.
    #[must_use]
    pub fn memory_limit(mut self, bytes: usize) -> Self {
        self.memory = bytes;
        self
    }

    /// Starts the sandbox.
    ///
    /// Must be called inside a tokio runtime with I/O and time enabled.
    ///
    /// # Errors
    /// Returns an error if the sandbox cannot listen on the address.
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
