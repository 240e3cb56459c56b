//! Progress bars, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::console;

/// A bar on stderr. Draws nothing if stderr is not a terminal.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// Starts a bar.
    pub fn start(total: u64, what: &'static str) -> Self {
        let target = if console::is_watched() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        // A bar without a length is drawn as a full one.
        let bar = ProgressBar::with_draw_target(Some(total.max(1)), target);
        let style = ProgressStyle::with_template("{prefix} [{bar:16}] {human_pos}/{human_len} {wide_msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
        bar.set_prefix(what);
        Self(bar)
    }

    pub fn advance(&self) {
        self.0.inc(1);
    }

    pub fn set(&self, position: u64, total: u64, message: String) {
        self.0.set_length(total.max(1));
        self.0.set_message(message);
        self.0.set_position(position);
    }

    /// Writes a line for people above the bar.
    pub fn note(&self, text: &str) {
        self.0.suspend(|| console::note(text));
    }

    /// Removes the bar.
    pub fn end(self) {
        self.0.finish_and_clear();
    }
}
