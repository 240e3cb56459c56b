//! `zap unknown list`

use clap::Args;
use serde::Serialize;
use zap_outbox::jiff::Timestamp;
use zap_outbox::model::SETTLE_AFTER;
use zap_outbox::{Message, MessageId};

use super::{NOTHING, messages};
use crate::context::{Account, Context};
use crate::exit::Exit;
use crate::failure::Result;
use crate::time;

/// Print the unknown messages
#[derive(Debug, Args)]
pub(super) struct List {
    /// The name of the campaign [default: all campaigns]
    name: Option<String>,
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

impl List {
    pub(super) async fn run(self, cx: &Context, account: Account) -> Result<Exit> {
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
            if lines.is_empty() { NOTHING.to_owned() } else { lines.join("\n") }
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
