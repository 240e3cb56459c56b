//! Whom the examples write to, and through which account: the one in the environment (then `ZAP_TO`
//! must say to whom), or one in a sandbox that starts with the example.

// Each example uses its own part of this.
#![allow(dead_code)]

use std::error::Error;

use zap_facade::{Config, Outcome, PhoneNumber, Provider};
use zap_sandbox::{Profile, Sandbox};

pub struct Account {
    pub config: Config,
    pub to: PhoneNumber,
    /// Stops when it is dropped.
    pub sandbox: Option<Sandbox>,
}

pub async fn of(provider: Provider) -> Result<Account, Box<dyn Error>> {
    let prefix = format!("{}_", provider.slug().to_uppercase());
    if std::env::vars_os().any(|(name, _)| name.to_string_lossy().starts_with(&prefix)) {
        let to = std::env::var("ZAP_TO")
            .map_err(|_| "set ZAP_TO to the number to write to; a sandbox's world has +5511987654321")?;
        let to = to.parse().map_err(|error| format!("ZAP_TO: {error}"))?;
        return Ok(Account { config: Config::from_env_of(provider)?, to, sandbox: None });
    }
    // As documented: there template sends say that they succeeded.
    let sandbox = Sandbox::builder().profile(Profile::Documented).start().await?;
    let config = zap_facade::contract::Account::of(&sandbox, provider).config();
    Ok(Account { config, to: "+55 11 98765-4321".parse()?, sandbox: Some(sandbox) })
}

/// What happened to a message whose call failed, and whether it may be sent again. The error's
/// own text says what went wrong.
pub fn advice(error: &zap_facade::Error) -> String {
    let advice = match error.outcome() {
        Outcome::NotDone if error.is_transient() => "not sent; try again later",
        Outcome::NotDone => "not sent; fix the cause before you send again",
        Outcome::Unknown => "perhaps sent; look before you send again",
        Outcome::Done => "sent; do not send again",
    };
    format!("{advice}: {error}")
}
