//! A request of any provider, read to its end: what is known of it before it is processed.

use crate::{
    Provider, answer::Answer, body::Shown, chatguru, external_api, ledger::ReceivedFile, operation::Operation,
    received::Received, shared::Shared,
};

/// A request that was read and not yet processed.
#[derive(Debug)]
pub(crate) enum Asked {
    ExternalApi(Provider, external_api::Asked),
    ChatGuru(chatguru::Asked),
}

impl Asked {
    pub(crate) async fn read(provider: Provider, received: Received) -> Self {
        if provider.is_external_api() {
            Self::ExternalApi(provider, external_api::Asked::read(received).await)
        } else {
            Self::ChatGuru(chatguru::Asked::read(received).await)
        }
    }

    /// Does what is asked for.
    pub(crate) fn process(&self, shared: &Shared) -> Answer {
        match self {
            // Only `ChatGuru` has no instance, and is not asked here.
            Self::ExternalApi(provider, asked) => match shared.instance(*provider) {
                Some(instance) => instance.answer(asked),
                None => Answer::page(axum::http::StatusCode::NOT_FOUND, "404 Not Found"),
            },
            Self::ChatGuru(asked) => shared.chatguru().answer(asked),
        }
    }

    pub(crate) fn provider(&self) -> Provider {
        match self {
            Self::ExternalApi(provider, _) => *provider,
            Self::ChatGuru(_) => Provider::ChatGuru,
        }
    }

    /// Returns the operation that the request asks for, if it asks for one.
    pub(crate) fn operation(&self) -> Option<&'static Operation> {
        match self {
            Self::ExternalApi(_, asked) => asked.operation(),
            Self::ChatGuru(asked) => asked.operation(),
        }
    }

    /// Scheme, host and prefix as the caller knows them.
    pub(crate) fn origin(&self) -> &str {
        match self {
            Self::ExternalApi(_, asked) => &asked.received.origin,
            Self::ChatGuru(asked) => &asked.received.origin,
        }
    }

    /// What the ledger keeps of it.
    pub(crate) fn into_parts(self) -> (Received, Shown, Vec<ReceivedFile>) {
        match self {
            Self::ExternalApi(_, asked) => {
                let files = asked.files();
                (asked.received, asked.shown, files)
            }
            Self::ChatGuru(asked) => (asked.received, asked.shown, Vec::new()),
        }
    }
}

/// Returns the operations of a provider.
pub(crate) fn operations(provider: Provider) -> Vec<&'static Operation> {
    if provider.is_external_api() { external_api::operations().collect() } else { chatguru::operations().collect() }
}
