//! Posts over a connection, byte for byte.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use zap_facade::webhook::WebhookReceiver;

use super::{Receiving, TOKEN, URI, body, message};

/// Serves a receiver on loopback until the test ends.
pub async fn serve(receiving: &Receiving) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = receiving.router.clone();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// Writes bytes and reads what is answered until nothing more comes.
async fn exchange(address: std::net::SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut answer = Vec::new();
    let _ = timeout(Duration::from_millis(300), stream.read_to_end(&mut answer)).await;
    String::from_utf8(answer).unwrap()
}

fn request(version: &str, uri: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("POST {uri} HTTP/{version}\r\nHost: x\r\n{headers}\r\n{body}").into_bytes()
}

#[tokio::test]
async fn a_post_as_chatguru_writes_it_is_accepted() {
    let mut receiving = Receiving::new();
    let address = serve(&receiving).await;
    let body = body("TEXT").replace("TEXT", r"Ol\u00e1");
    let headers = format!(
        "User-Agent: Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/39.0.2171.95 Safari/537.36\r\n\
         Accept-Encoding: gzip, deflate\r\nAccept: */*\r\nConnection: keep-alive\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n",
        body.len()
    );
    let answer = exchange(address, &request("1.1", URI, &headers, &body)).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("\r\n\r\n"), "{answer}");
    assert_eq!(receiving.texts(), ["Olá"]);
}

#[tokio::test]
async fn http_1_0_and_chunks_are_accepted() {
    let mut receiving = Receiving::new();
    let address = serve(&receiving).await;
    let old = body("old");
    let answer = exchange(address, &request("1.0", URI, &format!("Content-Length: {}\r\n", old.len()), &old)).await;
    assert!(answer.starts_with("HTTP/1.0 200 OK\r\n"), "{answer}");

    let chunked = body("chunked");
    let (first, second) = chunked.split_at(100);
    let chunks = format!("{:x}\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n", first.len(), second.len());
    let answer = exchange(address, &request("1.1", URI, "Transfer-Encoding: chunked\r\n", &chunks)).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");

    let answer = exchange(address, &request("1.1", URI, "Transfer-Encoding: chunked\r\n", "zz\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    assert_eq!(receiving.texts(), ["old", "chunked"]);
}

#[tokio::test]
async fn a_wrong_token_is_answered_like_an_unknown_path() {
    let receiving = Receiving::new();
    let address = serve(&receiving).await;
    let answer = async |uri: &str| {
        let answer = exchange(address, &request("1.1", uri, "Content-Length: 2\r\n", "{}")).await;
        let lines = answer.split("\r\n").filter(|line| !line.starts_with("date: "));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let unknown = answer("/elsewhere").await;
    assert_eq!(unknown[0], "HTTP/1.1 404 Not Found");
    for uri in ["/chatguru", "/chatguru/wrong", "/chatguru?token=wrong"] {
        assert_eq!(answer(uri).await, unknown, "{uri}");
    }
}

#[tokio::test]
async fn a_client_that_asks_first_does_not_send_a_body_that_is_refused() {
    let receiving = Receiving::new();
    let address = serve(&receiving).await;
    let answer = async |uri: &str, length: usize| {
        let headers = format!("Expect: 100-continue\r\nContent-Length: {length}\r\n");
        exchange(address, &request("1.1", uri, &headers, "")).await
    };
    assert!(answer("/chatguru/wrong", 1_000).await.starts_with("HTTP/1.1 404 "));
    assert!(answer(URI, 1_000_000).await.starts_with("HTTP/1.1 413 "));
    assert!(answer(URI, 1_000).await.starts_with("HTTP/1.1 100 "));
}

#[tokio::test]
async fn a_client_that_disappears_is_counted() {
    let mut receiving = Receiving::new();
    let address = serve(&receiving).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&request("1.1", URI, "Content-Length: 1000\r\n", "{\"celular\":")).await.unwrap();
    drop(stream);
    let counted = async {
        while receiving.receiver.counters().refused == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(10), counted).await.unwrap();
    assert!(receiving.arrived().is_empty());
}

/// Clients that close their connection at any moment, and post again until they read a 200.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_whose_connection_closes_is_handled_once() {
    const CLIENTS: usize = 8;
    const MESSAGES: usize = 40;
    // A short queue with slow handlers, so that posts are closed while they wait for room.
    let builder = WebhookReceiver::builder(TOKEN).queue(1).queue_wait(Duration::from_millis(3));
    let receiver = builder.build().unwrap();
    let handled = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&handled);
    let router: Router = receiver.handler(move |received| {
        noted.lock().unwrap().push(message(&received).text.clone().unwrap());
        async {
            tokio::time::sleep(Duration::from_micros(500)).await;
            Ok::<_, Infallible>(())
        }
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(axum::serve(listener, router).into_future());

    let mut clients = tokio::task::JoinSet::new();
    for client in 0..CLIENTS {
        clients.spawn(async move {
            for number in 0..MESSAGES {
                let body = body(&format!("{client} {number}"));
                let bytes = request("1.1", URI, &format!("Content-Length: {}\r\n", body.len()), &body);
                let mut attempt = client + number;
                while !post_and_close(address, &bytes, attempt).await {
                    attempt += 1;
                }
            }
        });
    }
    while let Some(ended) = clients.join_next().await {
        ended.unwrap();
    }
    server.abort();
    let _ = server.await;
    timeout(Duration::from_secs(10), receiver.drain()).await.unwrap();

    let mut texts = std::mem::take(&mut *handled.lock().unwrap());
    for client in 0..CLIENTS {
        let prefix = format!("{client} ");
        let of_client: Vec<_> = texts.iter().filter(|text| text.starts_with(&prefix)).collect();
        assert!(of_client.iter().map(|text| text[2..].parse::<usize>().unwrap()).is_sorted(), "{of_client:?}");
    }
    texts.sort();
    texts.dedup();
    assert_eq!((texts.len(), receiver.counters().received), (CLIENTS * MESSAGES, (CLIENTS * MESSAGES) as u64));
    let counters = receiver.counters();
    assert!(counters.duplicates > 0 && counters.overflowed > 0 && counters.refused > 0, "{counters:?}");
}

/// Posts, and closes the connection in the middle of the body, before the answer, or after it. Returns whether the
/// answer is a 200.
async fn post_and_close(address: std::net::SocketAddr, bytes: &[u8], attempt: usize) -> bool {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let length = if attempt % 4 == 0 { bytes.len() - 50 } else { bytes.len() };
    stream.write_all(&bytes[..length]).await.unwrap();
    let patience = Duration::from_millis([1, 0, 5, 1_000][attempt % 4]);
    let mut answer = [0; 12];
    let read = timeout(patience, stream.read_exact(&mut answer)).await;
    matches!(read, Ok(Ok(_))) && answer.ends_with(b"200")
}
