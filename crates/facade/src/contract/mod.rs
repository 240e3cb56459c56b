//! What every [`Messenger`] promises, as a suite that any implementation can be held to.
//!
//! A wrapper of your own (one that retries, logs, counts) or a client of your own passes if it keeps
//! the promises of [`Messenger`]'s documentation. Each case has a sandbox to itself:
//!
//! ```
//! use zap_facade::contract::{self, Profile};
//! use zap_facade::{Provider, connect};
//!
//! # #[tokio::main(flavor = "multi_thread", worker_threads = 2)]
//! # async fn main() {
//! let report = contract::check(Provider::WaziMe, Profile::Observed, |account| {
//!     // Wrap it in what you want to check.
//!     connect(account.config()).expect("sound settings")
//! });
//! report.await.assert();
//! # }
//! ```
//!
//! Run it for each [`Profile`]: instances differ, and a program should survive both.

mod account;
mod act;
mod cases;
mod report;
mod stage;

use std::sync::Arc;

pub use account::Account;
pub use report::{CaseReport, Report, Verdict};
pub use zap_sandbox::{Credentials, Profile};

use crate::{Messenger, Provider};

/// Holds an implementation to every promise.
///
/// `make` builds the messenger to check for an account; it is called once or more in each case.
/// Must be called inside a tokio runtime with I/O and time enabled, of more than one thread if the
/// implementation blocks.
pub async fn check(
    provider: Provider,
    profile: Profile,
    make: impl Fn(&Account) -> Box<dyn Messenger> + Send + Sync + 'static,
) -> Report {
    let make: Arc<stage::Make> = Arc::new(make);
    let mut report = Report::new(provider, profile);
    // All at once: most of a case is waiting.
    let begun: Vec<_> =
        cases::ALL.iter().map(|case| (case, case.begin(provider, profile, Arc::clone(&make)))).collect();
    for (case, running) in begun {
        report.add(case.name, case.promise, running.end().await);
    }
    report
}

/// The names of the cases, in the order in which they are run.
pub fn cases() -> impl Iterator<Item = &'static str> {
    cases::ALL.iter().map(|case| case.name)
}
