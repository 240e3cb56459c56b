//! The memory that decoding an answer takes is bounded by the answer's size.

use externalapi_client::{ErrorKind, Outcome};

use crate::loopback::{self, Reply, Server};
use crate::support;

/// The most memory that this process ever had, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    peak.unwrap().trim().parse::<u64>().unwrap() / 1024
}

/// In a process of its own, because it looks at the most memory that the process ever had.
#[test]
fn an_answer_takes_no_more_than_a_few_dozen_times_its_size() {
    let output = loopback::alone("memory::in_a_process_of_its_own").env(ALONE, "1").output().unwrap();
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}

/// The size of the answers.
const SIZE: usize = 4 * 1024 * 1024;

const ALONE: &str = "ZAP_TEST_ALONE";

#[tokio::test]
async fn in_a_process_of_its_own() {
    if std::env::var_os(ALONE).is_none() {
        return;
    }
    for (item, is_read) in [("{}", false), (r#"{"id":7,"firstname":"somebody"}"#, true)] {
        let items = format!("{item},").repeat(SIZE / (item.len() + 1));
        let body = format!(r#"{{"status":"success","data":{{"contacts":{{"data":[{items}{item}]}}}}}}"#);
        let server = Server::start(Reply::json(&body)).await;
        let client = support::client(&server.origin).build().unwrap();
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
