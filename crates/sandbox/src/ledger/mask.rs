//! Keeps secrets out of everything that the ledger shows.

use percent_encoding::percent_decode_str;
use serde_json::Value;

const MASK: &str = "***";
/// Shorter secrets would mask half of every text.
const SHORTEST: usize = 6;

/// The secrets of a world.
#[derive(Debug, Default)]
pub(crate) struct Secrets(Vec<String>);

impl Secrets {
    pub(crate) fn new(secrets: impl IntoIterator<Item = String>) -> Self {
        let mut known: Vec<String> = secrets.into_iter().filter(|secret| secret.len() >= SHORTEST).collect();
        // One may be the beginning of another.
        known.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        known.dedup();
        Self(known)
    }

    /// A text with every known secret replaced.
    pub(crate) fn text(&self, text: &str) -> String {
        let mut masked = text.to_owned();
        for secret in &self.0 {
            if masked.contains(secret.as_str()) {
                masked = masked.replace(secret.as_str(), MASK);
            }
        }
        masked
    }

    /// The value of a header, a parameter or a field.
    pub(crate) fn value(&self, name: &str, value: &str) -> String {
        if is_secret(name) && !value.is_empty() { MASK.to_owned() } else { self.text(value) }
    }

    /// Path and query with the values of secret parameters, and every known secret, replaced.
    pub(crate) fn target(&self, target: &str) -> String {
        let masked = match target.split_once('?') {
            Some((path, query)) => format!("{path}?{}", self.pairs(query)),
            None => target.to_owned(),
        };
        self.text(&masked)
    }

    /// A body that is no form: JSON by its keys, all else as if it were a query string.
    pub(crate) fn body(&self, text: &str) -> String {
        let masked = match serde_json::from_str::<Value>(text) {
            Ok(mut value) => {
                // Only a body with a secret in it is written anew, so that others stay as they came.
                if mask_json(&mut value) { value.to_string() } else { text.to_owned() }
            }
            Err(_) if text.contains('=') => self.pairs(text),
            Err(_) => text.to_owned(),
        };
        self.text(&masked)
    }

    fn pairs(&self, query: &str) -> String {
        let pairs: Vec<String> = query.split('&').map(|pair| self.pair(pair)).collect();
        pairs.join("&")
    }

    fn pair(&self, pair: &str) -> String {
        let Some((name, value)) = pair.split_once('=') else { return pair.to_owned() };
        let decoded = percent_decode_str(value).decode_utf8_lossy();
        let holds_one = || self.0.iter().any(|secret| decoded.contains(secret.as_str()));
        if is_secret(&percent_decode_str(name).decode_utf8_lossy()) || holds_one() {
            format!("{name}={MASK}")
        } else {
            pair.to_owned()
        }
    }
}

/// Masks the values of secret keys at any depth; whether there was one.
fn mask_json(value: &mut Value) -> bool {
    let mut found = false;
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                if is_secret(name) {
                    *value = MASK.into();
                    found = true;
                } else {
                    found |= mask_json(value);
                }
            }
        }
        Value::Array(list) => {
            for value in list {
                found |= mask_json(value);
            }
        }
        _ => {}
    }
    found
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    matches!(
        name.as_str(),
        "client-id" | "client_id" | "authorization" | "proxy-authorization" | "cookie" | "set-cookie"
    ) || ["key", "secret", "token", "password"].iter().any(|part| name.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets() -> Secrets {
        Secrets::new(["hunter2hunter2".to_owned(), "hunter2".to_owned(), "abc".to_owned()])
    }

    #[test]
    fn in_targets() {
        let target = "/chatguru/api/v1?key=abc&%6Bey=def&text=hunter2hunter2&to=hunter%32&action=note_add";
        assert_eq!(secrets().target(target), "/chatguru/api/v1?key=***&%6Bey=***&text=***&to=***&action=note_add");
        assert_eq!(secrets().target("/a/hunter2hunter2"), "/a/***");
        assert_eq!(secrets().target("/a?text=abc"), "/a?text=abc", "too short to be looked for");
    }

    #[test]
    fn in_headers_and_fields() {
        for name in ["Client-Id", "client-secret", "Authorization", "cookie", "key", "x-api-key"] {
            assert_eq!(secrets().value(name, "anything"), "***", "{name}");
        }
        assert_eq!(secrets().value("message", "it is hunter2!"), "it is ***!");
    }

    #[test]
    fn in_bodies() {
        assert_eq!(secrets().body(r#"{"a": [{"client_secret": "x"}]}"#), r#"{"a":[{"client_secret":"***"}]}"#);
        assert_eq!(secrets().body(r#"{"a":  "hunter2"}"#), r#"{"a":  "***"}"#);
        assert_eq!(secrets().body("key=x&text=y"), "key=***&text=y");
        assert_eq!(secrets().body("{\"broken\": hunter2"), "{\"broken\": ***");
    }
}
