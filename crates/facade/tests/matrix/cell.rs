//! One cell: one operation meets one fault, and the sandbox's ledger judges what the call says.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use zap_facade::{Error, ErrorKind};
use zap_sandbox::Sandbox;

use crate::faults::{Fault, Way};
use crate::operations::{Operation, World};
use crate::shared::faults::CAP;
use crate::shared::relay::{Relay, Upstream};
use crate::shared::route::{self, FOREVER, Patience, Route};
use crate::support::calls::Client;
use crate::support::{self, SECRETS};

/// The result of a cell.
pub struct Cell {
    /// The result in the form of [`Fault::change`]: `ok`, or kind and outcome.
    pub code: String,
    /// Everything that is wrong with the result.
    pub complaints: Vec<String>,
}

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
    let names = operation.prepare(&client(&Route::to(&sandbox.url()), Patience::Ample, operation)).await;
    let effects_before = operation.effects(&sandbox, world).await;
    let calls_before = sandbox.total_calls();

    let mut relay = None;
    let route = match &fault.way {
        Way::Sandbox(fault) => {
            sandbox.faults().add(fault.clone()).expect("a sound fault");
            Route::to(&sandbox.url())
        }
        Way::OfAnyApi(way) => {
            if let route::Way::Relay(fault) = way {
                relay = Some(Relay::start(upstream(&sandbox), vec![Some(fault.clone())]).await);
            }
            let origin = relay.as_ref().map_or_else(|| sandbox.url(), |relay| relay.origin.clone());
            way.route(&origin, &SECRETS).await
        }
    };
    let client = client(&route, fault.patience, operation);
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
fn client(route: &Route, patience: Patience, operation: &Operation) -> Client {
    let (origin, timeouts) = (&route.origin, patience.timeouts());
    let retry = externalapi_client::Backoff::default().with_first(Duration::from_millis(1));
    macro_rules! settings {
        ($builder:expr) => {
            $builder
                .timeouts(timeouts)
                .retry(retry)
                .max_answer_bytes(CAP)
                .configure_reqwest(route.configure())
                .build()
                .unwrap()
        };
    }
    if operation.is_of_chatguru() {
        Client::ChatGuru(settings!(support::chatguru(&format!("{origin}/chatguru"))))
    } else {
        Client::ExternalApi(settings!(support::externalapi(&format!("{origin}/escalazap"))))
    }
}

/// Forwards requests to a sandbox.
fn upstream(sandbox: &Sandbox) -> Upstream {
    let address = sandbox.url().strip_prefix("http://").unwrap().to_owned();
    Arc::new(move |request| {
        let address = address.clone();
        // It fails only once the cell is over, and the sandbox gone.
        Box::pin(async move { forwarded(&address, &request).await.ok() })
    })
}

/// The sandbox's whole answer.
async fn forwarded(address: &str, request: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut upstream = TcpStream::connect(address).await?;
    let line = request.windows(2).position(|window| window == b"\r\n").unwrap() + 2;
    let request = [&request[..line], b"connection: close\r\n", &request[line..]].concat();
    upstream.write_all(&request).await?;
    let mut answer = Vec::new();
    upstream.read_to_end(&mut answer).await?;
    Ok(answer)
}

async fn processed(sandbox: &Sandbox, calls_before: u64) {
    while sandbox.total_calls() == calls_before {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
