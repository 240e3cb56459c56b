//! `zap retry`

use std::fmt::Write as _;

use clap::Args;
use serde::Serialize;
use zap_outbox::Retried;

use crate::console;
use crate::context::{Context, person};
use crate::exit::Exit;
use crate::failure::Result;

/// Send messages of a campaign again that were provably not sent
///
/// Fix the cause first: `zap report` names it for each message. Unknown messages
/// are not sent again; see `zap unknown`.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Retry {
    /// The name of the campaign
    name: String,

    /// Send the messages in the state not_done again
    #[arg(long, required = true)]
    not_done: bool,
}

#[derive(Debug, Serialize)]
struct Again {
    campaign: String,
    #[serde(flatten)]
    retried: Retried,
}

impl Retry {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let account = cx.account().await?;
        let campaign = account.campaign(&self.name).await?;
        let retried = account.ledger.retry_not_done(campaign.id, person(), None).await?;
        let result = Again { campaign: self.name, retried };
        cx.console.data(&result, || {
            let Retried { ready, expired, too_early, .. } = result.retried;
            let mut text = format!("{} ready again", console::count(ready, "message"));
            if expired > 0 {
                let _ = write!(text, "; {} stay not done, because their time has passed", console::number(expired));
            }
            if too_early > 0 {
                let too_early = console::number(too_early);
                let _ = write!(text, "; {too_early} stay not done: try again in 10 minutes");
            }
            if ready > 0 {
                text.push_str("\nNext: zap work --until-done");
            }
            text
        })?;
        let left = result.retried.expired + result.retried.too_early;
        Ok(if left > 0 { Exit::NotDone } else { Exit::Done })
    }
}
