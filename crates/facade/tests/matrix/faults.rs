//! The faults, and the result that each call must have.

use std::time::Duration;

use serde_json::Value;
use zap_sandbox::{Fault as SandboxFault, Profile};

use crate::operations::Operation;
use crate::shared::faults::{self, Faults, Seen};
use crate::shared::relay::RelayReply;
use crate::shared::route::{self, Patience, SHORT};
use crate::support::calls::Api;
use crate::support::{REFUSALS, SECRETS};

/// A row of the matrix.
pub struct Fault {
    pub name: String,
    pub way: Way,
    /// Whether the request is processed despite the fault.
    pub processed: bool,
    /// Whether the answer lies: it reports success although the request was not processed, or a refusal
    /// although it was. Such an answer deceives any client.
    pub forged: bool,
    /// The result that a change must have: `ok`, or kind and outcome of the error.
    pub change: &'static str,
    /// The result that an operation that only reads must have after its retries.
    pub read: &'static str,
    /// Operations that have another result. A comment beside the row says why.
    pub except: &'static [(&'static str, &'static str)],
    /// Whether the fault affects only the answer's `data`, so that an answer without `data` is still a success.
    strikes_data: bool,
    pub only: Option<Api>,
    pub patience: Patience,
    pub profile: Profile,
}

/// The cause of the fault.
pub enum Way {
    OfAnyApi(route::Way),
    Sandbox(SandboxFault),
}

impl Fault {
    fn of(fault: faults::Fault, expected: [&'static str; 2]) -> Self {
        row(fault.name, Way::OfAnyApi(fault.way), fault.processed, expected)
    }

    fn new(name: impl Into<String>, way: Way, processed: bool, change: &'static str, read: &'static str) -> Self {
        Self {
            name: name.into(),
            way,
            processed,
            forged: false,
            change,
            read,
            except: &[],
            strikes_data: false,
            only: None,
            patience: Patience::Ample,
            profile: Profile::Documented,
        }
    }

    /// Returns the result that `operation` must have.
    pub fn expected(&self, operation: &Operation) -> &'static str {
        if self.strikes_data && !operation.has_data {
            return "ok";
        }
        let except = self.except.iter().find(|(name, _)| *name == operation.name);
        except.map_or(if operation.changes { self.change } else { self.read }, |(_, code)| code)
    }

    /// Returns whether the fault can happen to `operation`.
    pub fn concerns(&self, operation: &Operation) -> bool {
        self.only.is_none_or(|only| only == operation.call.api)
    }

    fn only(self, api: Api) -> Self {
        Self { only: Some(api), ..self }
    }

    fn except(self, except: &'static [(&'static str, &'static str)]) -> Self {
        Self { except, ..self }
    }

    fn strikes_data(self) -> Self {
        Self { strikes_data: true, ..self }
    }

    fn patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    fn forged(self) -> Self {
        Self { name: format!("{}, forged", self.name), forged: true, ..self }
    }
}

const BROKEN: [&str; 2] = ["Interrupted Unknown", "Interrupted NotDone"];
const LATE: [&str; 2] = ["Timeout Unknown", "Timeout NotDone"];
const STRANGE: [&str; 2] = ["UnexpectedAnswer Unknown", "UnexpectedAnswer NotDone"];
const STRANGE_BUT_REFUSED: [&str; 2] = ["UnexpectedAnswer NotDone", "UnexpectedAnswer NotDone"];
const UNPROVEN: [&str; 2] = ["Refused Unknown", "Refused NotDone"];
const REFUSED: [&str; 2] = ["Refused NotDone", "Refused NotDone"];
const NO_CONNECTION: [&str; 2] = ["Connect NotDone", "Connect NotDone"];
const UNREADABLE: [&str; 2] = ["Undecodable Done", "Undecodable Done"];
const TOO_LARGE: [&str; 2] = ["AnswerTooLarge Unknown", "AnswerTooLarge NotDone"];
const OK: [&str; 2] = ["ok", "ok"];

fn row(name: impl Into<String>, way: Way, processed: bool, [change, read]: [&'static str; 2]) -> Fault {
    Fault::new(name, way, processed, change, read)
}

/// The rows of a fault that can happen to a call of any API, with what it proves for these.
fn of_any_api(fault: faults::Fault) -> Fault {
    // The meaning of these statuses proves a refusal, whatever sends them.
    let is_refusal = |status| [401, 404, 405, 411, 413, 414, 415, 429, 431].contains(&status);
    let (expected, is_proof) = match fault.seen {
        Seen::Answer | Seen::OtherValues => (OK, false),
        Seen::NoConnection => (NO_CONNECTION, false),
        Seen::BreakOf(status) if is_refusal(status) => (["Interrupted NotDone"; 2], true),
        Seen::Break | Seen::BreakOf(_) => (BROKEN, false),
        Seen::Late => (LATE, false),
        Seen::Page(status) if is_refusal(status) => (STRANGE_BUT_REFUSED, true),
        Seen::Redirect | Seen::Page(_) | Seen::Body(_) => (STRANGE, false),
        Seen::TooLarge => (TOO_LARGE, false),
    };
    let row = row(fault.name, Way::OfAnyApi(fault.way), fault.processed, expected);
    let row = row.patience(fault.patience);
    if is_proof && row.processed { row.forged() } else { row }
}

/// The relay's reply instead of the sandbox's answer.
fn before(name: &str, reply: &RelayReply, expected: [&'static str; 2]) -> Fault {
    Fault::of(faults::before(name, reply, Seen::Answer), expected)
}

/// The relay's reply once the sandbox has processed the request.
fn after(name: &str, reply: &RelayReply, expected: [&'static str; 2]) -> Fault {
    Fault::of(faults::after(name, reply, Seen::Answer), expected)
}

/// Proves nothing, so that it is the same before and after.
fn both(name: &str, reply: &RelayReply, expected: [&'static str; 2]) -> [Fault; 2] {
    [before(name, reply, expected), after(name, reply, expected)]
}

/// All rows; `elsewhere` are the addresses that redirects point to.
pub fn faults(elsewhere: &[(&str, String)]) -> Vec<Fault> {
    let answers = Faults { secrets: &SECRETS, elsewhere };
    let rows = answers.all().into_iter().map(of_any_api);
    rows.chain(verdicts(answers)).chain(rewritten(answers)).chain(of_the_sandbox()).collect()
}

/// Answers of the API's own shape.
fn verdicts(answers: Faults<'_>) -> Vec<Fault> {
    let secrets = answers.in_a_line();
    let json = |status, body: &str| answers.json(status, body);
    let remarked = |remark: &str| {
        json(200, &format!(r#"{{"remark":{remark},"status":"error","message":["{secrets}"],"data":"{secrets}"}}"#))
    };
    let mut rows = Vec::new();
    for remark in REFUSALS {
        let (name, reply) = (format!("remark {remark}"), remarked(&format!("{remark:?}")));
        rows.push(before(&name, &reply, REFUSED).only(Api::ExternalApi));
        rows.push(after(&name, &reply, REFUSED).only(Api::ExternalApi).forged());
    }
    for remark in [r#""exception""#, r#""new_remark""#, "null", "7", r#"["validation_error"]"#, "{}"] {
        let reply = remarked(remark);
        rows.extend(both(&format!("remark {remark}"), &reply, UNPROVEN).map(|fault| fault.only(Api::ExternalApi)));
    }
    for status in [200, 400, 404, 500] {
        let reply = json(status, &format!(r#"{{"result":"error","code":{status},"description":"{secrets}"}}"#));
        let name = format!("{status}, result error");
        rows.push(before(&name, &reply, REFUSED).only(Api::ChatGuru));
        rows.push(after(&name, &reply, REFUSED).only(Api::ChatGuru).forged());
    }
    for word in [r#""queued""#, r#""Success""#, "true", "null", r#"["success"]"#] {
        let reply = json(200, &format!(r#"{{"status":{word},"result":{word},"remark":"validation_error"}}"#));
        rows.extend(both(&format!("verdict {word}"), &reply, STRANGE));
    }
    let success = r#"{"status":"success","result":"success"}"#;
    rows.push(before("bare success", &json(200, success), OK).forged());
    rows.push(after("bare success", &json(200, success), OK));
    // The word in the body counts, whatever the status.
    for status in [201, 202, 404, 500] {
        rows.push(after(&format!("{status} with a success"), &json(status, success), OK));
    }
    let mut broken = br#"{"status":"success","result":"success","message":["?"],"description":"?"}"#.to_vec();
    broken.iter_mut().filter(|byte| **byte == b'?').for_each(|byte| *byte = 0xff);
    rows.push(after("a success with invalid UTF-8", &answers.json(200, &broken), OK));
    rows
}

/// The real answer, with data that cannot be read.
fn rewritten(answers: Faults<'_>) -> Vec<Fault> {
    let rewritten = |name: &str, property: &'static str, json: &'static str, expected| {
        Fault::of(answers.rewritten(name, move |body| with(body, property, json)), expected)
    };
    let [of_externalapi, of_chatguru] =
        [Api::ExternalApi, Api::ChatGuru].map(|api| move |fault: Fault| fault.only(api));
    vec![
        of_externalapi(rewritten("data is []", "data", "[]", OK)),
        of_externalapi(rewritten("data is a text", "data", r#""canary-client-secret""#, UNREADABLE)).strikes_data(),
        of_externalapi(rewritten("data is a number", "data", "7", UNREADABLE)).strikes_data(),
        of_chatguru(rewritten("description is an object", "description", r#"{"canary-key":1}"#, UNREADABLE)),
    ]
}

/// The faults that the sandbox can make itself.
fn of_the_sandbox() -> Vec<Fault> {
    let sandbox = |name: &str, fault: SandboxFault, processed, expected| {
        row(format!("sandbox: {name}"), Way::Sandbox(fault.always()), processed, expected)
    };
    let late = || SandboxFault::delay(6 * SHORT);
    let error = || Value::from(format!("busy {}", SECRETS.join(" ")));
    let retry = |status| SandboxFault::answer(status, error()).retry_after(0);
    vec![
        // A template message is delivered and answered `exception` there (fact E9).
        Fault {
            profile: Profile::Observed,
            ..row("nothing, on the observed version", Way::OfAnyApi(route::Way::Nothing), true, OK)
        }
        .except(&[("send_template_message", "Refused Unknown")]),
        sandbox("delay before", SandboxFault::delay(Duration::from_millis(20)).before(), true, OK),
        sandbox("delay after", SandboxFault::delay(Duration::from_millis(20)).after(), true, OK),
        sandbox("too long a delay before", late().before(), true, LATE).patience(Patience::ShortRead),
        sandbox("too long a delay after", late().after(), true, LATE).patience(Patience::ShortRead),
        sandbox("close before", SandboxFault::close_before(), false, BROKEN),
        sandbox("close after", SandboxFault::close_after(), true, BROKEN),
        sandbox("truncated to nothing", SandboxFault::truncated(0), true, BROKEN),
        sandbox("truncated", SandboxFault::truncated(30), true, BROKEN),
        sandbox("429 before", retry(429).before(), false, STRANGE_BUT_REFUSED),
        sandbox("429 after", retry(429).after(), true, STRANGE_BUT_REFUSED).forged(),
        sandbox("503 before", retry(503).before(), false, STRANGE),
        sandbox("503 after", retry(503).after(), true, STRANGE),
        sandbox("500 before", SandboxFault::answer(500, error()).before(), false, STRANGE),
        sandbox("500 after", SandboxFault::answer(500, error()).after(), true, STRANGE),
        sandbox("proxy page before", SandboxFault::proxy_page().before(), false, STRANGE),
        sandbox("proxy page after", SandboxFault::proxy_page().after(), true, STRANGE),
        sandbox("maintenance before", SandboxFault::maintenance_page().before(), false, STRANGE),
        sandbox("maintenance after", SandboxFault::maintenance_page().after(), true, STRANGE),
        // The verdict, too, has another type then.
        sandbox("wrong types", SandboxFault::wrong_types(), true, STRANGE),
        sandbox("unknown enum", SandboxFault::unknown_enum(), true, OK),
        sandbox("endless", SandboxFault::endless(), true, LATE).patience(Patience::ShortTotal),
    ]
}

/// The answer with another value of a property.
fn with(body: &[u8], name: &str, json: &str) -> Vec<u8> {
    let mut answer: Value = serde_json::from_slice(body).unwrap();
    answer[name] = serde_json::from_str(json).unwrap();
    answer.to_string().into_bytes()
}
