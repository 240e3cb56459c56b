//! Posts that are not handed over, and their answers.

use std::fmt;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::counters::Counters;

/// Why a post is not handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// A repeat. The provider did nothing wrong, so the answer is a success.
    Duplicate,
    /// No token, or another one. The answer is that of a URL that does not exist.
    Token,
    Method,
    TooLarge,
    TooSlow,
    /// The body ended early, or is not valid HTTP.
    Broken,
    /// Too many posts at once.
    Busy,
    /// The queue is full.
    Full,
    /// The receiver of the channel is gone.
    Closed,
}

impl Refusal {
    fn status(self) -> StatusCode {
        match self {
            Self::Duplicate => StatusCode::OK,
            Self::Token => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Broken => StatusCode::BAD_REQUEST,
            Self::Busy | Self::Full | Self::Closed => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    pub(super) fn counter(self, counters: &Counters) -> &std::sync::atomic::AtomicU64 {
        match self {
            Self::Duplicate => &counters.duplicates,
            Self::Busy | Self::Full | Self::Closed => &counters.overflowed,
            Self::Token | Self::Method | Self::TooLarge | Self::TooSlow | Self::Broken => &counters.refused,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Duplicate => "it repeats a message",
            Self::Token => "its token is missing or wrong",
            Self::Method => "its method is not POST",
            Self::TooLarge => "its body is too large",
            Self::TooSlow => "its body arrives too slowly",
            Self::Broken => "its body is not complete",
            Self::Busy => "too many posts arrive at once",
            Self::Full => "the queue is full",
            Self::Closed => "the receiver of the channel is gone",
        })
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        let header = match self.status() {
            StatusCode::METHOD_NOT_ALLOWED => Some((header::ALLOW, "POST")),
            StatusCode::SERVICE_UNAVAILABLE => Some((header::RETRY_AFTER, "5")),
            _ => None,
        };
        if let Some((name, value)) = header {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response
    }
}

/// The answer to a post for which the handler of [`ChatGuruWebhook`](crate::webhook::ChatGuruWebhook) is not called.
///
/// The answer to a repeat is a success with status 200: the message was handed over before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebhookRejection(pub(super) Refusal);

impl WebhookRejection {
    /// Returns the status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status()
    }
}

impl fmt::Display for WebhookRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the post was not handed over: {}", self.0)
    }
}

impl std::error::Error for WebhookRejection {}

impl IntoResponse for WebhookRejection {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}
