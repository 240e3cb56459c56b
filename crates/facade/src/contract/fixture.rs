//! The fixture of a case: a sandbox, and the messenger to test.

use std::sync::Arc;
use std::time::Duration;

use zap_sandbox::{Clock, Delivery, Fault, Profile, Sandbox};

use super::account::{Account, in_sandbox};
use crate::{Error, ErrorKind, Messenger, Provider};

/// The time limit for a case, which is ample even on a busy machine.
pub(super) const CASE_LIMIT: Duration = Duration::from_secs(300);

/// Creates the messenger to test.
pub(super) type Make = dyn Fn(&Account) -> Box<dyn Messenger> + Send + Sync;

/// What is wrong, or why the case does not apply.
pub(super) enum Finding {
    Broken(String),
    NotApplicable(String),
}

impl From<String> for Finding {
    fn from(how: String) -> Self {
        Self::Broken(how)
    }
}

pub(super) type Checked = Result<(), Finding>;

/// Returns an error with the given text if `it` is false.
pub(super) fn holds(it: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if it { Ok(()) } else { Err(otherwise()) }
}

/// Returns the finding for a call that should have succeeded. `Unsupported` is not a failure here: the case about
/// capabilities tests it.
pub(super) fn failed(error: &Error, what: &str) -> Finding {
    if error.kind() == ErrorKind::Unsupported {
        Finding::NotApplicable(error.to_string())
    } else {
        Finding::Broken(format!("{what}: {error}"))
    }
}

pub(super) struct Fixture {
    pub(super) sandbox: Sandbox,
    pub(super) profile: Profile,
    pub(super) account: Account,
    pub(super) messenger: Arc<dyn Messenger>,
    make: Arc<Make>,
}

impl Fixture {
    pub(super) async fn start(
        provider: Provider,
        profile: Profile,
        clock: Clock,
        make: Arc<Make>,
    ) -> Result<Self, Finding> {
        let started = Sandbox::builder().profile(profile).clock(clock).start().await;
        let sandbox = started.map_err(|error| Finding::Broken(format!("the sandbox does not start: {error}")))?;
        let account = Account::of(&sandbox, provider);
        let messenger = Arc::from(make(&account));
        Ok(Self { sandbox, profile, account, messenger, make })
    }

    /// Creates a messenger with another base URL.
    pub(super) fn elsewhere(&self, base_url: String) -> Arc<dyn Messenger> {
        Arc::from((self.make)(&Account { base_url, ..self.account.clone() }))
    }

    /// Replaces all faults with this one.
    pub(super) fn only(&self, fault: Fault) -> Result<(), String> {
        self.sandbox.faults().clear();
        let fault = fault.provider(in_sandbox(self.account.provider));
        self.sandbox.faults().add(fault).map(drop).map_err(|error| format!("the case itself failed: {error}"))
    }

    /// Returns the number of deliveries with this text.
    pub(super) fn delivered(&self, text: &str) -> usize {
        self.deliveries().iter().filter(|delivery| delivery.text.as_deref() == Some(text)).count()
    }

    pub(super) fn deliveries(&self) -> Vec<Delivery> {
        self.sandbox.deliveries()
    }

    /// Returns an answer that reports a failure in the provider's format.
    pub(super) fn failure(&self, remark: &str, text: &str) -> serde_json::Value {
        if self.account.provider == Provider::ChatGuru {
            serde_json::json!({"code": 400, "result": "error", "description": text})
        } else {
            serde_json::json!({"remark": remark, "status": "error", "message": [text]})
        }
    }
}

/// Returns everything that a log may show of an error.
pub(super) fn shown(error: &Error) -> String {
    let mut shown = vec![format!("{error}\n{error:?}\n{error:#?}")];
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        shown.push(format!("{cause}\n{cause:?}"));
        source = cause.source();
    }
    shown.join("\n")
}
