//! Random commands to two databases, which must answer the same.

use std::fmt::Debug;
use std::time::Duration;

use zap_outbox::model::{NotSent, PauseReason, Rate, Verdict};
use zap_outbox::{
    CampaignId, Check, Claim, Content, EventsOf, Finish, LedgerError, MessageId, NewCampaign, NewMessage, OpeningHours,
};

use super::fixture::{Fixture, number};

const COMMANDS: u32 = 400;
const RECIPIENTS: u32 = 30;

#[tokio::test]
async fn all_databases_answer_the_same() {
    let mut all = String::new();
    for seed in 1..=5 {
        let memory = answers(Fixture::memory().await, seed).await;
        let sqlite = answers(Fixture::sqlite().await, seed).await;
        for (at, (memory, sqlite)) in memory.iter().zip(&sqlite).enumerate() {
            assert_eq!(memory, sqlite, "answer {at} with the seed {seed}");
        }
        assert_eq!(memory.len(), sqlite.len());
        if let Some(fixture) = Fixture::postgres().await {
            let postgres = answers(fixture, seed).await;
            for (at, (memory, postgres)) in memory.iter().zip(&postgres).enumerate() {
                assert_eq!(memory, postgres, "answer {at} of Postgres with the seed {seed}");
            }
            assert_eq!(memory.len(), postgres.len());
        }
        all.extend(memory);
    }
    // The commands do something.
    for word in
        ["Done", "Unknown", "Skipped", "TooEarly", "Stale", "Paused", "OptedOut", "AfterAnswer", "LateAnswer", "Look"]
    {
        assert!(all.contains(word), "no answer has the word {word}");
    }
}

/// A generator of numbers, the same for each seed.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(end)).expect("it is below")
    }
}

#[expect(clippy::needless_pass_by_value, reason = "reads better where it is called")]
fn shown<T: Debug>(result: Result<T, LedgerError>) -> String {
    format!("{result:?}")
}

async fn campaigns(fixture: &Fixture) -> [CampaignId; 3] {
    let hours: OpeningHours = "12:00-12:20, 12:25-24:00, 00:00-06:00".parse().unwrap();
    let zones = ["UTC", "Europe/Lisbon", "America/Sao_Paulo"];
    let messages = |from: u32| {
        let message = move |at: u32| NewMessage::new(number(from + at)).with_zone(zones[at as usize % 3]);
        (0..RECIPIENTS).map(message).collect::<Vec<_>>()
    };
    let first = fixture.running(Fixture::plan("first").with_hours(hours), messages(0)).await;
    // Half of the recipients are the same.
    let second = fixture.running(Fixture::plan("second").with_priority(1), messages(RECIPIENTS / 2)).await;
    let stream = NewCampaign::stream("stream", Content::text("Olá!").unwrap());
    let stream = fixture.ledger.create_campaign(fixture.account, stream).await.unwrap().id;
    [first, second, stream]
}

fn verdict(random: &mut Random) -> Verdict {
    match random.below(13) {
        12 => Verdict::Invalid,
        0..=2 => Verdict::Done,
        3 => Verdict::SeenDone,
        4 => Verdict::NotDone,
        5..=7 => Verdict::Unknown,
        8 => Verdict::NotSent(NotSent::TooLate),
        9 => Verdict::NotSent(NotSent::AccountRefused(PauseReason::Limit)),
        wait => Verdict::NotSent(NotSent::Busy { wait: (wait == 10).then_some(Duration::from_secs(7)) }),
    }
}

/// Gives random commands and returns all answers, and what the database holds in the end.
async fn answers(fixture: Fixture, seed: u64) -> Vec<String> {
    let mut random = Random(seed);
    fixture.rate(Rate::per_second(2.0).unwrap().with_burst(4)).await;
    let campaigns = campaigns(&fixture).await;
    let Fixture { ledger, account, .. } = &fixture;
    let account = *account;
    let mut claims: Vec<Claim> = Vec::new();
    let mut checks: Vec<Check> = Vec::new();
    let mut answers = Vec::new();
    for at in 0..COMMANDS {
        let message = MessageId(i64::from(random.below(2 * RECIPIENTS)) + 1);
        let campaign = campaigns[random.below(3) as usize];
        let to = number(random.below(RECIPIENTS));
        answers.push(match random.below(26) {
            0..=4 => {
                fixture.clock.advance(Duration::from_millis(u64::from(random.below(4_000))));
                continue;
            }
            5 => {
                fixture.pass(u64::from(random.below(600)));
                continue;
            }
            6..=10 => {
                let begun = ledger.begin(account, random.below(5)).await;
                claims.extend(begun.iter().flat_map(|begun| begun.claims.clone()));
                shown(begun)
            }
            11..=15 if !claims.is_empty() => {
                // Some results are recorded twice.
                let which = random.below(u32::try_from(claims.len()).unwrap()) as usize;
                let claim = if random.below(4) > 0 { claims.swap_remove(which) } else { claims[which].clone() };
                let result = Finish::of(&claim, verdict(&mut random)).with_error(format!("error {at}"));
                shown(ledger.finish(vec![result.with_provider_id(Some(format!("id {at}")))]).await)
            }
            16 => shown(ledger.sweep().await),
            17 => shown(ledger.resend(message, "Ana", None).await),
            18 => shown(ledger.settle(message, random.below(2) == 0, random.below(2) == 0, "Ana", None).await),
            19 => {
                let key = format!("key {}", random.below(10));
                shown(ledger.enqueue(campaign, key, NewMessage::new(to)).await)
            }
            20 if random.below(2) == 0 => shown(ledger.opt_out(account, &to, "a message").await),
            20 => shown(ledger.opt_in(account, &to).await),
            21 if random.below(4) == 0 => shown(ledger.pause_campaign(campaign, "lunch", "Ana").await),
            22 if random.below(30) == 0 => shown(ledger.cancel_campaign(campaign, "Ana").await),
            21 | 22 => shown(ledger.resume_campaign(campaign, "Ana").await),
            23 => {
                let check = ledger.begin_check(account).await;
                checks.extend(check.iter().flatten().cloned());
                format!("{check:?} {:?}", ledger.next_check(account).await)
            }
            24 if !checks.is_empty() => {
                let check = checks.swap_remove(random.below(u32::try_from(checks.len()).unwrap()) as usize);
                let result = if random.below(3) == 0 { Err(None) } else { Ok(()) };
                shown(ledger.finish_check(account, check, result).await)
            }
            _ => shown(ledger.resume_account(account, "Ana").await),
        });
    }
    answers.push(shown(ledger.account(account).await));
    answers.push(shown(ledger.events(EventsOf::Account(account)).await));
    for campaign in campaigns {
        answers.push(shown(ledger.campaign(campaign).await));
        answers.push(shown(ledger.counts(campaign).await));
        answers.push(shown(ledger.progress(campaign).await));
        answers.push(shown(ledger.retry_not_done(campaign, "Ana", None).await));
        answers.push(shown(ledger.counts(campaign).await));
        answers.push(shown(ledger.events(EventsOf::Campaign(campaign)).await));
        let unknown = ledger.unknown(campaign, MessageId(0), 100).await.unwrap();
        answers.push(format!("{:?}", unknown.iter().map(|message| message.id).collect::<Vec<_>>()));
        for mut message in ledger.messages(campaign, MessageId(0), 100).await.unwrap() {
            // Each database draws its own numbers.
            message.status.token = 0;
            answers.push(format!("{message:?} {:?} {:?}", message.provider_id, message.error));
            answers.push(shown(ledger.events(EventsOf::Message(message.id)).await));
        }
    }
    answers
}
