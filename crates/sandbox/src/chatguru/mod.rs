//! `ChatGuru` API v1: one URL, eight actions, answers as its documentation shows them.

mod actions;
mod params;
mod reply;
mod send_date;
mod state;

use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{HeaderValue, Method, StatusCode, header};

use crate::{
    Clock, World,
    answer::Answer,
    body::{self, Forms},
    received::Received,
};

use params::Params;
use state::State;

/// A `ChatGuru` account.
pub(crate) struct Account {
    world: Arc<World>,
    clock: Clock,
    state: Mutex<State>,
}

impl Account {
    pub(crate) fn new(world: Arc<World>, clock: Clock) -> Self {
        let state = Mutex::new(State::new(&world.chatguru));
        Self { world, clock, state }
    }

    /// Back to the world.
    pub(crate) fn reset(&self) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = State::new(&self.world.chatguru);
    }

    pub(crate) async fn answer(&self, mut received: Received) -> Answer {
        let body = std::mem::take(&mut received.body);
        // Only a urlencoded form is known to be read; of JSON and multipart there is no evidence.
        let parsed = body::read(&received.headers, body, Forms::Urlencoded).await;
        if received.path.trim_end_matches('/') != "/api/v1" {
            return Answer::page(StatusCode::NOT_FOUND, "404 Not Found");
        }
        if received.method != Method::POST {
            return Answer::page(StatusCode::METHOD_NOT_ALLOWED, "405 Method Not Allowed")
                .with_header(header::ALLOW, HeaderValue::from_static("POST"));
        }
        if parsed.too_large {
            return Answer::page(StatusCode::PAYLOAD_TOO_LARGE, "413 Payload Too Large");
        }
        let query = received.query.as_deref().unwrap_or_default();
        let params = Params::new(query, parsed);
        let now = self.clock.millis();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        actions::run(&self.world.chatguru, &mut state, &params, now)
    }
}
