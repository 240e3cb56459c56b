//! The operations: a call of each that succeeds where nothing is in its way, and how often its
//! effect has come about, as the sandbox knows it.

use externalapi_client::types::ConversationStatus;
use serde_json::Value;
use zap_facade::{BoxFuture, Error};
use zap_sandbox::{Provider, Sandbox};

/// What can be seen of a call's result, and what is to be judged.
pub struct Ended {
    pub result: Result<(), Error>,
    /// `Debug` of the answer, in both forms.
    pub shown: String,
}

/// One of the two.
pub enum Client {
    External(externalapi_client::Client),
    ChatGuru(chatguru_client::Client),
}

impl Client {
    fn external(&self) -> &externalapi_client::Client {
        let Self::External(client) = self else { panic!("an operation of ExternalApi") };
        client
    }

    fn chatguru(&self) -> &chatguru_client::Client {
        let Self::ChatGuru(client) = self else { panic!("an operation of ChatGuru") };
        client
    }
}

pub struct Operation {
    pub name: &'static str,
    pub provider: Provider,
    pub changes: bool,
    pub call: for<'c> fn(&'c Client, id: &'c str) -> BoxFuture<'c, Ended>,
    /// How the effect shows in the sandbox.
    effect: Effect,
}

enum Effect {
    None,
    /// Something reached a chat.
    Delivery,
    /// The number of contacts changes by this.
    Contacts(i64),
    /// Each update takes 1 of what is left of the contact limit (fact E13).
    ContactLimit,
    /// The conversation has the status that was asked for.
    ConversationStatus,
}

macro_rules! call {
    ($client:ident, $id:ident => $call:expr) => {
        |client, $id| {
            let $client = client;
            // An operation without a parameter takes no id.
            let _ = $id;
            Box::pin(async move {
                match $call.send().await {
                    Ok(answer) => Ended { shown: format!("{answer:?}\n{answer:#?}"), result: Ok(()) },
                    Err(error) => Ended { shown: String::new(), result: Err(error) },
                }
            })
        }
    };
}

const NUMBER: &str = "5511987654321";
const DIALOG: &str = "5d0000000000000000000201";

/// The number of the contact and of the chat in the world, which must stay out of logs.
pub const PHONE_NUMBERS: [&str; 2] = ["11987654321", NUMBER];

#[allow(clippy::too_many_lines, reason = "a table")]
pub fn operations() -> Vec<Operation> {
    let external = |name, effect: Effect, call| {
        let changes = !matches!(effect, Effect::None);
        Operation { name, provider: Provider::EscalaZap, changes, call, effect }
    };
    let chatguru = |name, effect: Effect, call| {
        let changes = !matches!(effect, Effect::None);
        Operation { name, provider: Provider::ChatGuru, changes, call, effect }
    };
    vec![
        external(
            "contact_store",
            Effect::Contacts(1),
            call!(c, id => c.external().contact_store().body_map(|b| {
                b.firstname("Rui").lastname("Melo").mobile_code("55").mobile("11955550177")
            })),
        ),
        external(
            "contact_update",
            Effect::ContactLimit,
            call!(c, id => c.external().contact_update().contact_id(1).body_map(|b| {
                b.firstname("Ana").lastname("Lima").mobile_code("55").mobile("11987654321").city("Recife")
            })),
        ),
        external("contact_delete", Effect::Contacts(-1), call!(c, id => c.external().contact_delete().contact_id(2))),
        external(
            "change_conversation_status",
            Effect::ConversationStatus,
            call!(c, id => c.external().change_conversation_status().conversation_id(1).body_map(|b| {
                b.status(ConversationStatus::Important)
            })),
        ),
        external(
            "send_message",
            Effect::Delivery,
            call!(c, id => c.external().send_message().body_map(|b| {
                b.mobile_code("55").mobile("11987654321").message("Olá")
            })),
        ),
        external(
            "send_template_message",
            Effect::Delivery,
            call!(c, id => c.external().send_template_message().body_map(|b| {
                b.mobile_code("55").mobile("11987654321").template_id(1)
            })),
        ),
        external("contact_list", Effect::None, call!(c, id => c.external().contact_list())),
        external("conversation_list", Effect::None, call!(c, id => c.external().conversation_list())),
        external(
            "conversation_details",
            Effect::None,
            call!(c, id => c.external().conversation_details().conversation_id(1)),
        ),
        external("template_list", Effect::None, call!(c, id => c.external().template_list())),
        chatguru(
            "message_send",
            Effect::Delivery,
            call!(c, id => c.chatguru().message_send().chat_number(NUMBER).text("Olá")),
        ),
        chatguru(
            "message_file_send",
            Effect::Delivery,
            call!(c, id => c.chatguru().message_file_send().chat_number(NUMBER).file_url("https://files.example/a.pdf")),
        ),
        chatguru(
            "chat_add",
            Effect::Delivery,
            call!(c, id => c.chatguru().chat_add().chat_number("5511955550178").name("Rui").text("Olá")),
        ),
        chatguru(
            "chat_update_custom_fields",
            Effect::Delivery,
            call!(c, id => c.chatguru().chat_update_custom_fields().chat_number(NUMBER).custom_fields([("City", "Recife")])),
        ),
        chatguru(
            "note_add",
            Effect::Delivery,
            call!(c, id => c.chatguru().note_add().chat_number(NUMBER).note_text("Olá")),
        ),
        chatguru(
            "dialog_execute",
            Effect::Delivery,
            call!(c, id => c.chatguru().dialog_execute().chat_number(NUMBER).dialog_id(DIALOG)),
        ),
        chatguru("message_status", Effect::None, call!(c, id => c.chatguru().message_status().message_id(id))),
        chatguru("chat_add_status", Effect::None, call!(c, id => c.chatguru().chat_add_status().chat_add_id(id))),
    ]
}

impl Operation {
    pub fn is_of_chatguru(&self) -> bool {
        self.provider == Provider::ChatGuru
    }

    /// Makes what the call asks about, and returns its id.
    pub async fn prepare(&self, direct: &Client) -> String {
        match self.name {
            "message_status" => {
                let sent = direct.chatguru().message_send().chat_number(NUMBER).text("Olá").send().await.unwrap();
                sent.message_id.clone().unwrap()
            }
            "chat_add_status" => {
                let call = direct.chatguru().chat_add().chat_number("5511955550178").name("Rui").text("Olá");
                call.send().await.unwrap().chat_add_id.clone().unwrap()
            }
            _ => String::new(),
        }
    }

    /// Rises by one each time the effect comes about.
    pub async fn effects(&self, sandbox: &Sandbox, world: &World) -> i64 {
        match self.effect {
            Effect::None => 0,
            Effect::Delivery => {
                let deliveries = sandbox.deliveries();
                // A chat that is added with a first message is one effect with one delivery.
                deliveries.iter().filter(|delivery| delivery.operation == self.name).count().try_into().unwrap()
            }
            Effect::Contacts(change) => world.count(sandbox, "contacts").await * change,
            Effect::ContactLimit => -world.count(sandbox, "contact_limit_of_user_1").await,
            Effect::ConversationStatus => {
                let status = world.conversation_status(sandbox).await;
                i64::from(status == i64::from(ConversationStatus::Important))
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
        Self { http: crate::support::direct(builder).build().unwrap() }
    }

    /// For a sandbox to start from.
    pub fn at_the_start() -> zap_sandbox::World {
        zap_sandbox::World::from_json(include_str!("world.json")).unwrap()
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
