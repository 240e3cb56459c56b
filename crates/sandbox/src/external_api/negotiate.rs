//! Paths outside the API: a page, a bare `message` or an `exception`, as the caller's headers ask.

use axum::http::StatusCode;
use serde_json::json;

use crate::{answer::Answer, received::Received};

use super::envelope;

/// Answers a request that is not below `/external-api/`, such as one to `/extern-api/contact/list`.
pub(super) fn outside(received: &Received, path: &str, method: &str) -> Answer {
    // A path of one segment is the address of a page in the product's website.
    let is_page = !path.is_empty() && !path.contains('/');
    if is_page && !matches!(method, "GET" | "HEAD") {
        let text = format!("The {method} method is not supported for route {path}. Supported methods: GET, HEAD.");
        return error(received, StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed", &text);
    }
    let text = if is_page {
        "No query results for model [App\\Models\\Page].".to_owned()
    } else {
        format!("The route {path} could not be found.")
    };
    error(received, StatusCode::NOT_FOUND, "Not Found", &text)
}

fn error(received: &Received, status: StatusCode, title: &str, text: &str) -> Answer {
    let first = most_wanted(received.header("accept"));
    let any = matches!(first, "" | "*/*" | "*");
    let json = first.contains("/json") || first.contains("+json");
    let by_script = received.header("x-requested-with") == "XMLHttpRequest" && received.header("x-pjax").is_empty();
    if by_script && (any || json) {
        envelope::exception(text)
    } else if json {
        Answer::json(status, &json!({"message": text}), false)
    } else {
        Answer::page(status, &format!("{title} - {}", status.as_u16()))
    }
}

/// The media type with the highest quality; of several, the first.
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
