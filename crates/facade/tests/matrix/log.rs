//! Watches everything that is logged in this process, by whatever library, at the finest level; what
//! comes through the `log` crate, too.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tracing_subscriber::fmt::format::FmtSpan;

use crate::operations::PHONE_NUMBERS;
use crate::support::SECRETS;

#[derive(Clone, Default)]
pub struct Watch {
    spans: Arc<AtomicUsize>,
    shown: Arc<Mutex<Vec<String>>>,
}

impl Watch {
    pub fn start() -> Self {
        let watch = Self::default();
        let writer = watch.clone();
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_span_events(FmtSpan::CLOSE)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .init();
        watch
    }

    /// How many calls have left a span.
    pub fn spans(&self) -> usize {
        self.spans.load(Ordering::SeqCst)
    }

    /// The lines that show a secret or a phone number.
    pub fn shown(&self) -> Vec<String> {
        self.shown.lock().unwrap().clone()
    }
}

/// Each line comes in one piece.
impl Write for Watch {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let line = String::from_utf8_lossy(bytes);
        if line.contains("whatsapp call") && line.contains(" close ") {
            self.spans.fetch_add(1, Ordering::SeqCst);
        }
        if SECRETS.iter().chain(&PHONE_NUMBERS).any(|secret| line.contains(secret)) {
            self.shown.lock().unwrap().push(line.into_owned());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
