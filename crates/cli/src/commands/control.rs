//! `zap pause`, `zap resume` and `zap cancel`

use clap::Args;
use serde::Serialize;
use zap_outbox::LedgerError;

use crate::campaign_view::{CampaignView, quoted};
use crate::context::{Account, Context, person};
use crate::exit::Exit;
use crate::failure::{Failure, Result};

/// Pause a campaign
///
/// When the command returns, no new message of the campaign is sent. Messages that
/// are being sent are finished.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Pause {
    /// The name of the campaign
    name: String,

    /// The reason, shown by `zap status`
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    reason: String,
}

/// Resume a campaign that is paused
#[derive(Debug, Args)]
pub struct Resume {
    /// The name of the campaign
    name: String,
}

/// Cancel a campaign, for good
///
/// Its messages that were not sent are skipped. It cannot be resumed.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Cancel {
    /// The name of the campaign
    name: String,
}

#[derive(Debug, Serialize)]
struct Changed {
    #[serde(flatten)]
    campaign: CampaignView,
}

impl Pause {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let account = cx.account().await?;
        let campaign = account.campaign(&self.name).await?;
        let changed = account.ledger.pause_campaign(campaign.id, self.reason, person()).await;
        shown(cx, &account, &self.name, changed, "paused").await
    }
}

impl Resume {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let account = cx.account().await?;
        let campaign = account.campaign(&self.name).await?;
        let changed = account.ledger.resume_campaign(campaign.id, person()).await;
        shown(cx, &account, &self.name, changed, "resumed").await
    }
}

impl Cancel {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let account = cx.account().await?;
        let campaign = account.campaign(&self.name).await?;
        let changed = account.ledger.cancel_campaign(campaign.id, person()).await;
        if changed.is_ok() {
            // A worker would do this, too, but there may be none.
            while account.ledger.sweep().await?.more {}
        }
        shown(cx, &account, &self.name, changed, "cancelled").await
    }
}

/// Shows a campaign after a change, or the reason why there was none.
async fn shown(
    cx: &Context,
    account: &Account,
    name: &str,
    changed: std::result::Result<(), LedgerError>,
    done: &str,
) -> Result<Exit> {
    match changed {
        Err(LedgerError::Campaign(refusal)) => {
            let fix = format!("see `zap status {}`", quoted(name));
            return Err(Failure::usage(format!("`{name}` was not {done}: {refusal}")).fix(fix));
        }
        changed => changed?,
    }
    let campaign = account.campaign(name).await?;
    let campaign = CampaignView::read(account, &campaign).await?;
    let changed = Changed { campaign };
    cx.console.data(&changed, || changed.campaign.text())?;
    Ok(Exit::Done)
}
