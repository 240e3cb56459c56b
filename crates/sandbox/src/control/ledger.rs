//! The routes for deliveries, calls and files.

use std::sync::Arc;

use crate::{Provider, app_state::AppState, body, ledger::LedgerQuery, memory::ConnectionMemory};
use axum::{
    body::Body,
    extract::{Path, RawQuery, State},
    http::{Extensions, HeaderValue, Response, header},
};

use super::{
    Answer, id_of,
    reply::{Refusal, Reply},
    row_stream::RowStream,
    view,
};

pub(super) async fn deliveries(State(app): State<Arc<AppState>>, extensions: Extensions, query: RawQuery) -> Answer {
    let wanted = wanted(&query)?;
    app.settle();
    let stream = RowStream::new("entries", &app.ledger.deliveries(wanted), wanted, |row| row.id);
    let conn_memory = ConnectionMemory::of(&extensions, &app.memory);
    Ok(stream.answer(&conn_memory, move |id| {
        let row = app.ledger.delivery(id)?;
        Some(view::delivery(&row.masked(&app.secrets)))
    }))
}

pub(super) async fn calls(State(app): State<Arc<AppState>>, extensions: Extensions, query: RawQuery) -> Answer {
    let wanted = wanted(&query)?;
    let stream = RowStream::new("calls", &app.ledger.calls(wanted), wanted, |row| row.id);
    let conn_memory = ConnectionMemory::of(&extensions, &app.memory);
    Ok(stream.answer(&conn_memory, move |id| Some(view::call(&app.ledger.call(id)?.show(&app.secrets)))))
}

pub(super) async fn call(State(app): State<Arc<AppState>>, path: Path<String>) -> Result<Reply, Refusal> {
    let id = id_of(path)?;
    let entry =
        app.ledger.call(id).ok_or_else(|| Refusal::gone(format!("call {id} does not exist or is no longer kept")))?;
    Ok(Reply(view::call(&entry.show(&app.secrets))))
}

/// Returns the bytes of a file, with headers that let a browser show it but not run it.
pub(super) async fn media(State(app): State<Arc<AppState>>, path: Path<String>) -> Answer {
    let id = id_of(path)?;
    let Some((bytes, kind)) = app.ledger.media(id) else {
        return Err(Refusal::gone(format!("delivery {id} has no file, or it is no longer kept")));
    };
    let shows = ["image/", "audio/", "video/"].iter().any(|family| kind.starts_with(family));
    let kind = if shows || kind == "application/pdf" { kind.as_str() } else { "application/octet-stream" };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    let kind = HeaderValue::from_str(kind).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, kind);
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !shows {
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    }
    Ok(response)
}

/// Reads the parameters of a list.
pub(super) fn wanted(RawQuery(query): &RawQuery) -> Result<LedgerQuery, Refusal> {
    let mut wanted = LedgerQuery::default();
    for (name, value) in body::urlencoded(query.as_deref().unwrap_or_default().as_bytes()).fields {
        let text = value.as_str().unwrap_or_default();
        let number =
            || text.parse::<u64>().map_err(|_| Refusal::bad(format!("{name}: expected a whole number, not {text:?}")));
        match name.as_str() {
            "after" => wanted.after = Some(number()?),
            "limit" => wanted.limit = Some(usize::try_from(number()?).unwrap_or(usize::MAX)),
            "provider" => {
                let slugs = Provider::ALL.map(Provider::slug).join(", ");
                let unknown = || Refusal::bad(format!("provider: expected one of {slugs}, not {text:?}"));
                wanted.provider = Some(Provider::from_slug(text).ok_or_else(unknown)?);
            }
            other => {
                return Err(Refusal::bad(format!(
                    "{other}: unknown parameter; known ones are after, limit and provider"
                )));
            }
        }
    }
    Ok(wanted)
}
