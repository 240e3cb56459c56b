//! Many posts at once to the receiver, some of which are repeats or damaged: none is lost, none is handled twice, each
//! connection's messages keep their order, and memory does not grow.
//!
//! `POSTS` sets the number of posts, and `SEED` chooses which of them are repeated or damaged.

#[path = "support/memory.rs"]
mod memory;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use zap_facade::Received;
use zap_facade::webhook::WebhookReceiver;

const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const CONNECTIONS: usize = 16;
const POSTS: usize = 20_000;
const ROUNDS: usize = 4;
/// More than arrive while a repeat waits, and fewer than all.
const REMEMBERED: usize = 5_000;

/// What becomes of a post.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Plain,
    /// It is posted twice, over two connections at the same time.
    Repeated,
    Damaged,
}

/// Each post's fate depends on its number and the seed only: one in twenty is repeated, one in twenty damaged.
fn fate(number: usize, seed: u64) -> Fate {
    match mix(number as u64 ^ seed) % 20 {
        0 => Fate::Repeated,
        1 => Fate::Damaged,
        _ => Fate::Plain,
    }
}

/// splitmix64.
fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The body of a message, of the size that is handled.
fn body(number: usize) -> String {
    let text = format!("{number} {}", "x".repeat(400));
    let microseconds = number % 1_000_000;
    format!(
        r#"{{"campanha_id": "", "campanha_nome": "", "origem": "", "email": "551187654321", "nome": "Contato Exemplo", "tags": [], "texto_mensagem": "{text}", "campos_personalizados": {{"Info_2": "valor"}}, "bot_context": {{}}, "responsavel_nome": "", "responsavel_email": "", "link_chat": "https://s0.chatguru.example/chats#65a0b639600ce7d9be010001", "celular": "551187654321", "phone_id": "65a0b639600ce7d9be010002", "chat_id": "65a0b639600ce7d9be010001", "chat_created": "2026-01-12 20:50:40.442000", "datetime_post": "2026-01-24 10:44:07.{microseconds:06}", "tipo_mensagem": "chat"}}"#
    )
}

/// A body that is not a message, of a kind that the number chooses. Each is different.
fn damaged(number: usize) -> Vec<u8> {
    let whole = body(number);
    match number % 5 {
        0 => whole.as_bytes()[..whole.len() - 1 - number % 300].to_vec(),
        1 => whole.replace("551187654321\", \"phone_id", "\u{1}551187654321\", \"phone_id").into_bytes(),
        2 => [&whole.as_bytes()[..200], format!("{number}\n\u{fffd}").as_bytes(), b"\xff"].concat(),
        3 => format!("<html><body>{number}</body></html>").into_bytes(),
        _ => format!("[{whole}]").into_bytes(),
    }
}

/// A connection that stays open.
struct Connection(TcpStream);

impl Connection {
    async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self(stream)
    }

    /// Posts until the answer is a success. If the queue is full, waits a little.
    async fn post(&mut self, body: &[u8]) {
        let head = format!("POST /chatguru/{TOKEN} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n", body.len());
        let request = [head.as_bytes(), body].concat();
        loop {
            self.0.write_all(&request).await.unwrap();
            let mut answer = Vec::new();
            // No answer has a body.
            while !answer.ends_with(b"\r\n\r\n") {
                assert_ne!(self.0.read_buf(&mut answer).await.unwrap(), 0, "the connection closes");
            }
            match &answer[9..12] {
                b"200" => return,
                b"503" => tokio::time::sleep(Duration::from_millis(1)).await,
                _ => panic!("{}", String::from_utf8_lossy(&answer)),
            }
        }
    }
}

/// What was handed over.
#[derive(Default)]
struct Handled {
    /// How often each message.
    messages: HashMap<usize, usize>,
    /// How often each body that cannot be read.
    unreadable: HashMap<Vec<u8>, usize>,
    /// The last message of each connection.
    last: HashMap<usize, usize>,
}

impl Handled {
    fn note(&mut self, received: Received, seed: u64) {
        match received {
            Received::Message(incoming) => {
                let text = incoming.text.as_deref().unwrap();
                let number = text.split(' ').next().unwrap().parse().unwrap();
                assert_eq!(incoming.raw.as_deref(), Some(body(number).as_bytes()));
                *self.messages.entry(number).or_default() += 1;
                // The second connection of a repeat may have been faster.
                if fate(number, seed) == Fate::Plain {
                    let last = self.last.insert(number % CONNECTIONS, number);
                    assert!(last < Some(number), "{number} came after {last:?}");
                }
            }
            Received::Unreadable(unreadable) => *self.unreadable.entry(unreadable.raw.to_vec()).or_default() += 1,
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_thousand_posts_are_each_handled_once() {
    let set = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let posts = set("POSTS").map_or(POSTS, |posts| usize::try_from(posts).unwrap());
    let seed = set("SEED").unwrap_or(20_261_128);
    println!("{posts} posts, SEED={seed}");

    // Smaller than what arrives at once, so that the queue is full at times.
    let (sender, mut messages) = mpsc::channel(8);
    let receiver =
        WebhookReceiver::builder(TOKEN).dedup_entries(REMEMBERED).queue_wait(Duration::ZERO).build().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(axum::serve(listener, receiver.channel(sender)).into_future());

    let mut resident = Vec::new();
    let (mut repeated, mut spoilt) = (0, 0);
    for round in 0..ROUNDS {
        let numbers = round * posts / ROUNDS..(round + 1) * posts / ROUNDS;
        let mut connections = JoinSet::new();
        for connection in 0..CONNECTIONS {
            let numbers = numbers.clone().filter(move |number| number % CONNECTIONS == connection);
            connections.spawn(async move {
                let (mut main, mut other) = (Connection::open(address).await, Connection::open(address).await);
                for number in numbers {
                    match fate(number, seed) {
                        Fate::Plain => main.post(body(number).as_bytes()).await,
                        Fate::Damaged => main.post(&damaged(number)).await,
                        Fate::Repeated => {
                            let body = body(number);
                            tokio::join!(main.post(body.as_bytes()), other.post(body.as_bytes()));
                        }
                    }
                }
            });
        }
        let mut handled = Handled::default();
        loop {
            tokio::select! {
                biased;
                message = messages.recv() => handled.note(message.unwrap(), seed),
                ended = connections.join_next() => match ended {
                    Some(ended) => ended.expect("no panic"),
                    None => break,
                },
            }
        }
        while let Ok(message) = messages.try_recv() {
            handled.note(message, seed);
        }

        for number in numbers {
            let times = match fate(number, seed) {
                Fate::Damaged => {
                    spoilt += 1;
                    handled.unreadable.remove(&damaged(number))
                }
                fate => {
                    repeated += u64::from(fate == Fate::Repeated);
                    handled.messages.remove(&number)
                }
            };
            assert_eq!(times, Some(1), "post {number}");
        }
        assert!(handled.messages.is_empty() && handled.unreadable.is_empty(), "something else was handed over");
        resident.extend(memory::resident());
    }
    server.abort();

    let counters = receiver.counters();
    println!("{counters:?}");
    assert!(repeated > posts as u64 / 25 && spoilt > posts as u64 / 25, "{repeated} repeated, {spoilt} damaged");
    assert_eq!((counters.received, counters.duplicates), (posts as u64, repeated));
    assert_eq!((counters.unreadable, counters.refused, counters.failed), (spoilt, 0, 0));
    assert_eq!(counters.forgotten_early, posts as u64 - spoilt - REMEMBERED as u64);
    assert!(counters.overflowed > 0, "the queue was never full");
    println!("resident: {resident:?} KiB");
    if let [early, .., late] = resident[..] {
        assert!(late < early + 4 * 1024, "memory grows: {resident:?} KiB");
    }
}
