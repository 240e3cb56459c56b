//! Every recorded answer, through the clients.
//!
//! `RECORDINGS` names the folder; the second recordings and the sequences are sought beside it, unless
//! `RECORDINGS_2` and `SEQUENCES` name their folders. Each recorded answer is served from loopback to
//! the operation it was taken of, and what comes out is compared with what was recorded: a success
//! field by field, an error by its kind, remark, texts and outcome. The rules of comparison are written
//! here again, so that they can catch mistakes of the clients.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

use externalapi_client::types::ConversationStatus;
use externalapi_client::zap_client_runtime::Safety;
use externalapi_client::{Client, Error, ErrorKind, Outcome, ResponseValue, operations};
use serde::Serialize;
use serde_json::Value;

use crate::support::{self, Reply, Server, recordings};

/// The result of an answer: the value as JSON, or the error.
type Replayed = Result<Value, Error>;

#[tokio::test]
async fn every_recorded_answer_is_read_as_it_was_recorded() {
    let Some(folder) = recordings::folder() else {
        assert!(std::env::var_os("CI").is_none(), "RECORDINGS must be set in CI: the replay cannot be skipped there");
        // Past the test harness, which would swallow it.
        let _ = writeln!(
            std::io::stderr(),
            "\nSKIPPED: the replay of recorded answers. Set RECORDINGS to the folder of the recordings to run it.\n"
        );
        return;
    };
    let counts = replay(recordings::all(&folder)).await;
    assert!(counts["success"] >= 100 && counts["error"] >= 100, "the recordings are not all there: {counts:?}");
}

#[tokio::test]
async fn every_answer_of_the_second_recordings_and_of_the_sequences_is_read_as_it_was_recorded() {
    for (found, name, least) in
        [(recordings::second(), "RECORDINGS_2", 10), (recordings::sequences(), "SEQUENCES", 1000)]
    {
        let Some(folder) = found else {
            assert!(std::env::var_os("CI").is_none(), "{name} must be there in CI: the replay cannot be skipped there");
            let _ = writeln!(std::io::stderr(), "\nSKIPPED: the replay of recorded answers: {name} names no folder.\n");
            continue;
        };
        let all = if name == "SEQUENCES" { recordings::steps(&folder) } else { recordings::all(&folder) };
        let counts = replay(all).await;
        assert!(counts["success"] >= least && counts["error"] >= least, "they are not all there: {counts:?}");
    }
}

/// Serves each recorded answer and returns how many were successes and errors.
async fn replay(all: Vec<(String, Value)>) -> BTreeMap<&'static str, usize> {
    let server = Server::start(Reply::Close).await;
    let client = support::externalapi(&server.origin).build().unwrap();
    let mut counts = BTreeMap::new();
    let mut failures = Vec::new();
    for (name, recording) in all {
        let operation = recordings::operation(&recording);
        server.reply_with(reply(&recording));
        let replayed = call(&client, operation).await;
        let kind = match &replayed {
            Ok(_) => "success",
            Err(_) => "error",
        };
        *counts.entry(kind).or_insert(0) += 1;
        if let Err(why) = check(&recording, operation, &replayed) {
            failures.push(format!("{name} ({operation}): {why}"));
        }
    }
    let _ = writeln!(std::io::stderr(), "replayed: {counts:?}");
    assert!(failures.is_empty(), "{} of {counts:?} failed:\n{}", failures.len(), failures.join("\n"));
    counts
}

fn reply(recording: &Value) -> Reply {
    let response = &recording["response"];
    let status = response["status"].as_u64().unwrap().try_into().unwrap();
    let content_type = response["content_type"].as_str().unwrap_or("text/html; charset=UTF-8");
    let body = match (&response["body"], &response["html"]) {
        (Value::Null, Value::Null) => String::new(),
        (Value::Null, html) => format!("<!DOCTYPE html><title>{}</title>", html["title"].as_str().unwrap_or_default()),
        (body, _) => body.to_string(),
    };
    Reply::new(status, content_type, body)
}

async fn call(client: &Client, operation: &str) -> Replayed {
    fn json<T: Serialize>(answer: ResponseValue<T>) -> Value {
        serde_json::to_value(answer.into_inner()).unwrap()
    }
    match operation {
        "contact_list" => client.contact_list().send().await.map(json),
        "contact_store" => {
            let body = |b: externalapi_client::types::builder::ContactStoreBody| {
                b.firstname("A").lastname("B").mobile_code("55").mobile("11987654321")
            };
            client.contact_store().body_map(body).send().await.map(json)
        }
        "contact_update" => {
            let body = |b: externalapi_client::types::builder::ContactUpdateBody| {
                b.firstname("A").lastname("B").mobile_code("55").mobile("11987654321")
            };
            client.contact_update().contact_id(1).body_map(body).send().await.map(json)
        }
        "contact_delete" => client.contact_delete().contact_id(1).send().await.map(json),
        "conversation_list" => client.conversation_list().send().await.map(json),
        "conversation_details" => client.conversation_details().conversation_id(1).send().await.map(json),
        "change_conversation_status" => {
            let call = client.change_conversation_status().conversation_id(1);
            call.body_map(|b| b.status(ConversationStatus::Done)).send().await.map(json)
        }
        "send_message" => {
            let body = |b: externalapi_client::types::builder::SendMessageBody| {
                b.mobile_code("55").mobile("11987654321").message("x")
            };
            client.send_message().body_map(body).send().await.map(json)
        }
        "send_template_message" => {
            let body = |b: externalapi_client::types::builder::SendTemplateMessageBody| {
                b.mobile_code("55").mobile("11987654321").template_id(1)
            };
            client.send_template_message().body_map(body).send().await.map(json)
        }
        "template_list" => client.template_list().send().await.map(json),
        other => panic!("no call for {other}"),
    }
}

fn check(recording: &Value, operation: &str, replayed: &Replayed) -> Result<(), String> {
    let body = &recording["response"]["body"];
    match (body["status"].as_str(), replayed) {
        (Some("success"), Ok(value)) => same(body, value, "body"),
        (Some("success"), Err(error)) if has_list_for_coordinate(body) && error.outcome() == Outcome::Done => Ok(()),
        (Some("success"), Err(error)) => Err(format!("a success became {error}")),
        (_, Ok(_)) => Err("an error became a success".into()),
        (word, Err(error)) => check_error(recording, operation, word.is_some(), error),
    }
}

/// Whether the answer echoes a list where a location has a text: only a caller who sends a list gets one,
/// and the clients send none. They cannot read it, and say that the message went out.
fn has_list_for_coordinate(body: &Value) -> bool {
    let location = body["data"]["message"]["location"].as_object();
    location.is_some_and(|location| location.values().any(Value::is_array))
}

fn check_error(recording: &Value, operation: &str, in_band: bool, error: &Error) -> Result<(), String> {
    let response = &recording["response"];
    let status = response["status"].as_u64().unwrap();
    let remark = response["body"]["remark"].as_str();
    let messages: Vec<String> = match &response["body"]["message"] {
        Value::String(text) => vec![text.clone()],
        Value::Array(texts) => texts.iter().map(|text| text.as_str().unwrap().to_owned()).collect(),
        _ => Vec::new(),
    };
    let kind = if in_band { ErrorKind::Refused } else { ErrorKind::UnexpectedAnswer };
    let reads = operations::ALL.iter().any(|one| one.id == operation && one.safety == Safety::Read);
    let proven = [401, 404, 405].contains(&status) || remark.is_some_and(|remark| support::REFUSALS.contains(&remark));
    let outcome = if reads || proven { Outcome::NotDone } else { Outcome::Unknown };

    let expected = (kind, outcome, Some(status), remark);
    let is = (error.kind(), error.outcome(), error.status().map(|status| u64::from(status.as_u16())), error.remark());
    if is != expected {
        return Err(format!("expected {expected:?}, got {is:?}"));
    }
    if messages.len() != error.messages().len()
        || !messages.iter().zip(error.messages()).all(|(recorded, shown)| is_scrubbed(recorded, shown))
    {
        return Err(format!("{messages:?} became {:?}", error.messages()));
    }
    let observed = &recording["observed"];
    let sent = observed["sent_to_whatsapp"].as_array().is_some_and(|sent| !sent.is_empty());
    let delivered = sent || observed["database_change"]["messages"].as_i64().unwrap_or(0) > 0;
    if delivered && error.outcome() == Outcome::NotDone {
        return Err("a message was delivered, and the error says that it was not".into());
    }
    Ok(())
}

/// Whether `shown` is `recorded` with secrets, and only they, taken out: some recorded texts quote a
/// URL with WhatsApp's access token, or the caller's own secret (fact E11).
fn is_scrubbed(recorded: &str, shown: &str) -> bool {
    // Texts without end are cut.
    if let Some(cut) = shown.strip_suffix('…').filter(|cut| cut.len() >= 8 * 1024) {
        return recorded.starts_with(cut);
    }
    if !["access_token=", "client_secret"].iter().any(|name| recorded.contains(name)) {
        return recorded == shown;
    }
    let mut rest = recorded;
    let kept = shown.split("***").all(|piece| match rest.find(piece) {
        Some(at) => {
            rest = &rest[at + piece.len()..];
            true
        }
        None => false,
    });
    kept && shown.contains("***") && !shown.contains("WA-ACCESS-TOKEN")
}

/// Whether `value` says the same as `recorded`: as text where the types differ, absent where it was
/// null or PHP's empty object. A key that no type has may be left out.
fn same(recorded: &Value, value: &Value, place: &str) -> Result<(), String> {
    match (recorded, value) {
        (Value::Object(recorded), Value::Object(value)) => {
            if let Some(invented) = value.keys().find(|key| !recorded.contains_key(*key)) {
                return if is_empty(&value[invented]) {
                    Ok(())
                } else {
                    Err(format!("{place}.{invented} was invented"))
                };
            }
            for (key, recorded) in recorded {
                match value.get(key) {
                    Some(value) => same(recorded, value, &format!("{place}.{key}"))?,
                    None if is_empty(recorded) || !known().contains(key) => {}
                    None => return Err(format!("{place}.{key} is lost")),
                }
            }
            Ok(())
        }
        (Value::Array(recorded), Value::Array(value)) if recorded.len() == value.len() => recorded
            .iter()
            .zip(value)
            .enumerate()
            .try_for_each(|(index, (recorded, value))| same(recorded, value, &format!("{place}[{index}]"))),
        _ if is_empty(recorded) && is_empty(value) => Ok(()),
        _ if text(recorded).is_some() && text(recorded) == text(value) => Ok(()),
        // The same number may be written in other ways.
        (Value::Number(recorded), Value::String(text)) if recorded.as_f64() == text.parse().ok() => Ok(()),
        _ => Err(format!("{place}: {recorded} became {value}")),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => false,
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

/// The names of all properties in the types of the answers.
fn known() -> &'static BTreeSet<String> {
    static KNOWN: std::sync::LazyLock<BTreeSet<String>> = std::sync::LazyLock::new(|| {
        use externalapi_client::types::{
            ContactListResponse, ContactStoreResponse, ConversationDetailsResponse, ConversationListResponse,
            SendMessageResponse, TemplateListResponse,
        };
        let mut names = BTreeSet::new();
        for schema in [
            schemars::schema_for!(ContactListResponse),
            schemars::schema_for!(ContactStoreResponse),
            schemars::schema_for!(ConversationDetailsResponse),
            schemars::schema_for!(ConversationListResponse),
            schemars::schema_for!(SendMessageResponse),
            schemars::schema_for!(TemplateListResponse),
        ] {
            property_names(schema.as_value(), &mut names);
        }
        assert!(names.contains("whatsapp_message_id") && names.contains("needs_human_reply"), "{names:?}");
        names
    });
    &KNOWN
}

fn property_names(schema: &Value, names: &mut BTreeSet<String>) {
    let Some(schema) = schema.as_object() else { return };
    names.extend(
        schema.get("properties").and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name.clone()),
    );
    schema.values().for_each(|value| match value {
        Value::Array(items) => items.iter().for_each(|item| property_names(item, names)),
        other => property_names(other, names),
    });
}
