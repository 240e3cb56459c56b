//! The validation of a contact's fields, in the order in which the server reports errors.

use serde_json::Value;

use crate::{body::Upload, php};

use super::input::Input;

/// Returns the errors in a contact's fields. `taken` tells whether another contact has the number. With `partial`, only
/// the fields that were sent are checked.
pub(super) fn complaints(input: &Input, partial: bool, taken: impl FnOnce() -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for name in ["firstname", "lastname"] {
        if is_missing(input, name, partial) {
            if !partial {
                found.push(required(name));
            }
        } else if let Some(text) = input.text(name) {
            if text.chars().count() > 40 {
                found.push(format!("O campo {name} não deve ser maior que 40 caracteres."));
            }
        } else {
            found.push(no_text(name));
        }
    }
    if !input.has("mobile_code") && !partial {
        found.push(required("mobile_code"));
    }
    found.extend(image_complaints(input, "profile_image"));
    if let Some(complaint) = mobile_complaint(input, partial) {
        found.push(complaint);
    } else if (input.has("mobile") || input.has("mobile_code")) && taken() {
        found.push("O mobile já está em uso.".to_owned());
    }
    for name in ["city", "state", "post_code", "address"] {
        if input.get(name).is_some_and(|value| !value.is_string()) {
            found.push(no_text(name));
        }
    }
    found
}

/// Whether a field counts as missing. Only the rule `required` treats an empty list as missing.
fn is_missing(input: &Input, name: &str, partial: bool) -> bool {
    !(input.has(name) || (partial && input.get(name).is_some()))
}

/// Returns the error in the number, which is required and must be digits only.
pub(super) fn mobile_complaint(input: &Input, partial: bool) -> Option<String> {
    if is_missing(input, "mobile", partial) {
        return (!partial).then(|| required("mobile"));
    }
    let value = input.value("mobile");
    // The rule does not accept a boolean, although PHP can convert it to text.
    let text = if value.is_boolean() { None } else { php::text_of(value) };
    let digits = text.is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    (!digits).then(|| "O formato do campo mobile é inválido.".to_owned())
}

/// Returns the errors in a picture, which must be an image by content and of an accepted type.
pub(super) fn image_complaints(input: &Input, name: &str) -> Vec<String> {
    let extension = match (input.file(name), input.get(name)) {
        (Some(upload), _) => accepted_extension(upload),
        (None, Some(_)) => None,
        (None, None) => return Vec::new(),
    };
    let mut found = Vec::new();
    if !matches!(extension, Some("jpg" | "png" | "gif" | "bmp" | "webp")) {
        found.push(format!("O campo {} deve ser uma imagem.", spaced(name)));
    }
    if !matches!(extension, Some("jpg" | "png")) {
        found.push(of_type(name, "jpg, jpeg, png"));
    }
    found
}

/// Returns the extension for the content. A file named like a program has none.
pub(super) fn accepted_extension(upload: &Upload) -> Option<&'static str> {
    if upload.is_named_like_php() { None } else { upload.extension() }
}

pub(super) fn required(name: &str) -> String {
    format!("O campo {} é obrigatório.", spaced(name))
}

pub(super) fn of_type(name: &str, types: &str) -> String {
    format!("O campo {} deve ser um arquivo do tipo: {types}.", spaced(name))
}

pub(super) fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

pub(super) fn no_text(name: &str) -> String {
    format!("O campo {} deve ser uma string.", spaced(name))
}

/// Returns a value as the database stores it in a text column, or `None` if PHP cannot convert it to text.
pub(super) fn stored(value: &Value) -> Option<String> {
    match value {
        Value::Bool(false) => Some("0".to_owned()),
        other => php::text_of(other),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::input::input_of, *};
    use serde_json::json;

    fn all(values: Value) -> Vec<String> {
        complaints(&input_of(values), false, || true)
    }

    #[test]
    fn complaints_come_in_order() {
        assert_eq!(
            all(json!({})),
            [required("firstname"), required("lastname"), required("mobile_code"), required("mobile")]
        );
        assert_eq!(
            all(json!({"firstname": "a", "lastname": 5, "mobile_code": "55", "mobile": "1", "city": 5})),
            [no_text("lastname"), "O mobile já está em uso.".to_owned(), no_text("city")]
        );
    }

    #[test]
    fn numbers_have_digits_only() {
        let complaint = |value: Value| mobile_complaint(&input_of(json!({"mobile": value})), false);
        for fine in [json!("01988"), json!(1988), json!(" 1 ")] {
            assert_eq!(complaint(fine.clone()), None, "{fine}");
        }
        for wrong in [json!("+55"), json!("1 2"), json!(true), json!(-1), json!(1.5), json!(["1"])] {
            assert!(complaint(wrong.clone()).is_some(), "{wrong}");
        }
    }

    #[test]
    fn an_update_by_the_documentation_demands_nothing() {
        assert!(complaints(&input_of(json!({"city": "Recife"})), true, || true).is_empty());
        let empty = complaints(&input_of(json!({"lastname": [], "mobile": []})), true, || false);
        assert_eq!(empty, [no_text("lastname"), "O formato do campo mobile é inválido.".to_owned()]);
    }

    #[test]
    fn a_text_is_no_picture() {
        let input = input_of(json!({"profile_image": "http://x/y.png"}));
        assert_eq!(image_complaints(&input, "profile_image").len(), 2);
        assert!(image_complaints(&input_of(json!({"profile_image": ""})), "profile_image").is_empty());
    }
}
