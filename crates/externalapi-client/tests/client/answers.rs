//! The client reads answers in shapes that were recorded or documented. The examples are the project's own, so that
//! they are also checked where the recordings are missing.

use externalapi_client::types::ConversationStatus;
use externalapi_client::{Client, ErrorKind, Outcome};
use serde_json::json;

use crate::loopback::{Reply, Server};
use crate::support;

async fn answering(answer: serde_json::Value) -> (Server, Client) {
    let server = Server::start(Reply::json(&answer.to_string())).await;
    let client = support::client(&server.origin).build().unwrap();
    (server, client)
}

/// Absent properties are left out, and no schema requires them, neither for reading nor for writing.
#[cfg(feature = "schemars")]
#[test]
fn no_property_of_an_answer_is_required() {
    use externalapi_client::types::{Contact, ContactListResponse};
    use schemars::generate::SchemaSettings;

    for settings in [SchemaSettings::default(), SchemaSettings::default().for_serialize()] {
        let schema = settings.into_generator().into_root_schema_for::<ContactListResponse>();
        let text = schema.as_value().to_string();
        assert!(!text.contains("\"required\"") && text.contains("\"firstname\""), "{text}");
    }
    assert_eq!(serde_json::to_value(Contact::default()).unwrap(), json!({"details": {}}));
}

#[tokio::test]
async fn half_a_surrogate_pair_is_left_out_of_an_error() {
    let body = r#"{"status":"error","remark":"not_found","message":["a HALF","b",-1e999]}"#;
    let server = Server::start(Reply::json(&body.replace("HALF", "\\ud83d"))).await;
    let client = support::client(&server.origin).build().unwrap();
    let error = client.contact_list().send().await.unwrap_err();
    assert_eq!((error.remark(), error.messages()), (Some("not_found"), &["a ".to_owned(), "b".to_owned()][..]));
}

/// The texts that PHP prints before or after an answer, and byte order marks, are not part of it.
#[tokio::test]
async fn an_answer_is_believed_between_what_php_prints() {
    let warning = "<br />\n<b>Warning</b>:  Undefined array key in <b>/app/a.php</b> on line <b>3</b><br />\n";
    let success = r#"{"status":"success","remark":"contact_created","data":{"contact":{"id":7}}}"#;
    let refusal = r#"{"status":"error","remark":"not_found","message":["Não."]}"#;
    let store = async |body: String| {
        let server = Server::start(Reply::new(200, "text/html", body)).await;
        let client = support::client(&server.origin).build().unwrap();
        let call = client.contact_store();
        call.body_map(|b| b.firstname("Ana").lastname("Souza").mobile_code("55").mobile("11987654321")).send().await
    };
    for (before, after) in
        [(warning, ""), ("\u{feff}\u{feff}", ""), (" \n\u{feff}", "\n"), ("", warning), (warning, warning)]
    {
        let stored = store([before, success, after].concat()).await.unwrap();
        assert_eq!(stored.data.as_ref().unwrap().contact.as_ref().unwrap().id, Some(7));
        let error = store([before, refusal, after].concat()).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Refused, Outcome::NotDone));
        assert_eq!(error.messages(), ["Não."]);
    }
    // A page that quotes an answer, a cut one and two of them are none.
    for body in [
        format!("<pre>{success}</pre>"),
        format!("<html>{success}"),
        format!("{warning}<p>{success}"),
        format!("{success}<p>"),
        format!("{success}{success}"),
        format!("{refusal}{success}"),
        format!("{warning}{}", &success[..success.len() - 1]),
        format!("<b>Fatal error</b>: x in <b>a</b> on line <b>3</b><br />\n{success}"),
    ] {
        let error = store(body).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::UnexpectedAnswer, Outcome::Unknown), "{error}");
    }
}

/// Laravel's message bags, and what PHP takes for false in the place of an object.
#[tokio::test]
async fn a_success_stays_one_whatever_holds_its_texts_and_its_data() {
    for body in [
        json!({"status": "success", "message": {"success": ["Contato salvo"]}, "data": {"contact": {"id": 7}}}),
        json!({"status": "success", "message": {"a": {"b": [["x"], {"c": "y"}]}}, "data": {"contact": [], "more": 1}}),
        json!({"status": "success", "remark": "contact_created", "message": ["ok"], "data": false}),
        json!({"status": "success", "remark": "contact_save", "message": false, "data": ""}),
        json!({"status": "success", "message": 0, "data": 0}),
        json!({"status": "success", "message": "", "data": []}),
        json!({"status": "success", "message": {}, "data": null}),
        json!({"status": "success", "data": {"contact": false}}),
        json!({"status": "success", "data": {"contact": {"id": 7, "address": false, "details": "", "tags": false}}}),
    ] {
        let (_server, client) = answering(body.clone()).await;
        let call = client.contact_store();
        let call = call.body_map(|b| b.firstname("Ana").lastname("Souza").mobile_code("55").mobile("11987654321"));
        let answer = call.send().await.unwrap_or_else(|error| panic!("{body}: {error}"));
        let id = answer.data.as_ref().and_then(|data| data.contact.as_ref()).and_then(|contact| contact.id);
        assert!(id.is_none_or(|id| id == 7), "{body}");
    }
    let (_server, client) = answering(json!({"status": "success", "message": {"success": ["a", ["b"]]}})).await;
    assert_eq!(
        client.contact_delete().contact_id(1).send().await.unwrap().message.as_deref(),
        Some(&["a".to_owned(), "b".to_owned()][..])
    );
    // The answer of a template in another version (fact E20).
    let sent =
        json!({"remark": "template_sent", "status": "success", "message": ["ok"], "data": {"conversation_id": 9}});
    let (_server, client) = answering(sent).await;
    let call = client.send_template_message();
    let sent = call.body_map(|b| b.mobile_code("55").mobile("11987654321").template_id(1)).send().await.unwrap();
    assert_eq!(sent.data.as_ref().unwrap().conversation_id, Some(9));
    // A value that is not an object is an error, and does not count as absent.
    for data in [json!("text"), json!(true), json!(1), json!([1])] {
        let (_server, client) = answering(json!({"status": "success", "data": data})).await;
        let call = client.contact_store();
        let call = call.body_map(|b| b.firstname("Ana").lastname("Souza").mobile_code("55").mobile("11987654321"));
        let error = call.send().await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Undecodable, Outcome::Done), "{data}");
    }
}

#[tokio::test]
async fn a_page_of_contacts_with_what_php_makes_of_them() {
    let (_server, client) = answering(json!({
        "remark": "contact-list", "status": "success", "message": ["Contact data fetched successfully."],
        "data": {"contacts": {
            "current_page": 1, "last_page": 3, "per_page": "2", "total": 5, "from": 1, "to": 2,
            "next_page_url": "https://zap.example/external-api/contact/list?page=2", "prev_page_url": null,
            "links": [{"url": null, "label": "‹", "active": false}],
            "data": [
                {"id": 12, "firstname": "Ana", "lastname": null, "mobile_code": 55, "mobile": 11_987_654_321_i64,
                 "address": {"city": "Recife", "post_code": 50030}, "details": {"empresa": "Padaria"},
                 "is_blocked": false, "some_new_column": {"a": [1]}},
                {"id": "13", "firstname": "Bia", "address": [], "details": []},
            ],
        }},
    }))
    .await;
    let answer = client.contact_list().send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "application/json");
    let page = answer.data.as_ref().unwrap().contacts.as_ref().unwrap();
    assert_eq!((page.current_page, page.last_page, page.per_page, page.total), (Some(1), Some(3), Some(2), Some(5)));
    assert_eq!(page.prev_page_url, None);
    let [ana, bia] = page.data.as_deref().unwrap() else { panic!("two contacts") };
    assert_eq!(ana.mobile_code.as_deref(), Some("55"), "a number is kept as text");
    assert_eq!(ana.mobile.as_deref(), Some("11987654321"));
    assert_eq!(ana.lastname, None);
    assert_eq!(ana.is_blocked, Some(0));
    let address = ana.address.as_ref().unwrap();
    assert_eq!((address.city.as_deref(), address.post_code.as_deref()), (Some("Recife"), Some("50030")));
    assert_eq!(ana.details["empresa"], "Padaria");
    assert_eq!((bia.id, bia.address.is_none(), bia.details.is_empty()), (Some(13), true, true));
    assert!(String::from_utf8_lossy(answer.body()).contains("some_new_column"), "what no type has is in the body");
}

#[tokio::test]
async fn a_byte_order_mark_does_not_hide_a_success() {
    let server = Server::start(Reply::json("\u{feff}\n{\"status\":\"success\",\"remark\":\"contact_deleted\"}")).await;
    let client = support::client(&server.origin).build().unwrap();
    let answer = client.contact_delete().contact_id(1).send().await.unwrap();
    assert_eq!(answer.remark.as_deref(), Some("contact_deleted"));
}

#[tokio::test]
async fn a_conversation_with_a_status_nobody_knows() {
    let (_server, client) = answering(json!({
        "remark": "conversation_details", "status": "success",
        "data": {"conversation": {"id": 7, "status": 9, "contact": null, "notes": [{"note": "Ligar"}]}},
    }))
    .await;
    let answer = client.conversation_details().conversation_id(7).send().await.unwrap();
    let conversation = answer.data.as_ref().unwrap().conversation.as_ref().unwrap();
    assert_eq!(conversation.status, Some(ConversationStatus::Unknown(9)));
    assert!(conversation.contact.is_none());
    assert_eq!(conversation.notes.as_deref().unwrap()[0].note.as_deref(), Some("Ligar"));
}
