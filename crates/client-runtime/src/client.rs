//! A client's settings and connection, shared by its calls.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use zeroize::Zeroizing;

use crate::base_url;
use crate::call::{self, Call};
use crate::error::{Error, ErrorKind};
use crate::http_client::{self, CONNECT, Configure};
use crate::limit::{RateLimit, Turns};
use crate::operation::{Api, Instance, Operation};
use crate::outcome::{self, Evidence, Outcome, Verdict};
use crate::retry::{Backoff, RetryPolicy};
use crate::scrub::{MASK, Scrubber};
use crate::secret::{CredentialLocation, Credentials, Secret};
use crate::tls;
use crate::urls::Urls;

/// How long a call may take, with a limit for each phase.
///
/// The limits use tokio's timers: a call panics on a runtime without them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeouts {
    /// To resolve the name, connect and agree on TLS. Default: 10 seconds; at most nine tenths of
    /// `total`, so that a call that got no connection ends as that, with nothing sent. A client
    /// given to [`ClientBuilder::reqwest_client`] keeps its own.
    pub connect: Duration,
    /// Without any progress once a connection took the request: no byte of a file taken by the
    /// network, none of an answer arriving. Default: 60 seconds, since a provider may wait for
    /// WhatsApp before it answers. With a given client it counts from the start, too.
    pub read: Duration,
    /// For each attempt of a call, from first to last. Default: 120 seconds. A call that uploads a
    /// file takes as long as it makes progress; for it, this is the limit to open its files, and
    /// the limit for the whole body of the answer.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: CONNECT, read: Duration::from_secs(60), total: Duration::from_secs(120) }
    }
}

impl Timeouts {
    /// The same with another limit to connect.
    #[must_use]
    pub const fn with_connect(mut self, limit: Duration) -> Self {
        self.connect = limit;
        self
    }

    /// The same with another limit without progress.
    #[must_use]
    pub const fn with_read(mut self, limit: Duration) -> Self {
        self.read = limit;
        self
    }

    /// The same with another limit for the whole call.
    #[must_use]
    pub const fn with_total(mut self, limit: Duration) -> Self {
        self.total = limit;
        self
    }
}

/// Where an operation's parameters and those credentials that are parameters go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParameterLocation {
    /// Into the URL, as the providers document it. Every proxy on the way may log it, key and all.
    #[default]
    Query,
    /// Into an urlencoded body, which no proxy logs and which has no limit of length. Applies to
    /// POSTs without a form; the others have no such body.
    Body,
}

/// Answers are small; a page of contacts is about 20 kB. This leaves room for thousands of them.
const MAX_ANSWER_BYTES: usize = 8 * 1024 * 1024;

/// What is wrong with an `https` address in a program without TLS.
const NO_TLS: &str = "the address is `https`, but the program is built without TLS, and calls would reach a proxy in \
                      clear text: turn on the feature `rustls` of this client's package (or `rustls-no-provider`, or \
                      `native-tls`)";

/// Settings of a client to be built. From each generated client's `Client::builder`.
#[must_use]
pub struct ClientBuilder<C> {
    api: &'static Api,
    instance: Instance,
    credentials: Vec<(CredentialLocation, Secret)>,
    timeouts: Timeouts,
    max_answer_bytes: usize,
    parameters_in: ParameterLocation,
    retry: Arc<dyn RetryPolicy>,
    rate_limit: Option<Box<dyn Turns>>,
    preflight: bool,
    http: Http,
    client: PhantomData<fn() -> C>,
}

enum Http {
    Build(Option<Configure>),
    Given(reqwest::Client),
}

impl<C: From<RawClient>> ClientBuilder<C> {
    /// For generated code.
    #[doc(hidden)]
    pub fn new(api: &'static Api, instance: Instance, credentials: impl Credentials) -> Self {
        Self {
            api,
            instance,
            credentials: credentials
                .into_parts()
                .into_iter()
                .map(|(place, secret)| (place, secret.trimmed()))
                .collect(),
            timeouts: Timeouts::default(),
            max_answer_bytes: MAX_ANSWER_BYTES,
            parameters_in: ParameterLocation::default(),
            retry: Arc::new(Backoff::default()),
            rate_limit: None,
            preflight: true,
            http: Http::Build(None),
            client: PhantomData,
        }
    }

    /// Sets another base URL, for instance that of a sandbox.
    ///
    /// It is everything before an operation's path, such as `https://zap.example/external-api`. For ChatGuru it replaces
    /// the account's server.
    ///
    /// With an `http` URL everything is sent in clear text, including the credentials. Use one only for a sandbox on
    /// this machine, or for a proxy that adds TLS.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.instance.base_url = base_url.into();
        self.instance.host_names.clear();
        self
    }

    /// Limits for each phase of a call.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// The largest answer to accept, in bytes; 8 MiB unless set. A larger one is an error of kind
    /// [`AnswerTooLarge`](ErrorKind::AnswerTooLarge), and is not held. To decode an answer takes a
    /// few dozen times its size at most: one made of empty objects, which would take more, counts
    /// as [`Undecodable`](ErrorKind::Undecodable).
    pub fn max_answer_bytes(mut self, limit: usize) -> Self {
        self.max_answer_bytes = limit;
        self
    }

    /// Where parameters go; into the URL unless set.
    ///
    /// ChatGuru documents the URL, and public clients send an urlencoded body with equal success
    /// (fact C3), which keeps the key out of every log. To find out whether an account accepts it,
    /// build a second client with [`ParameterLocation::Body`] and call something that only reads, such as
    /// `message_status` of a message you sent: if it answers as the first client does, it does.
    pub fn parameters_in(mut self, place: ParameterLocation) -> Self {
        self.parameters_in = place;
        self
    }

    /// When calls are sent again that can be without harm; [`Backoff`] unless set.
    pub fn retry(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.retry = Arc::new(policy);
        self
    }

    /// Keeps the account below this many requests; none unless set.
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.rate_limit = Some(Box::new(limit));
        self
    }

    /// Sets whether calls are validated against the rules of their operations
    /// ([`Operation::rules`](crate::Operation::rules)) before anything is sent. Default: `true`.
    ///
    /// The rules come from the providers' pages, from recordings of one version, and from WhatsApp's own limits. Turn
    /// them off if an instance accepts more. These checks remain: required values, values of the wrong type, names of
    /// files that would arrive changed, values that cannot be part of a path, and parameters that are too long for a URL.
    pub fn preflight(mut self, check: bool) -> Self {
        self.preflight = check;
        self
    }

    /// Changes the HTTP client before it is built: proxies, root certificates, a resolver, or how long idle
    /// connections are kept.
    ///
    /// Redirects, `Referer`, retries and the verbose log of connections are turned off after
    /// `configure` ran: each of them would hand credentials to another host or to a log, or send a
    /// message twice.
    ///
    /// If you choose rustls here with both features `native-tls` and `rustls-no-provider`, install a
    /// provider of cryptography first: without one, reqwest panics.
    pub fn configure_reqwest(
        mut self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + 'static,
    ) -> Self {
        self.http = Http::Build(Some(Box::new(configure)));
        self
    }

    /// Uses an HTTP client of your own, to share its connections.
    ///
    /// Build it from [`http_client_builder`](crate::http_client_builder). A client that follows
    /// redirects hands the credentials to whatever host it is sent to; one that follows redirects or
    /// retries **can send a change twice**. Nothing here can stop it, or tell whether a given client
    /// does. So with a given client neither a failure to connect nor an answer proves that a change
    /// was not done: unless it was stopped before the client had it
    /// ([`InvalidRequest`](ErrorKind::InvalidRequest)), a change that fails ends with an unknown
    /// outcome, also where the provider refuses it, and is not sent again.
    /// [`configure_reqwest`](Self::configure_reqwest) has none of these drawbacks.
    ///
    /// [`build`](Self::build) still checks that the program has TLS for an `https` base URL. It cannot check how long the
    /// client keeps idle connections, which certificates it trusts and what it logs.
    pub fn reqwest_client(mut self, client: reqwest::Client) -> Self {
        self.http = Http::Given(client);
        self
    }

    /// Builds the client. No connection is made.
    ///
    /// # Errors
    ///
    /// Returns an error of kind [`InvalidRequest`](ErrorKind::InvalidRequest) if
    ///
    /// - the base URL is not an `http` or `https` URL, has a query, a fragment or credentials, or ends in the path of an
    ///   operation;
    /// - ChatGuru's server is not a host name;
    /// - a credential is empty, or has a character that is not allowed in a header or parameter;
    /// - the base URL is `https` and reqwest was built without TLS, even if you supply the HTTP client, because reqwest
    ///   would send the call to a proxy in clear text; the error names the features to turn on;
    /// - the HTTP client cannot be built; the error says why, for instance that the system has no root certificates.
    ///
    /// With the feature `rustls-no-provider` and no other for TLS, also if the program has installed no
    /// provider of cryptography. That is asked for even where the HTTP client would do without: where
    /// another crate turns on reqwest's own `rustls`, and where
    /// [`configure_reqwest`](Self::configure_reqwest) sets a TLS configuration that is ready. To install
    /// one cures it there, too.
    pub fn build(self) -> Result<C, Error> {
        let invalid = |detail: String| {
            Error::new(ErrorKind::InvalidRequest, Outcome::NotDone, &self.instance.name, "builder").with_detail(detail)
        };
        let base = base_url::of(&self.instance, self.api).map_err(invalid)?;
        if base.scheme() == "https" && !tls::is_compiled_in() {
            return Err(invalid(NO_TLS.into()));
        }
        let headers = headers(self.api, &self.credentials).map_err(invalid)?;
        let own_http = matches!(self.http, Http::Build(_));
        if own_http && tls::lacks_cryptography() {
            let help = "with the feature `rustls-no-provider` the program must install a provider of cryptography \
                        first, such as `rustls::crypto::ring::default_provider().install_default()`";
            return Err(invalid(help.into()));
        }
        let scrubber = Arc::new(Scrubber::new(self.credentials.iter().map(|(_, secret)| secret)));
        let http = match self.http {
            Http::Given(client) => client,
            Http::Build(configure) => {
                let connect = self.timeouts.connect.min(self.timeouts.total / 10 * 9);
                http_client::build(configure, connect, &base).map_err(|error| {
                    let error = error.without_url();
                    invalid(scrubber.scrub(&http_client::not_built(&error))).with_source(scrubber.source(error))
                })?
            }
        };
        Ok(C::from(RawClient(Arc::new(Shared {
            api: self.api,
            provider: self.instance.name,
            urls: Urls::new(base),
            headers,
            scrubber,
            signature: signature(&self.credentials, |text, secret| text.extend(call::encoded(secret.expose()))),
            masked_signature: signature(&self.credentials, |text, _| text.push_str(MASK)),
            timeouts: self.timeouts,
            max_answer_bytes: self.max_answer_bytes,
            parameters_in: self.parameters_in,
            retry: self.retry,
            rate_limit: self.rate_limit,
            preflight: self.preflight,
            http,
            own_http,
        }))))
    }
}

fn headers(api: &Api, credentials: &[(CredentialLocation, Secret)]) -> Result<HeaderMap, String> {
    // Its copies keep the size of its index (though not the room for entries), so that the index need
    // not be built anew for what the HTTP library adds.
    let mut headers = HeaderMap::with_capacity(12);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(USER_AGENT, HeaderValue::from_static(api.user_agent));
    for (place, secret) in credentials {
        let (CredentialLocation::Header(name) | CredentialLocation::Parameter(name)) = place;
        if secret.expose().is_empty() {
            return Err(format!("the credential `{name}` is empty"));
        }
        if secret.expose().chars().any(|c| c.is_control() && c != '\t') {
            return Err(format!("the credential `{name}` has a control character such as a line break within it"));
        }
        if let CredentialLocation::Header(name) = place {
            let mut value = header_value(secret).ok_or_else(|| {
                format!("the credential `{name}` has a character that no header may carry, such as `é`")
            })?;
            // Never shown by `Debug`, nor kept in HTTP/2's table of headers.
            value.set_sensitive(true);
            let name = HeaderName::try_from(*name).map_err(|_| format!("`{name}` cannot be the name of a header"))?;
            headers.insert(name, value);
        }
    }
    Ok(headers)
}

/// A credential as the value of a header; its copies share one text, which is wiped with the last.
fn header_value(secret: &Secret) -> Option<HeaderValue> {
    let shown = |byte: u8| byte == b'\t' || matches!(byte, b' '..=b'~');
    let text = Bytes::from_owner(Zeroizing::new(secret.expose().to_owned()));
    let value = HeaderValue::from_maybe_shared(text).ok();
    value.filter(|_| secret.expose().bytes().all(shown))
}

/// The credentials that are parameters, urlencoded; `write` adds the value.
fn signature(credentials: &[(CredentialLocation, Secret)], write: impl Fn(&mut String, &Secret)) -> Zeroizing<String> {
    // Room for all of it: what grows leaves copies behind that nobody wipes.
    let room = credentials.iter().map(|(_, secret)| 3 * secret.expose().len() + 64).sum();
    let mut signature = Zeroizing::new(String::with_capacity(room));
    for (place, secret) in credentials {
        if let CredentialLocation::Parameter(name) = place {
            if !signature.is_empty() {
                signature.push('&');
            }
            signature.push_str(name);
            signature.push('=');
            write(&mut signature, secret);
        }
    }
    signature
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("instance", &self.instance.name)
            .field("timeouts", &self.timeouts)
            .finish_non_exhaustive()
    }
}

/// What the calls of a client share. Cloning is cheap.
#[derive(Clone)]
pub struct RawClient(pub(crate) Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) api: &'static Api,
    pub(crate) provider: String,
    pub(crate) urls: Urls,
    /// Sent with every call; credentials among them are marked sensitive.
    pub(crate) headers: HeaderMap,
    /// The credentials that are parameters, urlencoded.
    pub(crate) signature: Zeroizing<String>,
    /// The same with [`MASK`] for each value.
    pub(crate) masked_signature: Zeroizing<String>,
    pub(crate) scrubber: Arc<Scrubber>,
    pub(crate) timeouts: Timeouts,
    pub(crate) max_answer_bytes: usize,
    pub(crate) parameters_in: ParameterLocation,
    pub(crate) retry: Arc<dyn RetryPolicy>,
    pub(crate) rate_limit: Option<Box<dyn Turns>>,
    pub(crate) preflight: bool,
    pub(crate) http: reqwest::Client,
    /// Whether it was built here, and so follows no redirects and sends nothing twice.
    pub(crate) own_http: bool,
}

impl RawClient {
    /// Starts a call of `operation`.
    pub fn call(&self, operation: &'static Operation) -> Call<'_> {
        Call::new(&self.0, operation)
    }

    /// What a call of `operation` makes of an answer with this status and body; for tests of
    /// generated types.
    #[doc(hidden)]
    pub fn judge<T: crate::Answer>(&self, operation: &'static Operation, status: u16, body: &[u8]) -> Result<T, Error> {
        let mut value = T::default();
        crate::answer::judge(&self.0, operation, status, body, &mut value).map(|()| value)
    }

    /// Name of the instance that is called.
    #[must_use]
    pub fn provider(&self) -> &str {
        &self.0.provider
    }
}

impl Shared {
    pub(crate) fn error(&self, kind: ErrorKind, outcome: Outcome, operation: &'static Operation) -> Error {
        // An API with remarks has one for what is not there, and keeps 404 for its routes (fact E7).
        let not_found_is_route = self.api.envelope.remark.is_some();
        Error::new(kind, outcome, &self.provider, operation.id).with_not_found_is_route(not_found_is_route)
    }

    /// The outcome of `operation`, as far as this evidence goes.
    ///
    /// With a given HTTP client that is not far: it may have followed a redirect or sent the request
    /// a second time by itself, so that what came in the end says nothing of the first request.
    pub(crate) fn outcome(&self, operation: &Operation, evidence: Evidence<'_>) -> Outcome {
        let evidence = match evidence {
            Evidence::Answer { verdict: Verdict::Success, .. } => evidence,
            _ if self.own_http => evidence,
            _ => Evidence::NoAnswer,
        };
        outcome::outcome(operation.safety, &self.api.envelope, evidence)
    }

    pub(crate) fn scrub(&self, text: &str) -> String {
        self.scrubber.scrub(text)
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The host is shown, the rest of the URL is not: people put keys into paths.
        f.debug_struct("Shared")
            .field("provider", &self.provider)
            .field("host", &self.urls.base().host_str())
            .field("timeouts", &self.timeouts)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for RawClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RawClient").field(&self.0).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_in_headers_are_sensitive_and_can_be_carried() {
        let value = |text: &str| header_value(&Secret::new(text));
        for wrong in ["a\nb", "a\0", "\u{7f}", "é"] {
            assert_eq!(value(wrong), None, "{wrong:?}");
        }
        assert_eq!(value("a b\t~").unwrap(), "a b\t~");

        let headers = headers(
            &crate::operation::tests::API,
            &[(CredentialLocation::Header("client-secret"), Secret::new("canary"))],
        )
        .unwrap();
        assert!(headers["client-secret"].is_sensitive() && !headers[ACCEPT].is_sensitive());
        assert!(!format!("{headers:?}").contains("canary"), "{headers:?}");
    }
}
