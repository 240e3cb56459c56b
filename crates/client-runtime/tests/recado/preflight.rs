//! Each rule of each operation is checked before a request is sent.

use std::collections::BTreeSet;

use zap_client_runtime::{Constraint, Error, ErrorKind, Outcome};

use crate::calls::Pending;
use crate::loopback::{Reply, Server};
use crate::types::{MessageButton, MessageOptions};
use crate::{Client, client, operations};

/// A call that is refused, as it is sent and as a dry run.
struct Refused {
    send: for<'c> fn(&'c Client) -> Pending<'c, ()>,
    dry_run: for<'c> fn(&'c Client) -> Pending<'c, ()>,
}

macro_rules! refused {
    (|$client:ident| { $($call:expr,)* }) => {
        vec![$(Refused {
            send: |$client| Box::pin(async move { $call.send().await.map(drop) }),
            dry_run: |$client| Box::pin(async move { $call.dry_run().await.map(drop) }),
        },)*]
    };
}

/// Calls that break all rules of all operations.
fn refused() -> Vec<Refused> {
    refused!(|client| {
        client.message_send(),
        client.message_send().x_session("").body_map(|body| body.text("").delay(-1)),
        client.message_send().x_session("longer than ten").x_priority(10)
            .x_request_key("a text that has more than sixty-four characters, as many as a key may have")
            .body_map(|body| {
                body.number("12a").text("a text of more than twenty characters").delay(61)
                    .options(MessageOptions::builder().presence("")).buttons([] as [MessageButton; 0])
                    .mentions(["1", "123456789012345"]).headers([] as [(&str, &str); 0])
            }),
        client.message_send().x_session("one").body_map(|body| {
            let button = |label: &str| MessageButton::builder().type_("reply").label(label);
            let options = MessageOptions::builder().presence("");
            body.number("1").text("x").options(options).buttons([button("Sim"), button("more than twenty characters")])
        }),
        client.message_get(),
        client.message_forward(),
        client.message_forward().id("a").to("+55"),
        client.message_delete(),
        client.messages_read(),
        client.media_upload(),
        client.media_upload().body_map(|body| body.caption("a caption of more than thirty characters")),
        client.media_get(),
        client.number_search(),
        client.number_search().body_map(|body| body.numbers(["123456789012345"])),
        client.contact_add(),
        client.contact_add().body_map(|body| body.name("0123456789").labels(["a"])),
        client.events_by_offset().limit(101),
        client.events_by_cursor().limit(101),
        client.events_by_link().limit(101),
        client.events_by_header().limit(101),
        client.session_code(),
        client.session_settings(),
        client.session_configure(),
    })
}

/// Returns the rules that a refused call breaks: the operation, the fields and the constraint.
fn broken(error: &Error) -> BTreeSet<(String, String, String)> {
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone), "{error}");
    let rule = |fields: &[String], constraint: Constraint| {
        // An error names the item that is wrong, here always the second, and a rule is about each.
        let fields = fields.join(",").replace("[1]", "[]");
        (error.operation().to_owned(), fields, format!("{constraint:?}"))
    };
    error.violations().iter().map(|one| rule(one.fields(), one.constraint())).collect()
}

#[tokio::test]
async fn each_rule_refuses_a_call_before_it_is_sent() {
    let server = Server::start(Reply::json("{}")).await;
    let client = client(&server);
    let mut all = BTreeSet::new();
    for call in refused() {
        let error = (call.send)(&client).await.unwrap_err();
        let dry_run = (call.dry_run)(&client).await.unwrap_err();
        assert_eq!(broken(&error), broken(&dry_run), "{error}");
        all.extend(broken(&error));
    }
    assert_eq!(server.connections(), 0);
    let rules = operations::ALL.iter().flat_map(|operation| operation.rules.iter().map(move |rule| (operation, rule)));
    let rules = rules
        .map(|(operation, rule)| (operation.id.to_owned(), rule.fields.join(","), format!("{:?}", rule.constraint)));
    assert_eq!(all, rules.collect(), "each rule is broken by a call, and nothing else is refused");
}
