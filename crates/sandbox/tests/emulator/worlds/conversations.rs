//! The model's operations on conversations.

use serde_json::{Map, Value, json};

use super::{
    model::{ANY, Expected, Model, RevById as _, refusal, success},
    rules::{self, falsy, get, same_id},
};

impl Model {
    pub(super) fn conversation(&self, row: &Value) -> Value {
        let mut shown = row.clone();
        shown.as_object_mut().unwrap().remove("tick");
        let contact = self.rows("contacts").iter().find(|contact| contact["id"] == row["contact_id"]);
        shown["contact"] = contact.map_or(Value::Null, |contact| self.shown(contact));
        let notes = self.rows("notes").iter().filter(|note| note["conversation_id"] == row["id"]);
        shown["notes"] = notes.cloned().rev_by_id().into();
        shown
    }

    pub(super) fn conversation_list(&self, user: &Value, input: &Map<String, Value>, path: &str) -> Expected {
        let (needle, status) = (get(input, "search"), get(input, "status"));
        let wanted = |row: &&Value| {
            let state = row["status"].as_i64().unwrap();
            let of_state = match &status {
                Value::Null => true,
                Value::Array(list) => list.iter().any(|status| same_id(state, status)),
                one => same_id(state, one),
            };
            let contact = self.rows("contacts").iter().find(|contact| contact["id"] == row["contact_id"]);
            of_state && (falsy(&needle) || contact.is_some_and(|row| rules::mentions(row, needle.as_str().unwrap())))
        };
        let mut rows: Vec<&Value> = self.of("conversations", &user["id"]).filter(wanted).collect();
        // The latest first and those without a message last, among which no order is promised.
        rows.sort_by_key(|row| std::cmp::Reverse((row["tick"].as_u64(), row["last_message_at"].as_str())));
        let rows: Vec<Value> = rows.into_iter().map(|row| self.conversation(row)).collect();
        self.list(&rows, input, path, ("inbox", "Conversation data fetched successfully", "conversation"))
    }

    pub(super) fn conversation_details(&self, user: &Value, id: &str) -> Expected {
        let Some(row) = self.find("conversations", user, id) else {
            return refusal("not_found", "Conversation not found");
        };
        let mut shown = self.conversation(row);
        if !shown["contact"].is_null() {
            for (table, key) in [("tags", "contact_tag_id"), ("lists", "contact_list_id")] {
                let mine = self
                    .rows(table)
                    .iter()
                    .filter(|group| group["contacts"].as_array().unwrap().contains(&row["contact_id"]));
                let show = |group: &Value| {
                    let changed =
                        if group["updated_at"].is_null() { &group["created_at"] } else { &group["updated_at"] };
                    json!({
                        "id": group["id"], "user_id": group["user_id"], "name": group["name"],
                        "created_at": group["created_at"], "updated_at": changed,
                        "pivot": {"contact_id": row["contact_id"], key: group["id"]},
                    })
                };
                shown["contact"][table] = mine.map(show).collect();
            }
        }
        success("conversation_details", "Conversation details fetched successfully.", json!({"conversation": shown}))
    }

    pub(super) fn change_status(&mut self, user: &Value, input: &Map<String, Value>, id: &str) -> Expected {
        let complaints = rules::of_status(&get(input, "status"));
        if !complaints.is_empty() {
            return rules::invalid(&complaints);
        }
        let Some(row) = self.find("conversations", user, id).cloned() else {
            return refusal("not_found", "Conversation not found");
        };
        let status = rules::status(&get(input, "status"));
        let row = self.rows_mut("conversations").iter_mut().find(|other| other["id"] == row["id"]).unwrap();
        if row["status"] != status {
            row["status"] = json!(status);
            row["updated_at"] = json!(ANY);
        }
        success("status_updated", "Status updated successfully", Value::Null)
    }
}
