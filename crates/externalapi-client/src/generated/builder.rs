// Generated from specs/externalapi.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! Builders of the calls, one for each operation.

#[allow(unused_imports)]
use zap_client_runtime::{Error, ResponseValue};

use super::{operations, types};

/// Builder for [`Client::contact_delete`]
///
/// [`Client::contact_delete`]: super::Client::contact_delete
#[derive(Clone)]
pub struct ContactDelete<'a> {
    client: &'a super::Client,
    contact_id: Result<i64, zap_client_runtime::FieldError>,
}

impl<'a> ContactDelete<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, contact_id: Err(zap_client_runtime::FieldError::Missing("contact_id")) }
    }

    /// Id of the contact, as in the list of contacts. The server refuses unknown ids and those of other accounts.
    ///
    /// Checked before sending: at least 1.
    ///
    /// Source: observed ([E8](crate::facts#e8), [E21](crate::facts#e21)).
    pub fn contact_id<V>(mut self, value: V) -> Self
    where
        V: TryInto<i64>,
    {
        self.contact_id = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("contact_id"));
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
    pub async fn send(self) -> Result<ResponseValue<types::ContactDeleteResponse>, Error> {
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
        let Self { client, contact_id } = self;
        client.raw_client().call(&operations::CONTACT_DELETE).path_of("contact_id", contact_id)
    }
}

impl ::std::fmt::Debug for ContactDelete<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::contact_list`]
///
/// [`Client::contact_list`]: super::Client::contact_list
#[derive(Clone)]
pub struct ContactList<'a> {
    client: &'a super::Client,
    page: Option<i64>,
    paginate: Option<i64>,
    search: Option<String>,
}

impl<'a> ContactList<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, page: None, paginate: None, search: None }
    }

    /// Number of the page, from 1. The default is the first page. Beyond the last page the list is empty, which is
    /// not an error.
    ///
    /// Checked before sending: at least 1.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E16](crate::facts#e16)).
    pub fn page(mut self, value: impl Into<zap_client_runtime::Optional<i64>>) -> Self {
        self.page = value.into().into_option();
        self
    }

    /// Number of items on a page. The default is 20. No upper limit is known: a huge number returns everything. The
    /// server treats 0 as 15, and fails with `exception` on a negative number.
    ///
    /// Checked before sending: at least 1.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E16](crate::facts#e16)).
    pub fn paginate(mut self, value: impl Into<zap_client_runtime::Optional<i64>>) -> Self {
        self.paginate = value.into().into_option();
        self
    }

    /// Part of a first name, last name or mobile number.
    ///
    /// Do not rely on it. It is documented, but on the recorded version every search that is not empty fails
    /// with the remark `exception`, because the server queries a database column that does not exist.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E14](crate::facts#e14)).
    pub fn search(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.search = value.into().into_option();
        self
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<types::ContactListResponse>, Error> {
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
        let Self { client, page, paginate, search } = self;
        client
            .raw_client()
            .call(&operations::CONTACT_LIST)
            .query("page", page)
            .query("paginate", paginate)
            .query("search", search)
    }

    /// Returns the items of all pages as a stream. Each page is fetched when it is needed, with one call.
    /// [`Items`](zap_client_runtime::Items) says what can be missed while the list changes.
    pub fn items(self) -> zap_client_runtime::Items<'a, types::Contact> {
        let first = self.page;
        zap_client_runtime::Items::new(
            self.client.raw_client(),
            &operations::CONTACT_LIST,
            first,
            move |number| {
                let call = self.clone().page(number).into_call();
                ::std::boxed::Box::pin(async move {
                    let answer = call.send::<types::ContactListResponse>().await?.into_inner();
                    let last_page = answer
                        .data
                        .as_ref()
                        .and_then(|value| value.contacts.as_ref())
                        .and_then(|value| value.last_page);
                    let total = answer
                        .data
                        .as_ref()
                        .and_then(|value| value.contacts.as_ref())
                        .and_then(|value| value.total);
                    let items: Vec<types::Contact> = answer
                        .data
                        .and_then(|value| value.contacts)
                        .map(|value| zap_client_runtime::List::list(value.data))
                        .unwrap_or_default();
                    let items = items
                        .into_iter()
                        .map(|item| (zap_client_runtime::Key::of(item.id.clone().map(Into::into), &item), item))
                        .collect();
                    Ok(zap_client_runtime::Page { items, last_page, total })
                })
            },
        )
    }
}

impl ::std::fmt::Debug for ContactList<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::contact_store`]
///
/// [`Client::contact_store`]: super::Client::contact_store
#[derive(Clone)]
pub struct ContactStore<'a> {
    client: &'a super::Client,
    body: types::builder::ContactStoreBody,
}

impl<'a> ContactStore<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, body: Default::default() }
    }

    /// Sets the whole form.
    pub fn body(mut self, value: impl Into<types::builder::ContactStoreBody>) -> Self {
        self.body = value.into();
        self
    }

    /// Fills in the form: `f` receives its builder, and returns it with more fields set. Values that are set already
    /// stay.
    ///
    /// For example: `.body_map(|b| b.field(value))`.
    pub fn body_map<F>(mut self, f: F) -> Self
    where
        F: std::ops::FnOnce(types::builder::ContactStoreBody) -> types::builder::ContactStoreBody,
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
    pub async fn send(self) -> Result<ResponseValue<types::ContactStoreResponse>, Error> {
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
        client.raw_client().call(&operations::CONTACT_STORE).form(body)
    }
}

impl ::std::fmt::Debug for ContactStore<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::contact_update`]
///
/// [`Client::contact_update`]: super::Client::contact_update
#[derive(Clone)]
pub struct ContactUpdate<'a> {
    client: &'a super::Client,
    contact_id: Result<i64, zap_client_runtime::FieldError>,
    body: types::builder::ContactUpdateBody,
}

impl<'a> ContactUpdate<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self {
            client,
            contact_id: Err(zap_client_runtime::FieldError::Missing("contact_id")),
            body: Default::default(),
        }
    }

    /// Id of the contact, as in the list of contacts. The server refuses unknown ids and those of other accounts.
    ///
    /// Checked before sending: at least 1.
    ///
    /// Source: observed ([E8](crate::facts#e8), [E21](crate::facts#e21)).
    pub fn contact_id<V>(mut self, value: V) -> Self
    where
        V: TryInto<i64>,
    {
        self.contact_id = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("contact_id"));
        self
    }

    /// Sets the whole form.
    pub fn body(mut self, value: impl Into<types::builder::ContactUpdateBody>) -> Self {
        self.body = value.into();
        self
    }

    /// Fills in the form: `f` receives its builder, and returns it with more fields set. Values that are set already
    /// stay.
    ///
    /// For example: `.body_map(|b| b.field(value))`.
    pub fn body_map<F>(mut self, f: F) -> Self
    where
        F: std::ops::FnOnce(types::builder::ContactUpdateBody) -> types::builder::ContactUpdateBody,
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
    pub async fn send(self) -> Result<ResponseValue<types::ContactUpdateResponse>, Error> {
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
        let Self { client, contact_id, body } = self;
        client.raw_client().call(&operations::CONTACT_UPDATE).path_of("contact_id", contact_id).form(body)
    }
}

impl ::std::fmt::Debug for ContactUpdate<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::change_conversation_status`]
///
/// [`Client::change_conversation_status`]: super::Client::change_conversation_status
#[derive(Clone)]
pub struct ChangeConversationStatus<'a> {
    client: &'a super::Client,
    conversation_id: Result<i64, zap_client_runtime::FieldError>,
    body: types::builder::ChangeConversationStatusBody,
}

impl<'a> ChangeConversationStatus<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self {
            client,
            conversation_id: Err(zap_client_runtime::FieldError::Missing("conversation_id")),
            body: Default::default(),
        }
    }

    /// Id of the conversation, as in the list of conversations or in the answer to a sent message. The server
    /// refuses unknown ids with `not_found`.
    ///
    /// Checked before sending: at least 1.
    ///
    /// Source: observed ([E8](crate::facts#e8), [E21](crate::facts#e21)).
    pub fn conversation_id<V>(mut self, value: V) -> Self
    where
        V: TryInto<i64>,
    {
        self.conversation_id = value
            .try_into()
            .map_err(|_| zap_client_runtime::FieldError::WrongType("conversation_id"));
        self
    }

    /// Sets the whole form.
    pub fn body(mut self, value: impl Into<types::builder::ChangeConversationStatusBody>) -> Self {
        self.body = value.into();
        self
    }

    /// Fills in the form: `f` receives its builder, and returns it with more fields set. Values that are set already
    /// stay.
    ///
    /// For example: `.body_map(|b| b.field(value))`.
    pub fn body_map<F>(mut self, f: F) -> Self
    where
        F: std::ops::FnOnce(
            types::builder::ChangeConversationStatusBody,
        ) -> types::builder::ChangeConversationStatusBody,
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
    pub async fn send(self) -> Result<ResponseValue<types::ChangeConversationStatusResponse>, Error> {
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
        let Self { client, conversation_id, body } = self;
        client
            .raw_client()
            .call(&operations::CHANGE_CONVERSATION_STATUS)
            .path_of("conversation_id", conversation_id)
            .form(body)
    }
}

impl ::std::fmt::Debug for ChangeConversationStatus<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::conversation_details`]
///
/// [`Client::conversation_details`]: super::Client::conversation_details
#[derive(Clone)]
pub struct ConversationDetails<'a> {
    client: &'a super::Client,
    conversation_id: Result<i64, zap_client_runtime::FieldError>,
}

impl<'a> ConversationDetails<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, conversation_id: Err(zap_client_runtime::FieldError::Missing("conversation_id")) }
    }

    /// Id of the conversation, as in the list of conversations or in the answer to a sent message. The server
    /// refuses unknown ids with `not_found`.
    ///
    /// Checked before sending: at least 1.
    ///
    /// Source: observed ([E8](crate::facts#e8), [E21](crate::facts#e21)).
    pub fn conversation_id<V>(mut self, value: V) -> Self
    where
        V: TryInto<i64>,
    {
        self.conversation_id = value
            .try_into()
            .map_err(|_| zap_client_runtime::FieldError::WrongType("conversation_id"));
        self
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<types::ConversationDetailsResponse>, Error> {
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
        let Self { client, conversation_id } = self;
        client.raw_client().call(&operations::CONVERSATION_DETAILS).path_of("conversation_id", conversation_id)
    }
}

impl ::std::fmt::Debug for ConversationDetails<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::conversation_list`]
///
/// [`Client::conversation_list`]: super::Client::conversation_list
#[derive(Clone)]
pub struct ConversationList<'a> {
    client: &'a super::Client,
    page: Option<i64>,
    paginate: Option<i64>,
    search: Option<String>,
    status: Option<crate::types::ConversationStatus>,
}

impl<'a> ConversationList<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, page: None, paginate: None, search: None, status: None }
    }

    /// Number of the page, from 1. The default is the first page. Beyond the last page the list is empty, which is
    /// not an error.
    ///
    /// Checked before sending: at least 1.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E16](crate::facts#e16)).
    pub fn page(mut self, value: impl Into<zap_client_runtime::Optional<i64>>) -> Self {
        self.page = value.into().into_option();
        self
    }

    /// Number of items on a page. The default is 20. No upper limit is known: a huge number returns everything. The
    /// server treats 0 as 15, and fails with `exception` on a negative number.
    ///
    /// Checked before sending: at least 1.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E16](crate::facts#e16)).
    pub fn paginate(mut self, value: impl Into<zap_client_runtime::Optional<i64>>) -> Self {
        self.paginate = value.into().into_option();
        self
    }

    /// Part of the contact's name or mobile number. Letter case and accents do not matter. You can combine it
    /// with `status`. It is undocumented, but works on the recorded version.
    ///
    /// Source: observed ([E14](crate::facts#e14)).
    pub fn search(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.search = value.into().into_option();
        self
    }

    /// Lists only conversations with this status, from 0 to 4. By default, lists all conversations. The
    /// recorded version also accepts several statuses as `status[]`, which is undocumented and not supported by
    /// the client.
    ///
    /// Checked before sending: at most 4; at least 0.
    ///
    /// Source: observed ([E15](crate::facts#e15)).
    pub fn status(mut self, value: impl Into<zap_client_runtime::Optional<crate::types::ConversationStatus>>) -> Self {
        self.status = value.into().into_option();
        self
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<types::ConversationListResponse>, Error> {
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
        let Self { client, page, paginate, search, status } = self;
        client
            .raw_client()
            .call(&operations::CONVERSATION_LIST)
            .query("status", status)
            .query("page", page)
            .query("paginate", paginate)
            .query("search", search)
    }

    /// Returns the items of all pages as a stream. Each page is fetched when it is needed, with one call.
    /// [`Items`](zap_client_runtime::Items) says what can be missed while the list changes.
    pub fn items(self) -> zap_client_runtime::Items<'a, types::Conversation> {
        let first = self.page;
        zap_client_runtime::Items::new(
            self.client.raw_client(),
            &operations::CONVERSATION_LIST,
            first,
            move |number| {
                let call = self.clone().page(number).into_call();
                ::std::boxed::Box::pin(async move {
                    let answer = call.send::<types::ConversationListResponse>().await?.into_inner();
                    let last_page = answer
                        .data
                        .as_ref()
                        .and_then(|value| value.conversation.as_ref())
                        .and_then(|value| value.last_page);
                    let total = answer
                        .data
                        .as_ref()
                        .and_then(|value| value.conversation.as_ref())
                        .and_then(|value| value.total);
                    let items: Vec<types::Conversation> = answer
                        .data
                        .and_then(|value| value.conversation)
                        .map(|value| zap_client_runtime::List::list(value.data))
                        .unwrap_or_default();
                    let items = items
                        .into_iter()
                        .map(|item| (zap_client_runtime::Key::of(item.id.clone().map(Into::into), &item), item))
                        .collect();
                    Ok(zap_client_runtime::Page { items, last_page, total })
                })
            },
        )
    }
}

impl ::std::fmt::Debug for ConversationList<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::send_message`]
///
/// [`Client::send_message`]: super::Client::send_message
#[derive(Clone)]
pub struct SendMessage<'a> {
    client: &'a super::Client,
    body: types::builder::SendMessageBody,
}

impl<'a> SendMessage<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, body: Default::default() }
    }

    /// Sets the whole form.
    pub fn body(mut self, value: impl Into<types::builder::SendMessageBody>) -> Self {
        self.body = value.into();
        self
    }

    /// Fills in the form: `f` receives its builder, and returns it with more fields set. Values that are set already
    /// stay.
    ///
    /// For example: `.body_map(|b| b.field(value))`.
    pub fn body_map<F>(mut self, f: F) -> Self
    where
        F: std::ops::FnOnce(types::builder::SendMessageBody) -> types::builder::SendMessageBody,
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
    pub async fn send(self) -> Result<ResponseValue<types::SendMessageResponse>, Error> {
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
        client.raw_client().call(&operations::SEND_MESSAGE).form(body)
    }
}

impl ::std::fmt::Debug for SendMessage<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::send_template_message`]
///
/// [`Client::send_template_message`]: super::Client::send_template_message
#[derive(Clone)]
pub struct SendTemplateMessage<'a> {
    client: &'a super::Client,
    body: types::builder::SendTemplateMessageBody,
}

impl<'a> SendTemplateMessage<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, body: Default::default() }
    }

    /// Sets the whole form.
    pub fn body(mut self, value: impl Into<types::builder::SendTemplateMessageBody>) -> Self {
        self.body = value.into();
        self
    }

    /// Fills in the form: `f` receives its builder, and returns it with more fields set. Values that are set already
    /// stay.
    ///
    /// For example: `.body_map(|b| b.field(value))`.
    pub fn body_map<F>(mut self, f: F) -> Self
    where
        F: std::ops::FnOnce(types::builder::SendTemplateMessageBody) -> types::builder::SendTemplateMessageBody,
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
    pub async fn send(self) -> Result<ResponseValue<types::SendTemplateMessageResponse>, Error> {
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
        client.raw_client().call(&operations::SEND_TEMPLATE_MESSAGE).form(body)
    }
}

impl ::std::fmt::Debug for SendTemplateMessage<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::template_list`]
///
/// [`Client::template_list`]: super::Client::template_list
#[derive(Clone)]
pub struct TemplateList<'a> {
    client: &'a super::Client,
    page: Option<i64>,
    paginate: Option<i64>,
}

impl<'a> TemplateList<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, page: None, paginate: None }
    }

    /// Number of the page, from 1. The default is the first page. Beyond the last page the list is empty, which is
    /// not an error.
    ///
    /// Checked before sending: at least 1.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E16](crate::facts#e16)).
    pub fn page(mut self, value: impl Into<zap_client_runtime::Optional<i64>>) -> Self {
        self.page = value.into().into_option();
        self
    }

    /// Number of items on a page. The default is 20. No upper limit is known: a huge number returns everything. The
    /// server treats 0 as 15, and fails with `exception` on a negative number.
    ///
    /// Checked before sending: at least 1.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E16](crate::facts#e16)).
    pub fn paginate(mut self, value: impl Into<zap_client_runtime::Optional<i64>>) -> Self {
        self.paginate = value.into().into_option();
        self
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<types::TemplateListResponse>, Error> {
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
        let Self { client, page, paginate } = self;
        client.raw_client().call(&operations::TEMPLATE_LIST).query("page", page).query("paginate", paginate)
    }

    /// Returns the items of all pages as a stream. Each page is fetched when it is needed, with one call.
    /// [`Items`](zap_client_runtime::Items) says what can be missed while the list changes.
    pub fn items(self) -> zap_client_runtime::Items<'a, types::Template> {
        let first = self.page;
        zap_client_runtime::Items::new(
            self.client.raw_client(),
            &operations::TEMPLATE_LIST,
            first,
            move |number| {
                let call = self.clone().page(number).into_call();
                ::std::boxed::Box::pin(async move {
                    let answer = call.send::<types::TemplateListResponse>().await?.into_inner();
                    let last_page = answer
                        .data
                        .as_ref()
                        .and_then(|value| value.templates.as_ref())
                        .and_then(|value| value.last_page);
                    let total = answer
                        .data
                        .as_ref()
                        .and_then(|value| value.templates.as_ref())
                        .and_then(|value| value.total);
                    let items: Vec<types::Template> = answer
                        .data
                        .and_then(|value| value.templates)
                        .map(|value| zap_client_runtime::List::list(value.data))
                        .unwrap_or_default();
                    let items = items
                        .into_iter()
                        .map(|item| (zap_client_runtime::Key::of(item.id.clone().map(Into::into), &item), item))
                        .collect();
                    Ok(zap_client_runtime::Page { items, last_page, total })
                })
            },
        )
    }
}

impl ::std::fmt::Debug for TemplateList<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}
