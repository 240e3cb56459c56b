//! The validation of a fault before it is added.

use std::{fmt, time::Duration};

use axum::http::{HeaderName, HeaderValue};

use crate::{Provider, operations::operations};

use super::{Action, CannedAnswer, DIALOGS, Fault, Moment, PostFault};

/// The longest delay: ten minutes.
const LONGEST_DELAY: Duration = Duration::from_secs(600);
/// The longest lateness of a post: one day.
const LONGEST_LATENESS: Duration = Duration::from_secs(86_400);
/// How often a post can be repeated.
const MOST_REPEATS: u64 = 100;
/// The largest body of an answer, and the most bytes after which one can be truncated.
const LARGEST_BODY: u64 = 1024 * 1024;
/// Headers that the sandbox sets itself.
const FRAMING: [&str; 6] = ["content-length", "transfer-encoding", "connection", "keep-alive", "trailer", "upgrade"];

/// The error for an invalid fault: the location and the reason. No fault was added or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultError {
    /// The location, for example `do.truncate_at`.
    location: String,
    text: String,
}

impl FaultError {
    pub(super) fn at(location: impl Into<String>, text: impl Into<String>) -> Self {
        Self { location: location.into(), text: text.into() }
    }

    /// Puts a path before the location.
    pub(super) fn within(self, outer: &str) -> Self {
        let location = if self.location.is_empty() { outer.to_owned() } else { format!("{outer}.{}", self.location) };
        Self { location, ..self }
    }
}

impl fmt::Display for FaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.location.is_empty() { f.write_str(&self.text) } else { write!(f, "{}: {}", self.location, self.text) }
    }
}

impl std::error::Error for FaultError {}

/// Checks whether the fault is valid.
pub(super) fn check(fault: &Fault) -> Result<(), FaultError> {
    check_moment(fault)?;
    if let Some(operation) = &fault.operation {
        check_operation(operation, fault.provider)?;
    }
    check_dialog(fault)?;
    if fault.times == Some(0) {
        return Err(FaultError::at("times", "expected 1 or more, or null to apply the fault until it is removed"));
    }
    // Also refuses NaN.
    if !(fault.probability > 0.0 && fault.probability <= 1.0) {
        return Err(FaultError::at("probability", "expected a number above 0 and up to 1"));
    }
    if let Some(post) = fault.post() {
        check_post(fault, post)?;
    }
    if fault.delay.is_some_and(|delay| delay.is_zero() || delay > LONGEST_DELAY) {
        return Err(FaultError::at("do.delay_ms", "expected 1 to 600000 milliseconds (ten minutes)"));
    }
    if fault.stray_headers {
        return Err(FaultError::at("do.answer.headers", "only an answer has headers"));
    }
    match &fault.action {
        None if fault.delay.is_none() => {
            Err(FaultError::at("do", "the fault does nothing; give an action or a delay_ms"))
        }
        Some(Action::Truncate(bytes)) if *bytes > LARGEST_BODY => {
            Err(FaultError::at("do.truncate_at", format!("expected at most {LARGEST_BODY} bytes")))
        }
        Some(Action::Answer(canned)) => check_canned(canned),
        _ => Ok(()),
    }
}

/// Checks a fault of posts, which are not calls.
fn check_post(fault: &Fault, post: PostFault) -> Result<(), FaultError> {
    if fault.when.is_some() {
        return Err(FaultError::at("when", "a post is not a call, so it has no before or after; leave this out"));
    }
    if fault.operation.is_some() {
        return Err(FaultError::at("operation", "a post is not a call of an operation; leave this out"));
    }
    if fault.provider.is_some_and(Provider::is_external_api) {
        return Err(FaultError::at("provider", "only ChatGuru posts messages to a webhook"));
    }
    if fault.delay.is_some() {
        return Err(FaultError::at("do.delay_ms", "this delays the answers to calls; use post_late_ms for posts"));
    }
    match post {
        PostFault::Late(delay) if delay.is_zero() || delay > LONGEST_LATENESS => {
            Err(FaultError::at("do.post_late_ms", "expected 1 to 86400000 milliseconds (one day)"))
        }
        PostFault::Repeated(more) if !(1..=MOST_REPEATS).contains(&more) => {
            Err(FaultError::at("do.post_repeat", format!("expected 1 to {MOST_REPEATS} more posts")))
        }
        _ => Ok(()),
    }
}

fn check_moment(fault: &Fault) -> Result<(), FaultError> {
    let needs_answer = |name: &str| match fault.when {
        Some(Moment::Before) => {
            let text = format!("{name} changes the real answer, which exists only after processing: use \"after\"");
            Err(FaultError::at("when", text))
        }
        _ => Ok(()),
    };
    match &fault.action {
        Some(Action::Truncate(_)) => needs_answer("truncate_at"),
        Some(Action::WrongTypes) => needs_answer("wrong_types"),
        Some(Action::UnknownEnum) => needs_answer("unknown_enum"),
        Some(Action::Endless) => needs_answer("endless"),
        Some(Action::DialogContextError) if fault.when == Some(Moment::After) => {
            Err(FaultError::at("when", "dialog_context_error means that the dialog does not run: use \"before\""))
        }
        None | Some(Action::Close | Action::Answer(_) | Action::Page(_)) if fault.when.is_none() => {
            let text = "expected \"before\" or \"after\": it decides whether the request is processed";
            Err(FaultError::at("when", text))
        }
        _ => Ok(()),
    }
}

fn check_operation(operation: &str, provider: Option<Provider>) -> Result<(), FaultError> {
    let providers = provider.map_or(Provider::ALL.to_vec(), |provider| vec![provider]);
    let mut known: Vec<&str> = Vec::new();
    for id in providers.into_iter().flat_map(operations).map(|operation| operation.id) {
        if !known.contains(&id) {
            known.push(id);
        }
    }
    if known.contains(&operation) {
        return Ok(());
    }
    let of = provider.map_or(String::new(), |provider| format!(" of {provider}"));
    let known = known.join(", ");
    Err(FaultError::at("operation", format!("{operation:?} is not an operation{of}; the operations are {known}")))
}

/// Checks that a fault of dialogs names no other call.
fn check_dialog(fault: &Fault) -> Result<(), FaultError> {
    if !fault.is_of_dialogs() {
        return Ok(());
    }
    if fault.provider.is_some_and(|provider| provider != Provider::ChatGuru) {
        return Err(FaultError::at("provider", "only chatguru answers with dialog_context_error"));
    }
    if fault.operation.as_deref().is_some_and(|operation| operation != DIALOGS) {
        return Err(FaultError::at("operation", format!("only {DIALOGS} answers with dialog_context_error")));
    }
    Ok(())
}

fn check_canned(canned: &CannedAnswer) -> Result<(), FaultError> {
    if !(200..=999).contains(&canned.status) {
        return Err(FaultError::at("do.answer.status", "expected 200 to 999"));
    }
    if canned.body.to_string().len() as u64 > LARGEST_BODY {
        return Err(FaultError::at("do.answer.body", format!("at most {LARGEST_BODY} bytes can be sent")));
    }
    if canned.headers.len() > 50 {
        return Err(FaultError::at("do.answer.headers", "at most 50 can be sent"));
    }
    for (name, value) in &canned.headers {
        let location = format!("do.answer.headers.{name}");
        if HeaderName::from_bytes(name.as_bytes()).is_err() {
            return Err(FaultError::at(location, "not a valid header name"));
        }
        if HeaderValue::from_str(value).is_err() {
            return Err(FaultError::at(location, "the value has characters that a header cannot contain"));
        }
        if FRAMING.contains(&name.to_ascii_lowercase().as_str()) {
            return Err(FaultError::at(location, "the sandbox sets this header itself"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_faults_are_accepted() {
        for fault in [
            Fault::delay(Duration::from_millis(1)).before(),
            Fault::close_before().provider(Provider::ChatGuru).operation("note_add"),
            Fault::close_after().always(),
            Fault::truncated(0),
            Fault::answer(429, "slow down").retry_after(2).before(),
            Fault::answer(200, serde_json::json!({"a": 1})).header("x", "y").after().delayed(LONGEST_DELAY),
            Fault::proxy_page().before(),
            Fault::maintenance_page().after(),
            Fault::wrong_types().operation("send_message").provider(Provider::WaziMe),
            Fault::unknown_enum().after(),
            Fault::endless().probability(0.5, 1),
            Fault::late_post(Duration::from_millis(1)).provider(Provider::ChatGuru),
            Fault::repeated_post(100).always(),
            Fault::swapped_post().times(2).probability(0.5, 1),
            Fault::dialog_context_error(),
            Fault::dialog_context_error().before().provider(Provider::ChatGuru).operation("dialog_execute"),
        ] {
            assert_eq!(check(&fault), Ok(()), "{fault:?}");
        }
    }

    #[test]
    fn invalid_faults_are_refused_with_their_location() {
        let answer = || Fault::answer(503, "x").before();
        for (fault, location) in [
            (Fault::delay(Duration::from_secs(1)), "when"),
            (Fault::answer(503, "x"), "when"),
            (Fault::proxy_page(), "when"),
            (Fault::truncated(1).before(), "when"),
            (Fault::wrong_types().before(), "when"),
            (Fault::unknown_enum().before(), "when"),
            (Fault::endless().before(), "when"),
            (Fault::dialog_context_error().after(), "when"),
            (Fault::dialog_context_error().provider(Provider::WaziMe), "provider"),
            (Fault::dialog_context_error().operation("note_add"), "operation"),
            (Fault::delay(Duration::ZERO).before(), "do.delay_ms"),
            (Fault::close_after().delayed(Duration::MAX), "do.delay_ms"),
            (Fault::truncated(u64::MAX), "do.truncate_at"),
            (Fault::close_after().times(0), "times"),
            (Fault::close_after().probability(0.0, 1), "probability"),
            (Fault::close_after().probability(1.5, 1), "probability"),
            (Fault::close_after().probability(f64::NAN, 1), "probability"),
            (Fault::close_after().operation("send"), "operation"),
            (Fault::close_after().operation("send_message").provider(Provider::ChatGuru), "operation"),
            (Fault::close_after().retry_after(1), "do.answer.headers"),
            (Fault::answer(199, "x").before(), "do.answer.status"),
            (Fault::answer(1000, "x").before(), "do.answer.status"),
            (answer().header("a b", "x"), "do.answer.headers.a b"),
            (answer().header("a", "x\r\ny: z"), "do.answer.headers.a"),
            (answer().header("Content-Length", "1"), "do.answer.headers.Content-Length"),
            (Fault::answer(200, "x".repeat(2_000_000)).after(), "do.answer.body"),
            (Fault::late_post(Duration::ZERO), "do.post_late_ms"),
            (Fault::late_post(LONGEST_LATENESS + Duration::from_nanos(1)), "do.post_late_ms"),
            (Fault::repeated_post(0), "do.post_repeat"),
            (Fault::repeated_post(101), "do.post_repeat"),
            (Fault::swapped_post().before(), "when"),
            (Fault::swapped_post().after(), "when"),
            (Fault::swapped_post().operation("note_add"), "operation"),
            (Fault::swapped_post().provider(Provider::WaziMe), "provider"),
            (Fault::swapped_post().delayed(Duration::from_secs(1)), "do.delay_ms"),
            (Fault::swapped_post().header("a", "b"), "do.answer.headers"),
        ] {
            let error = check(&fault).unwrap_err().to_string();
            assert!(error.starts_with(&format!("{location}: ")), "{error}");
        }
    }
}
