//! What a call costs, beside the same call written by hand: see `cargo xtask bench`.

mod callers;
mod server;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use callers::{Caller, Failure, What, Who};

fn main() -> Result<(), Failure> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["serve"] => runtime().block_on(server::serve(|origin| println!("{origin}"))).map_err(Into::into),
        ["call", who, what, count, at_once, origin] => {
            let who = match *who {
                "ours" => Who::Ours,
                "typed" => Who::Typed,
                "untyped" => Who::Untyped,
                "hyper" => Who::Hyper,
                _ => return Err("who?".into()),
            };
            let what = if *what == "list" { What::List } else { What::Text };
            let time = runtime().block_on(call(who, what, count.parse()?, at_once.parse()?, origin))?;
            println!("{time}");
            Ok(())
        }
        _ => Err("usage: bench serve | call WHO WHAT COUNT AT-ONCE ORIGIN".into()),
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Seconds for `count` calls, `at_once` of them under way.
async fn call(who: Who, what: What, count: usize, at_once: usize, origin: &str) -> Result<f64, Failure> {
    let caller = Arc::new(Caller::new(who, origin)?);
    let next = Arc::new(AtomicUsize::new(0));
    let start = Instant::now();
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..at_once {
        let (caller, next) = (Arc::clone(&caller), Arc::clone(&next));
        workers.spawn(async move {
            while next.fetch_add(1, Ordering::Relaxed) < count {
                caller.call(what).await?;
            }
            Ok::<(), Failure>(())
        });
    }
    while let Some(done) = workers.join_next().await {
        done??;
    }
    Ok(start.elapsed().as_secs_f64())
}
