// Generated from crates/client-runtime/tests/pardal/pardal.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! Builders of the calls, one for each operation.

#[allow(unused_imports)]
use zap_client_runtime::{Error, ResponseValue};

use super::{operations, types};

/// Builder for [`Client::update_contact`]
///
/// [`Client::update_contact`]: super::Client::update_contact
#[derive(Clone)]
pub struct UpdateContact<'a> {
    client: &'a super::Client,
    body: types::builder::UpdateContactBody,
}

impl<'a> UpdateContact<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, body: Default::default() }
    }

    /// Sets the whole JSON object.
    pub fn body(mut self, value: impl Into<types::builder::UpdateContactBody>) -> Self {
        self.body = value.into();
        self
    }

    /// Fills in the JSON object: `f` receives its builder, and returns it with more fields set. Values that are set
    /// already stay.
    ///
    /// For example: `.body_map(|b| b.field(value))`.
    pub fn body_map<F>(mut self, f: F) -> Self
    where
        F: std::ops::FnOnce(types::builder::UpdateContactBody) -> types::builder::UpdateContactBody,
    {
        self.body = f(self.body);
        self
    }

    /// Sends the request. The client sends it again only if it provably never left this machine.
    ///
    /// If you drop the future, the call stops waiting. This does not take back a request that was already sent, so the
    /// outcome is then unknown.
    ///
    /// # Errors
    ///
    /// The [`outcome`](Error::outcome) of the error tells you whether the request took effect.
    pub async fn send(self) -> Result<ResponseValue<()>, Error> {
        self.into_call().send_unit().await
    }

    /// Returns the request that `send` would make, with every secret masked, and sends nothing. It checks the
    /// same rules and inspects files, but reads no stream.
    ///
    /// # Errors
    ///
    /// Returns an error if the call breaks a rule or a file cannot be read.
    pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
        self.into_call().dry_run().await
    }

    fn into_call(self) -> zap_client_runtime::Call<'a> {
        let Self { client, body } = self;
        client.raw_client().call(&operations::UPDATE_CONTACT).form_with_parts(body)
    }
}

impl ::std::fmt::Debug for UpdateContact<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::send_messages`]
///
/// [`Client::send_messages`]: super::Client::send_messages
#[derive(Clone)]
pub struct SendMessages<'a> {
    client: &'a super::Client,
    body: Result<Vec<types::Message>, zap_client_runtime::FieldError>,
}

impl<'a> SendMessages<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, body: Err(zap_client_runtime::FieldError::Missing("body")) }
    }

    /// Sets the body.
    pub fn body<T>(mut self, values: impl IntoIterator<Item = T>) -> Self
    where
        T: TryInto<types::Message>,
        T::Error: ::std::fmt::Display,
    {
        let values = values.into_iter().map(TryInto::try_into);
        self.body = values
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| zap_client_runtime::FieldError::of_object("body", error));
        self
    }

    /// Sends the request. The client sends it again only if it provably never left this machine.
    ///
    /// If you drop the future, the call stops waiting. This does not take back a request that was already sent, so the
    /// outcome is then unknown.
    ///
    /// # Errors
    ///
    /// The [`outcome`](Error::outcome) of the error tells you whether the request took effect.
    pub async fn send(self) -> Result<ResponseValue<()>, Error> {
        self.into_call().send_unit().await
    }

    /// Returns the request that `send` would make, with every secret masked, and sends nothing. It checks the
    /// same rules and inspects files, but reads no stream.
    ///
    /// # Errors
    ///
    /// Returns an error if the call breaks a rule or a file cannot be read.
    pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
        self.into_call().dry_run().await
    }

    fn into_call(self) -> zap_client_runtime::Call<'a> {
        let Self { client, body } = self;
        client.raw_client().call(&operations::SEND_MESSAGES).json_body(body)
    }
}

impl ::std::fmt::Debug for SendMessages<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::check_numbers`]
///
/// [`Client::check_numbers`]: super::Client::check_numbers
#[derive(Clone)]
pub struct CheckNumbers<'a> {
    client: &'a super::Client,
    body: Result<Vec<String>, zap_client_runtime::FieldError>,
}

impl<'a> CheckNumbers<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, body: Err(zap_client_runtime::FieldError::Missing("body")) }
    }

    /// Sets the body.
    pub fn body(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.body = Ok(values.into_iter().map(Into::into).collect());
        self
    }

    /// Sends the request. The client sends it again only if it provably never left this machine.
    ///
    /// If you drop the future, the call stops waiting. This does not take back a request that was already sent, so the
    /// outcome is then unknown.
    ///
    /// # Errors
    ///
    /// The [`outcome`](Error::outcome) of the error tells you whether the request took effect.
    pub async fn send(self) -> Result<ResponseValue<()>, Error> {
        self.into_call().send_unit().await
    }

    /// Returns the request that `send` would make, with every secret masked, and sends nothing. It checks the
    /// same rules and inspects files, but reads no stream.
    ///
    /// # Errors
    ///
    /// Returns an error if the call breaks a rule or a file cannot be read.
    pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
        self.into_call().dry_run().await
    }

    fn into_call(self) -> zap_client_runtime::Call<'a> {
        let Self { client, body } = self;
        client.raw_client().call(&operations::CHECK_NUMBERS).json_body(body)
    }
}

impl ::std::fmt::Debug for CheckNumbers<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::send_raw`]
///
/// [`Client::send_raw`]: super::Client::send_raw
#[derive(Clone)]
pub struct SendRaw<'a> {
    client: &'a super::Client,
    body: Result<::serde_json::Value, zap_client_runtime::FieldError>,
}

impl<'a> SendRaw<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, body: Err(zap_client_runtime::FieldError::Missing("body")) }
    }

    /// Sets the body, which is any JSON.
    pub fn body(mut self, value: impl zap_client_runtime::serde::Serialize) -> Self {
        self.body = zap_client_runtime::any_json(value);
        self
    }

    /// Sends the request. The client sends it again only if it provably never left this machine.
    ///
    /// If you drop the future, the call stops waiting. This does not take back a request that was already sent, so the
    /// outcome is then unknown.
    ///
    /// # Errors
    ///
    /// The [`outcome`](Error::outcome) of the error tells you whether the request took effect.
    pub async fn send(self) -> Result<ResponseValue<()>, Error> {
        self.into_call().send_unit().await
    }

    /// Returns the request that `send` would make, with every secret masked, and sends nothing. It checks the
    /// same rules and inspects files, but reads no stream.
    ///
    /// # Errors
    ///
    /// Returns an error if the call breaks a rule or a file cannot be read.
    pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
        self.into_call().dry_run().await
    }

    fn into_call(self) -> zap_client_runtime::Call<'a> {
        let Self { client, body } = self;
        client.raw_client().call(&operations::SEND_RAW).json_body(body)
    }
}

impl ::std::fmt::Debug for SendRaw<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::search`]
///
/// [`Client::search`]: super::Client::search
#[derive(Clone)]
pub struct Search<'a> {
    client: &'a super::Client,
    filter: Option<::std::collections::BTreeMap<String, String>>,
    ids: Option<Vec<String>>,
    words: Option<Vec<String>>,
    x_scopes: Option<Vec<String>>,
}

impl<'a> Search<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, filter: None, ids: None, words: None, x_scopes: None }
    }

    /// The conditions.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    pub fn filter(mut self, entries: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        self.filter = Some(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect());
        self
    }

    /// The ids.
    ///
    /// Each value, checked before sending: not empty.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    pub fn ids(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.ids = Some(values.into_iter().map(Into::into).collect());
        self
    }

    /// The words.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    pub fn words(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.words = Some(values.into_iter().map(Into::into).collect());
        self
    }

    /// The scopes.
    ///
    /// On the wire: `X-Scopes`.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    pub fn x_scopes(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.x_scopes = Some(values.into_iter().map(Into::into).collect());
        self
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<()>, Error> {
        self.into_call().send_unit().await
    }

    /// Returns the request that `send` would make, with every secret masked, and sends nothing. It checks the
    /// same rules and inspects files, but reads no stream.
    ///
    /// # Errors
    ///
    /// Returns an error if the call breaks a rule or a file cannot be read.
    pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
        self.into_call().dry_run().await
    }

    fn into_call(self) -> zap_client_runtime::Call<'a> {
        let Self { client, filter, ids, words, x_scopes } = self;
        client
            .raw_client()
            .call(&operations::SEARCH)
            .query_joined("ids", ',', ids)
            .query_joined("words", '|', words)
            .query_deep("filter", filter)
            .header_joined("X-Scopes", x_scopes)
    }
}

impl ::std::fmt::Debug for Search<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::set_settings`]
///
/// [`Client::set_settings`]: super::Client::set_settings
#[derive(Clone)]
pub struct SetSettings<'a> {
    client: &'a super::Client,
    body: Result<::serde_json::Map<String, ::serde_json::Value>, zap_client_runtime::FieldError>,
}

impl<'a> SetSettings<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, body: Err(zap_client_runtime::FieldError::Missing("body")) }
    }

    /// Sets the body, which is any JSON object.
    pub fn body(mut self, value: impl zap_client_runtime::serde::Serialize) -> Self {
        self.body = zap_client_runtime::any_object(value);
        self
    }

    /// Sends the request. The client sends it again only if it provably never left this machine.
    ///
    /// If you drop the future, the call stops waiting. This does not take back a request that was already sent, so the
    /// outcome is then unknown.
    ///
    /// # Errors
    ///
    /// The [`outcome`](Error::outcome) of the error tells you whether the request took effect.
    pub async fn send(self) -> Result<ResponseValue<()>, Error> {
        self.into_call().send_unit().await
    }

    /// Returns the request that `send` would make, with every secret masked, and sends nothing. It checks the
    /// same rules and inspects files, but reads no stream.
    ///
    /// # Errors
    ///
    /// Returns an error if the call breaks a rule or a file cannot be read.
    pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
        self.into_call().dry_run().await
    }

    fn into_call(self) -> zap_client_runtime::Call<'a> {
        let Self { client, body } = self;
        client.raw_client().call(&operations::SET_SETTINGS).json_body(body)
    }
}

impl ::std::fmt::Debug for SetSettings<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::upload`]
///
/// [`Client::upload`]: super::Client::upload
#[derive(Clone)]
pub struct Upload<'a> {
    client: &'a super::Client,
    body: types::builder::UploadBody,
}

impl<'a> Upload<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, body: Default::default() }
    }

    /// Sets the whole form.
    pub fn body(mut self, value: impl Into<types::builder::UploadBody>) -> Self {
        self.body = value.into();
        self
    }

    /// Fills in the form: `f` receives its builder, and returns it with more fields set. Values that are set already
    /// stay.
    ///
    /// For example: `.body_map(|b| b.field(value))`.
    pub fn body_map<F>(mut self, f: F) -> Self
    where
        F: std::ops::FnOnce(types::builder::UploadBody) -> types::builder::UploadBody,
    {
        self.body = f(self.body);
        self
    }

    /// Sends the request. The client sends it again only if it provably never left this machine.
    ///
    /// If you drop the future, the call stops waiting. This does not take back a request that was already sent, so the
    /// outcome is then unknown.
    ///
    /// # Errors
    ///
    /// The [`outcome`](Error::outcome) of the error tells you whether the request took effect.
    pub async fn send(self) -> Result<ResponseValue<()>, Error> {
        self.into_call().send_unit().await
    }

    /// Returns the request that `send` would make, with every secret masked, and sends nothing. It checks the
    /// same rules and inspects files, but reads no stream.
    ///
    /// # Errors
    ///
    /// Returns an error if the call breaks a rule or a file cannot be read.
    pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
        self.into_call().dry_run().await
    }

    fn into_call(self) -> zap_client_runtime::Call<'a> {
        let Self { client, body } = self;
        client.raw_client().call(&operations::UPLOAD).form_with_parts(body)
    }
}

impl ::std::fmt::Debug for Upload<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}
