//! `zap ledger`

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::console;
use crate::context::{Context, person};
use crate::exit::Exit;
use crate::failure::Result;

/// Accept a ledger that was restored from a backup
#[derive(Debug, Args)]
pub struct LedgerCommand {
    #[command(subcommand)]
    change: Change,
}

#[derive(Debug, Subcommand)]
enum Change {
    /// Accept a restored or copied ledger, and pause all of its campaigns
    ///
    /// The ledger does not know what was sent after the backup. When you resume a
    /// campaign, those messages are sent again. So find out what was sent first. A
    /// Postgres ledger notices a restored backup, and refuses all work until you run
    /// this. SQLite cannot notice it: run this after you have restored a file.
    #[command(verbatim_doc_comment)]
    AcceptRestored,
}

#[derive(Debug, Serialize)]
struct Accepted {
    /// How many campaigns and streams were running, and are paused now.
    paused: u64,
}

impl LedgerCommand {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let Change::AcceptRestored = self.change;
        let paused = cx.existing_ledger().await?.accept_restored(person()).await?;
        let accepted = Accepted { paused };
        cx.console.data(&accepted, || {
            let campaigns = console::count(paused, "campaign");
            format!("Accepted; {campaigns} paused. See `zap status`, and resume each with `zap resume NAME`")
        })?;
        Ok(Exit::Done)
    }
}
