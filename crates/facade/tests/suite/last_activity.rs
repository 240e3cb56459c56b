//! The last activity of a conversation, at a sandbox.

use std::time::{Duration, UNIX_EPOCH};

use zap_facade::contract::Account;
use zap_facade::{ErrorKind, ExternalApi, Messenger as _, PhoneNumber, Provider, connect};
use zap_sandbox::{IncomingMessage, Sandbox};

use crate::support::{self, Reply, Server};

#[tokio::test]
async fn the_last_activity_is_that_of_the_number_alone() {
    let sandbox = Sandbox::start().await.unwrap();
    let messenger = connect(Account::of(&sandbox, Provider::WapiFlow).config()).unwrap();
    let receive = |from: &str| {
        sandbox.receive(zap_sandbox::Provider::WapiFlow, IncomingMessage::text(from, "Oi").name("Ana")).unwrap();
    };
    let number = |text: &str| text.parse::<PhoneNumber>().unwrap();
    let mut latest = None;
    // A search for the digits of the first one finds the second one, too.
    for from in ["+351912000001", "+5511912000001", "+351912000001"] {
        assert_eq!(messenger.last_activity(&number("+351912000009")).await.unwrap().latest, None);
        receive(from.trim_start_matches('+'));
        let now = messenger.last_activity(&number(from)).await.unwrap().latest;
        assert!(now > latest, "{from}: {now:?} {latest:?}");
        latest = now;
        sandbox.clock().advance(Duration::from_secs(2));
    }
    let first = messenger.last_activity(&number("+351912000001")).await.unwrap().latest;
    assert!(first > messenger.last_activity(&number("+5511912000001")).await.unwrap().latest);
}

#[tokio::test]
async fn an_unreadable_time_is_an_error() {
    let row = |time: &str| {
        format!(
            r#"{{"status":"success","data":{{"conversation":{{"last_page":1,"data":[{{"id":1,"last_message_at":{time},
            "contact":{{"mobile_code":"+351","mobile":"912000001"}}}}]}}}}}}"#
        )
    };
    let server = Server::start(Reply::json(&row(r#""ontem""#))).await;
    let messenger = ExternalApi::new(support::externalapi(&server.origin).build().unwrap());
    let number = "+351912000001".parse().unwrap();
    let error = messenger.last_activity(&number).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer);
    assert!(error.to_string().contains("`last_message_at`"), "{error}");
    server.reply_with(Reply::json(&row("null")));
    assert_eq!(messenger.last_activity(&number).await.unwrap().latest, None);
}

#[tokio::test]
async fn the_providers_clock_and_the_age_of_the_conversation_are_reported() {
    let start = UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let clock = zap_sandbox::Clock::standing_at(start);
    let sandbox = Sandbox::builder().clock(clock.clone()).start().await.unwrap();
    let messenger = connect(Account::of(&sandbox, Provider::WapiFlow).config()).unwrap();
    let number: PhoneNumber = "+351912000001".parse().unwrap();
    let none = messenger.last_activity(&number).await.unwrap();
    assert_eq!((none.conversations, none.created, none.is_complete), (0, None, true));
    assert_eq!(none.provider_time, Some(start));
    sandbox.receive(zap_sandbox::Provider::WapiFlow, IncomingMessage::text("351912000001", "Oi").name("Ana")).unwrap();
    clock.advance(Duration::from_millis(60_900));
    messenger.send_text(&number, "Olá!").await.unwrap();
    let after = messenger.last_activity(&number).await.unwrap();
    let minute_later = Some(start + Duration::from_secs(60));
    assert_eq!((after.conversations, after.created, after.latest), (1, Some(start), minute_later));
    assert_eq!(after.provider_time, minute_later, "whole seconds");
    assert!(after.is_unread && after.is_complete);
}

#[tokio::test]
async fn a_list_that_does_not_end_is_not_complete() {
    // The same full page again and again, as from a server that ignores the page's number.
    let row = |id: usize| {
        format!(
            r#"{{"id":{id},"last_message_at":"2026-01-05T04:00:00.000000Z",
            "contact":{{"mobile_code":"351","mobile":"912000001"}}}}"#
        )
    };
    let rows: Vec<_> = (0..100).map(row).collect();
    let body =
        format!(r#"{{"status":"success","data":{{"conversation":{{"last_page":9,"data":[{}]}}}}}}"#, rows.join(","));
    let server = Server::start(Reply::json(&body)).await;
    let messenger = ExternalApi::new(support::externalapi(&server.origin).build().unwrap());
    let activity = messenger.last_activity(&"+351912000001".parse().unwrap()).await.unwrap();
    assert!(activity.latest.is_some() && !activity.is_complete, "{activity:?}");
}
