//! Sends text messages over 64 kept connections to the sandbox and to a bare axum handler that parses the same form and
//! returns a fixed body.
//!
//! Run it with `cargo bench --package zap-sandbox --bench load`. Both servers run in this process and take short turns,
//! so that the ratio is stable even if the speed of the machine is not. Both numbers include the cost of the load
//! generator.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::Multipart;
use axum::routing::post;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use zap_sandbox::{Provider, Sandbox};

const CONNECTIONS: usize = 64;
/// More calls than the sandbox keeps.
const KEPT: u64 = 20_000;
const ROUNDS: usize = 20;
const ROUND: Duration = Duration::from_millis(500);

/// An answer with the length of the sandbox's.
const FIXED: &str = include_str!("answer.json");

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let sandbox = Sandbox::start().await?;
    let credentials = sandbox.external_api_credentials();
    let path = format!("{}/inbox/send-message", Provider::EscalaZap.base_path());
    let request = Arc::new(request(&path, &credentials.client_id, &credentials.client_secret));

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let bare = listener.local_addr()?;
    let router = Router::new().route(&path, post(parse));
    tokio::spawn(async move { axum::serve(listener, router).await });

    println!("{CONNECTIONS} connections, rounds of {ROUND:?}, requests per second");
    println!("{:>8}  {:>8}  {:>6}", "sandbox", "bare", "ratio");
    // Warm up both servers and fill the ledger. From then on, it drops a call for each new one.
    while sandbox.total_calls() < KEPT {
        load(sandbox.address(), &request).await?;
        load(bare, &request).await?;
    }
    let (calls, memory) = (sandbox.total_calls(), memory());
    let mut ratios = Vec::new();
    for _ in 0..ROUNDS {
        let ours = load(sandbox.address(), &request).await?;
        let theirs = load(bare, &request).await?;
        println!("{ours:>8.0}  {theirs:>8.0}  {:>6.2}", theirs / ours);
        ratios.push(theirs / ours);
    }
    ratios.sort_by(f64::total_cmp);
    println!("median: the bare handler is {:.2} times as fast", ratios[ROUNDS / 2]);
    println!("memory after {calls} calls: {memory}, after {}: {}", sandbox.total_calls(), self::memory());
    Ok(())
}

/// The resident memory of this process, on Linux.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    resident.map_or_else(|| "unknown".to_owned(), |resident| resident.trim().to_owned())
}

async fn parse(mut form: Multipart) -> ([(&'static str, &'static str); 1], &'static str) {
    while let Ok(Some(field)) = form.next_field().await {
        let _ = field.text().await;
    }
    ([("content-type", "application/json")], FIXED)
}

fn request(path: &str, id: &str, secret: &str) -> Vec<u8> {
    let fields = [("mobile_code", "55"), ("mobile", "11987654321"), ("message", "Olá, mundo!")];
    let part = |(name, value)| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let body = fields.map(part).concat() + "--b--\r\n";
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nclient-id: {id}\r\nclient-secret: {secret}\r\n\
         accept: application/json\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    (head + &body).into_bytes()
}

/// The number of requests per second that are answered on all connections together.
async fn load(address: SocketAddr, request: &Arc<Vec<u8>>) -> std::io::Result<f64> {
    let (stop, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let start = Instant::now();
    let mut tasks = Vec::new();
    for _ in 0..CONNECTIONS {
        let mut stream = TcpStream::connect(address).await?;
        let (request, stop, answered) = (Arc::clone(request), Arc::clone(&stop), Arc::clone(&answered));
        tasks.push(tokio::spawn(async move {
            let mut buffer = vec![0; 16 * 1024];
            while !stop.load(Ordering::Relaxed) {
                stream.write_all(&request).await?;
                read_answer(&mut stream, &mut buffer).await?;
                answered.fetch_add(1, Ordering::Relaxed);
            }
            Ok::<_, std::io::Error>(())
        }));
    }
    tokio::time::sleep(ROUND).await;
    stop.store(true, Ordering::Relaxed);
    for task in tasks {
        task.await.map_err(std::io::Error::other)??;
    }
    #[allow(clippy::cast_precision_loss, reason = "a count of requests")]
    let count = answered.load(Ordering::Relaxed) as f64;
    Ok(count / start.elapsed().as_secs_f64())
}

/// Reads one answer by its `content-length`. A status other than 200 is an error.
async fn read_answer(stream: &mut TcpStream, buffer: &mut [u8]) -> std::io::Result<()> {
    let mut filled = 0;
    loop {
        let read = stream.read(&mut buffer[filled..]).await?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        filled += read;
        let Some(end) = buffer[..filled].windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&buffer[..end]).to_lowercase();
        if !head.starts_with("http/1.1 200") {
            return Err(std::io::Error::other(head));
        }
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
        if length.is_some_and(|length| filled >= end + 4 + length) {
            return Ok(());
        }
    }
}
