//! From a call to a request: held to all rules first.

use std::sync::Arc;

use bytes::Bytes;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Request};
use zeroize::Zeroizing;

use crate::body::body_stream::body_of;
use crate::body::segments::EncodedForm;
use crate::body::upload_progress::Progress;
use crate::call::call::Call;
use crate::client::parameter_location::ParameterLocation;
use crate::error::error::Error;
use crate::error::form_error::FormError;
use crate::error::kind::ErrorKind;
use crate::error::outcome::Outcome;
use crate::error::violation::Violation;
use crate::spec::rule::Constraint;
use crate::validate::dyn_form::Posted;

/// Longer queries meet a 414 somewhere on their way (fact C16), after the key has been logged there.
const MAX_QUERY: usize = 4096;

/// Where a call's parameters go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Query,
    Body,
}

impl Call<'_> {
    /// Holds the call to the rules of its operation; the error has all that do not hold.
    pub(crate) async fn preflight(&self) -> Result<(), Error> {
        let mut found = self.broken_rules();
        if let Some(form) = self.form_with_files() {
            form.check_files(self.rules(), &mut found).await;
        }
        self.refused_for(found)
    }

    /// The form, if there are files to be looked into.
    pub(crate) fn form_with_files(&self) -> Option<&dyn Posted> {
        self.form.as_deref().filter(|form| form.has_files())
    }

    /// What can be told without looking into files.
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

    /// The error of a call that breaks these rules, if there are any.
    pub(crate) fn refused_for(&self, found: Vec<Violation>) -> Result<(), Error> {
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
            let why = if self.writes() && self.form.is_none() {
                "servers refuse longer ones: shorten the text, or send parameters in the body \
                 (`ClientBuilder::parameters_in`)"
            } else {
                "servers refuse longer ones: shorten the text"
            };
            let in_path = |name: &str| self.operation.path.split(['{', '}']).any(|part| part == name);
            let queried = |name: &&&str| self.is_given(name) && !in_path(name);
            let fields = self.operation.fields.iter().filter(queried).map(|&name| name.to_owned()).collect();
            Violation::new(fields, Constraint::QueryLength(MAX_QUERY), why, Some(length as u64), None)
        })
    }

    /// Where the parameters go.
    fn place(&self) -> Place {
        let in_body = self.client.parameters_in == ParameterLocation::Body && self.writes() && self.form.is_none();
        if in_body { Place::Body } else { Place::Query }
    }

    fn writes(&self) -> bool {
        matches!(self.operation.method, Method::POST | Method::PUT | Method::PATCH)
    }

    /// The error of a form that cannot be sent.
    pub(crate) fn unsendable(&self, error: FormError) -> Error {
        let detail = self.client.scrub(&error.to_string());
        let invalid = self.client.error(ErrorKind::InvalidRequest, Outcome::NotDone, self.operation);
        let invalid = invalid.with_detail(detail);
        // Only what the system said: the path may hold a secret, and a source is shown as it is.
        if let FormError::Open { cause, .. } = error {
            invalid.with_source(self.client.scrubber.source(cause))
        } else {
            invalid
        }
    }

    /// The request, and how far the network has got with it. A form with files has been `encoded`.
    pub(crate) fn to_request(&self, encoded: Option<EncodedForm>) -> Result<(Request, Arc<Progress>), Error> {
        let (mut request, parameters) = self.without_form(&self.client.signature);
        let of_texts = || self.form.as_ref().map(|form| form.encode().map_err(|error| self.unsendable(error)));
        let (body, progress) = if let Some(form) = encoded.map(Ok).or_else(of_texts).transpose()? {
            request.headers_mut().insert(CONTENT_TYPE, form.content_type);
            (form.body, form.progress)
        } else {
            // Not copied, so that it is wiped.
            body_of(parameters.map(Bytes::from_owner).unwrap_or_default())
        };
        *request.body_mut() = Some(body);
        Ok((request, progress))
    }

    /// The request without a body, and the parameters that are to be its body. `signature` is the
    /// credentials that are parameters, urlencoded.
    pub(crate) fn without_form(&self, signature: &str) -> (Request, Option<Zeroizing<String>>) {
        let client = self.client;
        let parameters = self.parameters(signature);
        let mut url = client.urls.of(self.operation, self.filled_in.as_deref());
        if self.place() == Place::Query && !parameters.is_empty() {
            url.set_query(Some(&parameters));
        }
        let mut request = Request::new(self.operation.method.clone(), url);
        *request.headers_mut() = client.headers.clone();
        if self.place() == Place::Body {
            let form = HeaderValue::from_static("application/x-www-form-urlencoded");
            request.headers_mut().insert(CONTENT_TYPE, form);
            return (request, Some(parameters));
        }
        if self.writes() && self.form.is_none() {
            // Some servers answer 411 to a POST that says nothing of its length (fact C3).
            request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        (request, None)
    }

    /// Urlencoded: the credentials that are parameters, then the call's own.
    fn parameters(&self, signature: &str) -> Zeroizing<String> {
        // Room for all of it: what grows leaves copies behind that nobody wipes.
        let between = if signature.is_empty() || self.query.is_empty() { "" } else { "&" };
        let mut parameters = Zeroizing::new(String::with_capacity(signature.len() + between.len() + self.query.len()));
        for piece in [signature, between, &self.query] {
            parameters.push_str(piece);
        }
        parameters
    }
}
