//! Answers for paths outside the API: a web page, a bare `message` or an `exception`, depending on the caller's
//! headers.

use axum::http::StatusCode;
use percent_encoding::percent_decode_str;
use serde_json::json;

use crate::{answer::Answer, raw_request::RawRequest};

use super::envelope;

/// Answers a request that is not below `/external-api/`, such as one to `/extern-api/contact/list`.
pub(super) fn outside(raw: &RawRequest, path: &str, method: &str) -> Answer {
    // A path of one segment is a page of the product's website.
    let is_page = !path.is_empty() && !path.contains('/') && percent_decode_str(path).decode_utf8().is_ok();
    if is_page && !matches!(method, "GET" | "HEAD") {
        let text = format!("The {method} method is not supported for route {path}. Supported methods: GET, HEAD.");
        return error(raw, StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed", &text);
    }
    let text = if is_page {
        "No query results for model [App\\Models\\Page].".to_owned()
    } else {
        format!("The route {path} could not be found.")
    };
    error(raw, StatusCode::NOT_FOUND, "Not Found", &text)
}

/// Answers a request whose method cannot be determined.
pub(super) fn bad_request(raw: &RawRequest) -> Answer {
    error(raw, StatusCode::BAD_REQUEST, "Bad Request", "Bad request.")
}

/// Answers a PHP error, inside the API and outside.
pub(super) fn server_error(raw: &RawRequest) -> Answer {
    let wanted = Accepts::by(raw);
    if wanted.json || (wanted.by_script && wanted.any) {
        Answer::json(StatusCode::INTERNAL_SERVER_ERROR, &json!({"message": "Server Error"}), false)
    } else {
        Answer::page(StatusCode::INTERNAL_SERVER_ERROR, "Server Error - 500")
    }
}

fn error(raw: &RawRequest, status: StatusCode, title: &str, text: &str) -> Answer {
    let wanted = Accepts::by(raw);
    if wanted.by_script && (wanted.any || wanted.json) {
        envelope::exception(text)
    } else if wanted.json {
        Answer::json(status, &json!({"message": text}), false)
    } else {
        Answer::page(status, &format!("{title} - {}", status.as_u16()))
    }
}

/// The formats that the caller's headers accept.
struct Accepts {
    any: bool,
    json: bool,
    /// Whether a script in a page made the request.
    by_script: bool,
}

impl Accepts {
    fn by(raw: &RawRequest) -> Self {
        let first = most_wanted(raw.header("accept"));
        Self {
            any: matches!(first, "" | "*/*" | "*"),
            json: first.contains("/json") || first.contains("+json"),
            by_script: raw.header("x-requested-with") == "XMLHttpRequest" && raw.header("x-pjax").is_empty(),
        }
    }
}

/// Returns the media type with the highest quality, and the first one if there are several.
fn most_wanted(accept: &str) -> &str {
    let mut best = ("", 0.0);
    for item in accept.split(',') {
        let mut parts = item.split(';').map(str::trim);
        let kind = parts.next().unwrap_or_default();
        let quality = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f64>().ok()).unwrap_or(1.0);
        if quality > best.1 {
            best = (kind, quality);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quality_goes_before_order() {
        for (accept, first) in [
            ("", ""),
            ("*/*", "*/*"),
            ("text/html, application/json", "text/html"),
            ("text/html;q=0.8, application/json", "application/json"),
            ("text/html; level=1; q=0.1,application/json;q=0.9,*/*;q=0.2", "application/json"),
        ] {
            assert_eq!(most_wanted(accept), first, "{accept}");
        }
    }
}
