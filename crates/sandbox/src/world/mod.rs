//! The seed data that a sandbox starts from: see [`World`].

mod chatguru;
mod custom_field;
mod keys;
mod rows;

pub(crate) use chatguru::{ChatGuruWorld, ChatRow, PhoneRow};
pub(crate) use rows::{Contact, Conversation, DashboardItem, Group, Message, Note, Template, User, WhatsAppAccount};

use std::{collections::HashSet, fmt, io, path::Path};

use serde::Deserialize;
use serde_json::Value;

use crate::{clock, mask::is_secret};

/// The largest id. Beyond it, some JSON parsers cannot distinguish two numbers.
const LARGEST_ID: i64 = (1 << 53) - 1;

/// The default world.
const DEFAULT: &str = include_str!("../../world.json");

/// The seed data that a sandbox starts from and returns to on reset: users, contacts, templates and so on.
///
#[doc = include_str!("../../WORLD.md")]
#[derive(Clone, Deserialize)]
pub struct World {
    pub(crate) users: Vec<User>,
    #[serde(default = "loopback")]
    pub(crate) ip_whitelist: Vec<String>,
    #[serde(default)]
    pub(crate) whatsapp_accounts: Vec<WhatsAppAccount>,
    #[serde(default)]
    pub(crate) contacts: Vec<Contact>,
    #[serde(default)]
    pub(crate) tags: Vec<Group>,
    #[serde(default)]
    pub(crate) lists: Vec<Group>,
    #[serde(default)]
    pub(crate) notes: Vec<Note>,
    #[serde(default)]
    pub(crate) conversations: Vec<Conversation>,
    #[serde(default)]
    pub(crate) templates: Vec<Template>,
    #[serde(default)]
    pub(crate) cta_urls: Vec<DashboardItem>,
    #[serde(default)]
    pub(crate) interactive_lists: Vec<DashboardItem>,
    #[serde(default)]
    pub(crate) messages: Vec<Message>,
    #[serde(default)]
    pub(crate) chatguru: ChatGuruWorld,
}

fn loopback() -> Vec<String> {
    vec!["127.0.0.1".to_owned()]
}

impl World {
    /// Reads a world from JSON.
    ///
    /// # Errors
    /// Returns an error if the text is not JSON, a key is unknown, a value has the wrong type, there is no user, two
    /// rows of one kind share an id, two users share their credentials, or the end of a plan is not a date. The error
    /// names the location and shows no credential.
    pub fn from_json(text: &str) -> Result<Self, WorldError> {
        // Some editors begin a file with a byte order mark, which is not JSON.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if let Ok(Value::Object(world)) = serde_json::from_str(text) {
            keys::check(&world)?;
        }
        let mut reader = serde_json::Deserializer::from_str(text);
        let mut world: Self = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let location = error.path().to_string();
            match error.into_inner() {
                // The message of serde repeats the value, which may be a credential.
                error if error.is_data() && is_secret(&location) => {
                    WorldError(format!("{location}: expected a string"))
                }
                error if error.is_data() && location != "." => WorldError(format!("{location}: {error}")),
                error => WorldError(error.to_string()),
            }
        })?;
        reader.end().map_err(|error| WorldError(error.to_string()))?;
        world.check()?;
        world.chatguru.collect_phones();
        Ok(world)
    }

    /// Reads a world from a file.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, and as [`World::from_json`] does.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, WorldError> {
        let path = path.as_ref();
        let named = |error: &dyn fmt::Display| WorldError(format!("{}: {error}", path.display()));
        let text = std::fs::read_to_string(path).map_err(|error: io::Error| named(&error))?;
        Self::from_json(&text).map_err(|error| named(&error.0))
    }

    fn check(&self) -> Result<(), WorldError> {
        if self.users.is_empty() {
            return Err(WorldError("users: expected at least one user".to_owned()));
        }
        unique("users", self.users.iter().map(|row| row.id))?;
        self.check_users()?;
        unique("whatsapp_accounts", self.whatsapp_accounts.iter().map(|row| row.id))?;
        unique("contacts", self.contacts.iter().map(|row| row.id))?;
        unique("tags", self.tags.iter().map(|row| row.id))?;
        unique("lists", self.lists.iter().map(|row| row.id))?;
        unique("notes", self.notes.iter().map(|row| row.id))?;
        unique("conversations", self.conversations.iter().map(|row| row.id))?;
        unique("templates", self.templates.iter().map(|row| row.id))?;
        unique("cta_urls", self.cta_urls.iter().map(|row| row.id))?;
        unique("interactive_lists", self.interactive_lists.iter().map(|row| row.id))?;
        unique("messages", self.messages.iter().map(|row| row.id))?;
        self.chatguru.check()
    }

    fn check_users(&self) -> Result<(), WorldError> {
        let mut credentials = HashSet::new();
        for (at, user) in self.users.iter().enumerate() {
            if let Some(end) = user.plan_expires_at.as_deref().filter(|end| !begins_with_date(end)) {
                return Err(WorldError(format!(
                    "users[{at}].plan_expires_at: {end:?} is not a date; expected YYYY-MM-DD"
                )));
            }
            if !user.client_id.is_empty() && !credentials.insert((&user.client_id, &user.client_secret)) {
                return Err(WorldError(format!("users[{at}]: another user has the same client_id and client_secret")));
            }
        }
        Ok(())
    }

    /// Returns the user whose credentials the sandbox hands out: the first one who can use the API.
    pub(crate) fn main_user(&self) -> Option<&User> {
        let usable = |user: &&User| !user.banned && user.plan.is_some() && user.api_access;
        self.users.iter().find(usable).or_else(|| self.users.first())
    }
}

impl fmt::Debug for World {
    /// Shows the number of rows, and no credential.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World")
            .field("users", &self.users.len())
            .field("contacts", &self.contacts.len())
            .field("conversations", &self.conversations.len())
            .finish_non_exhaustive()
    }
}

impl Default for World {
    /// Returns the world in the crate's `world.json`.
    fn default() -> Self {
        // A test parses the file, so this fallback is never used.
        Self::from_json(DEFAULT).unwrap_or_else(|_| Self::bare())
    }
}

impl World {
    fn bare() -> Self {
        Self {
            users: Vec::new(),
            ip_whitelist: loopback(),
            whatsapp_accounts: Vec::new(),
            contacts: Vec::new(),
            tags: Vec::new(),
            lists: Vec::new(),
            notes: Vec::new(),
            conversations: Vec::new(),
            templates: Vec::new(),
            cta_urls: Vec::new(),
            interactive_lists: Vec::new(),
            messages: Vec::new(),
            chatguru: ChatGuruWorld::default(),
        }
    }
}

fn unique(kind: &str, ids: impl Iterator<Item = i64>) -> Result<(), WorldError> {
    let mut seen = HashSet::new();
    for id in ids {
        if !(1..=LARGEST_ID).contains(&id) {
            return Err(WorldError(format!("{kind}: {id} is not an id; expected 1 to {LARGEST_ID}")));
        }
        if !seen.insert(id) {
            return Err(WorldError(format!("{kind}: the id {id} occurs twice")));
        }
    }
    Ok(())
}

/// Whether a text is a date such as `2035-01-01`, alone or before a time.
fn begins_with_date(text: &str) -> bool {
    let Some((date, time)) = text.split_at_checked(10) else { return false };
    let number = |at: std::ops::Range<usize>| date.get(at)?.parse::<u64>().ok();
    let digits = |at: usize, byte: u8| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    date.bytes().enumerate().all(|(at, byte)| digits(at, byte))
        && (time.is_empty() || time.starts_with(['T', ' ']))
        && number(0..4)
            .zip(number(5..7))
            .zip(number(8..10))
            .is_some_and(|((year, month), day)| clock::days_from_civil(year, month, day).is_some())
}

/// The error for an invalid world, with the location and the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorldError(String);

impl fmt::Display for WorldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid world: {}", self.0)
    }
}

impl std::error::Error for WorldError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_world_is_sound() {
        let world = World::from_json(DEFAULT).unwrap();
        assert!(world.contacts.len() > 20, "enough for a second page");
        assert!(world.templates.iter().any(|template| template.status == 1));
    }

    #[test]
    fn plans_end_on_dates() {
        for fine in ["2035-01-01", "2024-02-29T10:00:00.000000Z", "2035-01-01 00:00:00"] {
            assert!(begins_with_date(fine), "{fine}");
        }
        for wrong in ["", "2035-1-1", "01/02/2035", "2035-01-01x", "2023-02-29", "٢٠٣٥-01-01", "+035-01-01"] {
            assert!(!begins_with_date(wrong), "{wrong}");
        }
    }

    #[test]
    fn errors_name_the_location() {
        for (text, part) in [
            ("{", "EOF"),
            ("{}", "users"),
            (r#"{"users":[]}"#, "at least one"),
            (r#"{"users":[{"id":"x"}]}"#, "users[0].id: invalid type"),
            (r#"{"users":[{"id":1},{"id":2,"plan":5}]}"#, "users[1].plan: invalid type"),
            (
                r#"{"users":[{"id":1}],"contacts":[{"id":1,"user_id":1,"mobile":"1"}]}"#,
                "contacts[0]: missing field `mobile_code`",
            ),
            (r#"{"users":[{"id":1}],"contacts":{}}"#, "contacts: invalid type"),
            (r#"{"users":[{"id":1}],"tags":[{"id":1,"user_id":1,"name":"x","contacts":["1"]}]}"#, "tags[0].contacts"),
            (r#"{"users":[{"id":1}],"ip_whitelist":["::1",1]}"#, "ip_whitelist[1]"),
            (r#"{"users":[{"id":1}],"chatguru":{"dialogs":"x"}}"#, "chatguru.dialogs"),
            ("[]", "line 1"),
            (r#"{"users":[{"id":9007199254740992}]}"#, "is not an id; expected 1 to 9007199254740991"),
            (r#"{"users":[{"id":1,"plan_expires_at":"2035-13-01"}]}"#, "users[0].plan_expires_at"),
            (r#"{"users":[{"id":1,"plan_expires_at":"soon"}]}"#, "YYYY-MM-DD"),
            (
                r#"{"users":[{"id":1,"client_id":"a","client_secret":"b"},{"id":2,"client_id":"a","client_secret":"b"}]}"#,
                "users[1]: another user",
            ),
            (r#"{"users":[{"id":1},{"id":1}]}"#, "twice"),
            (r#"{"users":[{"id":0}]}"#, "not an id"),
            (r#"{"users":[{"id":1}],"chatguru":{"chats":[{"id":"x","chat_number":"+55"}]}}"#, "digits"),
            (
                r#"{"users":[{"id":1}],"chatguru":{"chats":[{"id":"x","chat_number":"5"},{"id":"y","chat_number":"5"}]}}"#,
                "5 occurs twice",
            ),
        ] {
            let error = World::from_json(text).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
        assert!(World::from_file("/nowhere/world.json").unwrap_err().to_string().contains("/nowhere/world.json"));
    }
}
