//! A proxy that loses the answer to a commit.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// What happens to the next commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lose {
    Nothing = 0,
    /// The commit arrives, and its answer does not.
    Answer = 1,
    /// The commit does not arrive.
    Commit = 2,
}

/// What is done while a commit is withheld.
type Meanwhile = Arc<Mutex<Box<dyn FnMut() + Send>>>;

/// Forwards connections to a port of this machine.
pub(super) struct Proxy {
    pub(super) port: u16,
    lose: Arc<AtomicU8>,
    meanwhile: Meanwhile,
}

impl Proxy {
    pub(super) fn start(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let lose = Arc::new(AtomicU8::new(Lose::Nothing as u8));
        let meanwhile: Meanwhile = Arc::new(Mutex::new(Box::new(|| {})));
        let shared = (Arc::clone(&lose), Arc::clone(&meanwhile));
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let server = TcpStream::connect(("127.0.0.1", server)).unwrap();
                let (lose, meanwhile) = shared.clone();
                thread::spawn(move || forward(client, server, &lose, &meanwhile));
            }
        });
        Self { port, lose, meanwhile }
    }

    pub(super) fn lose(&self, what: Lose) {
        self.lose.store(what as u8, Ordering::SeqCst);
    }

    /// Loses the next commit, and calls a function before the client loses its connection.
    pub(super) fn lose_commit_after(&self, meanwhile: impl FnMut() + Send + 'static) {
        *self.meanwhile.lock().unwrap() = Box::new(meanwhile);
        self.lose(Lose::Commit);
    }

    /// Returns whether the loss has happened.
    pub(super) fn has_lost(&self) -> bool {
        self.lose.load(Ordering::SeqCst) == Lose::Nothing as u8
    }
}

fn forward(mut client: TcpStream, mut server: TcpStream, lose: &AtomicU8, meanwhile: &Meanwhile) {
    let (mut from_server, mut to_client) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    let answers = thread::spawn(move || {
        let mut bytes = [0; 16_384];
        while let Ok(count @ 1..) = from_server.read(&mut bytes) {
            if to_client.write_all(&bytes[..count]).is_err() {
                return;
            }
        }
    });
    let mut bytes = [0; 16_384];
    while let Ok(count @ 1..) = client.read(&mut bytes) {
        let sent = &bytes[..count];
        if sent.windows(7).any(|window| window == b"COMMIT\0") {
            let what = lose.swap(Lose::Nothing as u8, Ordering::SeqCst);
            if what == Lose::Commit as u8 {
                (meanwhile.lock().unwrap())();
                break;
            }
            if what == Lose::Answer as u8 {
                // The client's side is closed first, so that it gets nothing.
                client.shutdown(Shutdown::Both).unwrap();
                server.write_all(sent).unwrap();
                server.shutdown(Shutdown::Write).unwrap();
                break;
            }
        }
        if server.write_all(sent).is_err() {
            break;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
    let _ = server.shutdown(Shutdown::Write);
    let _ = answers.join();
}
