//! `zap status`

use clap::Args;
use serde::Serialize;

use crate::campaign_view::{CampaignView, PauseView};
use crate::context::{Account, Context, IfMissing};
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
    /// The name of the campaign [default: all of the account]
    name: Option<String>,
}

/// All campaigns of an account.
#[derive(Debug, Serialize)]
struct All {
    account: AccountView,
    campaigns: Vec<CampaignView>,
}

/// A campaign, and its account.
#[derive(Debug, Serialize)]
struct One {
    #[serde(flatten)]
    campaign: CampaignView,
    account_pause: Option<PauseView>,
}

#[derive(Debug, Serialize)]
struct AccountView {
    name: String,
    rate: String,
    pause: Option<PauseView>,
}

impl Status {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let account = cx.account(IfMissing::Refuse).await?;
        let view = AccountView::read(&account).await?;
        let Some(name) = &self.name else {
            let mut campaigns = Vec::new();
            for campaign in account.ledger.campaigns(account.id).await? {
                campaigns.push(CampaignView::read(&account.ledger, &account.name, &campaign).await?);
            }
            let all = All { account: view, campaigns };
            cx.console.data(&all, || all.text())?;
            return Ok(Exit::Done);
        };
        let campaign = account.campaign(name).await?;
        let campaign = CampaignView::read(&account.ledger, &account.name, &campaign).await?;
        let exit = campaign.exit();
        let one = One { campaign, account_pause: view.pause };
        cx.console.data(&one, || one.text())?;
        Ok(exit)
    }
}

impl AccountView {
    async fn read(account: &Account) -> Result<Self> {
        let gate = account.ledger.account(account.id).await?.gate;
        let pause = gate.pause.as_ref().map(|pause| PauseView::new(pause, "zap account resume"));
        Ok(Self { name: account.name.clone(), rate: rate::shown(gate.rate), pause })
    }
}

impl All {
    fn text(&self) -> String {
        let mut text = format!("Account {}, rate: {}", self.account.name, self.account.rate);
        if let Some(pause) = &self.account.pause {
            text.push_str(&format!("\n{pause}"));
        }
        for campaign in &self.campaigns {
            text.push_str(&format!("\n\n{}", campaign.text()));
        }
        if self.campaigns.is_empty() {
            text.push_str("\n\nThere are no campaigns; `zap plan` creates one.");
        }
        text
    }
}

impl One {
    fn text(&self) -> String {
        let mut text = self.campaign.text();
        if let Some(pause) = &self.account_pause {
            text.push_str(&format!("\nThe account {} is paused:\n{pause}", self.campaign.account));
        }
        text
    }
}
