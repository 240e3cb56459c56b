//! The sandbox posts to a receiver: the two agree on what a message is.

use std::time::Duration;

use zap_facade::{Incoming, IncomingKind, Received};
use zap_sandbox::{Fault, IncomingKind as Kind, IncomingMessage, Provider, Sandbox};

use super::{Receiving, TOKEN, http, message};

const CUSTOMER: &str = "5511987654321";

/// Starts a sandbox that posts to a receiver.
async fn start(receiving: &Receiving) -> Sandbox {
    let url = format!("http://{}/chatguru/{TOKEN}", http::serve(receiving).await);
    Sandbox::builder().webhook_url(url).start().await.unwrap()
}

/// Receives messages in the sandbox and returns what was posted.
async fn received(sandbox: &Sandbox, receiving: &mut Receiving, messages: Vec<IncomingMessage>) -> Vec<Received> {
    for message in messages {
        sandbox.receive(Provider::ChatGuru, message).unwrap();
    }
    sandbox.all_posted().await;
    receiving.arrived()
}

#[tokio::test]
async fn every_kind_of_message_is_read() {
    let mut receiving = Receiving::new();
    let sandbox = start(&receiving).await;
    let url = "https://files.example/a";
    let messages = vec![
        IncomingMessage::text(CUSTOMER, "Olá 😀 \"você\" \\").name("Ana").origin("site"),
        IncomingMessage::image(CUSTOMER, url).caption("O bolo"),
        IncomingMessage::voice(CUSTOMER, url),
        IncomingMessage::audio(CUSTOMER, url),
        IncomingMessage::video(CUSTOMER, url),
        IncomingMessage::document(CUSTOMER, url),
    ];
    let kinds = [
        IncomingKind::Text,
        IncomingKind::Image,
        IncomingKind::Voice,
        IncomingKind::Audio,
        IncomingKind::Video,
        IncomingKind::Document,
    ];
    let arrived = received(&sandbox, &mut receiving, messages).await;
    let incoming: Vec<&Incoming> = arrived.iter().map(message).collect();
    assert_eq!(incoming.iter().map(|incoming| incoming.kind.clone().unwrap()).collect::<Vec<_>>(), kinds);
    assert_eq!(incoming[0].text.as_deref(), Some("Olá 😀 \"você\" \\"));
    assert_eq!((incoming[0].origin.as_deref(), incoming[1].origin.as_deref()), (Some("site"), None));
    assert_eq!(incoming[1].text.as_deref(), Some("O bolo"));
    for (index, incoming) in incoming.iter().enumerate() {
        assert_eq!(incoming.number().unwrap().digits(), CUSTOMER);
        assert_eq!(incoming.file_url.as_deref(), (index > 0).then_some(url));
        // The time of Brasília was converted, so it is now.
        let posted = std::time::SystemTime::from(incoming.posted_at.unwrap());
        assert!(posted.elapsed().unwrap_or_default() < Duration::from_secs(600), "{posted:?}");
        assert!(incoming.chat_id.is_some() && incoming.phone_id.is_some() && incoming.chat_link.is_some());
    }
}

#[tokio::test]
async fn repeated_and_swapped_posts_are_handed_over_once_in_the_order_of_arrival() {
    let mut receiving = Receiving::new();
    let sandbox = start(&receiving).await;
    sandbox.faults().add(Fault::repeated_post(3)).unwrap();
    let text = |text: &str| IncomingMessage::text(CUSTOMER, text);
    let arrived = received(&sandbox, &mut receiving, vec![text("a"), text("b")]).await;
    assert_eq!(arrived.len(), 2);
    assert_eq!(receiving.receiver.counters().duplicates, 3);

    sandbox.faults().add(Fault::swapped_post()).unwrap();
    let arrived = received(&sandbox, &mut receiving, vec![text("c"), text("d")]).await;
    let texts: Vec<_> = arrived.iter().map(|received| message(received).text.as_deref().unwrap()).collect();
    assert_eq!(texts, ["d", "c"]);
    // The time tells the order in which the customer wrote.
    assert!(message(&arrived[1]).posted_at <= message(&arrived[0]).posted_at);
}

#[tokio::test]
async fn a_voice_note_of_the_sandbox_can_be_fetched() {
    let mut receiving = Receiving::new();
    let sandbox = start(&receiving).await;
    let voice = IncomingMessage::sample(Kind::Voice, CUSTOMER);
    let arrived = received(&sandbox, &mut receiving, vec![voice]).await;
    let url = message(&arrived[0]).file_url.clone().unwrap();
    let client = zap_facade::reqwest::Client::builder().no_proxy().build().unwrap();
    let file = client.get(url).send().await.unwrap();
    assert!(file.status().is_success() && !file.bytes().await.unwrap().is_empty());
}
