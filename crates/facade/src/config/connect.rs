//! Creates a messenger from settings.

use super::error::{ConfigError, ConfigProblem, ProblemKind};
use super::settings::{Account, ChatGuruAccount, Common, Config, ExternalApiAccount};
use crate::Messenger;

/// Returns a messenger for the account that the settings describe. No connection is made yet.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let messenger = zap_facade::connect(zap_facade::Config::from_env()?)?;
/// messenger.send_text(&"+55 11 98765-4321".parse()?, "Olá!").await?;
/// # Ok(())
/// # }
/// ```
///
/// To share it between tasks, convert it to an `Arc<dyn Messenger>` with `Arc::from`.
///
/// Set what the settings do not cover, such as a retry policy or a root certificate, on the
/// [`Config`]. For anything else, build the provider's client yourself and wrap it in
/// [`ExternalApi`](crate::ExternalApi) or [`ChatGuru`](crate::ChatGuru).
///
/// # Errors
///
/// Returns an error if the provider's feature is off, the base URL or ChatGuru's server is invalid, a
/// credential has a character that is not allowed in a header or parameter, or the HTTP client cannot
/// be built. With the feature `rustls-no-provider`, it also returns an error if the program has not installed a
/// provider of cryptography.
pub fn connect(config: Config) -> Result<Box<dyn Messenger>, ConfigError> {
    match config.account {
        Account::ExternalApi(account) => external_api(config.common, account),
        Account::ChatGuru(account) => chat_guru(config.common, account),
    }
}

#[cfg(feature = "externalapi")]
fn external_api(common: Common, account: ExternalApiAccount) -> Result<Box<dyn Messenger>, ConfigError> {
    use externalapi_client::{Client, Credentials};

    let Some(instance) = common.provider.instance() else {
        // A message must never go out through another provider than the one that was chosen.
        let help = format!("{} is not an instance of ExternalApi", common.provider);
        return Err(ConfigError::one(ConfigProblem::new(ProblemKind::Invalid, common.naming.provider(), help)));
    };
    let credentials = Credentials::new(account.client_id, account.client_secret);
    let messenger = crate::ExternalApi::new(build(Client::builder(instance, credentials), common)?);
    Ok(Box::new(match account.from_number {
        Some(number) => messenger.with_from_number(number),
        None => messenger,
    }))
}

#[cfg(feature = "chatguru")]
fn chat_guru(common: Common, account: ChatGuruAccount) -> Result<Box<dyn Messenger>, ConfigError> {
    use chatguru_client::{Client, Credentials, Provider as Instance};

    let credentials = Credentials::new(account.key, account.account_id, account.phone_id);
    let builder = Client::builder(Instance::ChatGuru { server: account.server }, credentials);
    let messenger = crate::ChatGuru::new(build(builder.parameters_in(account.parameters_in), common)?);
    // The name was validated when the settings were read.
    Ok(Box::new(match account.time_zone.and_then(|name| jiff::tz::TimeZone::get(&name).ok()) {
        Some(zone) => messenger.with_time_zone(zone),
        None => messenger,
    }))
}

#[cfg(any(feature = "chatguru", feature = "externalapi"))]
fn build<C: From<zap_client_runtime::RawClient>>(
    builder: zap_client_runtime::ClientBuilder<C>,
    common: Common,
) -> Result<C, ConfigError> {
    let builder = builder.timeouts(common.timeouts).preflight(common.preflight);
    let mut builder = common.options.apply(builder, common.base_url.as_deref());
    // The setting that the address comes from.
    let mut address = if common.provider == crate::Provider::ChatGuru { "server" } else { "base_url" };
    if let Some(base_url) = common.base_url {
        builder = builder.base_url(base_url);
        address = "base_url";
    }
    builder.build().map_err(|error| {
        // The builder's text names a credential by its name in the request, or the base URL. Any other error is about
        // how the program is built or where it runs, not about a setting.
        let text = error.to_string();
        let means = |name: &&str| {
            [name.replace('_', "-"), (*name).to_owned()].iter().any(|name| text.contains(&format!("`{name}`")))
        };
        let named = super::names::SETTINGS.iter().map(|setting| setting.name).find(means);
        let problem = match named.or_else(|| text.contains("the base URL").then_some(address)) {
            Some(name) => ConfigProblem::new(ProblemKind::Invalid, common.naming.call(common.provider, name), text),
            None => ConfigProblem::new(ProblemKind::NoClient, common.naming.provider(), text),
        };
        ConfigError::one(problem)
    })
}

#[cfg(not(feature = "externalapi"))]
#[allow(clippy::needless_pass_by_value, reason = "the same signature as with the feature")]
fn external_api(common: Common, _: ExternalApiAccount) -> Result<Box<dyn Messenger>, ConfigError> {
    Err(feature_off("externalapi", &common))
}

#[cfg(not(feature = "chatguru"))]
#[allow(clippy::needless_pass_by_value, reason = "the same signature as with the feature")]
fn chat_guru(common: Common, _: ChatGuruAccount) -> Result<Box<dyn Messenger>, ConfigError> {
    Err(feature_off("chatguru", &common))
}

#[cfg(not(all(feature = "chatguru", feature = "externalapi")))]
fn feature_off(feature: &str, common: &Common) -> ConfigError {
    let help = format!("turn on feature `{feature}` of zap-facade, or choose another provider");
    ConfigError::one(ConfigProblem::new(ProblemKind::FeatureOff, common.naming.provider(), help))
}

#[cfg(all(test, not(all(feature = "chatguru", feature = "externalapi"))))]
mod tests {
    use super::*;

    #[test]
    fn a_provider_whose_feature_is_off_is_named() {
        let settings = if cfg!(feature = "chatguru") {
            serde_json::json!({"provider": "wazime", "client_id": "i", "client_secret": "s"})
        } else {
            serde_json::json!({"provider": "chatguru", "server": "h.example", "key": "k", "account_id": "a", "phone_id": "p"})
        };
        let error = connect(serde_json::from_value(settings).unwrap()).unwrap_err();
        let feature = if cfg!(feature = "chatguru") { "externalapi" } else { "chatguru" };
        assert_eq!(
            error.to_string(),
            format!(
                "provider needs a feature that is off: turn on feature `{feature}` of zap-facade, or choose another \
                 provider"
            )
        );
    }
}
