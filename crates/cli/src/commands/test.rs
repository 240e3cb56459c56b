//! `zap test`

use std::fmt::Write as _;
use std::time::Duration;

use clap::Args;
use serde::Serialize;
use zap_outbox::jiff::Timestamp;
use zap_outbox::model::{Evidence, MessageState};
use zap_outbox::zap_facade::PhoneNumber;
use zap_outbox::{CampaignId, Message, MessageId, NewCampaign, NewMessage, Next, Outbox};

use crate::campaign_view::PauseView;
use crate::console::note;
use crate::context::{Context, messenger};
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::number;
use crate::shutdown::{FINISHING, Shutdown};

/// How long the test may wait for its turn. After that it is not sent any more.
const PATIENCE: Duration = Duration::from_secs(120);
/// How often the ledger is asked whether it is the test's turn.
const POLL: Duration = Duration::from_millis(200);

/// Send a campaign's message to one number, as a test
///
/// The values are those of the first row of the list. The test is not a message of
/// the campaign: it is recorded in a stream called `NAME (test)`, and sent at once.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Test {
    /// The name of the campaign
    name: String,

    /// The number to send to, such as +5511987654321
    #[arg(value_parser = number::parse)]
    number: PhoneNumber,
}

#[derive(Debug, Serialize)]
struct Tested {
    campaign: String,
    number: String,
    state: MessageState,
    evidence: Option<Evidence>,
    provider_id: Option<String>,
    error: Option<String>,
}

impl Test {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let messenger = messenger()?;
        let account = cx.account().await?;
        let campaign = account.campaign(&self.name).await?;
        let ledger = &account.ledger;
        let first = ledger.messages(campaign.id, MessageId(0), 1).await?.into_iter().next();
        let first = first.ok_or_else(|| {
            Failure::usage(format!("the campaign `{}` has no message to take the values from", self.name))
        })?;
        let stream = NewCampaign::stream(format!("{} (test)", self.name), campaign.plan.content.clone());
        let stream = ledger.create_campaign(account.id, stream.with_priority(i32::MAX)).await?.id;
        let outbox = Outbox::builder(ledger.clone(), messenger).account(&*account.name).open().await?;
        if let Some(pause) = ledger.account(account.id).await?.gate.pause {
            let problem = format!("the account {} is paused ({}), so nothing was sent", account.name, pause.reason);
            let failure = Failure::new(problem).exit(Exit::WorkLeft);
            return Err(failure.fix("see `zap status`, then run `zap account resume`"));
        }
        let now = ledger.now().await?;
        let until = now.saturating_add(PATIENCE).unwrap_or(Timestamp::MAX);
        let mut test = NewMessage::new(self.number.clone()).with_expires_at(until);
        test.params = first.params;
        let key = format!("test-{}", now.as_microsecond());
        let id = ledger.enqueue(stream, key, test).await?.message;
        let shutdown = Shutdown::listen(Some(FINISHING))?;
        let message = send(&outbox, stream, id, &shutdown).await?;
        let (state, evidence) = (message.status.state, message.status.evidence);
        let tested = Tested {
            campaign: self.name,
            number: self.number.to_string(),
            state,
            evidence,
            provider_id: message.provider_id,
            error: message.error,
        };
        cx.console.data(&tested, || tested.text())?;
        Ok(Exit::of_one(state, evidence))
    }
}

/// Sends messages of the stream until it was the test's turn. Those of campaigns are for workers only.
async fn send(outbox: &Outbox, stream: CampaignId, id: MessageId, shutdown: &Shutdown) -> Result<Message> {
    let mut has_waited = false;
    loop {
        let message = outbox.ledger().message(id).await?;
        let state = message.status.state;
        if state.is_final() || shutdown.is_requested() {
            return Ok(message);
        }
        if let Some(error) = message.error.as_deref().filter(|_| !std::mem::replace(&mut has_waited, true)) {
            note(format_args!("not sent yet, trying again for 2 minutes: {error}"));
        }
        if state == MessageState::Ready {
            match outbox.send_next_of(stream).await? {
                (_, Next::Paused(pause)) => {
                    let problem = format!("nothing was sent, and the account is paused: {}", pause.detail);
                    let fix = PauseView::new(&pause, "zap account resume").fix;
                    return Err(Failure::new(problem).fix(fix).exit(Exit::WorkLeft));
                }
                (Some(sent), _) if sent == id => continue,
                _ => {}
            }
        }
        tokio::time::sleep(POLL).await;
    }
}

impl Tested {
    fn text(&self) -> String {
        let Self { campaign, number, state, evidence, provider_id, error } = self;
        let evidence = evidence.map(|evidence| format!(" ({evidence})")).unwrap_or_default();
        let mut text = format!("Test of `{campaign}` to {number}: {state}{evidence}");
        for (name, value) in [("id", provider_id), ("error", error)] {
            if let Some(value) = value {
                let _ = write!(text, "\n  {name}: {value}");
            }
        }
        text
    }
}
