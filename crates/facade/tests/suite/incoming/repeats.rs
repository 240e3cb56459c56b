//! Repeats of a message.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::advance;

use super::{Receiving, body, payload};

#[tokio::test]
async fn a_repeat_is_answered_like_the_first_and_dropped() {
    let mut receiving = Receiving::new();
    let first = body("oi");
    let pretty = serde_json::to_string_pretty(&payload("oi")).unwrap();
    let members = payload("oi");
    let members: Vec<_> = members.as_object().unwrap().iter().collect();
    let reversed: Vec<_> = members.iter().rev().map(|(name, value)| format!("\"{name}\": {value}")).collect();
    let reversed = format!("{{{}}}", reversed.join(",\n"));
    for same in [first.clone(), first, pretty, reversed] {
        assert_eq!(receiving.post(same).await, StatusCode::OK);
    }
    assert_eq!(receiving.texts(), ["oi"]);
    let counters = receiving.receiver.counters();
    assert_eq!((counters.received, counters.duplicates), (1, 3));
}

#[tokio::test]
async fn a_customer_who_writes_the_same_twice_sends_two_messages() {
    let mut receiving = Receiving::new();
    for time in ["10:44:07.171806", "10:44:07.171807", "10:44:08.171806"] {
        let mut sent = payload("ok");
        sent["datetime_post"] = format!("2026-01-24 {time}").into();
        receiving.post(sent.to_string()).await;
    }
    assert_eq!(receiving.texts(), ["ok"; 3]);
}

#[tokio::test]
async fn a_message_without_a_time_is_never_taken_for_a_repeat() {
    let mut receiving = Receiving::new();
    for time in [json!(""), json!("ontem"), json!(null), json!(["2026"])] {
        let mut sent = payload("ok");
        sent["datetime_post"] = time;
        for _ in 0..2 {
            receiving.post(sent.to_string()).await;
        }
    }
    assert_eq!(receiving.arrived().len(), 8);
    assert_eq!(receiving.receiver.counters().duplicates, 0);
}

#[tokio::test]
async fn every_field_counts() {
    let receiving = Receiving::new();
    let whole = payload("oi");
    let mut different = vec![whole.clone()];
    for name in whole.as_object().unwrap().keys().filter(|name| *name != "datetime_post") {
        let mut sent = whole.clone();
        sent[name.as_str()] = json!("another");
        different.push(sent);
    }
    let mut sent = whole;
    sent["a_field_that_we_do_not_know"] = json!(1);
    different.push(sent);
    for sent in &different {
        assert_eq!(receiving.post(sent.to_string()).await, StatusCode::OK);
    }
    let counters = receiving.receiver.counters();
    assert_eq!((counters.received, counters.duplicates), (different.len() as u64, 0));
}

#[tokio::test]
async fn identical_posts_at_the_same_instant_are_handled_once() {
    for _ in 0..50 {
        let mut receiving = Receiving::with_room(1, |builder| builder);
        let mut posts = JoinSet::new();
        for _ in 0..16 {
            let router = receiving.router.clone();
            posts.spawn(async move { super::post(&router, super::URI, body("oi")).await.status() });
        }
        assert_eq!(posts.join_all().await, [StatusCode::OK; 16]);
        assert_eq!(receiving.texts(), ["oi"]);
        assert_eq!(receiving.receiver.counters().duplicates, 15);
    }
}

#[tokio::test(start_paused = true)]
async fn a_repeat_after_the_window_is_a_new_message() {
    let mut receiving = Receiving::with(|builder| builder.dedup_window(Duration::from_secs(60)));
    // A repeat does not prolong the window.
    for (wait, expected) in [(0, 1), (30, 0), (29, 0), (1, 1), (59, 0), (1, 1)] {
        advance(Duration::from_secs(wait)).await;
        receiving.post(body("oi")).await;
        assert_eq!(receiving.texts().len(), expected, "after {wait} more seconds");
    }
}

#[tokio::test(start_paused = true)]
async fn the_window_is_ten_minutes_unless_set() {
    let mut receiving = Receiving::new();
    for (wait, expected) in [(0, 1), (599, 0), (1, 1)] {
        advance(Duration::from_secs(wait)).await;
        receiving.post(body("oi")).await;
        assert_eq!(receiving.texts().len(), expected);
    }
}

#[tokio::test]
async fn a_window_of_zero_turns_it_off() {
    let mut receiving = Receiving::with(|builder| builder.dedup_window(Duration::ZERO));
    for _ in 0..3 {
        receiving.post(body("oi")).await;
    }
    assert_eq!(receiving.texts(), ["oi"; 3]);
}

#[tokio::test]
async fn the_oldest_are_forgotten_early_if_there_are_too_many() {
    let mut receiving = Receiving::with(|builder| builder.dedup_entries(2));
    for (text, known) in [("a", false), ("b", false), ("a", true), ("c", false), ("b", true), ("a", false), ("c", true)]
    {
        receiving.post(body(text)).await;
        assert_eq!(receiving.texts().is_empty(), known, "{text}");
    }
    let counters = receiving.receiver.counters();
    assert_eq!((counters.received, counters.duplicates, counters.forgotten_early), (4, 3, 2));
}
