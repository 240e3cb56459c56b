//! The operations, and how often the effect of each has come about, as the sandbox knows it.

use externalapi_client::types::ConversationStatus;
use serde_json::Value;
use zap_sandbox::{DeliveryKind, Profile, Provider, Sandbox};

use crate::support;
use crate::support::calls::{self, Api, Call, Client, MOBILE, NUMBER, Names};

/// A column of the matrix.
pub struct Operation {
    pub name: &'static str,
    pub changes: bool,
    /// Whether its answer has `data`, or would have.
    pub has_data: bool,
    pub call: Call,
    effect: Effect,
}

enum Effect {
    None,
    /// Something reached a chat.
    Delivery,
    /// A chat was added. Its first message and its dialog are deliveries of the same call.
    ChatAdded,
    /// The number of contacts changes by this.
    Contacts(i64),
    /// Each update takes 1 of what is left of the contact limit (fact E13).
    ContactLimit,
    /// The conversation has the status that was asked for.
    ConversationStatus,
}

/// How an operation that changes something does so. Most deliver something to a chat.
fn effect(operation: &str) -> Effect {
    match operation {
        "contact_store" => Effect::Contacts(1),
        "contact_delete" => Effect::Contacts(-1),
        "contact_update" => Effect::ContactLimit,
        "change_conversation_status" => Effect::ConversationStatus,
        "chat_add" => Effect::ChatAdded,
        _ => Effect::Delivery,
    }
}

/// The number of the contact and of the chat in the world, which must stay out of logs.
pub const PHONE_NUMBERS: [&str; 2] = [MOBILE, NUMBER];

pub async fn operations() -> Vec<Operation> {
    let mut operations = Vec::new();
    for call in calls::all() {
        let (name, changes) = (call.operation.id, !call.operation.is_read());
        let effect = if changes { effect(name) } else { Effect::None };
        let mut operation = Operation { name, changes, has_data: false, call, effect };
        operation.has_data = operation.is_answered_with_data().await;
        operations.push(operation);
    }
    operations
}

impl Operation {
    pub fn is_of_chatguru(&self) -> bool {
        self.call.api == Api::ChatGuru
    }

    async fn is_answered_with_data(&self) -> bool {
        let sandbox = Sandbox::builder().profile(Profile::Documented).world(support::world()).start().await.unwrap();
        let client = support::client(self.call.api, &support::origin(&sandbox, self.call.api));
        let answered = (self.call.send)(&client, &self.prepare(&client).await).await.unwrap();
        serde_json::from_slice::<Value>(&answered.body).unwrap().get("data").is_some()
    }

    /// Makes what the call refers to, with a client that nothing is in the way of.
    pub async fn prepare(&self, direct: &Client) -> Names {
        match direct {
            Client::ChatGuru(client) if !self.changes => Names::made_with(client).await.unwrap(),
            _ => Names::of_sandbox(),
        }
    }

    /// Rises by one each time the effect comes about.
    pub async fn effects(&self, sandbox: &Sandbox, world: &World) -> i64 {
        match self.effect {
            Effect::None => 0,
            Effect::Delivery => {
                let deliveries = sandbox.deliveries();
                deliveries.iter().filter(|delivery| delivery.operation == self.name).count().try_into().unwrap()
            }
            Effect::ChatAdded => {
                let added = sandbox.deliveries().iter().filter(|row| row.kind == DeliveryKind::ChatAdded).count();
                added.try_into().unwrap()
            }
            Effect::Contacts(change) => world.count(sandbox, "contacts").await * change,
            Effect::ContactLimit => -world.count(sandbox, "contact_limit_of_user_1").await,
            Effect::ConversationStatus => {
                let status = world.conversation_status(sandbox).await;
                i64::from(status == i64::from(ConversationStatus::Done))
            }
        }
    }
}

/// Looks at the sandbox without the clients that are judged.
pub struct World {
    http: zap_facade::externalapi_client::reqwest::Client,
}

impl World {
    pub fn new() -> Self {
        let builder = zap_facade::externalapi_client::reqwest::Client::builder();
        Self { http: support::direct(builder).build().unwrap() }
    }

    async fn count(&self, sandbox: &Sandbox, count: &str) -> i64 {
        let counts = self.http.get(format!("{}/__sandbox/counts", sandbox.url())).send().await.unwrap();
        let counts: Value = serde_json::from_slice(&counts.bytes().await.unwrap()).unwrap();
        counts[count].as_i64().unwrap()
    }

    async fn conversation_status(&self, sandbox: &Sandbox) -> i64 {
        let url = format!("{}/inbox/conversation-details/1", sandbox.base_url(Provider::EscalaZap));
        let credentials = sandbox.external_api_credentials();
        let request = self.http.get(url).header("client-id", credentials.client_id);
        let answer = request.header("client-secret", credentials.client_secret).send().await.unwrap();
        let answer: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        answer["data"]["conversation"]["status"].as_i64().unwrap()
    }
}
