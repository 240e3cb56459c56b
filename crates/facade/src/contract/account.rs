//! An account in a sandbox.

use zap_sandbox::{Credentials, Sandbox};

use crate::{Config, Provider};

/// An account to build a messenger for, in a sandbox.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Account {
    /// The provider that the sandbox stands in for.
    pub provider: Provider,
    /// The base URL to use in place of the provider's.
    pub base_url: String,
    /// What it accepts.
    pub credentials: Credentials,
}

impl Account {
    /// The account that a sandbox has at a provider.
    #[must_use]
    pub fn of(sandbox: &Sandbox, provider: Provider) -> Self {
        let there = in_sandbox(provider);
        Self { provider, base_url: sandbox.base_url(there), credentials: sandbox.credentials(there) }
    }

    /// The settings that [`connect`](crate::connect) takes, as environment variables. ChatGuru's
    /// time zone is that of the sandbox.
    #[must_use]
    pub fn variables(&self) -> Vec<(String, String)> {
        let mut settings = vec![("BASE_URL", self.base_url.clone())];
        match &self.credentials {
            Credentials::ExternalApi(ours) => {
                settings.push(("CLIENT_ID", ours.client_id.clone()));
                settings.push(("CLIENT_SECRET", ours.client_secret.clone()));
            }
            Credentials::ChatGuru(ours) => {
                settings.push(("KEY", ours.key.clone()));
                settings.push(("ACCOUNT_ID", ours.account_id.clone()));
                settings.push(("PHONE_ID", ours.phone_id.clone()));
                settings.push(("TIME_ZONE", "America/Sao_Paulo".to_owned()));
            }
        }
        let prefix = self.provider.slug().to_ascii_uppercase();
        settings.into_iter().map(|(name, value)| (format!("{prefix}_{name}"), value)).collect()
    }

    /// The settings that [`connect`](crate::connect) takes.
    ///
    /// # Panics
    ///
    /// If the account's values are no settings; a sandbox's are.
    #[must_use]
    pub fn config(&self) -> Config {
        Config::from_variables(Some(self.provider), self.variables()).expect("a sandbox's values are settings")
    }

    /// What nobody may see.
    pub(super) fn secrets(&self) -> Vec<&str> {
        match &self.credentials {
            Credentials::ExternalApi(ours) => vec![&ours.client_id, &ours.client_secret],
            Credentials::ChatGuru(ours) => vec![&ours.key, &ours.account_id, &ours.phone_id],
        }
    }
}

pub(super) fn in_sandbox(provider: Provider) -> zap_sandbox::Provider {
    match provider {
        Provider::EscalaZap => zap_sandbox::Provider::EscalaZap,
        Provider::WaziMe => zap_sandbox::Provider::WaziMe,
        Provider::WapiFlow => zap_sandbox::Provider::WapiFlow,
        Provider::ChatGuru => zap_sandbox::Provider::ChatGuru,
    }
}
