//! Many messages with random fates. The sandbox's list of deliveries is the judge.

use zap_outbox::jiff::{SignedDuration, Timestamp};
use zap_outbox::model::{Evidence, MessageState, Verdict};
use zap_outbox::zap_facade::PhoneNumber;
use zap_outbox::{Claim, Clock, Content, Ledger, MessageId, NewCampaign, NewMessage};

use super::fixture::Fixture;
use crate::contract::fixture::Folder;

const MESSAGES: u32 = 60;

/// A generator of numbers, the same for each seed.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Somebody else than the ledger has moved a conversation, by the ledger's clock.
struct Foreign {
    number: PhoneNumber,
    at: Timestamp,
}

#[tokio::test]
async fn no_look_at_many_messages_tells_a_lie() {
    let (mut done, mut not_done, mut excused) = (0, 0, 0);
    for seed in 1..=8 {
        let seen = one_run(seed, async |clock| Ledger::in_memory(clock)).await;
        done += seen.0;
        not_done += seen.1;
        excused += seen.2;
    }
    assert!(done > 60 && not_done > 40, "a look is useful: {done} done, {not_done} not done");
    assert!(excused > 0, "somebody has written at the wrong moment");
}

#[tokio::test]
async fn a_look_decides_the_same_with_every_database() {
    for seed in 1..=2 {
        let folder = Folder::new();
        let url = folder.url();
        let sqlite = one_run(seed, async |clock| Ledger::open_with_clock(&url, clock).await.unwrap()).await;
        assert_eq!(one_run(seed, async |clock| Ledger::in_memory(clock)).await, sqlite, "seed {seed}");
    }
}

/// Returns how many were decided as done, as not done, and as done because somebody else had written.
async fn one_run(seed: u64, ledger: impl AsyncFnOnce(Clock) -> Ledger) -> (u32, u32, u32) {
    let mut random = Random(seed);
    let offset = i64::try_from(random.below(601)).unwrap() - 300;
    let fixture = Fixture::with(ledger, offset, MESSAGES).await;
    let mut foreign: Vec<Foreign> = Vec::new();
    let mut lost: Vec<(Claim, Timestamp)> = Vec::new();
    let stream = NewCampaign::stream("orders", Content::text("Olá, {nome}!").unwrap());
    let stream = fixture.ledger().create_campaign(fixture.outbox.account(), stream).await.unwrap().id;
    for at in 0..MESSAGES {
        // Sometimes another message goes to a recipient of before, and is lost or answered.
        if let Some((claim, _)) = lost.last().filter(|_| random.below(6) == 0) {
            let order = NewMessage::new(claim.number.clone()).with_param("nome", format!("pedido {at}"));
            fixture.ledger().enqueue(stream, format!("{at}"), order).await.unwrap();
        }
        let claim = fixture.one().await;
        let begun = fixture.clock.now();
        wander(&fixture, &mut random, &claim.number, &mut foreign).await;
        // The provider is slow, or the worker was.
        fixture.pass(random.below(3) * random.below(60));
        match random.below(5) {
            0 | 1 => {
                fixture.deliver(&claim).await;
                fixture.finish(&claim, Verdict::Done).await;
            }
            2 | 3 => {
                fixture.deliver(&claim).await;
                fixture.finish(&claim, Verdict::Unknown).await;
                lost.push((claim.clone(), begun));
            }
            _ => {
                fixture.finish(&claim, Verdict::Unknown).await;
                lost.push((claim.clone(), begun));
            }
        }
        wander(&fixture, &mut random, &claim.number, &mut foreign).await;
        fixture.pass(random.below(40));
        fixture.ledger().sweep().await.unwrap();
    }
    for (claim, _) in &lost {
        if random.below(6) == 0 {
            fixture.pass(random.below(60));
            write(&fixture, &mut random, &claim.number, &mut foreign).await;
        }
    }
    fixture.pass(13 * 60);
    let looked = fixture.look().await;
    let of_stream = fixture.outbox.look_up_unknowns(stream, "Ana").await.unwrap();
    assert!(looked.stopped.is_none() && looked.too_early == 0, "{looked:?}");
    let mut counted = (0, 0, 0);
    for (claim, begun) in &lost {
        let message = fixture.ledger().message(claim.message).await.unwrap();
        let is_delivered = fixture.is_delivered(&claim.number, &claim.params["nome"]);
        match (message.status.state, message.status.evidence) {
            (MessageState::Unknown, _) => {}
            (MessageState::Done, Some(Evidence::Look)) => {
                counted.0 += 1;
                if !is_delivered {
                    let from = *begun - SignedDuration::from_secs(3);
                    let to = *begun + SignedDuration::from_secs(3 * 60 + 3);
                    let excuses = |moved: &Foreign| moved.number == claim.number && from <= moved.at && moved.at <= to;
                    assert!(foreign.iter().any(excuses), "seed {seed}: {} was not delivered", claim.message);
                    counted.2 += 1;
                }
            }
            (MessageState::NotDone, Some(Evidence::Look)) => {
                counted.1 += 1;
                assert!(!is_delivered, "seed {seed}: {} was delivered", claim.message);
            }
            other => panic!("seed {seed}: {other:?}"),
        }
    }
    let decided = looked.done + looked.not_done + of_stream.done + of_stream.not_done;
    assert_eq!(decided, u64::from(counted.0 + counted.1), "seed {seed}: {looked:?} {of_stream:?}");
    let unknown = fixture.ledger().unknown(fixture.campaign, MessageId(0), 1_000).await.unwrap().len();
    assert_eq!(looked.still_unknown, unknown as u64);
    counted
}

/// Now and then, somebody else writes.
async fn wander(fixture: &Fixture, random: &mut Random, number: &PhoneNumber, foreign: &mut Vec<Foreign>) {
    fixture.pass(random.below(2) * random.below(4));
    if random.below(8) == 0 {
        write(fixture, random, number, foreign).await;
    }
}

/// The customer or a colleague writes.
async fn write(fixture: &Fixture, random: &mut Random, number: &PhoneNumber, foreign: &mut Vec<Foreign>) {
    if random.below(3) == 0 {
        fixture.colleague(number).await;
    } else {
        fixture.receive(number);
    }
    foreign.push(Foreign { number: number.clone(), at: fixture.clock.now() });
}
