//! The rows of a world's `ExternalApi` tables, with the columns that matter to its answers.

use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::{Map, Value};

fn yes() -> bool {
    true
}

/// A customer of the provider: what signs in.
#[allow(clippy::struct_excessive_bools, reason = "each is a column of its own")]
#[derive(Clone, Deserialize)]
pub(crate) struct User {
    pub(crate) id: i64,
    /// By which the ledger knows the user; `user N` without one.
    #[serde(default)]
    pub(crate) name: Option<String>,
    #[serde(default)]
    pub(crate) banned: bool,
    /// Any value but null is a plan.
    #[serde(default = "active")]
    pub(crate) plan: Option<String>,
    /// `YYYY-MM-DD`; a plan without a date counts as expired.
    #[serde(default = "far_away")]
    pub(crate) plan_expires_at: Option<String>,
    #[serde(default = "yes")]
    pub(crate) api_access: bool,
    /// How many contacts may still be stored; -1 is no limit.
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
    /// The user's own list; without it the world's list holds.
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

/// A tag or a list, with the contacts it holds.
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

/// A conversation with a contact, which may have been deleted since.
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

/// A message template. The answer shows the row as the world gives it.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    pub(crate) id: i64,
    pub(crate) user_id: i64,
    /// 1 is approved.
    pub(crate) status: i64,
    pub(crate) language_id: i64,
    pub(crate) row: Map<String, Value>,
}

impl Template {
    /// A column that is a text, or an empty text.
    pub(crate) fn text(&self, column: &str) -> &str {
        self.row.get(column).and_then(Value::as_str).unwrap_or_default()
    }

    /// Whether it is a carousel. Its cards are in a table of their own; what its row shows of it is
    /// that `buttons` is null, and not a list.
    pub(crate) fn has_cards(&self) -> bool {
        self.row.get("buttons").is_some_and(Value::is_null)
    }
}

impl<'de> Deserialize<'de> for Template {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut row = Map::deserialize(deserializer)?;
        // A remark of the world's author, not a column.
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

/// A button that opens a page, or a list to choose from, made in the provider's dashboard.
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

/// A message, of which only the conversation matters: it forbids deleting the contact.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Message {
    pub(crate) id: i64,
    pub(crate) conversation_id: i64,
}

/// Numbers of telephones, which hand-written worlds may give as numbers.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        other => Err(D::Error::custom(format!("{other} is neither a text nor a number"))),
    }
}
