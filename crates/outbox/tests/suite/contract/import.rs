//! T1 and T8.

use zap_outbox::model::{CampaignRefusal, MessageState};
use zap_outbox::zap_facade::PhoneNumber;
use zap_outbox::{Campaign, Content, LedgerError, MessageId, NewCampaign, NewMessage};

use super::fixture::{Fixture, number, time};

pub(super) async fn a_recipient_is_imported_once_in_any_spelling(fixture: Fixture) {
    let Campaign { id, .. } = fixture.ledger.create_campaign(fixture.account, Fixture::plan("c")).await.unwrap();
    let with: PhoneNumber = "+55 11 98000-0012".parse().unwrap();
    let without: PhoneNumber = "+55 11 8000-0012".parse().unwrap();
    fixture.ledger.opt_out(fixture.account, &number(5), "a message").await.unwrap();
    let numbers = [without.clone(), with.clone(), number(1), number(5)];
    let messages = (2..).zip(numbers).map(|(line, number)| NewMessage::new(number).with_line(line)).collect();
    let imported = fixture.ledger.import_batch(id, messages).await.unwrap();
    assert_eq!((imported.added, imported.duplicates, imported.opted_out, imported.present), (2, 1, 1, 0));
    let first = &fixture.ledger.messages(id, MessageId(0), 10).await.unwrap()[0];
    assert_eq!((&first.number, first.line), (&without, Some(2)), "it is sent to the first spelling");
    assert_eq!(fixture.ledger.message_keyed(id, with.key()).await.unwrap().unwrap().id, first.id);
}

pub(super) async fn a_repeated_import_continues(fixture: Fixture) {
    let Campaign { id, .. } = fixture.ledger.create_campaign(fixture.account, Fixture::plan("c")).await.unwrap();
    fixture.ledger.opt_out(fixture.account, &number(0), "a message").await.unwrap();
    let list = |until: u32| {
        // The last line repeats the second recipient.
        let recipients = (0..until).chain([1]);
        (1..).zip(recipients).map(|(line, at)| NewMessage::new(number(at)).with_line(line)).collect::<Vec<_>>()
    };
    let half = list(6)[..4].to_vec();
    let imported = fixture.ledger.import_batch(id, half).await.unwrap();
    assert_eq!((imported.added, imported.opted_out), (3, 1));
    let imported = fixture.ledger.import_batch(id, list(6)).await.unwrap();
    let counts = (imported.added, imported.present, imported.duplicates, imported.opted_out);
    assert_eq!(counts, (2, 3, 1, 1));
    assert_eq!(fixture.ledger.messages(id, MessageId(0), 100).await.unwrap().len(), 6);
}

pub(super) async fn a_mistake_is_named_with_its_line_and_nothing_is_added(fixture: Fixture) {
    let mut plan = Fixture::plan("c");
    plan.content = Content::text("Olá {nome}!").unwrap();
    let Campaign { id, .. } = fixture.ledger.create_campaign(fixture.account, plan).await.unwrap();
    let good = NewMessage::new(number(1)).with_param("nome", "Ana").with_line(2);
    let nameless = NewMessage::new(number(2)).with_line(3);
    let error = fixture.ledger.import_batch(id, vec![good.clone(), nameless]).await.unwrap_err();
    assert_eq!(error.to_string(), "line 3: there is no value for the placeholder `{nome}`");
    let lost = good.clone().with_zone("America/Atlantis");
    let error = fixture.ledger.import_batch(id, vec![good.clone(), lost]).await.unwrap_err();
    assert_eq!(error.to_string(), "line 2: there is no time zone `America/Atlantis`");
    assert_eq!(fixture.ledger.messages(id, MessageId(0), 10).await.unwrap(), []);
    fixture.ledger.import_batch(id, vec![good]).await.unwrap();
    let message = &fixture.ledger.messages(id, MessageId(0), 10).await.unwrap()[0];
    assert_eq!(message.params["nome"], "Ana");
}

pub(super) async fn a_list_with_a_mistake_never_becomes_whole(fixture: Fixture) {
    let Campaign { id, .. } = fixture.ledger.create_campaign(fixture.account, Fixture::plan("c")).await.unwrap();
    let list = |zone: &str| {
        let zone = zone.to_owned();
        (0..3).map(move |at| NewMessage::new(number(at)).with_zone(if at == 1 { zone.clone() } else { "UTC".into() }))
    };
    let mut import = fixture.ledger.start_import(id);
    for message in list("Atlantis") {
        import.add(message).await.unwrap();
    }
    let error = import.finish().await.unwrap_err();
    assert_eq!(error.to_string(), "line 2: there is no time zone `Atlantis`");
    assert!(fixture.ledger.start_campaign(id, 0, "Ana").await.is_err());
    let imported = fixture.ledger.import(id, list("Europe/Lisbon")).await.unwrap();
    assert_eq!(imported.added, 3);
    fixture.ledger.start_campaign(id, 3, "Ana").await.unwrap();
}

pub(super) async fn a_started_campaign_takes_no_more_messages(fixture: Fixture) {
    let campaign = fixture.campaign(1).await;
    let error = fixture.ledger.import_batch(campaign, vec![NewMessage::new(number(9))]).await.unwrap_err();
    assert_eq!(error.to_string(), "the campaign is already running");
    let error = fixture.ledger.enqueue(campaign, "key", NewMessage::new(number(9))).await.unwrap_err();
    assert!(matches!(error, LedgerError::Campaign(_)), "{error}");
}

pub(super) async fn a_key_enqueues_one_message(fixture: Fixture) {
    let plan = NewCampaign::stream("receipts", Content::text("Pedido {pedido}").unwrap());
    let Campaign { id, .. } = fixture.ledger.create_campaign(fixture.account, plan).await.unwrap();
    let receipt = |order: &str| NewMessage::new(number(1)).with_param("pedido", order);
    let first = fixture.ledger.enqueue(id, "order-1", receipt("1")).await.unwrap();
    let again = fixture.ledger.enqueue(id, "order-1", receipt("1")).await.unwrap();
    assert!(first.is_new && !again.is_new && first.message == again.message);
    let taken = fixture.ledger.enqueue(id, "order-1", receipt("2")).await.unwrap_err();
    assert!(matches!(&taken, LedgerError::KeyTaken(key) if key == "order-1"), "{taken}");
    let expires_at = fixture.ledger.message(first.message).await.unwrap().status.expires_at;
    assert_eq!(expires_at, time("2027-03-06T12:00Z"), "a day later");
    // The same recipient may get several.
    let expiring = receipt("2").with_expires_at(time("2027-03-05T12:01Z"));
    let second = fixture.ledger.enqueue(id, "order-2", expiring).await.unwrap();
    let claim = fixture.one().await;
    assert_eq!((claim.message, &*claim.params["pedido"]), (first.message, "1"));
    fixture.pass(60);
    fixture.begin(5).await;
    assert_eq!(fixture.state(second.message).await, MessageState::Ready, "the first one is being sent");
    fixture.finish(&claim, zap_outbox::model::Verdict::Done).await;
    fixture.begin(5).await;
    assert_eq!(fixture.state(second.message).await, MessageState::Skipped, "it has expired");
}

pub(super) async fn a_list_that_is_extended_is_whole_only_when_the_import_ends(fixture: Fixture) {
    let campaign = fixture.ledger.create_campaign(fixture.account, Fixture::plan("campaign")).await.unwrap().id;
    let messages =
        |to: u32| (0..to).map(|at| NewMessage::new(number(at)).with_line(u64::from(at) + 2)).collect::<Vec<_>>();
    fixture.ledger.import(campaign, messages(2)).await.unwrap();
    // The same list adds nothing.
    fixture.ledger.import_batch(campaign, messages(2)).await.unwrap();
    assert!(fixture.ledger.campaign(campaign).await.unwrap().is_whole);
    fixture.ledger.import_batch(campaign, messages(3)).await.unwrap();
    let refused = fixture.ledger.start_campaign(campaign, 3, "Ana").await.unwrap_err();
    assert!(matches!(refused, LedgerError::Campaign(CampaignRefusal::Incomplete)), "{refused}");
    fixture.ledger.import(campaign, messages(3)).await.unwrap();
    fixture.ledger.start_campaign(campaign, 3, "Ana").await.unwrap();
}
