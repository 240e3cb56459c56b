//! Fingerprints of messages: equal for posts of the same content.

use std::borrow::Cow;
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// How deep an object is compared by content. Deeper parts are compared as text.
const DEPTH: usize = 8;

/// A hash of 128 bits, so that two different messages do not have the same one: among 65,536 messages, the probability
/// is below 10⁻²⁸.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Fingerprint([u64; 2]);

/// Computes fingerprints with a random key, so that nobody can construct two messages with the same one.
#[derive(Default)]
pub(super) struct Fingerprints(RandomState);

impl Fingerprints {
    /// Returns the fingerprint of a document, whatever the order of its keys, its white space and its escapes. What is
    /// not valid JSON is compared byte for byte.
    pub(super) fn of(&self, document: &[u8]) -> Fingerprint {
        let mut content = Vec::with_capacity(document.len() + 64);
        match std::str::from_utf8(document) {
            Ok(json) => write(&mut content, json, DEPTH),
            Err(_) => part(&mut content, b'=', document, document.len()),
        }
        // The hash has 64 bits. Under one key, the hashes of two different inputs are independent.
        Fingerprint([0_u8, 1].map(|half| self.0.hash_one((half, &content))))
    }
}

/// Writes a value so that two values are equal if and only if what is written is: each part follows its kind and its
/// length.
fn write(out: &mut Vec<u8>, json: &str, depth: usize) {
    let json = json.trim();
    match json.as_bytes().first() {
        Some(b'{') if depth > 0 => {
            if let Ok(Members(mut members)) = serde_json::from_str(json) {
                // Stable: of two members with the same name, the order matters.
                members.sort_by(|(left, _), (right, _)| left.cmp(right));
                part(out, b'{', &[], members.len());
                for (name, value) in members {
                    part(out, b'"', name.as_bytes(), name.len());
                    write(out, value.get(), depth - 1);
                }
                return;
            }
        }
        Some(b'[') if depth > 0 => {
            if let Ok(elements) = serde_json::from_str::<Vec<&RawValue>>(json) {
                part(out, b'[', &[], elements.len());
                for element in elements {
                    write(out, element.get(), depth - 1);
                }
                return;
            }
        }
        Some(b'"') => {
            if let Ok(Text(text)) = serde_json::from_str(json) {
                part(out, b'"', text.as_bytes(), text.len());
                return;
            }
        }
        _ => {}
    }
    // Numbers too: 1 and 1.0 are different, and no digit of a long one is lost.
    part(out, b'=', json.as_bytes(), json.len());
}

fn part(out: &mut Vec<u8>, kind: u8, content: &[u8], length: usize) {
    out.push(kind);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(content);
}

#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// The members of an object in their order, including those with the same name.
struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Members<'de>, M::Error> {
                let mut members = Vec::new();
                while let Some((Text(name), value)) = map.next_entry()? {
                    members.push((name, value));
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_keys_white_space_and_escapes_do_not_matter() {
        let fingerprints = Fingerprints::default();
        let same = [
            r#"{"a":"é","b":[1,{"c":null,"d":"x\n"}],"e":{}}"#,
            r#"{"e":{},"b":[1,{"d":"x\n","c":null}],"a":"é"}"#,
            "\n{ \"b\" : [ 1 , {\"c\":null ,\t\"d\":\"x\\u000a\"} ] , \"a\" : \"\\u00e9\", \"e\": { } }\r\n",
            r#"{"\u0061":"\u00E9","b":[1,{"c":null,"d":"x\n"}],"e":{}}"#,
        ];
        for json in same {
            assert_eq!(fingerprints.of(json.as_bytes()), fingerprints.of(same[0].as_bytes()), "{json}");
        }
    }

    #[test]
    fn any_other_difference_matters() {
        let fingerprints = Fingerprints::default();
        let different = [
            r#"{"a":"b"}"#,
            r#"{"a":"B"}"#,
            r#"{"a":"b "}"#,
            r#"{"a":["b"]}"#,
            r#"{"a":"b","c":""}"#,
            r#"{"a":"b","c":null}"#,
            r#"{"a":"b","a":"b"}"#,
            r#"{"a":"c","a":"b"}"#,
            r#"{"a":"b","a":"c"}"#,
            r#"{"ab":""}"#,
            r#"{"a":1}"#,
            r#"{"a":1.0}"#,
            r#"{"a":"1"}"#,
            r#"{"a":[1,2]}"#,
            r#"{"a":[2,1]}"#,
            r#"{"a":[12]}"#,
            r#"{"a":[[1],2]}"#,
            r#"{"a":[[1,2]]}"#,
            r#"{"a":{}}"#,
            r#"{"a":[]}"#,
            r#"{"a":true}"#,
            r#"{"a":123456789012345678901234567890}"#,
            r#"{"a":123456789012345678901234567891}"#,
            r#"{"a":{"b":{"c":1}}}"#,
            r#"{"a":{"b":{},"c":1}}"#,
        ];
        for (index, one) in different.iter().enumerate() {
            for other in &different[index + 1..] {
                assert_ne!(fingerprints.of(one.as_bytes()), fingerprints.of(other.as_bytes()), "{one} {other}");
            }
        }
    }

    #[test]
    fn what_is_not_json_is_compared_byte_for_byte() {
        let fingerprints = Fingerprints::default();
        let different: [&[u8]; 7] = [
            b"{\"a\":\"\xe9\"}",
            b"{\"a\":\"\xe8\"}",
            b"{\"a\": \"\xe9\"}",
            b"{\"a\":\"\\ud83d\"}",
            b"{\"a\":\"\\ud83e\"}",
            b"\xef\xbb\xbf{\"a\":1}",
            b"\xef\xbb\xbf{\"a\":2}",
        ];
        for (index, one) in different.iter().enumerate() {
            assert_eq!(fingerprints.of(one), fingerprints.of(one));
            for other in &different[index + 1..] {
                assert_ne!(fingerprints.of(one), fingerprints.of(other), "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn a_deep_document_is_compared_as_text_where_it_is_deep() {
        let fingerprints = Fingerprints::default();
        let deep = |inner: &str| format!("{}{inner}{}", "[".repeat(100_000), "]".repeat(100_000)).into_bytes();
        assert_eq!(fingerprints.of(&deep("1")), fingerprints.of(&deep("1")));
        assert_ne!(fingerprints.of(&deep("1")), fingerprints.of(&deep("2")));
    }
}
