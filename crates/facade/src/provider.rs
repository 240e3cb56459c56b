//! The providers and their names.

use std::fmt;
use std::str::FromStr;

/// A provider of WhatsApp messaging that [`connect`](crate::connect) supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Provider {
    /// EscalaZap, an instance of ExternalApi.
    EscalaZap,
    /// WaziMe, an instance of ExternalApi.
    WaziMe,
    /// WapiFlow, an instance of ExternalApi.
    WapiFlow,
    /// ChatGuru.
    ChatGuru,
}

impl Provider {
    /// All providers.
    pub const ALL: &'static [Self] = &[Self::EscalaZap, Self::WaziMe, Self::WapiFlow, Self::ChatGuru];

    /// Returns the name as the provider writes it: `EscalaZap`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::EscalaZap => "EscalaZap",
            Self::WaziMe => "WaziMe",
            Self::WapiFlow => "WapiFlow",
            Self::ChatGuru => "ChatGuru",
        }
    }

    /// Returns the name used in settings: `escalazap`. Environment variables begin with it in capitals.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::EscalaZap => "escalazap",
            Self::WaziMe => "wazime",
            Self::WapiFlow => "wapiflow",
            Self::ChatGuru => "chatguru",
        }
    }
}

#[cfg(feature = "externalapi")]
impl Provider {
    /// Returns the instance of ExternalApi that this provider is, or `None` for ChatGuru.
    #[must_use]
    pub fn instance(self) -> Option<externalapi_client::Provider> {
        use externalapi_client::Provider as Instance;
        match self {
            Self::EscalaZap => Some(Instance::EscalaZap),
            Self::WaziMe => Some(Instance::WaziMe),
            Self::WapiFlow => Some(Instance::WapiFlow),
            Self::ChatGuru => None,
        }
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The error for a text that is not the name of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownProvider;

impl fmt::Display for UnknownProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is not a provider: use one of")?;
        Provider::ALL.iter().try_for_each(|provider| write!(f, " {}", provider.slug()))
    }
}

impl std::error::Error for UnknownProvider {}

/// Reads a [name](Provider::name) or [slug](Provider::slug) in upper or lower case.
impl FromStr for Provider {
    type Err = UnknownProvider;

    fn from_str(text: &str) -> Result<Self, UnknownProvider> {
        let named = |provider: &Self| provider.slug().eq_ignore_ascii_case(text.trim());
        Self::ALL.iter().copied().find(named).ok_or(UnknownProvider)
    }
}
