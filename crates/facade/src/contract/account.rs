//! Accounts in a sandbox.

use zap_sandbox::{Credentials, Sandbox};

use crate::{Config, Provider};

/// An account in a sandbox, for which to create a messenger.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Account {
    /// The provider that the sandbox emulates.
    pub provider: Provider,
    /// The base URL of the sandbox for this provider.
    pub base_url: String,
    /// The credentials that the sandbox accepts.
    pub credentials: Credentials,
}

impl Account {
    /// Returns a sandbox's account at a provider.
    #[must_use]
    pub fn of(sandbox: &Sandbox, provider: Provider) -> Self {
        let emulated = in_sandbox(provider);
        Self { provider, base_url: sandbox.base_url(emulated), credentials: sandbox.credentials(emulated) }
    }

    /// Returns the settings of the account as environment variables. ChatGuru's time zone is that of the sandbox.
    #[must_use]
    pub fn variables(&self) -> Vec<(String, String)> {
        let mut settings = vec![("BASE_URL", self.base_url.clone())];
        match &self.credentials {
            Credentials::ExternalApi(account) => {
                settings.push(("CLIENT_ID", account.client_id.clone()));
                settings.push(("CLIENT_SECRET", account.client_secret.clone()));
            }
            Credentials::ChatGuru(account) => {
                settings.push(("KEY", account.key.clone()));
                settings.push(("ACCOUNT_ID", account.account_id.clone()));
                settings.push(("PHONE_ID", account.phone_id.clone()));
                settings.push(("TIME_ZONE", "America/Sao_Paulo".to_owned()));
            }
        }
        let prefix = self.provider.slug().to_ascii_uppercase();
        settings.into_iter().map(|(name, value)| (format!("{prefix}_{name}"), value)).collect()
    }

    /// Returns the settings of the account, for [`connect`](crate::connect).
    ///
    /// # Panics
    ///
    /// Panics if the values of the account are invalid settings. Those of a sandbox are valid.
    #[must_use]
    pub fn config(&self) -> Config {
        Config::from_variables(Some(self.provider), self.variables()).expect("a sandbox's values are valid settings")
    }

    /// Returns the secrets, which must not appear in any output.
    pub(super) fn secrets(&self) -> Vec<&str> {
        match &self.credentials {
            Credentials::ExternalApi(account) => vec![&account.client_id, &account.client_secret],
            Credentials::ChatGuru(account) => vec![&account.key, &account.account_id, &account.phone_id],
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
