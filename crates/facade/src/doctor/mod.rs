//! Checks whether an account can be used from this machine, and which assumptions about its provider are right for it.

#[cfg(feature = "chatguru")]
mod chatguru;
mod diagnosis;
#[cfg(feature = "externalapi")]
mod externalapi;
mod settings;

use std::ffi::OsString;

pub use diagnosis::{Diagnosis, Finding, Mark};
use settings::Settings;

use crate::{ConfigError, Provider};

/// Checks an account whose settings are variables, such as those of the [environment](std::env::vars_os); see
/// [`Config`](crate::Config).
///
/// It makes read-only calls: nothing is sent, stored or changed. For ChatGuru it also makes three calls with one
/// credential altered each. Only that confirms that the correct ones are accepted.
///
/// ```
/// # #[cfg(feature = "contract")]
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use zap_facade::{Provider, contract::Account};
/// # let sandbox = zap_sandbox::Sandbox::start().await?;
/// # let variables = Account::of(&sandbox, Provider::WaziMe).variables();
/// let diagnosis = zap_facade::doctor::examine(Provider::WaziMe, variables).await?;
/// println!("{diagnosis}");
/// assert!(diagnosis.is_ok());
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "contract"))]
/// # fn main() {}
/// ```
///
/// # Errors
///
/// Returns an error if settings are missing or invalid, before any call is made.
pub async fn examine<K: Into<OsString>, V: Into<OsString>>(
    provider: Provider,
    variables: impl IntoIterator<Item = (K, V)>,
) -> Result<Diagnosis, ConfigError> {
    let variables = variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
    let settings = Settings::new(provider, variables);
    let mut found = Diagnosis::new(provider);
    // Without the feature of the provider, this returns an error.
    settings.connect()?;
    match provider {
        #[cfg(feature = "externalapi")]
        Provider::EscalaZap | Provider::WaziMe | Provider::WapiFlow => {
            if let Some(instance) = provider.instance() {
                externalapi::examine(instance, &settings, &mut found).await?;
            }
        }
        #[cfg(feature = "chatguru")]
        Provider::ChatGuru => chatguru::examine(&settings, &mut found).await?,
        #[cfg(not(all(feature = "chatguru", feature = "externalapi")))]
        _ => {}
    }
    Ok(found)
}
