//! A message from a customer, and the posts that report it to the account's webhook.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use crate::{FaultId, Provider, mask::Secrets};

/// A message that a customer wrote to an account, and what became of it.
///
/// [`Sandbox::receive`](crate::Sandbox::receive) creates it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivedMessage {
    /// The id. It increases with every message and every [`Delivery`](crate::Delivery) of this sandbox, which share one
    /// sequence, also across resets.
    pub id: u64,
    /// When it arrived, on the sandbox's clock.
    pub at: SystemTime,
    /// The provider that received it.
    pub provider: Provider,
    /// The receiver: the name of the world's user, or the id of the `ChatGuru` account.
    pub account: String,
    /// The chat. It equals [`Delivery::conversation`](crate::Delivery::conversation) of what the account sends to the
    /// same chat, and has no other meaning.
    pub conversation: String,
    /// The provider's id of the chat: `chat_id` of `ChatGuru`, the conversation's id of the `ExternalApi`.
    pub chat_id: String,
    /// The customer's number, digits only.
    pub from: String,
    /// The name of the chat's contact, if it is known.
    pub name: Option<String>,
    /// The kind of the message.
    pub kind: IncomingKind,
    /// The text or the caption.
    pub text: Option<String>,
    /// The address of the file.
    pub url: Option<String>,
    /// The marker that the webhook's payload carries as `origem`.
    pub origin: Option<String>,
    /// Whether the message was posted to the webhook.
    pub post_state: PostState,
    /// The attempts to post it, in order.
    pub posts: Vec<Post>,
    /// The fault that applied to its posts.
    pub fault: Option<FaultId>,
}

/// The kind of a message from a customer. More may be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IncomingKind {
    /// A text.
    Text,
    /// A picture.
    Image,
    /// A voice note, recorded in the chat.
    Voice,
    /// An audio file.
    Audio,
    /// A video.
    Video,
    /// A document.
    Document,
}

impl IncomingKind {
    /// All kinds, in the order in which they are documented.
    pub const ALL: [Self; 6] = [Self::Text, Self::Image, Self::Voice, Self::Audio, Self::Video, Self::Document];

    /// Returns the name in the control routes, for example `voice`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Image => "image",
            Self::Voice => "voice",
            Self::Audio => "audio",
            Self::Video => "video",
            Self::Document => "document",
        }
    }
}

impl fmt::Display for IncomingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Whether a message was posted to the webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PostState {
    /// The provider has no webhooks.
    NoWebhook,
    /// No webhook URL was set when the message arrived.
    NoUrl,
    /// Some of its posts are still to be made.
    Waiting,
    /// The receiver answered at least one post with a 2xx status.
    Posted,
    /// No post was answered with a 2xx status.
    Failed,
}

impl PostState {
    /// Returns the name in the control routes, for example `no_url`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoWebhook => "no_webhook",
            Self::NoUrl => "no_url",
            Self::Waiting => "waiting",
            Self::Posted => "posted",
            Self::Failed => "failed",
        }
    }
}

impl fmt::Display for PostState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// An attempt to post a message to the webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Post {
    /// The id. It increases with every post of this sandbox, also across resets.
    pub id: u64,
    /// The id of the [`ReceivedMessage`].
    pub message: u64,
    /// When the attempt began, on the sandbox's clock.
    pub at: SystemTime,
    /// How long it took, in real time.
    pub duration: Duration,
    /// The status of the answer, or why there is none.
    pub outcome: PostOutcome,
}

/// The result of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PostOutcome {
    /// The receiver answered with this HTTP status. Redirects are not followed.
    Answered(u16),
    /// There was no answer.
    Failed(PostFailure),
}

impl PostOutcome {
    /// Returns whether the receiver answered with a 2xx status.
    #[must_use]
    pub fn is_success(self) -> bool {
        matches!(self, Self::Answered(200..=299))
    }
}

/// Why a post was not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PostFailure {
    /// Nothing listens at the address, or its host name is unknown.
    Unreachable,
    /// The connection was closed before the answer.
    Closed,
    /// There was no answer in time.
    TimedOut,
    /// The answer was not HTTP, or its head was too large.
    NotHttp,
}

impl PostFailure {
    /// Returns the name in the control routes, for example `timed_out`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Closed => "closed",
            Self::TimedOut => "timed_out",
            Self::NotHttp => "not_http",
        }
    }
}

impl fmt::Display for PostFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// About how many bytes an allocation takes besides its content.
const ALLOCATION: usize = 16;

impl ReceivedMessage {
    /// Returns the message with the credentials of the world masked.
    pub(crate) fn masked(&self, secrets: &Secrets) -> Self {
        let text = |text: &str| secrets.text(text).into_owned();
        let maybe = |value: &Option<String>| value.as_deref().map(text);
        Self {
            account: text(&self.account),
            conversation: text(&self.conversation),
            chat_id: text(&self.chat_id),
            from: text(&self.from),
            name: maybe(&self.name),
            text: maybe(&self.text),
            url: maybe(&self.url),
            origin: maybe(&self.origin),
            ..self.clone()
        }
    }

    /// Returns about how many bytes it takes after this number of posts.
    pub(super) fn weight(&self, posts: usize) -> usize {
        let text = |text: &Option<String>| text.as_ref().map_or(0, String::capacity);
        let who = [&self.account, &self.conversation, &self.chat_id, &self.from];
        size_of::<Self>()
            + who.iter().map(|text| text.capacity()).sum::<usize>()
            + [&self.name, &self.text, &self.url, &self.origin].into_iter().map(text).sum::<usize>()
            // A vector grows to at most twice its length.
            + posts * 2 * size_of::<Post>()
            + 9 * ALLOCATION
    }

    /// Adds a post, and sets the state.
    pub(super) fn add_post(&mut self, post: Post, is_last: bool) {
        self.posts.push(post);
        let is_posted = self.posts.iter().any(|post| post.outcome.is_success());
        self.post_state = match (is_last, is_posted) {
            (false, _) => PostState::Waiting,
            (true, true) => PostState::Posted,
            (true, false) => PostState::Failed,
        };
    }
}

/// The chat in which a message arrived.
#[derive(Debug)]
pub(crate) struct ChatOfMessage {
    /// The receiver, as deliveries name it.
    pub(crate) account: String,
    /// The chat, as deliveries name it.
    pub(crate) conversation: String,
    /// The provider's id of the chat.
    pub(crate) id: String,
    /// The name of the contact.
    pub(crate) name: Option<String>,
}

/// A message from a customer before it has an id.
#[derive(Debug)]
pub(crate) struct Arrival {
    /// Milliseconds after the epoch.
    pub(crate) at: u64,
    pub(crate) provider: Provider,
    pub(crate) chat: ChatOfMessage,
    pub(crate) from: String,
    pub(crate) kind: IncomingKind,
    pub(crate) text: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) origin: Option<String>,
    pub(crate) post_state: PostState,
    /// How many posts are to be made.
    pub(crate) posts: usize,
    pub(crate) fault: Option<FaultId>,
}

impl Arrival {
    /// Returns the message with an id.
    pub(super) fn with_id(self, id: u64) -> ReceivedMessage {
        ReceivedMessage {
            id,
            at: SystemTime::UNIX_EPOCH + Duration::from_millis(self.at),
            provider: self.provider,
            account: self.chat.account,
            conversation: self.chat.conversation,
            chat_id: self.chat.id,
            from: self.from,
            name: self.chat.name,
            kind: self.kind,
            text: self.text,
            url: self.url,
            origin: self.origin,
            post_state: self.post_state,
            posts: Vec::new(),
            fault: self.fault,
        }
    }
}
