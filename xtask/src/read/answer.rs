//! The successful answers of operations.

use crate::document::{At, Result};
use crate::model::Answer;
use crate::schema::{SCHEMAS, component, unwrapped};

/// Reads the answer of the operation `id`.
pub(super) fn read_answer(at: &At<'_>, id: &str) -> Result<Answer> {
    let answer = at.need("responses")?.need("2XX")?.resolve()?;
    let Some(content) = answer.get("content") else { return Ok(Answer::Nothing) };
    let [(media, body)] = &content.entries()?[..] else {
        return Err(content.error(format!("`{id}`: the answer has one media type, or no `content`")));
    };
    let schema = body.need("schema")?;
    if *media == "application/json" {
        return match schema.resolve()?.get("properties") {
            Some(_) => component(&schema, id).map(Answer::Object),
            None => root_type(&schema).map(Answer::Json),
        };
    }
    if !is_media_type(media) {
        return Err(body.error(format!("`{id}`: `{media}` is not a media type")));
    }
    match (schema.get_text("type")?, schema.get_text("format")?) {
        (Some("string"), Some("binary")) => Ok(Answer::Bytes((*media).to_owned())),
        (Some("string"), None) => Ok(Answer::Text((*media).to_owned())),
        _ => Err(schema.error(format!(
            "`{id}`: an answer of the type {media} is `type: string`, with `format: binary` if it is not text"
        ))),
    }
}

/// The longest media type, in bytes.
const LONGEST_MEDIA_TYPE: usize = 255;

/// Whether a text is a media type without parameters, which can be sent in the header `Accept`.
pub(crate) fn is_media_type(text: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+*".contains(&byte))
    };
    text.len() <= LONGEST_MEDIA_TYPE && text.split_once('/').is_some_and(|(kind, name)| is_name(kind) && is_name(name))
}

/// Returns the Rust type of JSON that is not an object with known properties.
pub(super) fn root_type(schema: &At<'_>) -> Result<String> {
    let target = unwrapped(schema)?;
    Ok(match target.get_text("type")? {
        _ if target.get("oneOf").is_some() => return Err(schema.error("write `{}` for JSON of several types")),
        Some("array") => {
            let items = target.need("items")?;
            format!("::std::vec::Vec<{}>", named_type(&items)?.map_or_else(|| root_type(&items), Ok)?)
        }
        Some("string") => "::std::string::String".to_owned(),
        Some("integer") => "i64".to_owned(),
        Some("number") => "f64".to_owned(),
        Some("boolean") => "bool".to_owned(),
        Some("object") => "::serde_json::Map<::std::string::String, ::serde_json::Value>".to_owned(),
        Some(other) => return Err(schema.error(format!("`{other}` is not a type"))),
        None => "::serde_json::Value".to_owned(),
    })
}

/// Returns the Rust type of a component, if the schema refers to one.
pub(super) fn named_type(schema: &At<'_>) -> Result<Option<String>> {
    let name = schema.get_text("$ref")?.and_then(|reference| reference.strip_prefix(SCHEMAS));
    Ok(name.map(|name| format!("types::{name}")))
}
