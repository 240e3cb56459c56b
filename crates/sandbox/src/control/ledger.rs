//! What was delivered, what was called, and the files.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, RawQuery, State},
    http::{HeaderValue, Response, header},
};
use serde_json::{Value, json};

use crate::{Provider, body, ledger::Wanted, shared::Shared};

use super::{
    Answer, id_of,
    reply::{Refusal, Reply},
    view,
};

pub(super) async fn deliveries(State(shared): State<Arc<Shared>>, query: RawQuery) -> Result<Reply, Refusal> {
    let wanted = wanted(&query)?;
    shared.settle();
    let extract = shared.ledger.deliveries(wanted);
    let last = extract.rows.last().map_or(wanted.after.unwrap_or(0), |row| row.id);
    let entries: Vec<Value> = extract.rows.iter().map(|row| view::delivery(row)).collect();
    Ok(Reply(json!({"entries": entries, "forgotten": extract.forgotten, "last": last})))
}

pub(super) async fn calls(State(shared): State<Arc<Shared>>, query: RawQuery) -> Result<Reply, Refusal> {
    let wanted = wanted(&query)?;
    let extract = shared.ledger.calls(wanted);
    let last = extract.rows.last().map_or(wanted.after.unwrap_or(0), |row| row.id);
    let calls: Vec<Value> = extract.rows.iter().map(|row| view::call(&row.show(&shared.secrets))).collect();
    Ok(Reply(json!({"calls": calls, "forgotten": extract.forgotten, "last": last})))
}

pub(super) async fn call(State(shared): State<Arc<Shared>>, path: Path<String>) -> Result<Reply, Refusal> {
    let id = id_of(path)?;
    let entry = shared.ledger.call(id).ok_or_else(|| Refusal::gone(format!("there is no call {id}, or no longer")))?;
    Ok(Reply(view::call(&entry.show(&shared.secrets))))
}

/// The bytes of a file, so that a browser shows it and runs nothing of it.
pub(super) async fn media(State(shared): State<Arc<Shared>>, path: Path<String>) -> Answer {
    let id = id_of(path)?;
    let Some((bytes, kind)) = shared.ledger.media(id) else {
        return Err(Refusal::gone(format!("there is no file kept of delivery {id}, or no longer")));
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

fn wanted(RawQuery(query): &RawQuery) -> Result<Wanted, Refusal> {
    let mut wanted = Wanted::default();
    for (name, value) in body::urlencoded(query.as_deref().unwrap_or_default().as_bytes()).fields {
        let text = value.as_str().unwrap_or_default();
        let number =
            || text.parse::<u64>().map_err(|_| Refusal::bad(format!("{name}: a whole number is needed, not {text:?}")));
        match name.as_str() {
            "after" => wanted.after = Some(number()?),
            "limit" => wanted.limit = Some(usize::try_from(number()?).unwrap_or(usize::MAX)),
            "provider" => {
                let slugs = Provider::ALL.map(Provider::slug).join(", ");
                let unknown = || Refusal::bad(format!("provider: {text:?} is none of {slugs}"));
                wanted.provider = Some(Provider::from_slug(text).ok_or_else(unknown)?);
            }
            other => return Err(Refusal::bad(format!("{other}: unknown; there are after, limit and provider"))),
        }
    }
    Ok(wanted)
}
