//! The list of settings, and their names in each source.

use crate::Provider;

/// A setting.
pub(super) struct Setting {
    pub(super) name: &'static str,
    /// The API that it belongs to.
    pub(super) of: Api,
    pub(super) needed: bool,
    /// What to write, or where to find the value.
    pub(super) help: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Api {
    Any,
    External,
    ChatGuru,
}

impl Api {
    pub(super) fn of(provider: Provider) -> Self {
        match provider {
            Provider::EscalaZap | Provider::WaziMe | Provider::WapiFlow => Self::External,
            Provider::ChatGuru => Self::ChatGuru,
        }
    }
}

const DASHBOARD: &str = "take it from the provider's dashboard, \"Developer Tools\"";
const CELULARES: &str = "an administrator of the account finds it on ChatGuru's page \"Celulares\"";
const COUNT: &str = "give a whole number, 1 or more";
const SECONDS: &str = "give a whole number of seconds, 1 or more";

const fn setting(of: Api, name: &'static str, needed: bool, help: &'static str) -> Setting {
    Setting { name, of, needed, help }
}

pub(super) const SETTINGS: [Setting; 17] = [
    setting(Api::Any, "base_url", false, "give a URL such as https://host/path"),
    setting(Api::Any, "connect_timeout_seconds", false, SECONDS),
    setting(Api::Any, "read_timeout_seconds", false, SECONDS),
    setting(Api::Any, "total_timeout_seconds", false, SECONDS),
    setting(Api::Any, "preflight", false, "give on or off"),
    setting(Api::Any, "proxy", false, "give a URL such as http://user:password@proxy.example:3128, or none"),
    setting(Api::Any, "requests_per_minute", false, COUNT),
    setting(Api::Any, "requests_per_second", false, COUNT),
    setting(Api::External, "client_id", true, DASHBOARD),
    setting(Api::External, "client_secret", true, DASHBOARD),
    setting(Api::External, "from_number", false, "give one of the account's numbers, as the dashboard writes it"),
    setting(Api::ChatGuru, "key", true, CELULARES),
    setting(Api::ChatGuru, "account_id", true, CELULARES),
    setting(Api::ChatGuru, "phone_id", true, CELULARES),
    setting(Api::ChatGuru, "server", false, "give the account's host name alone, such as app.zap.guru"),
    setting(Api::ChatGuru, "parameters_in", false, "give query or body"),
    setting(Api::ChatGuru, "time_zone", false, "give a name of the IANA time zone database, such as America/Sao_Paulo"),
];

pub(super) fn find(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.name == name)
}

/// How a source names settings.
#[derive(Clone, Copy)]
pub(super) enum Naming {
    /// `client_id`.
    Keys,
    /// `ESCALAZAP_CLIENT_ID`.
    Variables,
}

impl Naming {
    /// Returns the name of a setting.
    pub(super) fn call(self, provider: Provider, name: &str) -> String {
        match self {
            Self::Keys => name.to_owned(),
            Self::Variables => format!("{}{}", prefix(provider), name.to_ascii_uppercase()),
        }
    }

    /// Returns the name of the setting that chooses the provider.
    pub(super) fn provider(self) -> &'static str {
        match self {
            Self::Keys => "provider",
            Self::Variables => "ZAP_PROVIDER",
        }
    }
}

/// Returns what the names of a provider's variables begin with.
pub(super) fn prefix(provider: Provider) -> String {
    format!("{}_", provider.slug().to_ascii_uppercase())
}
