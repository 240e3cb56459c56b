//! Posts over a connection, byte for byte.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use super::{Receiving, URI, body};

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
