//! Faults: what goes wrong, when asked to.

mod check;
mod effect;
mod execute;
mod json;
mod store;

pub use check::FaultError;
pub use store::{FaultInForce, Faults};

pub(crate) use execute::execute;
pub(crate) use json::{read, read_list, show};

use std::{fmt, time::Duration};

use serde_json::Value;

use crate::Provider;

/// Something that shall go wrong: what, where, and how often. [`Faults::add`] puts it in force.
///
/// Without more, a fault strikes once, at the next call of any operation of any provider. Some
/// kinds need to be told whether they strike [before](Self::before) or [after](Self::after) the
/// request is processed, since that decides whether a message is out.
///
/// ```
/// use std::time::Duration;
/// use sandbox::{Fault, Provider};
///
/// // The message is delivered, and its sender never learns of it.
/// let lost = Fault::close_after().provider(Provider::EscalaZap).operation("send_message");
/// // One in twenty calls finds the server busy; the same ones in every run.
/// let busy = Fault::answer(503, "busy").retry_after(2).before().always().probability(0.05, 42);
/// // Too late for a client that waits two seconds, and processed all the same.
/// let late = Fault::delay(Duration::from_secs(3)).before().times(2);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a fault does nothing until it is added"]
pub struct Fault {
    when: Option<Moment>,
    provider: Option<Provider>,
    operation: Option<String>,
    /// `None`: until it is removed.
    times: Option<u64>,
    probability: f64,
    seed: Option<u64>,
    delay: Option<Duration>,
    /// `None`: a delay is all.
    action: Option<Action>,
    /// Headers for an answer that the fault does not have: refused when it is added, since a
    /// builder that ignores a call hides a mistake.
    stray_headers: bool,
}

/// Before or after the request is processed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    Before,
    After,
}

/// What a fault does.
#[derive(Clone, Debug, PartialEq)]
enum Action {
    Close,
    Truncate(u64),
    Answer(Canned),
    Page(Page),
    WrongTypes,
    UnknownEnum,
    Endless,
}

/// An answer in place of the real one.
#[derive(Clone, Debug, PartialEq)]
struct Canned {
    status: u16,
    headers: Vec<(String, String)>,
    /// A text is sent as text, null as nothing, all else as JSON.
    body: Value,
}

/// A web page where an answer should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Proxy,
    Maintenance,
}

/// The number of a fault in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaultId(u64);

impl FaultId {
    /// The number, as HTTP shows it.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for FaultId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Fault {
    fn new(action: Option<Action>) -> Self {
        Self {
            when: None,
            provider: None,
            operation: None,
            times: Some(1),
            probability: 1.0,
            seed: None,
            delay: None,
            action,
            stray_headers: false,
        }
    }

    /// The answer comes late. Needs [`before`](Self::before), and the request is processed late
    /// too, even if the caller has given up; or [`after`](Self::after).
    pub fn delay(delay: Duration) -> Self {
        Self::new(None).delayed(delay)
    }

    /// The connection is reset; nothing was processed.
    pub fn close_before() -> Self {
        Self::new(Some(Action::Close)).before()
    }

    /// The connection is reset without an answer; the request was processed.
    pub fn close_after() -> Self {
        Self::new(Some(Action::Close)).after()
    }

    /// The request is processed; of the answer's body only the first `bytes` come, at most all but
    /// one, and then the connection breaks. Its `Content-Length` is that of the whole.
    pub fn truncated(bytes: u64) -> Self {
        Self::new(Some(Action::Truncate(bytes)))
    }

    /// Another answer: any status from 200 with any body, where a text is sent as text and all else
    /// as JSON. Needs [`before`](Self::before), and nothing is processed; or [`after`](Self::after).
    pub fn answer(status: u16, body: impl Into<Value>) -> Self {
        Self::new(Some(Action::Answer(Canned { status, headers: Vec::new(), body: body.into() })))
    }

    /// The error page of a proxy: 502 and HTML. Needs [`before`](Self::before) or
    /// [`after`](Self::after).
    pub fn proxy_page() -> Self {
        Self::new(Some(Action::Page(Page::Proxy)))
    }

    /// A redirect to the page that the provider shows during maintenance: 302 and HTML. Needs
    /// [`before`](Self::before) or [`after`](Self::after).
    pub fn maintenance_page() -> Self {
        Self::new(Some(Action::Page(Page::Maintenance)))
    }

    /// The request is processed, and every scalar in the answer has another JSON type.
    pub fn wrong_types() -> Self {
        Self::new(Some(Action::WrongTypes))
    }

    /// The request is processed, and the states and kinds in the answer are such as nobody knows.
    /// The answer's own verdict stays.
    pub fn unknown_enum() -> Self {
        Self::new(Some(Action::UnknownEnum))
    }

    /// The request is processed, and the answer's body never ends.
    pub fn endless() -> Self {
        Self::new(Some(Action::Endless))
    }

    /// Delays what else the fault does.
    pub fn delayed(mut self, delay: Duration) -> Self {
        self.delay = Some(delay);
        self
    }

    /// Adds a header to an [`answer`](Self::answer); other kinds have none, and are refused with it.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match &mut self.action {
            Some(Action::Answer(canned)) => canned.headers.push((name.to_owned(), value.to_owned())),
            _ => self.stray_headers = true,
        }
        self
    }

    /// Adds `Retry-After` to an [`answer`](Self::answer).
    pub fn retry_after(self, seconds: u32) -> Self {
        self.header("retry-after", &seconds.to_string())
    }

    /// Strikes before the request is processed: nothing is, but by a mere delay.
    pub fn before(mut self) -> Self {
        self.when = Some(Moment::Before);
        self
    }

    /// Strikes after the request is processed.
    pub fn after(mut self) -> Self {
        self.when = Some(Moment::After);
        self
    }

    /// Strikes only calls of this provider.
    pub fn provider(mut self, provider: Provider) -> Self {
        self.provider = Some(provider);
        self
    }

    /// Strikes only calls of this operation, named as in the specs: `send_message`.
    pub fn operation(mut self, operation: &str) -> Self {
        self.operation = Some(operation.to_owned());
        self
    }

    /// Strikes so many times.
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Strikes until it is removed.
    pub fn always(mut self) -> Self {
        self.times = None;
        self
    }

    /// Strikes a matching call with this probability. The same seed gives the same sequence.
    pub fn probability(mut self, probability: f64, seed: u64) -> Self {
        self.probability = probability;
        self.seed = Some(seed);
        self
    }

    /// When it strikes; kinds that can only strike after need not say so.
    fn moment(&self) -> Moment {
        self.when.unwrap_or(Moment::After)
    }

    fn pause(&self) -> Duration {
        self.delay.unwrap_or_default()
    }

    fn action(&self) -> Option<&Action> {
        self.action.as_ref()
    }
}
