//! `ChatGuru` API v1: one URL, and answers as its documentation shows them.

mod actions;
mod context;
mod details;
mod draft;
mod incoming;
mod job;
mod number;
mod params;
mod reply;
mod routes;
mod send_date;
mod state;

pub(crate) use incoming::ReceivingChat;
pub(crate) use reply::dialog_context_error;
pub(crate) use routes::operations;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderValue, StatusCode, header};

use crate::{
    Clock, World,
    answer::Answer,
    body::{self, FormKinds},
    ledger::RecordedBody,
    operation::Operation,
    raw_request::RawRequest,
    world::ChatGuruWorld,
};

use context::Context;
use params::Params;
use state::State;

/// Phone numbers have at most 15 digits. Much longer ones are refused (a guess).
const LONGEST_NUMBER: usize = 32;

/// A `ChatGuru` account.
pub(crate) struct Account {
    world: Arc<World>,
    clock: Clock,
    state: Mutex<State>,
    /// The share of what calls set on chats, in bytes.
    max_details: usize,
}

impl Account {
    pub(crate) fn new(world: Arc<World>, clock: Clock, max_details: usize) -> Self {
        let state = Mutex::new(State::new(&world.chatguru, max_details));
        Self { world, clock, state, max_details }
    }

    /// Restores the world.
    pub(crate) fn reset(&self) {
        *self.lock() = State::new(&self.world.chatguru, self.max_details);
    }

    /// Returns about how many bytes the custom fields and variables take that calls set.
    pub(crate) fn weight(&self) -> usize {
        self.lock().details.weight()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request.
    pub(crate) fn answer(&self, request: &ParsedRequest) -> Answer {
        if !request.is_here() {
            return Answer::page(StatusCode::NOT_FOUND, "404 Not Found");
        }
        if request.raw.method != routes::METHOD {
            return Answer::page(StatusCode::METHOD_NOT_ALLOWED, "405 Method Not Allowed")
                .with_header(header::ALLOW, HeaderValue::from_static(routes::METHOD));
        }
        if request.too_large {
            return Answer::page(StatusCode::PAYLOAD_TOO_LARGE, "413 Payload Too Large");
        }
        let now = self.clock.millis();
        run(&mut self.lock(), &self.world.chatguru, &request.params, now)
    }
}

/// Checks the credentials and the parameters, and runs the operation.
fn run(state: &mut State, world: &ChatGuruWorld, params: &Params, now: u64) -> Answer {
    let (Some(key), Some(account_id)) = (params.get("key"), params.get("account_id")) else {
        return reply::error("key ou account_id não informado(s)");
    };
    if key != world.key {
        return reply::error("key inválida");
    }
    if account_id != world.account_id {
        return reply::error("account_id inválida");
    }
    let mut phones = world.phones.iter().enumerate();
    let Some((phone, row)) = phones.find(|(_, row)| params.get("phone_id") == Some(row.phone_id.as_str())) else {
        return reply::error("phone_id inválida");
    };
    let Some(route) = params.get("action").and_then(routes::find) else {
        return reply::error(if params.has("action") { "ação inválida" } else { "action é obrigatório" });
    };
    if params.get("chat_number").is_some_and(|number| !is_number(number)) {
        return reply::error("chat_number inválido");
    }
    if let Some(name) = route.required.iter().find(|name| params.get(name).is_none()) {
        return reply::missing(route.operation.id, name);
    }
    state.settle(now);
    (route.handler)(state, &Context { world, params, phone, official_api: row.official_api, now })
}

fn is_number(text: &str) -> bool {
    text.len() <= LONGEST_NUMBER && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A request whose body was read.
#[derive(Debug)]
pub(crate) struct ParsedRequest {
    pub(crate) raw: RawRequest,
    pub(crate) recorded: RecordedBody,
    params: Params,
    too_large: bool,
}

impl ParsedRequest {
    pub(crate) async fn read(mut raw: RawRequest) -> Self {
        let body = std::mem::take(&mut raw.body);
        // Urlencoded forms are known to be read, and JSON is known not to be. Multipart is a guess.
        let mut parsed = body::read(&raw.headers, body, FormKinds::All, &mut raw.held).await;
        let (recorded, too_large) = (std::mem::take(&mut parsed.recorded), parsed.too_large);
        let params = Params::new(raw.query(), parsed);
        Self { raw, recorded, params, too_large }
    }

    /// Returns the operation that the request asks for, even if the request is then refused.
    pub(crate) fn operation(&self) -> Option<&'static Operation> {
        let is_call = self.is_here() && self.raw.method == routes::METHOD;
        let route = self.params.get("action").filter(|_| is_call).and_then(routes::find)?;
        Some(&route.operation)
    }

    fn is_here(&self) -> bool {
        self.raw.path().trim_end_matches('/').strip_prefix('/') == Some(routes::PATH)
    }
}
