// Generated from specs/externalapi.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! The client: its instances, its credentials, and a method for each operation.

use super::builder;

static API: zap_client_runtime::Api = zap_client_runtime::Api {
    user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
    envelope: zap_client_runtime::Envelope {
        status: "status",
        success: "success",
        error: "error",
        remark: Some("remark"),
        texts: &["message"],
        refusals: zap_client_runtime::Refusals::Listed(
            &[
                ("Unauthorized", zap_client_runtime::RefusalReason::Credentials),
                ("validation_error", zap_client_runtime::RefusalReason::Validation),
                ("not_found", zap_client_runtime::RefusalReason::NotFound),
                ("unknown_contact", zap_client_runtime::RefusalReason::NotFound),
                ("contact_error", zap_client_runtime::RefusalReason::Conflict),
                ("contact_limit_error", zap_client_runtime::RefusalReason::Limit),
                ("image_upload_error", zap_client_runtime::RefusalReason::Unavailable),
                ("subscription_required", zap_client_runtime::RefusalReason::Plan),
                ("not_available", zap_client_runtime::RefusalReason::Unavailable),
                ("user_error", zap_client_runtime::RefusalReason::Other),
            ],
        ),
        validation: Some(zap_client_runtime::ValidationAnswer { http_status: 422u16, errors: "errors" }),
        reasons: &[],
    },
    trims: true,
    paths: &[
        "/contact/delete/{contact_id}",
        "/contact/list",
        "/contact/store",
        "/contact/update/{contact_id}",
        "/inbox/change-conversation-status/{conversation_id}",
        "/inbox/conversation-details/{conversation_id}",
        "/inbox/conversation-list",
        "/inbox/send-message",
        "/inbox/send-template-message",
        "/inbox/template-list",
    ],
};

/// An instance of the API that the spec lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Provider {
    /// EscalaZap.
    ///
    /// Base URL: `https://www.escalazap.com/external-api`.
    EscalaZap,
    /// WaziMe. Its page shows this doubled host name.
    ///
    /// Base URL: `https://www.wazime.com.br.socorreaki.com.br/external-api`.
    WaziMe,
    /// WapiFlow.
    ///
    /// Base URL: `https://wapiflow.cloud/external-api`.
    WapiFlow,
}

impl Provider {
    /// All instances that the spec lists.
    pub const ALL: &'static [Self] = &[Self::EscalaZap, Self::WaziMe, Self::WapiFlow];
    /// Returns the name of the instance.
    pub fn name(&self) -> &'static str {
        match self {
            Self::EscalaZap => "EscalaZap",
            Self::WaziMe => "WaziMe",
            Self::WapiFlow => "WapiFlow",
        }
    }

    /// Returns the base URL, to which each call appends the path of its operation.
    pub fn base_url(&self) -> String {
        match self {
            Self::EscalaZap => "https://www.escalazap.com/external-api".to_owned(),
            Self::WaziMe => "https://www.wazime.com.br.socorreaki.com.br/external-api".to_owned(),
            Self::WapiFlow => "https://wapiflow.cloud/external-api".to_owned(),
        }
    }
}

impl From<Provider> for zap_client_runtime::Instance {
    fn from(provider: Provider) -> Self {
        Self::new(provider.name(), provider.base_url())
    }
}

/// The credentials that every call carries. They are never shown, and this copy is wiped from memory when it is
/// dropped.
///
/// - `client_id`: The account's client id, from the dashboard under Developer Tools.
///
///   The address that the request comes from must be on the account's IP whitelist, too. If it is not, the text
///   of the 401 names the address that the server saw. Forwarding headers do not change it.
/// - `client_secret`: The account's client secret, from the dashboard under Developer Tools.
#[derive(Clone, Debug)]
pub struct Credentials {
    client_id: zap_client_runtime::Secret,
    client_secret: zap_client_runtime::Secret,
}

impl Credentials {
    /// Creates credentials from these values. Each must be exactly as the provider shows it.
    pub fn new(
        client_id: impl Into<zap_client_runtime::Secret>,
        client_secret: impl Into<zap_client_runtime::Secret>,
    ) -> Self {
        Self { client_id: client_id.into(), client_secret: client_secret.into() }
    }
}

impl zap_client_runtime::Credentials for Credentials {
    fn into_parts(self) -> Vec<(zap_client_runtime::CredentialLocation, zap_client_runtime::Secret)> {
        Vec::from([
            (zap_client_runtime::CredentialLocation::Header("client-id"), self.client_id),
            (zap_client_runtime::CredentialLocation::Header("client-secret"), self.client_secret),
        ])
    }
}

/// Typed client of ExternalApi.
///
/// Contacts, conversations and messages of a WhatsApp Business account, in ten operations. The API has no sandbox:
/// every message that you send reaches a real phone. It has no idempotency keys, no webhooks and no documented rate
/// limit.
///
/// **Errors come with HTTP 200.** The body reports what went wrong: `status` is `error`, and `remark` holds the
/// reason. The providers' pages promise standard status codes, but only wrong credentials (401), unknown routes
/// (404) and errors of PHP itself (500) have them.
///
/// Cloning is cheap. Clones share connections.
#[derive(Clone, Debug)]
pub struct Client {
    raw: zap_client_runtime::RawClient,
}

impl Client {
    /// Returns a builder of a client for `instance`, which is a [`Provider`] or a
    /// [custom instance](zap_client_runtime::Instance).
    pub fn builder(
        instance: impl Into<zap_client_runtime::Instance>,
        credentials: Credentials,
    ) -> zap_client_runtime::ClientBuilder<Self> {
        zap_client_runtime::ClientBuilder::new(&API, instance.into(), credentials)
    }

    /// Returns the name of the instance that this client calls.
    pub fn provider(&self) -> &str {
        self.raw.provider()
    }

    /// Returns the untyped client that this client uses. With it you can call an operation that
    /// the spec does not list: write an [`Operation`](zap_client_runtime::Operation) of your own.
    pub fn raw_client(&self) -> &zap_client_runtime::RawClient {
        &self.raw
    }
}

impl From<zap_client_runtime::RawClient> for Client {
    fn from(raw: zap_client_runtime::RawClient) -> Self {
        Self { raw }
    }
}

impl Client {
    /// Delete a contact
    ///
    /// The server refuses to delete a contact that has messages or is blocked, with `contact_error`. It does delete
    /// a contact whose conversation has no messages. The conversation remains, and its `contact` is null from then
    /// on.
    ///
    /// The providers' sample sends a body. It has no meaning, and the client does not send one.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: observed ([E1](crate::facts#e1), [E5](crate::facts#e5), [E6](crate::facts#e6), [E8](crate::facts#e8)).
    ///
    /// Sends a `DELETE` request to `/contact/delete/{contact_id}`
    ///
    /// # Arguments
    ///
    /// - `contact_id` (required): Id of the contact, as in the list of contacts. The server refuses unknown ids and
    ///   those of other accounts.
    pub fn contact_delete(&self) -> builder::ContactDelete<'_> {
        builder::ContactDelete::new(self)
    }

    /// List the account's contacts, newest first
    ///
    /// Returns one page at a time. The list includes blocked contacts.
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Source: observed ([E1](crate::facts#e1), [E3](crate::facts#e3), [E5](crate::facts#e5), [E16](crate::facts#e16)).
    ///
    /// Sends a `GET` request to `/contact/list`
    ///
    /// # Arguments
    ///
    /// - `page`: Number of the page, from 1. The default is the first page. Beyond the last page the list is empty,
    ///   which is not an error.
    /// - `paginate`: Number of items on a page. The default is 20. No upper limit is known: a huge number returns
    ///   everything. The server treats 0 as 15, and fails with `exception` on a negative number.
    /// - `search`: Part of a first name, last name or mobile number.
    pub fn contact_list(&self) -> builder::ContactList<'_> {
        builder::ContactList::new(self)
    }

    /// Create a contact
    ///
    /// The server refuses a number that the account already has, blocked or not, with `validation_error`. If the
    /// account has reached its contact limit, the server refuses the contact with `contact_limit_error`. Two
    /// accounts may have the same number.
    ///
    /// Store a contact before you write to its number. Not every instance creates the contact when you send a
    /// message.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: observed ([E1](crate::facts#e1), [E3](crate::facts#e3), [E5](crate::facts#e5), [E12](crate::facts#e12),
    /// [E21](crate::facts#e21)).
    ///
    /// Sends a `POST` request to `/contact/store`
    ///
    /// # Arguments
    ///
    /// - `body` (required): The form, a [`types::ContactStoreBody`](crate::types::ContactStoreBody). `body_map` fills
    ///   it in.
    pub fn contact_store(&self) -> builder::ContactStore<'_> {
        builder::ContactStore::new(self)
    }

    /// Replace a contact's data
    ///
    /// Send the whole contact. The providers' pages say that omitted fields keep their values, but the server
    /// requires the four required fields again, and erases `city`, `state`, `post_code` and `address` if you omit
    /// them. It keeps only the picture.
    ///
    /// Each successful update takes 1 from what remains of the account's contact limit, even if no value changes.
    /// You can update blocked contacts. On success the remark is `contact_created`.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: observed ([E1](crate::facts#e1), [E3](crate::facts#e3), [E5](crate::facts#e5), [E13](crate::facts#e13),
    /// [E21](crate::facts#e21)).
    ///
    /// Sends a `POST` request to `/contact/update/{contact_id}`
    ///
    /// # Arguments
    ///
    /// - `contact_id` (required): Id of the contact, as in the list of contacts. The server refuses unknown ids and
    ///   those of other accounts.
    /// - `body` (required): The form, a [`types::ContactUpdateBody`](crate::types::ContactUpdateBody). `body_map` fills
    ///   it in.
    pub fn contact_update(&self) -> builder::ContactUpdate<'_> {
        builder::ContactUpdate::new(self)
    }

    /// Set the status of a conversation
    ///
    /// Setting the status that a conversation already has succeeds.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: observed ([E1](crate::facts#e1), [E5](crate::facts#e5), [E6](crate::facts#e6), [E15](crate::facts#e15)).
    ///
    /// Sends a `POST` request to `/inbox/change-conversation-status/{conversation_id}`
    ///
    /// # Arguments
    ///
    /// - `conversation_id` (required): Id of the conversation, as in the list of conversations or in the answer to a
    ///   sent message. The server refuses unknown ids with `not_found`.
    /// - `body` (required): The form, a
    ///   [`types::ChangeConversationStatusBody`](crate::types::ChangeConversationStatusBody). `body_map` fills it in.
    pub fn change_conversation_status(&self) -> builder::ChangeConversationStatus<'_> {
        builder::ChangeConversationStatus::new(self)
    }

    /// Fetch one conversation with its contact, notes, tags and lists
    ///
    /// The tags and lists are in the contact. The answer does not include messages, and no operation lists them.
    ///
    /// The providers' sample sends a body. It has no meaning, and the client does not send one.
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Source: observed ([E1](crate::facts#e1), [E5](crate::facts#e5)).
    ///
    /// Sends a `GET` request to `/inbox/conversation-details/{conversation_id}`
    ///
    /// # Arguments
    ///
    /// - `conversation_id` (required): Id of the conversation, as in the list of conversations or in the answer to a
    ///   sent message. The server refuses unknown ids with `not_found`.
    pub fn conversation_details(&self) -> builder::ConversationDetails<'_> {
        builder::ConversationDetails::new(self)
    }

    /// List the conversations, the one with the latest message first
    ///
    /// Returns one page at a time, each conversation with its contact and its notes. Conversations without a
    /// message come last. The page is in `data.conversation`, which is singular.
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Source: observed ([E1](crate::facts#e1), [E5](crate::facts#e5), [E15](crate::facts#e15),
    /// [E16](crate::facts#e16)).
    ///
    /// Sends a `GET` request to `/inbox/conversation-list`
    ///
    /// # Arguments
    ///
    /// - `status`: Lists only conversations with this status, from 0 to 4. By default, lists all conversations. The
    ///   recorded version also accepts several statuses as `status[]`, which is undocumented and not supported by the
    ///   client.
    /// - `page`: Number of the page, from 1. The default is the first page. Beyond the last page the list is empty,
    ///   which is not an error.
    /// - `paginate`: Number of items on a page. The default is 20. No upper limit is known: a huge number returns
    ///   everything. The server treats 0 as 15, and fails with `exception` on a negative number.
    /// - `search`: Part of the contact's name or mobile number. Letter case and accents do not matter. You can combine
    ///   it with `status`. It is undocumented, but works on the recorded version.
    pub fn conversation_list(&self) -> builder::ConversationList<'_> {
        builder::ConversationList::new(self)
    }

    /// Send a text, a file, a location or an interactive message
    ///
    /// Each call sends one message. If a request has several contents, the server sends the first in this order:
    /// `cta_url_id`, `interactive_list_id`, `image`, `document`, `video`, `audio`, the location, `message`. It
    /// silently drops the others and reports success. The exception is a `message` beside a picture, document or
    /// video, which is sent as its caption. The client therefore refuses several contents before sending. `product`
    /// and `created_order_data` take precedence over an interactive list and files; their precedence over
    /// `cta_url_id` is not known.
    ///
    /// The number must be a contact of the account. The providers' pages promise that an unknown number becomes a
    /// contact with a conversation, but the recorded version answers `exception`, creates nothing and sends
    /// nothing. Storing the contact first works in both cases. If the contact has no conversation, the server
    /// creates one, which remains even if the server then refuses the message.
    ///
    /// The server answers `not_found` if the contact is blocked, if the plan has no interactive messages, or if the
    /// sender is unknown. The remark `exception` proves nothing: the message may or may not have been sent. The API
    /// has no idempotency keys, so a second call may send the message twice.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: observed ([E1](crate::facts#e1), [E5](crate::facts#e5), [E9](crate::facts#e9), [E10](crate::facts#e10),
    /// [E12](crate::facts#e12), [E17](crate::facts#e17), [E18](crate::facts#e18), [E19](crate::facts#e19),
    /// [E22](crate::facts#e22), [E36](crate::facts#e36)).
    ///
    /// Sends a `POST` request to `/inbox/send-message`
    ///
    /// # Arguments
    ///
    /// - `body` (required): The form, a [`types::SendMessageBody`](crate::types::SendMessageBody). `body_map` fills it
    ///   in.
    pub fn send_message(&self) -> builder::SendMessage<'_> {
        builder::SendMessage::new(self)
    }

    /// Send an approved template
    ///
    /// **The recorded version reports an error for a template that it delivered:** `status` is `error` and `remark`
    /// is `exception`, although the message was sent and stored. A delivery that failed gets the same remark. The
    /// answer alone cannot tell you which of the two happened, so do not send again because of it.
    ///
    /// The number must be a contact of the account, as for sending a message. The server answers `not_found` if the
    /// contact is blocked, or if the template is unknown, rejected or of another account.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: observed ([E1](crate::facts#e1), [E5](crate::facts#e5), [E9](crate::facts#e9), [E10](crate::facts#e10),
    /// [E12](crate::facts#e12), [E18](crate::facts#e18), [E20](crate::facts#e20), [E22](crate::facts#e22)).
    ///
    /// Sends a `POST` request to `/inbox/send-template-message`
    ///
    /// # Arguments
    ///
    /// - `body` (required): The form, a [`types::SendTemplateMessageBody`](crate::types::SendTemplateMessageBody).
    ///   `body_map` fills it in.
    pub fn send_template_message(&self) -> builder::SendTemplateMessage<'_> {
        builder::SendTemplateMessage::new(self)
    }

    /// List the account's message templates, approved or not
    ///
    /// Returns one page at a time, although the providers' pages mention neither pages nor their parameters. The
    /// server ignores `search`.
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Source: observed ([E1](crate::facts#e1), [E16](crate::facts#e16), [E20](crate::facts#e20)).
    ///
    /// Sends a `GET` request to `/inbox/template-list`
    ///
    /// # Arguments
    ///
    /// - `page`: Number of the page, from 1. The default is the first page. Beyond the last page the list is empty,
    ///   which is not an error.
    /// - `paginate`: Number of items on a page. The default is 20. No upper limit is known: a huge number returns
    ///   everything. The server treats 0 as 15, and fails with `exception` on a negative number.
    pub fn template_list(&self) -> builder::TemplateList<'_> {
        builder::TemplateList::new(self)
    }
}
