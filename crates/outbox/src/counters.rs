//! Counts of what a process does, for metrics.

use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;

use crate::error::LedgerError;
use crate::model::{MessageState, Refusal};
use crate::transactions::{Begun, Swept};

macro_rules! counters {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// What this process has done with a ledger since it was opened. The counts only grow.
        ///
        /// They are about this process: to know how many messages are in which state, call
        /// [`counts`](crate::Ledger::counts) or [`progress`](crate::Ledger::progress).
        ///
        /// ```
        /// use std::fmt::Write;
        ///
        /// use zap_outbox::{Clock, Ledger};
        ///
        /// /// Writes the counters as Prometheus reads them.
        /// fn metrics(ledger: &Ledger) -> String {
        ///     let mut text = String::new();
        ///     for (name, value) in ledger.counters().iter() {
        ///         let _ = writeln!(text, "# TYPE zap_outbox_{name}_total counter\nzap_outbox_{name}_total {value}");
        ///     }
        ///     text
        /// }
        ///
        /// # let ledger = Ledger::in_memory(Clock::system());
        /// assert!(metrics(&ledger).starts_with("# TYPE zap_outbox_begun_total counter\nzap_outbox_begun_total 0\n"));
        /// ```
        ///
        /// With the crate `metrics`, call `metrics::counter!(format!("zap_outbox_{name}_total")).absolute(value)` for each
        /// of them, for example every ten seconds.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
        #[non_exhaustive]
        pub struct Counters {
            $($(#[$doc])* pub $name: u64,)+
        }

        impl Counters {
            /// Returns the names and the values.
            pub fn iter(&self) -> impl Iterator<Item = (&'static str, u64)> + use<> {
                [$((stringify!($name), self.$name),)+].into_iter()
            }
        }

        /// The counters of a ledger.
        #[derive(Debug, Default)]
        pub(crate) struct Tally {
            $($name: AtomicU64,)+
        }

        impl Tally {
            pub(crate) fn read(&self) -> Counters {
                Counters { $($name: self.$name.load(Ordering::Relaxed),)+ }
            }
        }
    };
}

counters! {
    /// Intents to send a message that were committed (T2).
    begun,
    /// Messages that were skipped, because they had expired or their recipients had opted out.
    skipped,
    /// Results that made a message `done` (T4), also late ones.
    done,
    /// Results that made a message `not_done` (T4), also late ones.
    not_done,
    /// Results that made a message `unknown` (T4).
    unknown,
    /// Results that returned a message to `ready`, because it was provably not sent (T4).
    returned,
    /// Results that had no effect, because the message was already decided or sent again (T4).
    late,
    /// Messages that became `unknown`, because no result was recorded in time (T5).
    swept,
    /// Messages of cancelled campaigns that were skipped (T5).
    cancelled,
    /// Transactions that failed, because the ledger was locked, full, damaged or not reachable.
    ledger_failures,
}

impl Tally {
    pub(crate) fn begun(&self, begun: &Begun) {
        add(&self.begun, begun.claims.len() as u64);
        add(&self.skipped, begun.skipped);
    }

    pub(crate) fn finished(&self, states: &[Result<MessageState, Refusal>]) {
        for state in states {
            let counter = match state {
                Ok(MessageState::Done) => &self.done,
                Ok(MessageState::NotDone) => &self.not_done,
                Ok(MessageState::Unknown) => &self.unknown,
                Ok(_) => &self.returned,
                Err(_) => &self.late,
            };
            add(counter, 1);
        }
    }

    pub(crate) fn swept(&self, swept: &Swept) {
        add(&self.swept, swept.unknown);
        add(&self.cancelled, swept.cancelled);
    }

    pub(crate) fn failed(&self, error: &LedgerError) {
        add(&self.ledger_failures, u64::from(error.is_failure()));
    }
}

fn add(counter: &AtomicU64, count: u64) {
    counter.fetch_add(count, Ordering::Relaxed);
}
