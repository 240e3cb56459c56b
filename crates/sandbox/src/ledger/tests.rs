//! Tests of what the ledger keeps and removes.

use axum::http::Method;

use super::*;

/// The default share of a ledger.
const MAX_WEIGHT: usize = 64 * 1024 * 1024;

fn entry(at: u64) -> Entry {
    Entry {
        id: 0,
        at,
        provider: Provider::ChatGuru,
        operation: Some("message_send"),
        method: Method::POST,
        target: "/".to_owned(),
        headers: HeaderLines::default(),
        body: RecordedBody::Nothing,
        files: Vec::new(),
        status: 201,
        answer_headers: HeaderLines::default(),
        answer_body: Excerpt::default(),
        sent: Sent::Whole,
        success: true,
        deliveries: 0..0,
        fault: None,
        duration: Duration::ZERO,
    }
}

fn draft(text: String, due: Option<u64>, bytes: Option<Bytes>) -> Draft {
    let file = |bytes: Bytes| {
        let (name, media_type, sha256) = (String::new(), "image/png".to_owned(), String::new());
        let size = bytes.len() as u64;
        (DeliveredFile { name, media_type, size, sha256, kept: true }, Some(bytes))
    };
    Draft {
        account: String::new(),
        conversation: String::new(),
        to: String::new(),
        name: None,
        kind: DeliveryKind::Text,
        text: Some(text),
        file: bytes.map(file),
        url: None,
        location: None,
        template: None,
        due,
    }
}

#[test]
fn the_oldest_go() {
    let ledger = Ledger::new(Arc::new(Feed::new(MAX_WEIGHT)), MAX_WEIGHT, MAX_WEIGHT);
    for _ in 0..KEPT + 5 {
        ledger.record(entry(1000), vec![draft(String::new(), Some(9000), None)]);
    }
    let (calls, deliveries) = (ledger.calls(LedgerQuery::default()), ledger.deliveries(LedgerQuery::default()));
    assert_eq!((calls.rows.len(), calls.forgotten, calls.rows[0].id), (KEPT, 5, 6));
    assert_eq!((deliveries.rows.len(), deliveries.forgotten), (KEPT, 5));
    assert_eq!((ledger.total(), ledger.lock().waiting.len()), (10_005, KEPT));
    ledger.settle(9000);
    assert_eq!(ledger.next_due(), None);
}

#[test]
fn weight_counts_too() {
    let ledger = Ledger::new(Arc::new(Feed::new(MAX_WEIGHT)), MAX_WEIGHT, MAX_WEIGHT);
    let megabyte = Bytes::from(vec![0; 1024 * 1024]);
    for _ in 0..70 {
        ledger.record(entry(1000), vec![draft("x".repeat(1024), None, Some(megabyte.clone()))]);
    }
    let media = |ledger: &Ledger| ledger.lock().media.size();
    assert_eq!(media(&ledger), (64, MAX_WEIGHT));
    assert!(ledger.media(6).is_none() && ledger.media(7).is_some());
    for _ in 0..70 {
        ledger.record(entry(1000), vec![draft("x".repeat(1024 * 1024), None, None)]);
    }
    assert!(ledger.deliveries(LedgerQuery::default()).rows.len() < 70);
    assert_eq!(media(&ledger), (0, 0), "files go with their deliveries");
}

#[test]
fn a_delivery_is_scheduled_until_its_time() {
    let ledger = Ledger::new(Arc::new(Feed::new(MAX_WEIGHT)), MAX_WEIGHT, MAX_WEIGHT);
    ledger.record(entry(1000), vec![draft(String::new(), Some(1500), None), draft(String::new(), Some(900), None)]);
    let states = || ledger.deliveries(LedgerQuery::default()).rows.iter().map(|row| row.state).collect::<Vec<_>>();
    assert_eq!(states(), [DeliveryState::Scheduled, DeliveryState::Sent]);
    assert_eq!(ledger.next_due(), Some(1500));
    ledger.settle(1499);
    assert_eq!(states()[0], DeliveryState::Scheduled);
    ledger.settle(1500);
    assert_eq!(states()[0], DeliveryState::Sent);
}
