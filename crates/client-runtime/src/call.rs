//! One call: from its parameters to a request.

use std::fmt::{Display, Write as _};
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Request};
use zeroize::Zeroizing;

use crate::client::{ParametersIn, Shared};
use crate::dry_run::DryRun;
use crate::error::{Error, ErrorKind};
use crate::exchange;
use crate::form::{Form, FormError};
use crate::form_body::Progress;
use crate::operation::Operation;
use crate::outcome::Outcome;
use crate::preflight;
use crate::response::{Answer, ResponseValue};
use crate::rule::{Constraint, Rule};
use crate::violation::{Flaw, Violation};

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
    pub(crate) form: Option<Form>,
    /// Which of the operation's fields were given, one bit each.
    given: u64,
    /// What is wrong with the values so far.
    violations: Vec<Violation>,
}

impl<'c> Call<'c> {
    pub(crate) fn new(client: &'c Shared, operation: &'static Operation) -> Self {
        let mut call = Self {
            client,
            operation,
            path: operation.path.to_owned(),
            query: String::new(),
            form: None,
            given: 0,
            violations: Vec::new(),
        };
        for (name, value) in operation.constants {
            call.push(name, value);
        }
        call
    }

    /// Puts `value` into the path, as one segment of it.
    pub fn path(mut self, name: &str, value: impl Display) -> Self {
        let value = value.to_string();
        self.check(name, &value);
        // URLs resolve dots away, encoded or not: the call would reach another operation.
        if matches!(&*value, "" | "." | "..") {
            let why = "it is empty or dots, which URLs resolve away";
            self.violations.push(Violation::own(name, Constraint::PathSegment, why));
        }
        let value = encoded(&value).to_string();
        self.path = self.path.replace(&format!("{{{name}}}"), &value);
        self
    }

    /// Adds a parameter for each of `values`: none for `None`, several for a list.
    pub fn query<T: Display>(mut self, name: &str, values: impl IntoIterator<Item = T>) -> Self {
        for value in values {
            let value = value.to_string();
            self.check(name, &value);
            self.push(name, &value);
        }
        self
    }

    /// Adds a parameter for each entry of the map called `name`; each key gets `prefix` unless it
    /// has it.
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

    /// [`Call::path`] of what a builder holds; for generated code.
    #[doc(hidden)]
    pub fn path_of(self, name: &str, value: Result<impl Display, Flaw>) -> Self {
        match value {
            Ok(value) => self.path(name, value),
            Err(flaw) => self.flawed(name, flaw),
        }
    }

    /// [`Call::query`] of what a builder holds; for generated code.
    #[doc(hidden)]
    pub fn query_of<T: Display>(self, name: &str, values: Result<impl IntoIterator<Item = T>, Flaw>) -> Self {
        match values {
            Ok(values) => self.query(name, values),
            Err(flaw) => self.flawed(name, flaw),
        }
    }

    /// [`Call::query_map`] of what a builder holds; for generated code.
    #[doc(hidden)]
    pub fn query_map_of<K: AsRef<str>, T: Display, M: IntoIterator<Item = (K, T)>>(
        self,
        name: &str,
        prefix: &str,
        entries: Result<Option<M>, Flaw>,
    ) -> Self {
        match entries {
            Ok(Some(entries)) => self.query_map(name, prefix, entries),
            Ok(None) => self,
            Err(flaw) => self.flawed(name, flaw),
        }
    }

    /// What is missing shows by itself.
    fn flawed(mut self, name: &str, flaw: Flaw) -> Self {
        if matches!(flaw, Flaw::WrongType(_)) {
            self.note_given(name);
            self.violations.push(Violation::own(name, Constraint::Type, ""));
        }
        self
    }

    /// The rules in force, apart from those that always are.
    fn rules(&self) -> &'static [Rule] {
        if self.client.preflight { self.operation.rules } else { &[] }
    }

    fn note_given(&mut self, name: &str) {
        if let Some(index) = self.operation.fields.iter().position(|field| *field == name) {
            self.given |= 1_u64.checked_shl(u32::try_from(index).unwrap_or(u32::MAX)).unwrap_or(0);
        }
    }

    fn is_given(&self, name: &str) -> bool {
        let index = self.operation.fields.iter().position(|field| *field == name);
        // The generator refuses operations with more fields than there are bits.
        let by_bit = index.is_none_or(|index| index >= 64 || self.given & (1 << index) != 0);
        let in_form = || self.form.as_ref().is_some_and(|form| form.has(name));
        by_bit || in_form()
    }

    /// A value is given: holds it to the rules for it alone.
    fn check(&mut self, name: &str, value: &str) {
        self.note_given(name);
        preflight::check_text(self.rules(), self.client.api.trims, name, value, &mut self.violations);
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

    /// The request that [`Call::send`] would make, with every secret masked; nothing is sent.
    ///
    /// # Errors
    ///
    /// As for `send`, where nothing is sent: a rule that does not hold, a file that cannot be read.
    pub async fn dry_run(self) -> Result<DryRun, Error> {
        DryRun::of(&self).await
    }

    /// Holds the call to the rules of its operation; the error has all that do not hold.
    pub(crate) async fn preflight(&self) -> Result<(), Error> {
        let mut found = self.violations.clone();
        for rule in self.operation.rules {
            if rule.constraint == Constraint::Required && !rule.fields.iter().all(|name| self.is_given(name)) {
                found.push(Violation::of(rule, None));
            }
        }
        if let Some(form) = &self.form {
            found.extend(form.flaws().iter().map(|name| Violation::own(name, Constraint::Type, "")));
            preflight::check_form(self.rules(), self.client.api.trims, form, &mut found);
            if form.files().next().is_some() {
                preflight::check_files(self.rules(), form, &mut found).await;
            }
        }
        found.extend(self.too_long_for_a_url());
        if found.is_empty() {
            return Ok(());
        }
        Err(self.client.error(ErrorKind::InvalidRequest, Outcome::NotDone, self.operation).with_violations(found))
    }

    fn too_long_for_a_url(&self) -> Option<Violation> {
        let (signature, query) = (self.client.signature.len(), self.query.len());
        let length = signature + query + usize::from(signature > 0 && query > 0);
        let long = length > MAX_QUERY && self.place() == Place::Query;
        long.then(|| {
            let why = "servers refuse longer ones: shorten the text, or send parameters in the body \
                       (`ClientBuilder::parameters_in`)";
            let queried = |name: &&&str| self.is_given(name) && !self.operation.path.contains(&format!("{{{name}}}"));
            let fields = self.operation.fields.iter().filter(queried).map(|&name| name.to_owned()).collect();
            Violation::new(fields, Constraint::QueryLength(MAX_QUERY), why, Some(length as u64), None)
        })
    }

    /// Where the parameters go.
    fn place(&self) -> Place {
        let in_body = self.client.parameters_in == ParametersIn::Body && self.writes() && self.form.is_none();
        if in_body { Place::Body } else { Place::Query }
    }

    fn writes(&self) -> bool {
        matches!(self.operation.method, Method::POST | Method::PUT | Method::PATCH)
    }

    /// Whether the same can be sent a second time.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.form.as_ref().is_none_or(Form::is_repeatable)
    }

    /// The error of a form that cannot be sent.
    pub(crate) fn unsendable(&self, error: FormError) -> Error {
        let detail = self.client.scrub(&error.to_string());
        let invalid = self.client.error(ErrorKind::InvalidRequest, Outcome::NotDone, self.operation);
        invalid.with_detail(detail).with_source(error)
    }

    /// The request, and how far the network has got with its files.
    pub(crate) async fn to_request(&self) -> Result<(Request, Option<Arc<Progress>>), Error> {
        let mut request = self.without_form(&self.client.signature);
        let mut progress = None;
        if let Some(form) = &self.form {
            let form = form.encode().await.map_err(|error| self.unsendable(error))?;
            request.headers_mut().insert(CONTENT_TYPE, form.content_type);
            *request.body_mut() = Some(form.body);
            progress = form.progress;
        }
        Ok((request, progress))
    }

    /// The request but for its form. `signature` is the credentials that are parameters, urlencoded.
    pub(crate) fn without_form(&self, signature: &str) -> Request {
        let client = self.client;
        let parameters = self.parameters(signature);
        let mut url = client.base.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&(base + &self.path));
        if self.place() == Place::Query && !parameters.is_empty() {
            url.set_query(Some(&parameters));
        }
        let mut request = Request::new(self.operation.method.clone(), url);
        *request.headers_mut() = client.headers.clone();
        if self.place() == Place::Body {
            let form = HeaderValue::from_static("application/x-www-form-urlencoded");
            request.headers_mut().insert(CONTENT_TYPE, form);
            *request.body_mut() = Some(parameters.as_str().to_owned().into());
        } else if self.writes() && self.form.is_none() {
            // Some servers answer 411 to a POST that says nothing of its length (fact C3).
            request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        request
    }

    /// Urlencoded: the credentials that are parameters, then the call's own.
    fn parameters(&self, signature: &str) -> Zeroizing<String> {
        // Room for all of it: what grows leaves copies behind that nobody wipes.
        let mut parameters = Zeroizing::new(String::with_capacity(signature.len() + self.query.len() + 1));
        parameters.push_str(signature);
        if !(parameters.is_empty() || self.query.is_empty()) {
            parameters.push('&');
        }
        parameters.push_str(&self.query);
        parameters
    }
}

/// Where a call's parameters go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Query,
    Body,
}

/// A text as it stands in a URL.
pub(crate) fn encoded(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, ENCODED)
}

fn push(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    let (name, value) = (encoded(name), encoded(value));
    let _ = write!(query, "{name}={value}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{Api, Envelope, Install, Refusals, Safety};
    use crate::secret::{CredentialPlace, Credentials, Secret};
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
        trims: false,
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
        let call = call(core.call(&GET));
        call.preflight().await?;
        let (request, _) = call.to_request().await?;
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
            call.path("chat", 1).path("note", 2).query_map("fields", "f__", [("a", "1"), ("f__b", "2")])
        });
        assert!(url.await.unwrap().ends_with("&f__a=1&f__b=2"));
    }
}
