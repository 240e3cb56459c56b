//! Random actions of ChatGuru, and a model that predicts their results from the documentation and the facts.

mod adding;
mod answers;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::http::{Part, Request};

use super::{
    make::{START, brazilian},
    random::Random,
};

/// A ChatGuru account. Times are in milliseconds since the start.
pub(super) struct ChatGuru {
    world: Value,
    /// Each phone with its id, and whether it is one of the official API.
    phones: Vec<(String, bool)>,
    /// By phone and number.
    chats: BTreeMap<(usize, String), Chat>,
    /// Ids of messages, with the time at which each goes out.
    messages: Vec<(String, u64)>,
    jobs: Vec<Job>,
    /// Name and time of each delivery of the last call.
    shown: Vec<Shown>,
}

struct Chat {
    id: Value,
    name: Option<String>,
}

/// A chat that is being added, or was.
struct Job {
    id: String,
    chat: (usize, String),
    is_corrected: bool,
    name: String,
    start: u64,
    done: u64,
    is_settled: bool,
}

/// What a delivery shows besides [`Delivered`]: the name of the chat, and when it is due.
#[derive(Debug, PartialEq)]
pub(super) struct Shown {
    pub(super) name: Option<String>,
    pub(super) due: Option<u64>,
}

/// An action: its parameters, and where they are.
pub(super) struct Action {
    pub(super) pairs: Vec<(String, String)>,
    location: Location,
}

#[derive(Clone, Copy)]
enum Location {
    Query,
    Form,
    Multipart,
}

impl Action {
    /// Returns a parameter, or an empty text if it is missing.
    fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|pair| pair.0 == name).map_or("", |pair| pair.1.as_str())
    }
}

impl ChatGuru {
    pub(super) fn new(world: &Value) -> Self {
        let own = world["phone_id"].is_string().then_some(world);
        let rows: Vec<&Value> = own.into_iter().chain(world["phones"].as_array().into_iter().flatten()).collect();
        let mut chats = BTreeMap::new();
        for (phone, row) in rows.iter().enumerate() {
            for chat in row["chats"].as_array().into_iter().flatten() {
                let key = (phone, chat["chat_number"].as_str().unwrap().to_owned());
                chats.insert(key, Chat { id: chat["id"].clone(), name: chat["name"].as_str().map(str::to_owned) });
            }
        }
        let phone = |row: &&Value| (row["phone_id"].as_str().unwrap().to_owned(), row["official_api"] == true);
        let phones = rows.iter().map(phone).collect();
        let (messages, jobs, shown) = (Vec::new(), Vec::new(), Vec::new());
        Self { world: world.clone(), phones, chats, messages, jobs, shown }
    }

    pub(super) fn action(&self, random: &mut Random) -> Action {
        let mut pairs: Vec<(String, String)> = ["key", "account_id"]
            .iter()
            .map(|name| ((*name).to_owned(), self.world[*name].as_str().unwrap().to_owned()))
            .collect();
        pairs.push(("phone_id".to_owned(), random.pick(&self.phones).0.clone()));
        if random.once_in(20) {
            let at = random.below(3);
            pairs[at].1.clear();
            pairs[at].1.push_str(random.pick::<&str>(&["", "wrong"]));
        }
        let mut add = |name: &str, value: &str| pairs.push((name.to_owned(), value.to_owned()));
        let action = *random.pick(&[
            "message_send",
            "message_send",
            "message_status",
            "chat_add",
            "chat_add",
            "chat_add",
            "chat_add_status",
            "chat_add_status",
            "chat_update_custom_fields",
            "chat_update_context",
            "chat_update_name",
            "note_add",
            "dialog_execute",
            "message_file_send",
            "nothing",
            "",
        ]);
        add("action", action);
        let known: Vec<&String> =
            self.chats.keys().chain(self.jobs.iter().map(|job| &job.chat)).map(|(_, number)| number).collect();
        let number = match random.below(8) {
            0 => format!("5521{:04}", random.below(5)),
            2..5 => brazilian(random),
            1 => (*random.pick(&["+5511987654321", "55 11", "5511-9", "abc", ""])).to_owned(),
            _ if !known.is_empty() => (*random.pick(&known)).clone(),
            _ => "5511900000000".to_owned(),
        };
        if !random.once_in(10) {
            add("chat_number", &number);
        }
        let ids: Vec<&String> =
            self.messages.iter().map(|row| &row.0).chain(self.jobs.iter().map(|job| &job.id)).collect();
        let id = if ids.is_empty() { "none" } else { random.pick(&ids).as_str() };
        let long = "é".repeat(300);
        let texts = ["Olá 😀", " ", "", "a&b=c", "<script>", &long];
        for name in match action {
            "message_send" => &["text", "send_date"] as &[&str],
            "message_status" => &["message_id"],
            "chat_add" => &["name", "text", "dialog_id", "user_id", "send_date"],
            "chat_add_status" => &["chat_add_id"],
            "chat_update_custom_fields" => &["field__Plano", "field__Cidade", "field__CRM__Link_negocio"],
            "chat_update_context" => &["var__pedido", "var__", "context", "field__Plano"],
            "chat_update_name" => &["chat_name", "name"],
            "note_add" => &["note_text"],
            "dialog_execute" => &["dialog_id"],
            "message_file_send" => &["file_url", "caption"],
            _ => &[],
        } {
            if random.once_in(8) {
                continue;
            }
            match *name {
                // One call may set one field or several.
                "send_date" | "field__Plano" | "field__Cidade" | "var__pedido" if random.once_in(2) => {}
                "send_date" => add(
                    name,
                    random.pick::<&str>(&[
                        "2026-11-22 00:00",
                        "2026-11-21 21:05",
                        "2020-01-01 00:00",
                        "tomorrow",
                        "2026-13-01 00:00",
                    ]),
                ),
                "name" | "chat_name" => add(name, random.pick::<&str>(&["José", "Ana", "Bia", "Zoë 😀", ""])),
                "message_id" | "chat_add_id" => add(name, if random.once_in(6) { "none" } else { id }),
                "dialog_id" => {
                    add(name, random.pick::<&str>(&["dialog-1", "dialog-1", "dialog-1", "dialog-2", "dialog-9", ""]));
                }
                "file_url" => add(
                    name,
                    random.pick::<&str>(&["https://example.test/a.pdf", "http://x", "a.pdf", "https://", "ftp://x"]),
                ),
                _ => add(name, random.pick::<&str>(&texts)),
            }
        }
        Action { pairs, location: *random.pick(&[Location::Query, Location::Form, Location::Multipart]) }
    }

    pub(super) fn request(action: &Action) -> Request {
        if let Location::Multipart = action.location {
            let parts: Vec<Part<'_>> =
                action.pairs.iter().map(|(name, value)| (name.as_str(), None, value.as_bytes())).collect();
            return Request::new("POST", "/chatguru/api/v1").multipart(&parts);
        }
        let encode =
            |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
        let pairs: Vec<String> = action
            .pairs
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name).replace("%5F", "_"), encode(value)))
            .collect();
        let pairs = pairs.join("&");
        match action.location {
            Location::Query => Request::new("POST", &format!("/chatguru/api/v1?{pairs}")),
            _ => Request::new("POST", "/chatguru/api/v1").form(&pairs),
        }
    }

    /// What the deliveries of the last call show besides what [`Expected`] has.
    pub(super) fn shown(&self) -> &[Shown] {
        &self.shown
    }

    /// Stores the ids in an answer, and checks that they are new.
    pub(super) fn learn(&mut self, answer: &Value) {
        if answer["result"] != "success" {
            return;
        }
        let id = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
        if answer["message_status"] == "scheduled" && answer["message_id"].is_string() {
            assert!(self.messages.iter().all(|row| row.0 != id("message_id")), "ids are unique");
            self.messages.last_mut().unwrap().0 = id("message_id");
        }
        if answer["chat_add_status"] == "pending" && answer["description"].is_string() {
            assert!(self.jobs.iter().all(|job| job.id != id("chat_add_id")), "ids are unique");
            self.jobs.last_mut().unwrap().id = id("chat_add_id");
        }
    }

    /// The time at which the sandbox's clock starts.
    pub(super) fn start() -> std::time::SystemTime {
        std::time::UNIX_EPOCH + std::time::Duration::from_secs(START)
    }
}
