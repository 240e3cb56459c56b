//! Creates a span for each call, with the field names of OpenTelemetry's HTTP conventions.
//!
//! Its fields contain only data of the spec, the host of the base URL and the outcome: never a query, a body, a header or a
//! phone number.

use std::future::Future;

use crate::call::call::Call;
use crate::call::raw_response::RawResponse;
use crate::error::error::Error;
#[cfg(feature = "tracing")]
use crate::error::outcome::Outcome;

/// The span of a call. Without the feature `tracing` it is empty.
pub(crate) struct Span {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

#[cfg(feature = "tracing")]
impl Span {
    pub(crate) fn new(call: &Call<'_>) -> Self {
        use tracing::field::Empty;

        let base = call.client.urls.base();
        let span = tracing::info_span!(
            target: "zap_client_runtime",
            "whatsapp call",
            otel.name = format!("{} {}", call.operation.method, call.operation.path),
            otel.kind = "client",
            http.request.method = %call.operation.method,
            url.template = call.operation.path,
            server.address = base.host_str(),
            server.port = base.port_or_known_default(),
            provider = &*call.client.provider,
            operation = call.operation.id,
            http.response.status_code = Empty,
            http.request.resend_count = Empty,
            error.r#type = Empty,
            outcome = Empty,
            attempts = Empty,
        );
        Self { span }
    }

    /// Runs `call` in the span. Not an `async fn`, because its future would contain the call twice.
    pub(crate) fn enter<F: Future>(&self, call: F) -> impl Future<Output = F::Output> {
        tracing::Instrument::instrument(call, self.span.clone())
    }

    pub(crate) fn record(&self, result: &Result<RawResponse, Error>) {
        let (status, outcome, attempts) = match result {
            Ok(answer) => (Some(answer.status), Outcome::Done, answer.attempts),
            Err(error) => (error.status(), error.outcome(), error.attempts()),
        };
        if let Some(status) = status {
            self.span.record("http.response.status_code", status.as_u16());
        }
        if let Err(error) = result {
            self.span.record("error.type", tracing::field::debug(error.kind()));
        }
        self.span.record("outcome", outcome.as_str());
        self.span.record("attempts", attempts);
        self.span.record("http.request.resend_count", attempts - 1);
    }
}

#[cfg(not(feature = "tracing"))]
impl Span {
    pub(crate) fn new(_: &Call<'_>) -> Self {
        Self {}
    }

    #[allow(clippy::unused_self, reason = "as with the feature")]
    pub(crate) fn enter<F: Future>(&self, call: F) -> F {
        call
    }

    #[allow(clippy::unused_self, reason = "as with the feature")]
    pub(crate) fn record(&self, _: &Result<RawResponse, Error>) {}
}
