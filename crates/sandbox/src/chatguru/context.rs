//! What the handlers work with.

use crate::world::ChatGuruWorld;

use super::params::Params;

/// What a handler works with besides the state.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) world: &'a ChatGuruWorld,
    pub(super) params: &'a Params,
    /// Milliseconds after the epoch.
    pub(super) now: u64,
}
