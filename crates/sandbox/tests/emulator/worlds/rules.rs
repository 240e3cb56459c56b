//! Validation rules and comparisons of the model, from the recordings.

use serde_json::{Map, Value, json};

use super::{
    call::File,
    model::{ANY, Expected},
};

pub(super) fn get(input: &Map<String, Value>, name: &str) -> Value {
    input.get(name).cloned().unwrap_or_default()
}

/// Trims texts and replaces empty ones by null.
pub(super) fn cleaned(input: &Map<String, Value>) -> Map<String, Value> {
    fn clean(value: &Value) -> Value {
        match value {
            Value::String(text) if text.trim().is_empty() => Value::Null,
            Value::String(text) => json!(text.trim()),
            Value::Array(list) => list.iter().map(clean).collect(),
            other => other.clone(),
        }
    }
    input.iter().map(|(name, value)| (name.clone(), clean(value))).collect()
}

/// Whether PHP converts the value to false.
pub(super) fn falsy(value: &Value) -> bool {
    [json!(null), json!(""), json!("0"), json!(0), json!(0.0), json!(false), json!([]), json!({})].contains(value)
}

/// Compares an id with the value in a call. Of a text, the leading digits count.
pub(super) fn same_id(id: i64, value: &Value) -> bool {
    match value {
        Value::String(text) => {
            let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
            let negative = text.starts_with('-');
            !negative && if digits.is_empty() { id == 0 } else { digits.parse() == Ok(id) }
        }
        Value::Number(number) => number.as_i64() == Some(id),
        _ => false,
    }
}

/// Compares a text column with the value in a call. A number is compared as a number.
pub(super) fn same_text(column: &Value, value: &Value) -> bool {
    let column = column.as_str().unwrap();
    match value {
        Value::String(text) => column.eq_ignore_ascii_case(text),
        Value::Number(number) => column.parse::<f64>().ok() == number.as_f64(),
        _ => false,
    }
}

/// Whether a name or the number contains the text, ignoring case and accents.
pub(super) fn mentions(row: &Value, needle: &str) -> bool {
    let plain = |text: &str| -> String {
        let lower = text.to_lowercase();
        lower
            .replace(['á', 'ã', 'å'], "a")
            .replace(['é', 'ë'], "e")
            .replace('ç', "c")
            .replace(['ó', 'ã'], "o")
            .replace('ü', "u")
            .replace('õ', "o")
    };
    ["firstname", "lastname", "mobile"]
        .iter()
        .any(|name| row[name].as_str().is_some_and(|text| plain(text).contains(&plain(needle))))
}

pub(super) fn full_name(row: &Value) -> String {
    let part = |name: &str| row[name].as_str().unwrap_or_default();
    let name = format!("{} {}", part("firstname"), part("lastname"));
    if name.trim().is_empty() { format!("+{}{}", part("mobile_code"), part("mobile")) } else { name.trim().to_owned() }
}

pub(super) fn invalid(complaints: &[String]) -> Expected {
    let body = json!({"remark": "validation_error", "status": "error", "message": complaints});
    Expected { status: 200, body, delivered: Vec::new() }
}

fn is_empty(value: &Value) -> bool {
    [json!(null), json!([]), json!({})].contains(value)
}

fn required(name: &str) -> String {
    format!("O campo {} é obrigatório.", name.replace('_', " "))
}

fn mobile(input: &Map<String, Value>) -> Option<String> {
    let wrong = "O formato do campo mobile é inválido.".to_owned();
    match get(input, "mobile") {
        value if is_empty(&value) => Some(required("mobile")),
        Value::String(text) => (!text.chars().all(|c| c.is_ascii_digit())).then_some(wrong),
        Value::Number(number) => (!number.is_u64()).then_some(wrong),
        _ => Some(wrong),
    }
}

pub(super) fn of_contact(input: &Map<String, Value>, partial: bool, taken: bool) -> Vec<String> {
    let mut complaints = Vec::new();
    let text = |name: &str| format!("O campo {} deve ser uma string.", name.replace('_', " "));
    for name in ["firstname", "lastname"] {
        match get(input, name) {
            Value::Null if partial => {}
            value if is_empty(&value) && !partial => complaints.push(required(name)),
            Value::String(text) => {
                complaints.extend(
                    (text.chars().count() > 40)
                        .then(|| format!("O campo {name} não deve ser maior que 40 caracteres.")),
                );
            }
            _ => complaints.push(text(name)),
        }
    }
    if is_empty(&get(input, "mobile_code")) && !partial {
        complaints.push(required("mobile_code"));
    }
    let wrong = match get(input, "mobile") {
        Value::Null if partial => None,
        Value::Array(_) if partial => Some("O formato do campo mobile é inválido.".to_owned()),
        _ => mobile(input),
    };
    if wrong.is_some() {
        complaints.extend(wrong);
    } else if taken && !(is_empty(&get(input, "mobile")) && is_empty(&get(input, "mobile_code"))) {
        complaints.push("O mobile já está em uso.".to_owned());
    }
    for name in ["city", "state", "post_code", "address"] {
        let value = get(input, name);
        if !value.is_null() && !value.is_string() {
            complaints.push(text(name));
        }
    }
    complaints
}

pub(super) fn of_status(value: &Value) -> Vec<String> {
    let mut complaints = Vec::new();
    if is_empty(value) {
        return vec![required("status")];
    }
    let whole = match value {
        Value::String(text) => ["0", "1", "2", "3", "4", "-1", "+1"].contains(&text.as_str()),
        Value::Number(number) => number.as_f64().unwrap().fract() == 0.0,
        other => other == true,
    };
    if !whole {
        complaints.push("O campo status deve ser um número inteiro.".to_owned());
    }
    let number = match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_f64(),
        Value::Bool(true) => Some(1.0),
        _ => None,
    };
    if !number.is_some_and(|number| [0.0, 1.0, 2.0, 3.0].contains(&number)) {
        complaints.push("O status selecionado é inválido.".to_owned());
    }
    complaints
}

/// The number of a valid status.
pub(super) fn status(value: &Value) -> i64 {
    match value {
        Value::String(text) => text.parse().unwrap(),
        Value::Bool(_) => 1,
        other if other == 1.0 => 1,
        other => other.as_i64().unwrap(),
    }
}

fn of_recipient(input: &Map<String, Value>) -> Vec<String> {
    let code = is_empty(&get(input, "mobile_code")).then(|| required("mobile_code"));
    code.into_iter().chain(mobile(input)).collect()
}

pub(super) fn of_message(input: &Map<String, Value>, file: Option<File>) -> Vec<String> {
    let mut complaints = Vec::new();
    let contents = ["message", "latitude", "longitude", "cta_url_id", "interactive_list_id"];
    if file.is_none() && contents.iter().all(|name| is_empty(&get(input, name))) {
        complaints.push("The message should not be empty.".to_owned());
    }
    complaints.extend(file.iter().flat_map(|file| file.complaints).map(|text| (*text).to_owned()));
    for name in ["cta_url_id", "interactive_list_id"] {
        let whole = match get(input, name) {
            Value::Null | Value::Number(_) => true,
            Value::String(text) => text == "0" || (!text.starts_with('0') && text.chars().all(|c| c.is_ascii_digit())),
            _ => false,
        };
        if !whole {
            complaints.push(format!("O campo {} deve ser um número inteiro.", name.replace('_', " ")));
        }
    }
    for (name, other) in [("latitude", "longitude"), ("longitude", "latitude")] {
        let zero = [json!("0"), json!("0.0"), json!("00"), json!(0)].contains(&get(input, other));
        if get(input, name).is_null() && zero {
            complaints.push(format!("The {name} field is required when {other} is not empty."));
        }
    }
    complaints.extend(of_recipient(input));
    complaints
}

pub(super) fn of_template(input: &Map<String, Value>) -> Vec<String> {
    let id = is_empty(&get(input, "template_id")).then(|| required("template_id"));
    id.into_iter().chain(of_recipient(input)).collect()
}

/// The row of a new contact.
pub(super) fn new_contact(id: i64, user: &Value, input: &Map<String, Value>) -> Value {
    let text = |name: &str| get(input, name).as_str().unwrap_or_default().to_owned();
    let column = |name: &str| match get(input, name) {
        Value::String(text) => text,
        other => other.to_string(),
    };
    let country = match column("mobile_code").as_str() {
        "55" | "+55" => "Brazil",
        "1" => "Canada",
        "880" => "Bangladesh",
        _ => "",
    };
    json!({
        "id": id,
        "user_id": user,
        "firstname": get(input, "firstname"),
        "lastname": get(input, "lastname"),
        "mobile_code": column("mobile_code"),
        "mobile": column("mobile"),
        "image": null,
        "address": {"city": text("city"), "state": text("state"), "post_code": text("post_code"), "address": text("address"), "country": country},
        "status": 0,
        "details": null,
        "is_customer": 0,
        "is_blocked": 0,
        "blocked_by": 0,
        "created_at": ANY,
        "updated_at": ANY,
    })
}
