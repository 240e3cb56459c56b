//! One call from its request to its answer, the same for all providers: read, process, write down.

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
    answer::{Answer, Finished},
    asked::Asked,
    body::{Broken, Patient},
    connections::Standing,
    fault,
    ledger::{Draft, Entry, Excerpt, HeaderLines, Sent},
    memory::{Held, Load},
    received::Received,
    server::Peer,
    shared::Shared,
    wire::Hangup,
};

/// Answers a request to a provider.
pub(crate) async fn exchange(shared: &Arc<Shared>, provider: Provider, request: Request<Body>) -> Response<Body> {
    let began = Instant::now();
    let hangup = request.extensions().get::<Hangup>().cloned().unwrap_or_default();
    let standing = request.extensions().get::<Standing>().cloned();
    let (received, broken) = received(shared, provider, request);
    let load = Arc::clone(received.held.load());
    let asked = Asked::read(provider, received).await;
    if let Some(standing) = standing {
        standing.work();
    }
    if broken.is_true() || load.is_starved() {
        // What did not come whole is not processed, and nobody is there to be told.
        hangup.ask();
        return Response::default();
    }
    let exchange = Exchange { shared: Arc::clone(shared), asked, load, began };
    let response = match shared.faults.strike(provider, exchange.asked.operation().map(|operation| operation.id)) {
        None => Some(exchange.process(&Seal::default(), |answer| answer).into_response(None)),
        Some(strike) => fault::execute(exchange, strike).await,
    };
    response.unwrap_or_else(|| {
        hangup.ask();
        Response::default()
    })
}

/// A request that was read and is to be answered.
pub(crate) struct Exchange {
    pub(crate) shared: Arc<Shared>,
    pub(crate) asked: Asked,
    load: Arc<Load>,
    began: Instant,
}

/// What the ledger is told of a call beside the request and the answer.
#[derive(Debug)]
pub(crate) struct Seal {
    pub(crate) sent: Sent,
    pub(crate) fault: Option<FaultId>,
    /// How much longer the answer will take.
    pub(crate) pause: Duration,
}

impl Default for Seal {
    fn default() -> Self {
        Self { sent: Sent::Whole, fault: None, pause: Duration::ZERO }
    }
}

impl Exchange {
    /// Does what is asked for, and writes it down with the answer as `change` leaves it. What was
    /// delivered is written down whatever becomes of the answer.
    pub(crate) fn process(self, seal: &Seal, change: impl FnOnce(Answer) -> Answer) -> Finished {
        let shared = Arc::clone(&self.shared);
        shared.in_turn(|| {
            let mut answer = self.asked.process(&shared);
            let drafts = std::mem::take(&mut answer.deliveries);
            let answer = change(answer);
            let success = answer.success && seal.sent == Sent::Whole;
            let (finished, load) = (answer.finish(), Arc::clone(&self.load));
            self.record(Some(&finished), success, drafts, seal);
            finished.counted(&load)
        })
    }

    /// Does nothing of what is asked for, and writes down that this was the answer, or that there
    /// was none.
    pub(crate) fn ignore(self, seal: &Seal, answer: Option<Answer>) -> Option<Finished> {
        let shared = Arc::clone(&self.shared);
        shared.in_turn(|| {
            let success = answer.as_ref().is_some_and(|answer| answer.success);
            let finished = answer.map(Answer::finish);
            self.record(finished.as_ref(), success, Vec::new(), seal);
            finished
        })
    }

    fn record(self, answer: Option<&Finished>, success: bool, drafts: Vec<Draft>, seal: &Seal) {
        let (provider, operation) = (self.asked.provider(), self.asked.operation().map(|operation| operation.id));
        let (received, body, files) = self.asked.into_parts();
        let entry = Entry {
            id: 0,
            at: self.shared.clock.millis(),
            provider,
            operation,
            method: received.method,
            target: received.target,
            headers: HeaderLines::of(&received.headers),
            body,
            files,
            status: answer.map_or(0, |answer| answer.status.as_u16()),
            answer_headers: answer.map(|answer| HeaderLines::of(&answer.headers)).unwrap_or_default(),
            answer_body: answer.map(|answer| Excerpt::of(&answer.body)).unwrap_or_default(),
            sent: seal.sent,
            success,
            deliveries: 0..0,
            fault: seal.fault,
            duration: self.began.elapsed() + seal.pause,
        };
        self.shared.ledger.record(entry, drafts);
    }
}

fn received(shared: &Shared, provider: Provider, request: Request<Body>) -> (Received, Broken) {
    let (parts, body) = request.into_parts();
    let load = parts.extensions.get::<Arc<Load>>().map_or_else(|| Load::new(Arc::clone(&shared.memory)), Arc::clone);
    let (body, broken) = Patient::wrap(body, shared.patience);
    let peer = parts.extensions.get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
    let host = parts.headers.get(header::HOST).and_then(|value| value.to_str().ok());
    let origin = match host.filter(|host| is_host(host)) {
        Some(host) => ["http://", host, "/", provider.slug()].concat(),
        None => format!("http://{}/{}", shared.address, provider.slug()),
    };
    let received = Received {
        target: parts.uri.path_and_query().map(|target| target.as_str().to_owned()).unwrap_or_default(),
        prefix: provider.slug().len() + 1,
        origin,
        method: parts.method,
        headers: parts.headers,
        // A caller over IPv6 that is really IPv4 is known by its IPv4 address.
        peer: peer.to_canonical(),
        body,
        held: Held::none(&load),
    };
    (received, broken)
}

/// Links in answers carry the caller's idea of our host, if it is one.
fn is_host(host: &str) -> bool {
    !host.is_empty()
        && host.len() < 256
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'))
}
