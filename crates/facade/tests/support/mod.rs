//! A server on loopback that keeps what arrives, byte for byte, and answers as it is told.

// Each test file uses its own part of this.
#![allow(dead_code)]

pub mod calls;
pub mod recordings;
pub mod tls;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinHandle;

/// What the server does once it has read a request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Writes these bytes and closes.
    Bytes(Vec<u8>),
    /// Closes without a word.
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
    /// Answers every request with `reply`, until it is told another.
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

    /// Answers whatever comes first, a request or not.
    pub async fn start_at_once(reply: Reply) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let Reply::Bytes(bytes) = reply else { panic!("it has nothing to say") };
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

/// Whether the body is there: as long as its `content-length`, or to its last chunk.
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

pub const CLIENT_ID: &str = "canary-client-id";
pub const CLIENT_SECRET: &str = "canary-client-secret";
pub const KEY: &str = "canary-key";
pub const ACCOUNT_ID: &str = "canary-account-id";
pub const PHONE_ID: &str = "canary-phone-id";

/// Every secret of the clients below.
pub const SECRETS: [&str; 5] = [CLIENT_ID, CLIENT_SECRET, KEY, ACCOUNT_ID, PHONE_ID];

pub fn externalapi(origin: &str) -> externalapi_client::ClientBuilder<externalapi_client::Client> {
    let credentials = externalapi_client::Credentials::new(CLIENT_ID, CLIENT_SECRET);
    externalapi_client::Client::builder(externalapi_client::Provider::EscalaZap, credentials)
        .base_url(format!("{origin}/external-api"))
        .configure_reqwest(direct)
}

pub fn chatguru(origin: &str) -> chatguru_client::ClientBuilder<chatguru_client::Client> {
    let provider = chatguru_client::Provider::ChatGuru { server: "app.zap.guru".into() };
    let credentials = chatguru_client::Credentials::new(KEY, ACCOUNT_ID, PHONE_ID);
    chatguru_client::Client::builder(provider, credentials).base_url(origin).configure_reqwest(direct)
}

/// To loopback without the proxies that the environment may name.
pub fn direct(builder: externalapi_client::reqwest::ClientBuilder) -> externalapi_client::reqwest::ClientBuilder {
    builder.no_proxy()
}

/// All that an error shows, its sources too.
pub fn shown(error: &zap_facade::Error) -> String {
    let mut shown = vec![format!("{error}\n{error:#}\n{error:?}\n{error:#?}\n{:?}", error.messages())];
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        shown.push(format!("{cause}\n{cause:?}\n{cause:#?}"));
        source = cause.source();
    }
    shown.join("\n")
}

/// Remarks that prove that nothing was done (facts E8, E9).
pub const REFUSALS: [&str; 10] = [
    "Unauthorized",
    "contact_error",
    "contact_limit_error",
    "image_upload_error",
    "not_available",
    "not_found",
    "subscription_required",
    "unknown_contact",
    "user_error",
    "validation_error",
];

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

/// Where cargo put an example of this package. It builds them whenever it builds all tests.
pub fn program(example: &str) -> std::path::PathBuf {
    let test = std::env::current_exe().unwrap();
    let path =
        test.parent().unwrap().with_file_name("examples").join(example).with_extension(std::env::consts::EXE_EXTENSION);
    assert!(path.exists(), "{} is not built: `cargo build --examples`", path.display());
    path
}
