//! Ctrl-C, SIGTERM and SIGHUP.

use std::io;

use tokio::sync::watch;

use crate::console::note;
use crate::failure::{Failure, Result};

/// The exit code after a second signal, as shells report a program that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;

/// What people read while messages that are being sent are finished.
pub const FINISHING: &str = "stopping: what is being sent is finished and recorded; interrupt again to stop at once";

/// The request to stop.
#[derive(Clone, Debug)]
pub struct Shutdown(watch::Receiver<bool>);

impl Shutdown {
    /// Listens to signals. The first one requests a shutdown, the second one ends the process at once.
    ///
    /// A terminal that is closed sends SIGHUP, and its shell often sends another one, so a second SIGHUP ends nothing.
    ///
    /// `finishing` is what people read after the first one.
    pub fn listen(finishing: Option<&'static str>) -> Result<Self> {
        let (request, requested) = watch::channel(false);
        let unhandled = |error| Failure::new(format!("signals cannot be handled: {error}"));
        let mut signals = Signals::new().map_err(unhandled)?;
        tokio::spawn(async move {
            signals.next().await;
            if let Some(finishing) = finishing {
                note(finishing);
            }
            let _ = request.send(true);
            signals.interrupted().await;
            if finishing.is_some() {
                note("stopped at once: messages that were being sent become unknown after 3 minutes");
            }
            std::process::exit(INTERRUPTED);
        });
        Ok(Self(requested))
    }

    pub fn is_requested(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits for the first signal.
    pub async fn requested(mut self) {
        if self.0.wait_for(|requested| *requested).await.is_err() {
            // The listener ended without a signal, which does not happen while the process runs.
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    /// `None` if the process was started so that it ignores SIGHUP, as `nohup` does.
    hangup: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let hangup = if ignores_hangup() { None } else { Some(signal(SignalKind::hangup())?) };
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())?, hangup })
    }

    async fn next(&mut self) {
        let hangup = async {
            match &mut self.hangup {
                Some(hangup) => hangup.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = hangup => {}
        }
    }

    /// Waits for a signal other than SIGHUP.
    async fn interrupted(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// Returns whether the process ignores SIGHUP. Only Linux tells.
#[cfg(unix)]
fn ignores_hangup() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // The bit of a signal is its number minus one.
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[expect(clippy::unnecessary_wraps, reason = "the same signature as on Unix")]
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
    async fn interrupted(&mut self) {
        self.next().await;
    }
}
