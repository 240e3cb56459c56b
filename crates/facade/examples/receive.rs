//! Receives messages from customers through ChatGuru's webhook, and answers them.
//!
//! Run `cargo run --example receive`. It runs a web server beside a sandbox, in which a customer writes. In your program,
//! ChatGuru posts to your server: see the documentation of `zap_facade::webhook`.

use std::error::Error;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use zap_facade::contract::Account;
use zap_facade::webhook::WebhookReceiver;
use zap_facade::{IncomingKind, Messenger, Provider, Received, connect};
use zap_sandbox::{Fault, IncomingMessage, Sandbox};

/// Answers one message.
async fn answer(messenger: &dyn Messenger, received: Received) -> Result<(), Box<dyn Error + Send + Sync>> {
    let Received::Message(incoming) = received else {
        // What ChatGuru should never post. Keep it, to find out what it is.
        println!("not a message: {received:?}");
        return Ok(());
    };
    let name = incoming.name.as_deref().unwrap_or("cliente");
    let text = match (&incoming.kind, &incoming.text) {
        (Some(IncomingKind::Voice | IncomingKind::Audio), _) => format!("{name}, vamos ouvir o seu áudio!"),
        (_, Some(text)) => format!("{name}, recebemos: {text}"),
        _ => format!("{name}, recebemos a sua mensagem!"),
    };
    let receipt = messenger.send_text(incoming.number()?, &text).await?;
    println!("{incoming:?}: answered, {}", receipt.state);
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    // In your program: `connect(Config::from_env()?)?`.
    let messenger: Arc<dyn Messenger> = connect(Account::of(&sandbox, Provider::ChatGuru).config())?.into();

    // In your program, a setting: the output of `openssl rand -hex 32`.
    let token = "3f1a9c5e7b2d4860a1c3e5f708192a3b";
    let receiver = WebhookReceiver::builder(token).build()?;
    let app = receiver.handler(move |received| {
        let messenger = Arc::clone(&messenger);
        async move { answer(&*messenger, received).await }
    });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/chatguru/{token}", listener.local_addr()?);
    let (stop, stopped) = oneshot::channel::<()>();
    let server = axum::serve(listener, app).with_graceful_shutdown(async { _ = stopped.await });
    let server = tokio::spawn(server.into_future());

    // A customer writes. The sandbox posts to the server, as ChatGuru does, and once more than it should.
    sandbox.set_webhook_url(&url)?;
    sandbox.faults().add(Fault::repeated_post(1))?;
    let customer = "5511987654321";
    let messages = [
        IncomingMessage::text(customer, "Vocês abrem amanhã?").name("Ana"),
        IncomingMessage::sample(zap_sandbox::IncomingKind::Voice, customer),
    ];
    for message in messages {
        sandbox.receive(zap_sandbox::Provider::ChatGuru, message)?;
    }
    sandbox.all_posted().await;

    // Stop accepting posts, and answer those that were accepted.
    let _ = stop.send(());
    server.await??;
    receiver.drain().await;

    for delivery in sandbox.deliveries() {
        println!("to {}: {}", delivery.to, delivery.text.unwrap_or_default());
    }
    let counters = receiver.counters();
    assert_eq!((counters.received, counters.duplicates, counters.failed), (2, 1, 0));
    println!("{} messages answered, {} repeat dropped", sandbox.deliveries().len(), counters.duplicates);
    Ok(())
}
