//! Servers and connections that fail while workers work.

use std::collections::BTreeMap;
use std::fs;
use std::future::pending;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use zap_outbox::model::MessageState;
use zap_outbox::zap_facade::contract::Account;
use zap_outbox::zap_facade::{Provider, connect};
use zap_outbox::{Ledger, LedgerError, Outbox, Stopped};
use zap_postgres_server::{Options, Server};
use zap_sandbox::Fault;

use super::campaign::Crashing;
use super::process::{Worker, worker};
use super::proxy::{Cut, Proxy};
use super::store::Store;

/// Starts workers on a server of its own, lets `fail` do something to it three times, and waits until all is sent.
async fn workers_survive(fail: impl Fn(&Server)) {
    let Some(server) = Server::start(&Options::default()).map(Arc::new) else { return };
    let crashing = Crashing::start(Store::on(Arc::clone(&server)), 150).await;
    let delay = || Fault::delay(Duration::from_millis(20)).always();
    crashing.fault(delay().before().probability(0.5, 1));
    crashing.fault(delay().after().probability(0.5, 2));
    let mut workers = Vec::new();
    for _ in 0..3 {
        let mut worker = Worker::start(&mut worker(2, &crashing.sandbox, &crashing.store.url()));
        worker.release().await;
        workers.push(worker);
    }
    for failures in 1..=3 {
        let before = crashing.sandbox.deliveries().len();
        while crashing.sandbox.deliveries().len() < before + 10 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert!(crashing.store.ready() > 0, "all were sent before the failure {failures}");
        fail(&server);
    }
    for _ in 0..6_000 {
        let open = "SELECT count(*) FROM zap_message WHERE state IN ('ready', 'sending')";
        if crashing.store.number(open) == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    drop(workers);
    let judgement = crashing.judge(&BTreeMap::new()).await;
    assert_eq!(judgement.violations, Vec::<String>::new());
    // Workers keep their answers until they are recorded. Only an intent whose commit was not confirmed is unknown.
    let (done, unknown) = (judgement.count(MessageState::Done), judgement.count(MessageState::Unknown));
    assert!(done + unknown == 150 && unknown <= 3 * 6, "{:?}", judgement.states);
    println!("{:?}", judgement.states);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes some seconds; `.ci/run` includes it"]
async fn workers_survive_a_server_that_crashes_and_starts_again() {
    workers_survive(|server| {
        server.crash();
        server.start_again();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes some seconds; `.ci/run` includes it"]
async fn workers_survive_a_server_that_is_stopped_fast_and_started_again() {
    workers_survive(|server| {
        let file = server.folder().join("data/postmaster.pid");
        let process = fs::read_to_string(&file).unwrap().lines().next().unwrap().to_owned();
        assert!(Command::new("kill").args(["-INT", &process]).status().unwrap().success());
        while file.exists() {
            std::thread::sleep(Duration::from_millis(5));
        }
        server.start_again();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes some seconds; `.ci/run` includes it"]
async fn workers_survive_a_process_of_the_server_that_is_killed() {
    workers_survive(|server| {
        let sql = "SELECT pid FROM pg_stat_activity WHERE application_name = 'zap-outbox' ORDER BY pid LIMIT 1";
        let process = server.psql(sql);
        // The server then restarts all its processes, and recovers as after a crash.
        assert!(Command::new("kill").args(["-9", &process]).status().unwrap().success());
        while server.psql_as("zap", "SELECT 1").is_err() {
            std::thread::sleep(Duration::from_millis(5));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes some seconds; `.ci/run` includes it"]
async fn workers_survive_connections_that_are_ended() {
    workers_survive(|server| {
        server.psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'zap-outbox'");
    })
    .await;
}

/// Sends a campaign to two recipients through a proxy, which cuts the connection after some messages. Returns how many
/// messages of the protocol were left until the cut.
async fn send_through(server: Arc<Server>, cut: Cut, messages: i64) -> i64 {
    let crashing = Crashing::start(Store::on(server), 2).await;
    let Store::Postgres { server, schema, .. } = &crashing.store else { panic!("it is Postgres") };
    let proxy = Proxy::start(server.port(), cut);
    let url = server.tcp_url(schema).replace(&format!(":{}/", server.port()), &format!(":{}/", proxy.port));
    let ledger = Ledger::open(&format!("{url}&sslmode=disable")).await.unwrap();
    let messenger = connect(Account::of(&crashing.sandbox, Provider::EscalaZap).config()).unwrap();
    let outbox = Outbox::builder(ledger, messenger).concurrency(1).open().await.unwrap();
    proxy.cut_after(messages);
    let limit = Duration::from_secs(120);
    let stopped = tokio::time::timeout(limit, outbox.work_until_done(pending())).await.expect("the work ends");
    let context = format!("cut at message {messages}: {cut:?}");
    assert!(matches!(stopped, Ok(Stopped::Done)), "{context}: {stopped:?}");
    let left = proxy.left();
    let judgement = crashing.judge(&BTreeMap::new()).await;
    assert_eq!(judgement.violations, Vec::<String>::new(), "{context}");
    let (done, unknown) = (judgement.count(MessageState::Done), judgement.count(MessageState::Unknown));
    assert!(done + unknown == 2 && unknown <= 1, "{context}: {:?}", judgement.states);
    left
}

/// Cuts a connection at one in `every` messages of the protocol.
async fn cut_everywhere(every: usize) {
    const WHOLE: i64 = 1_000_000;
    let Some(server) = Server::start(&Options::default()).map(Arc::new) else { return };
    let messages = WHOLE - send_through(Arc::clone(&server), Cut::Answer, WHOLE).await;
    assert!(messages > 50, "{messages}");
    let mut cuts = (0..messages).step_by(every).flat_map(|at| [(at, Cut::Message), (at, Cut::Answer)]);
    let mut running = tokio::task::JoinSet::new();
    let (mut tried, mut cut_off) = (0, 0);
    loop {
        // Each waits for a second after the failure.
        while running.len() < 12
            && let Some((at, cut)) = cuts.next()
        {
            running.spawn(send_through(Arc::clone(&server), cut, at));
            tried += 1;
        }
        let Some(left) = running.join_next().await else { break };
        cut_off += usize::from(left.unwrap() < 0);
    }
    println!("{cut_off} connections cut at {messages} messages of the protocol");
    assert!(cut_off >= tried * 9 / 10, "{cut_off} of {tried}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_can_be_cut_at_many_messages() {
    cut_everywhere(40).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes a minute; `.ci/run` includes it"]
async fn a_connection_can_be_cut_at_every_message() {
    cut_everywhere(1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_dropped_stops_its_workers_with_its_name() {
    if !Store::has_postgres() {
        return;
    }
    let crashing = Crashing::start(Store::postgres(), 20).await;
    let Store::Postgres { schema, .. } = &crashing.store else { panic!("it is Postgres") };
    crashing.fault(Fault::delay(Duration::from_millis(50)).after().always());
    let messenger = connect(Account::of(&crashing.sandbox, Provider::EscalaZap).config()).unwrap();
    let outbox = Outbox::builder(crashing.store.open().await, messenger).concurrency(2).open().await.unwrap();
    let worker = tokio::spawn(async move { outbox.work_until_done(pending()).await });
    while crashing.sandbox.deliveries().len() < 3 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    crashing.store.execute(&format!("DROP SCHEMA {schema} CASCADE"));
    let error = worker.await.unwrap().unwrap_err();
    assert!(matches!(error, LedgerError::Server(_)), "{error:?}");
    assert!(error.to_string().contains("zap_"), "{error}");
    let mut copies: BTreeMap<String, u32> = BTreeMap::new();
    for delivery in crashing.sandbox.deliveries() {
        *copies.entry(delivery.to).or_default() += 1;
    }
    assert!(copies.values().all(|copies| *copies == 1), "{copies:?}");
}
