//! The context of the handlers.

use crate::world::ChatGuruWorld;

use super::{params::Params, state::ChatKey};

/// The context of a handler: what it needs besides the state.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) world: &'a ChatGuruWorld,
    pub(super) params: &'a Params,
    /// The index of the phone that the request names.
    pub(super) phone: usize,
    /// Whether that phone is connected through `WhatsApp`'s official API.
    pub(super) official_api: bool,
    /// Milliseconds after the epoch.
    pub(super) now: u64,
}

impl Context<'_> {
    /// Returns the chat that the request names. It need not exist.
    pub(super) fn chat_key(&self) -> ChatKey {
        ChatKey::new(self.phone, self.params.get("chat_number").unwrap_or_default())
    }

    /// Returns when a message without a date goes out.
    pub(super) fn soon(&self) -> u64 {
        self.now.saturating_add(self.world.message_delay_ms)
    }
}
