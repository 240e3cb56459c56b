// Generated from crates/client-runtime/tests/recado/specs/recado.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! Builders of the calls, one for each operation.

#[allow(unused_imports)]
use zap_client_runtime::{Error, ResponseValue};

use super::{operations, types};

/// Builder for [`Client::account_get`]
///
/// [`Client::account_get`]: super::Client::account_get
#[derive(Clone)]
pub struct AccountGet<'a> {
    client: &'a super::Client,
}

impl<'a> AccountGet<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client }
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<::serde_json::Value>, Error> {
        self.into_call().send_json().await
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
        let Self { client } = self;
        client.raw_client().call(&operations::ACCOUNT_GET)
    }
}

impl ::std::fmt::Debug for AccountGet<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::contact_add`]
///
/// [`Client::contact_add`]: super::Client::contact_add
#[derive(Clone)]
pub struct ContactAdd<'a> {
    client: &'a super::Client,
    body: types::builder::ContactAddBody,
}

impl<'a> ContactAdd<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, body: Default::default() }
    }

    /// Sets the whole form.
    pub fn body(mut self, value: impl Into<types::builder::ContactAddBody>) -> Self {
        self.body = value.into();
        self
    }

    /// Fills in the form: `f` receives its builder, and returns it with more fields set. Values that are set already
    /// stay.
    ///
    /// For example: `.body_map(|b| b.field(value))`.
    pub fn body_map<F>(mut self, f: F) -> Self
    where
        F: std::ops::FnOnce(types::builder::ContactAddBody) -> types::builder::ContactAddBody,
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
        client.raw_client().call(&operations::CONTACT_ADD).form(body)
    }
}

impl ::std::fmt::Debug for ContactAdd<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::events_by_cursor`]
///
/// [`Client::events_by_cursor`]: super::Client::events_by_cursor
#[derive(Clone)]
pub struct EventsByCursor<'a> {
    client: &'a super::Client,
    after: Option<String>,
    limit: Option<i64>,
}

impl<'a> EventsByCursor<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, after: None, limit: None }
    }

    /// Cursor of the page.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn after(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.after = value.into().into_option();
        self
    }

    /// Number of events on a page.
    ///
    /// Checked before sending: at most 100.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn limit(mut self, value: impl Into<zap_client_runtime::Optional<i64>>) -> Self {
        self.limit = value.into().into_option();
        self
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<types::EventsResponse>, Error> {
        self.into_call().send().await
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
        let Self { client, after, limit } = self;
        client.raw_client().call(&operations::EVENTS_BY_CURSOR).query("after", after).query("limit", limit)
    }

    /// Returns the items of all pages as a stream. Each page is fetched when it is needed, with one call.
    /// [`Items`](zap_client_runtime::Items) says what can be missed while the list changes.
    pub fn items(self) -> zap_client_runtime::Items<'a, types::Event> {
        let (client, first) = (self.client, self.after.clone());
        let fetch = move |
            cursor: Option<String>,
        | -> zap_client_runtime::FetchNext<'a, types::Event, String> {
            let call = self.clone().after(cursor.clone()).into_call();
            ::std::boxed::Box::pin(async move {
                let answer = call.send::<types::EventsResponse>().await?;
                let answer = answer.into_inner();
                let total: Option<i64> = None;
                let next = answer
                    .paging
                    .as_ref()
                    .and_then(|value| value.next.clone())
                    .map(|next| ::std::string::ToString::to_string(&next))
                    .filter(|next| !next.is_empty());
                let items: Vec<types::Event> = zap_client_runtime::List::list(answer.events);
                let items = items
                    .into_iter()
                    .map(|item| (zap_client_runtime::Key::of(item.id.clone().map(Into::into), &item), item))
                    .collect();
                Ok(zap_client_runtime::CursorPage { items, next, total })
            })
        };
        zap_client_runtime::Items::by_cursor(client.raw_client(), &operations::EVENTS_BY_CURSOR, first, fetch)
    }
}

impl ::std::fmt::Debug for EventsByCursor<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::events_by_header`]
///
/// [`Client::events_by_header`]: super::Client::events_by_header
#[derive(Clone)]
pub struct EventsByHeader<'a> {
    client: &'a super::Client,
    limit: Option<i64>,
}

impl<'a> EventsByHeader<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, limit: None }
    }

    /// Number of events on a page.
    ///
    /// Checked before sending: at most 100.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn limit(mut self, value: impl Into<zap_client_runtime::Optional<i64>>) -> Self {
        self.limit = value.into().into_option();
        self
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<types::EventsResponse>, Error> {
        self.into_call().send().await
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
        let Self { client, limit } = self;
        client.raw_client().call(&operations::EVENTS_BY_HEADER).query("limit", limit)
    }

    /// Returns the items of all pages as a stream. Each page is fetched when it is needed, with one call.
    /// [`Items`](zap_client_runtime::Items) says what can be missed while the list changes.
    pub fn items(self) -> zap_client_runtime::Items<'a, types::Event> {
        let (client, first) = (self.client, None);
        let fetch = move |
            cursor: Option<String>,
        | -> zap_client_runtime::FetchNext<'a, types::Event, String> {
            let call = {
                let call = self.clone().into_call();
                if let Some(link) = &cursor { call.query_of_link(link) } else { call }
            };
            ::std::boxed::Box::pin(async move {
                let answer = call.send::<types::EventsResponse>().await?;
                let headers = answer.headers().clone();
                let answer = answer.into_inner();
                let total: Option<i64> = None;
                let next = zap_client_runtime::next_link(&headers).filter(|next| !next.is_empty());
                let items: Vec<types::Event> = zap_client_runtime::List::list(answer.events);
                let items = items.into_iter().map(|item| (zap_client_runtime::Key::of(None, &item), item)).collect();
                Ok(zap_client_runtime::CursorPage { items, next, total })
            })
        };
        zap_client_runtime::Items::by_cursor(client.raw_client(), &operations::EVENTS_BY_HEADER, first, fetch)
    }
}

impl ::std::fmt::Debug for EventsByHeader<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::events_by_link`]
///
/// [`Client::events_by_link`]: super::Client::events_by_link
#[derive(Clone)]
pub struct EventsByLink<'a> {
    client: &'a super::Client,
    kind: Option<String>,
    limit: Option<i64>,
}

impl<'a> EventsByLink<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, kind: None, limit: None }
    }

    /// Kind of the events.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn kind(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.kind = value.into().into_option();
        self
    }

    /// Number of events on a page.
    ///
    /// Checked before sending: at most 100.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn limit(mut self, value: impl Into<zap_client_runtime::Optional<i64>>) -> Self {
        self.limit = value.into().into_option();
        self
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<types::EventsResponse>, Error> {
        self.into_call().send().await
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
        let Self { client, kind, limit } = self;
        client.raw_client().call(&operations::EVENTS_BY_LINK).query("kind", kind).query("limit", limit)
    }

    /// Returns the items of all pages as a stream. Each page is fetched when it is needed, with one call.
    /// [`Items`](zap_client_runtime::Items) says what can be missed while the list changes.
    pub fn items(self) -> zap_client_runtime::Items<'a, types::Event> {
        let (client, first) = (self.client, None);
        let fetch = move |
            cursor: Option<String>,
        | -> zap_client_runtime::FetchNext<'a, types::Event, String> {
            let call = {
                let call = self.clone().into_call();
                if let Some(link) = &cursor { call.query_of_link(link) } else { call }
            };
            ::std::boxed::Box::pin(async move {
                let answer = call.send::<types::EventsResponse>().await?;
                let answer = answer.into_inner();
                let total: Option<i64> = None;
                let next = answer
                    .paging
                    .as_ref()
                    .and_then(|value| value.next_url.clone())
                    .filter(|next| !next.is_empty());
                let items: Vec<types::Event> = zap_client_runtime::List::list(answer.events);
                let items = items
                    .into_iter()
                    .map(|item| (zap_client_runtime::Key::of(item.id.clone().map(Into::into), &item), item))
                    .collect();
                Ok(zap_client_runtime::CursorPage { items, next, total })
            })
        };
        zap_client_runtime::Items::by_cursor(client.raw_client(), &operations::EVENTS_BY_LINK, first, fetch)
    }
}

impl ::std::fmt::Debug for EventsByLink<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::events_by_offset`]
///
/// [`Client::events_by_offset`]: super::Client::events_by_offset
#[derive(Clone)]
pub struct EventsByOffset<'a> {
    client: &'a super::Client,
    limit: Option<i64>,
    skip: Option<i64>,
}

impl<'a> EventsByOffset<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, limit: None, skip: None }
    }

    /// Number of events on a page.
    ///
    /// Checked before sending: at most 100.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn limit(mut self, value: impl Into<zap_client_runtime::Optional<i64>>) -> Self {
        self.limit = value.into().into_option();
        self
    }

    /// Number of events before the page.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn skip(mut self, value: impl Into<zap_client_runtime::Optional<i64>>) -> Self {
        self.skip = value.into().into_option();
        self
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<types::EventsResponse>, Error> {
        self.into_call().send().await
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
        let Self { client, limit, skip } = self;
        client.raw_client().call(&operations::EVENTS_BY_OFFSET).query("skip", skip).query("limit", limit)
    }

    /// Returns the items of all pages as a stream. Each page is fetched when it is needed, with one call.
    /// [`Items`](zap_client_runtime::Items) says what can be missed while the list changes.
    pub fn items(self) -> zap_client_runtime::Items<'a, types::Event> {
        let (client, first) = (self.client, self.skip);
        let fetch = move |
            cursor: Option<i64>,
        | -> zap_client_runtime::FetchNext<'a, types::Event, i64> {
            let call = self.clone().skip(cursor).into_call();
            ::std::boxed::Box::pin(async move {
                let answer = call.send::<types::EventsResponse>().await?;
                let answer = answer.into_inner();
                let total: Option<i64> = answer.paging.as_ref().and_then(|value| value.total);
                let items: Vec<types::Event> = zap_client_runtime::List::list(answer.events);
                let next = cursor
                    .unwrap_or(0)
                    .checked_add(items.len() as i64)
                    .filter(|next| {
                        !items.is_empty() && total.is_none_or(|total| *next < total)
                    });
                let items = items
                    .into_iter()
                    .map(|item| (zap_client_runtime::Key::of(item.id.clone().map(Into::into), &item), item))
                    .collect();
                Ok(zap_client_runtime::CursorPage { items, next, total })
            })
        };
        zap_client_runtime::Items::by_cursor(client.raw_client(), &operations::EVENTS_BY_OFFSET, first, fetch)
    }
}

impl ::std::fmt::Debug for EventsByOffset<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::health`]
///
/// [`Client::health`]: super::Client::health
#[derive(Clone)]
pub struct Health<'a> {
    client: &'a super::Client,
}

impl<'a> Health<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client }
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
        let Self { client } = self;
        client.raw_client().call(&operations::HEALTH)
    }
}

impl ::std::fmt::Debug for Health<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::media_upload`]
///
/// [`Client::media_upload`]: super::Client::media_upload
#[derive(Clone)]
pub struct MediaUpload<'a> {
    client: &'a super::Client,
    body: types::builder::MediaUploadBody,
}

impl<'a> MediaUpload<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, body: Default::default() }
    }

    /// Sets the whole form.
    pub fn body(mut self, value: impl Into<types::builder::MediaUploadBody>) -> Self {
        self.body = value.into();
        self
    }

    /// Fills in the form: `f` receives its builder, and returns it with more fields set. Values that are set already
    /// stay.
    ///
    /// For example: `.body_map(|b| b.field(value))`.
    pub fn body_map<F>(mut self, f: F) -> Self
    where
        F: std::ops::FnOnce(types::builder::MediaUploadBody) -> types::builder::MediaUploadBody,
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
    pub async fn send(self) -> Result<ResponseValue<types::MediumResponse>, Error> {
        self.into_call().send().await
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
        client.raw_client().call(&operations::MEDIA_UPLOAD).form(body)
    }
}

impl ::std::fmt::Debug for MediaUpload<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::media_get`]
///
/// [`Client::media_get`]: super::Client::media_get
#[derive(Clone)]
pub struct MediaGet<'a> {
    client: &'a super::Client,
    id: Result<String, zap_client_runtime::FieldError>,
}

impl<'a> MediaGet<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, id: Err(zap_client_runtime::FieldError::Missing("id")) }
    }

    /// Id of the medium.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn id<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.id = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("id"));
        self
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<types::MediumResponse>, Error> {
        self.into_call().send().await
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
        let Self { client, id } = self;
        client.raw_client().call(&operations::MEDIA_GET).path_of("id", id)
    }
}

impl ::std::fmt::Debug for MediaGet<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::message_list`]
///
/// [`Client::message_list`]: super::Client::message_list
#[derive(Clone)]
pub struct MessageList<'a> {
    client: &'a super::Client,
}

impl<'a> MessageList<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client }
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<Vec<types::MessageResponse>>, Error> {
        self.into_call().send_json().await
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
        let Self { client } = self;
        client.raw_client().call(&operations::MESSAGE_LIST)
    }
}

impl ::std::fmt::Debug for MessageList<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::message_send`]
///
/// [`Client::message_send`]: super::Client::message_send
#[derive(Clone)]
pub struct MessageSend<'a> {
    client: &'a super::Client,
    x_priority: Option<i64>,
    x_request_key: Option<String>,
    x_session: Result<String, zap_client_runtime::FieldError>,
    body: types::builder::MessageSendBody,
}

impl<'a> MessageSend<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self {
            client,
            x_priority: None,
            x_request_key: None,
            x_session: Err(zap_client_runtime::FieldError::Missing("x_session")),
            body: Default::default(),
        }
    }

    /// A higher number is sent earlier.
    ///
    /// On the wire: `X-Priority`.
    ///
    /// Checked before sending: at most 9.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn x_priority(mut self, value: impl Into<zap_client_runtime::Optional<i64>>) -> Self {
        self.x_priority = value.into().into_option();
        self
    }

    /// Key of the request, made by the client.
    ///
    /// On the wire: `X-Request-Key`.
    ///
    /// Checked before sending: at most 64 characters.
    ///
    /// Source: docs ([R1](crate::facts#r1), [R3](crate::facts#r3)).
    pub fn x_request_key(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.x_request_key = value.into().into_option();
        self
    }

    /// Name of the session that sends.
    ///
    /// On the wire: `X-Session`.
    ///
    /// Checked before sending: at most 10 characters; not empty.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn x_session<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.x_session = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("x_session"));
        self
    }

    /// Sets the whole JSON object.
    pub fn body(mut self, value: impl Into<types::builder::MessageSendBody>) -> Self {
        self.body = value.into();
        self
    }

    /// Fills in the JSON object: `f` receives its builder, and returns it with more fields set. Values that are set
    /// already stay.
    ///
    /// For example: `.body_map(|b| b.field(value))`.
    pub fn body_map<F>(mut self, f: F) -> Self
    where
        F: std::ops::FnOnce(types::builder::MessageSendBody) -> types::builder::MessageSendBody,
    {
        self.body = f(self.body);
        self
    }

    /// Sends the request. After a transient failure, the client sends it again with the same idempotency key, as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt. Its [`outcome`](Error::outcome) tells you whether the request took
    /// effect. If that is unknown, you can send it again with its [`idempotency_key`](Error::idempotency_key).
    pub async fn send(self) -> Result<ResponseValue<types::MessageResponse>, Error> {
        self.into_call().send().await
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
        let Self { client, x_priority, x_request_key, x_session, body } = self;
        client
            .raw_client()
            .call(&operations::MESSAGE_SEND)
            .header_of("X-Session", x_session.map(Some))
            .header("X-Priority", x_priority)
            .header("X-Request-Key", x_request_key)
            .form_with_parts(body)
    }
}

impl ::std::fmt::Debug for MessageSend<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::message_export`]
///
/// [`Client::message_export`]: super::Client::message_export
#[derive(Clone)]
pub struct MessageExport<'a> {
    client: &'a super::Client,
}

impl<'a> MessageExport<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client }
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<String>, Error> {
        self.into_call().send_text().await
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
        let Self { client } = self;
        client.raw_client().call(&operations::MESSAGE_EXPORT)
    }
}

impl ::std::fmt::Debug for MessageExport<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::messages_read`]
///
/// [`Client::messages_read`]: super::Client::messages_read
#[derive(Clone)]
pub struct MessagesRead<'a> {
    client: &'a super::Client,
    body: Result<Vec<String>, zap_client_runtime::FieldError>,
}

impl<'a> MessagesRead<'a> {
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
        client.raw_client().call(&operations::MESSAGES_READ).json_body(body)
    }
}

impl ::std::fmt::Debug for MessagesRead<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::unread_count`]
///
/// [`Client::unread_count`]: super::Client::unread_count
#[derive(Clone)]
pub struct UnreadCount<'a> {
    client: &'a super::Client,
}

impl<'a> UnreadCount<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client }
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<i64>, Error> {
        self.into_call().send_json().await
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
        let Self { client } = self;
        client.raw_client().call(&operations::UNREAD_COUNT)
    }
}

impl ::std::fmt::Debug for UnreadCount<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::message_get`]
///
/// [`Client::message_get`]: super::Client::message_get
#[derive(Clone)]
pub struct MessageGet<'a> {
    client: &'a super::Client,
    id: Result<String, zap_client_runtime::FieldError>,
}

impl<'a> MessageGet<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, id: Err(zap_client_runtime::FieldError::Missing("id")) }
    }

    /// Id of the message.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn id<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.id = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("id"));
        self
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<types::MessageResponse>, Error> {
        self.into_call().send().await
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
        let Self { client, id } = self;
        client.raw_client().call(&operations::MESSAGE_GET).path_of("id", id)
    }
}

impl ::std::fmt::Debug for MessageGet<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::message_forward`]
///
/// [`Client::message_forward`]: super::Client::message_forward
#[derive(Clone)]
pub struct MessageForward<'a> {
    client: &'a super::Client,
    id: Result<String, zap_client_runtime::FieldError>,
    to: Result<String, zap_client_runtime::FieldError>,
}

impl<'a> MessageForward<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self {
            client,
            id: Err(zap_client_runtime::FieldError::Missing("id")),
            to: Err(zap_client_runtime::FieldError::Missing("to")),
        }
    }

    /// Id of the message.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn id<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.id = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("id"));
        self
    }

    /// Number of the recipient.
    ///
    /// Checked before sending: digits only.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn to<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.to = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("to"));
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
    pub async fn send(self) -> Result<ResponseValue<types::MessageResponse>, Error> {
        self.into_call().send().await
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
        let Self { client, id, to } = self;
        client.raw_client().call(&operations::MESSAGE_FORWARD).path_of("id", id).query_of("to", to.map(Some))
    }
}

impl ::std::fmt::Debug for MessageForward<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::message_delete`]
///
/// [`Client::message_delete`]: super::Client::message_delete
#[derive(Clone)]
pub struct MessageDelete<'a> {
    client: &'a super::Client,
    id: Result<String, zap_client_runtime::FieldError>,
}

impl<'a> MessageDelete<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, id: Err(zap_client_runtime::FieldError::Missing("id")) }
    }

    /// Id of the message.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn id<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.id = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("id"));
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
        let Self { client, id } = self;
        client.raw_client().call(&operations::MESSAGE_DELETE).path_of("id", id)
    }
}

impl ::std::fmt::Debug for MessageDelete<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::number_search`]
///
/// [`Client::number_search`]: super::Client::number_search
#[derive(Clone)]
pub struct NumberSearch<'a> {
    client: &'a super::Client,
    body: types::builder::NumberSearchBody,
}

impl<'a> NumberSearch<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, body: Default::default() }
    }

    /// Sets the whole JSON object.
    pub fn body(mut self, value: impl Into<types::builder::NumberSearchBody>) -> Self {
        self.body = value.into();
        self
    }

    /// Fills in the JSON object: `f` receives its builder, and returns it with more fields set. Values that are set
    /// already stay.
    ///
    /// For example: `.body_map(|b| b.field(value))`.
    pub fn body_map<F>(mut self, f: F) -> Self
    where
        F: std::ops::FnOnce(types::builder::NumberSearchBody) -> types::builder::NumberSearchBody,
    {
        self.body = f(self.body);
        self
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<Vec<String>>, Error> {
        self.into_call().send_json().await
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
        client.raw_client().call(&operations::NUMBER_SEARCH).form(body)
    }
}

impl ::std::fmt::Debug for NumberSearch<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::session_code`]
///
/// [`Client::session_code`]: super::Client::session_code
#[derive(Clone)]
pub struct SessionCode<'a> {
    client: &'a super::Client,
    name: Result<String, zap_client_runtime::FieldError>,
}

impl<'a> SessionCode<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, name: Err(zap_client_runtime::FieldError::Missing("name")) }
    }

    /// Name of the session.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn name<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.name = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("name"));
        self
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<zap_client_runtime::Bytes>, Error> {
        self.into_call().send_bytes().await
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
        let Self { client, name } = self;
        client.raw_client().call(&operations::SESSION_CODE).path_of("name", name)
    }
}

impl ::std::fmt::Debug for SessionCode<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::session_settings`]
///
/// [`Client::session_settings`]: super::Client::session_settings
#[derive(Clone)]
pub struct SessionSettings<'a> {
    client: &'a super::Client,
    name: Result<String, zap_client_runtime::FieldError>,
}

impl<'a> SessionSettings<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, name: Err(zap_client_runtime::FieldError::Missing("name")) }
    }

    /// Name of the session.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn name<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.name = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("name"));
        self
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<::serde_json::Map<String, ::serde_json::Value>>, Error> {
        self.into_call().send_json().await
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
        let Self { client, name } = self;
        client.raw_client().call(&operations::SESSION_SETTINGS).path_of("name", name)
    }
}

impl ::std::fmt::Debug for SessionSettings<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::session_configure`]
///
/// [`Client::session_configure`]: super::Client::session_configure
#[derive(Clone)]
pub struct SessionConfigure<'a> {
    client: &'a super::Client,
    name: Result<String, zap_client_runtime::FieldError>,
    body: Result<::serde_json::Value, zap_client_runtime::FieldError>,
}

impl<'a> SessionConfigure<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self {
            client,
            name: Err(zap_client_runtime::FieldError::Missing("name")),
            body: Err(zap_client_runtime::FieldError::Missing("body")),
        }
    }

    /// Name of the session.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn name<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.name = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("name"));
        self
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
        let Self { client, name, body } = self;
        client.raw_client().call(&operations::SESSION_CONFIGURE).path_of("name", name).json_body(body)
    }
}

impl ::std::fmt::Debug for SessionConfigure<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}
