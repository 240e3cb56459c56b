//! The event stream: everything that happens, as server-sent events.

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

/// The interval of heartbeats when nothing happens, so that each side knows that the other is alive.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How many bytes of events are written at once, unless a single event is longer.
const PIECE: usize = 64 * 1024;
/// The most event streams that may be open.
const WATCHERS: usize = 64;

pub(super) async fn stream(
    State(app): State<Arc<AppState>>,
    activity: Option<Extension<Activity>>,
    conn_memory: Option<Extension<Arc<ConnectionMemory>>>,
    headers: HeaderMap,
) -> Answer {
    let Some(seat) = WatcherSlot::take(&app.watchers) else {
        let text = format!("{WATCHERS} event streams are already open; close one");
        return Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, text));
    };
    // A client without a last event id receives the events from now on.
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

/// A client that reads the event stream.
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
    /// Waits for the next events.
    async fn next(mut self) -> crate::unfold::Piece<Self> {
        if !self.greeted {
            // Sends something at once, so that the caller gets its answer before the first event.
            self.greeted = true;
            if let Some(activity) = &self.activity {
                // The stream waits for events, not for its caller.
                activity.start_processing();
            }
            return Some((Ok(Bytes::from_static(b"retry: 1000\n\n")), self));
        }
        let heartbeat = sleep(HEARTBEAT);
        tokio::pin!(heartbeat);
        loop {
            // Marked before the events are read, so that none is missed in between.
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
                // A little later, because the clock counts whole milliseconds.
                () = sleep(due.unwrap_or(HEARTBEAT) + Duration::from_millis(1)), if due.is_some() => {}
                () = &mut heartbeat => return Some((Ok(Bytes::from_static(b":\n\n")), self)),
            }
        }
    }

    /// Returns the next events, or an empty text if there are none, or `None` if no memory is free in time.
    ///
    /// The rest is written after these have been sent, so that a slow client takes memory for one piece only. It misses
    /// events that are forgotten meanwhile.
    async fn news(&mut self) -> Option<String> {
        let mut text = String::new();
        while text.len() < PIECE {
            let Some(weight) = self.app.feed.weight_after(self.heard) else { break };
            // Reserves memory for the event as text, in which each character may take six bytes.
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
            Event::Incoming(message) => ("incoming", view::received(&message.masked(&self.app.secrets))),
            Event::IncomingState(message) => ("incoming_state", view::received(&message.masked(&self.app.secrets))),
            Event::Webhook => ("webhook", view::webhook(&self.app)),
            Event::Reset => ("reset", json!({})),
            Event::Clock => ("clock", view::clock(&self.app)),
            Event::Faults => ("faults", view::faults(&self.app)),
        }
    }
}

/// Writes an event. JSON has no line breaks, so its data is one line.
fn write(text: &mut String, name: &str, id: u64, data: &Value) {
    // Writing to a String cannot fail.
    let _ = write!(text, "event: {name}\nid: {id}\ndata: {data}\n\n");
}

/// One of the limited number of open streams. It is free again when this is dropped.
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
