//! How calls are recorded, and how entries are selected over HTTP.

use serde_json::{Value, json};
use zap_sandbox::{FormPart, RequestBody, Sandbox, Sent};

use crate::http::Request;

use super::{CHATGURU, SEND, control, send};

#[tokio::test]
async fn a_call_is_recorded_without_secrets() {
    let sandbox = Sandbox::start().await.unwrap();
    let secret = sandbox.external_api_credentials().client_secret;
    let form = format!("mobile_code=55&mobile=11987654321&message=a&message=b&token=abc&note={secret}");
    Request::new("POST", &format!("{SEND}?x=1&api_key=zzz"))
        .signed(&sandbox)
        .header("cookie", "session=1")
        .header("authorization", "Bearer zzz")
        .form(&form)
        .ask(&sandbox)
        .await
        .success();
    let call = sandbox.calls().remove(0);
    assert_eq!(call.target, format!("{SEND}?x=1&api_key=***"));
    for name in ["client-id", "client-secret", "cookie", "authorization"] {
        let value = call.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        assert_eq!(value, Some("***"), "{name}");
    }
    let RequestBody::Form(parts) = &call.body else { panic!("{:?}", call.body) };
    let fields: Vec<_> = parts
        .iter()
        .map(|part| match part {
            FormPart::Field { name, value } => (name.as_str(), value.as_str()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        fields,
        [
            ("mobile_code", "55"),
            ("mobile", "11987654321"),
            ("message", "a"),
            ("message", "b"),
            ("token", "***"),
            ("note", "***"),
        ]
    );
    assert_eq!((call.status, call.answer.sent, call.fault), (200, Sent::Whole, None));
    let shown = control(&sandbox, &format!("calls/{}", call.id)).await;
    assert_eq!(shown["request"]["target"], format!("{SEND}?x=1&api_key=***"));
    assert_eq!(shown["request"]["body"][3], json!({"name": "message", "value": "b"}));
    assert_eq!(shown["answer"]["body"]["data"]["message"]["message"], "b");
    assert_eq!((&shown["answer"]["status"], &shown["answer"]["sent"]), (&json!(200), &json!("whole")));
    assert!(!shown.to_string().contains(&secret) && !shown.to_string().contains("zzz"));
}

#[tokio::test]
async fn bodies_other_than_forms_are_shown_as_text() {
    let sandbox = Sandbox::start().await.unwrap();
    let secret = sandbox.external_api_credentials().client_secret;
    let ask = |kind: &str, body: String| Request::new("POST", SEND).signed(&sandbox).body(kind, body);
    ask("application/json", format!(r#"{{"message": "{secret}", "client_secret": "x"}}"#)).ask(&sandbox).await;
    ask("application/json", format!(r#"{{"message": "{}"}}"#, "é".repeat(5000))).ask(&sandbox).await;
    ask("text/plain", "key=abc&a=b".to_owned()).ask(&sandbox).await;
    Request::new("GET", "/escalazap/external-api/contact/list?paginate=25").signed(&sandbox).ask(&sandbox).await;
    let calls = sandbox.calls();
    let text = |at: usize| match &calls[at].body {
        RequestBody::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(text(0), r#"{"client_secret":"***","message":"***"}"#);
    assert!(text(1).ends_with("é… (cut)") && text(1).len() < 4200);
    assert_eq!(text(2), "key=***&a=b");
    assert_eq!(calls[3].body, RequestBody::Empty);
    let list = &calls[3].answer.body;
    assert!(list.len() < 17_000, "at most 16 KiB: {}", list.len());
}

#[tokio::test]
async fn entries_are_selected_by_cursor_provider_and_number() {
    let sandbox = Sandbox::start().await.unwrap();
    for n in 0..5 {
        send(&sandbox, &format!("message={n}")).await;
        Request::new("POST", &format!("{CHATGURU}&action=note_add&note_text={n}")).ask(&sandbox).await;
    }
    let texts = |shown: &Value| -> Vec<String> {
        let text =
            |row: &Value| format!("{}{}", &row["provider"].as_str().unwrap()[..1], row["text"].as_str().unwrap());
        shown["entries"].as_array().unwrap().iter().map(text).collect()
    };
    let first = control(&sandbox, "ledger?limit=3").await;
    assert_eq!(texts(&first), ["c3", "e4", "c4"], "the last ones, in order");
    let all = control(&sandbox, "ledger").await;
    assert_eq!(all["entries"].as_array().unwrap().len(), 10);
    let cursor = all["entries"][3]["id"].as_u64().unwrap();
    let next = control(&sandbox, &format!("ledger?after={cursor}&limit=2&provider=escalazap")).await;
    assert_eq!(texts(&next), ["e2", "e3"], "the first ones after the cursor");
    let none = control(&sandbox, &format!("calls?after={}", u64::MAX)).await;
    assert_eq!((&none["calls"], &none["last"]), (&json!([]), &json!(u64::MAX)));
    let calls = control(&sandbox, "calls?provider=chatguru&limit=1").await;
    assert_eq!(calls["calls"][0]["operation"], "note_add");
    for wrong in ["ledger?after=x", "ledger?limit=-1", "calls?provider=twilio", "calls?from=1", "calls/abc"] {
        let answer = Request::new("GET", &format!("/__sandbox/{wrong}")).ask(&sandbox).await;
        assert_eq!(answer.status, 400, "{wrong}");
        assert!(answer.json()["error"].is_string());
    }
    assert_eq!(Request::new("GET", "/__sandbox/calls/99").ask(&sandbox).await.status, 404);
}
