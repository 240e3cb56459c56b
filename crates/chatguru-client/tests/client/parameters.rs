//! The location of ChatGuru's parameters: the URL or the body.

use chatguru_client::{ErrorKind, Outcome, ParameterLocation};

use crate::loopback::{Reply, Server};
use crate::support::{self, KEY};

#[tokio::test]
async fn in_the_body_the_url_has_no_secret() {
    let server = Server::start(Reply::success()).await;
    let client = support::client(&server.origin).parameters_in(ParameterLocation::Body).build().unwrap();
    client.message_send().chat_number("5511987654321").text("a&b = ç").send().await.unwrap();
    let request = String::from_utf8(server.requests().remove(0)).unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /api/v1 HTTP/1.1\r\n") && !head.contains(KEY), "{head}");
    assert!(head.contains("content-type: application/x-www-form-urlencoded\r\n"), "{head}");
    assert!(head.contains(&format!("content-length: {}", body.len())), "{head}");
    assert_eq!(
        body,
        "key=canary-key&account_id=canary-account-id&phone_id=canary-phone-id&action=message_send\
         &chat_number=5511987654321&text=a%26b%20%3D%20%C3%A7"
    );
}

#[tokio::test]
async fn a_text_too_long_for_a_url_is_refused_before_it_is_sent() {
    let server = Server::start(Reply::success()).await;
    let long = "ç".repeat(1000);
    let client = support::client(&server.origin).build().unwrap();
    let error = client.message_send().chat_number("5511987654321").text(&*long).send().await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone));
    assert!(error.to_string().contains("ClientBuilder::parameters_in"), "{error}");
    assert_eq!(server.connections(), 0);

    let client = support::client(&server.origin).parameters_in(ParameterLocation::Body).build().unwrap();
    client.message_send().chat_number("5511987654321").text(&*long).send().await.unwrap();
}

#[tokio::test]
async fn the_longest_query_is_sent_and_a_longer_one_is_not() {
    let server = Server::start(Reply::success()).await;
    // The credentials count, and what joins them to the rest.
    let client = support::client(&server.origin).build().unwrap();
    let send = |text: usize| client.message_send().chat_number("1").text("x".repeat(text)).send();
    send(1).await.unwrap();
    let request = String::from_utf8(server.requests().remove(0)).unwrap();
    let query = request.split(['?', ' ']).nth(2).unwrap().len();
    send(4097 - query).await.unwrap();
    send(4098 - query).await.unwrap_err();
    assert_eq!(server.requests().len(), 2);
}
