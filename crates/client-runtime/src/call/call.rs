//! A call and its values. Each value is validated when it is added.

use std::fmt::{self, Debug, Display, Formatter};

use percent_encoding::percent_decode_str;
use reqwest::header::{HeaderMap, HeaderValue};

use crate::body::form::Form;
use crate::client::inner::{ClientInner, RawClient};
use crate::error::violation::{FieldError, Violation};
use crate::spec::operation::Operation;
use crate::spec::rule::{Constraint, Rule};
use crate::util::percent::{encoded, push};
use crate::util::random;
use crate::util::text_length::Characters;
use crate::validate::dyn_form::DynForm;
use crate::validate::text::check_text;

/// A call that is not sent yet.
///
/// Generated code creates it. Nothing is sent before [`Call::send`]. `Debug` shows which values were given and how long they
/// are, but not the values.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<'c> {
    pub(crate) client: &'c ClientInner,
    pub(crate) operation: &'static Operation,
    /// The operation's path with the values of its parameters, if it has any.
    pub(crate) filled_in: Option<String>,
    /// Urlencoded, without the credentials.
    pub(crate) query: String,
    /// The parameters that are headers, if there are any. Among them is the idempotency key, so all attempts carry the same.
    ///
    /// Boxed, because the builders move the call, and few operations have such parameters.
    pub(crate) headers: Option<Box<HeaderMap>>,
    pub(crate) form: Option<Box<dyn DynForm>>,
    /// Which of the operation's fields were given, one bit each.
    given: u64,
    /// The rules that the values break so far.
    pub(crate) violations: Vec<Violation>,
}

impl RawClient {
    /// Creates a call of `operation`.
    pub fn call(&self, operation: &'static Operation) -> Call<'_> {
        Call::new(&self.0, operation)
    }
}

impl<'c> Call<'c> {
    pub(crate) fn new(client: &'c ClientInner, operation: &'static Operation) -> Self {
        let mut call = Self {
            client,
            operation,
            filled_in: None,
            query: String::new(),
            headers: None,
            form: None,
            given: 0,
            violations: Vec::new(),
        };
        for (name, value) in operation.constants {
            call.push(name, value);
        }
        if let Some(name) = operation.idempotency {
            call.insert_header(name, &random::hex());
        }
        call
    }

    /// Sets the path parameter `name`.
    pub fn path(mut self, name: &str, value: impl Display) -> Self {
        let value = value.to_string();
        self.check(name, &value);
        // URLs remove dots, encoded or not, so the call would reach another operation.
        if matches!(&*value, "" | "." | "..") {
            let why = "URLs remove an empty segment, `.` and `..`";
            self.violations.push(Violation::own(name, Constraint::PathSegment, why));
        }
        let value = encoded(&value).to_string();
        let path = self.filled_in.as_deref().unwrap_or(self.operation.path);
        self.filled_in = Some(path.replace(&format!("{{{name}}}"), &value));
        self
    }

    /// Adds a parameter for each of `values`: no parameter for `None`, several for a list.
    pub fn query<T: Display>(mut self, name: &str, values: impl IntoIterator<Item = T>) -> Self {
        for value in values {
            let value = value.to_string();
            self.check(name, &value);
            self.push(name, &value);
        }
        self
    }

    /// Adds a parameter for each entry of the map called `name`. Adds `prefix` to keys that do not have it.
    pub fn query_map<K: AsRef<str>, T: Display>(
        mut self,
        name: &str,
        prefix: &str,
        entries: impl IntoIterator<Item = (K, T)>,
    ) -> Self {
        self.note_given(name);
        let mut count = 0;
        for (key, value) in entries {
            count += 1;
            let key = key.as_ref();
            if key.starts_with(prefix) {
                self.push(key, &value.to_string());
            } else {
                self.push(&format!("{prefix}{key}"), &value.to_string());
            }
        }
        for rule in self.rules().iter().filter(|rule| rule.fields == [name]) {
            if matches!(rule.constraint, Constraint::MinEntries(least) if count < least) {
                self.violations.push(Violation::of(rule, None));
            }
        }
        self
    }

    /// Sets a path parameter as [`Call::path`] does, with the value of a builder; for generated code.
    #[doc(hidden)]
    pub fn path_of(self, name: &str, value: Result<impl Display, FieldError>) -> Self {
        match value {
            Ok(value) => self.path(name, value),
            Err(error) => self.without_value(name, &error),
        }
    }

    /// Adds parameters as [`Call::query`] does, with the values of a builder; for generated code.
    #[doc(hidden)]
    pub fn query_of<T: Display>(self, name: &str, values: Result<impl IntoIterator<Item = T>, FieldError>) -> Self {
        match values {
            Ok(values) => self.query(name, values),
            Err(error) => self.without_value(name, &error),
        }
    }

    /// Adds parameters as [`Call::query_map`] does, with the entries of a builder; for generated code.
    #[doc(hidden)]
    pub fn query_map_of<K: AsRef<str>, T: Display, M: IntoIterator<Item = (K, T)>>(
        self,
        name: &str,
        prefix: &str,
        entries: Result<Option<M>, FieldError>,
    ) -> Self {
        match entries {
            Ok(Some(entries)) => self.query_map(name, prefix, entries),
            Ok(None) => self,
            Err(error) => self.without_value(name, &error),
        }
    }

    /// Notes a value of a wrong type. A missing value needs no note, because the field is not given.
    pub(crate) fn without_value(mut self, name: &str, error: &FieldError) -> Self {
        if matches!(error, FieldError::WrongType(_)) {
            self.note_given(name);
            self.violations.push(Violation::own(name, Constraint::Type, ""));
        }
        self
    }

    /// Returns the rules to validate against, apart from those that are always checked.
    pub(crate) fn rules(&self) -> &'static [Rule] {
        if self.client.preflight { self.operation.rules } else { &[] }
    }

    fn note_given(&mut self, name: &str) {
        if let Some(index) = self.operation.fields.iter().position(|field| *field == name) {
            self.given |= 1_u64.checked_shl(u32::try_from(index).unwrap_or(u32::MAX)).unwrap_or(0);
        }
    }

    pub(crate) fn is_given(&self, name: &str) -> bool {
        let index = self.operation.fields.iter().position(|field| *field == name);
        // The generator refuses operations with more fields than there are bits.
        let by_bit = index.is_none_or(|index| index >= 64 || self.given & (1 << index) != 0);
        let in_form = || self.form.as_ref().is_some_and(|form| form.has(name));
        by_bit || in_form()
    }

    /// Notes that a value is given, and validates it.
    pub(crate) fn check(&mut self, name: &str, value: &str) {
        self.note_given(name);
        check_text(self.rules(), self.client.api.trims, name, value, &mut self.violations);
    }

    /// Sends `form` as the body.
    pub fn form(mut self, form: impl Into<Form>) -> Self {
        self.form = Some(Box::new(form.into()));
        self
    }

    fn push(&mut self, name: &str, value: &str) {
        push(&mut self.query, name, value);
    }

    /// Returns whether the call can be sent again, which is not possible with a stream.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.form.as_ref().is_none_or(|form| form.is_repeatable())
    }
}

impl Debug for Call<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Call");
        shown.field("client", &self.client).field("operation", &self.operation.id).field("query", &Query(&self.query));
        if let Some(headers) = &self.headers {
            let length = |value: &HeaderValue| Characters::of(value.to_str().unwrap_or_default());
            let headers: Vec<_> = headers.iter().map(|(name, value)| (name, length(value))).collect();
            shown.field("headers", &headers);
        }
        if let Some(form) = &self.form {
            shown.field("form", form);
        }
        shown.field("violations", &self.violations).finish()
    }
}

/// Urlencoded parameters.
struct Query<'q>(&'q str);

impl Debug for Query<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let decoded = |text| percent_decode_str(text).decode_utf8_lossy();
        let pairs = self.0.split('&').filter_map(|pair| pair.split_once('='));
        f.debug_map().entries(pairs.map(|(name, value)| (decoded(name), Characters::of(&decoded(value))))).finish()
    }
}

#[cfg(test)]
mod tests {
    use reqwest::Method;

    use super::*;
    use crate::error::error::Error;
    use crate::error::kind::ErrorKind;
    use crate::error::outcome::Outcome;
    use crate::redact::secret::{Credentials, Secret};
    use crate::spec::api::{Api, Instance};
    use crate::spec::credential::CredentialLocation;
    use crate::spec::operation::Safety;
    use crate::{ClientBuilder, RawClient};

    static API: Api = crate::spec::api::tests::API;
    static GET: Operation = Operation::new("get", Method::GET, "/chats/{chat}/notes/{note}", Safety::Read, "Gets.");

    struct Key;

    impl Credentials for Key {
        fn into_parts(self) -> Vec<(CredentialLocation, Secret)> {
            vec![(CredentialLocation::Parameter("key"), Secret::new("a&b"))]
        }
    }

    async fn url(base: &str, call: impl for<'c> FnOnce(Call<'c>) -> Call<'c>) -> Result<String, Error> {
        let core: RawClient = ClientBuilder::new(&API, Instance::new("Test", base), Key).build()?;
        let call = call(core.call(&GET));
        call.preflight().await?;
        let (request, _) = call.to_request(None)?;
        Ok(request.url().to_string())
    }

    #[tokio::test]
    async fn a_url_holds_every_value_as_it_was_given() {
        for (base, below) in [("", ""), ("/", ""), ("/api/", "/api"), ("/api", "/api")] {
            let base = format!("http://zap.example{base}");
            let url = url(&base, |call| call.path("chat", "a/b ?#").path("note", "{chat}").query("q", ["São", "1&2"]));
            let expected = "/chats/a%2Fb%20%3F%23/notes/%7Bchat%7D?key=a%26b&q=S%C3%A3o&q=1%262";
            assert_eq!(url.await.unwrap(), format!("http://zap.example{below}{expected}"));
        }
    }

    #[tokio::test]
    async fn a_path_value_cannot_lead_elsewhere() {
        for value in ["", ".", ".."] {
            let error = url("http://zap.example", |call| call.path("chat", value).path("note", 1)).await.unwrap_err();
            assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone), "{value}");
            assert!(error.to_string().contains("`chat`"), "{error}");
        }
    }

    #[tokio::test]
    async fn a_key_gets_its_prefix_once() {
        let url = url("http://zap.example", |call| {
            call.path("chat", 1).path("note", 2).query_map("fields", "f__", [("a", "1"), ("f__b", "2")])
        });
        assert!(url.await.unwrap().ends_with("&f__a=1&f__b=2"));
    }
}
