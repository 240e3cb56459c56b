//! Random actions of ChatGuru, and a model that predicts their results from the documentation and the facts.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::http::Request;

use super::{
    make::START,
    model::{ANY, Delivered, Expected},
    random::Random,
};

/// A ChatGuru account. Times are in milliseconds since the start.
pub(super) struct ChatGuru {
    world: Value,
    chats: BTreeMap<String, Value>,
    /// Ids of messages and of added chats, with the time at which each is done. A chat also has its number.
    messages: Vec<(String, u64)>,
    jobs: Vec<(String, u64, String)>,
}

/// An action: its parameters, and whether they are in the body or in the query.
pub(super) struct Action {
    pub(super) pairs: Vec<(String, String)>,
    in_body: bool,
}

impl ChatGuru {
    pub(super) fn new(world: &Value) -> Self {
        let chats = world["chats"].as_array().unwrap();
        let chats =
            chats.iter().map(|chat| (chat["chat_number"].as_str().unwrap().to_owned(), chat["id"].clone())).collect();
        Self { world: world.clone(), chats, messages: Vec::new(), jobs: Vec::new() }
    }

    pub(super) fn action(&self, random: &mut Random) -> Action {
        let mut pairs: Vec<(String, String)> = ["key", "account_id", "phone_id"]
            .iter()
            .map(|name| ((*name).to_owned(), self.world[*name].as_str().unwrap().to_owned()))
            .collect();
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
            "chat_add_status",
            "chat_update_custom_fields",
            "note_add",
            "dialog_execute",
            "message_file_send",
            "nothing",
            "",
        ]);
        add("action", action);
        let known: Vec<&String> = self.chats.keys().chain(self.jobs.iter().map(|job| &job.2)).collect();
        let number = match random.below(8) {
            0 => format!("5521{:04}", random.below(50)),
            1 => (*random.pick(&["+5511987654321", "55 11", "5511-9", "abc", ""])).to_owned(),
            _ if !known.is_empty() => (*random.pick(&known)).clone(),
            _ => "5511900000000".to_owned(),
        };
        if !random.once_in(10) {
            add("chat_number", &number);
        }
        let ids: Vec<&String> =
            self.messages.iter().map(|row| &row.0).chain(self.jobs.iter().map(|job| &job.0)).collect();
        let id = if ids.is_empty() { "none" } else { random.pick(&ids).as_str() };
        let texts = ["Olá 😀", " ", "", "a&b=c", "<script>"];
        for name in match action {
            "message_send" => &["text", "send_date"] as &[&str],
            "message_status" => &["message_id"],
            "chat_add" => &["name", "text", "dialog_id", "user_id"],
            "chat_add_status" => &["chat_add_id"],
            "chat_update_custom_fields" => &["field__Plano", "field__Cidade"],
            "note_add" => &["note_text"],
            "dialog_execute" => &["dialog_id"],
            "message_file_send" => &["file_url", "caption"],
            _ => &[],
        } {
            if random.once_in(8) {
                continue;
            }
            match *name {
                "send_date" if random.once_in(2) => {}
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
                "message_id" | "chat_add_id" => add(name, if random.once_in(6) { "none" } else { id }),
                "dialog_id" => add(name, random.pick::<&str>(&["dialog-1", "dialog-2", "dialog-9", ""])),
                "file_url" => add(
                    name,
                    random.pick::<&str>(&["https://example.test/a.pdf", "http://x", "a.pdf", "https://", "ftp://x"]),
                ),
                _ => add(name, random.pick::<&str>(&texts)),
            }
        }
        Action { pairs, in_body: random.once_in(2) }
    }

    pub(super) fn request(action: &Action) -> Request {
        let encode =
            |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
        let pairs: Vec<String> = action
            .pairs
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name).replace("%5F", "_"), encode(value)))
            .collect();
        let pairs = pairs.join("&");
        if action.in_body {
            Request::new("POST", "/chatguru/api/v1").form(&pairs)
        } else {
            Request::new("POST", &format!("/chatguru/api/v1?{pairs}"))
        }
    }

    pub(super) fn answer(&mut self, action: &Action, now: u64) -> Expected {
        for (_, done, number) in &self.jobs {
            if *done <= now {
                self.chats.entry(number.clone()).or_insert(json!(ANY));
            }
        }
        let get = |name: &str| action.pairs.iter().find(|pair| pair.0 == name).map_or("", |pair| pair.1.as_str());
        for name in ["key", "account_id", "phone_id"] {
            if self.world[name] != get(name) {
                return refused();
            }
        }
        let (number, kind) = (get("chat_number"), get("action"));
        let for_status = matches!(kind, "message_status" | "chat_add_status");
        let digits = number.bytes().all(|byte| byte.is_ascii_digit());
        if !digits || (number.is_empty() && !for_status) {
            return refused();
        }
        let chat = self.chats.get(number).cloned();
        let dialogs = self.world["dialogs"].as_array().unwrap();
        let knows = |id: &str| dialogs.contains(&json!(id));
        let soon = now + self.world["message_delay_ms"].as_u64().unwrap();
        match kind {
            "message_send" if !get("text").is_empty() => {
                let due = match get("send_date") {
                    "" | "2020-01-01 00:00" => soon,
                    // Brasília is three hours behind.
                    "2026-11-22 00:00" => soon.max(3 * 3_600_000),
                    "2026-11-21 21:05" => soon.max(300_000),
                    _ => return refused(),
                };
                self.scheduled(chat.is_some(), due, number, "text", "Mensagem cadastrada com sucesso!")
            }
            "message_status" => match self.messages.iter().find(|row| row.0 == get("message_id")) {
                Some((_, due)) => taken(200, json!({"message_status": if *due <= now { "sent" } else { "scheduled" }})),
                None => refused(),
            },
            "chat_add" if !get("name").is_empty() && !get("text").is_empty() => {
                let dialog = get("dialog_id");
                if self.world["add_chats"] != true || !(dialog.is_empty() || knows(dialog)) {
                    return refused();
                }
                let done = now + self.world["chat_add_delay_ms"].as_u64().unwrap();
                self.jobs.push((String::new(), done, number.to_owned()));
                let kinds =
                    [(!get("text").trim().is_empty(), "text"), (!dialog.is_empty() && chat.is_none(), "dialog")];
                let delivered =
                    kinds.iter().filter(|(there, _)| *there).map(|(_, kind)| self.delivery(number, kind)).collect();
                let body = json!({"description": "Chat cadastrado para inclusão com sucesso!", "chat_add_id": ANY, "chat_add_status": "pending"});
                Expected { delivered, ..taken(201, body) }
            }
            "chat_add_status" => match self.jobs.iter().find(|job| job.0 == get("chat_add_id")) {
                Some((id, done, _)) => {
                    let status = if *done <= now { "done" } else { "pending" };
                    taken(
                        200,
                        json!({"chat_add_id": id, "chat_add_status": status, "chat_add_status_description": ANY}),
                    )
                }
                None => refused(),
            },
            "chat_update_custom_fields"
                if chat.is_some() && action.pairs.iter().any(|pair| pair.0.starts_with("field__")) =>
            {
                let body = json!({"chat_id": chat, "description": "Campos personalizados foram salvos."});
                Expected { delivered: vec![self.delivery(number, "custom_fields")], ..taken(200, body) }
            }
            "note_add" if chat.is_some() && !get("note_text").is_empty() => {
                let body = json!({"description": "Anotação criada com sucesso", "note_id": ANY});
                Expected { delivered: vec![self.delivery(number, "note")], ..taken(200, body) }
            }
            "dialog_execute" if chat.is_some() && knows(get("dialog_id")) => {
                let body = json!({"dialog_execution_return": "Diálogo Executado"});
                Expected { delivered: vec![self.delivery(number, "dialog")], ..taken(200, body) }
            }
            "dialog_execute" if chat.is_some() && !get("dialog_id").is_empty() => {
                let body = json!({"code": 400, "result": "error", "dialog_execution_return": ANY});
                Expected { status: 400, body, delivered: Vec::new() }
            }
            "message_file_send" if get("file_url").starts_with("http") && !get("file_url").ends_with("//") => {
                self.scheduled(chat.is_some(), soon, number, "file_url", ANY)
            }
            _ => refused(),
        }
    }

    fn scheduled(&mut self, has_chat: bool, due: u64, number: &str, kind: &'static str, text: &str) -> Expected {
        if !has_chat {
            return refused();
        }
        self.messages.push((String::new(), due));
        let body = json!({"description": text, "message_id": ANY, "message_status": "scheduled"});
        Expected { delivered: vec![self.delivery(number, kind)], ..taken(201, body) }
    }

    fn delivery(&self, number: &str, kind: &'static str) -> Delivered {
        let account = self.world["account_id"].as_str().unwrap().to_owned();
        Delivered { account, to: number.to_owned(), kind, text: Some(ANY.to_owned()) }
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
            assert!(self.jobs.iter().all(|job| job.0 != id("chat_add_id")), "ids are unique");
            self.jobs.last_mut().unwrap().0 = id("chat_add_id");
        }
    }

    /// The time at which the sandbox's clock starts.
    pub(super) fn start() -> std::time::SystemTime {
        std::time::UNIX_EPOCH + std::time::Duration::from_secs(START)
    }
}

fn refused() -> Expected {
    Expected { status: 400, body: json!({"code": 400, "result": "error", "description": ANY}), delivered: Vec::new() }
}

fn taken(code: u16, mut body: Value) -> Expected {
    body["code"] = json!(code);
    body["result"] = json!("success");
    Expected { status: code, body, delivered: Vec::new() }
}
