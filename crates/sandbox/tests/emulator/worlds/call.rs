//! A random call, in a form from which both the request and the model's prediction are made.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use crate::http::{Part, Request};

use super::{inputs, random::Random};

/// An operation, or an unknown route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    ContactList,
    ContactStore,
    ContactUpdate,
    ContactDelete,
    ConversationList,
    ConversationDetails,
    ChangeStatus,
    SendMessage,
    SendTemplate,
    TemplateList,
    Unknown,
}

/// How the input is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Query,
    Form,
    Multipart,
    Json,
}

/// A file, its media type by content, and the validation messages that it causes.
#[derive(Clone, Copy, Debug)]
pub(super) struct File {
    pub(super) field: &'static str,
    pub(super) name: &'static str,
    pub(super) content: &'static [u8],
    pub(super) mime: &'static str,
    pub(super) complaints: &'static [&'static str],
}

const FILES: [File; 6] = [
    File {
        field: "image",
        name: "a.png",
        content: b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82",
        mime: "image/png",
        complaints: &[],
    },
    File { field: "document", name: "ação.pdf", content: b"%PDF-1.4 x", mime: "application/pdf", complaints: &[] },
    File { field: "video", name: "v.mp4", content: b"\0\0\0\x20ftypisom....", mime: "video/mp4", complaints: &[] },
    File { field: "audio", name: "n.txt", content: b"hello\n", mime: "text/plain", complaints: &[] },
    File {
        field: "document",
        name: "n.pdf",
        content: b"hello\n",
        mime: "text/plain",
        complaints: &["O campo document deve ser um arquivo do tipo: pdf, doc, docx."],
    },
    File {
        field: "image",
        name: "a.gif",
        content: b"GIF89a....",
        mime: "image/gif",
        complaints: &["O campo image deve ser um arquivo do tipo: jpg, jpeg, png."],
    },
];

/// A call.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) operation: Operation,
    pub(super) method: &'static str,
    pub(super) id: String,
    pub(super) client_id: Option<String>,
    pub(super) client_secret: Option<String>,
    pub(super) encoding: Encoding,
    pub(super) input: Map<String, Value>,
    pub(super) file: Option<File>,
}

impl Operation {
    pub(super) fn method(self) -> &'static str {
        match self {
            Self::ContactList
            | Self::ConversationList
            | Self::ConversationDetails
            | Self::TemplateList
            | Self::Unknown => "GET",
            Self::ContactDelete => "DELETE",
            _ => "POST",
        }
    }
}

impl Call {
    /// The path below the instance, as answers show it.
    pub(super) fn path(&self) -> String {
        let id = &self.id;
        let rest = match self.operation {
            Operation::ContactList => "contact/list".to_owned(),
            Operation::ContactStore => "contact/store".to_owned(),
            Operation::ContactUpdate => format!("contact/update/{id}"),
            Operation::ContactDelete => format!("contact/delete/{id}"),
            Operation::ConversationList => "inbox/conversation-list".to_owned(),
            Operation::ConversationDetails => format!("inbox/conversation-details/{id}"),
            Operation::ChangeStatus => format!("inbox/change-conversation-status/{id}"),
            Operation::SendMessage => "inbox/send-message".to_owned(),
            Operation::SendTemplate => "inbox/send-template-message".to_owned(),
            Operation::TemplateList => "inbox/template-list".to_owned(),
            Operation::Unknown => format!("inbox/{id}/messages"),
        };
        format!("external-api/{rest}")
    }

    pub(super) fn request(&self, slug: &str) -> Request {
        let mut target = format!("/{slug}/{}", self.path());
        let pairs = encoded(&self.input);
        if self.encoding == Encoding::Query && !pairs.is_empty() {
            target = format!("{target}?{pairs}");
        }
        let mut request = Request::new(self.method, &target);
        for (name, value) in [("client-id", &self.client_id), ("client-secret", &self.client_secret)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        match self.encoding {
            Encoding::Query => request,
            Encoding::Form => request.form(&pairs),
            Encoding::Json => request.json(&Value::Object(self.input.clone())),
            Encoding::Multipart => {
                let fields = flat(&self.input);
                let mut parts: Vec<Part<'_>> =
                    fields.iter().map(|(name, value)| (name.as_str(), None, value.as_bytes())).collect();
                if let Some(file) = self.file {
                    parts.push((file.field, Some((file.name, None)), file.content));
                }
                request.multipart(&parts)
            }
        }
    }
}

/// The fields of a form; a list becomes several `name[]`.
fn flat(input: &Map<String, Value>) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let pairs = |(name, value): (&String, &Value)| match value {
        Value::Array(list) => list.iter().map(|entry| (format!("{name}[]"), text(entry))).collect(),
        one => vec![(name.clone(), text(one))],
    };
    input.iter().flat_map(pairs).collect()
}

fn encoded(input: &Map<String, Value>) -> String {
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pair = |(name, value): &(String, String)| format!("{}={}", encode(name).replace("%5B%5D", "[]"), encode(value));
    flat(input).iter().map(pair).collect::<Vec<_>>().join("&")
}

/// The existing rows that calls may refer to.
pub(super) struct Known {
    pub(super) contacts: Vec<i64>,
    pub(super) conversations: Vec<i64>,
    /// Country code and number.
    pub(super) numbers: Vec<(String, String)>,
    pub(super) templates: Vec<i64>,
    pub(super) made: Vec<i64>,
    pub(super) senders: Vec<String>,
    pub(super) credentials: Vec<(String, String)>,
}

/// Makes a random call.
pub(super) fn call(random: &mut Random, known: &Known) -> Call {
    let operation = *random.pick(&[
        Operation::ContactList,
        Operation::ContactStore,
        Operation::ContactStore,
        Operation::ContactUpdate,
        Operation::ContactUpdate,
        Operation::ContactDelete,
        Operation::ConversationList,
        Operation::ConversationList,
        Operation::ConversationDetails,
        Operation::ChangeStatus,
        Operation::SendMessage,
        Operation::SendMessage,
        Operation::SendMessage,
        Operation::SendTemplate,
        Operation::TemplateList,
        Operation::Unknown,
    ]);
    let method =
        if random.once_in(25) { *random.pick(&["GET", "POST", "PUT", "DELETE", "PATCH"]) } else { operation.method() };
    let (client_id, client_secret) = credentials(random, known);
    let encoding = if method == "GET" {
        *random.pick(&[Encoding::Query, Encoding::Query, Encoding::Json])
    } else {
        *random.pick(&[Encoding::Query, Encoding::Form, Encoding::Multipart, Encoding::Multipart, Encoding::Json])
    };
    let typed = encoding == Encoding::Json;
    let (id, input) = match operation {
        Operation::ContactStore => (String::new(), inputs::contact(random, known, typed)),
        Operation::ContactUpdate => (id(random, &known.contacts), inputs::contact(random, known, typed)),
        Operation::ContactDelete => (id(random, &known.contacts), Map::new()),
        Operation::ConversationDetails => (id(random, &known.conversations), Map::new()),
        Operation::ChangeStatus => (id(random, &known.conversations), inputs::status(random, typed)),
        Operation::SendMessage => (String::new(), inputs::message(random, known, typed)),
        Operation::SendTemplate => (String::new(), inputs::template(random, known, typed)),
        _ => (id(random, &known.contacts), inputs::list(random, typed)),
    };
    let takes_files = operation == Operation::SendMessage && encoding == Encoding::Multipart && method == "POST";
    let file = (takes_files && random.once_in(2)).then(|| *random.pick(&FILES));
    Call { operation, method, id, client_id, client_secret, encoding, input, file }
}

fn credentials(random: &mut Random, known: &Known) -> (Option<String>, Option<String>) {
    let (id, secret) = random.pick(&known.credentials).clone();
    if !random.once_in(20) {
        // Most calls are from the first two users, which can use the API.
        let (id, secret) = known.credentials[random.below(2).min(known.credentials.len() - 1)].clone();
        return (Some(id), Some(secret));
    }
    match random.below(8) {
        0 => (None, Some(secret)),
        1 => (Some(id), None),
        2 => (Some(String::new()), Some(secret)),
        3 => (Some(id), Some("wrong".to_owned())),
        4 => (Some(secret), Some(id)),
        _ => (Some(id), Some(secret)),
    }
}

fn id(random: &mut Random, ids: &[i64]) -> String {
    match random.below(14) {
        0 => (*random.pick(&["0", "abc", "-1", "99999999", "99999999999999999999", "{id}"])).to_owned(),
        1 if !ids.is_empty() => format!("{}abc", random.pick(ids)),
        _ if !ids.is_empty() => random.pick(ids).to_string(),
        _ => "1".to_owned(),
    }
}
