//! The model's operations that send messages.

use serde_json::{Map, Value, json};

use super::{
    call::Call,
    model::{ANY, Delivered, Expected, Model, exception, has_number, refusal, success},
    rules::{self, falsy, get, same_id, same_text},
};

impl Model {
    /// Finds the contact and the conversation, or creates them.
    fn recipient(&mut self, user: &Value, input: &Map<String, Value>) -> Result<(Value, Value), Expected> {
        let known = self.of("contacts", &user["id"]).find(|row| has_number(row, input)).cloned();
        let contact = match known {
            Some(contact) => contact,
            None if self.documented => {
                let id = self.id(0);
                let mut fresh = Map::new();
                for name in ["mobile_code", "mobile"] {
                    fresh.insert(name.to_owned(), get(input, name));
                }
                let row = rules::new_contact(id, &user["id"], &fresh);
                self.rows_mut("contacts").push(row.clone());
                row
            }
            None => return Err(exception()),
        };
        let found = self.of("conversations", &user["id"]).find(|row| row["contact_id"] == contact["id"]).cloned();
        let conversation = found.unwrap_or_else(|| {
            let id = self.id(1);
            let row = json!({
                "id": id, "user_id": user["id"], "contact_id": contact["id"], "status": 0, "whatsapp_account_id": 0,
                "last_message_at": null, "needs_human_reply": 0, "created_at": ANY, "updated_at": ANY,
            });
            self.rows_mut("conversations").push(row.clone());
            row
        });
        if contact["is_blocked"] == 1 {
            return Err(refusal(
                "not_found",
                "You cannot send or receive messages with this contact because they have been blocked.",
            ));
        }
        Ok((contact, conversation))
    }

    /// Stores a message and updates its conversation.
    fn message(&mut self, conversation: &Value) -> i64 {
        let id = self.id(2);
        self.rows_mut("messages").push(json!({"id": id, "conversation_id": conversation["id"]}));
        let tick = self.tick;
        let row = self.rows_mut("conversations").iter_mut().find(|row| row["id"] == conversation["id"]).unwrap();
        (row["last_message_at"], row["updated_at"], row["tick"]) = (json!(ANY), json!(ANY), json!(tick));
        row["needs_human_reply"] = json!(1);
        id
    }

    /// The ids of the button and the list that the call refers to.
    fn made(&self, user: &Value, input: &Map<String, Value>) -> Result<[Value; 2], Expected> {
        let mut made = [Value::Null, Value::Null];
        for (at, (name, table, text)) in [
            ("cta_url_id", "cta_urls", "The cta url is not found"),
            ("interactive_list_id", "interactive_lists", "The interactive list is not found"),
        ]
        .into_iter()
        .enumerate()
        {
            let wanted = get(input, name);
            if falsy(&wanted) {
                continue;
            }
            let Some(row) = self.of(table, &user["id"]).find(|row| same_id(row["id"].as_i64().unwrap(), &wanted))
            else {
                return Err(refusal("not_found", text));
            };
            made[at] = row["id"].clone();
        }
        if made.iter().any(|id| !id.is_null()) && user["interactive_messages"] != true {
            return Err(refusal(
                "not_found",
                "Your current plan does not support interactive messages. Please upgrade your plan.",
            ));
        }
        Ok(made)
    }

    pub(super) fn send_message(&mut self, user: &Value, input: &Map<String, Value>, call: &Call) -> Expected {
        let complaints = rules::of_message(input, call.file);
        if !complaints.is_empty() {
            return rules::invalid(&complaints);
        }
        let from = get(input, "from_number");
        let account = self
            .of("whatsapp_accounts", &user["id"])
            .find(|row| falsy(&from) || same_text(&row["phone_number"], &from));
        let Some(account) = account.map(|row| row["id"].clone()) else {
            return refusal("not_found", "The whatsapp account is not found");
        };
        let (contact, conversation) = match self.recipient(user, input) {
            Ok(recipient) => recipient,
            Err(refusal) => return refusal,
        };
        let [cta, list] = match self.made(user, input) {
            Ok(made) => made,
            Err(refusal) => return refusal,
        };
        let text = get(input, "message");
        let file = call.file.filter(|_| cta.is_null() && list.is_null());
        let point = ["latitude", "longitude"].map(|name| get(input, name));
        let is_location = cta.is_null() && list.is_null() && file.is_none() && !point.iter().any(falsy);
        let (number, kind) = if !cta.is_null() {
            (6, "cta_url")
        } else if !list.is_null() {
            (9, "interactive_list")
        } else if let Some(file) = file {
            match file.field {
                "image" => (2, "image"),
                "document" => (4, "document"),
                "video" => (3, "video"),
                _ => (5, "audio"),
            }
        } else if is_location {
            (8, "location")
        } else {
            (1, "text")
        };
        let shown_text = match kind {
            "cta_url" | "interactive_list" => Some(ANY.to_owned()),
            "audio" | "location" => None,
            _ => Some(shown(&text)).filter(|text| !text.is_empty()),
        };
        let delivered = vec![delivered(user, &contact, kind, shown_text)];
        // The message is sent before storing its row fails.
        if text.is_array() || text.is_object() {
            return Expected { delivered, ..exception() };
        }
        let id = self.message(&conversation);
        let label = |name: &str| match get(input, name) {
            Value::Null => json!(""),
            other => other,
        };
        let any_if = |there: bool| if there { json!(ANY) } else { Value::Null };
        let zero_if_null = |value: &Value| if value.is_null() { json!(0) } else { value.clone() };
        let is_document = file.is_some_and(|file| file.field == "document");
        let data = json!({"conversation_id": conversation["id"], "message": {
            "user_id": user["id"],
            "whatsapp_account_id": account,
            "whatsapp_message_id": ANY,
            "conversation_id": conversation["id"],
            "cta_url_id": zero_if_null(&cta),
            "interactive_list_id": if cta.is_null() { zero_if_null(&list) } else { json!(0) },
            "type": 1,
            "message": text,
            "media_id": any_if(file.is_some()),
            "message_type": number,
            "location": if is_location {
                json!({"latitude": point[0], "longitude": point[1], "name": label("name"), "address": label("address")})
            } else {
                Value::Null
            },
            "media_caption": if file.is_some() { text.clone() } else { Value::Null },
            "media_filename": if is_document { json!(file.unwrap().name) } else { Value::Null },
            "media_url": any_if(file.is_some()),
            "media_path": any_if(file.is_some() && !is_document),
            "mime_type": file.map(|file| file.mime),
            "media_type": file.map(|file| file.field),
            "agent_id": 0,
            "status": 1,
            "ordering": ANY,
            "product_data": null,
            "updated_at": ANY,
            "created_at": ANY,
            "id": id,
        }});
        Expected { delivered, ..success("success", "Message sent successfully", data) }
    }

    pub(super) fn send_template(&mut self, user: &Value, input: &Map<String, Value>) -> Expected {
        let complaints = rules::of_template(input);
        if !complaints.is_empty() {
            return rules::invalid(&complaints);
        }
        let (contact, conversation) = match self.recipient(user, input) {
            Ok(recipient) => recipient,
            Err(refusal) => return refusal,
        };
        let wanted = get(input, "template_id");
        let wanted = wanted.get(0).unwrap_or(&wanted);
        let found = self
            .of("templates", &user["id"])
            .find(|row| same_id(row["id"].as_i64().unwrap(), wanted) && row["status"] == 1);
        let Some(template) = found.cloned() else { return refusal("not_found", "The template is not found") };
        if !self.of("whatsapp_accounts", &user["id"]).any(|row| row["is_default"] == true) {
            return refusal("not_found", ANY);
        }
        let variables = ["body_variables", "header_variables"].map(|name| get(input, name));
        if variables.iter().any(Value::is_string) || template["language_id"] == 999 {
            return exception();
        }
        self.message(&conversation);
        let delivered = vec![delivered(user, &contact, "template", Some(ANY.to_owned()))];
        if !self.documented {
            return Expected { delivered, ..exception() };
        }
        let data = json!({"conversation_id": conversation["id"]});
        Expected { delivered, ..success("template_sent", ANY, data) }
    }
}

fn delivered(user: &Value, contact: &Value, kind: &'static str, text: Option<String>) -> Delivered {
    let number = format!("{}{}", contact["mobile_code"].as_str().unwrap(), contact["mobile"].as_str().unwrap());
    let to = number.chars().filter(char::is_ascii_digit).collect();
    Delivered { account: user["name"].as_str().unwrap().to_owned(), to, kind, text }
}

/// A value as the ledger shows it: as PHP converts it to text, or as JSON.
fn shown(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(false) => String::new(),
        Value::Bool(true) => "1".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
