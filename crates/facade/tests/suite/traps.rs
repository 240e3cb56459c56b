//! The providers' traps, handled on request: contacts that must be there first, updates that erase.

use std::time::Duration;

use serde_json::{Value, json};
use zap_facade::contract::{Account, Profile};
use zap_facade::{
    ContactChanges, ContactState, ErrorKind, ExternalApi, Messenger, NewContact, Outcome, PhoneNumber, Provider,
    connect,
};
use zap_sandbox::Sandbox;

use crate::support::{self, Reply, Server};

const A_MINUTE: Duration = Duration::from_secs(60);

fn number(text: &str) -> PhoneNumber {
    text.parse().unwrap()
}

fn maria() -> NewContact {
    NewContact::new(number("+5511955550123"), "Maria", "Souza")
}

fn externalapi(origin: &str) -> ExternalApi {
    ExternalApi::new(support::externalapi(origin).build().unwrap())
}

fn validation(messages: &Value) -> Reply {
    Reply::json(&json!({"remark": "validation_error", "status": "error", "message": messages}).to_string())
}

#[tokio::test]
async fn a_contact_is_stored_unless_it_is_there() {
    for profile in [Profile::Observed, Profile::Documented] {
        let sandbox = Sandbox::builder().profile(profile).start().await.unwrap();
        let messenger = connect(Account::of(&sandbox, Provider::WaziMe).config()).unwrap();
        let first = messenger.ensure_contact(&maria(), A_MINUTE).await.unwrap();
        assert_eq!((first.state, first.id.is_some()), (ContactState::Saved, true));
        let again = messenger.ensure_contact(&maria(), A_MINUTE).await.unwrap();
        assert_eq!(again.state, ContactState::AlreadyThere);
        assert_eq!(sandbox.total_calls(), 2, "one call each, and no lookup");
        // Without a last name it is refused, which is not taken for being there.
        let nameless = NewContact::new(number("+5511955550124"), "Maria", "");
        let error = messenger.ensure_contact(&nameless, A_MINUTE).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::NotDone, "{error}");
    }
}

#[tokio::test]
async fn a_taken_number_is_known_in_every_language() {
    for text in ["The mobile has already been taken.", "O mobile já está em uso.", "mobile: इस्तेमाल में है"]
    {
        let server = Server::start(validation(&json!([text]))).await;
        let ensured = externalapi(&server.origin).ensure_contact(&maria(), A_MINUTE).await.unwrap();
        assert_eq!(ensured.state, ContactState::AlreadyThere, "{text}");
    }
    // A refusal that may have another reason is an error.
    for messages in [
        json!(["The mobile code field is required."]),
        json!(["The mobile has already been taken.", "The lastname field is required."]),
        json!(["Este número já existe."]),
        json!([]),
    ] {
        let server = Server::start(validation(&messages)).await;
        let error = externalapi(&server.origin).ensure_contact(&maria(), A_MINUTE).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Refused, Outcome::NotDone), "{messages}");
    }
    let limit = json!({"remark": "contact_limit_error", "status": "error", "message": ["mobile"]});
    let server = Server::start(Reply::json(&limit.to_string())).await;
    assert!(externalapi(&server.origin).ensure_contact(&maria(), A_MINUTE).await.is_err());
}

/// A list of contacts on one page.
fn contacts(contacts: &Value) -> Reply {
    Reply::json(&json!({"status": "success", "data": {"contacts": {"data": contacts, "last_page": 1}}}).to_string())
}

#[tokio::test]
async fn a_taken_number_whose_field_has_another_name_is_looked_up() {
    let translated = json!({"remark": "validation_error", "status": "error",
        "message": ["O campo celular já está sendo utilizado."]});
    let framework = json!({"message": "The given data was invalid.",
        "errors": {"mobile": ["O campo celular já está sendo utilizado."]}});
    let bag = json!({"remark": "validation_error", "status": "error", "message": {"error": ["Em uso", "celular"]}});
    let there = json!([{"id": 5, "mobile_code": "55", "mobile": "1"}, {"id": 7, "mobile_code": "+55", "mobile": "11955550123"}]);
    for (status, refusal) in [(200, translated), (422, framework), (200, bag)] {
        let refusal = Reply::new(status, "application/json", refusal.to_string());
        let ensure = async |list: Reply| {
            let server = Server::sequence([refusal.clone(), list]).await;
            // A deadline that cannot be represented as a time.
            let ensured = externalapi(&server.origin).ensure_contact(&maria(), Duration::MAX).await;
            assert_eq!(server.requests().len(), 2);
            ensured
        };
        let ensured = ensure(contacts(&there)).await.unwrap();
        assert_eq!((ensured.state, ensured.id.as_deref()), (ContactState::AlreadyThere, Some("7")));
        // If the number is not found, the call returns the refusal.
        for list in [contacts(&json!([])), contacts(&json!([there[0]])), Reply::new(403, "text/html", "")] {
            let error = ensure(list).await.unwrap_err();
            assert_eq!((error.operation(), error.outcome()), ("contact_store", Outcome::NotDone), "{error}");
            assert!(error.messages().iter().any(|text| text.contains("celular")), "{error}");
        }
    }
    // After a refusal for another reason, the number is not searched for.
    let server = Server::start(validation(&json!({"lastname": ["Obrigatório"]}))).await;
    assert!(externalapi(&server.origin).ensure_contact(&maria(), A_MINUTE).await.is_err());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_list_without_end_keeps_nobody() {
    let page = |contacts: &Value| {
        Reply::json(&json!({"status": "success", "data": {"contacts": {"data": contacts}}}).to_string())
    };
    let refusal = validation(&json!(["Este número já existe."]));
    let same = page(&json!([{"id": 1, "mobile": "1"}, {"mobile": "2"}]));
    let server = Server::start(same.clone()).await;
    let changes = zap_facade::ContactChanges::default();
    let error = externalapi(&server.origin).update_contact(&maria().number, &changes).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone), "{error}");
    assert!(
        error.to_string().contains("the server repeats its pages; none of the 2 contacts that were read"),
        "{error}"
    );
    assert!(server.requests().len() <= 3);

    let server = Server::sequence([refusal.clone(), same]).await;
    let error = externalapi(&server.origin).ensure_contact(&maria(), A_MINUTE).await.unwrap_err();
    assert_eq!((error.operation(), error.kind()), ("contact_store", ErrorKind::Refused), "{error}");
    assert!(error.to_string().contains("it is not known whether the number is already a contact"), "{error}");

    let fresh: Vec<_> = (0..1_200).map(|id| page(&json!([{"id": id, "mobile_code": "55", "mobile": "1"}]))).collect();
    let server = Server::sequence(fresh).await;
    let error = externalapi(&server.origin).update_contact(&maria().number, &changes).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone), "{error}");
    assert_eq!(server.requests().len(), 1_000);
    assert!(error.to_string().contains("too long"), "{error}");

    // A list that takes longer than there is time for.
    let server = Server::sequence([refusal, Reply::Hang(Vec::new())]).await;
    let error = externalapi(&server.origin).ensure_contact(&maria(), Duration::from_secs(2)).await.unwrap_err();
    assert!(error.kind() == ErrorKind::Refused && error.to_string().contains("longer than 2s"), "{error}");
}

#[tokio::test]
async fn an_update_keeps_the_rest_and_takes_one_from_the_limit() {
    let sandbox = Sandbox::start().await.unwrap();
    let account = Account::of(&sandbox, Provider::EscalaZap);
    let messenger = connect(account.config()).unwrap();
    let ana = number("+5511987654321");
    let changes = ContactChanges::default().with_city("Recife").with_post_code("");
    messenger.update_contact(&ana, &changes).await.unwrap();

    let client = messenger.externalapi().unwrap();
    let listed = client.contact_list().paginate(100).send().await.unwrap().into_inner().data.unwrap();
    let contacts = listed.contacts.unwrap().data.unwrap();
    let ana = contacts.into_iter().find(|contact| contact.id == Some(1)).unwrap();
    let address = ana.address.unwrap();
    assert_eq!((ana.firstname.as_deref(), ana.lastname.as_deref()), (Some("Ana"), Some("Lima")));
    assert_eq!((address.city.as_deref(), address.state.as_deref()), (Some("Recife"), Some("SP")));
    assert_eq!((address.post_code.as_deref(), address.address.as_deref()), (Some(""), Some("Praça da Sé, 100")));

    // Contact 4 has no name, and the server takes no update without.
    let nameless = number("+351912340004");
    let error = messenger.update_contact(&nameless, &changes).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone));
    assert!(error.to_string().contains("first name"), "{error}");
    let named = changes.with_first_name("Rui").with_last_name("Costa");
    messenger.update_contact(&nameless, &named).await.unwrap();
    let error = messenger.update_contact(&number("+5511955550188"), &named).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotDone));
    let updates = sandbox.calls().into_iter().filter(|call| call.operation == Some("contact_update")).count();
    assert_eq!(updates, 2, "what cannot be written is not sent");
}

fn page(number: i64, last: i64, contacts: &Value) -> Reply {
    let contacts = json!({"current_page": number, "last_page": last, "data": contacts});
    Reply::json(&json!({"status": "success", "data": {"contacts": contacts}}).to_string())
}

#[tokio::test]
async fn a_contact_is_looked_for_page_by_page_but_not_for_ever() {
    let other = json!([{"id": 1, "mobile_code": "55", "mobile": "11900000000"}]);
    let ours = json!([{"id": 7, "mobile_code": "+55", "mobile": "11955550123", "firstname": "M", "lastname": "S"}]);
    let server = Server::sequence([page(1, 3, &other), page(2, 3, &other), page(3, 3, &ours), Reply::success()]).await;
    let messenger = externalapi(&server.origin);
    messenger.update_contact(&maria().number, &ContactChanges::default().with_state("SP")).await.unwrap();
    let update = String::from_utf8(server.requests().pop().unwrap()).unwrap();
    assert!(update.starts_with("POST /external-api/contact/update/7 "), "{update}");
    assert!(update.contains("name=\"mobile_code\"\r\n\r\n+55\r\n"), "the number is written back as it is: {update}");

    // A list that says at each page that there are more.
    let server = Server::sequence((1..).map(|number| page(number, number + 1, &other)).take(50)).await;
    let error =
        externalapi(&server.origin).update_contact(&maria().number, &ContactChanges::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    assert!(server.requests().len() <= 5, "{}", server.requests().len());
}
