//! One cell: one operation meets one fault, and the sandbox's ledger judges what the call says.

use std::error::Error as _;
use std::io;
use std::time::Duration;

use tokio::time::timeout;
use zap_facade::externalapi_client::reqwest::Proxy;
use zap_facade::externalapi_client::reqwest::dns::{Name, Resolve, Resolving};
use zap_facade::{Error, ErrorKind};
use zap_sandbox::Sandbox;

use crate::faults::{CAP, Fault, Patience, SHORT, Way};
use crate::operations::{Operation, World};
use crate::relay::Relay;
use crate::support::calls::Client;
use crate::support::{self, ClosedPort, SECRETS, tls};

/// The result of a cell.
pub struct Cell {
    /// The result in the form of [`Fault::change`]: `ok`, or kind and outcome.
    pub code: String,
    /// Everything that is wrong with the result.
    pub complaints: Vec<String>,
}

/// A limit that no call reaches. It only keeps a mistake from hanging forever.
const FOREVER: Duration = Duration::from_secs(120);

/// On a very busy machine, a client that waits only [`SHORT`] gives up before it has sent its request.
/// The fault has not happened then, so this tries again.
pub async fn run(operation: &Operation, fault: &Fault, world: &World) -> Cell {
    for _ in 0..4 {
        if let Some(cell) = attempt(operation, fault, world).await {
            return cell;
        }
    }
    panic!("{} × {}: the request never reaches the sandbox", operation.name, fault.name);
}

/// The time within which the sandbox processes a request that its client gave up on: more than the longest delay.
const SETTLES: Duration = Duration::from_secs(20);

async fn attempt(operation: &Operation, fault: &Fault, world: &World) -> Option<Cell> {
    let mut complaints = Vec::new();
    let sandbox = Sandbox::builder().profile(fault.profile).world(support::world()).start().await.expect("a free port");
    let names = operation.prepare(&client(&sandbox.url(), fault, Patience::Ample, operation, None)).await;
    let effects_before = operation.effects(&sandbox, world).await;
    let calls_before = sandbox.total_calls();

    let mut origin = sandbox.url();
    let mut relay = None;
    let mut _keep_tls = None;
    let mut _keep_port = None;
    let (mut proxy, mut _keep_proxy) = (None, None);
    match &fault.way {
        Way::Nothing => {}
        Way::FailingResolver => "http://provider.example".clone_into(&mut origin),
        Way::Sandbox(fault) => drop(sandbox.faults().add(fault.clone()).expect("a sound fault")),
        Way::Relay(relay_fault) => {
            let started = Relay::start(&sandbox.url(), relay_fault.clone()).await;
            origin.clone_from(&started.origin);
            relay = Some(started);
        }
        Way::RefusedConnection => {
            let port = ClosedPort::new();
            origin.clone_from(&port.origin);
            _keep_port = Some(port);
        }
        Way::UntrustedCertificate => {
            let server = tls::Server::start().await;
            origin.clone_from(&server.origin);
            _keep_tls = Some(server);
        }
        Way::NoTls => origin = sandbox.url().replacen("http:", "https:", 1),
        Way::NoProxy => {
            let port = ClosedPort::new();
            proxy = Some(port.origin.clone());
            _keep_port = Some(port);
        }
        Way::ProxyRefuses(status) => {
            let page = SECRETS.join(" ");
            let server = support::Server::start(support::Reply::new(*status, "text/html", page)).await;
            proxy = Some(server.origin.clone());
            _keep_proxy = Some(server);
        }
    }
    if proxy.is_some() {
        "https://provider.example".clone_into(&mut origin);
    }
    let client = client(&origin, fault, fault.patience, operation, proxy);
    let result = timeout(FOREVER, (operation.call.send)(&client, &names)).await.expect("it ends");
    let shown = result.as_ref().map(|answered| answered.shown.clone()).unwrap_or_default();
    let result = result.map(drop);
    if fault.processed {
        let gives_up = fault.patience != Patience::Ample;
        let settled = timeout(if gives_up { SETTLES } else { FOREVER }, async {
            match &relay {
                Some(relay) => relay.settle().await,
                None => processed(&sandbox, calls_before).await,
            }
        });
        if settled.await.is_err() {
            assert!(gives_up, "{} × {}: the sandbox does not answer", operation.name, fault.name);
            return None;
        }
    }
    let calls = sandbox.total_calls() - calls_before;
    // The judge is not to be struck by what the call was struck by.
    sandbox.faults().clear();
    let effects = operation.effects(&sandbox, world).await - effects_before;

    let code = match &result {
        Ok(()) => "ok".to_owned(),
        Err(error) => format!("{:?} {:?}", error.kind(), error.outcome()),
    };
    let mut complain = |what: String| complaints.push(what);
    let expected = fault.expected(operation);
    if code != expected {
        complain(format!("{code}, but should be {expected}: {result:?}"));
    }
    if operation.changes {
        if effects != i64::from(fault.processed) {
            complain(format!("the effect (matrix/operations.rs says what it is) came about {effects} times"));
        }
        if calls > 1 || relay.is_some_and(|relay| relay.connections() > 1) {
            complain(format!("it was sent {calls} times"));
        }
        let says_done = code == "ok" || code.ends_with(" Done");
        let lies = (says_done && effects == 0) || (code.ends_with("NotDone") && effects > 0);
        if lies && !fault.forged {
            complain(format!("{code} is a lie"));
        }
    }
    if let Err(error) = &result {
        check(error, operation, &mut complain);
    }
    let shown = shown + &result.err().map(|error| support::shown(&error)).unwrap_or_default();
    // A client knows its own secrets only.
    let (external, chatguru) = SECRETS.split_at(2);
    let own = if operation.is_of_chatguru() { chatguru } else { external };
    for secret in own.iter().filter(|secret| shown.contains(**secret)) {
        complain(format!("{secret} is shown"));
    }
    Some(Cell { code, complaints })
}

/// Checks the promises that hold for every error.
fn check(error: &Error, operation: &Operation, complain: &mut impl FnMut(String)) {
    if error.operation() != operation.name {
        complain(format!("it says that it is of {}", error.operation()));
    }
    let answered = matches!(
        error.kind(),
        ErrorKind::Refused | ErrorKind::UnexpectedAnswer | ErrorKind::Undecodable | ErrorKind::AnswerTooLarge
    );
    if answered && error.status().is_none() {
        complain("it has no status".to_owned());
    }
    if (error.kind() == ErrorKind::Timeout) != error.timeout_phase().is_some() {
        complain(format!("phase {:?}", error.timeout_phase()));
    }
    if error.kind() == ErrorKind::Connect && error.source().is_none() {
        complain("the cause is lost".to_owned());
    }
}

/// The client that the operation needs; the other one is not built, which takes its time.
fn client(origin: &str, fault: &Fault, patience: Patience, operation: &Operation, proxy: Option<String>) -> Client {
    let timeouts = externalapi_client::Timeouts::default();
    let timeouts = match patience {
        Patience::Ample => timeouts.with_connect(FOREVER).with_read(FOREVER).with_total(FOREVER),
        Patience::ShortRead => timeouts.with_read(SHORT).with_total(FOREVER),
        Patience::ShortTotal => timeouts.with_read(FOREVER).with_total(SHORT),
    };
    let retry = externalapi_client::Backoff::default().with_first(Duration::from_millis(1));
    let failing_resolver = matches!(fault.way, Way::FailingResolver);
    // Reading the machine's root certificates takes longer than all the rest of a cell.
    let roots = matches!(fault.way, Way::UntrustedCertificate);
    let configure = move |builder: externalapi_client::reqwest::ClientBuilder| {
        let builder = if failing_resolver { builder.dns_resolver(NoNames) } else { builder };
        let builder = support::direct(if roots { builder } else { builder.tls_certs_only([]) });
        match proxy {
            Some(proxy) => builder.proxy(Proxy::all(proxy).unwrap()),
            None => builder,
        }
    };
    macro_rules! settings {
        ($builder:expr) => {
            $builder.timeouts(timeouts).retry(retry).max_answer_bytes(CAP).configure_reqwest(configure).build().unwrap()
        };
    }
    if operation.is_of_chatguru() {
        Client::ChatGuru(settings!(support::chatguru(&format!("{origin}/chatguru"))))
    } else {
        Client::ExternalApi(settings!(support::externalapi(&format!("{origin}/escalazap"))))
    }
}

/// Knows no host.
struct NoNames;

impl Resolve for NoNames {
    fn resolve(&self, name: Name) -> Resolving {
        let error = io::Error::new(io::ErrorKind::NotFound, format!("{} is unknown", name.as_str()));
        Box::pin(async move { Err(error.into()) })
    }
}

async fn processed(sandbox: &Sandbox, calls_before: u64) {
    while sandbox.total_calls() == calls_before {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
