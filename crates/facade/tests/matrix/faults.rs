//! The faults, and the result that each call must have.

use std::time::Duration;

use serde_json::Value;
use zap_sandbox::{Fault as SandboxFault, Profile};

use crate::operations::Operation;
use crate::relay::{BreakKind, RelayFault, RelayReply};
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
    Nothing,
    Sandbox(SandboxFault),
    Relay(RelayFault),
    /// Nothing listens on the port.
    RefusedConnection,
    /// The name of the host cannot be resolved.
    FailingResolver,
    /// The server's certificate is not signed by a trusted authority.
    UntrustedCertificate,
    /// The server does not speak TLS.
    NoTls,
    /// Nothing listens on the proxy's port.
    NoProxy,
    /// The proxy answers a request for a tunnel with this.
    ProxyRefuses(u16),
}

/// The time limit of a client that is meant to give up. Connecting and sending take far less, even on a busy
/// machine.
pub const SHORT: Duration = Duration::from_secs(1);

/// The time limits of the client.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// Limits that no call reaches.
    Ample,
    /// A short read limit, for an answer that does not begin or does not continue.
    ShortRead,
    /// A short total limit, for an answer that never ends.
    ShortTotal,
}

impl Fault {
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

/// The relay's reply instead of the sandbox's answer.
fn before(name: &str, reply: &RelayReply, expected: [&'static str; 2]) -> Fault {
    let relay_fault = RelayFault { forwards: false, reply: reply.clone() };
    row(format!("{name}, before"), Way::Relay(relay_fault), false, expected)
}

/// The relay's reply once the sandbox has processed the request.
fn after(name: &str, reply: &RelayReply, expected: [&'static str; 2]) -> Fault {
    let relay_fault = RelayFault { forwards: true, reply: reply.clone() };
    row(format!("{name}, after"), Way::Relay(relay_fault), true, expected)
}

/// Proves nothing, so that it is the same before and after.
fn both(name: &str, reply: &RelayReply, expected: [&'static str; 2]) -> [Fault; 2] {
    [before(name, reply, expected), after(name, reply, expected)]
}

/// A whole answer, which quotes the caller's secrets in its headers.
pub fn answer(status: u16, content_type: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    answer_with(status, &format!("content-type: {content_type}\r\n"), body)
}

fn answer_with(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let (body, secrets) = (body.as_ref(), SECRETS.join(" "));
    let head = format!(
        "HTTP/1.1 {status} {secrets}\r\n{headers}content-length: {}\r\nconnection: close\r\nserver: {secrets}\r\n\
         set-cookie: session={secrets}\r\nx-{}: {secrets}\r\n\r\n",
        body.len(),
        SECRETS[0],
    );
    [head.as_bytes(), body].concat()
}

/// A page that quotes the secrets, too.
fn page(status: u16) -> RelayReply {
    let secrets = SECRETS.join(" ");
    let body = format!("<html><head><title>{status} {secrets}</title></head><body>{secrets}</body></html>");
    RelayReply::Answer(answer(status, "text/html", if status == 204 { "" } else { &body }))
}

fn json(status: u16, body: impl AsRef<[u8]>) -> RelayReply {
    RelayReply::Answer(answer(status, "application/json", body))
}

/// All rows; `elsewhere` are the addresses that redirects point to.
pub fn faults(elsewhere: &[(&str, String)]) -> Vec<Fault> {
    [connection(), stream(), redirects(elsewhere), statuses(), bodies(), verdicts(), rewritten(), of_the_sandbox()]
        .into_iter()
        .flatten()
        .collect()
}

/// Nothing, and no connection.
fn connection() -> Vec<Fault> {
    vec![
        row("nothing", Way::Nothing, true, OK),
        // A template message is delivered and answered `exception` there (fact E9).
        Fault { profile: Profile::Observed, ..row("nothing, on the observed version", Way::Nothing, true, OK) }
            .except(&[("send_template_message", "Refused Unknown")]),
        row("refused connection", Way::RefusedConnection, false, NO_CONNECTION),
        row("failing resolver", Way::FailingResolver, false, NO_CONNECTION),
        row("untrusted certificate", Way::UntrustedCertificate, false, NO_CONNECTION),
        row("no TLS", Way::NoTls, false, NO_CONNECTION),
        row("no proxy", Way::NoProxy, false, NO_CONNECTION),
        row("502 of a proxy", Way::ProxyRefuses(502), false, NO_CONNECTION),
        row("407 of a proxy", Way::ProxyRefuses(407), false, NO_CONNECTION),
    ]
}

/// The connection breaks or stalls.
fn stream() -> Vec<Fault> {
    let whole = answer(200, "application/json", r#"{"status":"success","result":"success"}"#);
    let (head, all) = (whole.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4, whole.len());
    let early = RelayFault { forwards: false, reply: RelayReply::ResetInTheRequest };
    let mut rows = vec![row("reset in the request", Way::Relay(early), false, BROKEN)];
    for (word, how) in [("closed", BreakKind::Close), ("reset", BreakKind::Reset)] {
        rows.extend(both(&format!("{word} before the head"), &RelayReply::Break(how), BROKEN));
        for (place, length) in [("in the head", head / 2), ("after the head", head), ("in the body", all - 3)] {
            let reply = RelayReply::BreakAfter(how, whole.clone(), length);
            rows.extend(both(&format!("{word} {place}"), &reply, BROKEN));
        }
        // The status alone proves it.
        let missing = RelayReply::BreakAfter(how, answer(404, "text/html", "<title>404</title>"), head);
        let expected = ["Interrupted NotDone", "Interrupted NotDone"];
        rows.push(before(&format!("404, {word} in the body"), &missing, expected));
        rows.push(after(&format!("404, {word} in the body"), &missing, expected).forged());
    }
    for (place, length) in [("before the head", 0), ("in the head", head / 2), ("in the body", all - 3)] {
        let stalls = both(&format!("stalled {place}"), &RelayReply::Stall(whole[..length].to_vec()), LATE);
        rows.extend(stalls.map(|fault| fault.patience(Patience::ShortRead)));
    }
    rows
}

fn redirects(elsewhere: &[(&str, String)]) -> Vec<Fault> {
    let mut rows = Vec::new();
    for status in [301, 302, 303, 307, 308] {
        for (place, origin) in elsewhere {
            let location = format!("location: {origin}/{}\r\n", SECRETS[1]);
            let reply = RelayReply::Answer(answer_with(status, &location, ""));
            rows.extend(both(&format!("{status} to another {place}"), &reply, STRANGE));
        }
    }
    rows
}

/// Pages with a status.
fn statuses() -> Vec<Fault> {
    let unproven = [101, 200, 201, 204, 400, 403, 407, 408, 409, 422, 500, 501, 502, 503, 504, 520];
    let refusing = [401, 404, 405, 411, 413, 414, 415, 429, 431];
    let mut rows: Vec<_> =
        unproven.into_iter().flat_map(|status| both(&format!("{status} page"), &page(status), STRANGE)).collect();
    for status in refusing {
        rows.push(before(&format!("{status} page"), &page(status), STRANGE_BUT_REFUSED));
        rows.push(after(&format!("{status} page"), &page(status), STRANGE_BUT_REFUSED).forged());
    }
    rows
}

/// Answers that say nothing of how the call went, and those that are too large.
fn bodies() -> Vec<Fault> {
    let deep = "[".repeat(50_000);
    let deep_object = format!(r#"{{"data":{}"#, r#"{"data":"#.repeat(5_000));
    let gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0x56, 0x2a, 0x2e];
    let named: [(&str, &[u8]); 14] = [
        ("empty", b""),
        ("spaces", b"  \r\n"),
        ("[]", b"[]"),
        ("null", b"null"),
        ("{}", b"{}"),
        ("a number", b"7"),
        ("a string", br#""success""#),
        ("garbage", b"garbage"),
        ("half a success", br#"{"status":"success","result":"success","#),
        ("a list with a success", br#"[{"status":"success","result":"success"}]"#),
        ("a deep list", deep.as_bytes()),
        ("a deep object", deep_object.as_bytes()),
        ("invalid UTF-8", b"\xff\xfe\x00{"),
        ("unasked gzip", &gzip),
    ];
    let mut rows: Vec<_> = named
        .into_iter()
        .flat_map(|(name, body)| both(&format!("200 with {name}"), &json(200, body), STRANGE))
        .collect();
    let large = format!(r#"{{"status":"success","result":"success","x":"{}"}}"#, "x".repeat(CAP));
    rows.extend(both("over the cap", &json(200, &large), TOO_LARGE));
    let endless = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n{large}");
    rows.extend(both("over the cap, no length", &RelayReply::Answer(endless.into_bytes()), TOO_LARGE));
    rows
}

/// The largest answer that the clients accept.
pub const CAP: usize = 64 * 1024;

/// Answers of the API's own shape.
fn verdicts() -> Vec<Fault> {
    let secrets = SECRETS.join(" ");
    let remarked = |remark: &str| {
        json(200, format!(r#"{{"remark":{remark},"status":"error","message":["{secrets}"],"data":"{secrets}"}}"#))
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
        let reply = json(status, format!(r#"{{"result":"error","code":{status},"description":"{secrets}"}}"#));
        let name = format!("{status}, result error");
        rows.push(before(&name, &reply, REFUSED).only(Api::ChatGuru));
        rows.push(after(&name, &reply, REFUSED).only(Api::ChatGuru).forged());
    }
    for word in [r#""queued""#, r#""Success""#, "true", "null", r#"["success"]"#] {
        let reply = json(200, format!(r#"{{"status":{word},"result":{word},"remark":"validation_error"}}"#));
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
    rows.push(after("a success with invalid UTF-8", &json(200, &broken), OK));
    rows
}

/// The real answer, changed.
fn rewritten() -> Vec<Fault> {
    let rewrite = |name: &str, rewrite: fn(&[u8]) -> Vec<u8>, expected| {
        let relay_fault = RelayFault { forwards: true, reply: RelayReply::Rewrite(rewrite) };
        row(name, Way::Relay(relay_fault), true, expected)
    };
    vec![
        rewrite("every string quotes secrets", |body| changed(body, &quote), OK),
        rewrite("null everywhere", |body| changed(body, &|_, value| *value = Value::Null), OK),
        rewrite("other types, same verdict", |body| changed(body, &retype), OK),
        rewrite("unknown properties", |body| [br#"{"new":[{"x":1}],"#, &body[1..]].concat(), OK),
        rewrite("a byte order mark", |body| [b"\xef\xbb\xbf", body].concat(), OK),
        rewrite("data is []", |body| with(body, "data", "[]"), OK).only(Api::ExternalApi),
        rewrite("data is a text", |body| with(body, "data", r#""canary-client-secret""#), UNREADABLE)
            .only(Api::ExternalApi)
            .strikes_data(),
        rewrite("data is a number", |body| with(body, "data", "7"), UNREADABLE).only(Api::ExternalApi).strikes_data(),
        rewrite("description is an object", |body| with(body, "description", r#"{"canary-key":1}"#), UNREADABLE)
            .only(Api::ChatGuru),
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

/// The answer with each scalar but its verdict changed by `change`.
fn changed(body: &[u8], change: &dyn Fn(&str, &mut Value)) -> Vec<u8> {
    let mut answer: Value = serde_json::from_slice(body).unwrap();
    for (name, value) in answer.as_object_mut().unwrap() {
        if !matches!(&**name, "status" | "result") {
            visit(name, value, change);
        }
    }
    answer.to_string().into_bytes()
}

fn visit(name: &str, value: &mut Value, change: &dyn Fn(&str, &mut Value)) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|value| visit(name, value, change)),
        Value::Object(map) => map.iter_mut().for_each(|(name, value)| visit(name, value, change)),
        _ => change(name, value),
    }
}

fn quote(_: &str, value: &mut Value) {
    if value.is_string() {
        *value = SECRETS.join(" ").into();
    }
}

/// Every scalar becomes one of another type.
fn retype(_: &str, value: &mut Value) {
    *value = match value {
        Value::String(text) => text.len().into(),
        Value::Number(number) => number.to_string().into(),
        Value::Bool(flag) => i32::from(*flag).into(),
        _ => return,
    };
}

/// The answer with another value of a property.
fn with(body: &[u8], name: &str, json: &str) -> Vec<u8> {
    let mut answer: Value = serde_json::from_slice(body).unwrap();
    answer[name] = serde_json::from_str(json).unwrap();
    answer.to_string().into_bytes()
}
