//! Sends messages for the page to show.

use zap_sandbox::Sandbox;

use crate::http::{Part, Request, Response};

/// Sends a text to the contact Ana through EscalaZap.
pub(crate) async fn text(sandbox: &Sandbox, text: &str) -> Response {
    parts(sandbox, "55", "11987654321", &[("message", None, text.as_bytes())]).await
}

/// Sends any content through EscalaZap.
pub(crate) async fn parts(sandbox: &Sandbox, code: &str, mobile: &str, content: &[Part<'_>]) -> Response {
    let mut all: Vec<Part<'_>> = vec![("mobile_code", None, code.as_bytes()), ("mobile", None, mobile.as_bytes())];
    all.extend(content);
    post(sandbox, "inbox/send-message").multipart(&all).ask(sandbox).await
}

/// A POST request to EscalaZap.
pub(crate) fn post(sandbox: &Sandbox, path: &str) -> Request {
    Request::new("POST", &format!("/escalazap/external-api/{path}")).signed(sandbox)
}

/// Runs an action of ChatGuru for the chat with Ana.
pub(crate) async fn chatguru(sandbox: &Sandbox, action: &str) -> Response {
    let known = sandbox.chatguru_credentials();
    let form = format!(
        "key={}&account_id={}&phone_id={}&chat_number=5511987654321&action={action}",
        known.key, known.account_id, known.phone_id
    );
    Request::new("POST", "/chatguru/api/v1").form(&form).ask(sandbox).await
}

/// A PNG of one pixel.
pub(crate) const PICTURE: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\
    \x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDATx\x9ccPhH\x00\
    \x00\x01\xc4\x01\x01\xc7\x99T\xad\x00\x00\x00\x00IEND\xaeB\x60\x82";
