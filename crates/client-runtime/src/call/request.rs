//! Validates calls and turns them into requests.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use reqwest::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Request};
use zeroize::Zeroizing;

use crate::body::body_stream::body_of;
use crate::body::segments::EncodedForm;
use crate::body::upload_progress::UploadProgress;
use crate::call::call::Call;
use crate::client::credentials::{Auth, JSON};
use crate::client::parameter_location::ParameterLocation;
use crate::error::error::Error;
use crate::error::form_error::FormError;
use crate::error::kind::ErrorKind;
use crate::error::outcome::Outcome;
use crate::error::violation::Violation;
use crate::spec::credential::CredentialLocation;
use crate::spec::rule::Constraint;
use crate::validate::dyn_form::DynForm;

/// The maximum length of a query. Some server or proxy refuses longer ones with 414 (fact [C16]), after logging the
/// key.
///
/// [C16]: https://docs.rs/chatguru-client/latest/chatguru_client/facts/#c16
const MAX_QUERY: usize = 4096;

impl Call<'_> {
    /// Validates the call against the rules of its operation. The error has all rules that it breaks.
    pub(crate) async fn preflight(&self) -> Result<(), Error> {
        let mut found = self.broken_rules();
        if let Some(form) = self.form_with_files() {
            form.check_files(self.rules(), &mut found).await;
        }
        self.refused_for(found)
    }

    /// Returns the form if it has files.
    pub(crate) fn form_with_files(&self) -> Option<&dyn DynForm> {
        self.form.as_deref().filter(|form| form.has_files())
    }

    /// Returns the rules that the call breaks, except for those about the content or the size of files.
    pub(crate) fn broken_rules(&self) -> Vec<Violation> {
        let mut found = self.violations.clone();
        for rule in self.operation.rules {
            if rule.constraint == Constraint::Required && !rule.fields.iter().all(|name| self.is_given(name)) {
                found.push(Violation::of(rule, None));
            }
        }
        if let Some(form) = &self.form {
            form.check(self.rules(), self.client.api.trims, &mut found);
        }
        found.extend(self.too_long_for_a_url());
        found
    }

    /// Returns the error of a call that breaks these rules, if there are any.
    pub(crate) fn refused_for(&self, found: Vec<Violation>) -> Result<(), Error> {
        if found.is_empty() {
            return self.auth().map(drop);
        }
        Err(self.client.error(ErrorKind::InvalidRequest, Outcome::NotDone, self.operation).with_violations(found))
    }

    fn too_long_for_a_url(&self) -> Option<Violation> {
        let (auth_query, query) = (self.auth().map_or(0, |auth| auth.query.len()), self.query.len());
        let length = auth_query + query + usize::from(auth_query > 0 && query > 0);
        let long = length > MAX_QUERY && self.parameters_in() == ParameterLocation::Query;
        long.then(|| {
            let why = if self.writes() && self.form.is_none() {
                "servers refuse longer URLs; shorten the text, or send the parameters in the body \
                 (`ClientBuilder::parameters_in`)"
            } else {
                "servers refuse longer URLs; shorten the text"
            };
            let in_path = |name: &str| self.operation.path.split(['{', '}']).any(|part| part == name);
            let queried = |name: &&&str| self.is_given(name) && !in_path(name) && !self.has_header(name);
            let fields = self.operation.fields.iter().filter(queried).map(|&name| name.to_owned()).collect();
            Violation::new(fields, Constraint::QueryLength(MAX_QUERY), why, Some(length as u64), None)
        })
    }

    /// Returns where the parameters of this call go.
    fn parameters_in(&self) -> ParameterLocation {
        let in_body = self.client.parameters_in == ParameterLocation::Body && self.writes() && self.form.is_none();
        if in_body { ParameterLocation::Body } else { ParameterLocation::Query }
    }

    fn writes(&self) -> bool {
        matches!(self.operation.method, Method::POST | Method::PUT | Method::PATCH)
    }

    /// Returns the error of a form that cannot be sent.
    pub(crate) fn unsendable(&self, error: FormError) -> Error {
        let detail = self.client.scrub(&error.to_string());
        let invalid = self.client.error(ErrorKind::InvalidRequest, Outcome::NotDone, self.operation);
        let invalid = invalid.with_detail(detail);
        // The path may contain a secret, so only the system's own error becomes the source.
        if let FormError::Open { cause, .. } = error {
            invalid.with_source(self.client.scrubber.source(cause))
        } else {
            invalid
        }
    }

    /// Returns the request and the progress of its upload. `encoded` is the form if it has files.
    pub(crate) fn to_request(&self, encoded: Option<EncodedForm>) -> Result<(Request, Arc<UploadProgress>), Error> {
        let auth = self.auth()?;
        let (mut request, parameters) = self.without_form(&auth, &auth.query);
        let of_texts = || self.form.as_ref().map(|form| form.encode().map_err(|error| self.unsendable(error)));
        let (body, progress) = if let Some(form) = encoded.map(Ok).or_else(of_texts).transpose()? {
            request.headers_mut().insert(CONTENT_TYPE, form.content_type);
            (form.body, form.progress)
        } else {
            // Not copied, so that its memory is wiped.
            body_of(parameters.map(Bytes::from_owner).unwrap_or_default())
        };
        *request.body_mut() = Some(body);
        Ok((request, progress))
    }

    /// Returns the credentials that the call carries, or an error if one that it needs was not given.
    pub(crate) fn auth(&self) -> Result<Cow<'_, Auth>, Error> {
        let Self { client, operation, .. } = *self;
        let Some(alternatives) = operation.security else { return Ok(Cow::Borrowed(&client.auth)) };
        let given = |location: &&CredentialLocation| client.credentials.iter().any(|(other, _)| other == *location);
        let invalid =
            |detail: String| client.error(ErrorKind::InvalidRequest, Outcome::NotDone, operation).with_detail(detail);
        let Some(sent) = alternatives.iter().find(|one| one.iter().all(|location| given(&location))) else {
            let names = |one: &&[CredentialLocation]| {
                one.iter().map(|location| format!("`{}`", location.name())).collect::<Vec<_>>().join(" and ")
            };
            let needed = alternatives.iter().map(names).collect::<Vec<_>>().join(", or ");
            let is_missing = |location: &CredentialLocation| {
                !given(&location) && alternatives.iter().any(|one| one.contains(location))
            };
            let missing = client.setters.iter().filter(|(location, _)| is_missing(location));
            let mut setters: Vec<_> = missing.map(|(_, setter)| format!("`{setter}`")).collect();
            setters.dedup();
            let help = if setters.is_empty() {
                String::new()
            } else {
                format!("; add it with {} of `Credentials`", setters.join(" or "))
            };
            return Err(invalid(format!("the operation needs a credential that was not given: {needed}{help}")));
        };
        let credentials: Vec<_> =
            client.credentials.iter().filter(|(location, _)| sent.contains(location)).cloned().collect();
        Auth::of(client.api, &credentials).map(Cow::Owned).map_err(invalid)
    }

    /// Returns the request without a body, and the parameters that become its body, if they do. `auth_query` has the
    /// credentials that are parameters.
    pub(crate) fn without_form(&self, auth: &Auth, auth_query: &str) -> (Request, Option<Zeroizing<String>>) {
        let client = self.client;
        let parameters = self.parameters(auth_query);
        let mut url = client.urls.of(self.operation, self.filled_in.as_deref());
        if self.parameters_in() == ParameterLocation::Query && !parameters.is_empty() {
            url.set_query(Some(&parameters));
        }
        let mut request = Request::new(self.operation.method.clone(), url);
        *request.headers_mut() = auth.headers.clone();
        if let Some(headers) = &self.headers {
            request.headers_mut().extend((**headers).clone());
        }
        if self.operation.accept != JSON {
            request.headers_mut().insert(ACCEPT, HeaderValue::from_static(self.operation.accept));
        }
        if self.parameters_in() == ParameterLocation::Body {
            let form = HeaderValue::from_static("application/x-www-form-urlencoded");
            request.headers_mut().insert(CONTENT_TYPE, form);
            return (request, Some(parameters));
        }
        if self.writes() && self.form.is_none() {
            // Some servers answer a POST without a length with 411 (fact C3).
            request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        (request, None)
    }

    /// Returns the urlencoded parameters: the credentials, then the parameters of the call.
    fn parameters(&self, auth_query: &str) -> Zeroizing<String> {
        // Reserves room for everything, because a text that grows leaves copies behind that are not wiped.
        let between = if auth_query.is_empty() || self.query.is_empty() { "" } else { "&" };
        let mut parameters = Zeroizing::new(String::with_capacity(auth_query.len() + between.len() + self.query.len()));
        for piece in [auth_query, between, &self.query] {
            parameters.push_str(piece);
        }
        parameters
    }
}
