//! A receiver of webhooks that reads requests byte by byte, and answers them well or badly.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::{sleep, timeout},
};

/// How a receiver answers a request that it has read.
#[derive(Clone, Debug)]
pub(crate) enum Behaviour {
    /// Sends these bytes and closes the connection.
    Answer(Vec<u8>),
    /// Sends these bytes, and then bytes until the sender closes the connection.
    Flood(&'static str),
    /// Answers 200 after a pause.
    Slow(Duration),
    /// Never answers.
    Hang,
}

impl Behaviour {
    pub(crate) fn status(status: u16) -> Self {
        Self::Answer(format!("HTTP/1.1 {status} X\r\nContent-Length: 2\r\n\r\nok").into_bytes())
    }
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Seen {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

#[derive(Debug)]
pub(crate) struct Receiver {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    most_open: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Receiver {
    pub(crate) async fn start(behaviour: Behaviour) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (open, most_open) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (all, most) = (Arc::clone(&seen), Arc::clone(&most_open));
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (seen, behaviour, open) = (Arc::clone(&all), behaviour.clone(), Arc::clone(&open));
                most.fetch_max(open.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                connections.spawn(async move {
                    serve(stream, &seen, behaviour).await;
                    open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { address, seen, most_open, task }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// Returns the texts of the messages, in the order in which they arrived.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.seen().iter().map(|seen| seen.json()["texto_mensagem"].as_str().unwrap().to_owned()).collect()
    }

    /// Returns how many connections were open at the same time at most.
    pub(crate) fn most_open(&self) -> usize {
        self.most_open.load(Ordering::SeqCst)
    }

    /// Waits until so many requests arrived.
    pub(crate) async fn wait_for(&self, number: usize) {
        let arrived = async {
            while self.seen.lock().unwrap().len() < number {
                sleep(Duration::from_millis(2)).await;
            }
        };
        timeout(Duration::from_secs(30), arrived).await.expect("requests");
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, seen: &Mutex<Vec<Seen>>, behaviour: Behaviour) {
    let mut bytes = Vec::new();
    let (head, mut body) = loop {
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return;
        }
        if let Some(end) = bytes.windows(4).position(|part| part == b"\r\n\r\n") {
            break (String::from_utf8(bytes[..end].to_vec()).unwrap(), bytes[end + 4..].to_vec());
        }
    };
    let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let length: usize = length.expect("a length");
    while body.len() < length {
        if stream.read_buf(&mut body).await.unwrap_or(0) == 0 {
            return;
        }
    }
    seen.lock().unwrap().push(Seen { head, body: String::from_utf8(body).unwrap() });
    match behaviour {
        Behaviour::Answer(bytes) => {
            let _ = stream.write_all(&bytes).await;
        }
        Behaviour::Flood(start) => {
            let _ = stream.write_all(start.as_bytes()).await;
            while stream.write_all(&[b'x'; 16 * 1024]).await.is_ok() {}
        }
        Behaviour::Slow(pause) => {
            sleep(pause).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
        }
        Behaviour::Hang => {
            // Ends when the sender closes the connection.
            let _ = stream.read(&mut [0]).await;
        }
    }
}
