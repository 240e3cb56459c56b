//! The chat in which a message arrives, and what the payload reports of it.

use serde_json::{Value, json};
use zap_sandbox::{IncomingMessage, Provider, Sandbox, World};

use super::{ANA, Behaviour, Receiver, all_posted, posting_to, start};
use crate::http::Request;

const KEYS: &str = "key=sandbox-chatguru-key&account_id=5d0000000000000000000001";
const FIRST: &str = "5d0000000000000000000002";

/// Runs an action of the chat with this number.
async fn run(sandbox: &Sandbox, phone: &str, number: &str, action: &str) {
    let form = format!("{KEYS}&phone_id={phone}&chat_number={number}&action={action}");
    let answer = Request::new("POST", "/chatguru/api/v1").form(&form).ask(sandbox).await;
    assert!(answer.status < 300, "{}", answer.json());
}

/// Lets a customer write, and returns the payload.
async fn payload(sandbox: &Sandbox, receiver: &Receiver, message: IncomingMessage) -> Value {
    sandbox.receive(Provider::ChatGuru, message).unwrap();
    all_posted(sandbox).await;
    receiver.seen().pop().unwrap().json()
}

/// Returns a world with two phones. The first has two chats, one with tags.
fn two_phones(url: &str) -> World {
    let world = json!({"users": [{"id": 1}], "chatguru": {
        "chats": [
            {"id": "65a0b639600ce7d9be010001", "chat_number": "553187654321", "name": "Ana", "tags": ["VIP", "Região"]},
            {"id": "65a0b639600ce7d9be010002", "chat_number": ANA},
        ],
        "phones": [{"phone_id": "5d00000000000000000000aa"}],
        "webhook_url": url,
    }});
    World::from_json(&world.to_string()).unwrap()
}

#[tokio::test]
async fn custom_fields_and_variables_that_calls_set_are_reported() {
    let receiver = Receiver::start(Behaviour::status(200)).await;
    let sandbox = posting_to(&receiver).await;
    let number = "5511987654321";
    let text = || IncomingMessage::text(number, "x");
    assert_eq!(payload(&sandbox, &receiver, text()).await["campos_personalizados"], json!({}));
    run(&sandbox, FIRST, number, "chat_update_custom_fields&field__Plano=ouro&field__Cidade=S%C3%A3o+Paulo").await;
    run(&sandbox, FIRST, number, "chat_update_custom_fields&field__Plano=prata").await;
    run(&sandbox, FIRST, number, "chat_update_context&var__etapa=2").await;
    run(&sandbox, FIRST, number, "chat_update_name&chat_name=Ana+Maria").await;
    let seen = payload(&sandbox, &receiver, text()).await;
    assert_eq!(seen["campos_personalizados"], json!({"Plano": "prata", "Cidade": "S\u{e3}o Paulo"}));
    assert_eq!((&seen["bot_context"], &seen["nome"]), (&json!({"etapa": "2"}), &json!("Ana Maria")));
    assert!(sandbox.memory().kept > 0);
    let other = payload(&sandbox, &receiver, IncomingMessage::text(ANA, "x")).await;
    assert_eq!((&other["campos_personalizados"], &other["bot_context"]), (&json!({}), &json!({})));
    sandbox.reset();
    sandbox.set_webhook_url(&receiver.url()).unwrap();
    assert_eq!(payload(&sandbox, &receiver, text()).await["bot_context"], json!({}));
}

#[tokio::test]
async fn the_other_spelling_of_a_number_leads_to_its_chat() {
    let receiver = Receiver::start(Behaviour::status(200)).await;
    let sandbox = start(Sandbox::builder().world(two_phones(&receiver.url()))).await;
    let seen = payload(&sandbox, &receiver, IncomingMessage::text("5531987654321", "x")).await;
    assert_eq!((&seen["chat_id"], &seen["celular"]), (&json!("65a0b639600ce7d9be010001"), &json!("553187654321")));
    assert_eq!((&seen["tags"], &seen["nome"]), (&json!(["VIP", "Regi\u{e3}o"]), &json!("Ana")));
    assert_eq!(seen["chat_created"], "2024-01-12 00:47:05.000000");
    let arrived = sandbox.incoming().remove(0);
    assert_eq!(arrived.from, "553187654321");
    run(&sandbox, FIRST, "553187654321", "message_send&text=oi").await;
    assert_eq!(sandbox.deliveries()[0].conversation, arrived.conversation);
    // A stranger has the number that WhatsApp knows.
    let seen = payload(&sandbox, &receiver, IncomingMessage::text("5531900000009", "x")).await;
    assert_eq!(seen["celular"], "553100000009");
}

#[tokio::test]
async fn each_phone_has_its_own_chats() {
    let receiver = Receiver::start(Behaviour::status(200)).await;
    let sandbox = start(Sandbox::builder().world(two_phones(&receiver.url()))).await;
    let first = payload(&sandbox, &receiver, IncomingMessage::text(ANA, "x")).await;
    let second = IncomingMessage::text(ANA, "x").phone_id("5d00000000000000000000aa");
    let second = payload(&sandbox, &receiver, second).await;
    assert_eq!((&first["phone_id"], &second["phone_id"]), (&json!(FIRST), &json!("5d00000000000000000000aa")));
    assert_ne!(first["chat_id"], second["chat_id"]);
    let arrived = sandbox.incoming();
    assert_ne!(arrived[0].conversation, arrived[1].conversation);
    run(&sandbox, "5d00000000000000000000aa", ANA, "message_send&text=oi").await;
    assert_eq!(sandbox.deliveries()[0].conversation, arrived[1].conversation);

    for (provider, part) in
        [("chatguru", "phone_id: the account has no phone"), ("wazime", "phone_id: only the phones")]
    {
        let message = json!({"provider": provider, "from": ANA, "text": "x", "phone_id": "5dABC"});
        let answer = Request::new("POST", "/__sandbox/incoming").json(&message).ask(&sandbox).await;
        let error = answer.json()["error"].as_str().unwrap().to_owned();
        assert!(answer.status == 400 && error.starts_with(part) && !error.contains("5dABC"), "{error}");
    }
    assert_eq!(sandbox.incoming().len(), 2);
}
