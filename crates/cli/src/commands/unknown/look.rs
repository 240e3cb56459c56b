//! `zap unknown look`

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clap::Args;
use serde::Serialize;
use zap_outbox::{LookedUp, Outbox};

use super::{NOTHING, chosen};
use crate::console;
use crate::context::{Account, Context, messenger, person};
use crate::exit::Exit;
use crate::failure::Result;
use crate::time;

/// Look at the conversations of unknown messages, and settle what this proves
///
/// A conversation that moved when the message was sent proves that it was sent. One
/// that did not move proves the opposite if others did. Only EscalaZap, WaziMe and
/// WapiFlow show when a conversation moved. The calls are read-only.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Look {
    /// The name of the campaign [default: the only one with unknown messages]
    name: Option<String>,
}

#[derive(Debug, Default, Serialize)]
struct Looked {
    /// `None` if no campaign was named and nothing is unknown.
    campaign: Option<String>,
    done: u64,
    not_done: u64,
    still_unknown: u64,
    /// Why they are still unknown.
    reasons: BTreeMap<String, u64>,
    decided_meanwhile: u64,
    too_early: u64,
    next_at: Option<String>,
    not_read: u64,
    /// Why reading ended early.
    stopped: Option<String>,
}

impl Look {
    pub(super) async fn run(self, cx: &Context, account: &Account) -> Result<Exit> {
        let messenger = messenger()?;
        let looked = match chosen(account, self.name.as_deref(), "`zap unknown look NAME`").await? {
            Some(campaign) => {
                let outbox = Outbox::builder(account.ledger.clone(), messenger).account(&*account.name).open().await?;
                Looked::of(&campaign.plan.name, outbox.look_up_unknowns(campaign.id, person()).await?)
            }
            None => Looked::default(),
        };
        cx.console.data(&looked, || looked.text())?;
        let left = looked.still_unknown + looked.too_early + looked.not_read;
        Ok(if left > 0 { Exit::Unknown } else { Exit::Done })
    }
}

impl Looked {
    fn of(campaign: &str, looked: LookedUp) -> Self {
        let reasons = looked.reasons.into_iter().map(|(reason, messages)| (reason.to_string(), messages));
        Self {
            campaign: Some(campaign.to_owned()),
            done: looked.done,
            not_done: looked.not_done,
            still_unknown: looked.still_unknown,
            reasons: reasons.collect(),
            decided_meanwhile: looked.decided,
            too_early: looked.too_early,
            next_at: looked.next_at.map(time::at),
            not_read: looked.not_read,
            stopped: looked.stopped.map(|error| error.to_string()),
        }
    }

    fn text(&self) -> String {
        let Self { campaign, done, not_done, still_unknown, .. } = self;
        let Some(campaign) = campaign else { return NOTHING.to_owned() };
        let mut text = format!("{campaign}: {done} done, {not_done} not done, {still_unknown} still unknown");
        for (reason, messages) in &self.reasons {
            let _ = write!(text, "\n  {} still unknown ({reason}): {}", console::number(*messages), meaning(reason));
        }
        if let Some(next_at) = &self.next_at {
            let _ = write!(text, "\n  {} too early: look again at {next_at}", console::number(self.too_early));
        }
        if let Some(stopped) = &self.stopped {
            let _ = write!(text, "\n  {} not read: {stopped}", console::number(self.not_read));
        }
        text
    }
}

/// Explains why a look proves nothing.
fn meaning(reason: &str) -> &'static str {
    match reason {
        "no_conversation" => "there is no conversation with the recipient",
        "new_conversation" => "the conversation is new, and an earlier one may have been deleted",
        "moved_later" => "the latest message of the conversation is a later one",
        "too_close" => "the conversation moved shortly before the message was sent",
        "other_message" => "another message to the same recipient may have moved the conversation",
        "no_control" => "no message that was sent at about that time shows that conversations move",
        "contradicted" => "the conversation of a message that was sent did not move",
        "no_clock" => "the provider's time is not known",
        "wrong_clock" => "the provider's clock and that of the ledger differ too much",
        "unreadable" => "not all conversations could be read",
        _ => "look at the conversation in the provider's dashboard",
    }
}
