//! The state that a sandbox starts from, read from a file: see [`World`].

mod chatguru;
mod rows;

pub(crate) use chatguru::{ChatGuruWorld, ChatRow};
pub(crate) use rows::{Contact, Conversation, Group, Made, Message, Note, Template, User, WhatsAppAccount};

use std::{collections::HashSet, fmt, io, path::Path};

use serde::Deserialize;

/// The world that is used when none is given.
const DEFAULT: &str = include_str!("../../world.json");

/// The state that a sandbox starts from, and returns to on reset.
///
/// A world is a JSON object. `users` must have at least one entry; everything else may be left out:
/// `ip_whitelist`, `whatsapp_accounts`, `contacts`, `tags`, `lists`, `notes`, `conversations`,
/// `templates`, `cta_urls`, `interactive_lists`, `messages` for the `ExternalApi` installs, each of
/// which gets its own copy, and `chatguru` for `ChatGuru`. The crate's own `world.json` is an
/// example of all of them. Unknown keys are ignored.
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
    pub(crate) cta_urls: Vec<Made>,
    #[serde(default)]
    pub(crate) interactive_lists: Vec<Made>,
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
    /// When the text is not JSON, a value has the wrong type, there is no user, or two rows of one
    /// kind share an id. The error names the place.
    pub fn from_json(text: &str) -> Result<Self, WorldError> {
        let world: Self = serde_json::from_str(text).map_err(|error| WorldError(error.to_string()))?;
        world.check()?;
        Ok(world)
    }

    /// Reads a world from a file.
    ///
    /// # Errors
    /// As [`World::from_json`], and when the file cannot be read.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, WorldError> {
        let path = path.as_ref();
        let named = |error: &dyn fmt::Display| WorldError(format!("{}: {error}", path.display()));
        let text = std::fs::read_to_string(path).map_err(|error: io::Error| named(&error))?;
        Self::from_json(&text).map_err(|error| named(&error.0))
    }

    fn check(&self) -> Result<(), WorldError> {
        if self.users.is_empty() {
            return Err(WorldError("users: at least one is needed".to_owned()));
        }
        unique("users", self.users.iter().map(|row| row.id))?;
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

    /// The user whose credentials the sandbox hands out: the first that can use the API.
    pub(crate) fn main_user(&self) -> Option<&User> {
        let usable = |user: &&User| !user.banned && user.plan.is_some() && user.api_access;
        self.users.iter().find(usable).or_else(|| self.users.first())
    }
}

impl fmt::Debug for World {
    /// Shows how much there is, and none of the credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World")
            .field("users", &self.users.len())
            .field("contacts", &self.contacts.len())
            .field("conversations", &self.conversations.len())
            .finish_non_exhaustive()
    }
}

impl Default for World {
    /// The crate's own `world.json`.
    fn default() -> Self {
        // A test reads the file with `from_json`, so that this arm cannot be reached by mistake.
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
        if id < 1 || id == i64::MAX {
            return Err(WorldError(format!("{kind}: {id} is no id")));
        }
        if !seen.insert(id) {
            return Err(WorldError(format!("{kind}: the id {id} is there twice")));
        }
    }
    Ok(())
}

/// A world that cannot be used, with the place and the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorldError(String);

impl fmt::Display for WorldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unusable world: {}", self.0)
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
    fn errors_name_the_place() {
        for (text, part) in [
            ("{", "EOF"),
            ("{}", "users"),
            (r#"{"users":[]}"#, "at least one"),
            (r#"{"users":[{"id":"x"}]}"#, "line 1"),
            (r#"{"users":[{"id":1},{"id":1}]}"#, "twice"),
            (r#"{"users":[{"id":0}]}"#, "no id"),
            (r#"{"users":[{"id":1}],"chatguru":{"chats":[{"id":"x","chat_number":"+55"}]}}"#, "digits"),
            (
                r#"{"users":[{"id":1}],"chatguru":{"chats":[{"id":"x","chat_number":"5"},{"id":"y","chat_number":"5"}]}}"#,
                "5 is there twice",
            ),
        ] {
            let error = World::from_json(text).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
        assert!(World::from_file("/nowhere/world.json").unwrap_err().to_string().contains("/nowhere/world.json"));
    }
}
