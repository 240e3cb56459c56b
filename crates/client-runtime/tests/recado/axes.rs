//! The rows and columns of the matrix: the faults, and the calls that meet them.

use crate::SECRETS;
use crate::calls::{self, Call};
use crate::faults::{Faults, Seen, after, both};
use crate::route::{Patience, Way};
use crate::rule::{Answer, Safety, What};

/// A row.
pub struct Fault {
    pub name: String,
    pub way: Way,
    pub processed: bool,
    pub patience: Patience,
    pub what: What,
}

/// A column: a call, and what it meets when it is sent again.
pub struct Column {
    pub name: String,
    pub id: &'static str,
    pub safety: Safety,
    pub answer: Answer,
    pub then: Then,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// The same fault.
    Same,
    /// No fault.
    Works,
    /// A refusal, which proves nothing about the first time.
    Refused,
}

pub fn faults(elsewhere: &[(&str, String)]) -> Vec<Fault> {
    let answers = Faults { secrets: &SECRETS, elsewhere };
    let text = answers.in_a_line();
    let mut own = Vec::new();
    for status in [400, 401, 403, 404, 408, 409, 422, 429, 451, 500, 503] {
        let body = serde_json::json!({ "code": 7, "message": text, "errors": [text, text] }).to_string();
        for (name, body) in [("an error", body.as_str()), ("no body", "")] {
            let rows = both(&format!("{status} with {name}"), &answers.json(status, body), Seen::Answer);
            own.extend(rows.map(|row| (row, What::Error(status))));
        }
    }
    for status in [201, 202, 204] {
        let body = if status == 204 { "" } else { "{}" };
        own.push((after(&format!("bare {status}"), &answers.json(status, body), Seen::Answer), What::Success(status)));
    }
    let of_any_api = answers.all().into_iter().map(|fault| {
        let what = What::OfAnyApi(fault.seen);
        (fault, what)
    });
    let row = |(fault, what): (crate::faults::Fault, _)| Fault {
        name: fault.name,
        way: fault.way,
        processed: fault.processed,
        patience: fault.patience,
        what,
    };
    of_any_api.chain(own).map(row).collect()
}

pub fn columns() -> Vec<Column> {
    let column = |call: &Call, then| {
        let id = call.operation.id;
        let safety = match id {
            "message_send" => Safety::Keyed,
            "message_forward" | "message_delete" | "messages_read" | "media_upload" | "contact_add"
            | "session_configure" => Safety::Change,
            _ => Safety::Read,
        };
        let answer = match id {
            "message_delete" | "messages_read" | "contact_add" | "session_configure" | "health" => Answer::Nothing,
            "message_list" => Answer::Objects,
            "number_search" => Answer::Texts,
            "unread_count" => Answer::Number,
            "message_export" | "session_code" => Answer::Raw,
            "session_settings" => Answer::AnyObject,
            "account_get" => Answer::AnyJson,
            _ => Answer::Object,
        };
        let kind = match safety {
            Safety::Read => "reads",
            Safety::Change => "changes",
            Safety::Keyed => "changes, with a key",
        };
        let then = (
            then,
            match then {
                Then::Same => "",
                Then::Works => ", no fault the second time",
                Then::Refused => ", refused the second time",
            },
        );
        Column { name: format!("{id} ({kind}){}", then.1), id, safety, answer, then: then.0 }
    };
    let calls = calls::all();
    let again = |id, then| calls.iter().filter(move |call| call.operation.id == id).map(move |call| (call, then));
    let all = calls.iter().map(|call| (call, Then::Same)).chain(again("message_get", Then::Works));
    let all = all.chain(again("message_send", Then::Works)).chain(again("message_send", Then::Refused));
    all.map(|(call, then)| column(call, then)).collect()
}
