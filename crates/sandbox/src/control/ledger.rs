//! What was delivered, what was called, and the files.

use std::{collections::VecDeque, sync::Arc};

use crate::{Provider, body, ledger::Wanted, memory::Load, shared::Shared};
use axum::{
    Extension,
    body::Body,
    extract::{Path, RawQuery, State},
    http::{HeaderValue, Response, header},
};

use super::{
    Answer,
    extract::Extract,
    id_of,
    reply::{Refusal, Reply},
    view,
};

pub(super) async fn deliveries(State(shared): State<Arc<Shared>>, load: Loaded, query: RawQuery) -> Answer {
    let wanted = wanted(&query)?;
    shared.settle();
    let found = shared.ledger.deliveries(wanted);
    let ids: VecDeque<u64> = found.rows.iter().map(|row| row.id).collect();
    let last = ids.back().copied().unwrap_or(wanted.after.unwrap_or(0));
    let extract = Extract { key: "entries", ids, forgotten: found.forgotten, last };
    drop(found.rows);
    let load = load_of(load, &shared);
    Ok(extract.answer(&load, move |id| {
        let row = shared.ledger.delivery(id)?;
        Some(view::delivery(&row.masked(&shared.secrets)))
    }))
}

pub(super) async fn calls(State(shared): State<Arc<Shared>>, load: Loaded, query: RawQuery) -> Answer {
    let wanted = wanted(&query)?;
    let found = shared.ledger.calls(wanted);
    let ids: VecDeque<u64> = found.rows.iter().map(|row| row.id).collect();
    let last = ids.back().copied().unwrap_or(wanted.after.unwrap_or(0));
    let extract = Extract { key: "calls", ids, forgotten: found.forgotten, last };
    drop(found.rows);
    let load = load_of(load, &shared);
    Ok(extract.answer(&load, move |id| Some(view::call(&shared.ledger.call(id)?.show(&shared.secrets)))))
}

/// What the connection holds in memory, if the request came over one.
type Loaded = Option<Extension<Arc<Load>>>;

fn load_of(load: Loaded, shared: &Shared) -> Arc<Load> {
    load.map_or_else(|| Load::new(Arc::clone(&shared.memory)), |Extension(load)| load)
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
