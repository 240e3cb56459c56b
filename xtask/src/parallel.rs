//! Work on all cores.

use std::sync::LazyLock;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// What a main thread has; a debug build needs more than the default for deep nesting.
const STACK: usize = 8 << 20;

/// A thread for each core; `None` if not all are to be had.
static POOL: LazyLock<Option<ThreadPool>> = LazyLock::new(|| ThreadPoolBuilder::new().stack_size(STACK).build().ok());

/// Does `work` on a thread of the pool, so that all are there before there is something to divide: one that begins beside
/// work may wait for that work's core, and the milliseconds are a tenth of a command.
pub(crate) fn in_pool<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    match &*POOL {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// Does two things at the same time.
pub(crate) fn both<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    match &*POOL {
        Some(pool) => pool.join(one, other),
        None => (one(), other()),
    }
}

/// Does `work` on each item, on those at the front first; the results are in the order of the items.
pub(crate) fn each<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
    let Some(pool) = &*POOL else { return items.into_iter().map(work).collect() };
    let items = items.into_iter().enumerate();
    let mut done: Vec<_> = pool.install(|| items.par_bridge().map(|(index, item)| (index, work(item))).collect());
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}
