//! Adding a chat that exists, and changing one.

use std::time::Duration;

use serde_json::json;

use super::{CHAT, KEYS, ask, effects, form, ok, query, standing, status, with_account};

const DIALOG: &str = "5d0000000000000000000201";

#[tokio::test]
async fn adding_an_existing_chat_sends_the_text_and_changes_the_name_only() {
    let sandbox = standing().await;
    let add = format!("action=chat_add&name=Ana+Souza&text=oi&dialog_id={DIALOG}&{CHAT}");
    let added = ok(&form(&sandbox, &add).await, 201);
    sandbox.clock().advance(Duration::from_secs(1));
    let done = ("done".to_owned(), "Chat adicionado com sucesso!".to_owned());
    assert_eq!(status(&sandbox, KEYS, &added).await, done);
    let to = "5511987654321";
    assert_eq!(effects(&sandbox.deliveries()), [("chat_name", to), ("text", to)]);
    // With its name it changes nothing.
    ok(&form(&sandbox, &add).await, 201);
    assert_eq!(effects(&sandbox.deliveries()), [("chat_name", to), ("text", to), ("text", to)]);
    let fields = ok(&form(&sandbox, &format!("action=chat_update_context&var__a=1&{CHAT}")).await, 200);
    assert_eq!(fields["chat_id"], "5d0000000000000000000101", "it is the same chat");
    assert_eq!(sandbox.deliveries()[3].name.as_deref(), Some("Ana Souza"));
}

#[tokio::test]
async fn the_other_spelling_of_an_existing_chat_leads_to_it() {
    // The first two have the usual spelling of their area. The third does not, and keeps its number.
    for (other, to) in
        [("551187654321", "5511987654321"), ("5531977770003", "553177770003"), ("554177770004", "5541977770004")]
    {
        let chats = json!([{"id": "c", "chat_number": to}]);
        let sandbox = with_account(json!({"phone_id": "p", "chats": chats, "dialogs": [DIALOG]})).await;
        let add = format!("action=chat_add&name=Nina&text=oi&dialog_id={DIALOG}&chat_number={other}");
        let added = ok(&ask(&sandbox, "p", &add).await, 201);
        sandbox.clock().advance(Duration::from_secs(1));
        let (status, description) = status(&sandbox, "key=k&account_id=a&phone_id=p", &added).await;
        assert_eq!(status, "done");
        assert!(description.ends_with(&format!("corrigido para {to}.")), "{description}");
        assert_eq!(effects(&sandbox.deliveries()), [("chat_name", to), ("text", to)]);
        let note = |number: &str| format!("action=chat_update_context&var__a=1&chat_number={number}");
        assert_eq!(ok(&ask(&sandbox, "p", &note(to)).await, 200)["chat_id"], "c");
        assert_eq!(ask(&sandbox, "p", &note(other)).await.status, 400, "no second chat was made");
    }
}

#[tokio::test]
async fn a_new_name_is_also_read_from_the_parameter_name() {
    let sandbox = standing().await;
    for names in ["name=Ana+Dias", "chat_name=&name=Ana+Lopes", "name=other&chat_name=Ana+Reis"] {
        ok(&form(&sandbox, &format!("action=chat_update_name&{names}&{CHAT}")).await, 200);
    }
    let names: Vec<_> = sandbox.deliveries().into_iter().filter_map(|row| row.text).collect();
    assert_eq!(names, ["Ana Dias", "Ana Lopes", "Ana Reis"]);
}

#[tokio::test]
async fn without_variables_the_parameter_context_is_one() {
    let sandbox = standing().await;
    for variables in ["context=quer+um+carro", "context=other&var__etapa=2"] {
        ok(&form(&sandbox, &format!("action=chat_update_context&{variables}&{CHAT}")).await, 200);
    }
    let texts: Vec<_> = sandbox.deliveries().into_iter().filter_map(|row| row.text).collect();
    assert_eq!(texts, ["context: quer um carro", "etapa: 2"]);
}

#[tokio::test]
async fn a_chat_gets_a_name_and_variables() {
    let sandbox = standing().await;
    let name = ok(&form(&sandbox, &format!("action=chat_update_name&chat_name=Ana+Dias&{CHAT}")).await, 200);
    assert_eq!(name["chat_id"], "5d0000000000000000000101");
    let context = format!("action=chat_update_context&var__pedido=42&var__etapa=&other=x&{CHAT}");
    assert_eq!(ok(&query(&sandbox, &context).await, 200)["chat_id"], "5d0000000000000000000101");
    ok(&form(&sandbox, &format!("action=message_send&text=oi&{CHAT}")).await, 201);
    let deliveries = sandbox.deliveries();
    let shown: Vec<_> =
        deliveries.iter().map(|row| (row.kind.name(), row.text.as_deref(), row.name.as_deref())).collect();
    let name = Some("Ana Dias");
    let expected =
        [("chat_name", name, name), ("context", Some("etapa: \npedido: 42"), name), ("text", Some("oi"), name)];
    assert_eq!(shown, expected);
    assert_eq!(deliveries.iter().filter(|row| row.kind.is_message()).count(), 1);
    sandbox.reset();
    ok(&form(&sandbox, &format!("action=message_send&text=oi&{CHAT}")).await, 201);
    assert_eq!(sandbox.deliveries()[0].name.as_deref(), Some("Ana Lima"), "a reset restores the name");
}
