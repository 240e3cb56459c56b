//! Keeps what is logged on a thread, by whatever library, at the finest level.

use std::io::Write;
use std::sync::{Arc, Mutex};

use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Keeps what is logged.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Logs everything that happens on this thread, every span with its fields when it closes.
    pub fn start() -> (Self, tracing::subscriber::DefaultGuard) {
        let log = Self::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_span_events(FmtSpan::CLOSE)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        // This one takes what comes through the `log` crate, too.
        (log, subscriber.set_default())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// The line of the only call so far.
    pub fn span(&self) -> String {
        let text = self.text();
        let mut lines = text.lines().filter(|line| line.contains("whatsapp call") && line.contains("close"));
        let line = lines.next().unwrap_or_else(|| panic!("no span: {text}")).to_owned();
        assert_eq!(lines.next(), None, "one span a call");
        line
    }
}
