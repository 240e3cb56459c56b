//! The inbox page, which shows what was delivered as chats.
//!
//! The page consists of a few files that are part of the program. It contains no data and no secret. It reads
//! everything from the control routes, like any other client.

use axum::{
    Router,
    body::Body,
    extract::Path,
    http::{HeaderValue, Response, StatusCode, header},
    response::IntoResponse as _,
    routing::get,
};

/// The page may only load its own files and call this sandbox. Messages cannot become scripts or markup.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
                      require-trusted-types-for 'script'; trusted-types 'none'";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// The name, media type and content of a file of the page.
type File = (&'static str, &'static str, &'static str);

macro_rules! files {
    ($($kind:ident $name:literal,)*) => {
        &[$(($name, $kind, include_str!(concat!("page/", $name)))),*]
    };
}

const PAGE: &str = include_str!("page/inbox.html");
const FILES: &[File] = files![
    CSS "base.css",
    CSS "layout.css",
    CSS "chats.css",
    CSS "panels.css",
    SVG "icon.svg",
    JS "api.js",
    JS "call_panel.js",
    JS "calls.js",
    JS "chat.js",
    JS "clock.js",
    JS "dom.js",
    JS "fault_form.js",
    JS "faults_panel.js",
    JS "format.js",
    JS "incoming_form.js",
    JS "incoming_message.js",
    JS "incoming_panel.js",
    JS "listbox.js",
    JS "live.js",
    JS "main.js",
    JS "message.js",
    JS "panel.js",
    JS "providers.js",
    JS "reset.js",
    JS "route.js",
    JS "sidebar.js",
    JS "store.js",
    JS "trouble.js",
    JS "webhook_form.js",
    JS "welcome.js",
];

/// Routes `/` and the files of the page.
pub(crate) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/", get(async || served(HTML, PAGE))).route("/__sandbox/inbox/{file}", get(file))
}

async fn file(Path(wanted): Path<String>) -> Response<Body> {
    match FILES.iter().find(|(name, ..)| *name == wanted) {
        Some((_, kind, content)) => served(kind, content),
        None => (StatusCode::NOT_FOUND, "The inbox page has no such file.\n").into_response(),
    }
}

fn served(kind: &'static str, content: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(content));
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, kind),
        // The next request may be answered by another version of the program.
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
