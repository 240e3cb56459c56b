//! `zap unknown settle` and `zap unknown resend`

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use zap_outbox::model::Refusal;
use zap_outbox::recipients::Csv;
use zap_outbox::zap_facade::PhoneNumber;
use zap_outbox::{Campaign, LedgerError, MessageId};

use super::{NOTHING, PAGE, chosen, messages};
use crate::console::{self, note};
use crate::context::{Account, Context, person};
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::number;

/// Record whether messages were sent, from a CSV file
///
/// The file has a column with the number, as a report has, and a column `state`
/// with `done` or `not_done`. Rows with `unknown`, `ready`, `sending` or `skipped`,
/// or without a state, are ignored, so you can edit the file of `zap report`. With
/// any other word, the command fails and changes nothing.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Settle {
    /// The file
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,

    /// The name of the campaign [default: the only one with unknown messages]
    #[arg(long, value_name = "NAME")]
    campaign: Option<String>,
}

/// Send messages again. Recipients who already got the message get it twice
#[derive(Debug, Args)]
pub(super) struct Resend {
    /// The numbers of the recipients
    #[arg(value_name = "NUMBER", required = true, value_parser = number::parse)]
    numbers: Vec<PhoneNumber>,

    /// The name of the campaign [default: the only one with unknown messages]
    #[arg(long, value_name = "NAME")]
    campaign: Option<String>,
}

/// What became of the messages that a person decided.
#[derive(Debug, Serialize)]
struct Decided {
    /// `None` if no campaign was named and nothing is unknown.
    campaign: Option<String>,
    /// Messages whose state was changed.
    changed: u64,
    /// Messages that were not unknown any more.
    unchanged: u64,
    /// Messages that could not be changed, with the reason.
    refused: Vec<RefusedView>,
}

#[derive(Debug, Serialize)]
struct RefusedView {
    number: String,
    reason: String,
}

impl Settle {
    pub(super) async fn run(self, cx: &Context, account: &Account) -> Result<Exit> {
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
        let campaign = chosen(account, self.campaign.as_deref(), "--campaign").await?;
        let by = person();
        decide(cx, account, campaign.as_ref(), wanted, async |message, done| {
            let note = Some(format!("from {}", self.file.display()));
            account.ledger.settle(message, done, false, by.clone(), note).await
        })
        .await
    }
}

impl Resend {
    pub(super) async fn run(self, cx: &Context, account: &Account) -> Result<Exit> {
        let campaign = chosen(account, self.campaign.as_deref(), "--campaign").await?;
        let wanted = self.numbers.into_iter().map(|number| (number, ())).collect();
        let by = person();
        decide(cx, account, campaign.as_ref(), wanted, async |message, ()| {
            account.ledger.resend(message, by.clone(), None).await
        })
        .await
    }
}

/// Applies a person's decision to each of these recipients' unknown messages.
async fn decide<T: Copy>(
    cx: &Context,
    account: &Account,
    campaign: Option<&Campaign>,
    wanted: Vec<(PhoneNumber, T)>,
    apply: impl AsyncFn(MessageId, T) -> std::result::Result<(), LedgerError>,
) -> Result<Exit> {
    let mut unknown: BTreeMap<String, Vec<MessageId>> = BTreeMap::new();
    if let Some(campaign) = campaign {
        for message in messages(account, campaign).await? {
            unknown.entry(message.number.key()).or_default().push(message.id);
        }
    }
    let keys: BTreeSet<String> = wanted.iter().map(|(number, _)| number.key()).collect();
    let absent = match campaign {
        Some(campaign) => {
            absent(account, campaign, keys.into_iter().filter(|key| !unknown.contains_key(key)).collect()).await?
        }
        None => BTreeSet::new(),
    };
    let campaign = campaign.map(|campaign| campaign.plan.name.clone());
    let mut decided = Decided { campaign, changed: 0, unchanged: 0, refused: Vec::new() };
    for (number, decision) in wanted {
        let Some(ids) = unknown.get(&number.key()) else {
            if absent.contains(&number.key()) {
                let reason = "the number is not in this campaign".to_owned();
                decided.refused.push(RefusedView { number: number.to_string(), reason });
                continue;
            }
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

/// Returns which of these recipients have no message in the campaign.
async fn absent(account: &Account, campaign: &Campaign, mut keys: BTreeSet<String>) -> Result<BTreeSet<String>> {
    let mut after = MessageId(0);
    while !keys.is_empty() {
        let page = account.ledger.messages(campaign.id, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for message in page {
            keys.remove(&message.number.key());
        }
    }
    Ok(keys)
}

impl Decided {
    fn text(&self) -> String {
        let Self { campaign, changed, unchanged, refused } = self;
        let Some(campaign) = campaign else { return NOTHING.to_owned() };
        let (changed, unchanged) = (console::count(*changed, "message"), console::number(*unchanged));
        let refused = refused.iter().map(|RefusedView { number, reason }| format!("\n  {number}: {reason}"));
        let refused: String = refused.collect();
        format!("{campaign}: {changed} decided, {unchanged} not unknown{refused}")
    }
}
