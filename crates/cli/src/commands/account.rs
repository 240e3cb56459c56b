//! `zap account`

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::campaign_view::PauseView;
use crate::context::{Context, person};
use crate::exit::Exit;
use crate::failure::Result;

/// Pause or resume the whole account
///
/// An account is also paused automatically if the provider refuses all messages,
/// or if the outcome of several messages in a row is unknown.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct AccountCommand {
    #[command(subcommand)]
    change: Change,
}

#[derive(Debug, Subcommand)]
enum Change {
    /// Pause: when the command returns, no new message of the account is sent
    Pause {
        /// The reason, shown by `zap status`
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        reason: String,
    },
    /// Resume. After unknown outcomes, one message is sent at a time until one is
    /// answered
    Resume,
}

#[derive(Debug, Serialize)]
struct Changed {
    account: String,
    pause: Option<PauseView>,
}

impl AccountCommand {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let account = cx.account().await?;
        let was_paused = PauseView::of_account(&account).await?.is_some();
        match self.change {
            Change::Pause { reason } => account.ledger.pause_account(account.id, reason, person()).await?,
            Change::Resume => account.ledger.resume_account(account.id, person()).await?,
        }
        let changed = Changed { pause: PauseView::of_account(&account).await?, account: account.name };
        cx.console.data(&changed, || match &changed.pause {
            Some(pause) => format!("The account {} is paused:\n{pause}", changed.account),
            None if was_paused => format!("The account {} is resumed", changed.account),
            None => format!("The account {} was not paused; nothing was changed", changed.account),
        })?;
        Ok(Exit::Done)
    }
}
