// The page's links lead to published pages. In rustdoc, these definitions come first and so take precedence.
//! [C24]: chatguru_client::facts#c24
//! [C25]: chatguru_client::facts#c25
//! [`Incoming`]: crate::Incoming
//! [`Incoming::kind`]: crate::Incoming::kind
//! [`Incoming::number`]: crate::Incoming::number
//! [`Incoming::origin`]: crate::Incoming::origin
//! [`Incoming::phone_id`]: crate::Incoming::phone_id
//! [`Incoming::posted_at`]: crate::Incoming::posted_at
//! [`PhoneNumber::key`]: crate::PhoneNumber::key
//! [`Received::Unreadable`]: crate::Received::Unreadable
//! [`Received::from_chatguru`]: crate::Received::from_chatguru
//! [`ChatGuruWebhook`]: ChatGuruWebhook
//! [`Config`]: crate::Config
//! [`WebhookReceiver::counters`]: WebhookReceiver::counters
//! [`also_accept`]: WebhookReceiverBuilder::also_accept
//! [`body_timeout`]: WebhookReceiverBuilder::body_timeout
//! [`channel`]: WebhookReceiver::channel
//! [`dedup_entries`]: WebhookReceiverBuilder::dedup_entries
//! [`dedup_window`]: WebhookReceiverBuilder::dedup_window
//! [`drain`]: WebhookReceiver::drain
//! [`forget`]: ChatGuruWebhook::forget
//! [`handler`]: WebhookReceiver::handler
//! [`max_body`]: WebhookReceiverBuilder::max_body
//! [`posts_at_once`]: WebhookReceiverBuilder::posts_at_once
//! [`queue_wait`]: WebhookReceiverBuilder::queue_wait
//! [guide]: crate::guide
//!
#![doc = include_str!("../../docs/incoming.md")]

mod builder;
mod counters;
mod events;
mod extract;
mod fingerprint;
mod receiver;
mod refusal;
mod repeats;
mod router;
mod token;

pub use builder::{InvalidReceiver, WebhookReceiverBuilder};
pub use counters::WebhookCounters;
pub use extract::ChatGuruWebhook;
pub use receiver::WebhookReceiver;
pub use refusal::WebhookRejection;
