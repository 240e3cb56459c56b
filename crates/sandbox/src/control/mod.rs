//! The sandbox's own routes, below `/__sandbox/`: what arrived, the clock, faults, reset.

mod events;
mod extract;
mod faults;
mod ledger;
mod reply;
mod view;

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

use crate::{MemoryUse, Provider, asked, external_api, shared::Shared};

pub(crate) use reply::Refusal;

use reply::{Given, Reply};

/// How far the clock is moved at once, at most: ten years.
const LONGEST_ADVANCE: u64 = 3653 * 24 * 3600 * 1000;

pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/reset", post(reset))
        .route("/counts", get(counts))
        .route("/ledger", get(ledger::deliveries))
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
            Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "this route has other methods")
        })
        .fallback(async |uri: Uri| nowhere(&format!("/__sandbox{}", uri.path())))
}

/// What is answered below `/__sandbox` where nothing is.
pub(crate) fn nowhere(path: &str) -> Response<Body> {
    Refusal::gone(format!("there is no {path} here; `zap-sandbox --help` names what there is")).into_response()
}

async fn reset(State(shared): State<Arc<Shared>>) -> Reply {
    shared.reset();
    Reply(json!({"reset": true}))
}

/// The rows of `EscalaZap`, which stands for all three instances where one is enough.
async fn counts(State(shared): State<Arc<Shared>>) -> Reply {
    let counts = shared.instance(Provider::EscalaZap).map(external_api::Instance::counts);
    Reply(counts.map_or(Value::Null, |counts| {
        json!({
            "contacts": counts.contacts,
            "conversations": counts.conversations,
            "messages": counts.messages,
            "contact_limit_of_user_1": counts.contact_limit_of_user_1,
        })
    }))
}

/// What is held in memory, as far as it is counted, in bytes.
async fn memory(State(shared): State<Arc<Shared>>) -> Reply {
    let MemoryUse { limit, kept, moving, peak_moving } = shared.memory_use();
    Reply(json!({"limit": limit, "kept": kept, "moving": moving, "peak_moving": peak_moving}))
}

/// The operations of all providers, in the order in which they are documented.
async fn operations() -> Reply {
    let rows = Provider::ALL.into_iter().flat_map(|provider| {
        asked::operations(provider).into_iter().map(move |operation| {
            json!({
                "provider": provider.slug(),
                "operation": operation.id,
                "method": operation.method,
                "path": format!("{}/{}", provider.base_path(), operation.path),
            })
        })
    });
    Reply(json!({"operations": rows.collect::<Vec<_>>()}))
}

async fn clock(State(shared): State<Arc<Shared>>) -> Reply {
    Reply(view::clock(&shared))
}

async fn move_clock(State(shared): State<Arc<Shared>>, Given(value): Given) -> Result<Reply, Refusal> {
    let map = value.as_object().ok_or(Refusal::bad("the clock takes an object: {\"advance_ms\": 60000}"))?;
    if let Some(other) = map.keys().find(|name| *name != "advance_ms") {
        return Err(Refusal::bad(format!("{other}: unknown key; the clock takes advance_ms only")));
    }
    let advance = map.get("advance_ms").and_then(Value::as_u64).filter(|millis| (1..=LONGEST_ADVANCE).contains(millis));
    let advance = advance.ok_or_else(|| {
        Refusal::bad(format!(
            "advance_ms: a whole number of milliseconds from 1 to {LONGEST_ADVANCE} (ten years) is needed"
        ))
    })?;
    shared.clock.advance(std::time::Duration::from_millis(advance));
    shared.settle();
    Ok(Reply(view::clock(&shared)))
}

/// The id in a path.
fn id_of(Path(text): Path<String>) -> Result<u64, Refusal> {
    text.parse().map_err(|_| Refusal::bad(format!("{text:?} is no id: a whole number is needed")))
}

type Answer = Result<Response<Body>, Refusal>;
