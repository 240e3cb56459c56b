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
    let accept = received.header("accept");
    let first = accept.split(',').next().unwrap_or_default();
    let first = first.split(';').next().unwrap_or_default().trim();
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
