//! Webhooks that misbehave, and URLs that cannot be used.

use std::{io::ErrorKind, time::Duration};

use serde_json::json;
use tokio::time::timeout;
use zap_sandbox::{IncomingMessage, PostFailure, PostOutcome, Provider, Sandbox, World};

use super::{ANA, BIA, Behaviour, Receiver, all_posted, start};
use crate::http::Request;

/// Posts one message to a receiver, and returns the result.
async fn outcome(behaviour: Behaviour) -> PostOutcome {
    let receiver = Receiver::start(behaviour).await;
    let builder = Sandbox::builder().webhook_url(receiver.url()).io_timeout(Duration::from_millis(300));
    let sandbox = start(builder).await;
    let arrived = sandbox.receive(Provider::ChatGuru, IncomingMessage::text(ANA, "x")).unwrap();
    let posted = timeout(Duration::from_secs(20), sandbox.posted(arrived.id)).await.expect("an end").unwrap();
    assert_eq!((posted.posts.len(), receiver.seen().len()), (1, 1));
    assert!(posted.posts[0].duration < Duration::from_secs(10));
    posted.posts[0].outcome
}

fn answer(text: &str) -> Behaviour {
    Behaviour::Answer(text.as_bytes().to_vec())
}

#[tokio::test]
async fn bad_receivers_end_the_post_but_nothing_else() {
    use PostFailure::{Closed, NotHttp, TimedOut};
    let huge_head = format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(200_000));
    for (behaviour, expected) in [
        (Behaviour::Hang, PostOutcome::Failed(TimedOut)),
        (answer(""), PostOutcome::Failed(Closed)),
        (answer("HTTP/1.1 200"), PostOutcome::Failed(Closed)),
        (answer("220 mail.example ESMTP\r\n"), PostOutcome::Failed(NotHttp)),
        (answer(&huge_head), PostOutcome::Failed(NotHttp)),
        (answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"), PostOutcome::Answered(200)),
        (Behaviour::Flood("HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\n"), PostOutcome::Answered(200)),
        (Behaviour::Flood("HTTP/1.1 503 No\r\n\r\n"), PostOutcome::Answered(503)),
        (Behaviour::Flood("HTTP/1.1 200 OK\r\nX: "), PostOutcome::Failed(NotHttp)),
    ] {
        assert_eq!(outcome(behaviour.clone()).await, expected, "{behaviour:?}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = Receiver::start(Behaviour::status(200)).await;
    for status in [301, 302, 307, 308] {
        let redirect = format!("HTTP/1.1 {status} X\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", other.url());
        assert_eq!(outcome(answer(&redirect)).await, PostOutcome::Answered(status));
    }
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn a_hanging_post_does_not_hold_up_other_chats() {
    let receiver = Receiver::start(Behaviour::Hang).await;
    let sandbox = start(Sandbox::builder().webhook_url(receiver.url())).await;
    sandbox.receive(Provider::ChatGuru, IncomingMessage::text(ANA, "x")).unwrap();
    receiver.wait_for(1).await;
    let good = Receiver::start(Behaviour::status(200)).await;
    sandbox.set_webhook_url(&good.url()).unwrap();
    let arrived = sandbox.receive(Provider::ChatGuru, IncomingMessage::text(BIA, "y")).unwrap();
    timeout(Duration::from_secs(10), sandbox.posted(arrived.id)).await.expect("not held up").unwrap();
    assert_eq!(good.texts(), ["y"]);
}

#[tokio::test]
async fn waiting_posts_are_limited() {
    let receiver = Receiver::start(Behaviour::Hang).await;
    let sandbox = start(Sandbox::builder().webhook_url(receiver.url()).memory_limit(16 << 20)).await;
    sandbox.receive(Provider::ChatGuru, IncomingMessage::text(ANA, "x")).unwrap();
    receiver.wait_for(1).await;
    let long = "\u{1f600}".repeat(5000);
    let refused =
        (0..100).find_map(|_| sandbox.receive(Provider::ChatGuru, IncomingMessage::text(ANA, long.clone())).err());
    let error = refused.expect("full").to_string();
    assert!(error.contains("already wait for the webhook"), "{error}");
    let number = sandbox.incoming().len();
    let body = json!({"provider": "chatguru", "from": ANA, "text": "x"});
    let answer = Request::new("POST", "/__sandbox/incoming").json(&body).ask(&sandbox).await;
    assert_eq!((answer.status, sandbox.incoming().len()), (503, number), "nothing is received");
    assert!(sandbox.memory().kept < 2 << 20, "{:?}", sandbox.memory());
    sandbox.reset();
    assert!(sandbox.receive(Provider::ChatGuru, IncomingMessage::text(ANA, "x")).is_ok());
}

#[tokio::test]
async fn the_oldest_messages_are_dropped() {
    let sandbox = start(Sandbox::builder().memory_limit(16 << 20)).await;
    let long = "x".repeat(1000);
    for number in 0..1000 {
        let provider = if number % 2 == 0 { Provider::ChatGuru } else { Provider::WapiFlow };
        sandbox.receive(provider, IncomingMessage::text(ANA, format!("{number} {long}"))).unwrap();
    }
    let kept = sandbox.incoming();
    let list = Request::new("GET", "/__sandbox/incoming").ask(&sandbox).await.json();
    assert!((50..500).contains(&kept.len()), "{}", kept.len());
    assert_eq!((list["forgotten"].as_u64(), kept.len()), (Some(1000 - kept.len() as u64), kept.len()));
    assert!(kept.last().unwrap().text.as_ref().unwrap().starts_with("999 "));
    assert!(sandbox.memory().kept < 2 << 20, "{:?}", sandbox.memory());
}

#[tokio::test]
async fn unusable_urls_are_refused_without_being_shown() {
    let sandbox = Sandbox::start().await.unwrap();
    let port = sandbox.address().port();
    for (url, part) in [
        ("https://app.example/t0kenABC", "https is not supported"),
        ("not a URL t0kenABC", "expected a URL"),
        ("ftp://app.example/t0kenABC", "expected a URL"),
        ("", "expected a URL"),
        (&format!("http://127.0.0.1:{port}/t0kenABC"), "the sandbox itself"),
        (&format!("http://localhost:{port}/chatguru/api/v1?key=t0kenABC"), "the sandbox itself"),
        (&format!("http://[::1]:{port}/t0kenABC"), "the sandbox itself"),
        (&format!("http://127.0.0.1:9/t0kenABC{}", "a".repeat(3000)), "at most 2048 bytes"),
    ] {
        let error = sandbox.set_webhook_url(url).unwrap_err();
        let body = json!({"url": url});
        let answer = Request::new("POST", "/__sandbox/webhook").json(&body).ask(&sandbox).await;
        assert_eq!(answer.status, 400, "{url}");
        let shown = format!("{error} {error:?} {}", answer.json());
        assert!(shown.contains(part) && !shown.contains("t0kenABC"), "{shown}");
    }
    let error = Sandbox::builder().webhook_url("https://app.example/t0kenABC").start().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(error.to_string().contains("https is not supported") && !format!("{error:?}").contains("t0kenABC"));
    let world = json!({"users": [{"id": 1}], "chatguru": {"webhook_url": "https://app.example/t0kenABC"}}).to_string();
    let error = World::from_json(&world).unwrap_err().to_string();
    assert!(error.contains("chatguru.webhook_url: ") && !error.contains("t0kenABC"), "{error}");
}

#[tokio::test]
async fn the_token_in_the_url_is_shown_nowhere() {
    const TOKEN: &str = "Zt83KdqLwv92";
    let receiver = Receiver::start(Behaviour::status(500)).await;
    let url = format!("http://{}/hook/{TOKEN}?token={TOKEN}", receiver.address);
    let builder = Sandbox::builder().webhook_url(url.clone());
    let mut shown = format!("{builder:?}");
    let sandbox = start(builder).await;
    sandbox.set_webhook_url(&url).unwrap();
    sandbox.receive(Provider::ChatGuru, IncomingMessage::text(ANA, "x")).unwrap();
    all_posted(&sandbox).await;
    assert!(receiver.seen()[0].head.contains(TOKEN));
    drop(receiver);
    sandbox.receive(Provider::ChatGuru, IncomingMessage::text(ANA, "x")).unwrap();
    all_posted(&sandbox).await;
    let set = Request::new("POST", "/__sandbox/webhook").json(&json!({"url": url})).ask(&sandbox).await;
    shown.push_str(&set.json().to_string());
    let mut shown = format!("{shown} {:?} {:?} {sandbox:?}", sandbox.incoming(), sandbox.posts());
    for path in ["incoming", "webhook", "ledger", "calls", "faults", "memory"] {
        shown.push_str(&Request::new("GET", &format!("/__sandbox/{path}")).ask(&sandbox).await.json().to_string());
    }
    shown.push_str(&sandbox.exports());
    assert!(shown.contains("/***\"") && !shown.contains(TOKEN), "{shown}");
}

#[tokio::test]
async fn odd_texts_arrive_as_they_were_written() {
    let receiver = Receiver::start(Behaviour::status(200)).await;
    let sandbox = start(Sandbox::builder().webhook_url(receiver.url())).await;
    let texts = [
        (0..0x20).map(|code| char::from_u32(code).unwrap()).collect::<String>(),
        "\u{7f}\u{80}\u{2028}\u{feff}\u{202e}\u{10ffff}".to_owned(),
        "\"\\/</script>".to_owned(),
        "\u{1f600}".repeat(65_536),
    ];
    for text in &texts {
        let body = json!({"provider": "chatguru", "from": ANA, "text": text, "name": "\u{0}\r\n\"", "origin": "\u{1}"});
        assert_eq!(Request::new("POST", "/__sandbox/incoming").json(&body).ask(&sandbox).await.status, 200);
    }
    all_posted(&sandbox).await;
    assert_eq!(receiver.texts(), texts);
    assert!(receiver.seen().iter().all(|seen| seen.body.bytes().all(|byte| (b' '..=b'~').contains(&byte))));
    assert_eq!(receiver.seen()[0].json()["nome"], "\u{0}\r\n\"");
    let huge = json!({"provider": "chatguru", "from": ANA, "text": "x".repeat(65_537)});
    let answer = Request::new("POST", "/__sandbox/incoming").json(&huge).ask(&sandbox).await;
    assert_eq!((answer.status, sandbox.incoming().len()), (400, 4));
}
