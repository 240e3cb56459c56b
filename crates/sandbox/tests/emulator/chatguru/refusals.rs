//! The texts of refusals, and where parameters may be.

use serde_json::json;

use super::{CHAT, KEYS, form, ok, query, refused, standing};
use crate::http::{Part, Request};

#[tokio::test]
async fn invalid_parameters_are_refused() {
    let sandbox = standing().await;
    for (rest, description) in [
        ("action=message_send&text=x".to_owned(), "chat_number é obrigatório"),
        ("action=message_send&text=x&chat_number=%2B5511987654321".to_owned(), "chat_number inválido"),
        (format!("action=message_send&{CHAT}"), "Texto inválido"),
        (format!("action=message_send&text=&{CHAT}"), "Texto inválido"),
        (format!("action=message_send&text=x&send_date=tomorrow&{CHAT}"), "send_date inválida"),
        (format!("action=nothing&{CHAT}"), "ação inválida"),
        (format!("action=Message_Send&text=x&{CHAT}"), "ação inválida"),
        (CHAT.to_owned(), "action é obrigatório"),
        (format!("action=chat_add&name=N&{CHAT}"), "Mensagem inicial inválida"),
        (format!("action=chat_add&name=N&text=&{CHAT}"), "Mensagem inicial inválida"),
        (format!("action=chat_add&text=x&{CHAT}"), "name é obrigatório"),
        (format!("action=chat_add&name=N&text=x&dialog_id=none&{CHAT}"), "Diálogo não encontrado."),
        (format!("action=chat_add&name=N&text=x&send_date=2027-02-30+10:00&{CHAT}"), "send_date inválida"),
        ("action=chat_add_status&chat_add_id=none".to_owned(), "Cadastro de chat não encontrado."),
        (format!("action=chat_update_custom_fields&{CHAT}"), "Nenhum campo personalizado informado."),
        (format!("action=chat_update_context&{CHAT}"), "Nenhuma variável de contexto informada."),
        (format!("action=chat_update_context&var__=x&context=&{CHAT}"), "Nenhuma variável de contexto informada."),
        (format!("action=chat_update_name&{CHAT}"), "chat_name é obrigatório"),
        (format!("action=chat_update_name&chat_name=&name=&{CHAT}"), "chat_name é obrigatório"),
        ("action=message_status&message_id=none".to_owned(), "Mensagem não encontrada"),
        (format!("action=message_file_send&file_url=here&{CHAT}"), "file_url inválida"),
    ] {
        assert_eq!(refused(&form(&sandbox, &rest).await), description, "{rest}");
    }
    for action in [
        "message_send&text=x",
        "message_file_send&file_url=http://x",
        "note_add&note_text=x",
        "chat_update_custom_fields&field__Plano=x",
        "chat_update_context&var__a=x",
        "chat_update_name&chat_name=x",
        "dialog_execute&dialog_id=5d0000000000000000000201",
    ] {
        let unknown = format!("action={action}&chat_number=5511900000000");
        assert_eq!(refused(&query(&sandbox, &unknown).await), "Chat não encontrado.", "{action}");
    }
    assert_eq!(sandbox.deliveries(), []);
    assert_eq!(Request::new("GET", &format!("/chatguru/api/v1?{KEYS}")).ask(&sandbox).await.status, 405);
    assert_eq!(Request::new("POST", "/chatguru/api/v2").ask(&sandbox).await.status, 404);
}

#[tokio::test]
async fn a_missing_credential_is_not_a_wrong_one() {
    const MISSING: &str = "key ou account_id não informado(s)";
    let sandbox = standing().await;
    for (keys, description) in [
        ("", MISSING),
        ("key=sandbox-chatguru-key", MISSING),
        ("account_id=5d0000000000000000000001", MISSING),
        ("key=&account_id=5d0000000000000000000001", MISSING),
        ("key=x&account_id=", MISSING),
        ("key=x&account_id=y", "key inválida"),
        ("key=sandbox-chatguru-key&account_id=y", "account_id inválida"),
        ("key=sandbox-chatguru-key&account_id=5d0000000000000000000001", "phone_id inválida"),
        ("key=sandbox-chatguru-key&account_id=5d0000000000000000000001&phone_id=x", "phone_id inválida"),
    ] {
        let target = format!("/chatguru/api/v1?{keys}&action=note_add&note_text=x&{CHAT}");
        assert_eq!(refused(&Request::new("POST", &target).ask(&sandbox).await), description, "{keys}");
    }
    let wrong = Request::new("POST", "/chatguru/api/v1?key=sandbox-chatguru-key&account_id=x").ask(&sandbox).await;
    let text = r#"{"code":400,"description":"account_id inválida","result":"error"}"#;
    assert_eq!(String::from_utf8(wrong.body).unwrap(), text);
}

#[tokio::test]
async fn custom_fields_that_do_not_exist_are_refused_and_none_is_saved() {
    let sandbox = standing().await;
    let update = "action=chat_update_custom_fields";
    for fields in ["field__Cor=azul", "field__Plano=ouro&field__Cor=azul", "field__plano=x", "field__CRM=x"] {
        let text = refused(&form(&sandbox, &format!("{update}&{fields}&{CHAT}")).await);
        assert!(text.starts_with("Nenhum campo personalizado "), "{text}");
    }
    assert_eq!(sandbox.deliveries(), []);
    let fields = "field__CRM__Link_negocio=https://crm.example/1&field__Email=";
    ok(&form(&sandbox, &format!("{update}&{fields}&{CHAT}")).await, 200);
    let saved = sandbox.deliveries().remove(0).text.unwrap();
    assert_eq!(saved, "CRM__Link_negocio: https://crm.example/1\nEmail: ");
}

#[tokio::test]
async fn forms_are_read_and_json_is_not() {
    let sandbox = standing().await;
    let number = ("chat_number", None, &b"5511987654321"[..]);
    let parts: [Part<'_>; 6] = [
        ("key", None, b"sandbox-chatguru-key"),
        ("account_id", None, b"5d0000000000000000000001"),
        ("phone_id", None, b"5d0000000000000000000002"),
        ("action", None, b"note_add"),
        ("note_text", None, b"multipart"),
        number,
    ];
    let post = |query: &str| Request::new("POST", &format!("/chatguru/api/v1?{query}"));
    ok(&post("").multipart(&parts).ask(&sandbox).await, 200);
    let in_body: [Part<'_>; 3] = [("note_text", None, b"mixed"), number, ("file", Some(("a.pdf", None)), b"%PDF")];
    ok(&post(&format!("{KEYS}&action=note_add")).multipart(&in_body).ask(&sandbox).await, 200);
    // The query string wins.
    let both = post(&format!("{KEYS}&action=note_add&note_text=query")).form(&format!("note_text=body&{CHAT}"));
    ok(&both.ask(&sandbox).await, 200);
    let texts: Vec<_> = sandbox.deliveries().into_iter().filter_map(|row| row.text).collect();
    assert_eq!(texts, ["multipart", "mixed", "query"]);

    let keys = sandbox.chatguru_credentials();
    let json = json!({
        "key": keys.key, "account_id": keys.account_id, "phone_id": keys.phone_id,
        "action": "note_add", "chat_number": "5511987654321", "note_text": "x",
    });
    assert_eq!(refused(&post("").json(&json).ask(&sandbox).await), "key ou account_id não informado(s)");
    let rest = post(&format!("{KEYS}&action=note_add&note_text=x")).json(&json);
    assert_eq!(refused(&rest.ask(&sandbox).await), "chat_number é obrigatório");
    assert_eq!(sandbox.deliveries().len(), 3);
}
