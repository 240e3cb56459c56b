//! Builds requests from recordings.

use std::{fs, path::Path};

use serde_json::Value;

use crate::http::Request;

/// The boundary of forms without a recorded one.
const BOUNDARY: &str = "----b3c80f5d17";

/// The request of a recording or of a line of a sequence, sent to `path`.
pub(super) fn request(recording: &Value, path: &str, fixtures: &Path) -> Request {
    let (asked, observed) = (&recording["request"], &recording["observed"]);
    let user = observed["as_seed_user"].as_i64().unwrap_or(1);
    let mut target = format!("/escalazap{path}");
    // Sequences have an empty query where single recordings have none.
    if let Some(query) = asked["query"].as_str() {
        target = format!("{target}?{query}");
    }
    let mut request = Request::new(asked["method"].as_str().unwrap(), &target);
    let headers = asked["headers"].as_object().unwrap();
    if !recording["sequence"].is_string() && !headers.contains_key("Accept") {
        request = request.header("Accept", "*/*");
    }
    for (name, value) in headers {
        let value = value.as_str().unwrap();
        let value = value.replace("YOUR-CLIENT-ID", &format!("ci_test_{user}"));
        let value = value.replace("YOUR-CLIENT-SECRET", &format!("cs_test_{user}"));
        request = request.header_bytes(name, latin1(&value));
    }
    if let Some(address) = observed["source_ip"].as_str() {
        request = request.from(address.parse().unwrap());
    }
    let mut kind = asked["content_type"].as_str().map(str::to_owned);
    if kind.as_deref() == Some("multipart/form-data") && asked["body"].is_array() {
        kind = Some(format!("multipart/form-data; boundary={BOUNDARY}"));
    }
    if let Some(kind) = &kind {
        request = request.header("Content-Type", kind);
    }
    let body = match &asked["body"] {
        Value::Null => return request,
        Value::String(text) => text.clone().into_bytes(),
        Value::Array(parts) => {
            let boundary = kind.as_deref().and_then(|kind| kind.split_once("boundary=")).unwrap().1;
            multipart(parts, boundary, fixtures)
        }
        Value::Object(map) if map.contains_key("base64") => base64(map["base64"].as_str().unwrap()),
        json => json.to_string().into_bytes(),
    };
    request.bytes(body)
}

fn multipart(parts: &[Value], boundary: &str, fixtures: &Path) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        let mut head =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", part["name"].as_str().unwrap());
        if let Some(name) = part["filename"].as_str() {
            head.extend(["; filename=\"", name, "\""]);
        }
        if let Some(kind) = part["content_type"].as_str() {
            head.extend(["\r\nContent-Type: ", kind]);
        }
        body.extend([head.as_bytes(), b"\r\n\r\n", &content(part, fixtures), b"\r\n"].concat());
    }
    body.extend(format!("--{boundary}--\r\n").into_bytes());
    body
}

/// A field's text or a file's bytes. Of large files, only the size was recorded, so their content is invented.
fn content(part: &Value, fixtures: &Path) -> Vec<u8> {
    if let Some(text) = part["base64"].as_str() {
        return base64(text);
    }
    if let Some(bytes) = part["bytes"].as_array() {
        return bytes.iter().filter_map(|byte| u8::try_from(byte.as_u64()?).ok()).collect();
    }
    let Some(name) = part["fixture"].as_str() else {
        return part["value"].as_str().unwrap_or_default().as_bytes().to_vec();
    };
    fs::read(fixtures.join(name)).unwrap_or_else(|_| {
        let mut bytes = match Path::new(name).extension().and_then(|extension| extension.to_str()) {
            Some("png") => b"\x89PNG\r\n\x1a\n".to_vec(),
            Some("jpg") => b"\xff\xd8\xff\xe0".to_vec(),
            _ => Vec::new(),
        };
        bytes.resize(usize::try_from(part["size"].as_u64().unwrap_or(0)).unwrap(), 0);
        bytes
    })
}

/// Each character of a recorded header is a byte.
pub(super) fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(letter).expect("a byte")).collect()
}

pub(super) fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        let value = LETTERS.iter().position(|known| *known == letter).expect("base64");
        bits = (bits << 6 | u32::try_from(value).unwrap()) & 0xFFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xFF).unwrap());
        }
    }
    bytes
}

#[test]
fn base64_is_decoded() {
    assert_eq!(base64("7aCA"), b"\xED\xA0\x80");
    assert_eq!((base64("/w=="), base64("w6k=")), (b"\xFF".to_vec(), "é".as_bytes().to_vec()));
}
