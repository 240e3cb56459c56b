//! A model of an ExternalApi instance, which predicts its answers. It is written from the facts and the
//! recordings and shares no code with the sandbox.

use serde_json::{Map, Value, json};

use super::{
    call::{Call, Encoding, Operation},
    pages,
    rules::{self, full_name, get, same_id, same_text},
};

/// Matches any text.
pub(super) const ANY: &str = "*";

/// One instance.
#[derive(Clone)]
pub(super) struct Model {
    world: Value,
    pub(super) documented: bool,
    slug: &'static str,
    /// Scheme and host.
    origin: String,
    /// The number of calls, which orders the conversations.
    pub(super) tick: u64,
    next: [i64; 3],
}

/// The expected answer and deliveries of a call.
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
    /// The text or caption; `*` if it does not come from the call.
    pub(super) text: Option<String>,
}

pub(super) fn error(status: u16, remark: &str, messages: &[&str]) -> Expected {
    Expected { status, body: json!({"remark": remark, "status": "error", "message": messages}), delivered: Vec::new() }
}

pub(super) fn refusal(remark: &str, message: &str) -> Expected {
    error(200, remark, &[message])
}

/// The server fails with a message that the model does not predict.
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
        if call.operation == Operation::Unknown {
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
        // A form in the body of a GET or DELETE is ignored.
        let reads = call.method == "POST" || matches!(call.encoding, Encoding::Query | Encoding::Json);
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

    pub(super) fn list(
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

    pub(super) fn shown(&self, contact: &Value) -> Value {
        let mut shown = contact.clone();
        shown["image_src"] = json!(format!("{}/{}/assets/images/avatar.jpg", self.origin, self.slug));
        shown["full_name"] = json!(full_name(contact));
        shown
    }

    pub(super) fn find(&self, table: &str, user: &Value, id: &str) -> Option<&Value> {
        self.rows(table)
            .iter()
            .filter(|row| row["user_id"] == user["id"])
            .find(|row| same_id(row["id"].as_i64().unwrap(), &json!(id)))
    }
}

pub(super) fn has_number(row: &Value, input: &Map<String, Value>) -> bool {
    same_text(&row["mobile_code"], &get(input, "mobile_code")) && same_text(&row["mobile"], &get(input, "mobile"))
}

/// Reverses rows that are ordered by id.
pub(super) trait RevById: Iterator<Item = Value> + Sized {
    fn rev_by_id(self) -> Vec<Value> {
        let mut rows: Vec<Value> = self.collect();
        rows.reverse();
        rows
    }
}

impl<T: Iterator<Item = Value>> RevById for T {}
