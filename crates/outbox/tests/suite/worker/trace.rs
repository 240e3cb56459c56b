//! What is logged and counted.

use std::io::Write;
use std::sync::{Arc, Mutex};

use tracing_subscriber::fmt::format::FmtSpan;
use zap_outbox::Stopped;
use zap_outbox::model::PauseReason;
use zap_sandbox::Fault;

use super::fixture::Fixture;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, text: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(text)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Logs what this thread does.
    fn start() -> (Self, impl Sized) {
        // If there is only one subscriber, tracing asks that of the current thread whether a place in the code logs, and
        // remembers the answer for all threads. The other tests of this process have none.
        let second = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::new());
        let log = Self::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::DEBUG)
            .with_span_events(FmtSpan::NEW | FmtSpan::CLOSE)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        let guard = tracing::subscriber::set_default(subscriber);
        (log, (guard, second))
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// Sends twelve messages, of which some fail.
async fn send() -> Fixture {
    let fixture = Fixture::new(12).await;
    let refusal = r#"{"remark":"validation_error","status":"error","message":["+5511900000003: Olá, N3!"]}"#;
    fixture.fault(Fault::answer(422, refusal).before().times(2));
    fixture.fault(Fault::close_after().times(1));
    fixture.fault(Fault::answer(429, "Too Many Attempts.").before().times(1));
    assert_eq!(fixture.work().await, Stopped::Done);
    fixture.fault(Fault::answer(401, "Unauthenticated.").before().always());
    let retried = fixture.ledger().retry_not_done(fixture.campaign, "Ana", None).await.unwrap();
    assert_eq!(retried.ready, 2);
    assert!(matches!(fixture.work().await, Stopped::Paused(pause) if pause.reason == PauseReason::Credentials));
    fixture
}

#[tokio::test]
async fn spans_have_the_documented_names_and_nothing_about_recipients_is_logged_above_debug() {
    let (log, _guard) = Log::start();
    send().await;
    let text = log.text();
    let (debug, above): (Vec<_>, Vec<_>) = text.lines().partition(|line| line.contains(" DEBUG "));
    let (debug, above) = (debug.join("\n"), above.join("\n"));
    for expected in ["zap_outbox.attempt{campaign_id=1 message_id=", "outcome=\"not_done\"", "reason=credentials"] {
        assert!(above.contains(expected), "{expected} is missing in {above}");
    }
    for kind in ["read", "account", "import", "messages"] {
        let expected = format!("zap_outbox.transaction{{kind=\"{kind}\"}}");
        assert!(debug.contains(&expected), "{expected} is missing");
    }
    assert!(debug.contains("zap_outbox.sweep:zap_outbox.transaction") && debug.contains("swept unknown=0 cancelled=0"));
    assert!(debug.contains("+5511900000003: Olá, N3!"), "the provider's words are there at the level debug");
    for personal in ["900000", "Olá", "N3"] {
        assert!(!above.contains(personal), "{personal} is in {above}");
    }
}

#[tokio::test]
async fn what_a_process_does_is_counted() {
    let fixture = send().await;
    let counters = fixture.ledger().counters();
    assert_eq!((counters.done, counters.not_done, counters.unknown), (9, 2, 1), "{counters:?}");
    // One asked to wait, and the account was refused at the end.
    assert!(counters.returned >= 2, "{counters:?}");
    let results = counters.done + counters.not_done + counters.unknown + counters.returned;
    assert_eq!((counters.begun, counters.late, counters.ledger_failures), (results, 0, 0), "{counters:?}");
    let named: Vec<_> = counters.iter().filter(|(name, _)| *name == "done").collect();
    assert_eq!(named, [("done", 9)]);
    // A copy of the file in another process counts for itself.
    let other = zap_outbox::Ledger::open(&fixture.folder.url()).await.unwrap();
    assert_eq!(other.counters(), zap_outbox::Counters::default());
}
