//! What an error says by its methods, so that programs need not read its text.

use std::net::IpAddr;
use std::time::Duration;

use externalapi_client::{
    Backoff, Client, Credentials, Error, ErrorKind, File, Outcome, Phase, Provider, RateLimit, RefusalReason, Timeouts,
};

use crate::loopback::{self, Reply, Server};
use crate::support;

async fn send(reply: Reply) -> Error {
    let server = Server::start(reply).await;
    let client = support::client(&server.origin).build().unwrap();
    let call = client.send_message().body_map(|b| b.mobile_code("55").mobile("11987654321").message("x"));
    call.send().await.unwrap_err()
}

#[tokio::test]
async fn refused_credentials_and_refused_addresses() {
    let body = |text: &str| format!(r#"{{"remark":"Unauthorized","status":"error","message":["{text}"]}}"#);
    let error = send(Reply::new(401, "application/json", body("Invalid credentials"))).await;
    assert!(error.is_unauthorized() && error.refused_address().is_none(), "{error}");
    for (shown, address) in [("203.0.113.9", "203.0.113.9"), ("::1", "::1"), ("2001:db8::7", "2001:db8::7")] {
        let text = format!("please add your IP address ({shown}) to the white list. Dead: beef.");
        let error = send(Reply::new(401, "application/json", body(&text))).await;
        assert_eq!(error.refused_address(), Some(address.parse::<IpAddr>().unwrap()), "{error}");
    }
    for (text, address) in [
        ("not 198.51.100.1, but (203.0.113.9)", Some("203.0.113.9")),
        ("from 203.0.113.9: no.", Some("203.0.113.9")),
        ("Illuminate\\\\Cache::get failed", None),
        ("Class dba::x, abc::", None),
        ("(none) 203.0.113.9x a1.2.3.4", None),
    ] {
        let error = send(Reply::new(401, "application/json", body(text))).await;
        assert_eq!(error.refused_address(), address.map(|address| address.parse().unwrap()), "{error}");
    }
    // The id is a part of the address, and is masked in the text.
    let text = body("your IP address (203.0.113.9)");
    let server = Server::start(Reply::new(401, "application/json", text)).await;
    let credentials = Credentials::new("203", "203.0.");
    let client = Client::builder(Provider::EscalaZap, credentials);
    let client = client.base_url(&*server.origin).build().unwrap();
    let error = client.contact_list().send().await.unwrap_err();
    assert_eq!(error.description(), Some("your IP address (***113.9)"));
    assert_eq!(error.refused_address(), Some("203.0.113.9".parse().unwrap()));

    let error = send(Reply::json(&body("from 203.0.113.9"))).await;
    assert!(!error.is_unauthorized() && error.refused_address().is_none(), "only a 401 speaks of addresses");
}

#[tokio::test]
async fn refusals_say_what_they_are_about() {
    let refused = async |remark: &str, texts: &[&str]| {
        let body = serde_json::json!({"remark": remark, "status": "error", "message": texts});
        send(Reply::json(&body.to_string())).await
    };
    for (remark, reason) in [
        ("validation_error", Some(RefusalReason::Validation)),
        ("not_found", Some(RefusalReason::NotFound)),
        ("unknown_contact", Some(RefusalReason::NotFound)),
        ("contact_error", Some(RefusalReason::Conflict)),
        ("contact_limit_error", Some(RefusalReason::Limit)),
        ("subscription_required", Some(RefusalReason::Plan)),
        ("exception", None),
        ("new", None),
    ] {
        let error = refused(remark, &["Não."]).await;
        assert_eq!((error.reason(), error.refused_fields()), (reason, &[][..]), "{remark}");
        assert_eq!(error.is_not_found(), reason == Some(RefusalReason::NotFound));
    }
    // The names stay the same in every language; of `mobile code` and `mobile` the longer is meant.
    let texts = ["O campo mobile code é obrigatório.", "The cta url id field must be an integer.", "latitudes"];
    assert_eq!(refused("validation_error", &texts).await.refused_fields(), ["mobile_code", "cta_url_id"]);
    let both = ["mobile é obrigatório, mobile_code também"];
    assert_eq!(refused("validation_error", &both).await.refused_fields(), ["mobile_code", "mobile"]);
    assert!(refused("not_found", &texts).await.refused_fields().is_empty());
}

/// Laravel's message bags: texts under the names of fields.
#[tokio::test]
async fn refused_fields_are_the_names_that_texts_stand_under() {
    let refused = async |message: serde_json::Value| {
        let body = serde_json::json!({"remark": "validation_error", "status": "error", "message": message});
        let error = send(Reply::json(&body.to_string())).await;
        assert_eq!((error.outcome(), error.reason()), (Outcome::NotDone, Some(RefusalReason::Validation)), "{error}");
        let texts = error.messages().to_vec();
        (error.refused_fields().to_vec(), texts)
    };
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    for (message, fields, said) in [
        (serde_json::json!({"error": ["Campo obrigatório"]}), &[][..], &["Campo obrigatório"][..]),
        (serde_json::json!({"mobile": ["Campo obrigatório"]}), &["mobile"], &["Campo obrigatório"]),
        (
            serde_json::json!({"mobile": "Não.", "image": ["Não.", "Grande."]}),
            &["mobile", "image"],
            &["Não.", "Grande."],
        ),
        (serde_json::json!({"error": {"mobile_code": ["Não."]}}), &["mobile_code"], &["Não."]),
        (
            serde_json::json!([{"latitude": ["Não."]}, "O campo mobile."]),
            &["mobile", "latitude"],
            &["Não.", "O campo mobile."],
        ),
        (serde_json::json!({"latitude.0": ["Não."]}), &["latitude"], &["Não."]),
        (serde_json::json!({"success": [], "unknown": [[["a"]]], "0": {"b": 1}}), &[], &["a"]),
        (serde_json::json!({"message": ["Não."]}), &["message"], &["Não."]),
    ] {
        assert_eq!(refused(message.clone()).await, (fields.to_vec(), texts(said)), "{message}");
    }
    // However deep and large, it is read in time and kept short.
    let deep = format!("{}\"a\"{}", "[".repeat(100_000), "]".repeat(100_000));
    let error =
        send(Reply::json(&format!(r#"{{"status":"error","remark":"validation_error","message":{deep}}}"#))).await;
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Refused, Outcome::NotDone));
    let many = refused(serde_json::json!({"mobile": (0..1000).map(|n| n.to_string()).collect::<Vec<_>>()})).await;
    assert_eq!((many.0, many.1.len()), (vec!["mobile"], 20));
}

/// Laravel answers these refusals without the API's envelope (fact E25).
#[tokio::test]
async fn the_frameworks_own_refusal_of_values_is_one() {
    let body = r#"{"message":"The given data was invalid.","errors":{"mobile":["O campo celular é obrigatório."]}}"#;
    let error = send(Reply::new(422, "application/json", body)).await;
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Refused, Outcome::NotDone), "{error}");
    assert_eq!((error.reason(), error.refused_fields()), (Some(RefusalReason::Validation), &["mobile"][..]));
    assert_eq!(error.messages(), ["The given data was invalid.", "O campo celular é obrigatório."]);
    assert_eq!(error.remark(), None);
    // A newer version repeats the first text.
    let body = r#"{"message":"Não.","errors":{"mobile":["Não."],"mobile_code":["Não."]}}"#;
    let error = send(Reply::new(422, "application/json", body)).await;
    assert_eq!((error.refused_fields(), error.messages()), (&["mobile_code", "mobile"][..], &["Não.".to_owned()][..]));
    // It proves nothing in another shape, with another status or beside an unknown verdict.
    for (status, body) in [
        (200, body),
        (400, body),
        (500, body),
        (422, r#"{"message":"Não.","errors":{}}"#),
        (422, r#"{"message":"Não.","errors":["mobile"]}"#),
        (422, r#"{"message":"Não."}"#),
        (422, r#"{"status":"queued","errors":{"mobile":["Não."]}}"#),
        (422, r#"{"status":null,"errors":{"mobile":["Não."]}}"#),
        (422, r#"[{"errors":{"mobile":["Não."]}}]"#),
    ] {
        let error = send(Reply::new(status, "application/json", body)).await;
        let found = (error.kind(), error.outcome(), error.reason());
        assert_eq!(found, (ErrorKind::UnexpectedAnswer, Outcome::Unknown, None), "{status} {body}");
    }
    let success = r#"{"status":"success","errors":{"mobile":["Não."]}}"#;
    let server = Server::start(Reply::new(422, "application/json", success)).await;
    support::client(&server.origin).build().unwrap().contact_list().send().await.unwrap();
}

/// An error of PHP itself (fact E26): it may have come at any time.
#[tokio::test]
async fn a_server_error_says_nothing_of_the_outcome() {
    let error = send(Reply::new(500, "application/json", r#"{"message": "Server Error"}"#)).await;
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::UnexpectedAnswer, Outcome::Unknown));
    assert!(error.messages() == ["Server Error"] && error.is_provider_down(), "{error}");
}

#[tokio::test]
async fn rate_limits_say_for_how_long() {
    let error = send(Reply::head(429, "retry-after: 17\r\n")).await;
    assert!(error.is_rate_limited());
    assert_eq!((error.retry_after(), error.outcome()), (Some(Duration::from_secs(17)), Outcome::NotDone));
    let error = send(Reply::head(503, "retry-after: Fri, 31 Dec 2100 23:59:59 GMT\r\n")).await;
    assert!(error.retry_after().unwrap() > Duration::from_secs(86_400) && !error.is_rate_limited());
    let error = send(Reply::head(429, "retry-after: Fri, 31 Dec 1999 23:59:59 GMT\r\n")).await;
    assert_eq!(error.retry_after(), Some(Duration::ZERO));
    let error = send(Reply::head(429, "retry-after: 99999999999999999999\r\n")).await;
    assert_eq!(error.retry_after(), Some(Duration::from_secs(u64::MAX)));
    for nonsense in ["soon", "-1", "+1", ""] {
        assert_eq!(send(Reply::head(429, &format!("retry-after: {nonsense}\r\n"))).await.retry_after(), None);
    }
}

#[tokio::test]
async fn pages_have_titles() {
    let page = "<!DOCTYPE html>\n<HTML><head><TITLE lang=en>\n  502   Bad Gateway — canary-client-secret </TITLE>";
    let error = send(Reply::new(502, "text/html", page)).await;
    assert_eq!(error.page_title(), Some("502 Bad Gateway — ***"));
    assert!(error.is_provider_down() && error.to_string().contains("`502 Bad Gateway — ***`"), "{error}");
    assert!(send(Reply::head(302, "location: /maintenance-mode\r\n")).await.is_provider_down());
    let error = send(Reply::new(404, "text/html", "<title>")).await;
    assert!(error.is_wrong_base_url() && error.page_title().is_none() && !error.is_provider_down());
    let error = send(Reply::new(404, "application/json", r#"{"message":"The route … could not be found."}"#)).await;
    assert!(error.is_wrong_base_url());
    assert_eq!(error.description(), Some("The route … could not be found."));
    assert!(send(Reply::new(413, "text/html", "")).await.is_too_large());
}

#[tokio::test]
async fn a_404_is_a_wrong_base_url_whatever_its_remark() {
    // As recorded of an unknown route (fact E7).
    let body = r#"{"remark":"not_found","status":"error","message":["The route external-api/contact/nope could not be found."]}"#;
    let error = send(Reply::new(404, "application/json", body)).await;
    assert_eq!((error.kind(), error.outcome(), error.reason()), (ErrorKind::Refused, Outcome::NotDone, None));
    assert!(error.is_wrong_base_url() && !error.is_not_found(), "{error}");
    assert!(error.to_string().contains("is the base URL right"), "{error}");
    let error = send(Reply::json(body)).await;
    assert!(error.is_not_found() && !error.is_wrong_base_url(), "{error}");
}

#[tokio::test]
async fn a_provider_is_down_even_if_its_page_does_not_arrive() {
    let cut = b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 9\r\n\r\n<html>".to_vec();
    let error = send(Reply::Bytes(cut)).await;
    assert!(error.kind() == ErrorKind::Interrupted && error.is_provider_down(), "{error}");
    let server = Server::start(Reply::new(503, "text/html", "x".repeat(200))).await;
    let client = support::client(&server.origin).max_answer_bytes(100);
    let client = client.retry(Backoff::default().with_attempts(1)).build().unwrap();
    let error = client.contact_list().send().await.unwrap_err();
    assert!(error.kind() == ErrorKind::AnswerTooLarge && error.is_provider_down(), "{error}");
    let refused = Reply::new(500, "application/json", r#"{"remark":"exception","status":"error"}"#);
    assert!(!send(refused).await.is_provider_down());
}

#[tokio::test]
async fn a_timeout_says_which_part_took_too_long() {
    // Connecting must be within it on a busy machine, too; what is waited for never comes.
    let limit = Duration::from_secs(2);
    let timeouts = Timeouts::default().with_read(limit);
    let hang = |bytes: &str| Server::start(Reply::Hang(bytes.into()));
    let message = |server: &Server, timeouts| {
        let client = support::client(&server.origin).timeouts(timeouts).build().unwrap();
        async move {
            let call = client.send_message().body_map(|b| b.mobile_code("55").mobile("1").message("x"));
            call.send().await.unwrap_err()
        }
    };
    let silent = hang("").await;
    let error = message(&silent, timeouts).await;
    assert_eq!((error.kind(), error.timeout_phase()), (ErrorKind::Timeout, Some(Phase::Answer)), "{error}");
    let half = hang("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{").await;
    assert_eq!(message(&half, timeouts).await.timeout_phase(), Some(Phase::Body));
    let total = Timeouts::default().with_total(limit);
    assert_eq!(message(&silent, total).await.timeout_phase(), Some(Phase::Total));

    // This listener never reads, so the network soon accepts no more bytes.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let client = support::client(&origin).timeouts(timeouts).build().unwrap();
    let file = File::from_bytes("a.pdf", vec![0; 32 * 1024 * 1024]);
    let call = client.send_message().body_map(|b| b.mobile_code("55").mobile("1").document(file));
    let error = call.send().await.unwrap_err();
    assert_eq!((error.timeout_phase(), error.outcome()), (Some(Phase::Upload), Outcome::Unknown), "{error}");
}

#[tokio::test]
async fn a_rate_limit_spreads_the_calls_of_all_clients_of_an_account() {
    let server = Server::start(Reply::success()).await;
    let limit = RateLimit::new(1, Duration::from_millis(100));
    let clients = [(); 2].map(|()| support::client(&server.origin).rate_limit(limit.clone()).build().unwrap());
    let start = std::time::Instant::now();
    for client in clients.iter().cycle().take(6) {
        client.contact_list().send().await.unwrap();
    }
    assert!(start.elapsed() >= Duration::from_millis(490), "{:?}", start.elapsed());
}

/// As `main` prints it that returns the error.
#[tokio::test]
async fn debug_is_a_readable_line() {
    let error =
        send(Reply::json(r#"{"remark":"validation_error","status":"error","message":["mobile: inválido"]}"#)).await;
    assert_eq!(
        format!("{error:?}"),
        "EscalaZap send_message: refused by the provider: validation_error: mobile: inválido (HTTP 200, not done) \
         [Refused, reason Validation, refused mobile, a body of 78 bytes]"
    );
    let closed = loopback::ClosedPort::new();
    let client = support::client(&closed.origin).retry(Backoff::default().with_attempts(2));
    let error = client.build().unwrap().contact_list().send().await.unwrap_err();
    let address = closed.origin.trim_start_matches("http://");
    let (line, lines) = (format!("{error:?}"), format!("{error:#?}"));
    assert!(
        line.starts_with(&format!("EscalaZap contact_list: no connection: `{address}` refused the connection")),
        "{line}"
    );
    assert!(line.contains("(not done) [Connect, Refused, 2 attempts]; caused by: "), "{line}");
    assert!(!line.contains("None") && !line.contains('\n'), "{line}");
    assert!(lines.ends_with(&format!("\n  caused by: {}", line.rsplit("caused by: ").next().unwrap())), "{lines}");
}

/// A fake of a provider can fail as one does.
#[test]
fn an_error_can_be_made_like_a_clients() {
    let error = Error::new(ErrorKind::UnexpectedAnswer, Outcome::NotDone, "EscalaZap", "send_message")
        .with_status(externalapi_client::reqwest::StatusCode::TOO_MANY_REQUESTS)
        .with_retry_after(Duration::from_millis(1500));
    assert!(error.is_rate_limited() && error.is_transient());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(2)), "never shorter than asked for");
    let error = Error::new(ErrorKind::Refused, Outcome::NotDone, "EscalaZap", "send_message")
        .with_remark("validation_error")
        .with_messages(["mobile: inválido"])
        .with_reason(RefusalReason::Validation)
        .with_refused_fields(["mobile"]);
    assert!(!error.is_transient());
    assert_eq!((error.remark(), error.description()), (Some("validation_error"), Some("mobile: inválido")));
    assert_eq!((error.reason(), error.refused_fields()), (Some(RefusalReason::Validation), &["mobile"][..]));
    let error = Error::new(ErrorKind::Timeout, Outcome::Unknown, "EscalaZap", "send_message");
    assert_eq!(error.with_timeout_phase(Phase::Answer).timeout_phase(), Some(Phase::Answer));
}

/// The caller changes the HTTP client, so its error may contain any text.
#[test]
fn why_an_http_client_cannot_be_built_is_reported_without_credentials() {
    let credentials = Credentials::new("canary-id", "failed to parse header value");
    let builder = Client::builder(Provider::EscalaZap, credentials)
        .base_url("http://127.0.0.1:1")
        .configure_reqwest(|builder| builder.user_agent("a\nb"));
    let error = builder.build().unwrap_err();
    let mut shown = format!("{error} {error:?}");
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        shown = format!("{shown} {cause} {cause:?}");
        source = cause.source();
    }
    assert!(shown.contains("cannot be built: ***") && !shown.contains("header value"), "{shown}");
}
