//! The outcome matrix: each operation meets each fault of the facade's matrix, and some of Recado's own. The stub's count
//! of effects judges what the call reports, `rule.rs` says what it must report, and no secret is shown anywhere.
//!
//! Some calls meet a fault only when they are sent for the first time: a change with an idempotency key and a read, which
//! are sent again.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::timeout;
use zap_client_runtime::{Backoff, Error, ErrorKind};

use crate::axes::{Column, Fault, Then, columns, faults};
use crate::calls;
use crate::faults::{CAP, Faults};
use crate::loopback::{self, Reply, Server};
use crate::outcome_table::{Reported, table};
use crate::relay::{Relay, RelayFault, RelayReply};
use crate::route::{FOREVER, Patience, Way};
use crate::rule::{Expected, Safety, expected};
use crate::stub::{self, Stub};
use crate::{Client, SECRETS, at};

/// Rows at once. Those of late answers mostly wait.
const AT_ONCE: usize = 12;

/// The status with which a call is refused when it is sent again.
const REFUSAL: u16 = 422;

#[tokio::test(flavor = "multi_thread")]
async fn no_call_lies_and_no_secret_is_shown() {
    let elsewhere = Server::start(Reply::success()).await;
    let port = elsewhere.origin.rsplit(':').next().unwrap();
    let places = [("port", elsewhere.origin.clone()), ("host", format!("http://localhost:{port}"))];
    let (columns, faults) = (Arc::new(columns()), Arc::new(faults(&places)));
    let (turns, mut running) = (Arc::new(Semaphore::new(AT_ONCE)), JoinSet::new());
    for row in 0..faults.len() {
        let (turns, columns, faults) = (Arc::clone(&turns), Arc::clone(&columns), Arc::clone(&faults));
        running.spawn(async move {
            let _turn = turns.acquire().await.unwrap();
            (row, Row { fault: &faults[row], columns: &columns }.run().await)
        });
    }
    let (mut cells, mut complaints, mut keys) = (BTreeMap::new(), Vec::new(), BTreeSet::new());
    while let Some(ended) = running.join_next().await {
        let (row, ended) = ended.expect("no call panics");
        for (column, cell) in ended {
            let place = format!("{} × {}", columns[column].name, faults[row].name);
            complaints.extend(cell.complaints.into_iter().map(|complaint| format!("{place}: {complaint}")));
            if let Some(key) = cell.key {
                assert!(keys.insert(key), "{place}: each call has its own key");
            }
            cells.insert((row, column), cell.reported);
        }
    }
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
    assert_eq!(elsewhere.connections(), 0, "nothing reached where redirects lead");
    let rows: Vec<_> = faults.iter().map(|fault| (fault.name.as_str(), fault.processed)).collect();
    let names: Vec<_> = columns.iter().map(|column| column.name.clone()).collect();
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("matrix", table(&names, &rows, &cells));
    });
}

/// The result of a cell.
struct Cell {
    reported: Reported,
    /// Everything that is wrong with it.
    complaints: Vec<String>,
    /// The idempotency key that was sent.
    key: Option<String>,
}

struct Row<'r> {
    fault: &'r Fault,
    columns: &'r [Column],
}

/// A stub, what stands in front of it, and a client that goes there.
struct Path {
    stub: Arc<Stub>,
    relay: Relay,
    client: Arc<Client>,
}

impl Row<'_> {
    /// Makes the calls of all columns at once. On a very busy machine, a client with short limits gives up before its
    /// request is read. The fault has not happened then, so this tries again.
    async fn run(&self) -> Vec<(usize, Cell)> {
        for _ in 0..4 {
            let (cells, happened) = self.attempt().await;
            if happened || self.fault.patience == Patience::Ample {
                return cells;
            }
        }
        panic!("{}: the requests never arrive", self.fault.name);
    }

    async fn attempt(&self) -> (Vec<(usize, Cell)>, bool) {
        let common = Arc::new(self.path(Then::Same).await);
        let mut running = JoinSet::new();
        for (index, column) in self.columns.iter().enumerate().filter(|(_, column)| self.concerns(column)) {
            let path = match column.then {
                Then::Same => Arc::clone(&common),
                then => Arc::new(self.path(then).await),
            };
            let call = calls::all().into_iter().find(|call| call.operation.id == column.id).unwrap();
            running.spawn(async move {
                let result = timeout(FOREVER, (call.send)(&path.client)).await.expect("it ends");
                (index, path, result)
            });
        }
        let (mut cells, mut happened) = (Vec::new(), true);
        while let Some(ended) = running.join_next().await {
            let (index, path, result) = ended.expect("no call panics");
            let column = &self.columns[index];
            let requests: Vec<_> = path.relay.requests();
            let requests: Vec<_> = requests.into_iter().filter(|one| stub::operation(one) == column.id).collect();
            happened &= requests.len() == self.expected(column).1;
            cells.push((index, self.judge(column, &requests, path.stub.effects(column.id), &result)));
        }
        (cells, happened)
    }

    /// Only a request that was sent can be met by something else the second time.
    fn concerns(&self, column: &Column) -> bool {
        column.then == Then::Same || matches!(self.fault.way, Way::Relay(_))
    }

    async fn path(&self, then: Then) -> Path {
        let stub = Arc::<Stub>::default();
        let fault = match &self.fault.way {
            Way::Relay(fault) => Some(fault.clone()),
            _ => None,
        };
        let refusal = Faults { secrets: &SECRETS, elsewhere: &[] }.json(REFUSAL, "{}");
        let faults = match then {
            Then::Same => vec![fault],
            Then::Works => vec![fault, None],
            Then::Refused => vec![fault, Some(RelayFault { forwards: false, reply: refusal })],
        };
        let relay = Relay::start(stub.upstream(), faults).await;
        let route = self.fault.way.route(&relay.origin, &SECRETS).await;
        let builder = at(&route.origin).timeouts(self.fault.patience.timeouts()).max_answer_bytes(CAP);
        let builder = builder.retry(Backoff::default().with_first(Duration::from_millis(1)));
        let client = Arc::new(builder.configure_reqwest(route.configure()).build().unwrap());
        Path { stub, relay, client }
    }

    /// Returns what a call must report, and how many of its requests are read as a whole.
    fn expected(&self, column: &Column) -> (Expected, usize) {
        let always = expected(self.fault.what, column.answer, column.safety);
        let is_read = !matches!(&self.fault.way, Way::Relay(RelayFault { reply: RelayReply::ResetInTheRequest, .. }));
        let first = usize::from(is_read && always.code != "Connect NotDone");
        match column.then {
            Then::Same => (always, first * always.attempts),
            _ if always.attempts == 1 => (always, first),
            Then::Works => (Expected { code: "ok", attempts: 2, proves: Some(true) }, first + 1),
            // The refusal says nothing of the first request, which may have had its effect.
            Then::Refused => {
                let code = if always.proves == Some(false) { "Refused NotDone" } else { "Refused Unknown" };
                (Expected { code, attempts: 2, proves: always.proves }, first + 1)
            }
        }
    }

    fn judge(
        &self,
        column: &Column,
        requests: &[Vec<u8>],
        effects: u32,
        result: &Result<(u32, String), Error>,
    ) -> Cell {
        let mut complaints = Vec::new();
        let mut complain = |what: String| complaints.push(what);
        let (expected, sent) = self.expected(column);
        let code = match result {
            Ok(_) => "ok".to_owned(),
            Err(error) => format!("{:?} {:?}", error.kind(), error.outcome()),
        };
        if code != expected.code {
            complain(format!("{code}, but should be {}: {result:?}", expected.code));
        }
        let attempts = result.as_ref().map_or_else(Error::attempts, |(attempts, _)| *attempts);
        if (attempts as usize, requests.len()) != (expected.attempts, sent) {
            complain(format!("{attempts} attempts, of which {} arrived", requests.len()));
        }
        let key = check_keys(column, requests, &mut complain);

        let changes = column.safety != Safety::Read;
        let acted = self.fault.processed || column.then == Then::Works && expected.attempts == 2;
        if changes && effects != u32::from(acted) || !changes && effects > 0 {
            complain(format!("it had its effect {effects} times"));
        }
        let says_done = code == "ok" || code.ends_with(" Done");
        let lies = changes && (says_done && effects == 0 || code.ends_with("NotDone") && effects > 0);
        // An answer that proves what is not true deceives any client.
        let forged = expected.proves.is_some_and(|done| done != acted);
        if lies && !forged {
            complain(format!("{code} is a lie"));
        }
        if let Err(error) = result {
            check(error, column.id, &mut complain);
        }
        let shown = match result {
            Ok((_, shown)) => shown.clone(),
            Err(error) => loopback::shown(error),
        };
        for secret in SECRETS.iter().filter(|secret| shown.contains(**secret)) {
            complain(format!("{secret} is shown: {shown}"));
        }
        Cell { reported: Reported { code, forged }, complaints, key }
    }
}

/// All requests of a call have the same key, and only those of the operation that declares one.
fn check_keys(column: &Column, requests: &[Vec<u8>], complain: &mut impl FnMut(String)) -> Option<String> {
    let keys: Vec<_> = requests.iter().map(|request| stub::key(request)).collect();
    let is_right = |key: &Option<String>| match key {
        Some(key) => column.safety == Safety::Keyed && key.len() == 32,
        None => column.safety != Safety::Keyed,
    };
    if !keys.iter().all(|key| is_right(key) && *key == keys[0]) {
        complain(format!("{keys:?}"));
    }
    keys.into_iter().next().flatten()
}

/// Checks the promises that hold for every error.
fn check(error: &Error, operation: &str, complain: &mut impl FnMut(String)) {
    if error.operation() != operation {
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
