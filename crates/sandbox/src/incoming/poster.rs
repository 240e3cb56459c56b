//! Makes the posts.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant, UNIX_EPOCH},
};

use tokio::{sync::Notify, task::JoinSet, time::sleep};

use crate::{Post, app_state::AppState};

use super::{
    http_post,
    queue::{Job, Queue, Turn},
};

/// The waiting posts of a sandbox, and the tasks that make them.
#[derive(Debug)]
pub(crate) struct Poster {
    queue: Mutex<Queue>,
    /// Notified when a post may be made.
    wake: Notify,
    /// The posts that are being made.
    tasks: Mutex<JoinSet<()>>,
    last_post: AtomicU64,
}

impl Poster {
    /// Returns a poster whose waiting posts may take this number of bytes.
    pub(crate) fn new(max_weight: usize) -> Self {
        Self {
            queue: Mutex::new(Queue::new(max_weight)),
            wake: Notify::new(),
            tasks: Mutex::default(),
            last_post: AtomicU64::new(0),
        }
    }

    /// Returns about how many bytes the waiting posts take.
    pub(crate) fn weight(&self) -> usize {
        self.queue().weight()
    }

    /// Drops all posts, also those that are being made.
    pub(crate) fn clear(&self) {
        self.queue().clear();
        let mut tasks = self.tasks();
        tasks.abort_all();
        *tasks = JoinSet::new();
    }

    /// Returns the queue. While it is held, no other message can be received.
    pub(super) fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tasks(&self) -> MutexGuard<'_, JoinSet<()>> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks for posts that can be made.
    pub(super) fn wake(&self) {
        self.wake.notify_one();
    }
}

/// Makes the posts of a sandbox until it is dropped.
pub(crate) async fn run(app: Arc<AppState>) {
    let mut clock = app.clock.bell();
    loop {
        clock.mark_unchanged();
        start_posts(&app);
        let due = app.poster.queue().next_due().and_then(|due| app.clock.until(due));
        tokio::select! {
            () = app.poster.wake.notified() => {}
            _ = clock.changed() => {}
            // A little later, because the clock counts whole milliseconds.
            () = sleep(due.unwrap_or_default() + Duration::from_millis(1)), if due.is_some() => {}
        }
    }
}

fn start_posts(app: &Arc<AppState>) {
    let mut tasks = app.poster.tasks();
    while tasks.try_join_next().is_some() {}
    loop {
        let next = app.poster.queue().next(app.clock.millis());
        let Some((job, turn)) = next else { break };
        tasks.spawn(make_posts(Arc::clone(app), job, turn));
    }
}

/// Posts a message as often as requested, and records each attempt.
async fn make_posts(app: Arc<AppState>, job: Job, turn: Turn) {
    let _ends = EndOfTurn { app: &app, turn };
    for number in 1..=job.times {
        let id = app.poster.last_post.fetch_add(1, Ordering::Relaxed) + 1;
        let (at, began) = (app.clock.millis(), Instant::now());
        let outcome = http_post::post(&job.url, job.payload.clone(), app.io_timeout).await;
        let at = UNIX_EPOCH + Duration::from_millis(at);
        let post = Post { id, message: job.message, at, duration: began.elapsed(), outcome };
        app.ledger.posted(post, number == job.times);
    }
}

/// Ends a turn when it is dropped, even if the task panics.
struct EndOfTurn<'a> {
    app: &'a AppState,
    turn: Turn,
}

impl Drop for EndOfTurn<'_> {
    fn drop(&mut self) {
        self.app.poster.queue().end(&self.turn);
        self.app.poster.wake();
    }
}
