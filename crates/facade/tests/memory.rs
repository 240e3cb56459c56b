//! The memory that an answer takes is bounded by its size. In a process of its own, since it looks at
//! how much that ever had.

#![cfg(target_os = "linux")]

mod support;

use support::{Reply, Server};
use zap_facade::{ErrorKind, Outcome};

/// The most memory that this process ever had, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    peak.unwrap().trim().parse::<u64>().unwrap() / 1024
}

#[tokio::test]
async fn an_answer_takes_no_more_than_a_few_dozen_times_its_size() {
    const SIZE: usize = 4 * 1024 * 1024;
    for (item, is_read) in [("{}", false), (r#"{"id":7,"firstname":"somebody"}"#, true)] {
        let items = format!("{item},").repeat(SIZE / (item.len() + 1));
        let body = format!(r#"{{"status":"success","data":{{"contacts":{{"data":[{items}{item}]}}}}}}"#);
        let server = Server::start(Reply::json(&body)).await;
        let client = support::externalapi(&server.origin).build().unwrap();
        drop((items, body));
        let before = peak();
        match client.contact_list().send().await {
            Ok(_) => assert!(is_read, "{item}"),
            Err(error) => {
                assert_eq!((error.kind(), error.outcome()), (ErrorKind::Undecodable, Outcome::Done), "{error}");
                assert!(!is_read, "{error}");
            }
        }
        let (grown, most) = (peak() - before, 40 * SIZE as u64 / 1024 / 1024);
        assert!(grown < most, "{item}: {grown} MiB more, where {most} are enough");
    }
}
