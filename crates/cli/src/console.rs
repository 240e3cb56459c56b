//! Output: data on stdout, everything else on stderr.

use std::io::{self, IsTerminal as _, Write as _};

use serde::Serialize;

use crate::failure::{Failure, Result};

/// How a command writes its data.
#[derive(Clone, Copy, Debug)]
pub struct Console {
    pub json: bool,
}

impl Console {
    /// Writes data: as one JSON object with `--json`, and otherwise as a text. Returns whether somebody reads it.
    ///
    /// Nobody reads the rest of `zap status | head -1`, for example. This is not an error, and does not change the exit
    /// code of the command.
    pub fn data(self, value: &impl Serialize, text: impl FnOnce() -> String) -> Result<bool> {
        let mut text = if self.json {
            let json = serde_json::to_string(value);
            json.map_err(|error| Failure::new(format!("the result cannot be written as JSON: {error}")))?
        } else {
            text()
        };
        text.push('\n');
        out(text.as_bytes())
    }
}

/// Writes to stdout. Returns whether somebody reads it.
fn out(bytes: &[u8]) -> Result<bool> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::new(format!("standard output cannot be written: {error}"))),
    }
}

/// Writes a line for people to stderr.
pub fn note(text: impl std::fmt::Display) {
    // If stderr is closed, there is nobody to tell.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Returns whether a person sees stderr.
pub fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// Writes a number with commas between groups of three digits.
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Writes a number of things: `1 message`, `2 messages`.
pub fn count(amount: u64, thing: &str) -> String {
    format!("{} {thing}{}", number(amount), if amount == 1 { "" } else { "s" })
}
