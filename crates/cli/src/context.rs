//! What commands share: the ledger, the account and the campaign that the arguments and the environment name.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use zap_outbox::zap_facade::{Config, Messenger, Provider, connect};
use zap_outbox::{AccountId, Campaign, Ledger, LedgerError};

use crate::args::Global;
use crate::console::Console;
use crate::failure::{Failure, Result};

/// How many opt-outs are read at once.
const PAGE: u32 = 10_000;

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
enum IfMissing {
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
    async fn ledger(&self, if_missing: IfMissing) -> Result<Ledger> {
        let url = self.ledger.as_deref().ok_or_else(|| {
            Failure::usage("no ledger is given: it is the file that records what was sent")
                .fix("add --ledger sqlite:campaigns.db, or set ZAP_LEDGER=sqlite:campaigns.db")
        })?;
        if !url.contains(':') {
            let url = url.escape_debug();
            return Err(Failure::usage(format!("`{url}` is a path, and not the URL of a ledger"))
                .fix(format!("write sqlite:{url}")));
        }
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

    /// Opens the ledger, which must be there.
    pub async fn existing_ledger(&self) -> Result<Ledger> {
        self.ledger(IfMissing::Refuse).await
    }

    /// Returns the account's name in the ledger, if the options or the environment say it. Needs no credentials.
    pub fn account_name(&self) -> Result<Option<String>> {
        if let Some(name) = &self.account {
            return Ok(Some(name.clone()));
        }
        let Some(slug) = variable("ZAP_PROVIDER") else { return Ok(None) };
        let provider: Provider = slug.parse().map_err(|_| {
            Failure::usage(format!("ZAP_PROVIDER is `{}`, which is not a provider", slug.escape_debug()))
                .fix("set it to escalazap, wazime, wapiflow or chatguru")
        })?;
        Ok(Some(provider.name().to_owned()))
    }

    /// Returns the keys of the recipients who have opted out, if the ledger and the account are known and there.
    pub async fn opted_out(&self) -> Result<HashSet<String>> {
        let mut keys = HashSet::new();
        let Some(name) = self.account_name()? else { return Ok(keys) };
        let path = self.ledger.as_deref().and_then(|url| url.strip_prefix("sqlite:"));
        if self.ledger.is_none() || path.is_some_and(|path| !Path::new(path).exists()) {
            return Ok(keys);
        }
        let ledger = self.ledger(IfMissing::Refuse).await?;
        let account = match ledger.account_named(name).await {
            Err(LedgerError::NotFound(_)) => return Ok(keys),
            account => account?,
        };
        let mut after = String::new();
        loop {
            let page = ledger.opt_outs(account.id, &*after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(keys) };
            after.clone_from(&last.recipient_key);
            keys.extend(page.into_iter().map(|opt_out| opt_out.recipient_key));
        }
    }

    /// Opens the ledger, and creates it and the account if they are missing.
    pub async fn new_account(&self) -> Result<Account> {
        let name = match self.account_name()? {
            Some(name) => name,
            // Its error lists everything that is missing.
            None => Config::from_env()?.provider().name().to_owned(),
        };
        let ledger = self.ledger(IfMissing::Create).await?;
        let id = ledger.open_account(&*name, None).await?;
        Ok(Account { ledger, id, name })
    }

    /// Opens the ledger, and finds the account in it. An account with the provider's own name is created if it is
    /// missing, so that recipients can opt out before the first campaign. Another name could be mistyped.
    pub async fn account_or_default(&self) -> Result<Account> {
        let is_default = match &self.account {
            Some(name) => Provider::ALL.iter().any(|provider| provider.name() == name),
            None => true,
        };
        if is_default { self.new_account().await } else { self.account().await }
    }

    /// Opens the ledger, and finds the account in it. Without a name, it must have one account.
    pub async fn account(&self) -> Result<Account> {
        let ledger = self.ledger(IfMissing::Refuse).await?;
        let accounts = ledger.accounts().await?;
        let names: Vec<String> = accounts.iter().map(|account| format!("`{}`", account.name)).collect();
        let found = match (self.account_name()?, &*accounts) {
            (Some(name), _) => accounts.into_iter().find(|account| account.name == name).ok_or(Some(name)),
            (None, [_]) => accounts.into_iter().next().ok_or(None),
            (None, _) => Err(None),
        };
        let account = found.map_err(|wanted| {
            let problem = match wanted {
                Some(name) => format!("the ledger has no account `{}`", name.escape_debug()),
                None => "it is not clear which account is meant".to_owned(),
            };
            Failure::usage(problem).fix(match &*names {
                [] => "create a campaign with `zap plan`; the ledger is empty".to_owned(),
                names => format!("choose one with --account: {}; `zap plan` creates a new one", names.join(", ")),
            })
        })?;
        Ok(Account { ledger, id: account.id, name: account.name })
    }

    /// Opens the ledger, and finds the account if one is named, and otherwise all accounts.
    pub async fn accounts(&self) -> Result<Vec<Account>> {
        if self.account.is_some() {
            return Ok(vec![self.account().await?]);
        }
        let ledger = self.ledger(IfMissing::Refuse).await?;
        let accounts = ledger.accounts().await?.into_iter();
        Ok(accounts.map(|account| Account { ledger: ledger.clone(), id: account.id, name: account.name }).collect())
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

/// Returns a messenger for the account that the environment describes.
pub fn messenger() -> Result<Arc<dyn Messenger>> {
    Ok(Arc::from(connect(Config::from_env()?)?))
}

/// Returns the value of a variable, unless it is empty.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Returns who runs the command, for the ledger's record of decisions.
pub fn person() -> String {
    variable("USER").or_else(|| variable("USERNAME")).unwrap_or_else(|| "zap".to_owned())
}
