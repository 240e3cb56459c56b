//! `zap unknown`

mod decide;
mod list;
mod look;

use clap::{Args, Subcommand};
use zap_outbox::{Campaign, Message, MessageId};

use self::decide::{Resend, Settle};
use self::list::List;
use self::look::Look;
use crate::campaign_view::quoted;
use crate::context::{Account, Context};
use crate::exit::Exit;
use crate::failure::{Failure, Result};

/// What people read if there is nothing to decide.
const NOTHING: &str = "No outcome is unknown";

/// How many messages are read at once.
const PAGE: u32 = 10_000;

/// Find out or record what happened to messages whose outcome is unknown
///
/// An unknown message may have been sent. It is never sent again automatically.
/// `look` asks the provider, and settles what this proves. For the others, look at
/// the conversation in the provider's dashboard, then say with `settle` whether it
/// was sent, or send it again with `resend`. All of this is refused until 13
/// minutes after a message began to be sent, because its request could still be on
/// its way.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Unknown {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(List),
    Look(Look),
    Settle(Settle),
    Resend(Resend),
}

impl Unknown {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let account = cx.account().await?;
        match self.command {
            Command::List(list) => list.run(cx, account).await,
            Command::Look(look) => look.run(cx, &account).await,
            Command::Settle(settle) => settle.run(cx, &account).await,
            Command::Resend(resend) => resend.run(cx, &account).await,
        }
    }
}

/// Returns the campaign with a name, or the only one with unknown messages. Returns `None` if nothing is unknown.
///
/// `option` is how the command names a campaign.
async fn chosen(account: &Account, name: Option<&str>, option: &str) -> Result<Option<Campaign>> {
    if let Some(name) = name {
        return account.campaign(name).await.map(Some);
    }
    let mut found = Vec::new();
    for campaign in account.ledger.campaigns(account.id).await? {
        if !account.ledger.unknown(campaign.id, MessageId(0), 1).await?.is_empty() {
            found.push(campaign);
        }
    }
    if found.len() > 1 {
        let names: Vec<String> = found.iter().map(|campaign| quoted(&campaign.plan.name)).collect();
        return Err(Failure::usage("several campaigns have unknown messages")
            .fix(format!("choose one with {option}: {}", names.join(", "))));
    }
    Ok(found.pop())
}

async fn messages(account: &Account, campaign: &Campaign) -> Result<Vec<Message>> {
    let (mut all, mut after) = (Vec::new(), MessageId(0));
    loop {
        let page = account.ledger.unknown(campaign.id, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(all) };
        after = last.id;
        all.extend(page);
    }
}
