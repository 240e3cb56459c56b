//! `zap status`

use std::fmt::Write as _;

use clap::Args;
use serde::Serialize;

use crate::campaign_view::{CampaignView, PauseView};
use crate::context::{Account, Context};
use crate::exit::Exit;
use crate::failure::Result;
use crate::rate;

/// Show campaigns and what happened to their messages
///
/// With a name, the exit code describes the campaign: 0 if every message is done,
/// 3 if some were not sent, 4 if the outcome of some is unknown, and 5 if
/// messages are left to send. Without a name, it is 0.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Status {
    /// The name of the campaign [default: all campaigns]
    name: Option<String>,
}

/// All accounts.
#[derive(Debug, Serialize)]
struct All {
    accounts: Vec<AccountView>,
}

/// A campaign, and its account.
#[derive(Debug, Serialize)]
struct One {
    #[serde(flatten)]
    campaign: CampaignView,
    account_pause: Option<PauseView>,
}

/// An account, and its campaigns.
#[derive(Debug, Serialize)]
struct AccountView {
    account: String,
    rate: String,
    pause: Option<PauseView>,
    campaigns: Vec<CampaignView>,
}

impl Status {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let Some(name) = &self.name else {
            let mut accounts = Vec::new();
            for account in cx.accounts().await? {
                accounts.push(AccountView::read(&account).await?);
            }
            let all = All { accounts };
            cx.console.data(&all, || all.text())?;
            return Ok(Exit::Done);
        };
        let account = cx.account().await?;
        let campaign = account.campaign(name).await?;
        let campaign = CampaignView::read(&account.ledger, &account.name, &campaign).await?;
        let exit = campaign.exit();
        let one = One { campaign, account_pause: PauseView::of_account(&account).await? };
        cx.console.data(&one, || one.text())?;
        Ok(exit)
    }
}

impl AccountView {
    async fn read(account: &Account) -> Result<Self> {
        let Account { ledger, id, name } = account;
        let mut campaigns = Vec::new();
        for campaign in ledger.campaigns(*id).await? {
            campaigns.push(CampaignView::read(ledger, name, &campaign).await?);
        }
        let rate = rate::shown(ledger.account(*id).await?.gate.rate);
        Ok(Self { account: name.clone(), rate, pause: PauseView::of_account(account).await?, campaigns })
    }

    fn text(&self) -> String {
        let mut text = format!("Account {}, rate: {}", self.account, self.rate);
        if let Some(pause) = &self.pause {
            let _ = write!(text, "\n{pause}");
        }
        for campaign in &self.campaigns {
            let _ = write!(text, "\n\n{}", campaign.text());
        }
        text
    }
}

impl All {
    fn text(&self) -> String {
        let texts: Vec<String> = self.accounts.iter().map(AccountView::text).collect();
        if self.accounts.iter().all(|account| account.campaigns.is_empty()) {
            return "There are no campaigns; `zap plan` creates one.".to_owned();
        }
        texts.join("\n\n")
    }
}

impl One {
    fn text(&self) -> String {
        let mut text = self.campaign.text();
        if let Some(pause) = &self.account_pause {
            let _ = write!(text, "\nThe account {} is paused:\n{pause}", self.campaign.account);
        }
        text
    }
}
