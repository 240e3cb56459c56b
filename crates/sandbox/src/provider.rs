//! The four providers, and the path of each one on the sandbox.

use std::fmt;

/// A provider that the sandbox emulates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Provider {
    /// `EscalaZap`, an instance of the `ExternalApi`.
    EscalaZap,
    /// `WaziMe`, an instance of the `ExternalApi`.
    WaziMe,
    /// `WapiFlow`, an instance of the `ExternalApi`.
    WapiFlow,
    /// `ChatGuru`, API v1.
    ChatGuru,
}

impl Provider {
    /// All providers, in the order in which they are documented.
    pub const ALL: [Self; 4] = [Self::EscalaZap, Self::WaziMe, Self::WapiFlow, Self::ChatGuru];

    /// Returns the name as the provider writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::EscalaZap => "EscalaZap",
            Self::WaziMe => "WaziMe",
            Self::WapiFlow => "WapiFlow",
            Self::ChatGuru => "ChatGuru",
        }
    }

    /// Returns the first segment of the provider's path on the sandbox, for example `escalazap`.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::EscalaZap => "escalazap",
            Self::WaziMe => "wazime",
            Self::WapiFlow => "wapiflow",
            Self::ChatGuru => "chatguru",
        }
    }

    /// Returns the path of the base URL that a client is configured with, without a trailing slash.
    #[must_use]
    pub fn base_path(self) -> &'static str {
        match self {
            Self::EscalaZap => "/escalazap/external-api",
            Self::WaziMe => "/wazime/external-api",
            Self::WapiFlow => "/wapiflow/external-api",
            Self::ChatGuru => "/chatguru",
        }
    }

    /// Returns whether the provider is an instance of the `ExternalApi`, as all but `ChatGuru` are.
    #[must_use]
    pub fn is_external_api(self) -> bool {
        self != Self::ChatGuru
    }

    pub(crate) fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|provider| provider.slug() == slug)
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
