//! The context of the handlers.

use crate::world::ChatGuruWorld;

use super::params::Params;

/// The context of a handler: what it needs besides the state.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) world: &'a ChatGuruWorld,
    pub(super) params: &'a Params,
    /// Milliseconds after the epoch.
    pub(super) now: u64,
}
