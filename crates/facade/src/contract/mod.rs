//! A test suite for implementations of [`Messenger`].
//!
//! It tests whether an implementation keeps the promises in [`Messenger`]'s documentation. Use it for your own wrapper,
//! for example one that retries, logs or counts, and for your own client. Each case starts its own sandbox:
//!
//! ```
//! use zap_facade::contract::{self, Profile};
//! use zap_facade::{Provider, connect};
//!
//! # #[tokio::main(flavor = "multi_thread", worker_threads = 2)]
//! # async fn main() {
//! let report = contract::check(Provider::WaziMe, Profile::Observed, |account| {
//!     // Wrap it in what you want to check.
//!     connect(account.config()).expect("the settings are valid")
//! });
//! report.await.assert();
//! # }
//! ```
//!
//! Run it with each [`Profile`]: instances differ, and a program should work with both.

mod account;
mod calls;
mod cases;
mod fixture;
mod report;

use std::sync::Arc;

pub use account::Account;
pub use report::{CaseReport, Report, Verdict};
pub use zap_sandbox::{Credentials, Profile};

use crate::{Messenger, Provider};

/// Runs all cases and returns a report.
///
/// `make` creates the messenger to test for an account. It is called one or more times in each case. Call this function in
/// a tokio runtime with I/O and time enabled, and with more than one thread if the implementation blocks.
pub async fn check(
    provider: Provider,
    profile: Profile,
    make: impl Fn(&Account) -> Box<dyn Messenger> + Send + Sync + 'static,
) -> Report {
    let make: Arc<fixture::Make> = Arc::new(make);
    let mut report = Report::new(provider, profile);
    // All cases run at once, because they mostly wait.
    let begun: Vec<_> =
        cases::ALL.iter().map(|case| (case, case.begin(provider, profile, Arc::clone(&make)))).collect();
    for (case, running) in begun {
        report.add(case.name, case.promise, running.end().await);
    }
    report
}

/// Returns the names of the cases, in the order in which they run.
pub fn cases() -> impl Iterator<Item = &'static str> {
    cases::ALL.iter().map(|case| case.name)
}
