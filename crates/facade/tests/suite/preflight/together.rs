//! Several violations at once, and what stays when the rules are off.

use externalapi_client::{Client, File, types};
use zap_client_runtime::Constraint;
use zap_facade::{Error, ErrorKind, Outcome};

use crate::support::{self, Reply, Server};

const CONTENTS: &str = "cta_url_id interactive_list_id image document video audio latitude product created_order_data";

fn broken(error: &Error) -> Vec<(String, Constraint)> {
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone), "{error}");
    error.violations().iter().map(|one| (one.fields().join(" "), one.constraint())).collect()
}

fn expected(list: &[(&str, Constraint)]) -> Vec<(String, Constraint)> {
    list.iter().map(|(fields, rule)| ((*fields).to_owned(), *rule)).collect()
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once() {
    let server = Server::start(Reply::success()).await;
    let client = support::externalapi(&server.origin).build().unwrap();
    let wrong = |b: types::builder::SendMessageBody| {
        b.mobile("+55 segredo").latitude(0.0).image(File::from_bytes("segredo.gif", "GIF89a")).product("{segredo")
    };
    let list = expected(&[
        ("mobile_code", Constraint::Required),
        ("mobile", Constraint::Digits),
        ("product", Constraint::Json),
        ("latitude longitude", Constraint::AllOrNone),
        ("latitude", Constraint::NotZero),
        (CONTENTS, Constraint::AtMostOne),
        ("image", Constraint::FileTypes(&["jpg", "jpeg", "png"])),
    ]);
    let error = client.send_message().body_map(wrong).send().await.unwrap_err();
    assert_eq!(broken(&error), list);
    let text = error.to_string();
    assert!(error.violations().iter().all(|one| text.contains(&one.to_string())), "{text}");
    assert!(!format!("{error:?} {text}").contains("segredo"), "values are not quoted: {error:?}");
    assert_eq!(
        error.violations()[1].to_string(),
        "`mobile` must contain only the digits 0 to 9: The server refuses anything but digits (observed)"
    );

    // The same for a form that is passed whole, and for a dry run.
    let whole = client.send_message().body(wrong(types::SendMessageBody::builder())).send().await.unwrap_err();
    assert_eq!(broken(&whole), list);
    assert_eq!(broken(&client.send_message().body_map(wrong).dry_run().await.unwrap_err()), list);
    let nothing = client.contact_update().send().await.unwrap_err();
    let required = ["contact_id", "firstname", "lastname", "mobile_code", "mobile"];
    assert_eq!(broken(&nothing), expected(&required.map(|name| (name, Constraint::Required))));

    let client = support::chatguru(&server.origin).build().unwrap();
    let call = client.message_send().chat_number("+55").send_date("amanhã").text("ç".repeat(1000));
    let error = call.send().await.unwrap_err();
    let list = [
        ("chat_number", Constraint::Digits),
        ("send_date", Constraint::Minute),
        ("chat_number text send_date", Constraint::QueryLength(4096)),
    ];
    assert_eq!(broken(&error), expected(&list));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_value_of_the_wrong_type_is_among_them() {
    let server = Server::start(Reply::success()).await;
    let client = support::externalapi(&server.origin).build().unwrap();
    let error = client.contact_update().contact_id(u64::MAX).body_map(|b| b.mobile("1")).send().await.unwrap_err();
    assert_eq!(broken(&error)[0], ("contact_id".to_owned(), Constraint::Type), "{error}");
    assert_eq!(error.violations()[0].source(), None);
    assert_eq!(broken(&error).len(), 4, "and three are missing: {error}");
    let call = client.send_template_message();
    let error = call.body_map(|b| b.template_id(u64::MAX).mobile("1").mobile_code("1")).send().await.unwrap_err();
    assert_eq!(broken(&error), expected(&[("template_id", Constraint::Type)]));
    assert_eq!(server.connections(), 0);
}

/// An instance that differs takes what the rules refuse; what makes no request stays refused.
#[tokio::test]
async fn the_rules_can_be_turned_off() {
    let server = Server::start(Reply::success()).await;
    let client: Client = support::externalapi(&server.origin).preflight(false).build().unwrap();
    let send = |mobile: &'static str| client.send_message().body_map(move |b| b.mobile_code("").mobile(mobile)).send();
    send("+55 11").await.unwrap();
    assert_eq!(server.requests().len(), 1);

    let error = client.send_message().send().await.unwrap_err();
    let missing = [("mobile_code", Constraint::Required), ("mobile", Constraint::Required)];
    assert_eq!(broken(&error), expected(&missing));
    let error = client.contact_delete().contact_id(u64::MAX).send().await.unwrap_err();
    assert_eq!(broken(&error), expected(&[("contact_id", Constraint::Type)]));
    assert_eq!(server.connections(), 1);
}
