//! A request to any provider, after its body was read and before it is processed.

use axum::http::StatusCode;

use crate::{
    Provider,
    answer::Answer,
    app_state::AppState,
    chatguru, external_api,
    ledger::{ReceivedFile, RecordedBody},
    raw_request::RawRequest,
};

/// A request that was read and is not yet processed.
#[derive(Debug)]
pub(crate) enum ParsedRequest {
    ExternalApi(Provider, external_api::ParsedRequest),
    ChatGuru(chatguru::ParsedRequest),
}

impl ParsedRequest {
    pub(crate) async fn read(provider: Provider, raw: RawRequest) -> Self {
        if provider.is_external_api() {
            Self::ExternalApi(provider, external_api::ParsedRequest::read(raw).await)
        } else {
            Self::ChatGuru(chatguru::ParsedRequest::read(raw).await)
        }
    }

    /// Performs the operation.
    pub(crate) fn process(&self, app: &AppState) -> Answer {
        match self {
            Self::ExternalApi(provider, request) => match app.instance(*provider) {
                Some(instance) => instance.answer(request),
                // Only `ChatGuru` has no instance, and its requests are in the other variant.
                None => Answer::page(StatusCode::NOT_FOUND, "404 Not Found"),
            },
            Self::ChatGuru(request) => app.chatguru().answer(request),
        }
    }

    pub(crate) fn provider(&self) -> Provider {
        match self {
            Self::ExternalApi(provider, _) => *provider,
            Self::ChatGuru(_) => Provider::ChatGuru,
        }
    }

    /// Returns the id of the requested operation, or `None` if the request matches no operation.
    pub(crate) fn operation_id(&self) -> Option<&'static str> {
        let operation = match self {
            Self::ExternalApi(_, request) => request.operation(),
            Self::ChatGuru(request) => request.operation(),
        };
        operation.map(|operation| operation.id)
    }

    /// Returns scheme, host and prefix as the caller knows them.
    pub(crate) fn origin(&self) -> &str {
        match self {
            Self::ExternalApi(_, request) => &request.raw.origin,
            Self::ChatGuru(request) => &request.raw.origin,
        }
    }

    /// Returns what the ledger keeps of the request.
    pub(crate) fn into_parts(self) -> (RawRequest, RecordedBody, Vec<ReceivedFile>) {
        match self {
            Self::ExternalApi(_, request) => {
                let files = request.files();
                (request.raw, request.recorded, files)
            }
            Self::ChatGuru(request) => (request.raw, request.recorded, Vec::new()),
        }
    }
}
