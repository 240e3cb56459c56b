//! Faults: failures that users inject into calls.

mod check;
mod effect;
mod json;
mod random;
mod store;
mod weight;

pub use check::FaultError;
pub use store::{FaultInForce, Faults};

pub(crate) use effect::{corrupt, replacement};
pub(crate) use json::{read, read_list, show};
pub(crate) use store::AppliedFault;

use std::time::Duration;

use serde_json::Value;

use crate::Provider;

/// The operation of `ChatGuru` that runs a dialog.
const DIALOGS: &str = "dialog_execute";

/// A failure to inject: what happens, to which calls, and how often.
///
/// [`Faults::add`] puts a fault in force. By default it applies once, to the next call of any operation of any
/// provider. Some kinds need [`before`](Self::before) or [`after`](Self::after): whether the request is processed
/// decides whether a message is delivered.
///
/// ```
/// use std::time::Duration;
/// use zap_sandbox::{Fault, Provider};
///
/// // The message is delivered, but its sender gets no answer.
/// let lost = Fault::close_after().provider(Provider::EscalaZap).operation("send_message");
/// // One in twenty calls is answered with 503; the same calls in every run.
/// let busy = Fault::answer(503, "busy").retry_after(2).before().always().probability(0.05, 42);
/// // A client that waits two seconds gives up, but the request is processed.
/// let late = Fault::delay(Duration::from_secs(3)).before().times(2);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a fault does nothing until it is added"]
pub struct Fault {
    when: Option<Moment>,
    provider: Option<Provider>,
    operation: Option<String>,
    /// `None` means that the fault applies until it is removed.
    times: Option<u64>,
    probability: f64,
    seed: Option<u64>,
    delay: Option<Duration>,
    /// `None` means that the fault only delays.
    action: Option<Action>,
    /// Whether headers were given for a fault without an answer. Adding such a fault fails, because ignoring the call
    /// would hide a mistake.
    stray_headers: bool,
}

/// Whether a fault applies before or after the request is processed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    Before,
    After,
}

/// The action of a fault.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    Close,
    Truncate(u64),
    Answer(CannedAnswer),
    Page(Page),
    WrongTypes,
    UnknownEnum,
    Endless,
    DialogContextError,
    Post(PostFault),
}

/// A change of how a message from a customer is posted to the webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PostFault {
    /// It is posted this much later.
    Late(Duration),
    /// It is posted so many more times.
    Repeated(u64),
    /// It is posted after the next message of its chat.
    Swapped,
}

/// An answer that replaces the real one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CannedAnswer {
    status: u16,
    headers: Vec<(String, String)>,
    /// A string is sent as text, null as an empty body, and anything else as JSON.
    body: Value,
}

/// A web page that replaces the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    Proxy,
    Maintenance,
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

    /// Delays the answer. Needs [`before`](Self::before) or [`after`](Self::after).
    ///
    /// With `before`, the request is processed after the delay, even if the caller has given up.
    pub fn delay(delay: Duration) -> Self {
        Self::new(None).delayed(delay)
    }

    /// Resets the connection before the request is processed.
    pub fn close_before() -> Self {
        Self::new(Some(Action::Close)).before()
    }

    /// Resets the connection after the request is processed, without an answer.
    pub fn close_after() -> Self {
        Self::new(Some(Action::Close)).after()
    }

    /// Breaks the connection after the first `bytes` of the answer's body. The request is processed.
    ///
    /// At least the last byte is missing. `Content-Length` is the length of the whole body.
    pub fn truncated(bytes: u64) -> Self {
        Self::new(Some(Action::Truncate(bytes)))
    }

    /// Answers with another status, 200 or above, and another body. Needs [`before`](Self::before) or
    /// [`after`](Self::after).
    ///
    /// A text is sent as text, any other value as JSON. With `before`, the request is not processed.
    pub fn answer(status: u16, body: impl Into<Value>) -> Self {
        Self::new(Some(Action::Answer(CannedAnswer { status, headers: Vec::new(), body: body.into() })))
    }

    /// Answers with the error page of a proxy: 502 and HTML. Needs [`before`](Self::before) or
    /// [`after`](Self::after).
    pub fn proxy_page() -> Self {
        Self::new(Some(Action::Page(Page::Proxy)))
    }

    /// Answers with a redirect to the provider's maintenance page: 302 and HTML. Needs
    /// [`before`](Self::before) or [`after`](Self::after).
    pub fn maintenance_page() -> Self {
        Self::new(Some(Action::Page(Page::Maintenance)))
    }

    /// Changes the JSON type of every scalar in the answer. The request is processed.
    pub fn wrong_types() -> Self {
        Self::new(Some(Action::WrongTypes))
    }

    /// Replaces the states and kinds in the answer by unknown ones. The request is processed, and the
    /// answer still says whether it succeeded.
    pub fn unknown_enum() -> Self {
        Self::new(Some(Action::UnknownEnum))
    }

    /// Sends an answer whose body never ends. The request is processed.
    pub fn endless() -> Self {
        Self::new(Some(Action::Endless))
    }

    /// Posts a message from a customer to the webhook with a delay on the sandbox's clock. Later messages do not wait
    /// for it. Applies to posts, not to calls.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use std::time::Duration;
    /// use zap_sandbox::{Fault, IncomingMessage, PostState, Provider, Sandbox};
    ///
    /// let receiver = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    /// let sandbox = Sandbox::builder().webhook_url(format!("http://{}/", receiver.local_addr()?)).start().await?;
    /// sandbox.faults().add(Fault::late_post(Duration::from_secs(30)))?;
    /// let message = sandbox.receive(Provider::ChatGuru, IncomingMessage::text("5511987654321", "Olá"))?;
    /// assert_eq!(message.post_state, PostState::Waiting);
    /// // Nothing sleeps: the post is made when the clock shows its time.
    /// sandbox.clock().advance(Duration::from_secs(30));
    /// let (_connection, _) = receiver.accept().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn late_post(delay: Duration) -> Self {
        Self::new(Some(Action::Post(PostFault::Late(delay))))
    }

    /// Posts a message from a customer to the webhook `more` more times, one after the other, with the same payload.
    /// Applies to posts, not to calls.
    pub fn repeated_post(more: u64) -> Self {
        Self::new(Some(Action::Post(PostFault::Repeated(more))))
    }

    /// Posts a message from a customer to the webhook after the next message of the same chat, or after 60 seconds on
    /// the sandbox's clock if there is none. Applies to posts, not to calls.
    pub fn swapped_post() -> Self {
        Self::new(Some(Action::Post(PostFault::Swapped)))
    }

    /// Answers `dialog_execute` of `ChatGuru` with the error that the context is not validated. The dialog does not
    /// run, and the next call succeeds.
    ///
    /// The fault only applies to this operation.
    pub fn dialog_context_error() -> Self {
        Self::new(Some(Action::DialogContextError))
    }

    /// Delays the effect of the fault.
    pub fn delayed(mut self, delay: Duration) -> Self {
        self.delay = Some(delay);
        self
    }

    /// Adds a header to an [`answer`](Self::answer). [`Faults::add`] refuses other kinds with a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match &mut self.action {
            Some(Action::Answer(canned)) => canned.headers.push((name.to_owned(), value.to_owned())),
            _ => self.stray_headers = true,
        }
        self
    }

    /// Adds `Retry-After`, in seconds, to an [`answer`](Self::answer).
    pub fn retry_after(self, seconds: u32) -> Self {
        self.header("retry-after", &seconds.to_string())
    }

    /// Applies before the request is processed. The request is then not processed, unless the fault only delays.
    pub fn before(mut self) -> Self {
        self.when = Some(Moment::Before);
        self
    }

    /// Applies after the request is processed.
    pub fn after(mut self) -> Self {
        self.when = Some(Moment::After);
        self
    }

    /// Applies only to calls of this provider.
    pub fn provider(mut self, provider: Provider) -> Self {
        self.provider = Some(provider);
        self
    }

    /// Applies only to calls of this operation, named as in the specs: `send_message`.
    pub fn operation(mut self, operation: &str) -> Self {
        self.operation = Some(operation.to_owned());
        self
    }

    /// Applies this many times. Default: 1.
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Applies until it is removed.
    pub fn always(mut self) -> Self {
        self.times = None;
        self
    }

    /// Applies to a matching call with this probability. The same seed gives the same sequence.
    pub fn probability(mut self, probability: f64, seed: u64) -> Self {
        self.probability = probability;
        self.seed = Some(seed);
        self
    }

    /// Returns when the fault applies. Kinds that can only apply before or only after processing need not set it.
    pub(crate) fn moment(&self) -> Moment {
        let only = if self.is_of_dialogs() { Moment::Before } else { Moment::After };
        self.when.unwrap_or(only)
    }

    /// Returns the provider to whose calls the fault applies, or `None` for all.
    fn its_provider(&self) -> Option<Provider> {
        if self.is_of_dialogs() { Some(Provider::ChatGuru) } else { self.provider }
    }

    /// Returns the operation to which the fault applies, or `None` for all.
    fn its_operation(&self) -> Option<&str> {
        if self.is_of_dialogs() { Some(DIALOGS) } else { self.operation.as_deref() }
    }

    fn is_of_dialogs(&self) -> bool {
        self.action == Some(Action::DialogContextError)
    }

    /// Returns how the fault changes the posts of messages, or `None` if it applies to calls.
    pub(crate) fn post(&self) -> Option<PostFault> {
        match self.action {
            Some(Action::Post(post)) => Some(post),
            _ => None,
        }
    }

    pub(crate) fn pause(&self) -> Duration {
        self.delay.unwrap_or_default()
    }

    pub(crate) fn action(&self) -> Option<&Action> {
        self.action.as_ref()
    }
}
