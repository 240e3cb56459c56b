//! A relay in front of a provider, for faults below HTTP and for faults that no provider causes. It drops requests or
//! forwards them, and replaces or breaks the answer.
//!
//! The matrix of the facade's tests includes this file, too.

// Each test program uses its own part of this.
#![allow(dead_code)]

use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::is_whole;

/// The fault that the relay causes in a request.
#[derive(Clone)]
pub struct RelayFault {
    /// Whether the provider gets the request.
    pub forwards: bool,
    pub reply: RelayReply,
}

/// Returns the provider's whole answer to a request, or nothing once the test is over.
pub type Upstream = Arc<dyn Fn(Vec<u8>) -> Pin<Box<dyn Future<Output = Option<Vec<u8>>> + Send>> + Send + Sync>;

/// Returns an answer made of a body.
pub type Rewrite = Arc<dyn Fn(&[u8]) -> Vec<u8> + Send + Sync>;

/// The answer that the caller gets.
#[derive(Clone)]
pub enum RelayReply {
    /// A reset when one byte of the request is read.
    ResetInTheRequest,
    /// The connection breaks without a word from the server.
    Break(BreakKind),
    /// So many bytes of this answer, and then the connection breaks.
    BreakAfter(BreakKind, Vec<u8>, usize),
    /// These bytes, and then nothing more, without an end.
    Stall(Vec<u8>),
    /// This answer.
    Answer(Vec<u8>),
    /// An answer made of the body of the provider's.
    Rewrite(Rewrite),
}

/// How a connection breaks.
#[derive(Clone, Copy)]
pub enum BreakKind {
    /// In order, as if all had been said.
    Close,
    /// With a reset.
    Reset,
}

pub struct Relay {
    pub origin: String,
    seen: Arc<Seen>,
    task: JoinHandle<()>,
}

/// What the relay has seen.
#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    forwarded: AtomicUsize,
    requests: Mutex<Vec<Vec<u8>>>,
}

impl Relay {
    /// Stands in front of a provider. The first requests meet these faults, one each, and those after them the last fault.
    /// `None` is no fault.
    pub async fn start(upstream: Upstream, faults: Vec<Option<RelayFault>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Seen::default());
        let kept = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = kept.connections.fetch_add(1, Ordering::SeqCst);
                let fault = faults[number.min(faults.len() - 1)].clone();
                tokio::spawn(serve(stream, Arc::clone(&upstream), fault, Arc::clone(&kept)));
            }
        });
        Self { origin, seen, task }
    }

    /// How many connections were opened.
    pub fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// The requests that were read, as they came.
    pub fn requests(&self) -> Vec<Vec<u8>> {
        self.seen.requests.lock().unwrap().clone()
    }

    /// Waits until the provider has answered a request, which a caller that gave up does not do.
    pub async fn settle(&self) {
        while self.seen.forwarded.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut caller: TcpStream, upstream: Upstream, fault: Option<RelayFault>, seen: Arc<Seen>) {
    if let Some(RelayFault { reply: RelayReply::ResetInTheRequest, .. }) = fault {
        let _ = caller.read_u8().await;
        let _ = caller.set_zero_linger();
        return;
    }
    let mut request = Vec::new();
    let mut buffer = vec![0; 16 * 1024];
    while !is_whole(&request) {
        match caller.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(read) => request.extend_from_slice(&buffer[..read]),
        }
    }
    seen.requests.lock().unwrap().push(request.clone());
    let mut answer = Vec::new();
    if fault.as_ref().is_none_or(|fault| fault.forwards) {
        let Some(whole) = upstream(request).await else { return };
        answer = whole;
        seen.forwarded.fetch_add(1, Ordering::SeqCst);
    }
    let (how, bytes) = match fault.map(|fault| fault.reply) {
        None => (BreakKind::Close, answer),
        Some(RelayReply::ResetInTheRequest) => unreachable!("done above"),
        Some(RelayReply::Break(how)) => (how, Vec::new()),
        Some(RelayReply::BreakAfter(how, bytes, length)) => (how, bytes[..length].to_vec()),
        Some(RelayReply::Answer(bytes)) => (BreakKind::Close, bytes),
        Some(RelayReply::Rewrite(rewrite)) => {
            let body = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
            (BreakKind::Close, rewrite(&answer[body..]))
        }
        Some(RelayReply::Stall(bytes)) => {
            let _ = caller.write_all(&bytes).await;
            return std::future::pending().await;
        }
    };
    let _ = caller.write_all(&bytes).await;
    if let BreakKind::Reset = how {
        // The written bytes must arrive first, because a reset discards bytes that were not read.
        tokio::time::sleep(Duration::from_millis(if bytes.is_empty() { 0 } else { 50 })).await;
        let _ = caller.set_zero_linger();
    }
}
