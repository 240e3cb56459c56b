//! Handles one call to a provider, the same way for all providers: reads the request, processes it, records the call.

mod apply_fault;
mod pending_call;

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
    time::Instant,
};

use axum::{
    body::Body,
    http::{Request, Response, header},
};

use crate::{
    Provider,
    app_state::AppState,
    body::{Incomplete, TimeoutBody},
    connection::{Activity, ResetSignal},
    memory::{ConnectionMemory, Reservation},
    parsed_request::ParsedRequest,
    raw_request::RawRequest,
    server::Peer,
};

use apply_fault::apply_fault;
use pending_call::{FaultRecord, PendingCall};

/// Answers a request to a provider.
pub(crate) async fn handle(app: &Arc<AppState>, provider: Provider, request: Request<Body>) -> Response<Body> {
    let began = Instant::now();
    let reset = request.extensions().get::<ResetSignal>().cloned().unwrap_or_default();
    let activity = request.extensions().get::<Activity>().cloned();
    let (raw, incomplete) = raw_request(app, provider, request);
    let conn_memory = Arc::clone(raw.held.memory());
    let request = ParsedRequest::read(provider, raw).await;
    if let Some(activity) = activity {
        activity.start_processing();
    }
    if incomplete.is_set() || conn_memory.is_starved() {
        // An incomplete request is not processed. Its caller is gone or will get no answer.
        reset.send();
        return Response::default();
    }
    let call = PendingCall { app: Arc::clone(app), request, conn_memory, began };
    let response = match app.faults.select(provider, call.request.operation_id()) {
        None => Some(call.process(&FaultRecord::default(), |answer| answer).into_response(None)),
        Some(applied) => apply_fault(call, applied).await,
    };
    response.unwrap_or_else(|| {
        reset.send();
        Response::default()
    })
}

fn raw_request(app: &AppState, provider: Provider, request: Request<Body>) -> (RawRequest, Incomplete) {
    let (parts, body) = request.into_parts();
    let conn_memory = ConnectionMemory::of(&parts.extensions, &app.memory);
    let (body, incomplete) = TimeoutBody::wrap(body, app.io_timeout);
    let peer = parts.extensions.get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
    let host = parts.headers.get(header::HOST).and_then(|value| value.to_str().ok());
    let origin = match host.filter(|host| is_host(host)) {
        Some(host) => ["http://", host, "/", provider.slug()].concat(),
        None => format!("http://{}/{}", app.address, provider.slug()),
    };
    let raw = RawRequest {
        target: parts.uri.path_and_query().map(|target| target.as_str().to_owned()).unwrap_or_default(),
        prefix: provider.slug().len() + 1,
        origin,
        method: parts.method,
        headers: parts.headers,
        // An IPv4 caller on an IPv6 socket is known by its IPv4 address.
        peer: peer.to_canonical(),
        body,
        held: Reservation::empty(&conn_memory),
    };
    (raw, incomplete)
}

/// Whether a `Host` header may be used in the links of answers.
fn is_host(host: &str) -> bool {
    !host.is_empty()
        && host.len() < 256
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'))
}
