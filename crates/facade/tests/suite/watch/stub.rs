//! A server with a list of conversations that a test changes while it is read.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};

use externalapi_client::{Backoff, Client};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::support::{self, Reply, is_whole};

/// The time of second 0 of the stub: long ago.
const START: u64 = 1_767_585_600;

/// A conversation: its id and its `last_message_at` as the server writes it.
pub type Row = (i64, Option<String>);

/// Writes a second of the stub as the server does.
pub fn time(second: u64) -> String {
    let (days, rest) = ((START + second) / 86_400, (START + second) % 86_400);
    assert_eq!(days, START / 86_400, "the tests take less than a day");
    format!("2026-01-05T{:02}:{:02}:{:02}.000000Z", rest / 3_600, rest / 60 % 60, rest % 60)
}

/// Sorts as the server does: newest first, those without a message last.
pub fn sort(rows: &mut [Row]) {
    rows.sort_by(|a, b| b.1.cmp(&a.1));
}

pub type Before = dyn FnMut(&mut Vec<Row>) -> Option<Reply> + Send;

pub struct State {
    /// In the order in which they are listed.
    pub rows: Vec<Row>,
    /// Runs before each answer, and can give another one.
    pub before: Box<Before>,
    /// How many rows the server lists at most.
    pub cap: usize,
    /// The page size of each request.
    pub sizes: VecDeque<usize>,
}

pub struct Stub {
    origin: String,
    state: Arc<Mutex<State>>,
    answered: watch::Receiver<u64>,
    task: JoinHandle<()>,
}

impl Stub {
    pub async fn start(rows: Vec<Row>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let state = State { rows, before: Box::new(|_| None), cap: usize::MAX, sizes: VecDeque::new() };
        let state = Arc::new(Mutex::new(state));
        let (count, answered) = watch::channel(0);
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, Arc::clone(&shared), count.clone()));
            }
        });
        Self { origin, state, answered, task }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// Returns a client that makes one attempt a call.
    pub fn client(&self) -> Client {
        support::externalapi(&self.origin).retry(Backoff::default().with_attempts(1)).build().unwrap()
    }

    /// Waits for so many more answers.
    pub async fn answers(&self, count: u64) {
        let mut answered = self.answered.clone();
        let goal = *answered.borrow() + count;
        answered.wait_for(|answered| *answered >= goal).await.unwrap();
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>, answered: watch::Sender<u64>) {
    let (mut request, mut buffer) = (Vec::new(), vec![0; 4096]);
    while !is_whole(&request) {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(read) => request.extend_from_slice(&buffer[..read]),
        }
    }
    let reply = answer(&mut state.lock().unwrap(), &String::from_utf8(request).unwrap());
    if let Reply::Bytes(bytes) = reply {
        let _ = stream.write_all(&bytes).await;
    }
    answered.send_modify(|answered| *answered += 1);
}

fn answer(state: &mut State, request: &str) -> Reply {
    let query = request.split_once('?').and_then(|(_, rest)| rest.split_once(' ')).expect("a query").0;
    let value = |name: &str| {
        let of = |part: &str| part.strip_prefix(name)?.strip_prefix('=')?.parse::<usize>().ok();
        query.split('&').find_map(of).unwrap_or_else(|| panic!("no {name} in {query}"))
    };
    let (page, size) = (value("page"), value("paginate"));
    state.sizes.push_back(size);
    if let Some(reply) = (state.before)(&mut state.rows) {
        return reply;
    }
    let size = size.min(state.cap);
    let shown = state.rows.iter().skip((page - 1) * size).take(size);
    let rows: Vec<_> =
        shown.map(|(id, time)| serde_json::json!({"id": id, "status": 4, "last_message_at": time})).collect();
    let page = serde_json::json!({
        "data": rows,
        "last_page": state.rows.len().div_ceil(size).max(1),
        "total": state.rows.len(),
    });
    Reply::json(&serde_json::json!({"status": "success", "data": {"conversation": page}}).to_string())
}
