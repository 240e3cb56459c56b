//! A server on loopback that keeps the requests that arrive, byte for byte, and sends the answers that a test gives it.
//!
//! The facade's and the clients' tests include this file, too: it depends on the runtime and on tokio alone.

// Each test program uses its own part of this.
#![allow(dead_code)]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinHandle;

/// The reaction of the server to a request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Writes these bytes and closes.
    Bytes(Vec<u8>),
    /// Closes without an answer.
    Close,
    /// Writes these bytes and then nothing more, without closing.
    Hang(Vec<u8>),
}

impl Reply {
    /// A whole answer.
    pub fn new(status: u16, content_type: &str, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let head = format!(
            "HTTP/1.1 {status} Status\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        Self::Bytes([head.as_bytes(), body].concat())
    }

    /// Only a head, with headers of its own.
    pub fn head(status: u16, headers: &str) -> Self {
        let head = format!("HTTP/1.1 {status} Status\r\n{headers}content-length: 0\r\nconnection: close\r\n\r\n");
        Self::Bytes(head.into_bytes())
    }

    pub fn json(body: &str) -> Self {
        Self::new(200, "application/json", body)
    }

    /// A success of either API.
    pub fn success() -> Self {
        Self::json(r#"{"status":"success","result":"success"}"#)
    }
}

/// Runs until it is dropped.
pub struct Server {
    pub origin: String,
    replies: Arc<Mutex<VecDeque<Reply>>>,
    requests: Arc<Mutex<Vec<Vec<u8>>>>,
    connections: Arc<Mutex<usize>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Answers every request with `reply`, until `reply_with` sets another.
    pub async fn start(reply: Reply) -> Self {
        Self::sequence([reply]).await
    }

    /// Answers with one reply after the other, and with the last one from then on.
    pub async fn sequence(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let replies = Arc::new(Mutex::new(VecDeque::from_iter(replies)));
        let answers = Arc::clone(&replies);
        let requests = Arc::new(Mutex::new(Vec::new()));
        let connections = Arc::new(Mutex::new(0));
        let (kept, opened) = (Arc::clone(&requests), Arc::clone(&connections));
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                *opened.lock().unwrap() += 1;
                tokio::spawn(serve(stream, Arc::clone(&kept), Arc::clone(&answers)));
            }
        });
        Self { origin, replies, requests, connections, task }
    }

    /// Answers as soon as the first bytes arrive, even if they are not a request.
    pub async fn start_at_once(reply: Reply) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let Reply::Bytes(bytes) = reply else { panic!("this server needs bytes to send") };
        let task = tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let _ = stream.read(&mut [0; 1024]).await;
                let _ = stream.write_all(&bytes).await;
            }
        });
        let (replies, requests, connections) = Default::default();
        Self { origin, replies, requests, connections, task }
    }

    /// Answers with `reply` from now on.
    pub fn reply_with(&self, reply: Reply) {
        *self.replies.lock().unwrap() = VecDeque::from([reply]);
    }

    /// The requests so far, as they came.
    pub fn requests(&self) -> Vec<Vec<u8>> {
        self.requests.lock().unwrap().clone()
    }

    /// How many connections were opened.
    pub fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, requests: Arc<Mutex<Vec<Vec<u8>>>>, replies: Arc<Mutex<VecDeque<Reply>>>) {
    let mut request = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    while !is_whole(&request) {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(read) => request.extend_from_slice(&buffer[..read]),
        }
    }
    requests.lock().unwrap().push(request);
    let reply = {
        let mut replies = replies.lock().unwrap();
        if replies.len() > 1 { replies.pop_front().unwrap() } else { replies[0].clone() }
    };
    let (bytes, hang) = match reply {
        Reply::Bytes(bytes) => (bytes, false),
        Reply::Close => (Vec::new(), false),
        Reply::Hang(bytes) => (bytes, true),
    };
    let _ = stream.write_all(&bytes).await;
    if hang {
        std::future::pending::<()>().await;
    }
}

/// A port that refuses connections. It stays taken, so that no server of another test gets it.
pub struct ClosedPort {
    pub origin: String,
    _socket: TcpSocket,
}

impl ClosedPort {
    pub fn new() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        Self { origin: format!("http://{}", socket.local_addr().unwrap()), _socket: socket }
    }
}

/// Returns whether the whole body has arrived, according to its `content-length` or its last chunk.
pub fn is_whole(request: &[u8]) -> bool {
    let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&request[..end]).to_lowercase();
    let body = &request[end + 4..];
    if head.contains("transfer-encoding: chunked") {
        return body.ends_with(b"0\r\n\r\n");
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |n| n.parse().unwrap());
    body.len() >= length
}

/// Returns everything that an error shows, including its sources.
pub fn shown(error: &zap_client_runtime::Error) -> String {
    let mut shown = vec![format!("{error}\n{error:#}\n{error:?}\n{error:#?}\n{:?}", error.messages())];
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        shown.push(format!("{cause}\n{cause:?}\n{cause:#?}"));
        source = cause.source();
    }
    shown.join("\n")
}

/// A stream without content.
pub struct EmptyStream;

impl futures_core::Stream for EmptyStream {
    type Item = std::io::Result<bytes::Bytes>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(None)
    }
}

/// Returns a command that runs one test of this program in a process of its own.
pub fn alone(test: &str) -> std::process::Command {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]);
    command
}
