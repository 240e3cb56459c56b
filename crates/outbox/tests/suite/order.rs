//! The order of what reaches the disk and what reaches the network, as the system sees it.

use std::env;
use std::fs;
use std::process::Command;

use zap_outbox::jiff::{Timestamp, ToSpan};
use zap_outbox::model::MessageState;
use zap_outbox::{Content, Ledger, NewCampaign, NewMessage};
use zap_sandbox::{Profile, Sandbox};

use crate::contract::fixture::{Folder, number};
use crate::crash::process::add_worker;

const MESSAGES: u32 = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_intent_is_on_the_disk_before_the_first_byte_of_its_request() {
    if Command::new("strace").arg("-V").output().is_err() {
        assert!(env::var_os("CI").is_none(), "install strace");
        eprintln!("SKIPPED: there is no strace");
        return;
    }
    let sandbox = Sandbox::builder().profile(Profile::Documented).start().await.unwrap();
    let folder = Folder::new();
    let ledger = Ledger::open(&folder.url()).await.unwrap();
    let account = ledger.open_account("EscalaZap", None).await.unwrap();
    let plan = NewCampaign::bulk("campaign", Content::text("Olá!").unwrap(), Timestamp::now() + 48.hours());
    let campaign = ledger.create_campaign(account, plan).await.unwrap().id;
    ledger.import(campaign, (0..MESSAGES).map(|at| NewMessage::new(number(at)))).await.unwrap();
    ledger.start_campaign(campaign, u64::from(MESSAGES), "Ana").await.unwrap();

    let log = folder.path().join("calls");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-s", "40", "-e", "trace=pwrite64,fdatasync,fsync,write,writev,sendto,sendmsg", "-o"]);
    strace.arg(&log).arg(env::current_exe().unwrap());
    add_worker(&mut strace, 1, &sandbox, &folder.url());
    let mut traced = strace.spawn().unwrap();
    let status = tokio::task::spawn_blocking(move || traced.wait()).await.unwrap().unwrap();
    assert!(status.success(), "{status}");
    let counts = ledger.counts(campaign).await.unwrap();
    assert_eq!((counts.len(), counts[0].state, counts[0].messages), (1, MessageState::Done, u64::from(MESSAGES)));
    assert_eq!(check(&fs::read_to_string(log).unwrap()), Ok(MESSAGES));
}

/// Returns the number of requests, or the first one that left before its intent was on the disk.
///
/// The worker sends one message at a time, so two transactions are between two requests: the one that records the answer
/// to the first, and the one that commits the intent of the second.
fn check(calls: &str) -> Result<u32, String> {
    let mut requests = 0;
    let mut flushes = 0;
    let mut is_flushed = false;
    for call in calls.lines() {
        // A call that takes longer has two lines, and has ended with the second one.
        let is_flush = call.contains("fdatasync") || call.contains("fsync");
        if is_flush && call.ends_with("= 0") {
            flushes += 1;
            is_flushed = true;
        } else if call.contains("pwrite64(") {
            is_flushed = false;
        } else if call.contains("\"POST /") {
            requests += 1;
            let expected = if requests == 1 { 1 } else { 2 };
            if !is_flushed || flushes < expected {
                return Err(format!("request {requests}, after {flushes} flushes: {call}"));
            }
            flushes = 0;
        }
    }
    Ok(requests)
}

#[test]
fn the_check_sees_a_request_that_is_too_early() {
    let write = "7 pwrite64(9, \"...\", 4096, 32) = 4096\n";
    let flush = "7 fdatasync(9) = 0\n";
    let slow = "7 fdatasync(9 <unfinished ...>\n";
    let ended = "7 <... fdatasync resumed>) = 0\n";
    let request = "8 sendto(11, \"POST /escalazap/external-api/\"..., 90, MSG_NOSIGNAL, NULL, 0) = 90\n";
    let check = |calls: &[&str]| check(&calls.concat());
    assert_eq!(check(&[write, flush, request, write, flush, write, slow, ended, request]), Ok(2));
    assert!(check(&[request, write, flush]).is_err());
    assert!(check(&[write, slow, request, ended]).is_err());
    assert!(check(&[write, flush, write, request]).is_err());
    assert!(check(&[write, flush, request, write, flush, request]).is_err(), "only one transaction");
}
