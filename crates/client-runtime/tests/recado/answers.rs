//! Successful answers of every kind.

use zap_client_runtime::reqwest::{Method, StatusCode};
use zap_client_runtime::{ErrorKind, Operation, Outcome, Safety};

use crate::client;
use crate::loopback::{Reply, Server};
use crate::types::State;

async fn server(content_type: &str, body: impl AsRef<[u8]>) -> Server {
    Server::start(Reply::new(200, content_type, body)).await
}

#[tokio::test]
async fn a_list_can_be_the_whole_answer() {
    let body = r#"[{"id":"a","text":"Olá","state":"sent"},{"id":"b","state":"new","more":1}]"#;
    let server = server("application/json", body).await;
    let list = client(&server).message_list().send().await.unwrap();
    assert_eq!(list.len(), 2);
    assert_eq!((list[0].id.as_deref(), list[0].text.as_deref()), (Some("a"), Some("Olá")));
    assert_eq!((list[0].state.clone(), list[1].state.clone()), (Some(State::Sent), Some(State::from("new"))));
    for empty in ["[]", "null"] {
        server.reply_with(Reply::json(empty));
        assert!(client(&server).message_list().send().await.unwrap().is_empty(), "{empty}");
    }
}

/// An object that reports an error, and that a lenient reader would take for a list of one.
#[tokio::test]
async fn an_object_is_no_list() {
    for body in [r#"{"error":{"id":"a"}}"#, r#""a""#, "7", "[1]"] {
        let server = server("application/json", body).await;
        let error = client(&server).message_list().send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Undecodable, "{body}");
    }
}

#[tokio::test]
async fn a_scalar_can_be_the_whole_answer() {
    for body in ["12", "\"12\"", " 12\n"] {
        let server = server("application/json", body).await;
        assert_eq!(client(&server).unread_count().send().await.unwrap().into_inner(), 12);
    }
    for body in ["[]", "{}", "null", "\"many\""] {
        let server = server("application/json", body).await;
        assert_eq!(client(&server).unread_count().send().await.unwrap_err().kind(), ErrorKind::Undecodable, "{body}");
    }
}

#[tokio::test]
async fn an_object_without_known_properties_keeps_all_of_them() {
    let server = server("application/json", r#"{"a":{"b":[1,null]}}"#).await;
    let settings = client(&server).session_settings().name("one").send().await.unwrap();
    assert_eq!(settings["a"]["b"][0], 1);
}

#[tokio::test]
async fn text_and_bytes_arrive_as_they_were_sent() {
    let table = server("text/csv; charset=utf-8", "id;text\n1;Olá\n").await;
    assert_eq!(client(&table).message_export().send().await.unwrap().into_inner(), "id;text\n1;Olá\n");
    let picture = server("image/png", b"\x89PNG\xff\x00").await;
    let bytes = client(&picture).session_code().name("a/b ?").send().await.unwrap().into_inner();
    assert_eq!(&bytes[..], b"\x89PNG\xff\x00");

    let heads = [table.requests(), picture.requests()].concat();
    let heads: Vec<_> = heads.into_iter().map(|head| String::from_utf8(head).unwrap()).collect();
    assert!(heads[0].contains("\r\naccept: text/csv\r\n"), "{}", heads[0]);
    assert!(heads[1].starts_with("GET /v1/sessions/a%2Fb%20%3F/code HTTP"), "{}", heads[1]);
    assert!(heads[1].contains("\r\naccept: image/png\r\n"), "{}", heads[1]);
}

static TERMS: Operation = Operation::new("terms", Method::GET, "/terms", Safety::Read, "Gets.")
    .with_accept("text/html")
    .with_security(&[&[]]);

/// Elsewhere a page is that of something between the client and the API.
#[tokio::test]
async fn a_page_is_an_answer_where_it_is_expected() {
    let page = "<!DOCTYPE html><title>Terms</title>";
    let server = server("text/html", page).await;
    let client = client(&server);
    assert_eq!(client.raw_client().call(&TERMS).send_text().await.unwrap().into_inner(), page);
    assert_eq!(client.message_export().send().await.unwrap_err().kind(), ErrorKind::UnexpectedAnswer);
}

#[tokio::test]
async fn a_compressed_answer_is_no_text_and_no_bytes() {
    let compressed = Reply::head(200, "content-encoding: gzip\r\n");
    let server = Server::start(compressed).await;
    let client = client(&server);
    let text = client.message_export().send().await.map(drop);
    let bytes = client.session_code().name("a").send().await.map(drop);
    for error in [text.unwrap_err(), bytes.unwrap_err()] {
        assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer);
        assert!(error.to_string().contains("the answer is compressed"), "{error}");
    }
    client.message_delete().id("a").send().await.expect("nothing needs to be read");
    server.reply_with(Reply::head(200, "content-encoding: Identity\r\n"));
    assert_eq!(client.message_export().send().await.unwrap().into_inner(), "");
}

#[tokio::test]
async fn an_answer_without_a_body_is_a_success() {
    for reply in [Reply::head(204, ""), Reply::head(200, ""), Reply::json("{\"deleted\":true}")] {
        let server = Server::start(reply).await;
        let answer = client(&server).message_delete().id("a").send().await.unwrap();
        assert!(answer.status() == StatusCode::NO_CONTENT || answer.status() == StatusCode::OK);
    }
}

/// 204 says that there is nothing; another 2xx without a body breaks the contract, although it took effect.
#[tokio::test]
async fn an_object_may_be_missing_only_where_the_status_says_so() {
    for status in [204, 205] {
        let server = Server::start(Reply::head(status, "")).await;
        let answer = client(&server).message_forward().id("a").to("5511000001234").send().await.unwrap();
        assert_eq!(answer.id, None);
    }
    for status in [200, 201, 202] {
        let server = Server::start(Reply::head(status, "")).await;
        let error = client(&server).message_forward().id("a").to("5511000001234").send().await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Undecodable, Outcome::Done), "{status}");
    }
}

#[tokio::test]
async fn a_damaged_answer_is_repaired() {
    let body = "\u{feff}{\"id\":\"a\",\"text\":\"\\ud83d\"}";
    let server = server("application/json", body).await;
    let message = client(&server).message_get().id("a").send().await.unwrap();
    assert_eq!((message.id.as_deref(), message.text.as_deref()), (Some("a"), Some("")));
}
