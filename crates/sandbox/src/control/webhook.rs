//! The routes for the URL of the webhook.

use std::sync::Arc;

use axum::extract::State;
use serde_json::Value;

use crate::{app_state::AppState, incoming};

use super::{
    reply::{JsonBody, Refusal, Reply},
    view,
};

pub(super) async fn show(State(app): State<Arc<AppState>>) -> Reply {
    Reply(view::webhook(&app))
}

pub(super) async fn set(State(app): State<Arc<AppState>>, JsonBody(value): JsonBody) -> Result<Reply, Refusal> {
    let example = "expected an object such as {\"url\": \"http://127.0.0.1:8080/webhook\"}";
    let map = value.as_object().ok_or(Refusal::bad(example))?;
    if let Some(other) = map.keys().find(|name| *name != "url") {
        return Err(Refusal::bad(format!("{other}: unknown key; the only key is url")));
    }
    let url = map.get("url").and_then(Value::as_str).ok_or(Refusal::bad("url: expected a string"))?;
    let url = incoming::read_url(url, &app.hosts).map_err(|error| Refusal::bad(format!("url: {error}")))?;
    app.webhook.set(Some(url));
    Ok(Reply(view::webhook(&app)))
}

pub(super) async fn remove(State(app): State<Arc<AppState>>) -> Reply {
    app.webhook.set(None);
    Reply(view::webhook(&app))
}
