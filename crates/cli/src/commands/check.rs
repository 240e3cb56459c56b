//! `zap check`

use std::collections::HashSet;
use std::fmt::Write as _;

use clap::Args;
use serde::Serialize;
use zap_outbox::recipients::Report;
use zap_outbox::{Clock, Content, Ledger, Outbox};

use crate::console::note;
use crate::context::{Context, messenger};
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::good_rows::GoodRows;
use crate::list_args::ListArgs;
use crate::message_args::MessageArgs;

/// How many messages are shown as they would be sent.
const SAMPLES: usize = 3;

/// Check a list without sending or storing anything
///
/// Prints all problems of the list with their lines, duplicates, and the first
/// messages as they would be sent. If the ledger is there, it also finds those who
/// have opted out. The exit code is 0 if there is nothing to fix, and 2 otherwise.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Check {
    #[command(flatten)]
    list: ListArgs,
    #[command(flatten)]
    message: MessageArgs,
}

/// What a check found.
#[derive(Debug, Serialize)]
pub struct Checked {
    #[serde(flatten)]
    pub report: Report,
    /// The first messages, as they would be sent.
    pub samples: Vec<Sample>,
}

/// A message as it would be sent.
#[derive(Debug, Serialize)]
pub struct Sample {
    line: u64,
    /// The texts: one for a text, and the values of a template.
    texts: Vec<String>,
}

impl Check {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let content = self.message.content()?;
        let outbox = match messenger() {
            Ok(messenger) if content.is_some() => {
                Some(Outbox::builder(Ledger::in_memory(Clock::system()), messenger).open().await?)
            }
            Ok(_) => None,
            Err(_) => {
                note("no account is in the environment: the provider's own rules are not checked");
                None
            }
        };
        let checked = check(&self.list, content.as_ref(), cx.opted_out().await?, outbox.as_ref()).await?;
        cx.console.data(&checked, || text(&checked))?;
        Ok(if checked.report.is_clean() { Exit::Done } else { Exit::Usage })
    }
}

/// Reads a list to the end. With an outbox, each message is checked against the rules of its provider.
pub async fn check(
    list: &ListArgs,
    content: Option<&Content>,
    opted_out: HashSet<String>,
    outbox: Option<&Outbox>,
) -> Result<Checked> {
    let csv = list.open()?.opted_out(move |key| opted_out.contains(key));
    let mut rows = GoodRows::read(csv, content, outbox)?;
    let mut samples = Vec::new();
    while let Some(recipient) = rows.next().await? {
        if samples.len() < SAMPLES {
            let texts = content.into_iter().flat_map(Content::texts).map(|text| text.fill(&recipient.params));
            let texts: std::result::Result<_, _> = texts.collect();
            let texts = texts.map_err(|missing| Failure::usage(format!("line {}: {missing}", recipient.line)))?;
            samples.push(Sample { line: recipient.line, texts });
        }
    }
    Ok(Checked { report: rows.finish()?, samples })
}

fn text(checked: &Checked) -> String {
    let mut text = checked.report.to_string();
    for Sample { line, texts } in checked.samples.iter().filter(|sample| !sample.texts.is_empty()) {
        let _ = write!(text, "\n\nLine {line} would get:");
        for line in texts.iter().flat_map(|text| text.lines()) {
            let _ = write!(text, "\n  {line}");
        }
    }
    text
}
