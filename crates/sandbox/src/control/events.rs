//! What happens, as it happens: server-sent events.

use std::{
    fmt::Write as _,
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};
use bytes::Bytes;
use serde_json::{Value, json};
use tokio::{sync::watch, time::sleep};

use crate::{
    app_state::AppState,
    connection::Activity,
    ledger::{Event, Lagged},
    memory::{self, ConnectionMemory, Reservation},
    unfold::unfold,
};

use super::{Answer, reply::Refusal, view};

/// How often something is said when nothing happens, so that both sides know the other is there.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How long the events are that are written at once, unless one alone is longer.
const PIECE: usize = 64 * 1024;
/// How many may watch at once.
const WATCHERS: usize = 64;

pub(super) async fn stream(
    State(app): State<Arc<AppState>>,
    activity: Option<Extension<Activity>>,
    conn_memory: Option<Extension<Arc<ConnectionMemory>>>,
    headers: HeaderMap,
) -> Answer {
    let Some(seat) = WatcherSlot::take(&app.watchers) else {
        let text = format!("{WATCHERS} streams of events are open already; close one");
        return Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, text));
    };
    // Whoever comes for the first time hears what happens from now on.
    let heard = match headers.get("last-event-id") {
        Some(id) => id.to_str().ok().and_then(|id| id.parse().ok()).unwrap_or(0),
        None => app.feed.last(),
    };
    let (feed, clock) = (app.feed.bell(), app.clock.bell());
    let conn_memory = conn_memory
        .map_or_else(|| ConnectionMemory::new(Arc::clone(&app.memory)), |Extension(conn_memory)| conn_memory);
    let activity = activity.map(|Extension(activity)| activity);
    let watcher = Watcher { app, heard, feed, clock, greeted: false, activity, conn_memory, _seat: seat };
    let mut response = Response::new(unfold(watcher, Watcher::next));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(response)
}

/// One who watches.
struct Watcher {
    app: Arc<AppState>,
    /// The last event that was sent.
    heard: u64,
    feed: watch::Receiver<u64>,
    clock: watch::Receiver<u64>,
    greeted: bool,
    activity: Option<Activity>,
    conn_memory: Arc<ConnectionMemory>,
    _seat: WatcherSlot,
}

impl Watcher {
    /// Waits for something to tell.
    async fn next(mut self) -> crate::unfold::Piece<Self> {
        if !self.greeted {
            // So that the caller has an answer before anything happens.
            self.greeted = true;
            if let Some(activity) = &self.activity {
                // It waits for events, and not for its caller.
                activity.start_processing();
            }
            return Some((Ok(Bytes::from_static(b"retry: 1000\n\n")), self));
        }
        let heartbeat = sleep(HEARTBEAT);
        tokio::pin!(heartbeat);
        loop {
            // Seen before looking, so that nothing slips in between.
            self.feed.mark_unchanged();
            self.clock.mark_unchanged();
            self.app.settle();
            match self.news().await {
                Some(text) if text.is_empty() => {}
                Some(text) => return Some((Ok(memory::counted(text, &self.conn_memory)), self)),
                None => return Some((Err(io::ErrorKind::TimedOut.into()), self)),
            }
            let due = self.app.ledger.next_due().and_then(|due| self.app.clock.until(due));
            tokio::select! {
                _ = self.feed.changed() => {}
                _ = self.clock.changed() => {}
                // A little later, since the clock counts whole milliseconds.
                () = sleep(due.unwrap_or(HEARTBEAT) + Duration::from_millis(1)), if due.is_some() => {}
                () = &mut heartbeat => return Some((Ok(Bytes::from_static(b":\n\n")), self)),
            }
        }
    }

    /// The next events that were not sent yet; empty if there are none. The rest is written when these are
    /// on their way, so that a slow watcher costs no more than one piece. It misses what is forgotten
    /// meanwhile. `None` if there was no room for them for too long.
    async fn news(&mut self) -> Option<String> {
        let mut text = String::new();
        while text.len() < PIECE {
            let Some(weight) = self.app.feed.weight_after(self.heard) else { break };
            // Room for the event as text, of which each letter may take six.
            let room = (6 * weight + PIECE).min(self.app.memory.in_flight_share() / 4);
            let mut held = Reservation::empty(&self.conn_memory);
            if !held.wait_for(room).await {
                return None;
            }
            match self.app.feed.after(self.heard) {
                Ok(Some((id, event))) => {
                    self.heard = id;
                    let (name, data) = self.shown(&event);
                    write(&mut text, name, id, &data);
                }
                Ok(None) => break,
                Err(Lagged) => {
                    self.heard = self.app.feed.last();
                    write(&mut text, "resync", self.heard, &json!({}));
                }
            }
        }
        Some(text)
    }

    fn shown(&self, event: &Event) -> (&'static str, Value) {
        match event {
            Event::Call(entry) => ("call", view::call(&entry.show(&self.app.secrets))),
            Event::Delivery(delivery) => ("delivery", view::delivery(&delivery.masked(&self.app.secrets))),
            Event::DeliveryState(delivery) => ("delivery_state", view::delivery(&delivery.masked(&self.app.secrets))),
            Event::Reset => ("reset", json!({})),
            Event::Clock => ("clock", view::clock(&self.app)),
            Event::Faults => ("faults", view::faults(&self.app)),
        }
    }
}

/// JSON has no line breaks of its own, so that it is one line of data.
fn write(text: &mut String, name: &str, id: u64, data: &Value) {
    // Writing to a String cannot fail.
    let _ = write!(text, "event: {name}\nid: {id}\ndata: {data}\n\n");
}

/// A place among those who watch, free again when dropped.
struct WatcherSlot(Arc<AtomicUsize>);

impl WatcherSlot {
    fn take(taken: &Arc<AtomicUsize>) -> Option<Self> {
        let free = |taken: usize| (taken < WATCHERS).then_some(taken + 1);
        taken.fetch_update(Ordering::SeqCst, Ordering::SeqCst, free).ok()?;
        Some(Self(Arc::clone(taken)))
    }
}

impl Drop for WatcherSlot {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
