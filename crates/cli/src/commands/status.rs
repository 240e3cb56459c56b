//! `zap status`

use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::time::Duration;

use clap::Args;
use serde::Serialize;

use crate::campaign_view::{CampaignView, PauseView};
use crate::context::{Account, Context};
use crate::exit::Exit;
use crate::failure::Result;
use crate::rate;
use crate::shutdown::Shutdown;

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

    /// Show it again every second, until no campaign runs any more
    #[arg(long)]
    watch: bool,
}

/// How often it is shown with `--watch`.
const REFRESH: Duration = Duration::from_secs(1);

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
        if !self.watch {
            return Ok(self.show(cx, "").await?.0);
        }
        // On a terminal, each state replaces the one before.
        let is_screen = std::io::stdout().is_terminal() && !cx.console.json;
        let before = if is_screen { "\u{1b}[2J\u{1b}[H" } else { "" };
        let shutdown = Shutdown::listen(None)?;
        loop {
            let (exit, goes_on) = self.show(cx, before).await?;
            if !goes_on {
                return Ok(exit);
            }
            tokio::select! {
                () = shutdown.clone().requested() => return Ok(exit),
                () = tokio::time::sleep(REFRESH) => {}
            }
        }
    }

    /// Returns the exit code, and whether to show it again: messages are being sent, and somebody reads the output.
    async fn show(&self, cx: &Context, before: &str) -> Result<(Exit, bool)> {
        let Some(name) = &self.name else {
            let mut accounts = Vec::new();
            for account in cx.accounts().await? {
                accounts.push(AccountView::read(&account).await?);
            }
            let all = All { accounts };
            let is_read = cx.console.data(&all, || format!("{before}{}", all.text()))?;
            let is_moving = all.accounts.iter().flat_map(|account| &account.campaigns).any(CampaignView::is_moving);
            return Ok((Exit::Done, is_moving && is_read));
        };
        let account = cx.account().await?;
        let campaign = account.campaign(name).await?;
        let campaign = CampaignView::read(&account, &campaign).await?;
        let one = One { campaign, account_pause: PauseView::of_account(&account).await? };
        let is_read = cx.console.data(&one, || format!("{before}{}", one.text()))?;
        Ok((one.campaign.exit(), one.campaign.is_moving() && is_read))
    }
}

impl AccountView {
    async fn read(account: &Account) -> Result<Self> {
        let Account { ledger, id, name } = account;
        let mut campaigns = Vec::new();
        for campaign in ledger.campaigns(*id).await? {
            campaigns.push(CampaignView::read(account, &campaign).await?);
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
