//! The routes for faults.

use std::sync::Arc;

use axum::extract::{Path, State};
use serde_json::Value;

use crate::{app_state::AppState, fault};

use super::{
    id_of,
    reply::{JsonBody, Refusal, Reply},
    view,
};

pub(super) async fn list(State(app): State<Arc<AppState>>) -> Reply {
    Reply(view::faults(&app))
}

/// Adds one or several faults, or none if one of them is invalid.
pub(super) async fn add(State(app): State<Arc<AppState>>, JsonBody(value): JsonBody) -> Result<Reply, Refusal> {
    let added = match &value {
        Value::Array(list) => fault::read_list(list).and_then(|faults| app.faults.add_list(faults)),
        one => fault::read(one).and_then(|fault| app.faults.add_one(fault)),
    };
    let added = added.map_err(|error| Refusal::bad(error.to_string()))?;
    Ok(Reply(view::some_faults(&app, &added)))
}

pub(super) async fn clear(State(app): State<Arc<AppState>>) -> Reply {
    app.faults.clear();
    Reply(view::faults(&app))
}

pub(super) async fn remove(State(app): State<Arc<AppState>>, path: Path<String>) -> Result<Reply, Refusal> {
    let id = id_of(path)?;
    if app.faults.remove_number(id) {
        Ok(Reply(view::faults(&app)))
    } else {
        Err(Refusal::gone(format!("fault {id} is not in force")))
    }
}
