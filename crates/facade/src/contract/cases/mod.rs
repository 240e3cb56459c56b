//! The cases. Each looks at one promise and at nothing else, so that what is broken fails where it
//! belongs.

mod capabilities;
mod contacts;
mod faults;
mod sends;
mod sharing;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::task::JoinHandle;
use tokio::time::error::Elapsed;
use tokio::time::timeout;
use zap_sandbox::{Clock, Profile};

use super::report::Verdict;
use super::stage::{Checked, Finding, Make, Stage};
use crate::{BoxFuture, Provider};

/// Longer than any case takes, even on a machine with much else to do.
pub(super) const PATIENCE: Duration = Duration::from_secs(300);

pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) promise: &'static str,
    /// Whether the sandbox's clock goes on: what is to come never comes where it stands.
    clock_goes: bool,
    check: fn(Stage) -> BoxFuture<'static, Checked>,
}

macro_rules! case {
    ($module:ident::$name:ident, $clock_goes:literal, $promise:literal) => {
        Case {
            name: stringify!($name),
            promise: $promise,
            clock_goes: $clock_goes,
            check: |stage| Box::pin($module::$name(stage)),
        }
    };
}

pub(super) const ALL: &[Case] = &[
    case!(sends::success_is_one_delivery, false, "what succeeds is in the provider's ledger exactly once"),
    case!(sends::queued_is_not_sent, false, "what has not gone out is not called sent"),
    case!(sends::scheduled_is_never_early, false, "a scheduled text goes out within the minute after its time"),
    case!(faults::refusal_is_not_done, false, "an error inside a 200 is an `Err` whose outcome is `NotDone`"),
    case!(faults::lost_answer_is_unknown, false, "what may have happened is an `Err` whose outcome is `Unknown`"),
    case!(faults::nothing_is_repeated, false, "nothing that changes something is sent twice by itself"),
    case!(faults::no_secret_is_shown, false, "no credential is in anything that a log may show"),
    case!(capabilities::unsupported_makes_no_connection, false, "what cannot be done is refused before any network"),
    case!(capabilities::capabilities_are_true, true, "`capabilities` has what is not `Unsupported`, and no more"),
    case!(contacts::ensured_contact_can_be_written_to, true, "after `ensure_contact`, a message can be sent"),
    case!(contacts::update_erases_nothing, false, "an update keeps what it does not change"),
    case!(sharing::dropped_send_is_sent_at_most_once, false, "a future that is dropped leaves no message behind twice"),
    case!(sharing::tasks_can_share_it, false, "64 tasks can send through one messenger"),
];

impl Case {
    pub(super) fn begin(&self, provider: Provider, profile: Profile, make: Arc<Make>) -> Running {
        let clock = if self.clock_goes { Clock::system() } else { Clock::standing_at(SystemTime::now()) };
        let check = self.check;
        // In a task of its own: a panic fails this case alone.
        Running(tokio::spawn(timeout(PATIENCE, async move {
            let stage = Stage::set(provider, profile, clock, make).await?;
            check(stage).await
        })))
    }
}

/// A case that is under way. It ends with this.
pub(super) struct Running(JoinHandle<Result<Checked, Elapsed>>);

impl Running {
    pub(super) async fn end(mut self) -> Verdict {
        match (&mut self.0).await {
            Ok(Ok(Ok(()))) => Verdict::Passed,
            Ok(Ok(Err(Finding::NotApplicable(why)))) => Verdict::NotApplicable(why),
            Ok(Ok(Err(Finding::Broken(how)))) => Verdict::Failed(how),
            Ok(Err(_)) => Verdict::Failed(format!("it did not end within {PATIENCE:?}")),
            Err(panic) => Verdict::Failed(format!("it panicked: {panic}")),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.abort();
    }
}
