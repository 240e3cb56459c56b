//! Chats that are added to a ChatGuru account: how the wait for them ends.

use std::time::Duration;

use serde_json::json;
use zap_facade::{
    ChatGuru, ContactReceipt, ContactState, Error, ErrorKind, Messenger, NewContact, Outcome, PhoneNumber, Unfinished,
};

use crate::support::{self, KEY, Reply, Server};

const A_MINUTE: Duration = Duration::from_secs(60);

fn maria() -> NewContact {
    NewContact::new("+5531955550123".parse().unwrap(), "Maria", "Souza")
}

fn chatguru(origin: &str) -> ChatGuru {
    ChatGuru::new(
        support::chatguru(origin)
            .retry(zap_facade::chatguru_client::Backoff::default().with_attempts(1))
            .build()
            .unwrap(),
    )
}

fn added() -> Reply {
    Reply::new(201, "application/json", r#"{"result":"success","chat_add_id":"5dd6","chat_add_status":"pending"}"#)
}

fn status(word: &str) -> Reply {
    described(word, &format!("key {KEY}"))
}

fn described(word: &str, description: &str) -> Reply {
    let answer = json!({"result": "success", "chat_add_status": word, "chat_add_status_description": description});
    Reply::json(&answer.to_string())
}

async fn ensure(
    replies: impl IntoIterator<Item = Reply>,
    deadline: Duration,
) -> (Server, Result<ContactReceipt, Error>) {
    let server = Server::sequence(replies).await;
    let ensured = chatguru(&server.origin).ensure_contact(&maria(), deadline).await;
    (server, ensured)
}

#[tokio::test]
async fn a_chat_is_waited_for() {
    let (server, ensured) = ensure([added(), status("pending"), status("fetched"), status("done")], A_MINUTE).await;
    let receipt = ensured.unwrap();
    assert_eq!((receipt.state, receipt.id.as_deref()), (ContactState::Saved, Some("5dd6")));
    assert_eq!(receipt.number, maria().number);
    assert_eq!(receipt.description.as_deref(), Some("key ***"), "the credentials are masked");
    let requests: Vec<_> = server.requests().into_iter().map(|raw| String::from_utf8(raw).unwrap()).collect();
    assert_eq!(requests.len(), 4);
    assert!(requests[0].contains("action=chat_add&") && requests[0].contains("&text=%20"), "{}", requests[0]);
    assert!(
        requests[3].contains("action=chat_add_status") && requests[3].contains("chat_add_id=5dd6"),
        "{}",
        requests[3]
    );
}

#[tokio::test]
async fn a_chat_that_could_not_be_added_is_a_refusal() {
    let (_server, ensured) = ensure([added(), status("error")], A_MINUTE).await;
    let error = ensured.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Refused, Outcome::NotDone));
    assert_eq!(error.description(), Some("key ***"), "and what the server says of it is scrubbed");
    assert!(Unfinished::of(&error).is_none());
}

#[tokio::test]
async fn callers_that_stop_waiting_can_ask_later() {
    let (server, ensured) = ensure([added(), status("pending")], Duration::from_millis(900)).await;
    let error = ensured.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::Unknown), "{error}");
    assert_eq!(Unfinished::of(&error).unwrap().id, "5dd6");
    assert!(error.to_string().contains("5dd6"), "{error}");
    let added =
        server.requests().iter().filter(|raw| String::from_utf8_lossy(raw).contains("action=chat_add&")).count();
    assert_eq!(added, 1, "it is added once");
}

#[tokio::test]
async fn a_chat_that_is_done_shortly_before_the_deadline_is_found() {
    // The calls are made at 0, 0.5 and 1.5 seconds. Another pause would last until 3.5 seconds.
    let replies = [added(), status("pending"), status("pending"), status("fetched"), status("done")];
    let (_server, ensured) = ensure(replies, Duration::from_secs(3)).await;
    assert_eq!(ensured.unwrap().state, ContactState::Saved);
}

#[tokio::test]
async fn an_id_that_quotes_the_key_is_not_shown() {
    let answer = json!({"result": "success", "chat_add_id": KEY, "chat_add_status": "pending"}).to_string();
    for after in [status("pending"), Reply::new(401, "text/html", "")] {
        let (_server, ensured) = ensure([Reply::json(&answer), after], Duration::from_millis(100)).await;
        let error = ensured.unwrap_err();
        let cause = std::error::Error::source(&error).unwrap();
        let shown = format!("{error} {error:?} {error:#?} {cause} {cause:?}");
        assert!(!shown.contains(KEY), "{shown}");
        assert_eq!(Unfinished::of(&error).unwrap().id, KEY, "as it came");
    }
}

#[tokio::test]
async fn a_status_that_cannot_be_read_leaves_the_chat_unknown() {
    // To read a status changes nothing; but it was a chat that was asked for.
    let page = Reply::new(401, "text/html", "<title>No</title>");
    let (_server, ensured) = ensure([added(), page], A_MINUTE).await;
    let error = ensured.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
    let unfinished = Unfinished::of(&error).unwrap();
    assert_eq!(unfinished.id, "5dd6");
    assert!(std::error::Error::source(unfinished).unwrap().to_string().contains("401"));
    // The chat itself was not taken: that is not done, and can be tried again.
    let (_server, ensured) = ensure([Reply::json(r#"{"result":"error","description":"Não"}"#)], A_MINUTE).await;
    assert_eq!(ensured.unwrap_err().outcome(), Outcome::NotDone);
    // Without an id there is nothing to ask with.
    let (_server, ensured) =
        ensure([Reply::json(r#"{"result":"success","chat_add_status":"pending"}"#)], A_MINUTE).await;
    assert_eq!(ensured.unwrap_err().outcome(), Outcome::Unknown);
}

#[tokio::test]
async fn every_known_status_except_two_ends_the_wait() {
    for (word, state) in [("done", ContactState::Saved), ("success", ContactState::Saved)] {
        let (_server, ensured) = ensure([added(), described(word, "Chat adicionado com sucesso!")], A_MINUTE).await;
        assert_eq!(ensured.unwrap().state, state, "{word}");
    }
    for word in ["error", "invalid"] {
        let (_server, ensured) = ensure([added(), described(word, "Número inválido.")], A_MINUTE).await;
        let error = ensured.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Refused, Outcome::NotDone), "{word}");
        assert_eq!(error.description(), Some("Número inválido."));
    }
    for word in ["pending", "fetched", "a new word", ""] {
        let replies = [added(), described(word, "Chat já existe")];
        let (_server, ensured) = ensure(replies, Duration::from_millis(400)).await;
        assert_eq!(ensured.unwrap_err().outcome(), Outcome::Unknown, "{word}");
    }
}

#[tokio::test]
async fn a_corrected_number_is_in_the_receipt() {
    let corrected: PhoneNumber = "+553155550123".parse().unwrap();
    for word in ["done", "success"] {
        let description = "Chat adicionado, número corrigido para 553155550123.";
        let (_server, ensured) = ensure([added(), described(word, description)], A_MINUTE).await;
        let receipt = ensured.unwrap();
        assert_eq!((receipt.state, &receipt.number), (ContactState::Saved, &corrected));
        assert_eq!(receipt.description.as_deref(), Some(description));
    }
    // The answer to adding a chat can say it as well.
    let body = json!({"result": "success", "chat_add_status": "done", "description": "corrigido para 553155550123"});
    let server = Server::sequence([Reply::json(&body.to_string())]).await;
    let receipt = chatguru(&server.origin).save_contact(&maria()).await.unwrap();
    assert_eq!((receipt.state, receipt.number), (ContactState::Saved, corrected));
}

#[tokio::test]
async fn a_number_that_cannot_be_read_is_not_guessed() {
    for description in ["corrigido para 12.", "corrigido para outro", "corrigido para 553155550123 ou 5531955550123"] {
        let (_server, ensured) = ensure([added(), described("done", description)], A_MINUTE).await;
        let receipt = ensured.unwrap();
        assert_eq!((receipt.number, receipt.description.as_deref()), (maria().number, Some(description)));
    }
}

#[tokio::test]
async fn a_chat_that_existed_before_is_already_there() {
    for word in ["done", "success", "error", "invalid"] {
        let (_server, ensured) = ensure([added(), described(word, "Chat já existe.")], A_MINUTE).await;
        assert_eq!(ensured.unwrap().state, ContactState::AlreadyThere, "{word}");
    }
    let refusal =
        || Reply::new(400, "application/json", r#"{"code":400,"result":"error","description":"Chat já existe"}"#);
    let (server, ensured) = ensure([refusal()], A_MINUTE).await;
    let receipt = ensured.unwrap();
    assert_eq!((receipt.state, receipt.id, receipt.number), (ContactState::AlreadyThere, None, maria().number));
    assert_eq!(receipt.description.as_deref(), Some("Chat já existe"));
    assert_eq!(server.requests().len(), 1);
    let server = Server::sequence([refusal()]).await;
    let saved = chatguru(&server.origin).save_contact(&maria()).await.unwrap();
    assert_eq!(saved.state, ContactState::AlreadyThere);
    // The same words in a page do not prove anything.
    let (_server, ensured) = ensure([Reply::new(500, "text/html", "<title>já existe</title>")], A_MINUTE).await;
    assert_eq!(ensured.unwrap_err().outcome(), Outcome::Unknown);
}
