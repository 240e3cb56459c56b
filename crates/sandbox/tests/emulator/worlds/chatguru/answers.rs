//! The model's answers.

use serde_json::{Value, json};

use super::{
    super::model::{ANY, Delivered, Expected},
    Action, ChatGuru, Shown, adding,
};

impl ChatGuru {
    pub(in super::super) fn answer(&mut self, action: &Action, now: u64) -> Expected {
        self.shown.clear();
        self.settle(now);
        let get = |name: &str| action.get(name);
        if get("key").is_empty() || get("account_id").is_empty() {
            return refused("key ou account_id não informado(s)");
        }
        if self.world["key"] != get("key") || self.world["account_id"] != get("account_id") {
            return refused(ANY);
        }
        let Some(phone) = self.phones.iter().position(|phone| phone.0 == get("phone_id")) else {
            return refused(ANY);
        };
        let (number, kind) = (get("chat_number"), get("action"));
        if kind == "nothing" {
            return refused("ação inválida");
        }
        let for_status = matches!(kind, "message_status" | "chat_add_status");
        let digits = number.bytes().all(|byte| byte.is_ascii_digit());
        if !digits || (number.is_empty() && !for_status) {
            return refused(ANY);
        }
        let key = (phone, number.to_owned());
        let knows = |id: &str| self.world["dialogs"].as_array().unwrap().contains(&json!(id));
        let soon = now + self.world["message_delay_ms"].as_u64().unwrap();
        match kind {
            "message_send" if get("text").is_empty() => refused("Texto inválido"),
            "message_send" => match due(get("send_date"), soon) {
                Some(due) => {
                    self.scheduled(&key, due, "text", json!({"description": "Mensagem cadastrada com sucesso!"}))
                }
                None => refused(ANY),
            },
            "message_status" => match self.messages.iter().find(|row| row.0 == get("message_id")) {
                Some((_, due)) => taken(200, json!({"message_status": if *due <= now { "sent" } else { "scheduled" }})),
                None if get("message_id").is_empty() => refused(ANY),
                None => refused("Mensagem não encontrada"),
            },
            "chat_add" if get("name").is_empty() => refused(ANY),
            "chat_add" if get("text").is_empty() => refused("Mensagem inicial inválida"),
            "chat_add" if self.world["add_chats"] != true => refused(ANY),
            "chat_add" if self.phones[phone].1 && get("text").chars().count() > 256 => {
                refused("Mensagem inicial inválida")
            }
            "chat_add" if !get("dialog_id").is_empty() && !knows(get("dialog_id")) => refused(ANY),
            "chat_add" => {
                let done = now + self.world["chat_add_delay_ms"].as_u64().unwrap();
                match due(get("send_date"), done) {
                    Some(due) => self.added(&key, [get("name"), get("text"), get("dialog_id")], now, done, due),
                    None => refused(ANY),
                }
            }
            "chat_add_status" => match self.jobs.iter().find(|job| job.id == get("chat_add_id")) {
                Some(job) => adding::status(job, now),
                None => refused(ANY),
            },
            "" => refused(ANY),
            _ if Self::lacks_required(action, kind) => refused(ANY),
            _ => match self.chats.get(&key) {
                None => refused("Chat não encontrado."),
                Some(chat) => {
                    let id = chat.id.clone();
                    self.changed(action, kind, &key, &id, soon)
                }
            },
        }
    }

    /// Whether a parameter is missing or malformed, which is checked before the chat.
    fn lacks_required(action: &Action, kind: &str) -> bool {
        let get = |name: &str| action.get(name);
        match kind {
            "note_add" => get("note_text").is_empty(),
            "chat_update_name" => get("chat_name").is_empty() && get("name").is_empty(),
            "dialog_execute" => get("dialog_id").is_empty(),
            "message_file_send" => !get("file_url").starts_with("http") || get("file_url").ends_with("//"),
            _ => false,
        }
    }

    /// An action on a chat that exists.
    fn changed(&mut self, action: &Action, kind: &str, key: &(usize, String), id: &Value, soon: u64) -> Expected {
        let get = |name: &str| action.get(name);
        let named = |prefix: &str| -> Vec<(&str, &str)> {
            let pairs =
                action.pairs.iter().filter_map(|(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())));
            let mut pairs: Vec<_> = pairs.filter(|(name, _)| !name.is_empty()).collect();
            pairs.sort_unstable();
            pairs
        };
        let lines = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("\n")
        };
        match kind {
            "chat_update_custom_fields" => {
                let fields = named("field__");
                let screen = |name: &str| {
                    if name == "CRM__Link_negocio" { "CRM | Link negócio".to_owned() } else { name.to_owned() }
                };
                let exists = |name: &str| match self.world["custom_fields"].as_array() {
                    None => true,
                    Some(known) => [name.to_owned(), format!("field__{name}"), screen(name)]
                        .iter()
                        .any(|spelling| known.contains(&json!(spelling))),
                };
                if fields.is_empty() || !fields.iter().all(|(name, _)| exists(name)) {
                    return refused(ANY);
                }
                let body = json!({"chat_id": id, "description": "Campos personalizados foram salvos."});
                self.delivered(key, [("custom_fields", lines(&fields))], 200, body)
            }
            "chat_update_context" if named("var__").is_empty() && get("context").is_empty() => refused(ANY),
            "chat_update_context" => {
                let variables = match named("var__") {
                    none if none.is_empty() => vec![("context", get("context"))],
                    variables => variables,
                };
                let text = lines(&variables);
                self.delivered(key, [("context", text)], 200, json!({"chat_id": id, "description": ANY}))
            }
            "chat_update_name" => {
                let name = if get("chat_name").is_empty() { get("name") } else { get("chat_name") };
                let name = name.to_owned();
                self.chats.get_mut(key).unwrap().name = Some(name.clone());
                self.delivered(key, [("chat_name", name)], 200, json!({"chat_id": id, "description": ANY}))
            }
            "note_add" => {
                let body = json!({"description": "Anotação criada com sucesso", "note_id": ANY});
                self.delivered(key, [("note", get("note_text").to_owned())], 200, body)
            }
            "dialog_execute" if self.world["dialogs"].as_array().unwrap().contains(&json!(get("dialog_id"))) => {
                let body = json!({"dialog_execution_return": "Diálogo Executado"});
                self.delivered(key, [("dialog", get("dialog_id").to_owned())], 200, body)
            }
            "dialog_execute" => {
                let body = json!({"code": 400, "result": "error", "dialog_execution_return": ANY});
                Expected { status: 400, body, delivered: Vec::new() }
            }
            "message_file_send" => {
                let body = json!({"description": ANY, "message_file_send_return": ANY});
                self.scheduled(key, soon, "file_url", body)
            }
            _ => panic!("an action on a chat: {kind}"),
        }
    }

    fn scheduled(&mut self, key: &(usize, String), due: u64, kind: &'static str, mut body: Value) -> Expected {
        if !self.chats.contains_key(key) {
            return refused("Chat não encontrado.");
        }
        self.messages.push((String::new(), due));
        (body["message_id"], body["message_status"]) = (json!(ANY), json!("scheduled"));
        let code = if kind == "file_url" { 200 } else { 201 };
        let expected = self.delivered(key, [(kind, ANY.to_owned())], code, body);
        self.shown[0].due = Some(due);
        expected
    }

    /// A success that delivers something at once.
    fn delivered<const N: usize>(
        &mut self,
        key: &(usize, String),
        what: [(&'static str, String); N],
        code: u16,
        body: Value,
    ) -> Expected {
        let account = self.world["account_id"].as_str().unwrap();
        let delivered = what.map(|(kind, text)| {
            self.shown.push(Shown { name: self.chats[key].name.clone(), due: None });
            Delivered { account: account.to_owned(), to: key.1.clone(), kind, text: Some(text) }
        });
        Expected { delivered: delivered.into(), ..taken(code, body) }
    }
}

/// When a message with this `send_date` is due, or `None` if the date is malformed.
fn due(send_date: &str, earliest: u64) -> Option<u64> {
    match send_date {
        "" | "2020-01-01 00:00" => Some(earliest),
        // Brasília is three hours behind.
        "2026-11-22 00:00" => Some(earliest.max(3 * 3_600_000)),
        "2026-11-21 21:05" => Some(earliest.max(300_000)),
        _ => None,
    }
}

pub(super) fn refused(description: &str) -> Expected {
    let body = json!({"code": 400, "result": "error", "description": description});
    Expected { status: 400, body, delivered: Vec::new() }
}

pub(super) fn taken(code: u16, mut body: Value) -> Expected {
    body["code"] = json!(code);
    body["result"] = json!("success");
    Expected { status: code, body, delivered: Vec::new() }
}
