// Generated from crates/client-runtime/tests/recado/specs/recado.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! The client: its instances, its credentials, and a method for each operation.

use super::builder;

static API: zap_client_runtime::Api = zap_client_runtime::Api {
    user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
    envelope: zap_client_runtime::Envelope {
        status: "",
        success: "",
        error: "",
        remark: Some("code"),
        texts: &["message", "errors"],
        refusals: zap_client_runtime::Refusals::Statuses(
            &[
                (409u16, zap_client_runtime::RefusalReason::Conflict),
                (422u16, zap_client_runtime::RefusalReason::Validation),
            ],
        ),
        validation: None,
        reasons: &[],
    },
    trims: false,
    paths: &[
        "/account",
        "/contacts",
        "/events/by-cursor",
        "/events/by-header",
        "/events/by-link",
        "/events/by-offset",
        "/health",
        "/media",
        "/media/{id}",
        "/messages",
        "/messages/export",
        "/messages/read",
        "/messages/unread",
        "/messages/{id}",
        "/numbers/search",
        "/sessions/{name}/code",
        "/sessions/{name}/settings",
    ],
};

/// An instance of the API that the spec lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Provider {
    /// Production.
    ///
    /// Base URL: `https://api.recado.example/v1`.
    Recado,
}

impl Provider {
    /// All instances that the spec lists.
    pub const ALL: &'static [Self] = &[Self::Recado];
    /// Returns the name of the instance.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Recado => "Recado",
        }
    }

    /// Returns the base URL, to which each call appends the path of its operation.
    pub fn base_url(&self) -> String {
        match self {
            Self::Recado => "https://api.recado.example/v1".to_owned(),
        }
    }
}

impl From<Provider> for zap_client_runtime::Instance {
    fn from(provider: Provider) -> Self {
        Self::new(provider.name(), provider.base_url())
    }
}

/// The credentials of the calls. Each call carries those that its operation needs. They are never shown, and this
/// copy is wiped from memory when it is dropped.
///
/// - `with_access_token`: Token of the account.
/// - `with_tenant`: Secret name of the customer.
/// - `with_panel`: Cookie of the panel.
/// - `with_owner`: Name and password of the owner.
/// - `with_api_key`: Key of the account.
#[derive(Clone, Debug, Default)]
pub struct Credentials {
    access_token: Option<zap_client_runtime::Secret>,
    tenant: Option<zap_client_runtime::Secret>,
    panel: Option<zap_client_runtime::Secret>,
    owner_user: Option<zap_client_runtime::Secret>,
    owner_password: Option<zap_client_runtime::Secret>,
    api_key: Option<zap_client_runtime::Secret>,
}

impl Credentials {
    /// Creates credentials without any value. Add them with the setters.
    pub fn new() -> Self {
        Self { access_token: None, tenant: None, panel: None, owner_user: None, owner_password: None, api_key: None }
    }

    /// Adds a credential that some operations need, or accept instead of another. Token of the account.
    #[must_use]
    pub fn with_access_token(mut self, access_token: impl Into<zap_client_runtime::Secret>) -> Self {
        self.access_token = Some(access_token.into());
        self
    }

    /// Adds a credential that some operations need, or accept instead of another. Secret name of the customer.
    #[must_use]
    pub fn with_tenant(mut self, tenant: impl Into<zap_client_runtime::Secret>) -> Self {
        self.tenant = Some(tenant.into());
        self
    }

    /// Adds a credential that some operations need, or accept instead of another. Cookie of the panel.
    #[must_use]
    pub fn with_panel(mut self, panel: impl Into<zap_client_runtime::Secret>) -> Self {
        self.panel = Some(panel.into());
        self
    }

    /// Adds a credential that some operations need, or accept instead of another. Name and password of the owner.
    #[must_use]
    pub fn with_owner(
        mut self,
        owner_user: impl Into<zap_client_runtime::Secret>,
        owner_password: impl Into<zap_client_runtime::Secret>,
    ) -> Self {
        self.owner_user = Some(owner_user.into());
        self.owner_password = Some(owner_password.into());
        self
    }

    /// Adds a credential that some operations need, or accept instead of another. Key of the account.
    #[must_use]
    pub fn with_api_key(mut self, api_key: impl Into<zap_client_runtime::Secret>) -> Self {
        self.api_key = Some(api_key.into());
        self
    }
}

impl zap_client_runtime::Credentials for Credentials {
    fn into_parts(self) -> Vec<(zap_client_runtime::CredentialLocation, zap_client_runtime::Secret)> {
        let mut parts = Vec::from([]);
        parts.extend(self.access_token.map(|secret| (zap_client_runtime::CredentialLocation::Bearer, secret)));
        parts.extend(self.tenant.map(|secret| (zap_client_runtime::CredentialLocation::Parameter("tenant"), secret)));
        parts
            .extend(
                self.panel.map(|secret| (zap_client_runtime::CredentialLocation::Cookie("recado_session"), secret)),
            );
        parts.extend(self.owner_user.map(|secret| (zap_client_runtime::CredentialLocation::BasicUser, secret)));
        parts.extend(self.owner_password.map(|secret| (zap_client_runtime::CredentialLocation::BasicPassword, secret)));
        parts.extend(self.api_key.map(|secret| (zap_client_runtime::CredentialLocation::Header("x-api-key"), secret)));
        parts
    }

    fn setters(&self) -> &'static [(zap_client_runtime::CredentialLocation, &'static str)] {
        &[
            (zap_client_runtime::CredentialLocation::Bearer, "with_access_token"),
            (zap_client_runtime::CredentialLocation::Parameter("tenant"), "with_tenant"),
            (zap_client_runtime::CredentialLocation::Cookie("recado_session"), "with_panel"),
            (zap_client_runtime::CredentialLocation::BasicUser, "with_owner"),
            (zap_client_runtime::CredentialLocation::BasicPassword, "with_owner"),
            (zap_client_runtime::CredentialLocation::Header("x-api-key"), "with_api_key"),
        ]
    }
}

/// Typed client of Recado.
///
/// Messages in JSON, for teams.
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
    /// Get the account
    ///
    /// Only the owner of the account can do this.
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    ///
    /// Sends a `GET` request to `/account`
    pub fn account_get(&self) -> builder::AccountGet<'_> {
        builder::AccountGet::new(self)
    }

    /// Add a contact
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Sends a `POST` request to `/contacts`
    ///
    /// # Arguments
    ///
    /// - `body` (required): The form, a [`types::ContactAddBody`](crate::types::ContactAddBody). `body_map` fills it
    ///   in.
    pub fn contact_add(&self) -> builder::ContactAdd<'_> {
        builder::ContactAdd::new(self)
    }

    /// List the events by cursor
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Sends a `GET` request to `/events/by-cursor`
    ///
    /// # Arguments
    ///
    /// - `after`: Cursor of the page.
    /// - `limit`: Number of events on a page.
    pub fn events_by_cursor(&self) -> builder::EventsByCursor<'_> {
        builder::EventsByCursor::new(self)
    }

    /// List the events by header
    ///
    /// The header `Link` has the URL of the next page.
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Source: docs ([R1](crate::facts#r1), [R5](crate::facts#r5)).
    ///
    /// Sends a `GET` request to `/events/by-header`
    ///
    /// # Arguments
    ///
    /// - `limit`: Number of events on a page.
    pub fn events_by_header(&self) -> builder::EventsByHeader<'_> {
        builder::EventsByHeader::new(self)
    }

    /// List the events by link
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Sends a `GET` request to `/events/by-link`
    ///
    /// # Arguments
    ///
    /// - `kind`: Kind of the events.
    /// - `limit`: Number of events on a page.
    pub fn events_by_link(&self) -> builder::EventsByLink<'_> {
        builder::EventsByLink::new(self)
    }

    /// List the events by offset
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Sends a `GET` request to `/events/by-offset`
    ///
    /// # Arguments
    ///
    /// - `skip`: Number of events before the page.
    /// - `limit`: Number of events on a page.
    pub fn events_by_offset(&self) -> builder::EventsByOffset<'_> {
        builder::EventsByOffset::new(self)
    }

    /// Check that the service works
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Sends a `GET` request to `/health`
    pub fn health(&self) -> builder::Health<'_> {
        builder::Health::new(self)
    }

    /// Upload a medium
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Sends a `POST` request to `/media`
    ///
    /// # Arguments
    ///
    /// - `body` (required): The form, a [`types::MediaUploadBody`](crate::types::MediaUploadBody). `body_map` fills it
    ///   in.
    pub fn media_upload(&self) -> builder::MediaUpload<'_> {
        builder::MediaUpload::new(self)
    }

    /// Get a medium
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Sends a `GET` request to `/media/{id}`
    ///
    /// # Arguments
    ///
    /// - `id` (required): Id of the medium.
    pub fn media_get(&self) -> builder::MediaGet<'_> {
        builder::MediaGet::new(self)
    }

    /// List the latest messages
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Sends a `GET` request to `/messages`
    pub fn message_list(&self) -> builder::MessageList<'_> {
        builder::MessageList::new(self)
    }

    /// Send a message
    ///
    /// Sends a text or a medium, with buttons. The same `X-Request-Key` twice sends one message.
    ///
    /// Changes data. The client sends an idempotency key, so it can repeat the request without doing the change twice.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    ///
    /// Sends a `POST` request to `/messages`
    ///
    /// # Arguments
    ///
    /// - `x_session` (required): Name of the session that sends.
    /// - `x_priority`: A higher number is sent earlier.
    /// - `x_request_key`: Key of the request, made by the client.
    /// - `body` (required): The JSON object, a [`types::MessageSendBody`](crate::types::MessageSendBody). `body_map`
    ///   fills it in.
    pub fn message_send(&self) -> builder::MessageSend<'_> {
        builder::MessageSend::new(self)
    }

    /// Export the messages
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Sends a `GET` request to `/messages/export`
    pub fn message_export(&self) -> builder::MessageExport<'_> {
        builder::MessageExport::new(self)
    }

    /// Mark messages as read
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Sends a `POST` request to `/messages/read`
    ///
    /// # Arguments
    ///
    /// - `body` (required): The body, which is sent as JSON.
    pub fn messages_read(&self) -> builder::MessagesRead<'_> {
        builder::MessagesRead::new(self)
    }

    /// Count the unread messages
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Sends a `GET` request to `/messages/unread`
    pub fn unread_count(&self) -> builder::UnreadCount<'_> {
        builder::UnreadCount::new(self)
    }

    /// Get a message
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Sends a `GET` request to `/messages/{id}`
    ///
    /// # Arguments
    ///
    /// - `id` (required): Id of the message.
    pub fn message_get(&self) -> builder::MessageGet<'_> {
        builder::MessageGet::new(self)
    }

    /// Forward a message
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Sends a `POST` request to `/messages/{id}`
    ///
    /// # Arguments
    ///
    /// - `id` (required): Id of the message.
    /// - `to` (required): Number of the recipient.
    pub fn message_forward(&self) -> builder::MessageForward<'_> {
        builder::MessageForward::new(self)
    }

    /// Delete a message
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Sends a `DELETE` request to `/messages/{id}`
    ///
    /// # Arguments
    ///
    /// - `id` (required): Id of the message.
    pub fn message_delete(&self) -> builder::MessageDelete<'_> {
        builder::MessageDelete::new(self)
    }

    /// Search for numbers that have WhatsApp
    ///
    /// It is a POST because the list is long. Nothing changes.
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    ///
    /// Sends a `POST` request to `/numbers/search`
    ///
    /// # Arguments
    ///
    /// - `body` (required): The JSON object, a [`types::NumberSearchBody`](crate::types::NumberSearchBody). `body_map`
    ///   fills it in.
    pub fn number_search(&self) -> builder::NumberSearch<'_> {
        builder::NumberSearch::new(self)
    }

    /// Get the code that connects a phone
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Sends a `GET` request to `/sessions/{name}/code`
    ///
    /// # Arguments
    ///
    /// - `name` (required): Name of the session.
    pub fn session_code(&self) -> builder::SessionCode<'_> {
        builder::SessionCode::new(self)
    }

    /// Get the settings of a phone
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Sends a `GET` request to `/sessions/{name}/settings`
    ///
    /// # Arguments
    ///
    /// - `name` (required): Name of the session.
    pub fn session_settings(&self) -> builder::SessionSettings<'_> {
        builder::SessionSettings::new(self)
    }

    /// Change the settings of a phone
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Sends a `PUT` request to `/sessions/{name}/settings`
    ///
    /// # Arguments
    ///
    /// - `name` (required): Name of the session.
    /// - `body` (required): The body, which is sent as JSON.
    pub fn session_configure(&self) -> builder::SessionConfigure<'_> {
        builder::SessionConfigure::new(self)
    }
}
