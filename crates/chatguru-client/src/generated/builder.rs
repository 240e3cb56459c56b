// Generated from specs/chatguru.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! Builders of the calls, one for each operation.

#[allow(unused_imports)]
use zap_client_runtime::{Error, ResponseValue};

use super::{operations, types};

/// Builder for [`Client::chat_add`]
///
/// [`Client::chat_add`]: super::Client::chat_add
#[derive(Clone)]
pub struct ChatAdd<'a> {
    client: &'a super::Client,
    chat_number: Result<String, zap_client_runtime::FieldError>,
    dialog_id: Option<String>,
    name: Result<String, zap_client_runtime::FieldError>,
    send_date: Option<String>,
    text: Result<String, zap_client_runtime::FieldError>,
    user_id: Option<String>,
}

impl<'a> ChatAdd<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self {
            client,
            chat_number: Err(zap_client_runtime::FieldError::Missing("chat_number")),
            dialog_id: None,
            name: Err(zap_client_runtime::FieldError::Missing("name")),
            send_date: None,
            text: Err(zap_client_runtime::FieldError::Missing("text")),
            user_id: None,
        }
    }

    /// The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses
    /// punctuation.
    ///
    /// A Brazilian mobile number can be written with and without its ninth digit, but only one of the two finds the
    /// chat. The same number has a different chat on each phone of the account.
    ///
    /// Checked before sending: not empty; digits only.
    ///
    /// Source: docs ([C4](crate::facts#c4), [C15](crate::facts#c15), [C21](crate::facts#c21)).
    pub fn chat_number<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.chat_number = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("chat_number"));
        self
    }

    /// Id of the chatbot dialog to run when the chat has been added. It is not run if the chat already exists.
    ///
    /// Source: docs ([C7](crate::facts#c7)).
    pub fn dialog_id(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.dialog_id = value.into().into_option();
        self
    }

    /// Name of the chat.
    ///
    /// Checked before sending: not empty.
    ///
    /// Source: docs ([C7](crate::facts#c7)).
    pub fn name<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.name = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("name"));
        self
    }

    /// When to send the first message, as `YYYY-MM-DD HH:MM`. The page does not have this parameter here, but one
    /// client sends it and recorded a success. The time zone is probably that of `message_send`.
    ///
    /// Checked before sending: `YYYY-MM-DD HH:MM`, with a date that exists.
    ///
    /// Source: public ([C5](crate::facts#c5), [C7](crate::facts#c7)).
    pub fn send_date(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.send_date = value.into().into_option();
        self
    }

    /// Text of the first message. ChatGuru refuses the call without it, but accepts a single space. Two
    /// integrators saw ChatGuru refuse a long text for a phone connected through WhatsApp's official API.
    ///
    /// Checked before sending: not empty.
    ///
    /// Source: docs ([C7](crate::facts#c7), [C16](crate::facts#c16), [C17](crate::facts#c17)).
    pub fn text<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.text = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("text"));
        self
    }

    /// Id of the ChatGuru user who gets the chat.
    ///
    /// Source: docs ([C7](crate::facts#c7)).
    pub fn user_id(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.user_id = value.into().into_option();
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
    pub async fn send(self) -> Result<ResponseValue<types::ChatAddResponse>, Error> {
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
        let Self { client, chat_number, dialog_id, name, send_date, text, user_id } = self;
        client
            .raw_client()
            .call(&operations::CHAT_ADD)
            .query_of("chat_number", chat_number.map(Some))
            .query_of("name", name.map(Some))
            .query_of("text", text.map(Some))
            .query("user_id", user_id)
            .query("dialog_id", dialog_id)
            .query("send_date", send_date)
    }
}

impl ::std::fmt::Debug for ChatAdd<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::chat_add_status`]
///
/// [`Client::chat_add_status`]: super::Client::chat_add_status
#[derive(Clone)]
pub struct ChatAddStatus<'a> {
    client: &'a super::Client,
    chat_add_id: Result<String, zap_client_runtime::FieldError>,
    chat_number: Option<String>,
}

impl<'a> ChatAddStatus<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, chat_add_id: Err(zap_client_runtime::FieldError::Missing("chat_add_id")), chat_number: None }
    }

    /// The `chat_add_id` from the answer to adding the chat.
    ///
    /// Checked before sending: not empty.
    ///
    /// Source: docs ([C8](crate::facts#c8)).
    pub fn chat_add_id<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.chat_add_id = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("chat_add_id"));
        self
    }

    /// The chat's full international number, digits only. The provider's page asks for it in every request, but its
    /// own sample of this action has none, and public clients omit it.
    ///
    /// Checked before sending: not empty; digits only.
    ///
    /// Source: docs ([C4](crate::facts#c4)).
    pub fn chat_number(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.chat_number = value.into().into_option();
        self
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<types::ChatAddStatusResponse>, Error> {
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
        let Self { client, chat_add_id, chat_number } = self;
        client
            .raw_client()
            .call(&operations::CHAT_ADD_STATUS)
            .query("chat_number", chat_number)
            .query_of("chat_add_id", chat_add_id.map(Some))
    }
}

impl ::std::fmt::Debug for ChatAddStatus<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::chat_update_context`]
///
/// [`Client::chat_update_context`]: super::Client::chat_update_context
#[derive(Clone)]
pub struct ChatUpdateContext<'a> {
    client: &'a super::Client,
    chat_number: Result<String, zap_client_runtime::FieldError>,
    variables: Option<::std::collections::BTreeMap<String, String>>,
}

impl<'a> ChatUpdateContext<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, chat_number: Err(zap_client_runtime::FieldError::Missing("chat_number")), variables: None }
    }

    /// The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses
    /// punctuation.
    ///
    /// A Brazilian mobile number can be written with and without its ninth digit, but only one of the two finds the
    /// chat. The same number has a different chat on each phone of the account.
    ///
    /// Checked before sending: not empty; digits only.
    ///
    /// Source: docs ([C4](crate::facts#c4), [C15](crate::facts#c15), [C21](crate::facts#c21)).
    pub fn chat_number<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.chat_number = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("chat_number"));
        self
    }

    /// The new values by the variables' names, at least one. Each value is sent as a separate parameter named
    /// `var__` and the name. The client adds the prefix to names without it.
    ///
    /// Checked before sending: at least 1 entry.
    ///
    /// Source: public ([C18](crate::facts#c18)).
    pub fn variables(mut self, entries: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        self.variables = Some(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect());
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
    pub async fn send(self) -> Result<ResponseValue<types::ChatUpdateContextResponse>, Error> {
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
        let Self { client, chat_number, variables } = self;
        client
            .raw_client()
            .call(&operations::CHAT_UPDATE_CONTEXT)
            .query_of("chat_number", chat_number.map(Some))
            .query_map_of("variables", "var__", Ok(variables))
    }
}

impl ::std::fmt::Debug for ChatUpdateContext<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::chat_update_custom_fields`]
///
/// [`Client::chat_update_custom_fields`]: super::Client::chat_update_custom_fields
#[derive(Clone)]
pub struct ChatUpdateCustomFields<'a> {
    client: &'a super::Client,
    chat_number: Result<String, zap_client_runtime::FieldError>,
    custom_fields: Option<::std::collections::BTreeMap<String, String>>,
}

impl<'a> ChatUpdateCustomFields<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, chat_number: Err(zap_client_runtime::FieldError::Missing("chat_number")), custom_fields: None }
    }

    /// The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses
    /// punctuation.
    ///
    /// A Brazilian mobile number can be written with and without its ninth digit, but only one of the two finds the
    /// chat. The same number has a different chat on each phone of the account.
    ///
    /// Checked before sending: not empty; digits only.
    ///
    /// Source: docs ([C4](crate::facts#c4), [C15](crate::facts#c15), [C21](crate::facts#c21)).
    pub fn chat_number<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.chat_number = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("chat_number"));
        self
    }

    /// The new values by the fields' ids, at least one. The account's manager of custom fields shows the ids.
    /// Each value is sent as a separate parameter named `field__` and the id. The client adds the prefix to ids
    /// without it.
    ///
    /// An id is formed from the field's name: without accents, with two underscores for a vertical bar and the
    /// spaces around it, and one for a space. The id of `CRM | Link negócio` is `CRM__Link_negocio`. ChatGuru
    /// refuses an id that does not exist.
    ///
    /// Checked before sending: at least 1 entry.
    ///
    /// Source: docs ([C9](crate::facts#c9)).
    pub fn custom_fields(mut self, entries: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        self.custom_fields = Some(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect());
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
    pub async fn send(self) -> Result<ResponseValue<types::ChatUpdateCustomFieldsResponse>, Error> {
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
        let Self { client, chat_number, custom_fields } = self;
        client
            .raw_client()
            .call(&operations::CHAT_UPDATE_CUSTOM_FIELDS)
            .query_of("chat_number", chat_number.map(Some))
            .query_map_of("custom_fields", "field__", Ok(custom_fields))
    }
}

impl ::std::fmt::Debug for ChatUpdateCustomFields<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::chat_update_name`]
///
/// [`Client::chat_update_name`]: super::Client::chat_update_name
#[derive(Clone)]
pub struct ChatUpdateName<'a> {
    client: &'a super::Client,
    chat_name: Result<String, zap_client_runtime::FieldError>,
    chat_number: Result<String, zap_client_runtime::FieldError>,
}

impl<'a> ChatUpdateName<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self {
            client,
            chat_name: Err(zap_client_runtime::FieldError::Missing("chat_name")),
            chat_number: Err(zap_client_runtime::FieldError::Missing("chat_number")),
        }
    }

    /// The new name.
    ///
    /// Checked before sending: not empty.
    ///
    /// Source: public ([C19](crate::facts#c19)).
    pub fn chat_name<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.chat_name = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("chat_name"));
        self
    }

    /// The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses
    /// punctuation.
    ///
    /// A Brazilian mobile number can be written with and without its ninth digit, but only one of the two finds the
    /// chat. The same number has a different chat on each phone of the account.
    ///
    /// Checked before sending: not empty; digits only.
    ///
    /// Source: docs ([C4](crate::facts#c4), [C15](crate::facts#c15), [C21](crate::facts#c21)).
    pub fn chat_number<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.chat_number = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("chat_number"));
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
    pub async fn send(self) -> Result<ResponseValue<types::ChatUpdateNameResponse>, Error> {
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
        let Self { client, chat_name, chat_number } = self;
        client
            .raw_client()
            .call(&operations::CHAT_UPDATE_NAME)
            .query_of("chat_number", chat_number.map(Some))
            .query_of("chat_name", chat_name.map(Some))
    }
}

impl ::std::fmt::Debug for ChatUpdateName<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::dialog_execute`]
///
/// [`Client::dialog_execute`]: super::Client::dialog_execute
#[derive(Clone)]
pub struct DialogExecute<'a> {
    client: &'a super::Client,
    chat_number: Result<String, zap_client_runtime::FieldError>,
    dialog_id: Result<String, zap_client_runtime::FieldError>,
}

impl<'a> DialogExecute<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self {
            client,
            chat_number: Err(zap_client_runtime::FieldError::Missing("chat_number")),
            dialog_id: Err(zap_client_runtime::FieldError::Missing("dialog_id")),
        }
    }

    /// The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses
    /// punctuation.
    ///
    /// A Brazilian mobile number can be written with and without its ninth digit, but only one of the two finds the
    /// chat. The same number has a different chat on each phone of the account.
    ///
    /// Checked before sending: not empty; digits only.
    ///
    /// Source: docs ([C4](crate::facts#c4), [C15](crate::facts#c15), [C21](crate::facts#c21)).
    pub fn chat_number<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.chat_number = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("chat_number"));
        self
    }

    /// Id of the dialog.
    ///
    /// Checked before sending: not empty.
    ///
    /// Source: docs ([C11](crate::facts#c11)).
    pub fn dialog_id<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.dialog_id = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("dialog_id"));
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
    pub async fn send(self) -> Result<ResponseValue<types::DialogExecuteResponse>, Error> {
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
        let Self { client, chat_number, dialog_id } = self;
        client
            .raw_client()
            .call(&operations::DIALOG_EXECUTE)
            .query_of("chat_number", chat_number.map(Some))
            .query_of("dialog_id", dialog_id.map(Some))
    }
}

impl ::std::fmt::Debug for DialogExecute<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::message_file_send`]
///
/// [`Client::message_file_send`]: super::Client::message_file_send
#[derive(Clone)]
pub struct MessageFileSend<'a> {
    client: &'a super::Client,
    caption: Option<String>,
    chat_number: Result<String, zap_client_runtime::FieldError>,
    file_url: Result<String, zap_client_runtime::FieldError>,
}

impl<'a> MessageFileSend<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self {
            client,
            caption: None,
            chat_number: Err(zap_client_runtime::FieldError::Missing("chat_number")),
            file_url: Err(zap_client_runtime::FieldError::Missing("file_url")),
        }
    }

    /// Caption of the file. The provider's page calls it the name of the file, but public clients use it as a
    /// caption, as its name suggests. WhatsApp's official API accepts up to 1024 characters. It is not known
    /// what ChatGuru does with a longer caption.
    ///
    /// Source: docs ([C12](crate::facts#c12), [C17](crate::facts#c17)).
    pub fn caption(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.caption = value.into().into_option();
        self
    }

    /// The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses
    /// punctuation.
    ///
    /// A Brazilian mobile number can be written with and without its ninth digit, but only one of the two finds the
    /// chat. The same number has a different chat on each phone of the account.
    ///
    /// Checked before sending: not empty; digits only.
    ///
    /// Source: docs ([C4](crate::facts#c4), [C15](crate::facts#c15), [C21](crate::facts#c21)).
    pub fn chat_number<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.chat_number = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("chat_number"));
        self
    }

    /// URL of the file, which must be public. According to one public client, it should end in the file's
    /// extension, such as `.pdf`.
    ///
    /// Checked before sending: not empty.
    ///
    /// Source: docs ([C12](crate::facts#c12)).
    pub fn file_url<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.file_url = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("file_url"));
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
    pub async fn send(self) -> Result<ResponseValue<types::MessageFileSendResponse>, Error> {
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
        let Self { client, caption, chat_number, file_url } = self;
        client
            .raw_client()
            .call(&operations::MESSAGE_FILE_SEND)
            .query_of("chat_number", chat_number.map(Some))
            .query_of("file_url", file_url.map(Some))
            .query("caption", caption)
    }
}

impl ::std::fmt::Debug for MessageFileSend<'_> {
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
    chat_number: Result<String, zap_client_runtime::FieldError>,
    send_date: Option<String>,
    text: Result<String, zap_client_runtime::FieldError>,
}

impl<'a> MessageSend<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self {
            client,
            chat_number: Err(zap_client_runtime::FieldError::Missing("chat_number")),
            send_date: None,
            text: Err(zap_client_runtime::FieldError::Missing("text")),
        }
    }

    /// The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses
    /// punctuation.
    ///
    /// A Brazilian mobile number can be written with and without its ninth digit, but only one of the two finds the
    /// chat. The same number has a different chat on each phone of the account.
    ///
    /// Checked before sending: not empty; digits only.
    ///
    /// Source: docs ([C4](crate::facts#c4), [C15](crate::facts#c15), [C21](crate::facts#c21)).
    pub fn chat_number<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.chat_number = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("chat_number"));
        self
    }

    /// When to send the text, as `YYYY-MM-DD HH:MM`. By default it is sent immediately. The time zone is not
    /// documented; two integrators take it as that of Brasília.
    ///
    /// Checked before sending: `YYYY-MM-DD HH:MM`, with a date that exists.
    ///
    /// Source: docs ([C5](crate::facts#c5)).
    pub fn send_date(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.send_date = value.into().into_option();
        self
    }

    /// The text. WhatsApp's official API accepts up to 4096 characters. It is not known what ChatGuru does with
    /// a longer text.
    ///
    /// Checked before sending: not empty.
    ///
    /// Source: docs ([C5](crate::facts#c5), [C16](crate::facts#c16), [C17](crate::facts#c17)).
    pub fn text<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.text = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("text"));
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
    pub async fn send(self) -> Result<ResponseValue<types::MessageSendResponse>, Error> {
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
        let Self { client, chat_number, send_date, text } = self;
        client
            .raw_client()
            .call(&operations::MESSAGE_SEND)
            .query_of("chat_number", chat_number.map(Some))
            .query_of("text", text.map(Some))
            .query("send_date", send_date)
    }
}

impl ::std::fmt::Debug for MessageSend<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::message_status`]
///
/// [`Client::message_status`]: super::Client::message_status
#[derive(Clone)]
pub struct MessageStatus<'a> {
    client: &'a super::Client,
    chat_number: Option<String>,
    message_id: Result<String, zap_client_runtime::FieldError>,
}

impl<'a> MessageStatus<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self { client, chat_number: None, message_id: Err(zap_client_runtime::FieldError::Missing("message_id")) }
    }

    /// The chat's full international number, digits only. The provider's page asks for it in every request, but its
    /// own sample of this action has none, and public clients omit it.
    ///
    /// Checked before sending: not empty; digits only.
    ///
    /// Source: docs ([C4](crate::facts#c4)).
    pub fn chat_number(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.chat_number = value.into().into_option();
        self
    }

    /// Id of the message, from the answer to sending it.
    ///
    /// Checked before sending: not empty.
    ///
    /// Source: docs ([C6](crate::facts#c6)).
    pub fn message_id<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.message_id = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("message_id"));
        self
    }

    /// Sends the request. After a transient failure, the client retries it as its
    /// [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt.
    pub async fn send(self) -> Result<ResponseValue<types::MessageStatusResponse>, Error> {
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
        let Self { client, chat_number, message_id } = self;
        client
            .raw_client()
            .call(&operations::MESSAGE_STATUS)
            .query("chat_number", chat_number)
            .query_of("message_id", message_id.map(Some))
    }
}

impl ::std::fmt::Debug for MessageStatus<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}

/// Builder for [`Client::note_add`]
///
/// [`Client::note_add`]: super::Client::note_add
#[derive(Clone)]
pub struct NoteAdd<'a> {
    client: &'a super::Client,
    chat_number: Result<String, zap_client_runtime::FieldError>,
    note_text: Result<String, zap_client_runtime::FieldError>,
}

impl<'a> NoteAdd<'a> {
    pub(super) fn new(client: &'a super::Client) -> Self {
        Self {
            client,
            chat_number: Err(zap_client_runtime::FieldError::Missing("chat_number")),
            note_text: Err(zap_client_runtime::FieldError::Missing("note_text")),
        }
    }

    /// The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses
    /// punctuation.
    ///
    /// A Brazilian mobile number can be written with and without its ninth digit, but only one of the two finds the
    /// chat. The same number has a different chat on each phone of the account.
    ///
    /// Checked before sending: not empty; digits only.
    ///
    /// Source: docs ([C4](crate::facts#c4), [C15](crate::facts#c15), [C21](crate::facts#c21)).
    pub fn chat_number<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.chat_number = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("chat_number"));
        self
    }

    /// Text of the note.
    ///
    /// Checked before sending: not empty.
    ///
    /// Source: docs ([C10](crate::facts#c10), [C16](crate::facts#c16)).
    pub fn note_text<V>(mut self, value: V) -> Self
    where
        V: TryInto<String>,
    {
        self.note_text = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("note_text"));
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
    pub async fn send(self) -> Result<ResponseValue<types::NoteAddResponse>, Error> {
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
        let Self { client, chat_number, note_text } = self;
        client
            .raw_client()
            .call(&operations::NOTE_ADD)
            .query_of("chat_number", chat_number.map(Some))
            .query_of("note_text", note_text.map(Some))
    }
}

impl ::std::fmt::Debug for NoteAdd<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
    }
}
