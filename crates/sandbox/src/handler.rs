//! Handles one call to a provider, the same way for all providers: reads the request, processes it, records the call.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    http::{Request, Response, header},
};

use crate::{
    FaultId, Provider,
    answer::{Answer, EncodedAnswer},
    app_state::AppState,
    body::{Incomplete, TimeoutBody},
    connection::{Activity, ResetSignal},
    fault,
    ledger::{Draft, Entry, Excerpt, HeaderLines, Sent},
    memory::{ConnectionMemory, Reservation},
    parsed_request::ParsedRequest,
    raw_request::RawRequest,
    server::Peer,
};

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
    let response = match app.faults.strike(provider, call.request.operation_id()) {
        None => Some(call.process(&FaultRecord::default(), |answer| answer).into_response(None)),
        Some(strike) => fault::execute(call, strike).await,
    };
    response.unwrap_or_else(|| {
        reset.send();
        Response::default()
    })
}

/// A call whose request was read and is not yet answered.
pub(crate) struct PendingCall {
    pub(crate) app: Arc<AppState>,
    pub(crate) request: ParsedRequest,
    conn_memory: Arc<ConnectionMemory>,
    began: Instant,
}

/// What the ledger records of the fault that struck a call.
#[derive(Debug)]
pub(crate) struct FaultRecord {
    pub(crate) sent: Sent,
    pub(crate) id: Option<FaultId>,
    /// How much longer the answer will take.
    pub(crate) pause: Duration,
}

impl Default for FaultRecord {
    /// No fault struck the call.
    fn default() -> Self {
        Self { sent: Sent::Whole, id: None, pause: Duration::ZERO }
    }
}

impl PendingCall {
    /// Processes the request, and records the call with the answer that `change` returns. Deliveries are recorded
    /// even if the answer is changed or lost.
    pub(crate) fn process(self, fault: &FaultRecord, change: impl FnOnce(Answer) -> Answer) -> EncodedAnswer {
        let app = Arc::clone(&self.app);
        app.between_resets(|| {
            let mut answer = self.request.process(&app);
            let drafts = std::mem::take(&mut answer.deliveries);
            let answer = change(answer);
            let success = answer.success && fault.sent == Sent::Whole;
            let (encoded, conn_memory) = (answer.encode(), Arc::clone(&self.conn_memory));
            self.record(Some(&encoded), success, drafts, fault);
            encoded.counted(&conn_memory)
        })
    }

    /// Records the call with this answer, or with none, without processing the request.
    pub(crate) fn ignore(self, fault: &FaultRecord, answer: Option<Answer>) -> Option<EncodedAnswer> {
        let app = Arc::clone(&self.app);
        app.between_resets(|| {
            let success = answer.as_ref().is_some_and(|answer| answer.success);
            let encoded = answer.map(Answer::encode);
            self.record(encoded.as_ref(), success, Vec::new(), fault);
            encoded
        })
    }

    fn record(self, answer: Option<&EncodedAnswer>, success: bool, drafts: Vec<Draft>, fault: &FaultRecord) {
        let (provider, operation) = (self.request.provider(), self.request.operation_id());
        let (raw, body, files) = self.request.into_parts();
        let entry = Entry {
            id: 0,
            at: self.app.clock.millis(),
            provider,
            operation,
            method: raw.method,
            target: raw.target,
            headers: HeaderLines::of(&raw.headers),
            body,
            files,
            status: answer.map_or(0, |answer| answer.status.as_u16()),
            answer_headers: answer.map(|answer| HeaderLines::of(&answer.headers)).unwrap_or_default(),
            answer_body: answer.map(|answer| Excerpt::of(&answer.body)).unwrap_or_default(),
            sent: fault.sent,
            success,
            deliveries: 0..0,
            fault: fault.id,
            duration: self.began.elapsed() + fault.pause,
        };
        self.app.ledger.record(entry, drafts);
    }
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
