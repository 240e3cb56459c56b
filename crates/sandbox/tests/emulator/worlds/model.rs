//! What an instance must answer, written from the facts and the recordings: as simple as can be,
//! and nothing of it shared with the sandbox.

use serde_json::{Map, Value, json};

use super::{
    call::{Call, Operation, Way},
    pages,
    rules::{self, falsy, full_name, get, same_id, same_text},
};

/// Stands for any text.
pub(super) const ANY: &str = "*";

/// One instance.
#[derive(Clone)]
pub(super) struct Model {
    world: Value,
    pub(super) documented: bool,
    slug: &'static str,
    /// Scheme and host.
    origin: String,
    /// Counts the calls, so that what happens later is later.
    pub(super) tick: u64,
    next: [i64; 3],
}

/// An answer, and what reached a chat.
pub(super) struct Expected {
    pub(super) status: u16,
    pub(super) body: Value,
    pub(super) delivered: Vec<Delivered>,
}

#[derive(Debug, PartialEq)]
pub(super) struct Delivered {
    pub(super) account: String,
    pub(super) to: String,
    pub(super) kind: &'static str,
    /// What stands beside a file or alone; `*` where it comes from elsewhere.
    pub(super) text: Option<String>,
}

pub(super) fn error(status: u16, remark: &str, messages: &[&str]) -> Expected {
    Expected { status, body: json!({"remark": remark, "status": "error", "message": messages}), delivered: Vec::new() }
}

pub(super) fn refusal(remark: &str, message: &str) -> Expected {
    error(200, remark, &[message])
}

/// Something broke: the text says what, and is the server's own affair.
pub(super) fn exception() -> Expected {
    refusal("exception", ANY)
}

pub(super) fn success(remark: &str, message: &str, data: Value) -> Expected {
    let mut body = json!({"remark": remark, "status": "success", "message": [message]});
    if !data.is_null() {
        body["data"] = data;
    }
    Expected { status: 200, body, delivered: Vec::new() }
}

const TABLES: [&str; 3] = ["contacts", "conversations", "messages"];

impl Model {
    pub(super) fn new(world: &Value, documented: bool, slug: &'static str, origin: &str) -> Self {
        let mut world = world.clone();
        for table in [
            "whatsapp_accounts",
            "contacts",
            "conversations",
            "messages",
            "tags",
            "lists",
            "notes",
            "templates",
            "cta_urls",
            "interactive_lists",
        ] {
            if world[table].is_null() {
                world[table] = json!([]);
            }
            world[table].as_array_mut().unwrap().sort_by_key(|row| row["id"].as_i64());
        }
        let next = TABLES
            .map(|table| world[table].as_array().unwrap().last().map_or(1, |row| row["id"].as_i64().unwrap() + 1));
        Self { world, documented, slug, origin: origin.to_owned(), tick: 0, next }
    }

    pub(super) fn rows(&self, table: &str) -> &Vec<Value> {
        self.world[table].as_array().unwrap()
    }

    pub(super) fn rows_mut(&mut self, table: &str) -> &mut Vec<Value> {
        self.world[table].as_array_mut().unwrap()
    }

    pub(super) fn of<'a>(&'a self, table: &str, user: &'a Value) -> impl Iterator<Item = &'a Value> + use<'a> {
        self.rows(table).iter().filter(move |row| row["user_id"] == *user)
    }

    pub(super) fn id(&mut self, table: usize) -> i64 {
        self.next[table] += 1;
        self.next[table] - 1
    }

    pub(super) fn counts(&self) -> Value {
        let limit = self
            .rows("users")
            .iter()
            .find(|user| user["id"] == 1)
            .map_or(json!(0), |user| user["contact_limit"].clone());
        json!({
            "contacts": self.rows("contacts").len(),
            "conversations": self.rows("conversations").len(),
            "messages": self.rows("messages").len(),
            "contact_limit_of_user_1": limit,
        })
    }

    pub(super) fn answer(&mut self, call: &Call) -> Expected {
        self.tick += 1;
        let path = call.path();
        if call.operation == Operation::Nowhere {
            return error(404, "not_found", &[&format!("The route {path} could not be found.")]);
        }
        let right = call.operation.method();
        if call.method != right {
            let (method, right) = (call.method, if right == "GET" { "GET, HEAD" } else { right });
            return refusal(
                "exception",
                &format!("The {method} method is not supported for route {path}. Supported methods: {right}."),
            );
        }
        let user = match self.sign_in(call) {
            Ok(user) => user,
            Err(refusal) => return refusal,
        };
        // A form in the body of a GET means nothing, of a DELETE neither.
        let reads = call.method == "POST" || matches!(call.way, Way::Query | Way::Json);
        let input = if reads { rules::cleaned(&call.input) } else { Map::new() };
        match call.operation {
            Operation::ContactList => self.contact_list(&user, &input, &path),
            Operation::ContactStore => self.contact_store(&user, &input),
            Operation::ContactUpdate => self.contact_update(&user, &input, &call.id),
            Operation::ContactDelete => self.contact_delete(&user, &call.id),
            Operation::ConversationList => self.conversation_list(&user, &input, &path),
            Operation::ConversationDetails => self.conversation_details(&user, &call.id),
            Operation::ChangeStatus => self.change_status(&user, &input, &call.id),
            Operation::SendMessage => self.send_message(&user, &input, call),
            Operation::SendTemplate => self.send_template(&user, &input),
            _ => {
                let rows: Vec<Value> = self.of("templates", &user["id"]).cloned().collect();
                self.list(&rows, &input, &path, ("inbox", "Template data fetched successfully", "templates"))
            }
        }
    }

    fn sign_in(&self, call: &Call) -> Result<Value, Expected> {
        let unauthorized = |text: &str| Err(error(401, "Unauthorized", &[text]));
        let (id, secret) = (call.client_id.as_deref().unwrap_or(""), call.client_secret.as_deref().unwrap_or(""));
        if id.is_empty() {
            return unauthorized("The client id is required");
        }
        if secret.is_empty() {
            return unauthorized("The client secret is required");
        }
        let known = self.rows("users").iter().find(|user| user["client_id"] == id && user["client_secret"] == secret);
        let Some(user) = known else { return unauthorized("Invalid credentials") };
        if user["banned"] == true {
            return unauthorized(ANY);
        }
        let list = if user["ip_whitelist"].is_array() { &user["ip_whitelist"] } else { &self.world["ip_whitelist"] };
        if !list.as_array().unwrap().contains(&json!("127.0.0.1")) {
            return Err(error(
                401,
                "Unauthorized",
                &[
                    "Access to this API endpoint is restricted to IP addresses that have been explicitly whitelisted.",
                    "In order to access this API endpoint, please add your IP address (127.0.0.1) to the white list from the user dashboard.",
                ],
            ));
        }
        if user["plan"].is_null() {
            return Err(refusal("subscription_required", ANY));
        }
        if user["plan_expires_at"].as_str().unwrap() < "2026-11-22" {
            return Err(refusal(
                "subscription_required",
                "Your plan has expired. Please renew or purchase a new plan to regain access.",
            ));
        }
        if user["api_access"] != true {
            return Err(refusal("not_available", ANY));
        }
        Ok(user.clone())
    }

    fn list(
        &self,
        rows: &[Value],
        input: &Map<String, Value>,
        path: &str,
        (remark, message, key): (&str, &str, &str),
    ) -> Expected {
        let url = format!("{}/{}/{path}", self.origin, self.slug);
        match pages::page(rows, &get(input, "paginate"), &get(input, "page"), &url) {
            Some(page) => success(remark, message, json!({key: page})),
            None => exception(),
        }
    }

    fn shown(&self, contact: &Value) -> Value {
        let mut shown = contact.clone();
        shown["image_src"] = json!(format!("{}/{}/assets/images/avatar.jpg", self.origin, self.slug));
        shown["full_name"] = json!(full_name(contact));
        shown
    }

    fn contact_list(&self, user: &Value, input: &Map<String, Value>, path: &str) -> Expected {
        let needle = get(input, "search");
        if !falsy(&needle) && !self.documented {
            return exception();
        }
        let wanted = |row: &&Value| falsy(&needle) || rules::mentions(row, needle.as_str().unwrap());
        let rows: Vec<Value> = self.of("contacts", &user["id"]).filter(wanted).map(|row| self.shown(row)).rev_by_id();
        self.list(&rows, input, path, ("contact-list", "Contact data fetched successfully.", "contacts"))
    }

    fn find(&self, table: &str, user: &Value, id: &str) -> Option<&Value> {
        self.rows(table)
            .iter()
            .filter(|row| row["user_id"] == user["id"])
            .find(|row| same_id(row["id"].as_i64().unwrap(), &json!(id)))
    }

    /// Whether another contact of the user has the number.
    fn is_taken(&self, user: &Value, input: &Map<String, Value>, but: Option<&str>) -> bool {
        let but = |row: &&Value| !but.is_some_and(|id| same_id(row["id"].as_i64().unwrap(), &json!(id)));
        let mut others = self.of("contacts", &user["id"]).filter(but);
        others.any(|row| has_number(row, input))
    }

    fn contact_store(&mut self, user: &Value, input: &Map<String, Value>) -> Expected {
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

    fn contact_update(&mut self, user: &Value, input: &Map<String, Value>, id: &str) -> Expected {
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

    fn contact_delete(&mut self, user: &Value, id: &str) -> Expected {
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

    fn conversation(&self, row: &Value) -> Value {
        let mut shown = row.clone();
        shown.as_object_mut().unwrap().remove("tick");
        let contact = self.rows("contacts").iter().find(|contact| contact["id"] == row["contact_id"]);
        shown["contact"] = contact.map_or(Value::Null, |contact| self.shown(contact));
        let notes = self.rows("notes").iter().filter(|note| note["conversation_id"] == row["id"]);
        shown["notes"] = notes.cloned().rev_by_id().into();
        shown
    }

    fn conversation_list(&self, user: &Value, input: &Map<String, Value>, path: &str) -> Expected {
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
        // The latest first, those without a message last, and of those the order is nobody's promise.
        rows.sort_by_key(|row| std::cmp::Reverse((row["tick"].as_u64(), row["last_message_at"].as_str())));
        let rows: Vec<Value> = rows.into_iter().map(|row| self.conversation(row)).collect();
        self.list(&rows, input, path, ("inbox", "Conversation data fetched successfully", "conversation"))
    }

    fn conversation_details(&self, user: &Value, id: &str) -> Expected {
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

    fn change_status(&mut self, user: &Value, input: &Map<String, Value>, id: &str) -> Expected {
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

pub(super) fn has_number(row: &Value, input: &Map<String, Value>) -> bool {
    same_text(&row["mobile_code"], &get(input, "mobile_code")) && same_text(&row["mobile"], &get(input, "mobile"))
}

/// Rows that are by rising id, the other way round.
trait RevById: Iterator<Item = Value> + Sized {
    fn rev_by_id(self) -> Vec<Value> {
        let mut rows: Vec<Value> = self.collect();
        rows.reverse();
        rows
    }
}

impl<T: Iterator<Item = Value>> RevById for T {}
