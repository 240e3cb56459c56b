//! All that the requests of one sandbox share.

use std::{
    future::Future,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError, RwLock, atomic::AtomicUsize},
    time::Duration,
};

use tokio::task::JoinSet;

use crate::{
    Clock, Faults, Profile, Provider, World, chatguru, external_api,
    guard::Hosts,
    ledger::{Feed, Ledger, Secrets},
    memory::{Memory, MemoryUse},
};

/// How long a caller may take for the head of a request, and for each piece of its body.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// All that the requests of one sandbox share.
pub(crate) struct Shared {
    pub(crate) address: SocketAddr,
    pub(crate) world: Arc<World>,
    pub(crate) clock: Clock,
    pub(crate) feed: Arc<Feed>,
    pub(crate) ledger: Ledger,
    pub(crate) faults: Faults,
    pub(crate) secrets: Secrets,
    pub(crate) memory: Arc<Memory>,
    /// Under which hosts it may be called.
    pub(crate) hosts: Hosts,
    pub(crate) patience: Duration,
    /// How many streams of events are open.
    pub(crate) watchers: Arc<AtomicUsize>,
    /// Held for reading while a call is processed and written down, for writing by a reset: no call
    /// is in the state and not in the ledger, or the other way round.
    turn: RwLock<()>,
    /// Requests that wait although their caller may be gone.
    background: Mutex<JoinSet<()>>,
    instances: [external_api::Instance; 3],
    chatguru: chatguru::Account,
}

impl Shared {
    pub(crate) fn new(
        address: SocketAddr,
        world: World,
        profile: Profile,
        clock: Clock,
        memory: Arc<Memory>,
        hosts: Hosts,
    ) -> Self {
        let world = Arc::new(world);
        let instance = |provider| {
            external_api::Instance::new(provider, Arc::clone(&world), profile, clock.clone(), memory.instance_share())
        };
        let users = world.users.iter().flat_map(|user| [user.client_id.clone(), user.client_secret.clone()]);
        let account = &world.chatguru;
        let secrets = users.chain([&account.key, &account.account_id, &account.phone_id].map(String::clone));
        let secrets = Secrets::new(secrets);
        let feed = Arc::new(Feed::new(memory.feed_share()));
        Self {
            address,
            instances: [instance(Provider::EscalaZap), instance(Provider::WaziMe), instance(Provider::WapiFlow)],
            chatguru: chatguru::Account::new(Arc::clone(&world), clock.clone()),
            ledger: Ledger::new(Arc::clone(&feed), memory.ledger_share()),
            faults: Faults::new(Arc::clone(&feed), memory.fault_share()),
            feed,
            secrets,
            patience: memory.patience(),
            memory,
            hosts,
            watchers: Arc::default(),
            turn: RwLock::new(()),
            background: Mutex::default(),
            clock,
            world,
        }
    }

    /// What is held in memory, as far as it is counted.
    pub(crate) fn memory_use(&self) -> MemoryUse {
        let instances: usize = self.instances.iter().map(external_api::Instance::weight).sum();
        let kept = self.ledger.weight() + self.feed.weight() + self.faults.weight() + instances;
        let (limit, moving, peak_moving) = (self.memory.limit(), self.memory.moving(), self.memory.peak_moving());
        MemoryUse { limit, kept, moving, peak_moving }
    }

    /// Every provider back to the world, the ledger empty, no faults, the clock where it would be
    /// if nobody had moved it. Requests that a fault delays are dropped.
    pub(crate) fn reset(&self) {
        self.stop_background();
        let turn = self.turn.write().unwrap_or_else(PoisonError::into_inner);
        for instance in &self.instances {
            instance.reset();
        }
        self.chatguru.reset();
        self.clock.reset();
        self.ledger.clear();
        self.faults.clear();
        drop(turn);
        self.settle();
    }

    /// Brings the ledger and those who watch up to the clock.
    pub(crate) fn settle(&self) {
        self.ledger.settle(self.clock.millis());
        self.feed.clock_advanced(self.clock.advanced_millis());
    }

    /// The instance of a provider; `None` for `ChatGuru`.
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

    /// Runs `work` between two resets, never across one.
    pub(crate) fn in_turn<T>(&self, work: impl FnOnce() -> T) -> T {
        let _turn = self.turn.read().unwrap_or_else(PoisonError::into_inner);
        work()
    }

    /// Runs a task that ends with the sandbox, or with its next reset.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut background = self.background.lock().unwrap_or_else(PoisonError::into_inner);
        while background.try_join_next().is_some() {}
        background.spawn(task);
    }

    /// Ends the tasks.
    pub(crate) fn stop_background(&self) {
        let mut background = self.background.lock().unwrap_or_else(PoisonError::into_inner);
        background.abort_all();
        *background = JoinSet::new();
    }
}
