//! A messenger whose conversations are written by the test.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;
use zap_outbox::zap_facade::{
    Activity, BoxFuture, Capabilities, Capability, Error, Messenger, PhoneNumber, Receipt, SendState,
};

/// What happens while a conversation is read.
type Hook = Box<dyn Fn(&PhoneNumber) -> BoxFuture<'static, ()> + Send + Sync>;

#[derive(Default)]
pub(super) struct Script {
    pub(super) conversations: Mutex<BTreeMap<String, Activity>>,
    pub(super) errors: Mutex<VecDeque<Error>>,
    pub(super) hook: Mutex<Option<Arc<Hook>>>,
    pub(super) reads: Mutex<Vec<(Instant, String)>>,
    pub(super) is_blind: bool,
    pub(super) reading: AtomicU32,
    pub(super) most_at_once: AtomicU32,
}

impl Script {
    pub(super) fn hook(&self, hook: impl Fn(&PhoneNumber) -> BoxFuture<'static, ()> + Send + Sync + 'static) {
        *self.hook.lock().unwrap() = Some(Arc::new(Box::new(hook)));
    }

    pub(super) fn reads(&self) -> usize {
        self.reads.lock().unwrap().len()
    }
}

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Script")
    }
}

impl Messenger for Script {
    fn provider(&self) -> &'static str {
        "Test"
    }

    fn capabilities(&self) -> Capabilities {
        let text = Capabilities::of(&[Capability::Text]);
        if self.is_blind { text } else { text.with(Capability::LastActivity) }
    }

    fn send_text<'a>(&'a self, _: &'a PhoneNumber, _: &'a str) -> BoxFuture<'a, Result<Receipt, Error>> {
        Box::pin(async { Ok(Receipt::new(SendState::Sent, None)) })
    }

    fn last_activity<'a>(&'a self, number: &'a PhoneNumber) -> BoxFuture<'a, Result<Activity, Error>> {
        Box::pin(async move {
            self.reads.lock().unwrap().push((Instant::now(), number.digits()));
            let reading = self.reading.fetch_add(1, Ordering::SeqCst) + 1;
            self.most_at_once.fetch_max(reading, Ordering::SeqCst);
            let hook = self.hook.lock().unwrap().clone();
            if let Some(hook) = hook {
                hook(number).await;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
            self.reading.fetch_sub(1, Ordering::SeqCst);
            if let Some(error) = self.errors.lock().unwrap().pop_front() {
                return Err(error);
            }
            let found = self.conversations.lock().unwrap().get(&number.digits()).copied();
            Ok(found.unwrap_or_else(Activity::none))
        })
    }
}
