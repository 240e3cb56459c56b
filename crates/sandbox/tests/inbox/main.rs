//! The inbox page: its files over HTTP, and how it behaves in a real browser.
//!
//! For the latter `chromedriver` and `chromium` are needed (Debian: `apt-get install chromium
//! chromium-driver`); `CHROMEDRIVER` and `CHROME` name others. Without them these tests say that they
//! were skipped, and fail where `CI` is set.

mod browser;
mod driver;
#[path = "../emulator/http.rs"]
#[allow(dead_code, reason = "the client of the other tests, of which these use a part")]
mod http;
mod page;
mod senders;
mod shown;
mod used;
