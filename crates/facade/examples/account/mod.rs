//! The account that an example uses: the one in the environment, or one in a sandbox that the example starts.

// Each example uses only a part of this module.
#![allow(dead_code)]

use std::error::Error;

use zap_facade::{Config, Outcome, PhoneNumber, Provider};
use zap_sandbox::{Profile, Sandbox};

pub struct Account {
    pub config: Config,
    /// Stops when it is dropped.
    pub sandbox: Option<Sandbox>,
}

/// Returns the account whose settings are in the environment, or starts a sandbox.
pub async fn of(provider: Provider) -> Result<Account, Box<dyn Error>> {
    if has_settings(provider) {
        return Ok(Account { config: Config::from_env_of(provider)?, sandbox: None });
    }
    // In this profile, templates are answered with a success, as documented.
    let sandbox = Sandbox::builder().profile(Profile::Documented).start().await?;
    let config = zap_facade::contract::Account::of(&sandbox, provider).config();
    Ok(Account { config, sandbox: Some(sandbox) })
}

/// Returns the number to write to. With an account of your own it must be in `ZAP_TO`, so that an example never writes to
/// anybody whom you did not choose.
pub fn recipient(provider: Provider) -> Result<PhoneNumber, Box<dyn Error>> {
    if has_settings(provider) {
        let to = std::env::var("ZAP_TO").map_err(|_| "set ZAP_TO to the number to write to, such as +5511987654321")?;
        Ok(to.parse().map_err(|error| format!("ZAP_TO: {error}"))?)
    } else {
        // A contact and a chat of the sandbox.
        Ok("+55 11 98765-4321".parse()?)
    }
}

/// Returns whether the environment has settings for a provider.
fn has_settings(provider: Provider) -> bool {
    let prefix = format!("{}_", provider.slug().to_uppercase());
    std::env::vars_os().any(|(name, _)| name.to_string_lossy().starts_with(&prefix))
}

/// Returns whether the message of a failed call was sent, whether to send it again, and the error's text.
pub fn advice(error: &zap_facade::Error) -> String {
    let advice = match error.outcome() {
        Outcome::NotDone if error.is_transient() => "not sent; try again later",
        Outcome::NotDone => "not sent; fix the cause before you send again",
        Outcome::Unknown => "perhaps sent; look before you send again",
        Outcome::Done => "sent; do not send again",
    };
    format!("{advice}: {error}")
}
