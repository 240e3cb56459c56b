//! The last activity of a conversation, at a sandbox.

use std::time::Duration;

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
        assert_eq!(messenger.last_activity(&number("+351912000009")).await.unwrap(), None);
        receive(from.trim_start_matches('+'));
        let now = messenger.last_activity(&number(from)).await.unwrap();
        assert!(now > latest, "{from}: {now:?} {latest:?}");
        latest = now;
        sandbox.clock().advance(Duration::from_secs(2));
    }
    let first = messenger.last_activity(&number("+351912000001")).await.unwrap();
    assert!(first > messenger.last_activity(&number("+5511912000001")).await.unwrap());
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
    assert_eq!(messenger.last_activity(&number).await.unwrap(), None);
}
