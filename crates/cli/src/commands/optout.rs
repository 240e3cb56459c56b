//! `zap optout`

use clap::{Args, Subcommand};
use serde::Serialize;
use zap_outbox::OptOut;
use zap_outbox::recipients::Report;
use zap_outbox::zap_facade::PhoneNumber;

use crate::console::{self, note};
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::list_args::ListArgs;
use crate::number;

/// How many recipients one transaction adds, and how many are read at once.
const BATCH: usize = 5_000;

/// Manage the recipients who want no messages
///
/// They are the account's, for all of its campaigns. A message to one of them is
/// skipped, also if it was planned before.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Optout {
    #[command(subcommand)]
    change: Change,
}

#[derive(Debug, Subcommand)]
enum Change {
    /// Add all numbers of a CSV file
    Import(ListArgs),
    /// Add numbers
    Add(Numbers),
    /// Remove numbers, because their owners want messages again
    Remove(Numbers),
    /// Print all
    List,
}

#[derive(Debug, Args)]
struct Numbers {
    /// Numbers, such as +5511987654321
    #[arg(value_name = "NUMBER", required = true, value_parser = number::parse)]
    numbers: Vec<PhoneNumber>,
}

#[derive(Debug, Serialize)]
struct Changed {
    account: String,
    /// How many were added or removed.
    numbers: u64,
    /// How many were already so.
    unchanged: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<Report>,
}

#[derive(Debug, Serialize)]
struct All {
    account: String,
    opt_outs: Vec<OptOut>,
}

impl Optout {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        match self.change {
            Change::Import(list) => import(cx, &list).await,
            Change::Add(Numbers { numbers }) => {
                let account = cx.account_or_default().await?;
                let changed = account.ledger.opt_out_all(account.id, &numbers, "zap optout add").await?;
                let unchanged = numbers.len() as u64 - changed;
                Changed { account: account.name, numbers: changed, unchanged, list: None }.print(cx, "added")
            }
            Change::Remove(Numbers { numbers }) => {
                let account = cx.account().await?;
                let (mut changed, mut unchanged) = (0, 0);
                for number in &numbers {
                    let was_there = account.ledger.opt_in(account.id, number).await?;
                    *(if was_there { &mut changed } else { &mut unchanged }) += 1;
                }
                Changed { account: account.name, numbers: changed, unchanged, list: None }.print(cx, "removed")
            }
            Change::List => list(cx).await,
        }
    }
}

async fn import(cx: &Context, list: &ListArgs) -> Result<Exit> {
    let mut recipients = list.open()?.read([])?;
    let account = cx.account_or_default().await?;
    let source = list.list.display().to_string();
    let (mut numbers, mut changed, mut is_at_end) = (Vec::with_capacity(BATCH), 0, false);
    while !is_at_end {
        let next = recipients.next().transpose()?;
        is_at_end = next.is_none();
        numbers.extend(next.map(|recipient| recipient.number));
        if numbers.len() >= BATCH || is_at_end {
            changed += account.ledger.opt_out_all(account.id, &numbers, &*source).await?;
            numbers.clear();
        }
    }
    let report = recipients.finish()?;
    let unchanged = report.good - changed;
    let is_clean = report.is_clean();
    if !is_clean && !cx.console.json {
        note(&report);
        note("error: not all rows could be read: correct them, and import the list again");
    }
    Changed { account: account.name, numbers: changed, unchanged, list: Some(report) }.print(cx, "added")?;
    Ok(if is_clean { Exit::Done } else { Exit::NotDone })
}

async fn list(cx: &Context) -> Result<Exit> {
    let account = cx.account().await?;
    let mut opt_outs: Vec<OptOut> = Vec::new();
    loop {
        let after = opt_outs.last().map(|opt_out| opt_out.recipient_key.clone()).unwrap_or_default();
        let limit = u32::try_from(BATCH).map_err(|_| Failure::new("the page is too long"))?;
        let page = account.ledger.opt_outs(account.id, after, limit).await?;
        if page.is_empty() {
            break;
        }
        opt_outs.extend(page);
    }
    let all = All { account: account.name, opt_outs };
    cx.console.data(&all, || {
        let lines = all.opt_outs.iter().map(|opt_out| {
            let since = crate::time::at(opt_out.since);
            format!("+{}  {since}  {}", opt_out.recipient_key, opt_out.source)
        });
        let lines: Vec<String> = lines.collect();
        if lines.is_empty() { format!("Nobody has opted out of {}", all.account) } else { lines.join("\n") }
    })?;
    Ok(Exit::Done)
}

impl Changed {
    fn print(&self, cx: &Context, done: &str) -> Result<Exit> {
        cx.console.data(self, || {
            let changed = console::count(self.numbers, "number");
            let unchanged = if done == "removed" { "not in the list" } else { "already in the list" };
            format!("{changed} {done}, {} {unchanged}", console::number(self.unchanged))
        })?;
        Ok(Exit::Done)
    }
}
