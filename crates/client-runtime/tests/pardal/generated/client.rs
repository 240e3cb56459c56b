// Generated from crates/client-runtime/tests/pardal/pardal.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! The client: its instances, its credentials, and a method for each operation.

use super::builder;

static API: zap_client_runtime::Api = zap_client_runtime::Api {
    user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
    envelope: zap_client_runtime::Envelope {
        status: "",
        success: "",
        error: "",
        remark: None,
        texts: &["message"],
        refusals: zap_client_runtime::Refusals::Statuses(&[]),
        validation: None,
        reasons: &[],
    },
    trims: false,
    paths: &["/contacts", "/messages", "/numbers", "/raw", "/search", "/settings", "/uploads"],
};

/// An instance of the API that the spec lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Provider {
    /// The only instance.
    ///
    /// Base URL: `https://pardal.example`.
    Pardal,
}

impl Provider {
    /// All instances that the spec lists.
    pub const ALL: &'static [Self] = &[Self::Pardal];
    /// Returns the name of the instance.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Pardal => "Pardal",
        }
    }

    /// Returns the base URL, to which each call appends the path of its operation.
    pub fn base_url(&self) -> String {
        match self {
            Self::Pardal => "https://pardal.example".to_owned(),
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
/// - `key_user`, `key_password`: The key as the user. The password is empty.
#[derive(Clone, Debug)]
pub struct Credentials {
    key_user: zap_client_runtime::Secret,
    key_password: zap_client_runtime::Secret,
}

impl Credentials {
    /// Creates credentials from these values. Each must be exactly as the provider shows it.
    pub fn new(
        key_user: impl Into<zap_client_runtime::Secret>,
        key_password: impl Into<zap_client_runtime::Secret>,
    ) -> Self {
        Self { key_user: key_user.into(), key_password: key_password.into() }
    }
}

impl zap_client_runtime::Credentials for Credentials {
    fn into_parts(self) -> Vec<(zap_client_runtime::CredentialLocation, zap_client_runtime::Secret)> {
        Vec::from([
            (zap_client_runtime::CredentialLocation::BasicUser, self.key_user),
            (zap_client_runtime::CredentialLocation::BasicPassword, self.key_password),
        ])
    }
}

/// Typed client of Pardal.
///
/// Pardal sends messages in bulk.
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
    /// Update a contact
    ///
    /// Update a contact.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    ///
    /// Sends a `PATCH` request to `/contacts`
    ///
    /// # Arguments
    ///
    /// - `body` (required): The JSON object, a [`types::UpdateContactBody`](crate::types::UpdateContactBody).
    ///   `body_map` fills it in.
    pub fn update_contact(&self) -> builder::UpdateContact<'_> {
        builder::UpdateContact::new(self)
    }

    /// Send many messages
    ///
    /// Send many messages.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    ///
    /// Sends a `POST` request to `/messages`
    ///
    /// # Arguments
    ///
    /// - `body` (required): The body, which is sent as JSON.
    pub fn send_messages(&self) -> builder::SendMessages<'_> {
        builder::SendMessages::new(self)
    }

    /// Check many numbers
    ///
    /// Check many numbers.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    ///
    /// Sends a `POST` request to `/numbers`
    ///
    /// # Arguments
    ///
    /// - `body`: The body, which is sent as JSON.
    pub fn check_numbers(&self) -> builder::CheckNumbers<'_> {
        builder::CheckNumbers::new(self)
    }

    /// Send any JSON
    ///
    /// Send any JSON.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    ///
    /// Sends a `POST` request to `/raw`
    ///
    /// # Arguments
    ///
    /// - `body` (required): The body, which is sent as JSON.
    pub fn send_raw(&self) -> builder::SendRaw<'_> {
        builder::SendRaw::new(self)
    }

    /// Search the messages
    ///
    /// Searches the messages.
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    ///
    /// Sends a `GET` request to `/search`
    ///
    /// # Arguments
    ///
    /// - `ids`: The ids.
    /// - `words` (required): The words.
    /// - `filter`: The conditions.
    /// - `x_scopes`: The scopes.
    pub fn search(&self) -> builder::Search<'_> {
        builder::Search::new(self)
    }

    /// Set the settings
    ///
    /// Set the settings.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    ///
    /// Sends a `POST` request to `/settings`
    ///
    /// # Arguments
    ///
    /// - `body` (required): The body, which is sent as JSON.
    pub fn set_settings(&self) -> builder::SetSettings<'_> {
        builder::SetSettings::new(self)
    }

    /// Upload files
    ///
    /// Upload files.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    ///
    /// Sends a `POST` request to `/uploads`
    ///
    /// # Arguments
    ///
    /// - `body` (required): The form, a [`types::UploadBody`](crate::types::UploadBody). `body_map` fills it in.
    pub fn upload(&self) -> builder::Upload<'_> {
        builder::Upload::new(self)
    }
}
