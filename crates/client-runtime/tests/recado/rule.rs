//! What a call of Recado must report when it meets a fault: the outcome rule of `specs/README.md` for APIs whose HTTP status
//! reports the result, written down once more, without the code of the runtime.

use crate::faults::Seen;

/// What a successful answer to an operation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Nothing,
    Object,
    AnyObject,
    AnyJson,
    Objects,
    Texts,
    Number,
    /// Text or bytes, which are kept as they came.
    Raw,
}

/// Whether a call may be sent again once it may have reached the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    Read,
    Change,
    /// A change with an idempotency key.
    Keyed,
}

/// What is seen of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    OfAnyApi(Seen),
    /// An error in the API's own shape, or without a body, with this status.
    Error(u16),
    /// A success with this status and an empty object.
    Success(u16),
}

/// What a call must report, and how often it is sent at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    pub code: &'static str,
    pub attempts: usize,
    /// Whether the answer proves something: that the request had its effect, or that it had none.
    pub proves: Option<bool>,
}

/// Returns what a call must report if it meets the fault each time that it is sent.
pub fn expected(what: What, answer: Answer, safety: Safety) -> Expected {
    let reads = safety == Safety::Read;
    let repeats = |again: bool| if again && safety != Safety::Change { 3 } else { 1 };
    let by_proof = |proof: bool, [proven, unknown]: [&'static str; 2], attempts| Expected {
        code: if proof || reads { proven } else { unknown },
        attempts,
        proves: proof.then_some(false),
    };
    let success = || Expected { code: "ok", attempts: 1, proves: Some(true) };
    let broken = ["Interrupted NotDone", "Interrupted Unknown"];
    let strange = ["UnexpectedAnswer NotDone", "UnexpectedAnswer Unknown"];
    match what {
        // An answer with status 204 has no body, and is a success.
        What::OfAnyApi(Seen::Answer | Seen::OtherValues | Seen::Page(204)) | What::Success(204) => success(),
        // Nothing was sent, so that even a change is tried again.
        What::OfAnyApi(Seen::NoConnection) => Expected { code: "Connect NotDone", attempts: 3, proves: Some(false) },
        What::OfAnyApi(Seen::Break) => by_proof(false, broken, repeats(true)),
        What::OfAnyApi(Seen::BreakOf(status)) => by_proof(refuses(status), broken, repeats(true)),
        What::OfAnyApi(Seen::Late) => by_proof(false, ["Timeout NotDone", "Timeout Unknown"], repeats(true)),
        What::OfAnyApi(Seen::Redirect) => by_proof(false, strange, 1),
        What::OfAnyApi(Seen::TooLarge) => by_proof(false, ["AnswerTooLarge NotDone", "AnswerTooLarge Unknown"], 1),
        What::OfAnyApi(Seen::Page(status)) => by_proof(refuses(status), strange, repeats(passes(status))),
        What::OfAnyApi(Seen::Body(body)) => of_body(body, answer, by_proof(false, strange, 1)),
        What::Success(_) => of_body("{}", answer, by_proof(false, strange, 1)),
        What::Error(status) => {
            let refused = ["Refused NotDone", "Refused Unknown"];
            // The spec lists the two as refusals.
            by_proof(refuses(status) || matches!(status, 409 | 422), refused, repeats(passes(status)))
        }
    }
}

/// Whether the meaning of a status proves that the request had no effect, whatever sends it.
fn refuses(status: u16) -> bool {
    matches!(status, 401 | 404 | 405 | 411 | 413 | 414 | 415 | 429 | 431)
}

/// Whether an answer with this status may be another one a moment later.
fn passes(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504 | 520)
}

/// A success with a body of this name: it can be read, it is another JSON than the answer, or it is not of the API.
fn of_body(body: &str, answer: Answer, not_of_the_api: Expected) -> Expected {
    let unreadable = Expected { code: "Undecodable Done", attempts: 1, proves: Some(true) };
    let readable = Expected { code: "ok", ..unreadable };
    let is_object = matches!(answer, Answer::Object | Answer::AnyObject);
    let can_be_read = match body {
        _ if matches!(answer, Answer::Nothing | Answer::Raw) => true,
        "{}" => is_object || answer == Answer::AnyJson,
        "[]" => matches!(answer, Answer::Objects | Answer::Texts | Answer::AnyJson),
        "null" => matches!(answer, Answer::Objects | Answer::Texts | Answer::AnyJson),
        "a number" => matches!(answer, Answer::Number | Answer::AnyJson),
        "a string" => answer == Answer::AnyJson,
        // Where a list of texts has an object, its texts are read.
        "a list with a success" => matches!(answer, Answer::Objects | Answer::Texts | Answer::AnyJson),
        _ => false,
    };
    match body {
        _ if can_be_read => readable,
        "garbage" | "invalid UTF-8" | "unasked gzip" => not_of_the_api,
        _ => unreadable,
    }
}
