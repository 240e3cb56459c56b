//! ChatGuru's posts, and the receiver for them.

mod extractor;
mod http;
mod limits;
mod log;
mod message;
mod queue;
mod repeats;
mod sandbox;
mod token;
mod unreadable;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tower_service::Service as _;
use zap_facade::webhook::{WebhookReceiver, WebhookReceiverBuilder};
use zap_facade::{Incoming, Received};

const TOKEN: &str = "canary-token.0123456789~ABCDEF_x";

/// The path of a post with the right token.
const URI: &str = "/chatguru/canary-token.0123456789~ABCDEF_x";

/// A post of 2025 with this text.
fn payload(text: &str) -> Value {
    json!({
        "campanha_id": "",
        "campanha_nome": "",
        "origem": "boas-vindas",
        "email": "551187654321",
        "nome": "Ana Lima",
        "tags": ["Etiqueta"],
        "texto_mensagem": text,
        "campos_personalizados": {"Info_2": "valor"},
        "bot_context": {"ChatGuru": true},
        "responsavel_nome": "",
        "responsavel_email": "",
        "link_chat": "https://s0.chatguru.example/chats#65a0b639600ce7d9be010001",
        "celular": "551187654321",
        "phone_id": "65a0b639600ce7d9be010002",
        "chat_id": "65a0b639600ce7d9be010001",
        "chat_created": "2026-01-12 20:50:40.442000",
        "datetime_post": "2026-01-24 10:44:07.171806",
        "tipo_mensagem": "chat"
    })
}

fn body(text: &str) -> String {
    payload(text).to_string()
}

/// A receiver whose router sends to a channel.
struct Receiving {
    receiver: WebhookReceiver,
    router: Router,
    messages: mpsc::Receiver<Received>,
}

impl Receiving {
    fn new() -> Self {
        Self::with(|builder| builder)
    }

    fn with(change: impl FnOnce(WebhookReceiverBuilder) -> WebhookReceiverBuilder) -> Self {
        Self::with_room(64, change)
    }

    /// With a channel for this many messages.
    fn with_room(room: usize, change: impl FnOnce(WebhookReceiverBuilder) -> WebhookReceiverBuilder) -> Self {
        let receiver = change(WebhookReceiver::builder(TOKEN)).build().unwrap();
        let (sender, messages) = mpsc::channel(room);
        Self { router: receiver.channel(sender), receiver, messages }
    }

    async fn post(&self, body: impl Into<Body>) -> StatusCode {
        post(&self.router, URI, body).await.status()
    }

    /// Returns what has arrived since the last call.
    fn arrived(&mut self) -> Vec<Received> {
        std::iter::from_fn(|| self.messages.try_recv().ok()).collect()
    }

    /// Returns the texts of what has arrived, all of which are messages.
    fn texts(&mut self) -> Vec<String> {
        self.arrived().iter().map(|received| message(received).text.clone().unwrap()).collect()
    }
}

fn message(received: &Received) -> &Incoming {
    received.message().unwrap_or_else(|| panic!("not a message: {received:?}"))
}

async fn post(router: &Router, uri: &str, body: impl Into<Body>) -> Response {
    let request = Request::post(uri).header("content-type", "application/json").body(body.into()).unwrap();
    send(router, request).await
}

async fn send(router: &Router, request: Request<Body>) -> Response {
    router.clone().call(request).await.unwrap()
}

/// Returns the headers and the body of an answer.
async fn contents(response: Response) -> (HeaderMap, String) {
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    (parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

/// A body that must not be read.
fn untouchable() -> Body {
    struct Untouchable;

    impl futures_core::Stream for Untouchable {
        type Item = Result<Vec<u8>, std::io::Error>;

        fn poll_next(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            panic!("the body is read");
        }
    }

    Body::from_stream(Untouchable)
}
