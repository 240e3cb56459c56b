//! Reads conversations at a limited pace, and stops if the provider does not answer.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use tokio::time::Instant;
use zap_facade::{Activity, Error, Messenger, PhoneNumber};

use crate::conversation::activity;
use crate::error::LedgerError;
use crate::ledger::Ledger;
use crate::model::{Control, Offset, Seen};
use crate::records::{Message, MessageId};
use crate::worker::Outbox;
use crate::worker::verdict::pause_reason;

/// After how many reads in a row that failed for a reason that may pass reading stops.
const TRIES: u32 = 4;
/// The pause before the first repetition. It doubles.
const BACKOFF: Duration = Duration::from_secs(2);
/// The longest pause that the provider can ask for. If it asks for more, reading stops.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// A conversation that was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Conversation {
    pub(super) seen: Seen,
    pub(super) is_unread: bool,
}

/// The result of reading a conversation.
pub(super) enum Read {
    Seen(Conversation),
    /// The answer could not be understood.
    Unreadable,
    /// The provider does not allow or answer reads.
    Stopped,
}

/// A control, and the message that it is of.
pub(super) type FoundControl = (Control, Option<MessageId>);

/// Reads conversations for one look.
pub(super) struct Reader {
    pub(super) ledger: Ledger,
    pub(super) by: String,
    messenger: Arc<dyn Messenger>,
    interval: Duration,
    /// When the next read may start.
    next: tokio::sync::Mutex<Instant>,
    /// How many reads in a row have failed.
    failures: AtomicU32,
    /// What the conversations of other messages have shown.
    controls: tokio::sync::Mutex<HashMap<MessageId, Control>>,
    /// Why reading ended.
    stopped: Mutex<Option<Error>>,
}

impl Reader {
    pub(super) fn new(outbox: &Outbox, by: String) -> Self {
        Self {
            ledger: outbox.ledger().clone(),
            by,
            messenger: Arc::clone(outbox.messenger()),
            interval: outbox.reads().interval(),
            next: tokio::sync::Mutex::new(Instant::now()),
            failures: AtomicU32::new(0),
            controls: tokio::sync::Mutex::default(),
            stopped: Mutex::default(),
        }
    }

    /// Ends all reading. The first reason stays.
    pub(super) fn stop(&self, error: Error) {
        self.stopped.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }

    /// Returns why reading ended.
    pub(super) fn stopped(&self) -> Option<Error> {
        self.stopped.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn is_stopped(&self) -> bool {
        self.stopped.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Reads the conversations with a number, in all its forms.
    pub(super) async fn read(&self, number: &PhoneNumber) -> Result<Read, LedgerError> {
        let mut all = Activity::none();
        let mut offset = None;
        for form in number.variants() {
            let (before, read, after) = match self.one(&form).await? {
                Some(Ok(read)) => read,
                Some(Err(error)) => {
                    tracing::warn!(%error, "a conversation cannot be read");
                    return Ok(Read::Unreadable);
                }
                None => return Ok(Read::Stopped),
            };
            let measured = read.provider_time.and_then(timestamp).and_then(|time| Offset::measure(before, time, after));
            offset = offset.or(measured);
            all = all.and(read);
        }
        let at = self.ledger.now().await?;
        let Activity { conversations, latest, created, is_complete, is_unread, .. } = all;
        let (latest, created) = (latest.map(timestamp), created.map(timestamp));
        // A time that cannot be represented is not one.
        if latest == Some(None) || created == Some(None) {
            return Ok(Read::Unreadable);
        }
        let (latest, created) = (latest.flatten(), created.flatten());
        let seen = Seen { at, offset, conversations, latest, created, is_complete };
        Ok(Read::Seen(Conversation { seen, is_unread }))
    }

    /// Returns what the ledger's clock showed before and after a read. `None` if reading has stopped.
    async fn one(
        &self,
        number: &PhoneNumber,
    ) -> Result<Option<Result<(Timestamp, Activity, Timestamp), Error>>, LedgerError> {
        loop {
            self.turn().await;
            if self.is_stopped() {
                return Ok(None);
            }
            let before = self.ledger.now().await?;
            let error = match activity(&*self.messenger, number).await {
                Ok(read) => {
                    self.failures.store(0, Ordering::Relaxed);
                    return Ok(Some(Ok((before, read, self.ledger.now().await?))));
                }
                Err(error) => error,
            };
            if pause_reason(&error).is_some() {
                self.stop(error);
                return Ok(None);
            }
            if !error.is_transient() {
                return Ok(Some(Err(error)));
            }
            let failures = self.failures.fetch_add(1, Ordering::Relaxed) + 1;
            let wait = error.retry_after().unwrap_or_default().max(BACKOFF * (1 << (failures - 1).min(5)));
            if failures >= TRIES || wait > LONGEST_WAIT {
                self.stop(error);
                return Ok(None);
            }
            tracing::info!(%error, ?wait, "a read failed");
            let mut next = self.next.lock().await;
            *next = (*next).max(Instant::now() + wait);
        }
    }

    /// Waits until the next read may start.
    async fn turn(&self) {
        let mut next = self.next.lock().await;
        tokio::time::sleep_until(*next).await;
        *next = Instant::now() + self.interval;
    }

    /// Returns what the conversations of other messages show that were sent at about the same time as a message.
    /// Returns `None` if reading has stopped.
    pub(super) async fn control(&self, of: &Message) -> Result<Option<FoundControl>, LedgerError> {
        let candidates = self.ledger.controls(of.clone()).await?;
        // Other looks wait here, and then find most answers.
        let mut known = self.controls.lock().await;
        for sent in candidates {
            let id = sent.message.id;
            let control = match known.get(&id) {
                Some(control) => *control,
                None => match self.read(&sent.message.number).await? {
                    Read::Seen(read) => *known.entry(id).or_insert(Control::of(&read.seen, sent.span)),
                    Read::Unreadable => Control::Silent,
                    Read::Stopped => return Ok(None),
                },
            };
            if control != Control::Silent {
                return Ok(Some((control, Some(id))));
            }
        }
        Ok(Some((Control::Silent, None)))
    }
}

fn timestamp(time: SystemTime) -> Option<Timestamp> {
    Timestamp::try_from(time).ok()
}
