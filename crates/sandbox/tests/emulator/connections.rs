//! Callers that hold all connections or file descriptors do not lock out new callers.
#![cfg(target_os = "linux")]

use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    process::{Command, Stdio},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use crate::program::Running;

const SLOW: &[u8] = b"POST /chatguru/api/v1 HTTP/1.1\r\nHost: localhost\r\n\
    Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na";

/// Starts the program with few file descriptors and returns its address.
pub(crate) fn run(descriptors: usize, options: &str) -> (Running, SocketAddr) {
    let script =
        format!("ulimit -n {descriptors}; exec {} --listen 127.0.0.1:0 {options}", env!("CARGO_BIN_EXE_zap-sandbox"));
    let mut child = Command::new("sh").args(["-c", &script]).stdout(Stdio::piped()).spawn().unwrap();
    let stdout = child.stdout.take().unwrap();
    let running = Running(child);
    let mut line = String::new();
    let mut lines = BufReader::new(stdout);
    lines.read_line(&mut line).unwrap();
    // Read the rest of the output, or the program would block on it.
    std::thread::spawn(move || lines.lines().count());
    let address = line.split("http://").nth(1).and_then(|rest| rest.split_whitespace().next());
    (running, address.expect("an address").parse().unwrap())
}

/// Checks that a new caller is answered.
async fn is_answered(address: SocketAddr) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let ask = b"GET /__sandbox/clock HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all(ask).await.unwrap();
    let mut seen = Vec::new();
    let _ = timeout(Duration::from_secs(20), stream.read_to_end(&mut seen)).await.expect("an answer");
    assert!(seen.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&seen));
}

#[tokio::test]
async fn slow_bodies_do_not_take_all_file_descriptors() {
    let (_running, address) = run(96, "");
    let mut slow = Vec::new();
    for _ in 0..2 {
        for _ in 0..120 {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let _ = stream.write_all(SLOW).await;
            slow.push(stream);
        }
        for _ in 0..5 {
            is_answered(address).await;
        }
        // The slow callers send another byte each.
        for stream in &mut slow {
            let _ = stream.write_all(b"b").await;
        }
    }
    is_answered(address).await;
}

#[tokio::test]
async fn idle_connections_and_unread_answers_do_not_take_all_file_descriptors() {
    let (_running, address) = run(96, "");
    let mut held = Vec::new();
    for n in 0..200 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        match n % 3 {
            0 => {}
            1 => drop(stream.write_all(b"GET / HT").await),
            _ => drop(
                stream
                    .write_all(
                        b"GET /__sandbox/inbox/base.css HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(50).as_slice(),
                    )
                    .await,
            ),
        }
        held.push(stream);
    }
    for _ in 0..5 {
        is_answered(address).await;
    }
}
