//! The settings of a sandbox, and its start.

use std::{
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use tokio::net::TcpListener;

use crate::{
    Clock, Profile, Sandbox, World,
    app_state::{AppState, IO_TIMEOUT},
    hosts::Hosts,
    incoming::{self, WebhookUrl},
    memory::{self, Memory},
    router, server,
};

/// Configures a sandbox before it starts.
#[derive(Clone)]
pub struct SandboxBuilder {
    address: SocketAddr,
    world: World,
    profile: Profile,
    clock: Clock,
    io_timeout: Duration,
    memory: usize,
    hosts: Vec<String>,
    webhook: Option<String>,
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
            webhook: None,
        }
    }
}

impl fmt::Debug for SandboxBuilder {
    /// Shows the settings, and no credential or token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxBuilder")
            .field("address", &self.address)
            .field("world", &self.world)
            .field("profile", &self.profile)
            .field("clock", &self.clock)
            .field("io_timeout", &self.io_timeout)
            .field("memory", &self.memory)
            .field("hosts", &self.hosts)
            .finish_non_exhaustive()
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
    /// The connection is closed after that. A whole body may take 20 times as long. The same limit
    /// applies to a post to the webhook, including its answer.
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

    /// Sets the URL to which `ChatGuru` posts messages from customers. Default: `chatguru.webhook_url` of the world, if
    /// it has one.
    ///
    /// The URL must begin with `http://`, because the sandbox posts without TLS. It may carry a token in its path or
    /// query, which is never shown.
    #[must_use]
    pub fn webhook_url(mut self, url: impl Into<String>) -> Self {
        self.webhook = Some(url.into());
        self
    }

    /// Starts the sandbox.
    ///
    /// Must be called inside a tokio runtime with I/O and time enabled.
    ///
    /// # Errors
    /// Returns an error if the sandbox cannot listen on the address, and one of the kind
    /// [`InvalidInput`](io::ErrorKind::InvalidInput) if the webhook URL is invalid.
    pub async fn start(self) -> io::Result<Sandbox> {
        let listener = TcpListener::bind(self.address).await?;
        let address = listener.local_addr()?;
        let memory = Memory::new(self.memory, self.io_timeout);
        let hosts = Hosts::new(address, &self.hosts);
        let url = self.webhook.as_deref().or(self.world.chatguru.webhook_url.as_deref());
        let webhook: Option<WebhookUrl> = url
            .map(|url| incoming::read_url(url, &hosts))
            .transpose()
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        let app =
            Arc::new(AppState::new(address, self.world, self.profile, self.clock, Arc::clone(&memory), hosts, webhook));
        let router = router::router(Arc::clone(&app));
        let server = tokio::spawn(server::serve(listener, router, self.io_timeout, memory));
        let poster = tokio::spawn(incoming::run(Arc::clone(&app)));
        Ok(Sandbox { app, server, poster })
    }
}
