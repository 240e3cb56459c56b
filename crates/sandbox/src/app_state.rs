//! The state that all requests to one sandbox share.

use std::{
    future::Future,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError, RwLock, atomic::AtomicUsize},
    time::Duration,
};

use tokio::task::JoinSet;

use crate::{
    Clock, Faults, Profile, Provider, World, chatguru, external_api,
    hosts::Hosts,
    incoming::{Poster, Webhook, WebhookUrl},
    ledger::{Feed, Ledger},
    mask::Secrets,
    memory::{Memory, MemoryUse},
};

/// How long a caller may take to send the head of a request, or each piece of its body.
pub(crate) const IO_TIMEOUT: Duration = Duration::from_secs(30);

/// The state that all requests to one sandbox share.
pub(crate) struct AppState {
    pub(crate) address: SocketAddr,
    pub(crate) world: Arc<World>,
    pub(crate) clock: Clock,
    pub(crate) feed: Arc<Feed>,
    pub(crate) ledger: Ledger,
    pub(crate) faults: Faults,
    pub(crate) secrets: Secrets,
    pub(crate) webhook: Webhook,
    pub(crate) poster: Poster,
    pub(crate) memory: Arc<Memory>,
    /// The hosts under which the sandbox may be called.
    pub(crate) hosts: Hosts,
    pub(crate) io_timeout: Duration,
    /// The number of open event streams.
    pub(crate) watchers: Arc<AtomicUsize>,
    /// A call holds the read lock while it is processed and recorded, and a reset holds the write lock. A call's
    /// effects are therefore in both the state and the ledger, or in neither.
    reset_lock: RwLock<()>,
    /// Delayed requests, which run even if their caller is gone.
    background: Mutex<JoinSet<()>>,
    instances: [external_api::Instance; 3],
    chatguru: chatguru::Account,
}

impl AppState {
    pub(crate) fn new(
        address: SocketAddr,
        world: World,
        profile: Profile,
        clock: Clock,
        memory: Arc<Memory>,
        hosts: Hosts,
        webhook: Option<WebhookUrl>,
    ) -> Self {
        let world = Arc::new(world);
        let instance = |provider| {
            external_api::Instance::new(provider, Arc::clone(&world), profile, clock.clone(), memory.instance_share())
        };
        let users = world.users.iter().flat_map(|user| [user.client_id.clone(), user.client_secret.clone()]);
        let account = &world.chatguru;
        let phones = account.phones.iter().map(|phone| phone.phone_id.clone());
        let secrets = users.chain([account.key.clone(), account.account_id.clone()]).chain(phones);
        let secrets = Secrets::new(secrets);
        let feed = Arc::new(Feed::new(memory.feed_share()));
        Self {
            address,
            instances: [instance(Provider::EscalaZap), instance(Provider::WaziMe), instance(Provider::WapiFlow)],
            chatguru: chatguru::Account::new(Arc::clone(&world), clock.clone(), memory.details_share()),
            ledger: Ledger::new(Arc::clone(&feed), memory.ledger_share(), memory.incoming_share()),
            webhook: Webhook::new(webhook, Arc::clone(&feed)),
            poster: Poster::new(memory.poster_share()),
            faults: Faults::new(Arc::clone(&feed), memory.fault_share()),
            feed,
            secrets,
            io_timeout: memory.io_timeout(),
            memory,
            hosts,
            watchers: Arc::default(),
            reset_lock: RwLock::new(()),
            background: Mutex::default(),
            clock,
            world,
        }
    }

    /// Returns how much memory is in use, as far as the sandbox counts it.
    pub(crate) fn memory_use(&self) -> MemoryUse {
        let instances: usize = self.instances.iter().map(external_api::Instance::weight).sum();
        let kept = self.ledger.weight()
            + self.feed.weight()
            + self.faults.weight()
            + self.poster.weight()
            + self.chatguru.weight()
            + instances;
        let (limit, in_flight, peak_in_flight) =
            (self.memory.limit(), self.memory.in_flight(), self.memory.peak_in_flight());
        MemoryUse { limit, kept, in_flight, peak_in_flight }
    }

    /// Restores every provider to the world, empties the ledger, removes all faults, and undoes all advances of the
    /// clock. Requests that a fault delays and waiting posts are dropped.
    pub(crate) fn reset(&self) {
        self.stop_background();
        let reset_lock = self.reset_lock.write().unwrap_or_else(PoisonError::into_inner);
        for instance in &self.instances {
            instance.reset();
        }
        self.chatguru.reset();
        self.clock.reset();
        self.poster.clear();
        self.ledger.clear();
        self.faults.clear();
        self.webhook.reset();
        drop(reset_lock);
        self.settle();
    }

    /// Returns the URL of the sandbox, without a trailing slash. For a sandbox that listens on all addresses, it has the
    /// loopback address, to which clients can connect.
    pub(crate) fn url(&self) -> String {
        let mut address = self.address;
        match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        format!("http://{address}")
    }

    /// Applies the clock's time to the ledger and to the event stream.
    pub(crate) fn settle(&self) {
        self.ledger.settle(self.clock.millis());
        self.feed.clock_advanced(self.clock.advanced_millis());
    }

    /// Returns the instance of a provider, or `None` for `ChatGuru`.
    pub(crate) fn instance(&self, provider: Provider) -> Option<&external_api::Instance> {
        match provider {
            Provider::EscalaZap => self.instances.first(),
            Provider::WaziMe => self.instances.get(1),
            Provider::WapiFlow => self.instances.get(2),
            Provider::ChatGuru => None,
        }
    }

    pub(crate) fn chatguru(&self) -> &chatguru::Account {
        &self.chatguru
    }

    /// Runs `work` while no reset is in progress.
    pub(crate) fn between_resets<T>(&self, work: impl FnOnce() -> T) -> T {
        let _reset_lock = self.reset_lock.read().unwrap_or_else(PoisonError::into_inner);
        work()
    }

    /// Spawns a task that is aborted when the sandbox stops or is reset.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut background = self.background.lock().unwrap_or_else(PoisonError::into_inner);
        while background.try_join_next().is_some() {}
        background.spawn(task);
    }

    /// Aborts the spawned tasks and the posts.
    pub(crate) fn stop(&self) {
        self.stop_background();
        self.poster.clear();
    }

    /// Aborts the spawned tasks.
    fn stop_background(&self) {
        let mut background = self.background.lock().unwrap_or_else(PoisonError::into_inner);
        background.abort_all();
        *background = JoinSet::new();
    }
}
