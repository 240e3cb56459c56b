//! `zap work`

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use clap::Args;
use serde::Serialize;
use zap_outbox::model::{CampaignKind, CampaignState, Rate};
use zap_outbox::{Campaign, CampaignId, Outbox, Stopped};

use crate::campaign_view::{CampaignView, PauseView, States};
use crate::console::{self, note};
use crate::context::{Account, Context, messenger};
use crate::exit::Exit;
use crate::failure::Result;
use crate::progress::Progress;
use crate::rate;
use crate::shutdown::{FINISHING, Shutdown};

/// How often the progress is written if stderr is not a terminal.
const LOG_EVERY: Duration = Duration::from_secs(60);

/// How often the progress is read from the ledger.
const REFRESH: Duration = Duration::from_secs(2);

/// Send the messages of campaigns that were started
///
/// Run it in as many processes as you want: they share the account's rate, and
/// none sends what another one sends. Ctrl-C finishes what is being sent.
///
/// With --until-done, the exit code describes the campaigns that ran: 0 if every
/// message is done, 3 if some were not sent, 4 if the outcome of some is unknown,
/// and 5 if messages are left to send, for example because the account is paused.
/// Without it, the command works until it is stopped, and then exits with 0.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Work {
    /// Stop when no campaign runs any more, or the account is paused
    #[arg(long)]
    until_done: bool,

    /// The account's rate, for all workers together, such as 5/s or 30/min
    /// [default: the one that was set last, or no limit]
    #[arg(long, value_parser = rate::parse)]
    rate: Option<Rate>,

    /// How many messages this process sends at the same time
    #[arg(long, value_name = "NUMBER", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    concurrency: u32,
}

/// How the work ended.
#[derive(Debug, Serialize)]
struct Worked {
    /// `done`, `shutdown` or `paused`.
    stopped: &'static str,
    account: String,
    account_pause: Option<PauseView>,
    campaigns: Vec<CampaignView>,
}

impl Work {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let messenger = messenger()?;
        let account = cx.account().await?;
        let mut builder = Outbox::builder(account.ledger.clone(), messenger).account(&*account.name);
        if let Some(rate) = self.rate {
            builder = builder.rate(rate);
        }
        let outbox = builder.concurrency(self.concurrency).open().await?;
        let shutdown = Shutdown::listen(Some(FINISHING))?;
        let mut ran = BTreeSet::new();
        let stopped = {
            let work = async {
                let shutdown = shutdown.clone().requested();
                if self.until_done { outbox.work_until_done(shutdown).await } else { outbox.work(shutdown).await }
            };
            tokio::pin!(work);
            // A connection of its own, so that the worker's transactions never wait for the display.
            let display = cx.new_account().await?;
            let mut watch = Watch::new(&display, &mut ran);
            watch.show().await?;
            loop {
                tokio::select! {
                    biased;
                    stopped = &mut work => break stopped?,
                    () = watch.refresh() => {}
                }
            }
        };
        let worked = Worked::read(&account, &stopped, &ran).await?;
        let exit = Exit::of(worked.campaigns.iter().flat_map(CampaignView::counts));
        cx.console.data(&worked, || worked.text())?;
        Ok(if self.until_done { exit } else { Exit::Done })
    }
}

/// Shows the progress while the worker works, and notes which campaigns run.
struct Watch<'a> {
    account: &'a Account,
    ran: &'a mut BTreeSet<CampaignId>,
    progress: Option<Progress>,
    was_paused: bool,
    /// When the progress was written last, if stderr is not a terminal.
    logged_at: Option<Instant>,
}

impl<'a> Watch<'a> {
    fn new(account: &'a Account, ran: &'a mut BTreeSet<CampaignId>) -> Self {
        Self { account, ran, progress: Some(Progress::start(0, "sending")), was_paused: false, logged_at: None }
    }

    async fn refresh(&mut self) {
        tokio::time::sleep(REFRESH).await;
        // A failure of the ledger is the worker's to report.
        let _ = self.show().await;
    }

    async fn show(&mut self) -> Result<()> {
        let Account { ledger, id, .. } = self.account;
        let campaigns = ledger.campaigns(*id).await?;
        let running = campaigns.iter().filter(|campaign| campaign.state == CampaignState::Running && is_bulk(campaign));
        self.ran.extend(running.map(|campaign| campaign.id));
        let pause = PauseView::of_account(self.account).await?;
        if let Some(pause) = pause.as_ref().filter(|_| !self.was_paused) {
            self.note(&format!("the account is paused:\n{pause}"));
        }
        self.was_paused = pause.is_some();
        if console::is_watched() {
            let mut counts = Vec::new();
            for campaign in campaigns.iter().filter(|campaign| self.ran.contains(&campaign.id)) {
                counts.extend(ledger.counts(campaign.id).await?);
            }
            let states = States::of(&counts);
            if let Some(progress) = &self.progress {
                progress.set(states.decided(), states.total(), states.to_string());
            }
        } else if self.logged_at.is_none_or(|at| at.elapsed() >= LOG_EVERY) {
            self.logged_at = Some(Instant::now());
            self.log(&campaigns).await?;
        }
        Ok(())
    }

    /// Writes how far the running campaigns are.
    async fn log(&self, campaigns: &[Campaign]) -> Result<()> {
        let mut is_idle = true;
        for campaign in campaigns.iter().filter(|campaign| campaign.state == CampaignState::Running) {
            let campaign = CampaignView::read(self.account, campaign).await?;
            // A stream runs always, also if it has nothing to send.
            if campaign.is_moving() {
                is_idle = false;
                note(campaign.line());
            }
        }
        if is_idle {
            note(format_args!("nothing to send for the account {}", self.account.name));
        }
        Ok(())
    }

    fn note(&self, text: &str) {
        match &self.progress {
            Some(progress) => progress.note(text),
            None => note(text),
        }
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if let Some(progress) = self.progress.take() {
            progress.end();
        }
    }
}

/// Returns whether a campaign ends. A stream always runs, so it says nothing about this work.
fn is_bulk(campaign: &Campaign) -> bool {
    campaign.plan.kind == CampaignKind::Bulk
}

impl Worked {
    /// Reads the campaigns that ran, or all if none did.
    async fn read(account: &Account, stopped: &Stopped, ran: &BTreeSet<CampaignId>) -> Result<Self> {
        let mut campaigns = Vec::new();
        for campaign in account.ledger.campaigns(account.id).await? {
            let was_started = !matches!(campaign.state, CampaignState::Draft | CampaignState::Cancelled);
            if ran.contains(&campaign.id) || (ran.is_empty() && was_started && is_bulk(&campaign)) {
                campaigns.push(CampaignView::read(account, &campaign).await?);
            }
        }
        let stopped = match stopped {
            Stopped::Done => "done",
            Stopped::Paused(_) => "paused",
            _ => "shutdown",
        };
        let account_pause = PauseView::of_account(account).await?;
        Ok(Self { stopped, account: account.name.clone(), account_pause, campaigns })
    }

    fn text(&self) -> String {
        let mut parts: Vec<String> = self.campaigns.iter().map(CampaignView::text).collect();
        if let Some(pause) = &self.account_pause {
            parts.push(format!("The account {} is paused:\n{pause}", self.account));
        }
        if parts.is_empty() {
            parts.push("No campaign was running; `zap start` starts one.".to_owned());
        }
        parts.join("\n")
    }
}
