//! Faults as JSON.

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::Provider;

use super::{Action, CannedAnswer, Fault, FaultError, FaultInForce, Moment, Page, PostFault};

/// Reads a fault.
pub(crate) fn read(value: &Value) -> Result<Fault, FaultError> {
    let map = object(value, "")?;
    let (delay, action) = match map.get("do") {
        Some(todo) => action(object(todo, "do")?).map_err(|error| error.within("do"))?,
        None => return Err(FaultError::at("do", "the key is missing; it says what the fault does")),
    };
    let mut fault = Fault { delay, ..Fault::new(action) };
    for (name, value) in map {
        match name.as_str() {
            "do" => {}
            "when" => fault.when = optional(value, moment)?,
            "provider" => fault.provider = optional(value, provider)?,
            "operation" => fault.operation = optional(value, |value| text(value, "operation"))?,
            "times" => fault.times = optional(value, |value| number(value, "times"))?,
            "probability" => {
                let wrong = || FaultError::at("probability", format!("expected a number, not {value}"));
                fault.probability = optional(value, |value| value.as_f64().ok_or_else(wrong))?.unwrap_or(1.0);
            }
            "seed" => fault.seed = optional(value, |value| number(value, "seed"))?,
            "id" | "hits" => return Err(FaultError::at(name, "the sandbox sets this key; leave it out")),
            _ => {
                let known = "when, provider, operation, times, probability, seed and do";
                return Err(FaultError::at(name, format!("unknown key; known keys are {known}")));
            }
        }
    }
    Ok(fault)
}

/// Reads a list of faults.
pub(crate) fn read_list(list: &[Value]) -> Result<Vec<Fault>, FaultError> {
    let one = |(at, value)| read(value).map_err(|error| error.within(&format!("faults[{at}]")));
    list.iter().enumerate().map(one).collect()
}

/// Shows a fault in force, with its id and how often it was applied.
pub(crate) fn show(in_force: &FaultInForce) -> Value {
    let fault = &in_force.fault;
    json!({
        "id": in_force.id.get(),
        "when": match fault.moment() {
            _ if fault.post().is_some() => None,
            Moment::Before => Some("before"),
            Moment::After => Some("after"),
        },
        "provider": fault.its_provider().map(Provider::slug),
        "operation": fault.its_operation(),
        "times": fault.times,
        "probability": fault.probability,
        "seed": fault.seed,
        "do": show_action(fault),
        "hits": in_force.hits,
    })
}

fn show_action(fault: &Fault) -> Value {
    let mut shown = Map::new();
    let action = fault.action.as_ref().map(|action| match action {
        Action::Close => ("close", json!(true)),
        Action::Truncate(bytes) => ("truncate_at", json!(bytes)),
        Action::Answer(CannedAnswer { status, headers, body }) => {
            let headers: Map<String, Value> =
                headers.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
            ("answer", json!({"status": status, "headers": headers, "body": body}))
        }
        Action::Page(Page::Proxy) => ("page", json!("proxy")),
        Action::Page(Page::Maintenance) => ("page", json!("maintenance")),
        Action::WrongTypes => ("wrong_types", json!(true)),
        Action::UnknownEnum => ("unknown_enum", json!(true)),
        Action::Endless => ("endless", json!(true)),
        Action::Post(PostFault::Late(delay)) => ("post_late_ms", json!(u64::try_from(delay.as_millis()).ok())),
        Action::Post(PostFault::Repeated(more)) => ("post_repeat", json!(more)),
        Action::Post(PostFault::Swapped) => ("post_out_of_order", json!(true)),
        Action::DialogContextError => ("dialog_context_error", json!(true)),
    });
    shown.extend(action.map(|(name, value)| (name.to_owned(), value)));
    shown.extend(fault.delay.map(|delay| ("delay_ms".to_owned(), json!(u64::try_from(delay.as_millis()).ok()))));
    Value::Object(shown)
}

fn action(map: &Map<String, Value>) -> Result<(Option<Duration>, Option<Action>), FaultError> {
    let (mut delay, mut action) = (None, None);
    for (name, value) in map {
        let one = match name.as_str() {
            "delay_ms" => {
                delay = Some(Duration::from_millis(number(value, name)?));
                continue;
            }
            "close" => flag(value, name, Action::Close)?,
            "truncate_at" => Action::Truncate(number(value, name)?),
            "answer" => Action::Answer(canned(object(value, name)?).map_err(|error| error.within(name))?),
            "page" => Action::Page(page(value)?),
            "wrong_types" => flag(value, name, Action::WrongTypes)?,
            "unknown_enum" => flag(value, name, Action::UnknownEnum)?,
            "endless" => flag(value, name, Action::Endless)?,
            "post_late_ms" => Action::Post(PostFault::Late(Duration::from_millis(number(value, name)?))),
            "post_repeat" => Action::Post(PostFault::Repeated(number(value, name)?)),
            "post_out_of_order" => flag(value, name, Action::Post(PostFault::Swapped))?,
            "dialog_context_error" => flag(value, name, Action::DialogContextError)?,
            _ => {
                let known = "delay_ms, close, truncate_at, answer, page, wrong_types, unknown_enum, endless, \
                             post_late_ms, post_repeat, post_out_of_order, dialog_context_error";
                return Err(FaultError::at(name, format!("unknown key; known keys are {known}")));
            }
        };
        if action.replace(one).is_some() {
            return Err(FaultError::at(name, "a fault does one thing, besides a delay_ms"));
        }
    }
    Ok((delay, action))
}

fn canned(map: &Map<String, Value>) -> Result<CannedAnswer, FaultError> {
    let mut canned = CannedAnswer { status: 0, headers: Vec::new(), body: Value::Null };
    for (name, value) in map {
        match name.as_str() {
            "status" => {
                canned.status = u16::try_from(number(value, name)?).unwrap_or(0);
            }
            "headers" if value.is_null() => {}
            "headers" => {
                for (header, value) in object(value, name)? {
                    let location = format!("headers.{header}");
                    canned.headers.push((header.clone(), text(value, &location)?));
                }
            }
            "body" => canned.body = value.clone(),
            _ => return Err(FaultError::at(name, "unknown key; known keys are status, headers and body")),
        }
    }
    Ok(canned)
}

fn moment(value: &Value) -> Result<Moment, FaultError> {
    match value.as_str() {
        Some("before") => Ok(Moment::Before),
        Some("after") => Ok(Moment::After),
        _ => Err(FaultError::at("when", format!("expected \"before\" or \"after\", not {value}"))),
    }
}

fn provider(value: &Value) -> Result<Provider, FaultError> {
    let slugs = Provider::ALL.map(Provider::slug).join(", ");
    let wrong = || FaultError::at("provider", format!("expected one of {slugs}, not {value}"));
    value.as_str().and_then(Provider::from_slug).ok_or_else(wrong)
}

fn page(value: &Value) -> Result<Page, FaultError> {
    match value.as_str() {
        Some("proxy") => Ok(Page::Proxy),
        Some("maintenance") => Ok(Page::Maintenance),
        _ => Err(FaultError::at("page", format!("expected \"proxy\" or \"maintenance\", not {value}"))),
    }
}

fn flag(value: &Value, location: &str, action: Action) -> Result<Action, FaultError> {
    if *value == json!(true) {
        Ok(action)
    } else {
        Err(FaultError::at(location, format!("expected true, not {value}")))
    }
}

fn number(value: &Value, location: &str) -> Result<u64, FaultError> {
    value.as_u64().ok_or_else(|| FaultError::at(location, format!("expected a whole number from 0, not {value}")))
}

fn text(value: &Value, location: &str) -> Result<String, FaultError> {
    let wrong = || FaultError::at(location, format!("expected a string, not {value}"));
    value.as_str().map(str::to_owned).ok_or_else(wrong)
}

fn object<'a>(value: &'a Value, location: &str) -> Result<&'a Map<String, Value>, FaultError> {
    value.as_object().ok_or_else(|| FaultError::at(location, "expected an object"))
}

fn optional<T>(value: &Value, read: impl Fn(&Value) -> Result<T, FaultError>) -> Result<Option<T>, FaultError> {
    if value.is_null() { Ok(None) } else { read(value).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_survive_a_round_trip_through_json() {
        for todo in [
            json!({"delay_ms": 5}),
            json!({"close": true, "delay_ms": 7}),
            json!({"truncate_at": 20}),
            json!({"answer": {"status": 503, "headers": {"retry-after": "2"}, "body": {"a": [1]}}}),
            json!({"page": "proxy"}),
            json!({"page": "maintenance"}),
            json!({"wrong_types": true}),
            json!({"unknown_enum": true}),
            json!({"endless": true}),
        ] {
            let written = json!({
                "id": 3, "hits": 0, "when": "after", "provider": "wazime", "operation": "send_message",
                "times": null, "probability": 0.5, "seed": 9, "do": todo,
            });
            let mut asked = written.clone();
            for given in ["id", "hits"] {
                asked.as_object_mut().unwrap().remove(given);
            }
            let fault = read(&asked).unwrap();
            assert_eq!(show(&FaultInForce { id: crate::FaultId(3), fault, hits: 0 }), written);
        }
    }

    #[test]
    fn faults_of_posts_survive_a_round_trip_through_json() {
        for todo in [json!({"post_late_ms": 5}), json!({"post_repeat": 2}), json!({"post_out_of_order": true})] {
            let asked = json!({"provider": "chatguru", "times": 3, "do": todo});
            let shown = show(&FaultInForce { id: crate::FaultId(3), fault: read(&asked).unwrap(), hits: 0 });
            assert_eq!((&shown["do"], &shown["when"], &shown["times"]), (&todo, &json!(null), &json!(3)));
        }
    }

    #[test]
    fn errors_name_the_location() {
        let close = json!({"close": true});
        for (value, expected) in [
            (json!(5), "expected an object"),
            (json!({}), "do: "),
            (json!({"do": 5}), "do: expected an object"),
            (json!({"do": {"explode": true}}), "do.explode: unknown key"),
            (json!({"do": {"close": false}}), "do.close: expected true"),
            (json!({"do": {"close": true, "endless": true}}), "do.endless: a fault does one thing"),
            (json!({"do": {"delay_ms": -1}}), "do.delay_ms: expected a whole number"),
            (json!({"do": {"post_late_ms": "1"}}), "do.post_late_ms: expected a whole number"),
            (json!({"do": {"post_out_of_order": 1}}), "do.post_out_of_order: expected true"),
            (json!({"do": {"post_repeat": 1, "close": true}}), "do.post_repeat: a fault does one thing"),
            (json!({"do": {"truncate_at": 1.5}}), "do.truncate_at: expected a whole number"),
            (json!({"do": {"page": "moon"}}), "do.page: "),
            (json!({"do": {"answer": 5}}), "do.answer: expected an object"),
            (json!({"do": {"answer": {"code": 1}}}), "do.answer.code: unknown key"),
            (json!({"do": {"answer": {"headers": {"a": 1}}}}), "do.answer.headers.a: expected a string"),
            (json!({"do": close, "when": "during"}), "when: "),
            (json!({"do": close, "provider": "twilio"}), "provider: "),
            (json!({"do": close, "operation": 1}), "operation: expected a string"),
            (json!({"do": close, "times": "2"}), "times: expected a whole number"),
            (json!({"do": close, "probability": "often"}), "probability: expected a number"),
            (json!({"do": close, "hits": 0}), "hits: the sandbox sets"),
            (json!({"do": close, "whne": "after"}), "whne: unknown key"),
        ] {
            let error = read(&value).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
        let error = read_list(&[json!({"do": close}), json!({"do": close, "x": 1})]).unwrap_err().to_string();
        assert!(error.starts_with("faults[1].x: unknown key; known keys are when"), "{error}");
    }
}
