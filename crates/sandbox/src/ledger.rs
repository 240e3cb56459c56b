//! The calls that reached the sandbox, in order.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

use crate::Provider;

/// How many calls are kept; the oldest go first.
const KEPT: usize = 10_000;

/// A request that reached a provider in the sandbox, and how it was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Call {
    /// The provider under whose prefix the request came.
    pub provider: Provider,
    /// The operation as the specs name it, for example `send_message`; `None` when the request
    /// matched none: an unknown path, an unknown `action`, a wrong method.
    pub operation: Option<&'static str>,
    /// The method as it came, for example `POST`.
    pub method: String,
    /// Path and query as they came, with the values of secrets replaced by `***`.
    pub target: String,
    /// The HTTP status of the answer.
    pub status: u16,
    /// Whether the answer itself says success: `status` of the `ExternalApi`, `result` of
    /// `ChatGuru`. A delivered template message that is answered `exception` counts as false.
    pub success: bool,
    /// The files that came with the request.
    pub files: Vec<ReceivedFile>,
    /// When the answer was ready, on the sandbox's clock.
    pub at: SystemTime,
}

/// A file that came with a request. Its bytes are not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivedFile {
    /// The form field.
    pub field: String,
    /// The name that the caller gave the file.
    pub file_name: String,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The media type by content.
    pub media_type: String,
}

#[derive(Debug, Default)]
pub(crate) struct Ledger {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    calls: VecDeque<Call>,
    total: u64,
}

impl Ledger {
    pub(crate) fn record(&self, call: Call) {
        let mut inner = self.lock();
        inner.total += 1;
        if inner.calls.len() == KEPT {
            inner.calls.pop_front();
        }
        inner.calls.push_back(call);
    }

    pub(crate) fn calls(&self) -> Vec<Call> {
        self.lock().calls.iter().cloned().collect()
    }

    pub(crate) fn total(&self) -> u64 {
        self.lock().total
    }

    pub(crate) fn clear(&self) {
        *self.lock() = Inner::default();
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // The ledger is whole after every statement, so a panic elsewhere cannot have broken it.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Path and query with the values of secret parameters, and any of `secrets`, replaced.
pub(crate) fn mask(path: &str, query: Option<&str>, secrets: &[String]) -> String {
    let mut target = path.to_owned();
    if let Some(query) = query {
        let pairs: Vec<String> = query.split('&').map(mask_pair).collect();
        target = format!("{target}?{}", pairs.join("&"));
    }
    // A secret in the wrong place is still a secret. Short ones would mask half the text.
    for secret in secrets.iter().filter(|secret| secret.len() > 5) {
        target = target.replace(secret.as_str(), "***");
    }
    target
}

fn mask_pair(pair: &str) -> String {
    match pair.split_once('=') {
        Some((name, _)) if is_secret(name) => format!("{name}=***"),
        _ => pair.to_owned(),
    }
}

fn is_secret(name: &str) -> bool {
    let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy().to_ascii_lowercase();
    ["key", "secret", "token", "password"].iter().any(|part| name.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_wherever_they_stand() {
        let secrets = ["hunter2hunter2".to_owned()];
        assert_eq!(
            mask("/chatguru/api/v1", Some("key=abc&%6Bey=def&text=hunter2hunter2&action=note_add"), &secrets),
            "/chatguru/api/v1?key=***&%6Bey=***&text=***&action=note_add"
        );
    }

    #[test]
    fn the_oldest_calls_go() {
        let ledger = Ledger::default();
        for n in 0..=KEPT {
            ledger.record(Call {
                provider: Provider::ChatGuru,
                operation: None,
                method: "POST".to_owned(),
                target: n.to_string(),
                status: 400,
                success: false,
                files: Vec::new(),
                at: SystemTime::UNIX_EPOCH,
            });
        }
        let calls = ledger.calls();
        assert_eq!((calls.len(), calls[0].target.as_str(), ledger.total()), (KEPT, "1", 10_001));
    }
}
