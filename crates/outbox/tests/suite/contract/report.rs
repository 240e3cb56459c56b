//! Reports, and what a person does after reading one.

use std::collections::BTreeSet;
use std::io::Write;

use zap_outbox::model::{CampaignState, MessageState, Verdict};
use zap_outbox::recipients::Csv;
use zap_outbox::{Content, EventsOf, Finish, NewCampaign, NewMessage, ReportError};

use super::fixture::{Fixture, number};

const HEADER: &str = "number,state,evidence,attempt,settled_at,line,key,provider_id,error,note\r\n";

async fn report(fixture: &Fixture, campaign: zap_outbox::CampaignId) -> String {
    let mut file = Vec::new();
    let counts = fixture.ledger.report(campaign, &mut file).await.unwrap();
    assert_eq!(counts, fixture.ledger.counts(campaign).await.unwrap());
    String::from_utf8(file).unwrap()
}

pub(super) async fn a_report_says_of_each_message_what_happened(fixture: Fixture) {
    fixture.ledger.opt_out(fixture.account, &number(5), "a message").await.unwrap();
    let messages = (0..6).map(|at| NewMessage::new(number(at)).with_line(u64::from(at) + 2)).collect();
    let campaign = fixture.running(Fixture::plan("campaign"), messages).await;
    let claims = fixture.begin(4).await.claims;
    let results = [
        Finish::of(&claims[0], Verdict::Done).with_provider_id(Some("wamid.A=".to_owned())),
        Finish::of(&claims[1], Verdict::NotDone).with_error("refused:\n\"número\", inválido"),
        Finish::of(&claims[2], Verdict::Unknown).with_error("there was no answer in time"),
    ];
    fixture.ledger.finish(results.to_vec()).await.unwrap();
    fixture.pass(13 * 60);
    let seen = Some("-seen, on the phone".to_owned());
    fixture.ledger.settle(claims[2].message, true, false, "Ana", seen).await.unwrap();
    let expected = [
        HEADER,
        "+5511900000000,done,answer,1,2027-03-05T12:00:00Z,2,,wamid.A=,,\r\n",
        "+5511900000001,not_done,answer,1,2027-03-05T12:00:00Z,3,,,\"refused:\n\"\"número\"\", inválido\",\r\n",
        "+5511900000002,done,person,1,2027-03-05T12:13:00Z,4,,,there was no answer in time,\"'-seen, on the phone\"\r\n",
        "+5511900000003,sending,,1,,5,,,,\r\n",
        "+5511900000004,ready,,0,,6,,,,\r\n",
        "+5511900000005,skipped,opted_out,0,2027-03-05T12:00:00Z,7,,,,\r\n",
    ];
    assert_eq!(report(&fixture, campaign).await, expected.concat());
}

pub(super) async fn a_report_has_the_messages_of_its_campaign_in_many_pages(fixture: Fixture) {
    let other = fixture.campaign(10).await;
    let stream = NewCampaign::stream("receipts", Content::text("Olá!").unwrap());
    let stream = fixture.ledger.create_campaign(fixture.account, stream).await.unwrap().id;
    for at in 0..2_001 {
        fixture.ledger.enqueue(stream, format!("=order {at}"), NewMessage::new(number(at % 7))).await.unwrap();
    }
    let text = report(&fixture, stream).await;
    let keys: BTreeSet<_> = text.lines().skip(1).map(|line| line.split(',').nth(6).unwrap()).collect();
    assert_eq!((text.lines().count(), keys.len()), (2_002, 2_001));
    assert!(keys.contains("'=order 2000"), "a key is the text of somebody else");
    assert_eq!(report(&fixture, other).await.lines().count(), 11);
    let empty = fixture.ledger.create_campaign(fixture.account, Fixture::plan("empty")).await.unwrap().id;
    assert_eq!(report(&fixture, empty).await, HEADER);
}

/// Pages that were written, and whether each ended with a row.
#[derive(Default)]
struct Pages(Vec<bool>);

impl Write for Pages {
    fn write(&mut self, page: &[u8]) -> std::io::Result<usize> {
        self.0.push(page.ends_with(b"\r\n"));
        if self.0.len() > 1 { Err(std::io::ErrorKind::StorageFull.into()) } else { Ok(page.len()) }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

pub(super) async fn a_report_that_cannot_be_written_is_an_error(fixture: Fixture) {
    let stream = NewCampaign::stream("receipts", Content::text("Olá!").unwrap());
    let stream = fixture.ledger.create_campaign(fixture.account, stream).await.unwrap().id;
    for at in 0..1_001 {
        fixture.ledger.enqueue(stream, at.to_string(), NewMessage::new(number(1))).await.unwrap();
    }
    let mut pages = Pages::default();
    let error = fixture.ledger.report(stream, &mut pages).await.unwrap_err();
    assert!(matches!(&error, ReportError::Write(error) if error.kind() == std::io::ErrorKind::StorageFull), "{error}");
    assert_eq!(pages.0, [true, true]);
    let missing = fixture.ledger.report(zap_outbox::CampaignId(77), &mut pages).await.unwrap_err();
    assert_eq!(missing.to_string(), "there is no campaign 77 in this ledger");
}

pub(super) async fn a_report_can_be_read_as_a_list(fixture: Fixture) {
    let campaign = fixture.campaign(3).await;
    let text = report(&fixture, campaign).await;
    let list = Csv::from_reader("report.csv", std::io::Cursor::new(text)).check([]).unwrap();
    assert_eq!((list.rows, list.good), (3, 3));
}

pub(super) async fn what_is_not_done_is_sent_again_on_command(fixture: Fixture) {
    let soon = fixture.ledger.now().await.unwrap() + zap_outbox::jiff::SignedDuration::from_secs(60);
    let message = |at| match at {
        4 => NewMessage::new(number(at)).with_expires_at(soon),
        at => NewMessage::new(number(at)),
    };
    let campaign = fixture.running(Fixture::plan("campaign"), (0..5).map(message).collect()).await;
    let claims = fixture.begin(5).await.claims;
    fixture.finish(&claims[0], Verdict::Done).await;
    fixture.finish(&claims[1], Verdict::Unknown).await;
    for claim in &claims[2..] {
        fixture.finish(claim, Verdict::NotDone).await;
    }
    fixture.begin(1).await;
    assert_eq!(fixture.ledger.campaign(campaign).await.unwrap().state, CampaignState::Finished);
    fixture.pass(60);
    let note = Some("the contacts are there now".to_owned());
    let retried = fixture.ledger.retry_not_done(campaign, "Ana", note).await.unwrap();
    assert_eq!((retried.ready, retried.expired, retried.too_early), (2, 1, 0));
    assert_eq!(fixture.ledger.campaign(campaign).await.unwrap().state, CampaignState::Running);
    assert_eq!(fixture.states(campaign).await, "2 ready, 1 done (answer), 1 not_done (answer), 1 unknown (no_answer)");
    let events = fixture.ledger.events(EventsOf::Message(claims[2].message)).await.unwrap();
    let event = events.last().unwrap();
    assert_eq!((&*event.was, &*event.now, &*event.by), ("not_done", "ready", "Ana"));
    assert_eq!(event.note.as_deref(), Some("the contacts are there now"));
    let again = fixture.begin(5).await.claims;
    assert_eq!(
        again.iter().map(|claim| (claim.message, claim.attempt)).collect::<Vec<_>>(),
        [(claims[2].message, 2), (claims[3].message, 2)]
    );
    let nothing = fixture.ledger.retry_not_done(campaign, "Ana", None).await.unwrap();
    assert_eq!((nothing.ready, nothing.expired), (0, 1));
    fixture.finish(&again[0], Verdict::NotDone).await;
    fixture.ledger.cancel_campaign(campaign, "Ana").await.unwrap();
    let cancelled = fixture.ledger.retry_not_done(campaign, "Ana", None).await.unwrap_err();
    assert_eq!(cancelled.to_string(), "the campaign is cancelled");
    assert_eq!(fixture.state(again[0].message).await, MessageState::NotDone);
}

pub(super) async fn opt_outs_are_listed_in_pages(fixture: Fixture) {
    let other = fixture.ledger.open_account("WaziMe", None).await.unwrap();
    fixture.ledger.opt_out(other, &number(9), "a message").await.unwrap();
    let numbers: Vec<_> = (0..5).map(number).collect();
    assert_eq!(fixture.ledger.opt_out_all(fixture.account, &numbers[1..4], "list.csv").await.unwrap(), 3);
    fixture.pass(5);
    assert_eq!(fixture.ledger.opt_out_all(fixture.account, &numbers, "list.csv").await.unwrap(), 2);
    let first = fixture.ledger.opt_outs(fixture.account, "", 3).await.unwrap();
    let second = fixture.ledger.opt_outs(fixture.account, &*first[2].recipient_key, 3).await.unwrap();
    let all: Vec<_> = first.iter().chain(&second).map(|opt_out| opt_out.recipient_key.clone()).collect();
    assert_eq!(all, numbers.iter().map(zap_outbox::zap_facade::PhoneNumber::key).collect::<Vec<_>>());
    assert_eq!((first[1].source.as_str(), first[1].since), ("list.csv", super::fixture::start()));
    let names: Vec<_> = fixture.ledger.accounts().await.unwrap().into_iter().map(|account| account.name).collect();
    assert_eq!(names, ["EscalaZap", "WaziMe"]);
    assert_eq!(fixture.ledger.account_named("WaziMe").await.unwrap().id, other);
    let missing = fixture.ledger.account_named("ChatGuru").await.unwrap_err();
    assert_eq!(missing.to_string(), "there is no account `ChatGuru` in this ledger");
}
