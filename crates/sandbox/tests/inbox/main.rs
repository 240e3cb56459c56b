//! The inbox page: its files over HTTP, and its behaviour in a real browser.
//!
//! The browser tests need `chromedriver` and `chromium` (Debian: `apt-get install chromium chromium-driver`).
//! `CHROMEDRIVER` and `CHROME` name other programs. Without a browser, the tests print that they were skipped; if `CI`
//! is set, they fail.

mod browser;
mod driver;
#[path = "../emulator/http.rs"]
#[allow(dead_code, reason = "only a part of the client is used here")]
mod http;
mod page;
mod received;
mod senders;
mod shown;
mod used;
