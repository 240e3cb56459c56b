//! What is posted, in which order, and how it is recorded.

use std::{
    collections::HashMap,
    time::{Duration, Instant, UNIX_EPOCH},
};

use serde_json::json;
use zap_sandbox::{
    Clock, IncomingKind, IncomingMessage, PostFailure, PostOutcome, PostState, Provider, Sandbox, World,
};

use super::{ANA, BIA, Behaviour, Receiver, all_posted, posting_to, start};
use crate::http::Request;

const KEYS: &str = "key=sandbox-chatguru-key&account_id=5d0000000000000000000001&phone_id=5d0000000000000000000002";

fn text(from: &str, text: &str) -> IncomingMessage {
    IncomingMessage::text(from, text)
}

#[tokio::test]
async fn a_message_is_posted_once_in_the_recorded_shape() {
    let receiver = Receiver::start(Behaviour::status(200)).await;
    let clock = Clock::standing_at(UNIX_EPOCH + Duration::from_millis(1_800_000_000_123));
    let url = format!("http://{}/hook/t0ken?x=1", receiver.address);
    let sandbox = start(Sandbox::builder().webhook_url(url).clock(clock)).await;
    let message = text(ANA, "Olá \u{1f600}\n\"fim\"").name("Conceição").origin("site");
    let arrived = sandbox.receive(Provider::ChatGuru, message).unwrap();
    assert_eq!(arrived.post_state, PostState::Waiting);
    let posted = sandbox.posted(arrived.id).await.unwrap();

    let seen = receiver.seen();
    assert_eq!(seen.len(), 1);
    let head: Vec<&str> = seen[0].head.split("\r\n").collect();
    assert_eq!(head[0], "POST /hook/t0ken?x=1 HTTP/1.1");
    assert_eq!(head[1], format!("Host: {}", receiver.address));
    assert!(head[2].starts_with("User-Agent: Mozilla/5.0 ") && head[2].contains(" Chrome/39."), "{head:?}");
    assert_eq!(head[3..], ["Content-Type: application/json", &format!("Content-Length: {}", seen[0].body.len())]);
    let id = &arrived.chat_id;
    let expected = [
        r#"{"campanha_id": "", "campanha_nome": "", "origem": "site", "email": "5511900000001", "#,
        r#""nome": "Concei\u00e7\u00e3o", "tags": [], "texto_mensagem": "Ol\u00e1 \ud83d\ude00\n\"fim\"", "#,
        r#""campos_personalizados": {}, "bot_context": {}, "responsavel_nome": "", "responsavel_email": "", "#,
        &format!(r#""link_chat": "https://s0.chatguru.example/chats#{id}", "celular": "5511900000001", "#),
        &format!(r#""phone_id": "5d0000000000000000000002", "chat_id": "{id}", "#),
        r#""chat_created": "2027-01-15 05:00:00.123000", "datetime_post": "2027-01-15 05:00:00.123000", "#,
        r#""tipo_mensagem": "chat"}"#,
    ];
    assert_eq!(seen[0].body, expected.concat());

    assert_eq!((posted.post_state, posted.posts.len()), (PostState::Posted, 1));
    assert_eq!(posted.posts[0].outcome, PostOutcome::Answered(200));
    assert_eq!((posted.posts[0].at, posted.posts[0].message), (posted.at, posted.id));
    assert_eq!(sandbox.posts(), posted.posts);
    assert_eq!(sandbox.incoming(), [posted]);
}

#[tokio::test]
async fn equal_texts_at_the_same_time_are_different_posts() {
    let receiver = Receiver::start(Behaviour::status(200)).await;
    let clock = Clock::standing_at(UNIX_EPOCH + Duration::from_millis(1_800_000_000_123));
    let sandbox = start(Sandbox::builder().webhook_url(receiver.url()).clock(clock)).await;
    for _ in 0..2 {
        for _ in 0..3 {
            sandbox.receive(Provider::ChatGuru, text(ANA, "ok")).unwrap();
        }
        all_posted(&sandbox).await;
        // The time of a post is not used again after a reset, because the receiver may remember it.
        sandbox.clock().advance(Duration::from_secs(3600));
        sandbox.reset();
    }
    let seen = receiver.seen();
    let times: Vec<_> = seen.iter().map(|post| post.json()["datetime_post"].as_str().unwrap().to_owned()).collect();
    let expected = (0..6).map(|post| format!("2027-01-15 05:00:00.12300{post}"));
    assert_eq!(times, expected.collect::<Vec<_>>());
}

#[tokio::test]
async fn files_have_their_type_and_address() {
    let receiver = Receiver::start(Behaviour::status(204)).await;
    let sandbox = posting_to(&receiver).await;
    let url = "https://files.example/a?b=c";
    for (message, kind, caption) in [
        (IncomingMessage::image(ANA, url).caption("O bolo"), "image", "O bolo"),
        (IncomingMessage::voice(ANA, url), "ptt", ""),
        (IncomingMessage::audio(ANA, url), "audio", ""),
        (IncomingMessage::video(ANA, url), "video", ""),
        (IncomingMessage::document(ANA, url).caption("x"), "document", "x"),
    ] {
        let arrived = sandbox.receive(Provider::ChatGuru, message).unwrap();
        assert_eq!(sandbox.posted(arrived.id).await.unwrap().post_state, PostState::Posted);
        let payload = receiver.seen().pop().unwrap().json();
        assert_eq!((&payload["tipo_mensagem"], &payload["url_arquivo"]), (&json!(kind), &json!(url)));
        assert_eq!(payload["texto_mensagem"], caption);
    }
}

#[tokio::test]
async fn the_sandbox_serves_a_sample_of_each_kind() {
    let receiver = Receiver::start(Behaviour::status(200)).await;
    let sandbox = posting_to(&receiver).await;
    for kind in IncomingKind::ALL.into_iter().filter(|kind| *kind != IncomingKind::Text) {
        sandbox.receive(Provider::ChatGuru, IncomingMessage::sample(kind, ANA)).unwrap();
    }
    all_posted(&sandbox).await;
    let types = ["image/png", "audio/ogg", "audio/mpeg", "video/mp4", "application/pdf"];
    assert_eq!(receiver.seen().len(), types.len());
    for (seen, media_type) in receiver.seen().iter().zip(types) {
        let url = seen.json()["url_arquivo"].as_str().unwrap().to_owned();
        let path = url.strip_prefix(&sandbox.url()).unwrap();
        let answer = Request::new("GET", path).ask(&sandbox).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, media_type));
        assert!(answer.body.len() > 100);
    }
    assert_eq!(Request::new("GET", "/__sandbox/samples/world.json").ask(&sandbox).await.status, 404);
}

#[tokio::test]
async fn a_known_chat_keeps_its_id_name_and_creation() {
    let receiver = Receiver::start(Behaviour::status(200)).await;
    let sandbox = posting_to(&receiver).await;
    for number in ["5511987654321", ANA, ANA] {
        sandbox.receive(Provider::ChatGuru, text(number, "x").name("Outra")).unwrap();
        all_posted(&sandbox).await;
    }
    let seen: Vec<_> = receiver.seen().iter().map(super::receiver::Seen::json).collect();
    assert_eq!(seen[0]["chat_id"], "5d0000000000000000000101");
    // The id begins with the seconds after the epoch.
    assert_eq!(seen[0]["chat_created"], "2019-06-11 16:24:48.000000");
    for key in ["chat_id", "nome", "chat_created"] {
        assert_eq!(seen[1][key], seen[2][key], "{key}");
    }
    assert_eq!(seen[1]["nome"], "Outra");
    let send = format!("/chatguru/api/v1?{KEYS}&action=message_send&text=oi&chat_number={ANA}");
    assert_eq!(Request::new("POST", &send).ask(&sandbox).await.status, 201, "the chat exists by now");
    let (delivery, message) = (sandbox.deliveries().remove(0), sandbox.incoming().remove(2));
    assert_eq!((&delivery.conversation, &delivery.account), (&message.conversation, &message.account));
    assert!(delivery.id > message.id, "one sequence of ids");
}

#[tokio::test]
async fn the_posts_of_a_chat_have_the_order_of_its_messages() {
    let receiver = Receiver::start(Behaviour::Slow(Duration::from_millis(1))).await;
    let sandbox = posting_to(&receiver).await;
    for number in 0..200 {
        sandbox
            .receive(Provider::ChatGuru, text(if number % 2 == 0 { ANA } else { BIA }, &number.to_string()))
            .unwrap();
    }
    all_posted(&sandbox).await;
    let mut last = HashMap::new();
    for seen in receiver.seen() {
        let payload = seen.json();
        let number: i32 = payload["texto_mensagem"].as_str().unwrap().parse().unwrap();
        let before = last.insert(payload["celular"].as_str().unwrap().to_owned(), number);
        assert!(before.is_none_or(|before| before + 2 == number), "{before:?} {number}");
    }
    assert_eq!(receiver.seen().len(), 200);
}

#[tokio::test]
async fn chats_do_not_wait_for_each_other_and_few_posts_run_at_once() {
    let receiver = Receiver::start(Behaviour::Slow(Duration::from_millis(20))).await;
    let sandbox = posting_to(&receiver).await;
    for number in 0..100 {
        sandbox.receive(Provider::ChatGuru, text(&format!("55119000001{number:02}"), "x")).unwrap();
    }
    all_posted(&sandbox).await;
    assert_eq!(receiver.seen().len(), 100);
    assert!((2..=16).contains(&receiver.most_open()), "{}", receiver.most_open());
}

#[tokio::test]
async fn a_thousand_messages_are_posted_quickly() {
    let receiver = Receiver::start(Behaviour::status(200)).await;
    let sandbox = posting_to(&receiver).await;
    let began = Instant::now();
    for number in 0..1000 {
        let from = format!("551190000{:04}", number % 20);
        sandbox.receive(Provider::ChatGuru, text(&from, &number.to_string())).unwrap();
    }
    all_posted(&sandbox).await;
    let took = began.elapsed();
    let mut texts: Vec<u32> = receiver.texts().iter().map(|text| text.parse().unwrap()).collect();
    texts.sort_unstable();
    assert_eq!(texts, (0..1000).collect::<Vec<u32>>(), "each exactly once");
    assert!(took < Duration::from_secs(20), "{took:?}");
}

#[tokio::test]
async fn without_a_url_nothing_is_posted() {
    let receiver = Receiver::start(Behaviour::status(200)).await;
    let sandbox = Sandbox::start().await.unwrap();
    let arrived = sandbox.receive(Provider::ChatGuru, text(ANA, "1")).unwrap();
    assert_eq!((arrived.post_state, sandbox.posted(arrived.id).await), (PostState::NoUrl, Some(arrived.clone())));
    sandbox.set_webhook_url(&receiver.url()).unwrap();
    sandbox.receive(Provider::ChatGuru, text(ANA, "2")).unwrap();
    all_posted(&sandbox).await;
    sandbox.remove_webhook_url();
    sandbox.receive(Provider::ChatGuru, text(ANA, "3")).unwrap();
    all_posted(&sandbox).await;
    assert_eq!(receiver.texts(), ["2"]);
    let states: Vec<_> = sandbox.incoming().iter().map(|message| message.post_state).collect();
    assert_eq!(states, [PostState::NoUrl, PostState::Posted, PostState::NoUrl]);
}

#[tokio::test]
async fn the_url_can_come_from_the_world_and_a_reset_restores_it() {
    let (of_world, other) =
        (Receiver::start(Behaviour::status(200)).await, Receiver::start(Behaviour::status(200)).await);
    let world = json!({"users": [{"id": 1}], "chatguru": {"webhook_url": of_world.url()}}).to_string();
    let sandbox = start(Sandbox::builder().world(World::from_json(&world).unwrap())).await;
    sandbox.set_webhook_url(&other.url()).unwrap();
    sandbox.receive(Provider::ChatGuru, text(ANA, "1")).unwrap();
    all_posted(&sandbox).await;
    sandbox.reset();
    sandbox.receive(Provider::ChatGuru, text(ANA, "2")).unwrap();
    all_posted(&sandbox).await;
    assert_eq!((of_world.texts(), other.texts()), (vec!["2".to_owned()], vec!["1".to_owned()]));
}

#[tokio::test]
async fn a_failed_post_is_not_repeated() {
    let receiver = Receiver::start(Behaviour::status(500)).await;
    let sandbox = posting_to(&receiver).await;
    let arrived = sandbox.receive(Provider::ChatGuru, text(ANA, "x")).unwrap();
    let posted = sandbox.posted(arrived.id).await.unwrap();
    assert_eq!((posted.post_state, posted.posts[0].outcome), (PostState::Failed, PostOutcome::Answered(500)));
    drop(receiver);
    let arrived = sandbox.receive(Provider::ChatGuru, text(ANA, "y")).unwrap();
    let posted = sandbox.posted(arrived.id).await.unwrap();
    let unreachable = PostOutcome::Failed(PostFailure::Unreachable);
    assert_eq!((posted.post_state, posted.posts.len(), posted.posts[0].outcome), (PostState::Failed, 1, unreachable));
}

#[tokio::test]
async fn a_reset_drops_the_posts_that_wait() {
    let receiver = Receiver::start(Behaviour::Slow(Duration::from_millis(50))).await;
    let sandbox = posting_to(&receiver).await;
    let mut last = 0;
    for number in 0..50 {
        last = sandbox.receive(Provider::ChatGuru, text(ANA, &number.to_string())).unwrap().id;
    }
    receiver.wait_for(1).await;
    sandbox.reset();
    assert_eq!((sandbox.posted(last).await, sandbox.incoming(), sandbox.posts()), (None, vec![], vec![]));
    let arrived = sandbox.receive(Provider::ChatGuru, text(ANA, "new")).unwrap();
    assert!(arrived.id > last, "ids are not reused");
    assert_eq!(sandbox.posted(arrived.id).await.unwrap().post_state, PostState::Posted);
    let texts = receiver.texts();
    // The one or two that were being posted at the reset, and the new one.
    assert!(texts.len() <= 3 && texts.last().unwrap() == "new", "{texts:?}");
}

#[tokio::test]
async fn dropping_the_handle_stops_the_posts() {
    let receiver = Receiver::start(Behaviour::Hang).await;
    let sandbox = posting_to(&receiver).await;
    for number in 0..5 {
        sandbox.receive(Provider::ChatGuru, text(ANA, &number.to_string())).unwrap();
    }
    receiver.wait_for(1).await;
    drop(sandbox);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(receiver.texts(), ["0"]);
}
