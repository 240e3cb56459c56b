//! The rows of a world's `ExternalApi` tables, with the columns that the sandbox uses.

use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::{Map, Value};

fn yes() -> bool {
    true
}

/// A user: a customer of the provider, who signs in.
#[allow(clippy::struct_excessive_bools, reason = "each is a column of its own")]
#[derive(Clone, Deserialize)]
pub(crate) struct User {
    pub(crate) id: i64,
    /// The user's name in the ledger. Without one it is `user N`.
    #[serde(default)]
    pub(crate) name: Option<String>,
    #[serde(default)]
    pub(crate) banned: bool,
    /// The plan. Any value but null counts as a plan.
    #[serde(default = "active")]
    pub(crate) plan: Option<String>,
    /// `YYYY-MM-DD`. A plan without a date counts as expired.
    #[serde(default = "far_away")]
    pub(crate) plan_expires_at: Option<String>,
    #[serde(default = "yes")]
    pub(crate) api_access: bool,
    /// How many more contacts may be stored. -1 means no limit.
    #[serde(default = "unlimited")]
    pub(crate) contact_limit: i64,
    #[serde(default = "yes")]
    pub(crate) interactive_messages: bool,
    #[serde(default = "yes")]
    pub(crate) ecommerce: bool,
    #[serde(default)]
    pub(crate) client_id: String,
    #[serde(default)]
    pub(crate) client_secret: String,
    /// The user's own list of addresses. Without one, the world's list applies.
    #[serde(default)]
    pub(crate) ip_whitelist: Option<Vec<String>>,
}

#[allow(clippy::unnecessary_wraps, reason = "the shape that serde asks for")]
fn active() -> Option<String> {
    Some("active".to_owned())
}

#[allow(clippy::unnecessary_wraps, reason = "the shape that serde asks for")]
fn far_away() -> Option<String> {
    Some("9999-01-01".to_owned())
}

fn unlimited() -> i64 {
    -1
}

/// A `WhatsApp` number of a user.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct WhatsAppAccount {
    pub(crate) id: i64,
    pub(crate) user_id: i64,
    #[serde(deserialize_with = "text")]
    pub(crate) phone_number: String,
    #[serde(default)]
    pub(crate) is_default: bool,
}

/// A contact of a user.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Contact {
    pub(crate) id: i64,
    pub(crate) user_id: i64,
    #[serde(default)]
    pub(crate) firstname: Option<String>,
    #[serde(default)]
    pub(crate) lastname: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(crate) mobile_code: String,
    #[serde(deserialize_with = "text")]
    pub(crate) mobile: String,
    #[serde(default)]
    pub(crate) image: Option<String>,
    /// An object, null or `[]`.
    #[serde(default)]
    pub(crate) address: Value,
    #[serde(default)]
    pub(crate) status: i64,
    /// An object, null or `[]`.
    #[serde(default)]
    pub(crate) details: Value,
    #[serde(default)]
    pub(crate) is_customer: i64,
    #[serde(default)]
    pub(crate) is_blocked: i64,
    #[serde(default)]
    pub(crate) blocked_by: i64,
    #[serde(default)]
    pub(crate) created_at: Option<String>,
    #[serde(default)]
    pub(crate) updated_at: Option<String>,
}

/// A tag or a list, with the contacts in it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Group {
    pub(crate) id: i64,
    pub(crate) user_id: i64,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) created_at: Option<String>,
    #[serde(default)]
    pub(crate) updated_at: Option<String>,
    #[serde(default)]
    pub(crate) contacts: Vec<i64>,
}

/// A note on a conversation.
#[allow(clippy::struct_field_names, reason = "the columns' names")]
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Note {
    pub(crate) id: i64,
    pub(crate) user_id: i64,
    pub(crate) conversation_id: i64,
    pub(crate) note: String,
    #[serde(default)]
    pub(crate) created_at: Option<String>,
    #[serde(default)]
    pub(crate) updated_at: Option<String>,
}

/// A conversation with a contact, which may have been deleted later.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Conversation {
    pub(crate) id: i64,
    pub(crate) user_id: i64,
    pub(crate) contact_id: i64,
    #[serde(default)]
    pub(crate) status: i64,
    #[serde(default)]
    pub(crate) whatsapp_account_id: i64,
    #[serde(default)]
    pub(crate) last_message_at: Option<String>,
    #[serde(default)]
    pub(crate) needs_human_reply: i64,
    #[serde(default)]
    pub(crate) created_at: Option<String>,
    #[serde(default)]
    pub(crate) updated_at: Option<String>,
}

/// A message template. Answers show the row as it is in the world.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    pub(crate) id: i64,
    pub(crate) user_id: i64,
    /// 1 means approved.
    pub(crate) status: i64,
    pub(crate) language_id: i64,
    pub(crate) row: Map<String, Value>,
}

impl Template {
    /// Returns a text column, or an empty text.
    pub(crate) fn text(&self, column: &str) -> &str {
        self.row.get(column).and_then(Value::as_str).unwrap_or_default()
    }

    /// Whether it is a carousel. Its cards are in another table, and its row has null for `buttons` instead of a list.
    pub(crate) fn has_cards(&self) -> bool {
        self.row.get("buttons").is_some_and(Value::is_null)
    }
}

impl<'de> Deserialize<'de> for Template {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut row = Map::deserialize(deserializer)?;
        // A comment of the world's author, not a column.
        row.remove("note");
        let number = |key: &str| {
            row.get(key)
                .and_then(Value::as_i64)
                .ok_or_else(|| D::Error::custom(format!("a template needs the number {key}")))
        };
        let (id, user_id) = (number("id")?, number("user_id")?);
        let (status, language_id) = (number("status").unwrap_or(1), number("language_id").unwrap_or(1));
        Ok(Self { id, user_id, status, language_id, row })
    }
}

/// A button that opens a page, or a list to choose from, created in the provider's dashboard.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct DashboardItem {
    pub(crate) id: i64,
    pub(crate) user_id: i64,
    /// The text above it.
    #[serde(default)]
    pub(crate) body: Option<String>,
    /// Where a button leads.
    #[serde(default)]
    pub(crate) url: Option<String>,
}

/// A message. Only its conversation matters: it prevents deleting the contact.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Message {
    pub(crate) id: i64,
    pub(crate) conversation_id: i64,
}

/// Reads a phone number, which hand-written worlds may contain as a number.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        other => Err(D::Error::custom(format!("{other} is neither a text nor a number"))),
    }
}
