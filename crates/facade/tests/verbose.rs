//! What the HTTP library hands to the `log` crate has no secret in it, also where it is told to log
//! every byte.

mod support;

use std::sync::Mutex;

use support::{Reply, SECRETS, Server};

struct Kept(Mutex<Vec<String>>);

static KEPT: Kept = Kept(Mutex::new(Vec::new()));

impl log::Log for Kept {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        self.0.lock().unwrap().push(format!("{} {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}

#[tokio::test]
async fn a_verbose_connection_is_turned_off() {
    log::set_logger(&KEPT).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let server = Server::start(Reply::success()).await;
    let client = support::chatguru(&server.origin).configure_reqwest(|builder| builder.connection_verbose(true));
    client.build().unwrap().message_send().chat_number("5511987654321").text("x").send().await.unwrap();
    let kept = KEPT.0.lock().unwrap().join("\n");
    assert!(kept.contains("starting new connection"), "the log was watched: {kept}");
    for secret in SECRETS {
        assert!(!kept.contains(secret), "{secret} is in {kept}");
    }
}
