//! `zap plan`

use clap::{ArgGroup, Args};
use serde::Serialize;
use zap_outbox::jiff::tz::TimeZone;
use zap_outbox::jiff::{SignedDuration, Timestamp};
use zap_outbox::model::{CampaignState, MessageState};
use zap_outbox::recipients::Report;
use zap_outbox::{
    Campaign, Clock, Content, Imported, Ledger, MessageId, NewCampaign, NewMessage, OpeningHours, Outbox,
};

use super::check::check;
use crate::campaign_view::quoted;
use crate::console::{self, note};
use crate::context::{Account, Context, messenger};
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::good_rows::GoodRows;
use crate::list_args::ListArgs;
use crate::message_args::{KINDS, MessageArgs};
use crate::progress::Progress;
use crate::time::{self, Given};

/// How many messages are read at once to compare them with the list.
const PAGE: u32 = 10_000;

/// How far the ends of two commands with the same duration may be apart without a word.
const SAME_END: SignedDuration = SignedDuration::from_mins(10);

/// Create a campaign from a list
///
/// Nothing is sent yet: `zap start` starts the campaign, and `zap work` sends it.
/// If the import is interrupted, run the same command again: it continues.
#[derive(Debug, Args)]
#[command(
    verbatim_doc_comment,
    group(ArgGroup::new("message").required(true).args(KINDS)),
    override_usage = "zap plan [OPTIONS] --text <TEXT> --not-after <TIME> <NAME> <LIST.csv>"
)]
pub struct Plan {
    /// The name of the campaign
    #[arg(value_parser = name)]
    name: String,

    #[command(flatten)]
    list: ListArgs,

    /// Send nothing after this time: 2026-11-30T18:00-03:00, "2026-11-30 18:00"
    /// (in --zone), 18:00 (today), 6h, 2d. It is required so that a restored backup
    /// cannot send an old campaign again
    #[arg(long, value_name = "TIME", help_heading = "Time")]
    not_after: String,

    /// Send nothing before this time
    #[arg(long, value_name = "TIME", help_heading = "Time")]
    not_before: Option<String>,

    /// Send only in these hours of the recipients' zone, such as "Mon-Sat
    /// 09:00-18:00" [default: always]
    #[arg(long, help_heading = "Time")]
    hours: Option<OpeningHours>,

    /// The recipients' time zone, and that of times without an offset
    #[arg(long, value_name = "ZONE", default_value = "America/Sao_Paulo", help_heading = "Time")]
    zone: String,

    /// Campaigns with a higher number are sent first
    #[arg(long, value_name = "NUMBER", default_value_t = 0, allow_negative_numbers = true, help_heading = "Time")]
    priority: i32,

    #[command(flatten)]
    message: MessageArgs,
}

/// What was planned.
#[derive(Debug, Serialize)]
struct Planned {
    campaign: String,
    account: String,
    state: &'static str,
    /// Whether an earlier import of the same list was continued.
    continued: bool,
    /// How many messages the campaign sends: the count for `start`.
    to_send: u64,
    not_after: String,
    imported: Imported,
    /// The command that starts it.
    next: String,
    list: Report,
}

impl Plan {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let (now, zone) = (Timestamp::now(), time::zone(&self.zone)?);
        let content = self.message.content()?.ok_or_else(|| Failure::usage("the message is missing"))?;
        let not_after = time::parse_deadline(&self.not_after, &zone, now)?;
        let not_before = match &self.not_before {
            Some(text) => Some(time::parse("--not-before", text, &zone, now)?),
            None => None,
        };
        if not_before.is_some_and(|not_before| not_before.at >= not_after.at) {
            let problem = "--not-before is not before --not-after, so nothing could be sent";
            return Err(Failure::usage(problem).fix("give an earlier --not-before"));
        }
        // Nothing is written before the list was read to its end.
        let outbox = Outbox::builder(Ledger::in_memory(Clock::system()), messenger()?).open().await?;
        let report = check(&self.list, Some(&content), cx.opted_out().await?, Some(&outbox)).await?.report;
        if report.good == 0 {
            note(&report);
            let problem = format!("{}: no row can be sent to, so no campaign was created", report.list);
            return Err(Failure::usage(problem).fix("correct the problems above"));
        }
        let account = cx.new_account().await?;
        let campaign = self.create(&account, content, not_after).await?;
        let not_before = first_not_before(&account, &campaign, not_before).await?;
        let present = self.present(&account, &campaign, not_before, &outbox).await?;
        if present > 0 {
            note(format_args!("continuing an earlier import: {} are there", console::count(present, "message")));
        }
        let imported = self.import(&account, &campaign, &report, not_before, &outbox).await?;
        let ready = |count: &&zap_outbox::Count| count.state == MessageState::Ready;
        let counts = account.ledger.counts(campaign.id).await?;
        let to_send = counts.iter().filter(ready).map(|count| count.messages).sum();
        let planned = Planned {
            campaign: self.name.clone(),
            account: account.name,
            state: campaign.state.as_str(),
            continued: present > 0,
            to_send,
            not_after: time::at(campaign.plan.not_after),
            imported,
            next: format!("zap start {} --yes {to_send}", quoted(&self.name)),
            list: report,
        };
        cx.console.data(&planned, || planned.text(&zone, campaign.plan.not_after))?;
        Ok(Exit::Done)
    }

    async fn create(&self, account: &Account, content: Content, not_after: Given) -> Result<Campaign> {
        let mut plan = NewCampaign::bulk(&*self.name, content, not_after.at).with_priority(self.priority);
        if let Some(hours) = &self.hours {
            plan = plan.with_hours(hours.clone());
        }
        if not_after.is_relative {
            // The same command means another time each time it is repeated. The first one counts.
            let campaigns = account.ledger.campaigns(account.id).await?;
            if let Some(existing) = campaigns.iter().find(|campaign| campaign.plan.name == self.name) {
                plan.not_after = existing.plan.not_after;
                let (end, asked) = (time::at(plan.not_after), time::at(not_after.at));
                // A repeated command means a time that is a little later.
                if plan.not_after.duration_until(not_after.at).abs() > SAME_END {
                    note(format_args!(
                        "the end stays {end}, as it was planned first; this command would end at {asked}"
                    ));
                }
            }
        }
        let campaign = account.ledger.create_campaign(account.id, plan).await?;
        if campaign.state != CampaignState::Draft {
            let (name, state) = (&self.name, campaign.state);
            let problem = format!("the campaign `{name}` is already {state}; its list cannot be changed");
            let fix = format!("see `zap status {}`, or choose another name", quoted(name));
            return Err(Failure::usage(problem).fix(fix));
        }
        Ok(campaign)
    }

    /// Returns how many messages an earlier import has added. They must be the first ones of this list.
    async fn present(
        &self,
        account: &Account,
        campaign: &Campaign,
        not_before: Option<Timestamp>,
        outbox: &Outbox,
    ) -> Result<u64> {
        let (mut after, mut present) = (MessageId(0), 0);
        let mut rows = None;
        loop {
            let page = account.ledger.messages(campaign.id, after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(present) };
            after = last.id;
            let rows = match &mut rows {
                Some(rows) => rows,
                none => none.insert(GoodRows::read(self.list.open()?, Some(&campaign.plan.content), Some(outbox))?),
            };
            for message in page {
                let recipient = rows.next().await?;
                let line = recipient.as_ref().map_or(message.line.unwrap_or_default(), |recipient| recipient.line);
                let expected = recipient.map(|recipient| self.message(recipient.into(), not_before));
                let is_same = expected.is_some_and(|new| {
                    (new.line, &new.number, &new.zone) == (message.line, &message.number, &message.zone)
                        // The ledger may have added more, such as the digest of a file.
                        && new.params.iter().all(|(name, value)| message.params.get(name) == Some(value))
                        && new.not_before.unwrap_or(Timestamp::UNIX_EPOCH) == message.status.not_before
                });
                if !is_same {
                    let problem = format!(
                        "the campaign `{}` was planned with another list: line {line} differs; nothing was changed",
                        self.name
                    );
                    let cancel = format!("zap cancel {}", quoted(&self.name));
                    let fix = format!("plan this list under another name, and drop the old plan with `{cancel}`");
                    return Err(Failure::usage(problem).fix(fix));
                }
                present += 1;
            }
        }
    }

    async fn import(
        &self,
        account: &Account,
        campaign: &Campaign,
        report: &Report,
        not_before: Option<Timestamp>,
        outbox: &Outbox,
    ) -> Result<Imported> {
        let progress = Progress::start(report.good, "importing");
        let csv = self.list.open()?.expect(report.digest);
        let mut rows = GoodRows::read(csv, Some(&campaign.plan.content), Some(outbox))?;
        let mut import = account.ledger.start_import(campaign.id);
        while let Some(recipient) = rows.next().await? {
            import.add(self.message(recipient.into(), not_before)).await?;
            progress.advance();
        }
        rows.finish()?;
        let imported = import.finish().await?;
        progress.end();
        Ok(imported)
    }

    /// Adds what the options say about each message.
    fn message(&self, message: NewMessage, not_before: Option<Timestamp>) -> NewMessage {
        let message = message.with_zone(&*self.zone);
        match not_before {
            Some(at) => message.with_not_before(at),
            None => message,
        }
    }
}

impl Planned {
    fn text(&self, zone: &TimeZone, not_after: Timestamp) -> String {
        let Self { list, campaign, to_send, next, .. } = self;
        let to_send = console::count(*to_send, "message");
        let until = time::local(not_after, zone);
        format!("{list}\n\nPlanned `{campaign}`: {to_send} to send, none after {until}\nNext: {next}")
    }
}

/// Returns the time before which nothing is sent. The same duration means another time each time the command is repeated,
/// so that of the first message of an earlier import counts.
async fn first_not_before(account: &Account, campaign: &Campaign, given: Option<Given>) -> Result<Option<Timestamp>> {
    let first = match given {
        Some(given) if given.is_relative => account.ledger.messages(campaign.id, MessageId(0), 1).await?.pop(),
        _ => None,
    };
    let first = first.map(|message| message.status.not_before).filter(|at| *at > Timestamp::UNIX_EPOCH);
    Ok(first.or(given.map(|given| given.at)))
}

/// Checks the name of a campaign or a stream.
pub fn name(text: &str) -> std::result::Result<String, String> {
    if text.trim().is_empty() || text.chars().any(char::is_control) {
        return Err("a name needs a letter, and no line breaks".to_owned());
    }
    Ok(text.to_owned())
}
