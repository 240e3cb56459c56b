//! The variables of a template message, and how the server fills them in.

use serde_json::{Map, Value};

use crate::php;

use super::{failure::Failure, input::Input};

/// The recipient of a template message.
pub(super) struct Recipient<'a> {
    pub(super) name: &'a str,
    pub(super) number: &'a str,
}

/// Returns the values of a list of variables as they are sent, in order.
pub(super) fn of(input: &Input, name: &str, recipient: &Recipient<'_>) -> Result<Vec<String>, Failure> {
    match input.get(name) {
        None => Ok(Vec::new()),
        Some(Value::Array(list)) => list.iter().map(|value| filled_in(value, recipient)).collect(),
        Some(Value::Object(map)) => in_order(map).map(|value| filled_in(value, recipient)).collect(),
        Some(_) => Err(Failure::exception("foreach() argument must be of type array|object, string given")),
    }
}

/// Returns one value. A name in braces is replaced by the recipient's data if it is the whole value and spelled exactly
/// so. Any other value with double braces becomes blank.
fn filled_in(value: &Value, recipient: &Recipient<'_>) -> Result<String, Failure> {
    if let Value::Number(number) = value {
        return Ok(number.to_string());
    }
    let text = php::text_of(value).ok_or(Failure::Error)?;
    match text.as_str() {
        "{{ contactName }}" => Ok(recipient.name.to_owned()),
        "{{ contactMobile }}" => Ok(recipient.number.to_owned()),
        // An API call has no agent whose name the server could insert.
        "{{ userName }}" => Err(Failure::exception("Attempt to read property \"fullName\" on null")),
        "{{ userMobile }}" => Err(Failure::exception("Attempt to read property \"mobile\" on null")),
        text if has_braces(text) => Ok(" ".to_owned()),
        _ if php::has_invalid_utf8(&text) => Err(Failure::malformed()),
        _ => Ok(text),
    }
}

/// Whether `{{` is followed by `}}` in the same line.
fn has_braces(text: &str) -> bool {
    text.split('\n').any(|line| line.split_once("{{").is_some_and(|(_, rest)| rest.contains("}}")))
}

/// Returns the entries in numeric order: `a[2]` precedes `a[10]`.
fn in_order(map: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    let mut entries: Vec<(&String, &Value)> = map.iter().collect();
    entries.sort_by_key(|(key, _)| key.parse::<u64>().unwrap_or(u64::MAX));
    entries.into_iter().map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::{super::input::input_of, *};
    use serde_json::json;

    fn filled(variables: &Value) -> Result<Vec<String>, Failure> {
        let recipient = Recipient { name: "Ana Souza", number: "5511900000001" };
        of(&input_of(json!({"v": variables})), "v", &recipient)
    }

    #[test]
    fn variables_are_in_the_order_of_their_numbers() {
        assert_eq!(filled(&json!({"10": "k", "2": "c", "0": "a"})).unwrap(), ["a", "c", "k"]);
        assert_eq!(filled(&json!([null, "x", 2.5, true])).unwrap(), ["", "x", "2.5", "1"]);
        assert!(filled(&json!([])).unwrap().is_empty() && filled(&json!(null)).unwrap().is_empty());
        assert!(matches!(filled(&json!("Ana")), Err(Failure::Exception(_))));
        assert_eq!(filled(&json!([["x"]])), Err(Failure::Error));
    }

    #[test]
    fn braces_are_filled_in_or_blanked() {
        for (value, expected) in [
            ("{{ contactName }}", "Ana Souza"),
            (" {{ contactMobile }} ", "5511900000001"),
            ("{{contactName}}", " "),
            ("{{ contactName }} x", " "),
            ("{{}}", " "),
            ("a {{1}} b", " "),
            ("{1}", "{1}"),
            ("}} {{", "}} {{"),
            ("{{ x", "{{ x"),
        ] {
            assert_eq!(filled(&json!([value])).unwrap(), [expected], "{value}");
        }
        for value in ["{{ userName }}", "{{ userMobile }}"] {
            assert!(matches!(filled(&json!([value])), Err(Failure::Exception(_))), "{value}");
        }
        assert_eq!(filled(&json!(["{{userName}}"])).unwrap(), [" "]);
    }
}
