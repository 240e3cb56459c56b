//! Sends a list with the job engine apalis and SQLite: `fill FOLDER`, and `send FOLDER COUNT AT_ONCE`.
//!
//! Each commit reaches the disk, as with the outbox. `setup` of apalis would turn that off (`synchronous = OFF`).

#[allow(dead_code)]
mod load;
#[allow(dead_code)]
mod usage;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use apalis::prelude::*;
use apalis_sqlite::{Config, SqliteConnectOptions, SqlitePool, SqlitePoolOptions, SqliteStorage};
use load::{Failure, runtime};
use serde::{Deserialize, Serialize};
use zap_facade::{Messenger, Provider, connect};

const QUEUE: &str = "campaign";

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Job {
    number: String,
    text: String,
}

/// What a job needs.
#[derive(Clone)]
struct Sender {
    messenger: Arc<dyn Messenger>,
    left: Arc<AtomicUsize>,
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *arguments {
        ["fill", folder] => runtime().block_on(fill(Path::new(folder))),
        ["send", folder, count, at_once] => {
            let meter = usage::Meter::start()?;
            runtime().block_on(send(Path::new(folder), count.parse()?, at_once.parse()?))?;
            meter.print()
        }
        _ => Err("write fill FOLDER or send FOLDER COUNT AT_ONCE".into()),
    }
}

async fn open(folder: &Path) -> Result<SqlitePool, Failure> {
    let options = SqliteConnectOptions::new().filename(folder.join("jobs.db")).create_if_missing(true);
    let options = options.pragma("journal_mode", "WAL").pragma("synchronous", "FULL");
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    SqliteStorage::migrations().run(&pool).await?;
    Ok(pool)
}

async fn fill(folder: &Path) -> Result<(), Failure> {
    let pool = open(folder).await?;
    let list = std::fs::read_to_string(folder.join("list.csv"))?;
    let mut jobs = Vec::new();
    for line in list.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let [number, name, coupon] = *fields else { return Err("a line has three fields".into()) };
        let job = Job { number: number.into(), text: format!("Olá {name}, seu cupom: {coupon}") };
        jobs.push(TaskBuilder::new(serde_json::to_vec(&job)?).build());
    }
    let mut transaction = pool.begin().await?;
    apalis_sqlite::queries::push_tasks(&mut *transaction, QUEUE, &jobs).await?;
    Ok(transaction.commit().await?)
}

async fn send(folder: &Path, count: usize, at_once: usize) -> Result<(), Failure> {
    let pool = open(folder).await?;
    // A worker that starts takes the jobs over that it had when it was killed, if its last heartbeat is old enough.
    let config = Config::default().queue(QUEUE).batch_size(at_once).heartbeat_interval(Duration::from_millis(900));
    let messenger = connect(zap_facade::Config::from_env_of(Provider::EscalaZap)?)?.into();
    let sender = Sender { messenger, left: Arc::new(AtomicUsize::new(count)) };
    let worker = WorkerBuilder::new("worker")
        .backend(SqliteStorage::<Job>::new(&pool).with_config(config))
        .data(sender)
        .concurrency(at_once)
        .build(deliver);
    Ok(worker.run().await?)
}

async fn deliver(job: Job, sender: Data<Sender>, worker: WorkerContext) -> Result<(), BoxDynError> {
    sender.messenger.send_text(&job.number.parse()?, &job.text).await?;
    if sender.left.fetch_sub(1, Ordering::Relaxed) == 1 {
        worker.stop()?;
    }
    Ok(())
}
