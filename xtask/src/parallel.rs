//! Work on all cores.

use std::panic::resume_unwind;
use std::sync::Mutex;
use std::thread;

/// What a main thread has; a debug build needs more than the default for deep nesting.
pub(crate) const STACK: usize = 8 << 20;

/// Does `work` on each item, on as many threads as there are cores; the results are in the order of the items.
pub(crate) fn in_parallel<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let count = items.len();
    let threads = thread::available_parallelism().map_or(1, usize::from).min(count);
    if threads < 2 {
        return items.into_iter().map(work).collect();
    }
    let next = Mutex::new(items.into_iter().enumerate());
    let run = || {
        let mut done = Vec::new();
        // The lock is free again before the work begins.
        while let Some((index, item)) = next.lock().ok().and_then(|mut next| next.next()) {
            done.push((index, work(item)));
        }
        done
    };
    let mut done: Vec<_> = thread::scope(|scope| {
        let spawn = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run);
        let others: Vec<_> = (1..threads).map(spawn).collect();
        let own = run();
        // A thread that could not be had leaves its work to the others.
        let join = |thread: thread::ScopedJoinHandle<'_, _>| thread.join().unwrap_or_else(|panic| resume_unwind(panic));
        others.into_iter().flatten().flat_map(join).chain(own).collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}
