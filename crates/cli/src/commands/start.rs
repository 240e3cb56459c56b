//! `zap start`

use clap::Args;
use serde::Serialize;
use zap_outbox::LedgerError;
use zap_outbox::jiff::Timestamp;
use zap_outbox::model::CampaignState;

use crate::campaign_view::quoted;
use crate::console;
use crate::context::{Context, person};
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::time;

/// Start a campaign that was planned
///
/// The count is how many messages you expect to be sent, as `zap plan` printed
/// it. If the campaign has another number, it is not started. Workers send the
/// messages: run `zap work`.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Start {
    /// The name of the campaign
    name: String,

    /// How many messages you expect to send
    #[arg(long, value_name = "COUNT")]
    yes: u64,
}

#[derive(Debug, Serialize)]
struct Started {
    campaign: String,
    state: CampaignState,
    to_send: u64,
}

impl Start {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let account = cx.account().await?;
        let campaign = account.campaign(&self.name).await?;
        let name = &self.name;
        if campaign.plan.not_after <= Timestamp::now() {
            let problem = format!("the campaign `{name}` ended at {}", time::at(campaign.plan.not_after));
            return Err(Failure::usage(problem).fix("plan it again under another name, with a later --not-after"));
        }
        match account.ledger.start_campaign(campaign.id, self.yes, person()).await {
            Err(LedgerError::CountDiffers { expected, actual }) => {
                let actual_count = console::count(actual, "message");
                let problem =
                    format!("the campaign `{name}` has {actual_count} to send, and not {expected}: not started");
                let fix = format!("check the list; if it is right, run `zap start {} --yes {actual}`", quoted(name));
                return Err(Failure::usage(problem).fix(fix));
            }
            Err(LedgerError::Campaign(refusal)) => {
                let fix = format!("see `zap status {}`", quoted(name));
                return Err(Failure::usage(format!("the campaign `{name}` was not started: {refusal}")).fix(fix));
            }
            result => result?,
        }
        let started = Started { campaign: name.clone(), state: CampaignState::Running, to_send: self.yes };
        cx.console.data(&started, || {
            format!("Started `{name}`: {} to send\nNext: zap work --until-done", console::count(self.yes, "message"))
        })?;
        Ok(Exit::Done)
    }
}
