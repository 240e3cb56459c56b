//! `zap_enqueue`, in the user's own transaction.

use std::time::Duration;

use zap_outbox::model::{Evidence, MessageState, Verdict};
use zap_outbox::postgres::enqueue;
use zap_outbox::zap_facade::PhoneNumber;
use zap_outbox::{Finish, LedgerError, NewMessage};

use super::Fixture;
use crate::contract::fixture::number;

fn receipt(order: &str) -> NewMessage {
    NewMessage::new(number(1)).with_param("pedido", order)
}

fn call(key: &str, number: &str) -> String {
    format!("SELECT * FROM zap_enqueue('EscalaZap', 'receipts', '{key}', '{number}', '{{\"pedido\": \"7\"}}')")
}

#[tokio::test]
async fn a_message_is_sent_if_and_only_if_the_transaction_commits() {
    let Some(fixture) = Fixture::new().await else { return };
    fixture.stream().await;
    let mut shop = fixture.client().await;
    shop.batch_execute("CREATE TABLE orders (id int PRIMARY KEY)").await.unwrap();

    let transaction = shop.transaction().await.unwrap();
    transaction.execute("INSERT INTO orders VALUES (1)", &[]).await.unwrap();
    assert!(enqueue(&transaction, "EscalaZap", "receipts", "order-1", &receipt("1")).await.unwrap().is_new);
    assert_eq!(fixture.begin().await, 0, "it has not committed");
    transaction.rollback().await.unwrap();
    assert_eq!(fixture.begin().await, 0, "the order was not placed");

    let transaction = shop.transaction().await.unwrap();
    transaction.execute("INSERT INTO orders VALUES (1)", &[]).await.unwrap();
    let enqueued = enqueue(&transaction, "EscalaZap", "receipts", "order-1", &receipt("1")).await.unwrap();
    transaction.commit().await.unwrap();
    let again = enqueue(&shop, "EscalaZap", "receipts", "order-1", &receipt("1")).await.unwrap();
    assert_eq!((again.message, again.is_new), (enqueued.message, false));
    let claims = fixture.ledger.begin(fixture.account, 10).await.unwrap().claims;
    assert_eq!((claims.len(), claims[0].message, &claims[0].number), (1, enqueued.message, &number(1)));
    assert_eq!(claims[0].params["pedido"], "1");
    assert_eq!(fixture.begin().await, 0);
    let taken = enqueue(&shop, "EscalaZap", "receipts", "order-1", &receipt("2")).await.unwrap_err();
    assert!(matches!(taken, LedgerError::KeyTaken(_)), "{taken}");
    let missing = enqueue(&shop, "EscalaZap", "reminders", "order-1", &receipt("1")).await.unwrap_err();
    assert_eq!(missing.to_string(), "there is no stream `reminders` of the account `EscalaZap` in this ledger");
    // The tables of the shop do not make it the ledger of another application.
    zap_outbox::Ledger::open(&fixture.url()).await.unwrap();
}

#[tokio::test]
async fn it_follows_the_rules_of_the_library() {
    let Some(fixture) = Fixture::new().await else { return };
    let stream = fixture.stream().await;
    let client = fixture.client().await;
    let later = "2099-01-02T03:04:05Z".parse().unwrap();
    let messages = [
        receipt("1"),
        receipt("2").with_zone("America/Sao_Paulo").with_not_before(later),
        receipt("3").with_expires_at(later),
        NewMessage::new(number(2)).with_param("PEDIDO", "4"),
    ];
    for (at, message) in messages.into_iter().enumerate() {
        let ours = fixture.ledger.enqueue(stream, format!("ours {at}"), message.clone()).await.unwrap();
        let theirs = enqueue(&client, "EscalaZap", "receipts", &format!("theirs {at}"), &message).await.unwrap();
        let ours = fixture.ledger.message(ours.message).await.unwrap();
        let mut theirs = fixture.ledger.message(theirs.message).await.unwrap();
        let apart = theirs.status.expires_at.duration_since(ours.status.expires_at);
        assert!(apart.as_secs() < 60, "{apart:?}");
        theirs.status.expires_at = ours.status.expires_at;
        (theirs.id, theirs.once_key) = (ours.id, ours.once_key.clone());
        assert!(ours == theirs, "{ours:?} {theirs:?}");
    }
}

#[tokio::test]
async fn a_mistake_is_an_error_that_says_what_to_do() {
    let Some(fixture) = Fixture::new().await else { return };
    let stream = fixture.stream().await;
    fixture.campaign().await;
    for (arguments, error) in [
        ("'EscalaZap', 'receipts', 'a', '11 98765-4321', '{\"pedido\": \"1\"}'", "write + and all digits"),
        ("'EscalaZap', 'receipts', 'a', '+5511900000001'", "there is no value for {pedido}"),
        ("'EscalaZap', 'receipts', 'a', '+5511900000001', '[1]'", "must be a JSON object of texts"),
        ("'EscalaZap', 'receipts', 'a', '+5511900000001', '{\"pedido\": null}'", "must be a JSON object of texts"),
        ("'EscalaZap', 'receipts', 'a', '+5511900000001', '{\"pedido\": 1}', 'Brasil/Nada'", "not recognized"),
        ("'EscalaZap', 'receipts', 'a', '+5511900000001', '{\"pedido\": 1}', 'BRT'", "must be UTC or a name"),
        (
            "'EscalaZap', 'receipts', 'a', '+5511900000001', '{\"pedido\": 1}', 'America/Sao_Paolo+3'",
            "must be UTC or a name",
        ),
        (
            "'EscalaZap', 'receipts', 'a', '+5511900000001', '{\"pedido\": 1}', 'UTC', 'infinity'",
            "between 1970 and 9999",
        ),
        ("'EscalaZap', 'receipts', NULL, '+5511900000001', '{\"pedido\": 1}'", "the key is null"),
        ("'EscalaZap', 'campaign', 'a', '+5511900000001'", "is a campaign and not a stream"),
        ("'WaziMe', 'receipts', 'a', '+5511900000001'", "there is no stream `receipts` of the account `WaziMe`"),
    ] {
        let refused = fixture.psql(&format!("SELECT * FROM zap_enqueue({arguments})")).unwrap_err();
        assert!(refused.contains(error), "{arguments}: {refused}");
    }
    fixture.ledger.cancel_campaign(stream, "Ana").await.unwrap();
    let refused = fixture.psql(&call("a", "+5511900000001")).unwrap_err();
    assert!(refused.contains("the stream `receipts` is cancelled"), "{refused}");
}

#[tokio::test]
async fn psql_alone_is_enough() {
    let Some(fixture) = Fixture::new().await else { return };
    fixture.stream().await;
    let first = fixture.psql(&call("order-7", "+5511900000001")).unwrap();
    assert_eq!(first, "1|t");
    assert_eq!(fixture.psql(&call("order-7", "+5511900000001")).unwrap(), "1|f");
    let taken = fixture.psql(&call("order-7", "+5511900000002")).unwrap_err();
    assert!(taken.contains("there is already another message with the key `order-7`"), "{taken}");
    // The schema need not be in the caller's search path.
    let qualified =
        call("order-8", "+5511900000002").replace("zap_enqueue", &format!("{}.zap_enqueue", fixture.schema));
    fixture.server.psql_as("outbox", &format!("SET search_path TO pg_catalog; {qualified}")).unwrap();
    assert_eq!(fixture.begin().await, 2);
}

#[tokio::test]
async fn a_recipient_in_another_spelling_gets_one_message_at_a_time() {
    let Some(fixture) = Fixture::new().await else { return };
    fixture.stream().await;
    let spellings =
        ["+5511980000012", "+551180000012", "+5215590000001", "+525590000001", "+34600000001", "+12015550123"];
    for (at, spelling) in spellings.into_iter().enumerate() {
        fixture.psql(&call(&format!("order-{at}"), spelling)).unwrap();
    }
    fixture.begin().await;
    let keys = fixture.psql("SELECT recipient_key FROM zap_message ORDER BY id").unwrap();
    let ours: Vec<_> = spellings.iter().map(|number| number.parse::<PhoneNumber>().unwrap().key()).collect();
    assert_eq!(keys.lines().collect::<Vec<_>>(), ours);
    let sending = fixture.psql("SELECT number FROM zap_message WHERE state = 'sending' ORDER BY id").unwrap();
    assert_eq!(sending.lines().collect::<Vec<_>>(), [spellings[0], spellings[2], spellings[4], spellings[5]]);
}

#[tokio::test]
async fn a_message_that_cannot_be_sent_stays_in_the_report_and_stops_nobody_else() {
    let Some(fixture) = Fixture::new().await else { return };
    let stream = fixture.stream().await;
    for (key, number) in [("order-1", "+5520900000001"), ("order-2", "+5511900"), ("order-3", "+5511900000003")] {
        fixture.psql(&call(key, number)).unwrap();
    }
    fixture.psql(&call("order-4", "+5511900000004")).unwrap();
    fixture.psql("UPDATE zap_message SET zone = 'America/Sao_Paolo+3' WHERE once_key = 'order-4'").unwrap();
    let ledger = &fixture.ledger;
    let mut report = Vec::new();
    let counts = ledger.report(stream, &mut report).await.unwrap();
    assert_eq!((counts[0].state, counts[0].messages), (MessageState::Ready, 4), "no worker has checked them");
    ledger.progress(stream).await.unwrap();
    assert_eq!(fixture.begin().await, 1);
    ledger.progress(stream).await.unwrap();
    let skipped = ledger.counts(stream).await.unwrap().into_iter().find(|count| count.state == MessageState::Skipped);
    assert_eq!(skipped.map(|count| (count.evidence, count.messages)), Some((Some(Evidence::Invalid), 3)));
    let mut report = Vec::new();
    ledger.report(stream, &mut report).await.unwrap();
    let report = String::from_utf8(report).unwrap();
    for (start, why) in [
        ("+5520900000001,skipped,invalid,0,", ",order-1,,the phone number is not possible"),
        ("+5511900,skipped,invalid,0,", ",order-2,,the phone number is"),
        ("+5511900000004,skipped,invalid,0,", ",order-4,,there is no time zone `America/Sao_Paolo+3`"),
    ] {
        assert!(report.lines().any(|line| line.starts_with(start) && line.contains(why)), "{start} {why}: {report}");
    }
    assert_eq!(fixture.psql(&call("order-1", "+5520900000001")).unwrap().split('|').nth(1), Some("f"));
    assert!(fixture.psql(&call("order-1", "+5511900000001")).unwrap_err().contains("already another message"));
}

#[tokio::test]
async fn a_message_that_cannot_be_sent_does_not_stop_the_sweep() {
    let Some(fixture) = Fixture::new().await else { return };
    let stream = fixture.stream().await;
    for (key, number) in [("order-1", "+5511900"), ("order-2", "+5511900000002")] {
        fixture.psql(&call(key, number)).unwrap();
    }
    fixture.ledger.cancel_campaign(stream, "Ana").await.unwrap();
    assert_eq!(fixture.ledger.sweep().await.unwrap().cancelled, 2);
    assert_eq!(fixture.begin().await, 0);
    let counts = fixture.ledger.counts(stream).await.unwrap();
    assert_eq!((counts.len(), counts[0].evidence, counts[0].messages), (1, Some(Evidence::Cancelled), 2));
    let message = fixture.ledger.message_keyed(stream, "order-1").await.unwrap().unwrap();
    assert_eq!(message.number.to_string(), "+5511900");
    // Nobody can write a number that cannot be read.
    let refused = fixture.psql("UPDATE zap_message SET number = '11900000001'").unwrap_err();
    assert!(refused.contains("zap_message_number"), "{refused}");
}

#[tokio::test]
async fn a_transaction_that_stays_open_blocks_no_worker() {
    let Some(fixture) = Fixture::new().await else { return };
    let campaign = fixture.campaign().await;
    let stream = fixture.stream().await;
    let mut shop = fixture.client().await;
    let open = shop.transaction().await.unwrap();
    enqueue(&open, "EscalaZap", "receipts", "order-1", &receipt("1")).await.unwrap();
    let ledger = fixture.ledger.clone();
    let account = fixture.account;
    let work = async move {
        let claims = ledger.begin(account, 10).await.unwrap().claims;
        assert_eq!(claims.len(), 3);
        let done = claims.iter().map(|claim| Finish::of(claim, Verdict::Done));
        ledger.finish(done.collect()).await.unwrap();
        ledger.sweep().await.unwrap();
        ledger.pause_campaign(campaign, "lunch", "Ana").await.unwrap();
        ledger.pause_campaign(stream, "lunch", "Ana").await.unwrap();
        ledger.resume_campaign(stream, "Ana").await.unwrap();
        ledger.enqueue(stream, "order-2", receipt("2")).await.unwrap();
    };
    // Shorter than the limit of a lock.
    tokio::time::timeout(Duration::from_secs(15), work).await.expect("nothing waits for the transaction");
    open.commit().await.unwrap();
    assert_eq!(fixture.begin().await, 1, "one of the two, because they have one recipient");
}

#[tokio::test]
async fn of_two_transactions_with_one_key_one_adds_the_message() {
    let Some(fixture) = Fixture::new().await else { return };
    fixture.stream().await;
    let (mut first, mut second) = (fixture.client().await, fixture.client().await);
    for rolls_back in [true, false] {
        let one = first.transaction().await.unwrap();
        let ours = enqueue(&one, "EscalaZap", "receipts", "order-1", &receipt("1")).await.unwrap();
        assert!(ours.is_new);
        let two = second.transaction().await.unwrap();
        let message = receipt("1");
        let theirs = enqueue(&two, "EscalaZap", "receipts", "order-1", &message);
        let end = async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            if rolls_back { one.rollback().await } else { one.commit().await }
        };
        let (theirs, ended) = tokio::join!(theirs, end);
        ended.unwrap();
        let theirs = theirs.unwrap();
        assert_eq!(theirs.is_new, rolls_back);
        assert!(rolls_back || theirs.message == ours.message);
        two.rollback().await.unwrap();
    }
    assert_eq!(fixture.begin().await, 1);
}

/// The code of the guide's blocks in a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let guide = include_str!("../../../docs/postgres.md");
    let blocks = guide.split("\n```").skip(1).step_by(2);
    blocks.filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n')).collect()
}

#[tokio::test]
async fn the_sql_of_the_guide_works_with_the_rights_that_it_grants() {
    let Some(fixture) = Fixture::new().await else { return };
    fixture.stream().await;
    let (schema, role) = (&fixture.schema, format!("shop_{}", fixture.schema));
    let here = |sql: &str| {
        sql.replace("SCHEMA zap", &format!("SCHEMA {schema}")).replace("zap.zap_", &format!("{schema}.zap_"))
    };
    let [_, grants, order] = blocks("sql")[..] else { panic!("the guide has other blocks") };
    fixture.server.psql(&format!("CREATE ROLE {role} LOGIN; CREATE SCHEMA {role} AUTHORIZATION {role}"));
    fixture.psql(&here(grants).replace("TO shop", &format!("TO {role}"))).unwrap();
    let shop = format!("SET search_path TO {role}; CREATE TABLE orders (id int PRIMARY KEY); ");
    let printed = fixture.server.psql_as(&role, &(shop + &here(order))).unwrap();
    assert_eq!(printed, "1|t");
    assert_eq!(fixture.begin().await, 1);
}
