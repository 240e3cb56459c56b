//! The validation of a message, in the order in which the server reports errors.

use serde_json::Value;

use crate::php;

use super::{
    contact_rules::{accepted_extension, image_complaints, mobile_complaint, of_type, required, spaced},
    input::Input,
};

/// The fields that can replace the text of a message.
const CONTENTS: [&str; 10] = [
    "image",
    "document",
    "video",
    "audio",
    "cta_url_id",
    "latitude",
    "longitude",
    "interactive_list_id",
    "product",
    "created_order_data",
];

/// Returns the errors in a message with any content but a template.
pub(super) fn message(input: &Input) -> Vec<String> {
    let mut found = Vec::new();
    if !input.has("message") && !CONTENTS.iter().any(|name| input.has(name)) {
        found.push("The message should not be empty.".to_owned());
    }
    found.extend(image_complaints(input, "image"));
    found.extend(too_large(input, "image", 5120));
    for (name, types, extensions, kilobytes) in [
        ("document", "pdf, doc, docx", &["pdf", "doc", "docx"] as &[&str], 102_400),
        ("video", "mp4", &["mp4"], 16_384),
        ("audio", "", &[], 16_384),
    ] {
        found.extend(file(input, name, types, extensions));
        found.extend(too_large(input, name, kilobytes));
    }
    for name in ["cta_url_id", "interactive_list_id"] {
        if input.get(name).is_some_and(|value| php::filter_int(value).is_none()) {
            found.push(format!("O campo {} deve ser um número inteiro.", spaced(name)));
        }
    }
    for (name, other) in [("latitude", "longitude"), ("longitude", "latitude")] {
        if !input.has(name) && input.get(other).is_some_and(demands_the_other) {
            found.push(format!("The {name} field is required when {other} is not empty."));
        }
    }
    found.extend(recipient(input));
    found
}

/// Returns the errors in a template message.
pub(super) fn template(input: &Input) -> Vec<String> {
    let mut found = Vec::new();
    if !input.has("template_id") {
        found.push(required("template_id"));
    }
    found.extend(recipient(input));
    found
}

fn recipient(input: &Input) -> Vec<String> {
    let code = (!input.has("mobile_code")).then(|| required("mobile_code"));
    code.into_iter().chain(mobile_complaint(input, false)).collect()
}

/// A coordinate requires the other one only if it is 0. The server's rule says the opposite of its intention.
fn demands_the_other(value: &Value) -> bool {
    value == "!=" || (!value.is_boolean() && php::loosely_equal("0", value))
}

fn file(input: &Input, name: &str, types: &str, extensions: &[&str]) -> Vec<String> {
    let extension = match (input.file(name), input.get(name)) {
        (Some(upload), _) => accepted_extension(upload),
        (None, Some(_)) => {
            let mut found = vec![format!("O campo {name} deve ser um arquivo.")];
            found.extend((!extensions.is_empty()).then(|| of_type(name, types)));
            return found;
        }
        (None, None) => return Vec::new(),
    };
    let fits = extensions.is_empty() || extension.is_some_and(|extension| extensions.contains(&extension));
    (!fits).then(|| of_type(name, types)).into_iter().collect()
}

fn too_large(input: &Input, name: &str, kilobytes: u64) -> Option<String> {
    let upload = input.file(name)?;
    (upload.size > kilobytes * 1024).then(|| format!("O campo {name} não deve ser maior que {kilobytes} kilobytes."))
}

#[cfg(test)]
mod tests {
    use super::{super::input::input_of, *};
    use serde_json::json;

    #[test]
    fn a_message_needs_some_content() {
        assert_eq!(message(&input_of(json!({}))).len(), 3);
        for content in CONTENTS {
            let complaints = message(&input_of(json!({"mobile_code": "55", "mobile": "1", content: "7"})));
            assert!(!complaints.iter().any(|text| text.contains("empty")), "{content}: {complaints:?}");
        }
        let complaints = message(&input_of(json!({"mobile_code": "55", "mobile": "1", "message": "  "})));
        assert_eq!(complaints, ["The message should not be empty."]);
    }

    #[test]
    fn a_coordinate_demands_the_other_only_when_it_is_0() {
        let complaints =
            |value: Value| message(&input_of(json!({"mobile_code": "55", "mobile": "1", "latitude": value})));
        assert!(complaints(json!("-23.5")).is_empty());
        assert_eq!(complaints(json!("0")), ["The longitude field is required when latitude is not empty."]);
        assert_eq!(complaints(json!(0.0)), ["The longitude field is required when latitude is not empty."]);
    }

    #[test]
    fn a_template_needs_its_id_first() {
        assert_eq!(
            template(&input_of(json!({}))),
            [required("template_id"), required("mobile_code"), required("mobile")]
        );
    }
}
