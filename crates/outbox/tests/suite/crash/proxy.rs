//! A proxy before Postgres that cuts a connection at a message of its protocol.

use std::io::{self, Read, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

/// Where the next connection is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// The message does not arrive at the server.
    Message,
    /// The message arrives, and the client gets no answer to it.
    Answer,
}

/// Forwards connections to a port of this machine.
pub(crate) struct Proxy {
    pub(crate) port: u16,
    /// How many messages pass before the cut.
    left: Arc<AtomicI64>,
}

impl Proxy {
    /// Starts a proxy that cuts no connection yet.
    pub(crate) fn start(server: u16, cut: Cut) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let left = Arc::new(AtomicI64::new(i64::MAX));
        let shared = Arc::clone(&left);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let server = TcpStream::connect(("127.0.0.1", server)).unwrap();
                let left = Arc::clone(&shared);
                thread::spawn(move || forward(&client, &server, cut, &left));
            }
        });
        Self { port, left }
    }

    /// Cuts a connection once, after as many messages.
    pub(crate) fn cut_after(&self, messages: i64) {
        self.left.store(messages, Ordering::SeqCst);
    }

    /// Returns how many messages are left until the cut. After it, the number is negative.
    pub(crate) fn left(&self) -> i64 {
        self.left.load(Ordering::SeqCst)
    }
}

fn forward(client: &TcpStream, server: &TcpStream, cut: Cut, left: &AtomicI64) {
    let (mut from_client, mut to_server) = (client, server);
    thread::scope(|threads| {
        threads.spawn(|| {
            let (mut from_server, mut to_client) = (server, client);
            let _ = io::copy(&mut from_server, &mut to_client);
            let _ = client.shutdown(Shutdown::Both);
        });
        let mut is_first = true;
        while let Ok(message) = message(&mut from_client, is_first) {
            is_first = false;
            if left.fetch_sub(1, Ordering::SeqCst) == 0 {
                // The client's side is closed first, so that it gets no answer.
                let _ = client.shutdown(Shutdown::Both);
                if cut == Cut::Answer {
                    let _ = to_server.write_all(&message);
                }
                break;
            }
            if to_server.write_all(&message).is_err() {
                break;
            }
        }
        let _ = client.shutdown(Shutdown::Both);
        let _ = server.shutdown(Shutdown::Write);
    });
}

/// Reads a message of the client. All but the first one have a type before their length.
fn message(client: &mut impl Read, is_first: bool) -> io::Result<Vec<u8>> {
    let head = if is_first { 4 } else { 5 };
    let mut message = vec![0; head];
    client.read_exact(&mut message)?;
    let length = message[head - 4..].iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
    message.resize(head - 4 + length, 0);
    client.read_exact(&mut message[head..])?;
    Ok(message)
}
