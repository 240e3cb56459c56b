//! The model's operations on contacts.

use serde_json::{Map, Value, json};

use super::{
    model::{ANY, Expected, Model, RevById as _, exception, has_number, refusal, success},
    rules::{self, falsy, full_name, get, same_id},
};

impl Model {
    pub(super) fn contact_list(&self, user: &Value, input: &Map<String, Value>, path: &str) -> Expected {
        let needle = get(input, "search");
        if !falsy(&needle) && !self.documented {
            return exception();
        }
        let wanted = |row: &&Value| falsy(&needle) || rules::mentions(row, needle.as_str().unwrap());
        let rows: Vec<Value> = self.of("contacts", &user["id"]).filter(wanted).map(|row| self.shown(row)).rev_by_id();
        self.list(&rows, input, path, ("contact-list", "Contact data fetched successfully.", "contacts"))
    }

    /// Whether another contact of the user has this number.
    pub(super) fn is_taken(&self, user: &Value, input: &Map<String, Value>, but: Option<&str>) -> bool {
        let but = |row: &&Value| !but.is_some_and(|id| same_id(row["id"].as_i64().unwrap(), &json!(id)));
        let mut others = self.of("contacts", &user["id"]).filter(but);
        others.any(|row| has_number(row, input))
    }

    pub(super) fn contact_store(&mut self, user: &Value, input: &Map<String, Value>) -> Expected {
        let complaints = rules::of_contact(input, false, self.is_taken(user, input, None));
        if !complaints.is_empty() {
            return rules::invalid(&complaints);
        }
        if user["contact_limit"] == 0 || user["contact_limit"].as_i64() < Some(-1) {
            return refusal(
                "contact_limit_error",
                "You’ve reached your  contact limit. Please upgrade your plan to continue.",
            );
        }
        let id = self.id(0);
        let row = rules::new_contact(id, &user["id"], input);
        let mut shown = json!({"id": id, "image_src": ANY, "full_name": full_name(&row)});
        for name in ["user_id", "firstname", "lastname", "address", "created_at", "updated_at"] {
            shown[name] = row[name].clone();
        }
        shown["mobile_code"] = get(input, "mobile_code");
        shown["mobile"] = get(input, "mobile");
        self.rows_mut("contacts").push(row);
        success("contact_created", "Contact created successfully", json!({"contact": shown}))
    }

    pub(super) fn contact_update(&mut self, user: &Value, input: &Map<String, Value>, id: &str) -> Expected {
        if id == "0" {
            return self.contact_store(user, input);
        }
        let old = self.find("contacts", user, id).cloned();
        let mut whole = input.clone();
        if let (true, Some(old)) = (self.documented, &old) {
            for name in ["firstname", "lastname", "mobile_code", "mobile"] {
                if get(input, name).is_null() {
                    whole.insert(name.to_owned(), old[name].clone());
                }
            }
            for name in ["city", "state", "post_code", "address"] {
                if get(input, name).is_null() {
                    whole.insert(name.to_owned(), old["address"].get(name).cloned().unwrap_or_default());
                }
            }
        }
        let complaints = rules::of_contact(input, self.documented, self.is_taken(user, &whole, Some(id)));
        if !complaints.is_empty() {
            return rules::invalid(&complaints);
        }
        let Some(old) = old else { return refusal("unknown_contact", "The contact is not found") };
        let fresh = rules::new_contact(0, &user["id"], &whole);
        let mut row = old.clone();
        for name in ["firstname", "lastname", "mobile_code", "mobile", "address", "updated_at"] {
            row[name] = fresh[name].clone();
        }
        let mut shown = self.shown(&row);
        for name in ["mobile_code", "mobile"] {
            if !get(input, name).is_null() {
                shown[name] = get(input, name);
            }
        }
        *self.rows_mut("contacts").iter_mut().find(|row| row["id"] == old["id"]).unwrap() = row;
        let user = self.rows_mut("users").iter_mut().find(|row| row["id"] == user["id"]).unwrap();
        let limit = user["contact_limit"].as_i64().unwrap();
        user["contact_limit"] = json!(if limit == -1 { -1 } else { limit - 1 });
        success("contact_created", " Contact updated successfully", json!({"contact": shown}))
    }

    pub(super) fn contact_delete(&mut self, user: &Value, id: &str) -> Expected {
        let Some(row) = self.find("contacts", user, id).cloned() else {
            return refusal("not_found", "The contact not found");
        };
        let conversation = self.rows("conversations").iter().find(|talk| talk["contact_id"] == row["id"]);
        if conversation
            .is_some_and(|talk| self.rows("messages").iter().any(|message| message["conversation_id"] == talk["id"]))
        {
            return refusal("contact_error", "Unable to delete contact with messages");
        }
        if row["is_blocked"] == 1 {
            return refusal("contact_error", "Unable to delete contact which is blocked");
        }
        self.rows_mut("contacts").retain(|other| other["id"] != row["id"]);
        success("contact_deleted", "Contact deleted successfully", Value::Null)
    }
}
