//! `zap unknown`

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde::Serialize;
use zap_outbox::jiff::Timestamp;
use zap_outbox::model::{Refusal, SETTLE_AFTER};
use zap_outbox::recipients::Csv;
use zap_outbox::zap_facade::PhoneNumber;
use zap_outbox::{Campaign, LedgerError, Message, MessageId};

use crate::campaign_view::quoted;
use crate::console::{self, note};
use crate::context::{Account, Context, person};
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::{number, time};

/// How many messages are read at once.
const PAGE: u32 = 10_000;

/// Decide messages whose outcome is unknown
///
/// An unknown message may have been sent. It is never sent again automatically.
/// Look at the conversation in the provider's dashboard, then say with `settle`
/// whether it was sent, or send it again with `resend`. Both are refused until 10
/// minutes after it became unknown, because its request could still be on its way.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Unknown {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(List),
    Settle(Settle),
    Resend(Resend),
}

/// Print the unknown messages
#[derive(Debug, Args)]
struct List {
    /// The name of the campaign [default: all campaigns]
    name: Option<String>,
}

/// Record whether messages were sent, from a CSV file
///
/// The file has a column with the number, as a report has, and a column `state`
/// with `done` or `not_done`. Rows with another state are ignored, so you can edit
/// the file of `zap report`.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
struct Settle {
    /// The file
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,

    /// The name of the campaign [default: the only one with unknown messages]
    #[arg(long, value_name = "NAME")]
    campaign: Option<String>,
}

/// Send messages again. Who got them the first time gets them twice
#[derive(Debug, Args)]
struct Resend {
    /// The numbers of the recipients
    #[arg(value_name = "NUMBER", required = true, value_parser = number::parse)]
    numbers: Vec<PhoneNumber>,

    /// The name of the campaign [default: the only one with unknown messages]
    #[arg(long, value_name = "NAME")]
    campaign: Option<String>,
}

#[derive(Debug, Serialize)]
struct Listed {
    account: String,
    unknown: Vec<UnknownView>,
}

#[derive(Debug, Serialize)]
struct UnknownView {
    campaign: String,
    message: MessageId,
    number: String,
    evidence: String,
    /// When it became unknown.
    since: Option<String>,
    /// From when on it can be settled or sent again.
    decide_from: Option<String>,
    error: Option<String>,
}

/// What became of the messages that a person decided.
#[derive(Debug, Serialize)]
struct Decided {
    campaign: String,
    /// Messages whose state was changed.
    changed: u64,
    /// Messages that were not unknown any more, or are not of the campaign.
    unchanged: u64,
    /// Messages that could not be changed, with the reason.
    refused: Vec<RefusedView>,
}

#[derive(Debug, Serialize)]
struct RefusedView {
    number: String,
    reason: String,
}

impl Unknown {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let account = cx.account().await?;
        match self.command {
            Command::List(list) => list.run(cx, account).await,
            Command::Settle(settle) => settle.run(cx, &account).await,
            Command::Resend(resend) => resend.run(cx, &account).await,
        }
    }
}

impl List {
    async fn run(self, cx: &Context, account: Account) -> Result<Exit> {
        let campaigns = match &self.name {
            Some(name) => vec![account.campaign(name).await?],
            None => account.ledger.campaigns(account.id).await?,
        };
        let mut unknown = Vec::new();
        for campaign in campaigns {
            let messages = messages(&account, &campaign).await?;
            unknown.extend(messages.into_iter().map(|message| UnknownView::of(&campaign.plan.name, message)));
        }
        let listed = Listed { account: account.name, unknown };
        cx.console.data(&listed, || {
            let lines: Vec<String> = listed.unknown.iter().map(UnknownView::text).collect();
            if lines.is_empty() { "No outcome is unknown".to_owned() } else { lines.join("\n") }
        })?;
        Ok(if listed.unknown.is_empty() { Exit::Done } else { Exit::Unknown })
    }
}

impl UnknownView {
    fn of(campaign: &str, message: Message) -> Self {
        let status = message.status;
        let from = |at: Timestamp| at.saturating_add(SETTLE_AFTER).unwrap_or(Timestamp::MAX);
        Self {
            campaign: campaign.to_owned(),
            message: message.id,
            number: message.number.to_string(),
            evidence: status.evidence.map(|evidence| evidence.to_string()).unwrap_or_default(),
            since: status.settled_at.map(time::at),
            decide_from: status.decide_at.map(from).map(time::at),
            error: message.error,
        }
    }

    fn text(&self) -> String {
        let Self { campaign, number, evidence, decide_from, error, .. } = self;
        let from = decide_from.as_ref().map(|at| format!(", decide from {at}")).unwrap_or_default();
        let error = error.as_ref().map(|error| format!("\n  {error}")).unwrap_or_default();
        format!("{campaign}: {number} ({evidence}{from}){error}")
    }
}

impl Settle {
    async fn run(self, cx: &Context, account: &Account) -> Result<Exit> {
        let mut rows = Csv::open(&self.file)?.extra_column("state").read([])?;
        let mut wanted = Vec::new();
        while let Some(row) = rows.next().transpose()? {
            let state = row.extra.get("state").map(|state| state.trim().to_ascii_lowercase());
            match state.as_deref() {
                Some("done") => wanted.push((row.number, true)),
                Some("not_done") => wanted.push((row.number, false)),
                Some("" | "unknown" | "ready" | "sending" | "skipped") => {}
                _ => rows.refuse(&row, "the column `state` is neither `done` nor `not_done`"),
            }
        }
        let report = rows.finish()?;
        if !report.is_clean() {
            note(&report);
            return Err(Failure::usage("nothing was changed").fix("correct the rows above"));
        }
        let campaign = chosen(account, self.campaign.as_deref()).await?;
        let by = person();
        decide(cx, account, &campaign, wanted, async |message, done| {
            let note = Some(format!("from {}", self.file.display()));
            account.ledger.settle(message, done, false, by.clone(), note).await
        })
        .await
    }
}

impl Resend {
    async fn run(self, cx: &Context, account: &Account) -> Result<Exit> {
        let campaign = chosen(account, self.campaign.as_deref()).await?;
        let wanted = self.numbers.into_iter().map(|number| (number, ())).collect();
        let by = person();
        decide(cx, account, &campaign, wanted, async |message, ()| {
            account.ledger.resend(message, by.clone(), None).await
        })
        .await
    }
}

/// Returns the campaign with a name, or the only one with unknown messages.
async fn chosen(account: &Account, name: Option<&str>) -> Result<Campaign> {
    if let Some(name) = name {
        return account.campaign(name).await;
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
            .fix(format!("choose one with --campaign: {}", names.join(", "))));
    }
    found.pop().ok_or_else(|| Failure::usage("no campaign has unknown messages").fix("see `zap status`"))
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

/// Applies a person's decision to each of these recipients' unknown messages.
async fn decide<T: Copy>(
    cx: &Context,
    account: &Account,
    campaign: &Campaign,
    wanted: Vec<(PhoneNumber, T)>,
    apply: impl AsyncFn(MessageId, T) -> std::result::Result<(), LedgerError>,
) -> Result<Exit> {
    let mut unknown: BTreeMap<String, Vec<MessageId>> = BTreeMap::new();
    for message in messages(account, campaign).await? {
        unknown.entry(message.number.key()).or_default().push(message.id);
    }
    let mut decided = Decided { campaign: campaign.plan.name.clone(), changed: 0, unchanged: 0, refused: Vec::new() };
    for (number, decision) in wanted {
        let Some(ids) = unknown.get(&number.key()) else {
            decided.unchanged += 1;
            continue;
        };
        for id in ids {
            match apply(*id, decision).await {
                Ok(()) => decided.changed += 1,
                // Something else has decided it since it was listed.
                Err(LedgerError::Refused(Refusal::State(_))) => decided.unchanged += 1,
                Err(error @ (LedgerError::Refused(_) | LedgerError::Campaign(_))) => {
                    decided.refused.push(RefusedView { number: number.to_string(), reason: error.to_string() });
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
    cx.console.data(&decided, || decided.text())?;
    Ok(if decided.refused.is_empty() { Exit::Done } else { Exit::NotDone })
}

impl Decided {
    fn text(&self) -> String {
        let Self { campaign, changed, unchanged, refused } = self;
        let (changed, unchanged) = (console::count(*changed, "message"), console::number(*unchanged));
        let refused = refused.iter().map(|RefusedView { number, reason }| format!("\n  {number}: {reason}"));
        let refused: String = refused.collect();
        format!("{campaign}: {changed} decided, {unchanged} not unknown{refused}")
    }
}
