//! One call: from its parameters to a request.

use std::fmt::{Display, Write as _};
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Request};
use zeroize::Zeroizing;

use crate::client::{ParametersIn, Shared};
use crate::error::{Error, ErrorKind};
use crate::exchange;
use crate::form::{Form, Progress};
use crate::operation::Operation;
use crate::outcome::Outcome;
use crate::response::{Answer, ResponseValue};
use crate::secret::CredentialPlace;

/// RFC 3986's unreserved characters stay as they are.
pub(crate) const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Longer queries meet a 414 somewhere on their way (fact C16), after the key has been logged there.
const MAX_QUERY: usize = 4096;

/// A call being put together. Generated code makes it; nothing is sent before [`Call::send`].
#[derive(Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call<'c> {
    pub(crate) client: &'c Shared,
    pub(crate) operation: &'static Operation,
    path: String,
    /// Urlencoded, without the credentials.
    query: String,
    form: Option<Form>,
    /// What is wrong with the arguments.
    invalid: Option<String>,
}

impl<'c> Call<'c> {
    pub(crate) fn new(client: &'c Shared, operation: &'static Operation) -> Self {
        let mut call = Self {
            client,
            operation,
            path: operation.path.to_owned(),
            query: String::new(),
            form: None,
            invalid: None,
        };
        for (name, value) in operation.constants {
            call.push(name, value);
        }
        call
    }

    /// Puts `value` into the path, as one segment of it.
    pub fn path(mut self, name: &str, value: impl Display) -> Self {
        let value = value.to_string();
        // URLs resolve dots away, encoded or not: the call would reach another operation.
        if matches!(&*value, "" | "." | "..") {
            self.invalid = Some(format!("`{name}` cannot be `{value}`: it is a part of the path"));
        }
        let value = utf8_percent_encode(&value, ENCODED).to_string();
        self.path = self.path.replace(&format!("{{{name}}}"), &value);
        self
    }

    /// Adds a parameter for each of `values`: none for `None`, several for a list.
    pub fn query<T: Display>(mut self, name: &str, values: impl IntoIterator<Item = T>) -> Self {
        for value in values {
            self.push(name, &value.to_string());
        }
        self
    }

    /// Adds a parameter for each entry; each key gets `prefix` unless it has it.
    pub fn query_map<K: AsRef<str>, T: Display>(
        mut self,
        prefix: &str,
        entries: impl IntoIterator<Item = (K, T)>,
    ) -> Self {
        for (key, value) in entries {
            let key = key.as_ref();
            if key.starts_with(prefix) {
                self.push(key, &value.to_string());
            } else {
                self.push(&format!("{prefix}{key}"), &value.to_string());
            }
        }
        self
    }

    /// Sends `form` as the body.
    pub fn form(mut self, form: impl Into<Form>) -> Self {
        self.form = Some(form.into());
        self
    }

    fn push(&mut self, name: &str, value: &str) {
        push(&mut self.query, name, value);
    }

    /// Sends the call and judges the answer.
    ///
    /// A change is sent once; it is sent again only if the request provably never left this machine.
    /// Dropping the future stops waiting; what was sent by then stays sent.
    pub async fn send<T: Answer>(self) -> Result<ResponseValue<T>, Error> {
        exchange::run(&self).await
    }

    /// Whether the same can be sent a second time.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.form.as_ref().is_none_or(Form::is_repeatable)
    }

    fn invalid(&self, detail: impl Into<String>) -> Error {
        self.client.error(ErrorKind::InvalidRequest, Outcome::NotDone, self.operation).with_detail(detail)
    }

    /// The request, and how far the network has got with its files.
    pub(crate) async fn to_request(&self) -> Result<(Request, Option<Arc<Progress>>), Error> {
        let (client, operation) = (self.client, self.operation);
        if let Some(detail) = &self.invalid {
            return Err(self.invalid(detail));
        }
        let parameters = self.parameters();
        let writes = matches!(operation.method, Method::POST | Method::PUT | Method::PATCH);
        let in_body = client.parameters_in == ParametersIn::Body && writes && self.form.is_none();
        let mut url = client.base.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&(base + &self.path));
        if !in_body && !parameters.is_empty() {
            if parameters.len() > MAX_QUERY {
                return Err(self.invalid(format!(
                    "the parameters take {} bytes of the URL, and servers refuse more than {MAX_QUERY}: shorten the \
                     text, or send parameters in the body (`ClientBuilder::parameters_in`)",
                    parameters.len()
                )));
            }
            url.set_query(Some(&parameters));
        }

        let mut request = Request::new(operation.method.clone(), url);
        *request.headers_mut() = client.headers.clone();
        let mut progress = None;
        if let Some(form) = &self.form {
            let form = form
                .encode()
                .await
                .map_err(|error| self.invalid(client.scrub(&error.to_string())).with_source(error))?;
            request.headers_mut().insert(CONTENT_TYPE, form.content_type);
            *request.body_mut() = Some(form.body);
            progress = form.progress;
        } else if in_body {
            let form = HeaderValue::from_static("application/x-www-form-urlencoded");
            request.headers_mut().insert(CONTENT_TYPE, form);
            *request.body_mut() = Some(parameters.as_str().to_owned().into());
        } else if writes {
            // Some servers answer 411 to a POST that says nothing of its length (fact C3).
            request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        Ok((request, progress))
    }

    /// Urlencoded: the credentials that are parameters, then the call's own.
    fn parameters(&self) -> Zeroizing<String> {
        // Room for all of it: what grows leaves copies behind that nobody wipes.
        let secrets = self.client.credentials.iter().map(|(_, secret)| 3 * secret.expose().len() + 32);
        let mut parameters = Zeroizing::new(String::with_capacity(secrets.sum::<usize>() + self.query.len()));
        for (place, secret) in &self.client.credentials {
            if let CredentialPlace::Parameter(name) = place {
                push(&mut parameters, name, secret.expose());
            }
        }
        if !(parameters.is_empty() || self.query.is_empty()) {
            parameters.push('&');
        }
        parameters.push_str(&self.query);
        parameters
    }
}

fn push(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    let (name, value) = (utf8_percent_encode(name, ENCODED), utf8_percent_encode(value, ENCODED));
    let _ = write!(query, "{name}={value}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{Api, Envelope, Install, Refusals, Safety};
    use crate::secret::{Credentials, Secret};
    use crate::{ClientBuilder, Core};

    static API: Api = Api {
        user_agent: "test/1",
        envelope: Envelope {
            status: "status",
            success: "success",
            error: "error",
            remark: None,
            texts: &[],
            refusals: Refusals::All,
        },
    };
    static GET: Operation = Operation::new("get", Method::GET, "/chats/{chat}/notes/{note}", Safety::Read, "Gets.");

    struct Key;

    impl Credentials for Key {
        fn into_parts(self) -> Vec<(CredentialPlace, Secret)> {
            vec![(CredentialPlace::Parameter("key"), Secret::new("a&b"))]
        }
    }

    async fn url(base: &str, call: impl for<'c> FnOnce(Call<'c>) -> Call<'c>) -> Result<String, Error> {
        let core: Core = ClientBuilder::new(&API, Install::new("Test", base), Key).build()?;
        let (request, _) = call(core.call(&GET)).to_request().await?;
        Ok(request.url().to_string())
    }

    #[tokio::test]
    async fn a_url_holds_every_value_as_it_was_given() {
        for (base, below) in [("", ""), ("/", ""), ("/api/", "/api"), ("/api", "/api")] {
            let base = format!("https://zap.example{base}");
            let url = url(&base, |call| call.path("chat", "a/b ?#").path("note", "{chat}").query("q", ["São", "1&2"]));
            let expected = "/chats/a%2Fb%20%3F%23/notes/%7Bchat%7D?key=a%26b&q=S%C3%A3o&q=1%262";
            assert_eq!(url.await.unwrap(), format!("https://zap.example{below}{expected}"));
        }
    }

    #[tokio::test]
    async fn a_path_value_cannot_lead_elsewhere() {
        for value in ["", ".", ".."] {
            let error = url("https://zap.example", |call| call.path("chat", value).path("note", 1)).await.unwrap_err();
            assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone), "{value}");
            assert!(error.to_string().contains("`chat`"), "{error}");
        }
    }

    #[tokio::test]
    async fn a_key_gets_its_prefix_once() {
        let url = url("https://zap.example", |call| {
            call.path("chat", 1).path("note", 2).query_map("f__", [("a", "1"), ("f__b", "2")])
        });
        assert!(url.await.unwrap().ends_with("&f__a=1&f__b=2"));
    }
}
