//! A campaign as `status` and other commands show it.

use std::fmt::{self, Write as _};

use serde::Serialize;
use zap_outbox::model::{CampaignKind, CampaignState, Evidence, MessageState, Pause, PauseReason};
use zap_outbox::{Campaign, Count};

use crate::console;
use crate::context::Account;
use crate::exit::Exit;
use crate::failure::Result;
use crate::time;

/// A campaign and its messages.
#[derive(Debug, Serialize)]
pub struct CampaignView {
    pub campaign: String,
    pub account: String,
    pub kind: CampaignKind,
    pub state: CampaignState,
    /// Why it is paused.
    pause: Option<PauseView>,
    /// `None` for a stream, which does not end.
    not_after: Option<String>,
    hours: String,
    priority: i32,
    pub total: u64,
    pub messages: States,
    evidence: Vec<EvidenceView>,
    /// When its hours begin, if it waits for them.
    opens_at: Option<String>,
    /// When the last message is sent, by the account's rate.
    ends_at: Option<String>,
    /// How many messages will not be sent in time, by the account's rate.
    expiring: Option<u64>,
    #[serde(skip)]
    counts: Vec<Count>,
}

/// How many messages are in which state.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct States {
    pub ready: u64,
    pub sending: u64,
    pub done: u64,
    pub not_done: u64,
    pub unknown: u64,
    pub skipped: u64,
}

#[derive(Debug, Serialize)]
struct EvidenceView {
    state: MessageState,
    evidence: Evidence,
    messages: u64,
}

/// A pause, and what to do about it.
#[derive(Debug, Serialize)]
pub struct PauseView {
    pub reason: PauseReason,
    pub detail: String,
    pub fix: String,
    /// When a worker that runs tries automatically whether the provider works again.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_trial_at: Option<String>,
}

impl CampaignView {
    pub async fn read(account: &Account, campaign: &Campaign) -> Result<Self> {
        let progress = account.ledger.progress(campaign.id).await?;
        let (campaign, counts) = (&progress.campaign, &progress.counts);
        let name = &campaign.plan.name;
        let resume = format!("zap resume {}", quoted(name));
        let evidence = counts.iter().filter_map(|count| {
            let evidence = count.evidence?;
            Some(EvidenceView { state: count.state, evidence, messages: count.messages })
        });
        let is_running = campaign.state == CampaignState::Running
            && progress.pause().is_none()
            && progress.messages(MessageState::Ready) > 0;
        let forecast = progress.forecast().filter(|_| is_running);
        Ok(Self {
            campaign: name.clone(),
            account: account.name.clone(),
            kind: campaign.plan.kind,
            state: campaign.state,
            pause: campaign.pause.as_ref().map(|pause| PauseView::new(pause, &resume)),
            not_after: (campaign.plan.kind == CampaignKind::Bulk).then(|| time::at(campaign.plan.not_after)),
            hours: campaign.plan.hours.to_string(),
            priority: campaign.plan.priority,
            total: progress.total(),
            messages: States::of(counts),
            evidence: evidence.collect(),
            opens_at: progress.opens_at.filter(|_| is_running).map(time::at),
            ends_at: forecast.and_then(|forecast| forecast.ends_at).map(time::at),
            expiring: forecast.map(|forecast| forecast.expiring),
            counts: progress.counts,
        })
    }

    pub fn counts(&self) -> &[Count] {
        &self.counts
    }

    /// Returns whether workers send its messages, so that it will look different soon.
    pub fn is_moving(&self) -> bool {
        let left = self.messages.ready + self.messages.sending;
        left > 0 && self.state == CampaignState::Running
    }

    /// Describes it in a line while it is sent.
    pub fn line(&self) -> String {
        let waits = self.opens_at.as_ref().map(|at| format!("; waits until its hours begin at {at}"));
        format!("{}: {}{}", self.campaign, self.messages, waits.unwrap_or_default())
    }

    /// Returns the exit code for its messages.
    pub fn exit(&self) -> Exit {
        Exit::of(&self.counts)
    }

    /// Describes it in a few lines.
    pub fn text(&self) -> String {
        let Self { campaign, state, messages, .. } = self;
        let mut text = format!("{campaign}: {state}\n  {}: {messages}", console::count(self.total, "message"));
        for EvidenceView { state, evidence, messages } in &self.evidence {
            // Most messages are done because the provider answered, which needs no explanation.
            if (*state, *evidence) != (MessageState::Done, Evidence::Answer) {
                let messages = console::number(*messages);
                let _ = write!(text, "\n  {messages} {state} ({evidence}): {}", meaning(*state, *evidence));
            }
        }
        if self.state == CampaignState::Draft {
            let _ = write!(text, "\n  to start it: zap start {} --yes {}", quoted(campaign), self.messages.ready);
        }
        if let Some(pause) = &self.pause {
            let _ = write!(text, "\n{pause}");
        }
        if let Some(opens_at) = &self.opens_at {
            let _ = write!(text, "\n  waits until its hours begin at {opens_at}");
        }
        if let Some(ends_at) = &self.ends_at {
            let _ = write!(text, "\n  ends at about {ends_at} if a worker runs");
        }
        if let Some(expiring) = self.expiring.filter(|expiring| *expiring > 0) {
            let expiring = console::count(expiring, "message");
            let _ = write!(text, "\n  too slow: {expiring} will not be sent in time; raise --rate, or widen --hours");
        }
        if let Some(not_after) = self.not_after.as_ref().filter(|_| self.messages.ready > 0) {
            let _ = write!(text, "\n  nothing is sent after {not_after}");
        }
        text
    }
}

impl States {
    pub fn of(counts: &[Count]) -> Self {
        let mut states = Self::default();
        for count in counts {
            let state = match count.state {
                MessageState::Ready => &mut states.ready,
                MessageState::Sending => &mut states.sending,
                MessageState::Done => &mut states.done,
                MessageState::NotDone => &mut states.not_done,
                MessageState::Unknown => &mut states.unknown,
                _ => &mut states.skipped,
            };
            *state += count.messages;
        }
        states
    }

    /// Returns how many are decided.
    pub fn decided(self) -> u64 {
        self.done + self.not_done + self.unknown + self.skipped
    }

    pub fn total(self) -> u64 {
        self.decided() + self.ready + self.sending
    }
}

/// Writes the states that occur: `2 done, 1 unknown`.
impl fmt::Display for States {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { ready, sending, done, not_done, unknown, skipped } = *self;
        let mut separator = "";
        for (number, state) in [
            (done, "done"),
            (not_done, "not done"),
            (unknown, "unknown"),
            (skipped, "skipped"),
            (sending, "being sent"),
            (ready, "ready"),
        ] {
            if number > 0 {
                write!(f, "{separator}{} {state}", console::number(number))?;
                separator = ", ";
            }
        }
        if separator.is_empty() { f.write_str("none") } else { Ok(()) }
    }
}

impl PauseView {
    /// Returns the pause of an account, if it is paused.
    pub async fn of_account(account: &Account) -> Result<Option<Self>> {
        let gate = account.ledger.account(account.id).await?.gate;
        let next_trial_at = gate.next_check().map(time::at);
        Ok(gate.pause.as_ref().map(|pause| Self { next_trial_at, ..Self::new(pause, "zap account resume") }))
    }

    /// Describes a pause. `resume` is the command that ends it.
    pub fn new(pause: &Pause, resume: &str) -> Self {
        let Pause { reason, detail } = pause.clone();
        let first = match reason {
            PauseReason::Credentials => {
                "correct the credentials or the list of allowed addresses, and check them with \
                                         `zap doctor`"
            }
            PauseReason::Plan => "renew the account's plan",
            PauseReason::Limit => "wait until the account's limit is renewed, or raise it",
            PauseReason::Unavailable => "check the account with `zap doctor`",
            PauseReason::BaseUrl => "correct the base URL, and check it with `zap doctor`",
            PauseReason::Unknowns => {
                "check the provider with `zap doctor`, and look at the unknown messages with `zap \
                                      unknown list`"
            }
            PauseReason::Files => "make the files of the campaign readable on this machine as they were planned",
            PauseReason::Idle => "make sure that the ledger is not a restored copy, whose messages were already sent",
            _ => "when the reason is gone",
        };
        let then = if first.starts_with("when") { ", " } else { "; then " };
        Self { reason, detail, fix: format!("{first}{then}run `{resume}`"), next_trial_at: None }
    }
}

impl fmt::Display for PauseView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { reason, detail, fix, next_trial_at } = self;
        write!(f, "  paused ({reason})")?;
        if !detail.is_empty() {
            write!(f, ": {detail}")?;
        }
        if let Some(at) = next_trial_at {
            write!(f, "\n  a worker that runs tries again automatically at {at}")?;
        }
        write!(f, "\n  to continue: {fix}")
    }
}

/// Explains an evidence.
fn meaning(state: MessageState, evidence: Evidence) -> &'static str {
    match (state, evidence) {
        (MessageState::NotDone, Evidence::Answer) => "the provider refused it; see `error` in the report",
        (_, Evidence::Answer) => "the provider answered",
        (_, Evidence::LateAnswer) => "the provider's answer came late",
        (_, Evidence::NotSent) => "it could not be sent; see `error` in the report",
        (_, Evidence::NoAnswer) => "a request was made, and its outcome is not known",
        (_, Evidence::Overdue) => "a worker stopped before it recorded the answer",
        (_, Evidence::Look) => "a look at the conversation decided it",
        (_, Evidence::Person) => "a person decided it",
        (_, Evidence::OptedOut) => "the recipient wants no messages",
        (_, Evidence::Expired) => "its time to be sent had passed",
        (_, Evidence::Cancelled) => "its campaign was cancelled",
        (_, Evidence::Invalid) => "its number or time zone does not exist",
        _ => "see the report",
    }
}

/// Returns a name as an argument for a shell.
pub fn quoted(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_.:/+@".contains(c);
    if !name.is_empty() && name.chars().all(is_plain) {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_for_the_shell() {
        assert_eq!(quoted("black-friday"), "black-friday");
        assert_eq!(quoted("it's 5"), r"'it'\''s 5'");
        assert_eq!(quoted(""), "''");
    }
}
