//! The context of the handlers.

use crate::{Profile, raw_request::RawRequest};

use super::input::Input;

/// The context of a handler: what it needs besides the state.
pub(super) struct Context<'a> {
    pub(super) raw: &'a RawRequest,
    pub(super) input: &'a Input,
    /// The id in the path, as received.
    pub(super) id: &'a str,
    pub(super) user_id: i64,
    pub(super) profile: Profile,
    /// Milliseconds after the epoch.
    pub(super) now: u64,
    /// The slug of the emulated provider.
    pub(super) slug: &'static str,
    pub(super) origin: &'a str,
    /// The path of the operation below the origin.
    pub(super) path: &'a str,
}
