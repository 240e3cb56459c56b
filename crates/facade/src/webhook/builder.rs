//! The settings of a receiver.

use std::fmt;
use std::time::Duration;

use zap_client_runtime::Secret;

use super::receiver::WebhookReceiver;
use super::token::{self, Tokens};

/// Builds a [`WebhookReceiver`]. Each setting has a default, except the token.
///
/// `Debug` does not show the tokens.
#[derive(Clone, Debug)]
#[must_use = "`build` creates the receiver"]
pub struct WebhookReceiverBuilder {
    tokens: Vec<Secret>,
    settings: Settings,
}

/// The settings of a receiver, except its tokens.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) path: String,
    pub(super) dedup_window: Duration,
    pub(super) dedup_entries: usize,
    pub(super) max_body: usize,
    pub(super) body_timeout: Duration,
    pub(super) posts_at_once: usize,
    pub(super) queue: usize,
    pub(super) queue_wait: Duration,
}

impl WebhookReceiverBuilder {
    pub(super) fn new(token: Secret) -> Self {
        let settings = Settings {
            path: "/chatguru".to_owned(),
            dedup_window: Duration::from_secs(10 * 60),
            dedup_entries: 65_536,
            max_body: 256 * 1024,
            body_timeout: Duration::from_secs(10),
            posts_at_once: 64,
            queue: 1024,
            queue_wait: Duration::from_secs(2),
        };
        Self { tokens: vec![token], settings }
    }

    /// Accepts another token too. To change the token without losing a post, accept both until every action at ChatGuru
    /// posts to the new URL.
    pub fn also_accept(mut self, token: impl Into<Secret>) -> Self {
        self.tokens.push(token.into());
        self
    }

    /// Sets the path of the router, `/chatguru` by default. The router answers `PATH/TOKEN` and `PATH?token=TOKEN`.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.settings.path = path.into();
        self
    }

    /// Sets for how long a message is remembered, so that a repeat of it is dropped: 10 minutes by default. Zero turns
    /// this off. A repeat does not prolong the time.
    pub fn dedup_window(mut self, window: Duration) -> Self {
        self.settings.dedup_window = window;
        self
    }

    /// Sets how many messages are remembered at most, 65,536 by default, which takes 4 MB. If there are more within the
    /// window, the oldest are forgotten early and counted, and a repeat of those is handed over again.
    pub fn dedup_entries(mut self, entries: usize) -> Self {
        self.settings.dedup_entries = entries;
        self
    }

    /// Sets the size of the largest body in bytes, 256 KiB by default. A larger one is answered with 413. The bodies in
    /// recordings are about 1 kB long ([C25](chatguru_client::facts#c25)).
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.settings.max_body = bytes;
        self
    }

    /// Sets the time within which a body has to arrive, 10 seconds by default. A slower one is answered with 408.
    pub fn body_timeout(mut self, limit: Duration) -> Self {
        self.settings.body_timeout = limit;
        self
    }

    /// Sets how many posts with a right token are held in memory at most, from the first byte of their body to their
    /// answer: 64 by default. More posts wait for [`queue_wait`](Self::queue_wait), then they are answered with 503.
    pub fn posts_at_once(mut self, posts: usize) -> Self {
        self.settings.posts_at_once = posts;
        self
    }

    /// Sets how many messages wait for a handler at most, 1024 by default. A channel of your own has its own capacity.
    pub fn queue(mut self, messages: usize) -> Self {
        self.settings.queue = messages;
        self
    }

    /// Sets for how long a post waits for room in the queue, 2 seconds by default. Then it is answered with 503 and
    /// `Retry-After`, and a repeat of it is accepted.
    pub fn queue_wait(mut self, limit: Duration) -> Self {
        self.settings.queue_wait = limit;
        self
    }

    /// Creates the receiver.
    ///
    /// # Errors
    ///
    /// Returns an error if a token is too short or has characters that a URL changes, if the path is invalid, or if a
    /// limit other than [`queue_wait`](Self::queue_wait) and [`dedup_window`](Self::dedup_window) is zero.
    pub fn build(self) -> Result<WebhookReceiver, InvalidReceiver> {
        let tokens = Tokens::new(&self.tokens)?;
        check_path(&self.settings.path)?;
        let Settings { dedup_entries, max_body, body_timeout, posts_at_once, queue, .. } = self.settings;
        let limits = [
            (dedup_entries, "dedup_entries"),
            (max_body, "max_body"),
            (usize::from(!body_timeout.is_zero()), "body_timeout"),
            (posts_at_once, "posts_at_once"),
            (queue, "queue"),
        ];
        if let Some((_, name)) = limits.into_iter().find(|(limit, _)| *limit == 0) {
            return Err(InvalidReceiver::Zero(name));
        }
        // What tokio's channel and semaphore can count.
        let most = tokio::sync::Semaphore::MAX_PERMITS;
        let settings = Settings { posts_at_once: posts_at_once.min(most), queue: queue.min(most), ..self.settings };
        Ok(WebhookReceiver::new(settings, tokens))
    }
}

/// Checks what axum would refuse with a panic or understand as a pattern.
fn check_path(path: &str) -> Result<(), InvalidReceiver> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte);
    let ends = path == "/" || !path.ends_with('/');
    if path.starts_with('/') && ends && path.bytes().all(plain) { Ok(()) } else { Err(InvalidReceiver::Path) }
}

/// The error for settings with which a receiver would not work. `Display` says what to fix, and shows no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidReceiver {
    /// A token is empty or has fewer than 16 characters.
    ShortToken,
    /// A token has a character that may be written in several ways in a URL.
    TokenCharacters,
    /// The path does not begin with `/`, ends with `/`, or has a character that is not plain.
    Path,
    /// The limit of this name is zero.
    Zero(&'static str),
}

impl fmt::Display for InvalidReceiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ShortToken => write!(
                f,
                "a token of the webhook has fewer than {} characters, and it is the only protection: use a long random \
                 one, such as that of `openssl rand -hex 32`",
                token::SHORTEST
            ),
            Self::TokenCharacters => f.write_str(
                "a token of the webhook has a character that a URL may change: use letters, digits, `-`, `.`, `_` and \
                 `~` only, such as those of `openssl rand -hex 32`",
            ),
            Self::Path => f.write_str(
                "the path of the webhook must begin with `/`, must not end with it, and can have letters, digits, `/`, \
                 `-`, `.`, `_`, `~` and `%` only: use one such as `/chatguru`",
            ),
            Self::Zero(name) => write!(f, "the webhook's `{name}` is zero: use at least 1"),
        }
    }
}

impl std::error::Error for InvalidReceiver {}
