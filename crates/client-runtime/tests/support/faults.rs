//! The faults that can happen to a call of any API. What each proves depends on the API.
//!
//! The matrix of the facade's tests includes this file, too.

// Each test program uses its own part of this.
#![allow(dead_code)]

use std::sync::Arc;

use serde_json::Value;

use super::relay::{BreakKind, RelayFault, RelayReply};
use super::route::{Patience, Way};

/// A fault.
pub struct Fault {
    pub name: String,
    pub way: Way,
    /// Whether the request is processed despite the fault.
    pub processed: bool,
    pub seen: Seen,
    pub patience: Patience,
}

/// What the caller sees of a fault, which is all that it can conclude from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The provider's answer.
    Answer,
    /// The provider's answer, with other values in its properties.
    OtherValues,
    NoConnection,
    /// The connection breaks before a whole answer.
    Break,
    /// The connection breaks in the body of an answer with this status.
    BreakOf(u16),
    /// The answer is late.
    Late,
    Redirect,
    /// An HTML page with this status.
    Page(u16),
    /// An answer with status 200 and a body of this name, which says nothing of how a call went.
    Body(&'static str),
    TooLarge,
}

/// The largest answer that the clients accept.
pub const CAP: usize = 64 * 1024;

/// Makes faults whose answers quote these secrets, so that errors show whether they are masked.
#[derive(Clone, Copy)]
pub struct Faults<'s> {
    pub secrets: &'s [&'s str],
    /// The addresses that redirects point to, each with its name.
    pub elsewhere: &'s [(&'s str, String)],
}

impl Faults<'_> {
    /// Returns all faults that can happen to a call of any API.
    pub fn all(self) -> Vec<Fault> {
        let kinds =
            [connection(), self.stream(), self.redirects(), self.statuses(), self.bodies(), self.other_values()];
        kinds.into_iter().flatten().collect()
    }

    /// A whole answer, which quotes the caller's secrets in its headers.
    pub fn answer(self, status: u16, content_type: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
        self.answer_with(status, &format!("content-type: {content_type}\r\n"), body)
    }

    fn answer_with(self, status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
        let (body, secrets) = (body.as_ref(), self.in_a_line());
        let head = format!(
            "HTTP/1.1 {status} {secrets}\r\n{headers}content-length: {}\r\nconnection: close\r\nserver: {secrets}\r\n\
             set-cookie: session={secrets}\r\nx-{}: {secrets}\r\n\r\n",
            body.len(),
            self.secrets[0],
        );
        [head.as_bytes(), body].concat()
    }

    /// The secrets, as text that a header can hold.
    pub fn in_a_line(self) -> String {
        self.secrets.join(" ")
    }

    pub fn json(self, status: u16, body: impl AsRef<[u8]>) -> RelayReply {
        RelayReply::Answer(self.answer(status, "application/json", body))
    }

    /// A page that quotes the secrets, too.
    fn page(self, status: u16) -> RelayReply {
        let secrets = self.in_a_line();
        let body = format!("<html><head><title>{status} {secrets}</title></head><body>{secrets}</body></html>");
        RelayReply::Answer(self.answer(status, "text/html", if status == 204 { "" } else { &body }))
    }

    /// The connection breaks or stalls.
    fn stream(self) -> Vec<Fault> {
        let whole = self.answer(200, "application/json", r#"{"status":"success","result":"success"}"#);
        let (head, all) = (whole.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4, whole.len());
        let mut rows = vec![before("reset in the request", &RelayReply::ResetInTheRequest, Seen::Break)];
        "reset in the request".clone_into(&mut rows[0].name);
        for (word, how) in [("closed", BreakKind::Close), ("reset", BreakKind::Reset)] {
            rows.extend(both(&format!("{word} before the head"), &RelayReply::Break(how), Seen::Break));
            for (place, length) in [("in the head", head / 2), ("after the head", head), ("in the body", all - 3)] {
                let reply = RelayReply::BreakAfter(how, whole.clone(), length);
                rows.extend(both(&format!("{word} {place}"), &reply, Seen::Break));
            }
            let missing = RelayReply::BreakAfter(how, self.answer(404, "text/html", "<title>404</title>"), head);
            rows.extend(both(&format!("404, {word} in the body"), &missing, Seen::BreakOf(404)));
        }
        for (place, length) in [("before the head", 0), ("in the head", head / 2), ("in the body", all - 3)] {
            let stalls = both(&format!("stalled {place}"), &RelayReply::Stall(whole[..length].to_vec()), Seen::Late);
            rows.extend(stalls.map(|fault| Fault { patience: Patience::ShortRead, ..fault }));
        }
        rows
    }

    fn redirects(self) -> Vec<Fault> {
        let mut rows = Vec::new();
        for status in [301, 302, 303, 307, 308] {
            for (place, origin) in self.elsewhere {
                let location = format!("location: {origin}/{}\r\n", self.secrets[1]);
                let reply = RelayReply::Answer(self.answer_with(status, &location, ""));
                rows.extend(both(&format!("{status} to another {place}"), &reply, Seen::Redirect));
            }
        }
        rows
    }

    /// Pages with a status.
    fn statuses(self) -> Vec<Fault> {
        let statuses = [
            101, 200, 201, 204, 400, 401, 403, 404, 405, 407, 408, 409, 411, 413, 414, 415, 422, 429, 431, 500, 501,
            502, 503, 504, 520,
        ];
        let page = |status| both(&format!("{status} page"), &self.page(status), Seen::Page(status));
        statuses.into_iter().flat_map(page).collect()
    }

    /// Answers that say nothing of how the call went, and those that are too large.
    fn bodies(self) -> Vec<Fault> {
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
        let body = |(name, body)| both(&format!("200 with {name}"), &self.json(200, body), Seen::Body(name));
        let mut rows: Vec<_> = named.into_iter().flat_map(body).collect();
        let large = format!(r#"{{"status":"success","result":"success","x":"{}"}}"#, "x".repeat(CAP));
        rows.extend(both("over the cap", &self.json(200, &large), Seen::TooLarge));
        let endless = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n{large}");
        rows.extend(both("over the cap, no length", &RelayReply::Answer(endless.into_bytes()), Seen::TooLarge));
        rows
    }

    /// The provider's answer, changed where it does not report the result.
    fn other_values(self) -> Vec<Fault> {
        let secrets = self.in_a_line();
        let quote = move |_: &str, value: &mut Value| {
            if value.is_string() {
                *value = secrets.as_str().into();
            }
        };
        let text = self.in_a_line();
        vec![
            self.rewritten("every string quotes secrets", move |body| {
                changed(body, &quote).unwrap_or_else(|| text.clone().into_bytes())
            }),
            self.rewritten("null everywhere", |body| {
                changed(body, &|_, value| *value = Value::Null).unwrap_or_else(|| body.to_vec())
            }),
            self.rewritten("other types, same verdict", |body| changed(body, &retype).unwrap_or_else(|| body.to_vec())),
            self.rewritten("unknown properties", |body| match body.strip_prefix(b"{") {
                Some(rest) => [br#"{"new":[{"x":1}],"#, rest].concat(),
                None => body.to_vec(),
            }),
            self.rewritten("a byte order mark", |body| [b"\xef\xbb\xbf", body].concat()),
        ]
    }

    /// The provider's answer with another body.
    pub fn rewritten(self, name: &str, rewrite: impl Fn(&[u8]) -> Vec<u8> + Send + Sync + 'static) -> Fault {
        let secrets: Vec<_> = self.secrets.iter().map(ToString::to_string).collect();
        let answer = move |body: &[u8]| {
            let secrets: Vec<_> = secrets.iter().map(String::as_str).collect();
            Faults { secrets: &secrets, elsewhere: &[] }.answer(200, "application/json", rewrite(body))
        };
        row(
            name,
            Way::Relay(RelayFault { forwards: true, reply: RelayReply::Rewrite(Arc::new(answer)) }),
            true,
            Seen::OtherValues,
        )
    }
}

/// Nothing, and no connection.
fn connection() -> Vec<Fault> {
    vec![
        row("nothing", Way::Nothing, true, Seen::Answer),
        row("refused connection", Way::RefusedConnection, false, Seen::NoConnection),
        row("failing resolver", Way::FailingResolver, false, Seen::NoConnection),
        row("untrusted certificate", Way::UntrustedCertificate, false, Seen::NoConnection),
        row("no TLS", Way::NoTls, false, Seen::NoConnection),
        row("no proxy", Way::NoProxy, false, Seen::NoConnection),
        row("502 of a proxy", Way::ProxyRefuses(502), false, Seen::NoConnection),
        row("407 of a proxy", Way::ProxyRefuses(407), false, Seen::NoConnection),
    ]
}

fn row(name: impl Into<String>, way: Way, processed: bool, seen: Seen) -> Fault {
    Fault { name: name.into(), way, processed, seen, patience: Patience::Ample }
}

/// The relay's reply instead of the provider's answer.
pub fn before(name: &str, reply: &RelayReply, seen: Seen) -> Fault {
    let way = Way::Relay(RelayFault { forwards: false, reply: reply.clone() });
    row(format!("{name}, before"), way, false, seen)
}

/// The relay's reply once the provider has processed the request.
pub fn after(name: &str, reply: &RelayReply, seen: Seen) -> Fault {
    let way = Way::Relay(RelayFault { forwards: true, reply: reply.clone() });
    row(format!("{name}, after"), way, true, seen)
}

/// Looks the same before and after.
pub fn both(name: &str, reply: &RelayReply, seen: Seen) -> [Fault; 2] {
    [before(name, reply, seen), after(name, reply, seen)]
}

/// The answer with each scalar but its verdict changed by `change`, unless it is a scalar or not JSON.
fn changed(body: &[u8], change: &dyn Fn(&str, &mut Value)) -> Option<Vec<u8>> {
    let mut answer = serde_json::from_slice::<Value>(body).ok()?;
    match &mut answer {
        Value::Object(map) => {
            let entries = map.iter_mut().filter(|(name, _)| !matches!(name.as_str(), "status" | "result"));
            entries.for_each(|(name, value)| visit(name, value, change));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| visit("", value, change)),
        // A number stays one.
        _ => return Some(body.to_vec()),
    }
    Some(answer.to_string().into_bytes())
}

fn visit(name: &str, value: &mut Value, change: &dyn Fn(&str, &mut Value)) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|value| visit(name, value, change)),
        Value::Object(map) => map.iter_mut().for_each(|(name, value)| visit(name, value, change)),
        _ => change(name, value),
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
