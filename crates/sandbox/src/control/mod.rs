//! The sandbox's own routes, below `/__sandbox/`: ledger, messages from customers, webhook, events, clock, faults,
//! reset.

mod events;
mod faults;
mod incoming;
mod ledger;
mod reply;
mod row_stream;
mod view;
mod webhook;

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{Path, State},
    http::{Response, StatusCode, Uri},
    response::IntoResponse as _,
    routing::{delete, get, post},
};
use serde_json::{Value, json};

use crate::{MemoryUse, Provider, app_state::AppState, external_api, operations};

pub(crate) use reply::Refusal;

use reply::{JsonBody, Reply};

/// The longest single advance of the clock: ten years.
const LONGEST_ADVANCE: u64 = 3653 * 24 * 3600 * 1000;

pub(crate) fn router() -> Router<Arc<AppState>> {
    Router::new()
        .route("/reset", post(reset))
        .route("/counts", get(counts))
        .route("/ledger", get(ledger::deliveries))
        .route("/incoming", get(incoming::list).post(incoming::receive))
        .route("/samples/{name}", get(incoming::sample))
        .route("/webhook", get(webhook::show).post(webhook::set).delete(webhook::remove))
        .route("/calls", get(ledger::calls))
        .route("/calls/{id}", get(ledger::call))
        .route("/media/{id}", get(ledger::media))
        .route("/clock", get(clock).post(move_clock))
        .route("/faults", get(faults::list).post(faults::add).delete(faults::clear))
        .route("/faults/{id}", delete(faults::remove))
        .route("/events", get(events::stream))
        .route("/memory", get(memory))
        .route("/operations", get(operations))
        .method_not_allowed_fallback(async || {
            Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "this route does not support this method")
        })
        .fallback(async |uri: Uri| not_found(&format!("/__sandbox{}", uri.path())))
}

/// Answers an unknown path below `/__sandbox`.
pub(crate) fn not_found(path: &str) -> Response<Body> {
    Refusal::gone(format!("{path} does not exist; `zap-sandbox --help` lists the routes")).into_response()
}

async fn reset(State(app): State<Arc<AppState>>) -> Reply {
    app.reset();
    Reply(json!({"reset": true}))
}

/// Returns the number of rows in `EscalaZap`.
async fn counts(State(app): State<Arc<AppState>>) -> Reply {
    let counts = app.instance(Provider::EscalaZap).map(external_api::Instance::counts);
    Reply(counts.map_or(Value::Null, |counts| {
        json!({
            "contacts": counts.contacts,
            "conversations": counts.conversations,
            "messages": counts.messages,
            "contact_limit_of_user_1": counts.contact_limit_of_user_1,
        })
    }))
}

/// Returns the memory in use, in bytes, as far as the sandbox counts it.
async fn memory(State(app): State<Arc<AppState>>) -> Reply {
    let MemoryUse { limit, kept, in_flight, peak_in_flight } = app.memory_use();
    Reply(json!({"limit": limit, "kept": kept, "in_flight": in_flight, "peak_in_flight": peak_in_flight}))
}

/// Returns the providers, and the operations of each in the order of its API's table.
async fn operations() -> Reply {
    let providers = Provider::ALL.map(|provider| {
        json!({
            "provider": provider.slug(),
            "name": provider.name(),
            "base_path": provider.base_path(),
            "api": if provider.is_external_api() { "externalapi" } else { "chatguru" },
        })
    });
    let rows = Provider::ALL.into_iter().flat_map(|provider| {
        operations::operations(provider).into_iter().map(move |operation| {
            json!({
                "provider": provider.slug(),
                "operation": operation.id,
                "method": operation.method,
                "path": format!("{}/{}", provider.base_path(), operation.path),
            })
        })
    });
    Reply(json!({"providers": providers, "operations": rows.collect::<Vec<_>>()}))
}

async fn clock(State(app): State<Arc<AppState>>) -> Reply {
    Reply(view::clock(&app))
}

async fn move_clock(State(app): State<Arc<AppState>>, JsonBody(value): JsonBody) -> Result<Reply, Refusal> {
    let map = value.as_object().ok_or(Refusal::bad("expected an object such as {\"advance_ms\": 60000}"))?;
    if let Some(other) = map.keys().find(|name| *name != "advance_ms") {
        return Err(Refusal::bad(format!("{other}: unknown key; the only key is advance_ms")));
    }
    let advance = map.get("advance_ms").and_then(Value::as_u64).filter(|millis| (1..=LONGEST_ADVANCE).contains(millis));
    let advance = advance.ok_or_else(|| {
        Refusal::bad(format!(
            "advance_ms: expected a whole number of milliseconds from 1 to {LONGEST_ADVANCE} (ten years)"
        ))
    })?;
    app.clock.advance(std::time::Duration::from_millis(advance));
    app.settle();
    Ok(Reply(view::clock(&app)))
}

/// Parses the id in a path.
fn id_of(Path(text): Path<String>) -> Result<u64, Refusal> {
    text.parse().map_err(|_| Refusal::bad(format!("{text:?} is not an id; expected a whole number")))
}

type Answer = Result<Response<Body>, Refusal>;
