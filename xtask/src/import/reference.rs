//! References within a provider's document.

use crate::document::At;

use super::finding::{Finding, Result};

/// Follows the references of a value until one is not a reference.
pub(super) fn resolve<'d>(at: &At<'d>) -> Result<At<'d>> {
    let mut passed = Vec::new();
    let mut value = at.clone();
    while let Some(reference) = value.get("$ref").and_then(|at| at.as_text()) {
        if passed.contains(&reference) {
            return Err(Finding::at(at, format!("`{reference}` refers to itself")));
        }
        passed.push(reference);
        value = target(&value, reference)?;
    }
    Ok(value)
}

/// Returns the value that a reference names.
fn target<'d>(at: &At<'d>, reference: &str) -> Result<At<'d>> {
    let Some(pointer) = reference.strip_prefix('#') else {
        let message = format!(
            "`{reference}` is in another document, which the import does not read: bundle the documents into one first"
        );
        return Err(Finding::at(at, message));
    };
    let mut pointer = percent_decoded(pointer);
    // `#definitions/Name` can only mean `#/definitions/Name`.
    if pointer.contains('/') && !pointer.starts_with('/') {
        pointer.insert(0, '/');
    }
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return Err(Finding::at(
            at,
            format!("`{reference}` is not a JSON pointer: write it as in `#/components/schemas/Name`"),
        ));
    }
    pointer.split('/').skip(1).try_fold(at.root(), |value, key| {
        let key = key.replace("~1", "/").replace("~0", "~");
        let inner = value.get(&key).or_else(|| value.as_items()?.into_iter().nth(key.parse().ok()?));
        inner.ok_or_else(|| Finding::at(at, format!("`{reference}` does not exist: `{key}` is missing")))
    })
}

pub(super) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|digits| first == b'%' && digits.iter().all(u8::is_ascii_hexdigit));
        let decoded = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(decoded.unwrap_or(first));
        rest = if decoded.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Whether a reference has keywords beside it that are a part of the schema, as OpenAPI 3.1 allows.
pub(super) fn has_keywords(at: &At<'_>) -> bool {
    const WORDS: [&str; 12] = [
        "$ref",
        "$comment",
        "$id",
        "$schema",
        "default",
        "deprecated",
        "description",
        "example",
        "examples",
        "readOnly",
        "summary",
        "title",
    ];
    let entries = at.as_entries().unwrap_or_default();
    let is_keyword = |key: &str| !WORDS.contains(&key) && key != "writeOnly" && !key.starts_with("x-");
    let version = || at.root().get("openapi").and_then(|version| version.as_scalar().map(ToString::to_string));
    at.get("$ref").is_some()
        && entries.iter().any(|(key, _)| is_keyword(key))
        && version().is_some_and(|version| version.trim_start_matches('"').starts_with("3.1"))
}

/// Returns the name of the component that a reference names, if the value is nothing more.
pub(super) fn component_name<'d>(at: &At<'d>) -> Option<&'d str> {
    if has_keywords(at) {
        return None;
    }
    let reference = at.get("$ref")?.as_text()?;
    let name = ["#/components/schemas/", "#/definitions/", "#definitions/"]
        .iter()
        .find_map(|start| reference.strip_prefix(start));
    name.filter(|name| !name.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::resolve;
    use crate::document::Document;

    const TEXT: &str = r##"
paths: { "/a b/{c}": { get: [ { x: found } ] } }
escaped: { $ref: "#/paths/~1a%20b~1%7Bc%7D/get/0" }
twice: { $ref: "#/escaped" }
slash: { $ref: "#paths/~1a%20b~1%7Bc%7D/get/0" }
itself: { $ref: "#/itself" }
one: { $ref: "#/other" }
other: { $ref: "#/one" }
remote: { $ref: "common.yaml#/a" }
url: { $ref: "https://api.example/a.json" }
missing: { $ref: "#/paths/~1a" }
anchor: { $ref: "#name" }
"##;

    #[test]
    fn a_reference_is_followed_through_escapes_and_lists() {
        let document = Document::parse("a.yaml", TEXT).expect("it is YAML");
        let found = |key| resolve(&document.root().get(key).expect("it is there")).map(|at| at.get("x").is_some());
        assert_eq!((found("escaped"), found("twice"), found("slash")), (Ok(true), Ok(true), Ok(true)));
    }

    #[test]
    fn a_reference_that_leads_nowhere_is_refused_with_the_reason() {
        let document = Document::parse("a.yaml", TEXT).expect("it is YAML");
        let reason = |key| resolve(&document.root().get(key).expect("it is there")).expect_err("refused").to_string();
        assert_eq!(reason("itself"), "line 6, /itself: `#/itself` refers to itself");
        assert_eq!(reason("one"), "line 7, /one: `#/other` refers to itself");
        assert!(reason("remote").contains("`common.yaml#/a` is in another document"));
        assert!(reason("url").contains("is in another document"));
        assert!(reason("missing").ends_with("`#/paths/~1a` does not exist: `/a` is missing"));
        assert!(reason("anchor").contains("is not a JSON pointer"));
    }
}
