//! Faults of posts.

use std::time::{Duration, UNIX_EPOCH};

use serde_json::json;
use zap_sandbox::{Clock, Fault, IncomingMessage, PostState, Provider, Sandbox};

use super::{ANA, BIA, Behaviour, Receiver, all_posted, posting_to, start};
use crate::http::Request;

fn receive(sandbox: &Sandbox, from: &str, text: &str) -> u64 {
    sandbox.receive(Provider::ChatGuru, IncomingMessage::text(from, text)).unwrap().id
}

#[tokio::test]
async fn a_late_post_waits_for_the_clock_and_holds_up_no_other() {
    let receiver = Receiver::start(Behaviour::status(200)).await;
    let clock = Clock::standing_at(UNIX_EPOCH + Duration::from_secs(1_800_000_000));
    let sandbox = start(Sandbox::builder().webhook_url(receiver.url()).clock(clock)).await;
    let fault = sandbox.faults().add(Fault::late_post(Duration::from_secs(3600))).unwrap();
    let late = receive(&sandbox, ANA, "late");
    let next = receive(&sandbox, ANA, "next");
    assert_eq!(sandbox.posted(next).await.unwrap().post_state, PostState::Posted);
    sandbox.clock().advance(Duration::from_secs(3599));
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(receiver.texts(), ["next"]);
    sandbox.clock().advance(Duration::from_secs(1));
    let posted = sandbox.posted(late).await.unwrap();
    assert_eq!((posted.post_state, posted.fault), (PostState::Posted, Some(fault)));
    assert_eq!(posted.posts[0].at.duration_since(posted.at).unwrap(), Duration::from_secs(3600));
    let seen = receiver.seen();
    let times = [1, 0].map(|post| seen[post].json()["datetime_post"].as_str().unwrap().to_owned());
    assert_eq!(times.map(|time| time[17..].to_owned()), ["00.000000", "00.000001"], "only the arrival is late");
    assert!(sandbox.faults().list().is_empty());
}

#[tokio::test]
async fn a_late_post_is_made_when_a_running_clock_gets_there() {
    let receiver = Receiver::start(Behaviour::status(200)).await;
    let sandbox = posting_to(&receiver).await;
    sandbox.faults().add(Fault::late_post(Duration::from_millis(30))).unwrap();
    receive(&sandbox, ANA, "late");
    all_posted(&sandbox).await;
    assert_eq!(receiver.texts(), ["late"]);
}

#[tokio::test]
async fn a_repeated_post_is_the_same_document() {
    let receiver = Receiver::start(Behaviour::status(200)).await;
    let sandbox = posting_to(&receiver).await;
    sandbox.faults().add(Fault::repeated_post(2)).unwrap();
    let id = receive(&sandbox, ANA, "1");
    receive(&sandbox, ANA, "2");
    all_posted(&sandbox).await;
    assert_eq!(receiver.texts(), ["1", "1", "1", "2"]);
    let bodies: Vec<_> = receiver.seen().iter().map(|seen| seen.body.clone()).collect();
    assert!(bodies[0] == bodies[1] && bodies[1] == bodies[2]);
    assert_eq!(sandbox.posted(id).await.unwrap().posts.len(), 3);
    assert_eq!(sandbox.posts().len(), 4);
}

#[tokio::test]
async fn a_swapped_post_follows_the_next_of_its_chat() {
    let receiver = Receiver::start(Behaviour::status(200)).await;
    let sandbox = posting_to(&receiver).await;
    sandbox.faults().add(Fault::swapped_post()).unwrap();
    receive(&sandbox, ANA, "1");
    let other = receive(&sandbox, BIA, "b");
    sandbox.posted(other).await.unwrap();
    receive(&sandbox, ANA, "2");
    receive(&sandbox, ANA, "3");
    all_posted(&sandbox).await;
    assert_eq!(receiver.texts(), ["b", "2", "1", "3"]);
    let order: Vec<u64> = sandbox.posts().iter().map(|post| post.message).collect();
    let ids: Vec<u64> = sandbox.incoming().iter().map(|message| message.id).collect();
    assert_eq!(order, [ids[1], ids[2], ids[0], ids[3]]);
    // Without a next message, it does not wait for ever.
    sandbox.faults().add(Fault::swapped_post()).unwrap();
    let alone = receive(&sandbox, ANA, "4");
    sandbox.clock().advance(Duration::from_secs(61));
    assert_eq!(sandbox.posted(alone).await.unwrap().post_state, PostState::Posted);
}

#[tokio::test]
async fn faults_of_posts_and_of_calls_do_not_mix() {
    let receiver = Receiver::start(Behaviour::status(200)).await;
    let sandbox = posting_to(&receiver).await;
    let post = json!([{"do": {"post_repeat": 1}, "times": null}, {"when": "before", "do": {"close": true}}]);
    let added = Request::new("POST", "/__sandbox/faults").json(&post).ask(&sandbox).await;
    assert_eq!((added.status, &added.json()["faults"][0]["when"]), (200, &json!(null)));
    receive(&sandbox, ANA, "1");
    all_posted(&sandbox).await;
    let hits: Vec<_> = sandbox.faults().list().iter().map(|fault| fault.hits).collect();
    assert_eq!((receiver.texts().len(), hits), (2, vec![1, 0]));
    let call = Request::new("POST", "/chatguru/api/v1").send(sandbox.address()).await;
    assert!(call.is_err());
    assert_eq!(sandbox.faults().list().len(), 1);
    // A message that is not posted uses up no fault.
    sandbox.remove_webhook_url();
    receive(&sandbox, ANA, "2");
    sandbox.receive(Provider::WaziMe, IncomingMessage::text(ANA, "3")).unwrap();
    assert_eq!(sandbox.faults().list()[0].hits, 1);
    for (fault, location) in [
        (json!({"do": {"post_repeat": 0}}), "do.post_repeat: "),
        (json!({"do": {"post_late_ms": 5}, "when": "after"}), "when: "),
        (json!({"do": {"post_late_ms": 5}, "provider": "wapiflow"}), "provider: "),
        (json!({"do": {"post_out_of_order": true, "delay_ms": 5}}), "do.delay_ms: "),
    ] {
        let refused = Request::new("POST", "/__sandbox/faults").json(&fault).ask(&sandbox).await;
        let error = refused.json()["error"].as_str().unwrap().to_owned();
        assert!(refused.status == 400 && error.starts_with(location), "{error}");
    }
}
