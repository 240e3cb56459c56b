//! A relay in front of the sandbox, for faults below HTTP and for faults that no provider causes. It
//! drops requests or forwards them, and replaces or breaks the answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::support::is_whole;

/// The fault that the relay causes in every request.
#[derive(Clone)]
pub struct RelayFault {
    /// Whether the sandbox gets the request.
    pub forwards: bool,
    pub reply: RelayReply,
}

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
    /// The sandbox's answer with another body.
    Rewrite(fn(&[u8]) -> Vec<u8>),
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
    connections: Arc<AtomicUsize>,
    handed_on: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Relay {
    /// Stands in front of `sandbox`, an origin.
    pub async fn start(sandbox: &str, relay_fault: RelayFault) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let (connections, handed_on) = <(Arc<AtomicUsize>, Arc<AtomicUsize>)>::default();
        let (opened, done) = (Arc::clone(&connections), Arc::clone(&handed_on));
        let sandbox = sandbox.strip_prefix("http://").unwrap().to_owned();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                opened.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, sandbox.clone(), relay_fault.clone(), Arc::clone(&done)));
            }
        });
        Self { origin, connections, handed_on, task }
    }

    /// How many connections were opened.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Waits until the sandbox has answered a request, which a caller that gave up does not do.
    pub async fn settle(&self) {
        while self.handed_on.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut caller: TcpStream, sandbox: String, relay_fault: RelayFault, handed_on: Arc<AtomicUsize>) {
    if let RelayReply::ResetInTheRequest = relay_fault.reply {
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
    let mut answer = Vec::new();
    if relay_fault.forwards {
        // It fails only once the cell is over, and the sandbox gone.
        let Ok(whole) = hand_on(&sandbox, &request).await else { return };
        answer = whole;
        handed_on.fetch_add(1, Ordering::SeqCst);
    }
    let (how, bytes) = match relay_fault.reply {
        RelayReply::ResetInTheRequest => unreachable!("done above"),
        RelayReply::Break(how) => (how, Vec::new()),
        RelayReply::BreakAfter(how, bytes, length) => (how, bytes[..length].to_vec()),
        RelayReply::Answer(bytes) => (BreakKind::Close, bytes),
        RelayReply::Rewrite(rewrite) => {
            let body = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
            (BreakKind::Close, super::faults::answer(200, "application/json", rewrite(&answer[body..])))
        }
        RelayReply::Stall(bytes) => {
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

/// The sandbox's whole answer.
async fn hand_on(sandbox: &str, request: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut upstream = TcpStream::connect(sandbox).await?;
    let line = request.windows(2).position(|window| window == b"\r\n").unwrap() + 2;
    let request = [&request[..line], b"connection: close\r\n", &request[line..]].concat();
    upstream.write_all(&request).await?;
    let mut answer = Vec::new();
    upstream.read_to_end(&mut answer).await?;
    Ok(answer)
}
