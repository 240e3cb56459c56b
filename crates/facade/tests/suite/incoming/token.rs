//! The token of the URL.

use axum::http::{Method, Request, StatusCode};
use zap_facade::webhook::{InvalidReceiver, WebhookReceiver};

use super::{Receiving, TOKEN, URI, body, contents, post, send, untouchable};

#[tokio::test]
async fn the_token_is_in_the_path_or_in_the_query() {
    let encoded: Vec<_> = TOKEN.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let encoded = encoded.concat();
    let uris = [
        URI.to_owned(),
        format!("/chatguru?token={TOKEN}"),
        format!("/chatguru?a=b&token={TOKEN}&c"),
        format!("/chatguru/{encoded}"),
        format!("/chatguru?token={}", TOKEN.replace('~', "%7E")),
        // The path comes first.
        format!("{URI}?token=wrong"),
    ];
    let mut receiving = Receiving::new();
    for uri in uris {
        assert_eq!(post(&receiving.router, &uri, body(&uri)).await.status(), StatusCode::OK, "{uri}");
        assert_eq!(receiving.texts(), [uri]);
    }
}

#[tokio::test]
async fn any_other_token_is_refused_and_the_body_is_not_read() {
    let mut receiving = Receiving::new();
    let prefix = &TOKEN[..TOKEN.len() - 1];
    let suffix = &TOKEN[1..];
    let wrong = [
        "x".to_owned(),
        prefix.to_owned(),
        suffix.to_owned(),
        format!("{TOKEN}x"),
        format!("{TOKEN}%00"),
        format!("%20{TOKEN}"),
        TOKEN.to_uppercase(),
        TOKEN.replace('c', "d"),
        // Encoded twice.
        TOKEN.replace('c', "%2563"),
        TOKEN.replace('c', "%FF"),
        TOKEN.replace('c', "%"),
        format!("{TOKEN}%2F"),
        "%2e%2e".to_owned(),
    ];
    let paths = wrong.iter().map(|token| format!("/chatguru/{token}"));
    let queries = wrong.iter().map(|token| format!("/chatguru?token={token}"));
    let more = [
        "/chatguru".to_owned(),
        "/chatguru?".to_owned(),
        "/chatguru?token".to_owned(),
        "/chatguru?token=".to_owned(),
        format!("/chatguru?{TOKEN}"),
        format!("/chatguru?TOKEN={TOKEN}"),
        format!("/chatguru?token=wrong&token={TOKEN}"),
        // The token of the path decides.
        format!("/chatguru/wrong?token={TOKEN}"),
        format!("/chatguru/%FF?token={TOKEN}"),
    ];
    let mut refused = 0;
    for uri in paths.chain(queries).chain(more) {
        let response = post(&receiving.router, &uri, untouchable()).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{uri}");
        assert_eq!(contents(response).await.1, "", "{uri}");
        refused += 1;
        assert_eq!(receiving.receiver.counters().refused, refused, "{uri}");
    }
    assert!(receiving.arrived().is_empty());
}

#[tokio::test]
async fn another_method_is_refused_without_a_hint_unless_the_token_is_right() {
    let receiving = Receiving::new();
    for method in [Method::GET, Method::HEAD, Method::PUT, Method::DELETE, Method::OPTIONS] {
        let answer = async |uri: &str| {
            let request = Request::builder().method(method.clone()).uri(uri).body(untouchable()).unwrap();
            send(&receiving.router, request).await
        };
        let response = answer(URI).await;
        assert_eq!(
            (response.status(), &response.headers()["allow"]),
            (StatusCode::METHOD_NOT_ALLOWED, &"POST".parse().unwrap())
        );
        assert_eq!(answer("/chatguru/wrong").await.status(), StatusCode::NOT_FOUND);
    }
    assert_eq!(receiving.receiver.counters().refused, 10);
}

#[tokio::test]
async fn several_tokens_are_accepted_while_they_are_changed() {
    let mut receiving = Receiving::with(|builder| builder.also_accept("another-token-0123456789"));
    for (uri, status) in [
        (URI, StatusCode::OK),
        ("/chatguru/another-token-0123456789", StatusCode::OK),
        ("/chatguru/another-token-0123456788", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(post(&receiving.router, uri, body(uri)).await.status(), status, "{uri}");
    }
    assert_eq!(receiving.arrived().len(), 2);
}

#[test]
fn a_token_that_does_not_protect_is_refused_when_the_receiver_is_built() {
    let build = |token: &str| WebhookReceiver::builder(token).build().map(drop);
    for short in ["", " ", "\n", "secret", "                    ", "012345678901234", "012345678901234\n"] {
        assert_eq!(build(short), Err(InvalidReceiver::ShortToken), "{short:?}");
    }
    for changed in
        ["0123456789012345/", "0123456789 012345", "0123456789+012345", "0123456789%41012345", "ação-ação-ação-ação"]
    {
        assert_eq!(build(changed), Err(InvalidReceiver::TokenCharacters), "{changed:?}");
    }
    assert_eq!(build("0123456789012345"), Ok(()));
    let both = WebhookReceiver::builder(TOKEN).also_accept("").build();
    assert_eq!(both.map(drop), Err(InvalidReceiver::ShortToken), "every token is checked");
    let advice = InvalidReceiver::ShortToken.to_string();
    assert!(advice.contains("16 characters") && advice.contains("openssl rand -hex 32"), "{advice}");
}

#[tokio::test]
async fn the_line_break_of_a_file_is_not_a_part_of_the_token() {
    let receiver = WebhookReceiver::builder(format!("{TOKEN}\r\n")).build().unwrap();
    let (sender, mut messages) = tokio::sync::mpsc::channel(1);
    assert_eq!(post(&receiver.channel(sender), URI, body("oi")).await.status(), StatusCode::OK);
    assert!(messages.try_recv().is_ok());
}

#[tokio::test]
async fn the_path_can_be_chosen_and_nested() {
    for path in ["/", "/hooks/chatguru", "/hooks/v1.2/chat-guru"] {
        let mut receiving = Receiving::with(|builder| builder.path(path));
        let router = axum::Router::new().nest("/outer", receiving.router.clone());
        let base = path.trim_end_matches('/');
        for uri in [format!("{base}/{TOKEN}"), format!("{path}?token={TOKEN}")] {
            assert_eq!(post(&receiving.router, &uri, body(&uri)).await.status(), StatusCode::OK, "{uri}");
        }
        let nested = format!("/outer{base}/{TOKEN}");
        assert_eq!(post(&router, &nested, body("nested")).await.status(), StatusCode::OK, "{nested}");
        assert_eq!(receiving.arrived().len(), 3);
    }
    for path in ["", "chatguru", "/chatguru/", "/chat/{id}", "/*rest", "/a b", "/a?b", "/a#b", "/ação"] {
        let built = WebhookReceiver::builder(TOKEN).path(path).build();
        assert_eq!(built.map(drop), Err(InvalidReceiver::Path), "{path}");
    }
}
