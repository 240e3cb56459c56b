//! The JSON schemas of request bodies, which the feature `schemars` adds.

use schemars::{Schema, schema_for};
use serde_json::Value;

use crate::calls;
use crate::client;
use crate::loopback::{Reply, Server};
use crate::types::{MessageSendBody, NumberSearchBody};

/// The schema of each JSON body that has a type of its own.
fn schemas() -> Vec<(&'static str, Schema)> {
    vec![("message_send", schema_for!(MessageSendBody)), ("number_search", schema_for!(NumberSearchBody))]
}

/// Returns the JSON bodies that the calls of all operations send.
async fn sent() -> Vec<(&'static str, Value)> {
    let server = Server::start(Reply::head(204, "")).await;
    let client = client(&server);
    let mut bodies = Vec::new();
    for call in calls::all() {
        let _ = (call.send)(&client).await;
        let request = String::from_utf8(server.requests().pop().unwrap()).unwrap();
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        if head.contains("\r\ncontent-type: application/json") {
            bodies.push((call.operation.id, serde_json::from_str(body).unwrap()));
        }
    }
    bodies
}

/// Checks a value against a schema, as the keywords say that schemars writes. Another keyword fails.
fn check(root: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    let Value::Object(keywords) = schema else {
        return if schema == &Value::Bool(true) { Ok(()) } else { Err(format!("{schema} allows nothing")) };
    };
    for (keyword, operand) in keywords {
        match keyword.as_str() {
            "$ref" => {
                let pointer = operand.as_str().unwrap().strip_prefix('#').unwrap();
                check(root, root.pointer(pointer).unwrap(), value)?;
            }
            "type" => {
                let types = operand.as_array().cloned().unwrap_or_else(|| vec![operand.clone()]);
                let is = |kind: &Value| match kind.as_str().unwrap() {
                    "null" => value.is_null(),
                    "boolean" => value.is_boolean(),
                    "integer" => value.is_i64(),
                    "number" => value.is_number(),
                    "string" => value.is_string(),
                    "array" => value.is_array(),
                    "object" => value.is_object(),
                    other => panic!("the type `{other}`"),
                };
                if !types.iter().any(is) {
                    return Err(format!("{value} is none of {types:?}"));
                }
            }
            "anyOf" => {
                let results = operand.as_array().unwrap().iter().map(|one| check(root, one, value));
                let errors: Vec<_> = results.map(Result::err).collect();
                if errors.iter().all(Option::is_some) {
                    return Err(format!("{errors:?}"));
                }
            }
            "items" => {
                let mut items = value.as_array().into_iter().flatten();
                items.try_for_each(|item| check(root, operand, item))?;
            }
            "required" => {
                let names = operand.as_array().unwrap().iter().map(|name| name.as_str().unwrap());
                if let Some(name) = names.into_iter().find(|name| value.is_object() && value.get(name).is_none()) {
                    return Err(format!("`{name}` is missing"));
                }
            }
            "properties" => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    let property = operand.get(name).ok_or_else(|| format!("`{name}` is not a property"))?;
                    check(root, property, value)?;
                }
            }
            "additionalProperties" => {
                let mut values = value.as_object().into_iter().flatten();
                values.try_for_each(|(_, value)| check(root, operand, value))?;
            }
            "$schema" | "$defs" | "title" | "description" | "default" | "format" => {}
            other => panic!("the keyword `{other}`"),
        }
    }
    Ok(())
}

fn valid(schema: &Schema, value: &Value) -> Result<(), String> {
    check(schema.as_value(), schema.as_value(), value)
}

#[tokio::test]
async fn what_is_sent_is_valid() {
    let (schemas, sent) = (schemas(), sent().await);
    // A list of texts and any JSON are no types of the client.
    let with_a_type = |name: &&str| !["messages_read", "session_configure"].contains(name);
    let names: Vec<_> = schemas.iter().map(|(name, _)| *name).collect();
    let of_sent: Vec<_> = sent.iter().map(|(name, _)| *name).filter(with_a_type).collect();
    assert_eq!(names, of_sent, "each JSON body has a schema");
    for (name, schema) in &schemas {
        let (_, body) = sent.iter().find(|(sent, _)| sent == name).unwrap();
        valid(schema, body).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

/// The schema says what the client demands, at each depth.
#[tokio::test]
async fn a_body_that_lacks_what_is_required_is_invalid() {
    let (schemas, sent) = (schemas(), sent().await);
    let (schema, body) = (&schemas[0].1, &sent[0].1);
    let without = |pointer: &str| {
        let mut body = body.clone();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let removed = body.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name);
        assert!(removed.is_some(), "{pointer}");
        valid(schema, &body)
    };
    let required = ["/number", "/options", "/options/presence", "/quoted/options/presence", "/buttons"];
    for pointer in required.into_iter().chain(["/buttons/0/type", "/buttons/1/label"]) {
        assert!(without(pointer).is_err(), "{pointer} is required");
    }
    for name in body.as_object().unwrap().keys().filter(|name| !required.contains(&&*format!("/{name}"))) {
        assert_eq!(without(&format!("/{name}")), Ok(()), "{name} is optional");
    }
    let with = |pointer: &str, value: Value| {
        let mut body = body.clone();
        *body.pointer_mut(pointer).unwrap() = value;
        valid(schema, &body)
    };
    for (pointer, value) in [
        ("/number", 1.into()),
        ("/delay", "3".into()),
        ("/buttons", Value::Null),
        ("/buttons/0/label", Value::Null),
        ("/mentions/0", 7.into()),
        ("/headers/x-a", false.into()),
        ("/state", 1.into()),
    ] {
        assert!(with(pointer, value).is_err(), "{pointer} has another type");
    }
    // Any state, since the provider may add one, and any JSON where the document allows it.
    assert_eq!(with("/state", "new".into()), Ok(()));
    assert_eq!(with("/media", Value::Null), Ok(()));
}
