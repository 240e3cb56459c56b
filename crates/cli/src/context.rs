//! What commands share: the ledger, the account and the campaign that the arguments and the environment name.

use std::path::Path;
use std::sync::Arc;

use zap_outbox::zap_facade::{Config, Messenger, Provider, connect};
use zap_outbox::{AccountId, Campaign, Ledger, LedgerError};

use crate::args::Global;
use crate::console::Console;
use crate::failure::{Failure, Result};

/// The options of all commands, with what the environment adds.
#[derive(Debug)]
pub struct Context {
    pub console: Console,
    ledger: Option<String>,
    account: Option<String>,
}

/// An open ledger, and the account that the command is about.
#[derive(Debug)]
pub struct Account {
    pub ledger: Ledger,
    pub id: AccountId,
    pub name: String,
}

/// Whether a command creates the ledger if there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfMissing {
    Create,
    Refuse,
}

impl Context {
    pub fn new(global: Global) -> Self {
        let Global { ledger, account, json, .. } = global;
        Self {
            console: Console { json },
            ledger: ledger.or_else(|| variable("ZAP_LEDGER")),
            account: account.or_else(|| variable("ZAP_ACCOUNT")),
        }
    }

    /// Opens the ledger.
    pub async fn ledger(&self, if_missing: IfMissing) -> Result<Ledger> {
        let url = self.ledger.as_deref().ok_or_else(|| {
            Failure::usage("no ledger is given: it is the file that records what was sent")
                .fix("add --ledger sqlite:campaigns.db, or set ZAP_LEDGER=sqlite:campaigns.db")
        })?;
        if let Some(path) = url.strip_prefix("sqlite:") {
            if path.is_empty() {
                return Err(Failure::usage("the ledger `sqlite:` has no path").fix("write sqlite:campaigns.db"));
            }
            if if_missing == IfMissing::Refuse && !Path::new(path).exists() {
                return Err(Failure::usage(format!("there is no ledger at {path}"))
                    .fix("check --ledger and ZAP_LEDGER; `zap plan` creates a ledger"));
            }
        }
        Ok(Ledger::open(url).await?)
    }

    /// Returns a messenger for the account that the environment describes.
    pub fn messenger(&self) -> Result<Arc<dyn Messenger>> {
        Ok(Arc::from(connect(Config::from_env()?)?))
    }

    /// Returns the account's name in the ledger. Needs no credentials.
    pub fn account_name(&self) -> Result<String> {
        if let Some(name) = &self.account {
            return Ok(name.clone());
        }
        let named = variable("ZAP_PROVIDER").and_then(|name| name.parse::<Provider>().ok());
        match named {
            Some(provider) => Ok(provider.name().to_owned()),
            // Its error lists everything that is missing.
            None => Ok(Config::from_env()?.provider().name().to_owned()),
        }
    }

    /// Opens the ledger, and finds the account in it.
    pub async fn account(&self, if_missing: IfMissing) -> Result<Account> {
        let name = self.account_name()?;
        let ledger = self.ledger(if_missing).await?;
        let id = ledger.open_account(&*name, None).await?;
        Ok(Account { ledger, id, name })
    }
}

impl Account {
    /// Returns a campaign. If there is none with this name, the error suggests similar ones.
    pub async fn campaign(&self, name: &str) -> Result<Campaign> {
        match self.ledger.campaign_named(self.id, name).await {
            Err(LedgerError::NotFound(_)) => {}
            found => return Ok(found?),
        }
        let campaigns = self.ledger.campaigns(self.id).await?;
        let mut similar: Vec<(f64, &str)> = campaigns
            .iter()
            .map(|campaign| (strsim::jaro_winkler(&campaign.plan.name, name), &*campaign.plan.name))
            .filter(|(similarity, _)| *similarity >= 0.6)
            .collect();
        similar.sort_by(|a, b| b.0.total_cmp(&a.0));
        let similar: Vec<String> = similar.into_iter().take(3).map(|(_, name)| format!("`{name}`")).collect();
        let fix = match &*similar {
            [] if campaigns.is_empty() => "create it with `zap plan`; check --ledger and --account".to_owned(),
            [] => "list the campaigns with `zap status`".to_owned(),
            names => format!("did you mean {}?", names.join(" or ")),
        };
        let name = name.escape_debug();
        Err(Failure::usage(format!("there is no campaign `{name}` of the account {}", self.name)).fix(fix))
    }
}

/// Returns the value of a variable, unless it is empty.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Returns who runs the command, for the ledger's record of decisions.
pub fn person() -> String {
    variable("USER").or_else(|| variable("USERNAME")).unwrap_or_else(|| "zap".to_owned())
}
