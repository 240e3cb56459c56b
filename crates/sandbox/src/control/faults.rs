//! The faults in force, and changes to them.

use std::sync::Arc;

use axum::extract::{Path, State};
use serde_json::Value;

use crate::{fault, shared::Shared};

use super::{
    id_of,
    reply::{Given, Refusal, Reply},
    view,
};

pub(super) async fn list(State(shared): State<Arc<Shared>>) -> Reply {
    Reply(view::faults(&shared))
}

/// Puts one or several in force, or none if one of them cannot be.
pub(super) async fn add(State(shared): State<Arc<Shared>>, Given(value): Given) -> Result<Reply, Refusal> {
    let added = match &value {
        Value::Array(list) => fault::read_list(list).and_then(|faults| shared.faults.add_list(faults)),
        one => fault::read(one).and_then(|fault| shared.faults.add_one(fault)),
    };
    let added = added.map_err(|error| Refusal::bad(error.to_string()))?;
    Ok(Reply(view::some_faults(&shared, &added)))
}

pub(super) async fn clear(State(shared): State<Arc<Shared>>) -> Reply {
    shared.faults.clear();
    Reply(view::faults(&shared))
}

pub(super) async fn remove(State(shared): State<Arc<Shared>>, path: Path<String>) -> Result<Reply, Refusal> {
    let id = id_of(path)?;
    if shared.faults.remove_number(id) {
        Ok(Reply(view::faults(&shared)))
    } else {
        Err(Refusal::gone(format!("no fault {id} is in force")))
    }
}
