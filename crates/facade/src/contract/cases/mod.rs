//! The cases. Each tests only one promise, so that a broken promise fails one case.

mod capabilities;
mod contacts;
mod faults;
mod sends;
mod sharing;

use std::sync::Arc;
use std::time::SystemTime;

use tokio::task::JoinHandle;
use tokio::time::error::Elapsed;
use tokio::time::timeout;
use zap_sandbox::{Clock, Profile};

use super::fixture::{CASE_LIMIT, Checked, Finding, Fixture, Make};
use super::report::Verdict;
use crate::{BoxFuture, Provider};

pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) promise: &'static str,
    /// Whether the sandbox's clock runs. If it stands, nothing that is scheduled happens.
    clock_runs: bool,
    check: fn(Fixture) -> BoxFuture<'static, Checked>,
}

macro_rules! case {
    ($module:ident::$name:ident, $clock_runs:literal, $promise:literal) => {
        Case {
            name: stringify!($name),
            promise: $promise,
            clock_runs: $clock_runs,
            check: |fixture| Box::pin($module::$name(fixture)),
        }
    };
}

pub(super) const ALL: &[Case] = &[
    case!(sends::success_is_one_delivery, false, "a send that succeeds is in the provider's ledger exactly once"),
    case!(sends::queued_is_not_sent, false, "a message that has not gone out is not reported as sent"),
    case!(sends::scheduled_is_never_early, false, "a scheduled text goes out at its time, or less than a minute later"),
    case!(sends::last_activity_follows_a_send, false, "a send moves the last activity of its conversation"),
    case!(faults::refusal_is_not_done, false, "an error inside a 200 is an `Err` whose outcome is `NotDone`"),
    case!(
        faults::lost_answer_is_unknown,
        false,
        "a call that may have taken effect is an `Err` whose outcome is `Unknown`"
    ),
    case!(faults::nothing_is_repeated, false, "a write that may have reached the provider is not retried"),
    case!(faults::no_secret_is_shown, false, "nothing that a log may show contains a credential"),
    case!(
        capabilities::unsupported_makes_no_connection,
        false,
        "an unsupported call is refused before a connection is made"
    ),
    case!(capabilities::capabilities_are_true, true, "`capabilities` lists exactly what is not `Unsupported`"),
    case!(
        contacts::ensured_contact_can_be_written_to,
        true,
        "after `ensure_contact`, messages to the contact can be sent"
    ),
    case!(contacts::update_erases_nothing, false, "an update keeps what it does not change"),
    case!(sharing::dropped_send_is_sent_at_most_once, false, "a send whose future is dropped is sent at most once"),
    case!(sharing::tasks_can_share_it, false, "64 tasks can send through one messenger"),
];

impl Case {
    pub(super) fn begin(&self, provider: Provider, profile: Profile, make: Arc<Make>) -> Running {
        let clock = if self.clock_runs { Clock::system() } else { Clock::standing_at(SystemTime::now()) };
        let check = self.check;
        // In a separate task, so that a panic fails only this case.
        Running(tokio::spawn(timeout(CASE_LIMIT, async move {
            let fixture = Fixture::start(provider, profile, clock, make).await?;
            check(fixture).await
        })))
    }
}

/// A case that is running. Dropping this stops it.
pub(super) struct Running(JoinHandle<Result<Checked, Elapsed>>);

impl Running {
    pub(super) async fn end(mut self) -> Verdict {
        match (&mut self.0).await {
            Ok(Ok(Ok(()))) => Verdict::Passed,
            Ok(Ok(Err(Finding::NotApplicable(why)))) => Verdict::NotApplicable(why),
            Ok(Ok(Err(Finding::Broken(how)))) => Verdict::Failed(how),
            Ok(Err(_)) => Verdict::Failed(format!("it did not end within {CASE_LIMIT:?}")),
            Err(panic) => Verdict::Failed(format!("it panicked: {panic}")),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.abort();
    }
}
