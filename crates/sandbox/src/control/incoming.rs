//! The routes for messages from customers.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, RawQuery, State},
    http::{Extensions, HeaderValue, Response, StatusCode},
};

use crate::{app_state::AppState, incoming, memory::ConnectionMemory};

use super::{
    Answer,
    ledger::wanted,
    reply::{self, JsonBody, Refusal, Reply},
    row_stream::RowStream,
    view,
};

pub(super) async fn list(State(app): State<Arc<AppState>>, extensions: Extensions, query: RawQuery) -> Answer {
    let wanted = wanted(&query)?;
    let stream = RowStream::new("entries", &app.ledger.incoming(wanted), wanted, |row| row.id);
    let conn_memory = ConnectionMemory::of(&extensions, &app.memory);
    Ok(stream.answer(&conn_memory, move |id| {
        let row = app.ledger.received(id)?;
        Some(view::received(&row.masked(&app.secrets)))
    }))
}

/// Delivers a message from a customer, and returns it.
pub(super) async fn receive(State(app): State<Arc<AppState>>, JsonBody(value): JsonBody) -> Result<Reply, Refusal> {
    let received = incoming::read(&value).and_then(|(provider, message)| incoming::receive(&app, provider, message));
    let received = received.map_err(|error| {
        let status = if error.is_full { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::BAD_REQUEST };
        Refusal::new(status, error.to_string())
    })?;
    Ok(Reply(view::received(&received.masked(&app.secrets))))
}

/// Returns a file that the sandbox serves for messages without a file of their own.
pub(super) async fn sample(path: Path<String>) -> Answer {
    let Path(name) = path;
    let (media_type, content) =
        incoming::sample(&name).ok_or_else(|| Refusal::gone(format!("{name:?} is not a sample")))?;
    let mut response = Response::new(Body::from(content));
    reply::describe(&mut response, HeaderValue::from_static(media_type));
    Ok(response)
}
