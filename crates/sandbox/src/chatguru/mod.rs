//! `ChatGuru` API v1: one URL, eight actions, answers as its documentation shows them.

mod actions;
mod draft;
mod params;
mod reply;
mod send_date;
mod state;

pub(crate) use actions::OPERATIONS;

use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{HeaderValue, Method, StatusCode, header};

use crate::{
    Clock, World,
    answer::Answer,
    body::{self, Forms, Shown},
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

    /// Answers a request that was read.
    pub(crate) fn answer(&self, asked: &Asked) -> Answer {
        if !asked.is_here() {
            return Answer::page(StatusCode::NOT_FOUND, "404 Not Found");
        }
        if asked.received.method != Method::POST {
            return Answer::page(StatusCode::METHOD_NOT_ALLOWED, "405 Method Not Allowed")
                .with_header(header::ALLOW, HeaderValue::from_static("POST"));
        }
        if asked.too_large {
            return Answer::page(StatusCode::PAYLOAD_TOO_LARGE, "413 Payload Too Large");
        }
        let now = self.clock.millis();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        actions::run(&self.world.chatguru, &mut state, &asked.params, now)
    }
}

/// A request that was read to its end.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) received: Received,
    pub(crate) shown: Shown,
    params: Params,
    too_large: bool,
}

impl Asked {
    pub(crate) async fn read(mut received: Received) -> Self {
        let body = std::mem::take(&mut received.body);
        // Only a urlencoded form is known to be read; of JSON and multipart there is no evidence.
        let mut parsed = body::read(&received.headers, body, Forms::Urlencoded, &mut received.held).await;
        let (shown, too_large) = (std::mem::take(&mut parsed.shown), parsed.too_large);
        let params = Params::new(received.query(), parsed);
        Self { received, shown, params, too_large }
    }

    /// The action, if it is one and was asked for at the right place. It counts also when the
    /// request is then refused.
    pub(crate) fn operation(&self) -> Option<&'static str> {
        let right = self.is_here() && self.received.method == Method::POST;
        self.params.get("action").filter(|_| right).and_then(actions::operation)
    }

    fn is_here(&self) -> bool {
        self.received.path().trim_end_matches('/') == "/api/v1"
    }
}
