//! The webhook of the `ChatGuru` account.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{
    hosts::Hosts,
    ledger::{Event, Feed},
};

use super::webhook_url::{WebhookUrl, WebhookUrlError};

/// The URL to which messages are posted, if one is set.
#[derive(Debug)]
pub(crate) struct Webhook {
    url: Mutex<Option<Arc<WebhookUrl>>>,
    /// The URL with which the sandbox started.
    initial: Option<Arc<WebhookUrl>>,
    feed: Arc<Feed>,
}

impl Webhook {
    pub(crate) fn new(initial: Option<WebhookUrl>, feed: Arc<Feed>) -> Self {
        let initial = initial.map(Arc::new);
        Self { url: Mutex::new(initial.clone()), initial, feed }
    }

    pub(crate) fn url(&self) -> Option<Arc<WebhookUrl>> {
        self.lock().clone()
    }

    /// Sets or removes the URL.
    pub(crate) fn set(&self, url: Option<WebhookUrl>) {
        *self.lock() = url.map(Arc::new);
        self.feed.push(Event::Webhook);
    }

    /// Restores the URL with which the sandbox started.
    pub(crate) fn reset(&self) {
        let mut url = self.lock();
        if *url != self.initial {
            url.clone_from(&self.initial);
            self.feed.push(Event::Webhook);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Arc<WebhookUrl>>> {
        self.url.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads a URL. That of the sandbox itself is refused, because it would report its messages to itself.
pub(crate) fn read_url(text: &str, hosts: &Hosts) -> Result<WebhookUrl, WebhookUrlError> {
    let url: WebhookUrl = text.parse()?;
    if hosts.is_this_sandbox(url.host(), url.port()) {
        let text = "this is the sandbox itself; give the URL of your program, which receives the messages";
        return Err(WebhookUrlError::new(text));
    }
    Ok(url)
}
