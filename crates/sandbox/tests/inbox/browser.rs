//! A browser, driven over the `WebDriver` protocol through `chromedriver`.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::driver::Driver;

/// At most two browsers run at a time, because each needs much memory.
static BROWSERS: Semaphore = Semaphore::const_new(2);
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) const ENTER: char = '\u{E007}';
pub(crate) const ESCAPE: char = '\u{E00C}';
pub(crate) const TAB: char = '\u{E004}';
pub(crate) const UP: char = '\u{E013}';
pub(crate) const DOWN: char = '\u{E015}';

/// A headless browser with one page. It ends when it is dropped.
pub(crate) struct Browser {
    driver: Driver,
    // Dropped last, so that the next browser starts after this one has ended.
    _permit: SemaphorePermit<'static>,
}

impl Browser {
    /// Starts a browser; `None` if this machine has none.
    pub(crate) async fn start() -> Option<Self> {
        let permit = BROWSERS.acquire().await.ok()?;
        Some(Self { driver: Driver::start().await?, _permit: permit })
    }

    async fn command(&self, name: &str, parameters: Value) -> Value {
        self.driver.command(name, parameters).await
    }

    async fn devtools(&self, command: &str, parameters: Value) {
        self.command("goog/cdp/execute", json!({"cmd": command, "params": parameters})).await;
    }

    /// Opens the page of a sandbox and waits until it is live.
    pub(crate) async fn open(&self, url: &str) {
        self.command("url", json!({"url": url})).await;
        self.until("the page is live", "return document.getElementById('link').dataset.link === 'live'").await;
        // A reload would remove this mark.
        self.run("window.sameDocument = true").await;
    }

    /// Emulates the screen of a phone.
    pub(crate) async fn be_a_phone(&self) {
        let screen = json!({"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true});
        self.devtools("Emulation.setDeviceMetricsOverride", screen).await;
    }

    pub(crate) async fn prefer_colors(&self, scheme: &str) {
        let feature = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.devtools("Emulation.setEmulatedMedia", feature).await;
    }

    /// Runs a script in the page, outside its security policy, and returns its result.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.command("execute/sync", json!({"script": script, "args": []})).await
    }

    /// Runs a script and returns its result as text.
    pub(crate) async fn text(&self, script: &str) -> String {
        self.run(script).await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the script returns true.
    pub(crate) async fn until(&self, what: &str, script: &str) {
        let start = Instant::now();
        while self.run(script).await != Value::Bool(true) {
            if start.elapsed() > PATIENCE {
                let page = self.text("return document.body.innerText").await;
                panic!("timed out waiting until {what}; the page:\n{page}\nits log: {:#}", self.log().await);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until the page shows the text.
    pub(crate) async fn shows(&self, text: &str) {
        let text = Value::from(text);
        self.until(&format!("it shows {text}"), &format!("return document.body.innerText.includes({text})")).await;
    }

    /// Clicks the middle of an element, as a mouse does.
    pub(crate) async fn click(&self, selector: &str) {
        let found = self.command("element", json!({"using": "css selector", "value": selector})).await;
        let id = found.as_object().and_then(|found| found.values().next()?.as_str()).expect("an element").to_owned();
        self.command(&format!("element/{id}/click"), json!({})).await;
    }

    /// Presses keys one after the other in the focused element.
    pub(crate) async fn press(&self, keys: &str) {
        let strokes: Vec<Value> = keys
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key.to_string()})))
            .collect();
        self.command("actions", json!({"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]})).await;
    }

    /// The browser's log since the last call.
    pub(crate) async fn log(&self) -> Value {
        self.command("se/log", json!({"type": "browser"})).await
    }
}
