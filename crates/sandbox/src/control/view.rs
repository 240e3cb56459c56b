//! The ledger, the webhook, the clock and the faults as JSON.

use std::{borrow::Cow, time::SystemTime};

use serde_json::{Value, json};

use crate::{
    Call, Delivery, FaultId, FaultInForce, Post, PostOutcome, ReceivedMessage,
    app_state::AppState,
    clock::{millis_of, sandbox_time},
    fault,
    ledger::{CUT, FormPart, ReceivedFile, RequestBody},
    mask::Secrets,
};

pub(super) fn clock(app: &AppState) -> Value {
    json!({"now": sandbox_time(app.clock.millis()), "advanced_ms": app.clock.advanced_millis()})
}

pub(super) fn faults(app: &AppState) -> Value {
    some_faults(app, &app.faults.list())
}

/// Shows faults. Their answers may contain credentials of the world, which are masked.
pub(super) fn some_faults(app: &AppState, faults: &[FaultInForce]) -> Value {
    let mut faults: Vec<Value> = faults.iter().map(fault::show).collect();
    for fault in &mut faults {
        mask(fault, &app.secrets);
    }
    json!({"faults": faults})
}

fn mask(value: &mut Value, secrets: &Secrets) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(masked) = secrets.text(text) {
                *text = masked;
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| mask(value, secrets)),
        Value::Object(map) => map.values_mut().for_each(|value| mask(value, secrets)),
        _ => {}
    }
}

pub(super) fn call(call: &Call) -> Value {
    json!({
        "id": call.id,
        "at": time(call.at),
        "provider": call.provider.slug(),
        "operation": call.operation,
        "request": {
            "method": call.method,
            "target": call.target,
            "headers": call.headers,
            "body": body(&call.body),
        },
        "answer": {
            "status": call.status,
            "headers": call.answer.headers,
            "body": answer_body(&call.answer.body),
            "sent": call.answer.sent.name(),
        },
        "success": call.success,
        "deliveries": call.deliveries,
        "fault": call.fault.map(FaultId::get),
        "duration_ms": duration(call.duration),
    })
}

pub(super) fn delivery(delivery: &Delivery) -> Value {
    let file = delivery.file.as_ref().map(|file| {
        json!({
            "name": file.name,
            "media_type": file.media_type,
            "size": file.size,
            "sha256": file.sha256,
            "kept": file.kept,
        })
    });
    let location = delivery.location.as_ref().map(|place| {
        json!({
            "latitude": place.latitude,
            "longitude": place.longitude,
            "name": place.name,
            "address": place.address,
        })
    });
    let template = delivery.template.as_ref().map(|template| {
        json!({
            "id": template.id,
            "name": template.name,
            "variables": template.variables,
            "header_variables": template.header_variables,
        })
    });
    json!({
        "id": delivery.id,
        "at": time(delivery.at),
        "provider": delivery.provider.slug(),
        "call": delivery.call,
        "operation": delivery.operation,
        "account": delivery.account,
        "conversation": delivery.conversation,
        "to": delivery.to,
        "name": delivery.name,
        "kind": delivery.kind.name(),
        "text": delivery.text,
        "file": file,
        "url": delivery.url,
        "location": location,
        "template": template,
        "state": delivery.state.name(),
        "due": delivery.due.map(time),
    })
}

/// Shows a message from a customer and its posts.
pub(super) fn received(message: &ReceivedMessage) -> Value {
    let post = |post: &Post| {
        let (status, error) = match post.outcome {
            PostOutcome::Answered(status) => (Some(status), None),
            PostOutcome::Failed(failure) => (None, Some(failure.name())),
        };
        json!({
            "id": post.id,
            "at": time(post.at),
            "status": status,
            "error": error,
            "duration_ms": duration(post.duration),
        })
    };
    json!({
        "id": message.id,
        "at": time(message.at),
        "provider": message.provider.slug(),
        "account": message.account,
        "conversation": message.conversation,
        "chat_id": message.chat_id,
        "from": message.from,
        "name": message.name,
        "kind": message.kind.name(),
        "text": message.text,
        "url": message.url,
        "origin": message.origin,
        "post_state": message.post_state.name(),
        "posts": message.posts.iter().map(post).collect::<Vec<_>>(),
        "fault": message.fault.map(FaultId::get),
    })
}

/// Shows the URL of the webhook. Its path and query are masked.
pub(super) fn webhook(app: &AppState) -> Value {
    json!({"url": app.webhook.url().map(|url| url.to_string())})
}

fn time(time: SystemTime) -> String {
    sandbox_time(millis_of(time))
}

/// Returns milliseconds with one decimal place, which is finer than the clock.
fn duration(duration: std::time::Duration) -> f64 {
    (duration.as_secs_f64() * 10_000.0).round() / 10.0
}

fn body(body: &RequestBody) -> Value {
    match body {
        RequestBody::Empty => Value::Null,
        RequestBody::Text(text) => json!(text),
        RequestBody::Form(parts) => parts.iter().map(part).collect(),
    }
}

fn part(part: &FormPart) -> Value {
    match part {
        FormPart::Field { name, value } => json!({"name": name, "value": value}),
        FormPart::File(ReceivedFile { field, file_name, size, sha256, media_type }) => json!({
            "name": field,
            "file_name": file_name,
            "media_type": media_type,
            "size": size,
            "sha256": sha256,
        }),
    }
}

/// Returns the body as JSON if it is complete JSON, and otherwise as text.
fn answer_body(text: &str) -> Value {
    if text.ends_with(CUT) || text.is_empty() {
        return json!(text);
    }
    serde_json::from_str(text).unwrap_or_else(|_| json!(text))
}
