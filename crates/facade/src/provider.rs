//! The four providers, by name.

use std::fmt;
use std::str::FromStr;

/// A provider that a [`Messenger`](crate::Messenger) can be had for.
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

    /// The name as the provider writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::EscalaZap => "EscalaZap",
            Self::WaziMe => "WaziMe",
            Self::WapiFlow => "WapiFlow",
            Self::ChatGuru => "ChatGuru",
        }
    }

    /// The name in settings: `escalazap`. Environment variables begin with it in capitals.
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
    /// The instance of ExternalApi that this is, or none.
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

/// A name that is none of the providers'.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownProvider;

impl fmt::Display for UnknownProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such provider: use one of")?;
        Provider::ALL.iter().try_for_each(|provider| write!(f, " {}", provider.slug()))
    }
}

impl std::error::Error for UnknownProvider {}

/// In capitals or not: `escalazap`, `EscalaZap`.
impl FromStr for Provider {
    type Err = UnknownProvider;

    fn from_str(text: &str) -> Result<Self, UnknownProvider> {
        let named = |provider: &Self| provider.slug().eq_ignore_ascii_case(text.trim());
        Self::ALL.iter().copied().find(named).ok_or(UnknownProvider)
    }
}
