//! Makes many calls, several at once. The programs around the peers' clients include this file, so that all do the same.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// Any error.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Returns a runtime on this thread, so that only the work of the calls is counted.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Makes `count` calls, `at_once` at the same time, and prints the seconds and the peak memory in KiB.
pub async fn load<C, F>(count: usize, at_once: usize, call: C) -> Result<(), Failure>
where
    C: Fn() -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<(), Failure>> + Send,
{
    let next = Arc::new(AtomicUsize::new(0));
    let start = Instant::now();
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..at_once {
        let (call, next) = (call.clone(), Arc::clone(&next));
        workers.spawn(async move {
            while next.fetch_add(1, Ordering::Relaxed) < count {
                call().await?;
            }
            Ok::<(), Failure>(())
        });
    }
    while let Some(done) = workers.join_next().await {
        done??;
    }
    println!("{} {}", start.elapsed().as_secs_f64(), peak("/proc/self/status"));
    Ok(())
}

/// Returns the peak memory of a process in KiB, from the operating system's file `status`, or 0 if it has none.
pub fn peak(status: &str) -> u64 {
    let status = std::fs::read_to_string(status).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
