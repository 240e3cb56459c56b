//! Checks the keys of a world, and suggests the nearest known key for a misspelled one.

use serde::{
    Deserialize,
    de::{self, Visitor},
    forward_to_deserialize_any,
};
use serde_json::{Map, Value};

use super::{
    ChatGuruWorld, ChatRow, Contact, Conversation, DashboardItem, Group, Message, Note, PhoneRow, User,
    WhatsAppAccount, World, WorldError,
};

/// The keys of a part of a world.
pub(super) struct Part {
    /// The path of the part: `contacts`, `chatguru.chats`.
    pub(super) name: &'static str,
    read: fn() -> &'static [&'static str],
    /// Further accepted keys: columns of the recorded backend that no answer shows.
    beside: &'static [&'static str],
    /// Whether other columns are accepted and shown unchanged. Then only likely misspellings are refused.
    open: bool,
}

/// A comment of the world's author, accepted in any row.
const REMARK: &str = "note";
/// The keys of an address.
const ADDRESS: &[&str] = &["city", "state", "post_code", "address", "country"];
/// The columns of a template that the sandbox reads or that every instance shows.
const TEMPLATE: &[&str] = &[
    "id",
    "user_id",
    "name",
    "status",
    "language_id",
    "category_id",
    "header_format",
    "header",
    "header_media",
    "body",
    "footer",
    "buttons",
    "whatsapp_template_id",
    "whatsapp_account_id",
    "created_at",
    "updated_at",
];

pub(super) const PARTS: [Part; 14] = [
    Part { name: "", read: fields::<World>, beside: &["about"], open: false },
    Part { name: "users", read: fields::<User>, beside: &[], open: false },
    Part { name: "whatsapp_accounts", read: fields::<WhatsAppAccount>, beside: &[], open: false },
    Part { name: "contacts", read: fields::<Contact>, beside: &[], open: false },
    Part { name: "contacts.address", read: || ADDRESS, beside: &[], open: false },
    Part { name: "tags", read: fields::<Group>, beside: &[], open: false },
    Part { name: "lists", read: fields::<Group>, beside: &[], open: false },
    Part { name: "notes", read: fields::<Note>, beside: &[], open: false },
    Part { name: "conversations", read: fields::<Conversation>, beside: &[], open: false },
    Part { name: "templates", read: || TEMPLATE, beside: &[], open: true },
    Part { name: "cta_urls", read: fields::<DashboardItem>, beside: &["button"], open: false },
    Part { name: "interactive_lists", read: fields::<DashboardItem>, beside: &["button", "sections"], open: false },
    Part {
        name: "messages",
        read: fields::<Message>,
        beside: &["user_id", "whatsapp_account_id", "whatsapp_message_id", "type", "message", "status", "created_at"],
        open: false,
    },
    Part { name: "chatguru", read: fields::<ChatGuruWorld>, beside: &[], open: false },
];
const PHONES: Part = Part { name: "chatguru.phones", read: fields::<PhoneRow>, beside: &[], open: false };
const CHATS: Part = Part { name: "chatguru.chats", read: fields::<ChatRow>, beside: &[], open: false };

impl Part {
    /// Returns all keys.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'static str> {
        (self.read)().iter().chain(self.beside).copied()
    }

    fn check(&self, location: &str, row: &Map<String, Value>) -> Result<(), WorldError> {
        let is_known = |key: &String| self.keys().any(|known| known == key) || key == REMARK;
        for key in row.keys().filter(|key| !is_known(key)) {
            let near = self.keys().filter(|known| !row.contains_key(*known) && distance(key, known) <= nearness(known));
            let nearest = near.min_by_key(|known| distance(key, known));
            if self.open && nearest.is_none() {
                continue;
            }
            let location = if location.is_empty() { key.clone() } else { format!("{location}.{key}") };
            let keys = || self.keys().collect::<Vec<_>>().join(", ");
            let help =
                nearest.map_or_else(|| format!("known keys are {}", keys()), |near| format!("did you mean {near}?"));
            return Err(WorldError(format!("{location}: unknown key; {help}")));
        }
        Ok(())
    }
}

/// Refuses unknown keys, with their location and the nearest known key.
pub(super) fn check(world: &Map<String, Value>) -> Result<(), WorldError> {
    let part = |name: &str| PARTS.iter().find(|part| part.name == name);
    for part in &PARTS {
        match part.name {
            "" => part.check("", world)?,
            name => rows(world.get(name), name, |location, row| part.check(location, row))?,
        }
    }
    rows(world.get("contacts"), "contacts", |location, row| match row.get("address") {
        Some(Value::Object(address)) => {
            part("contacts.address").map_or(Ok(()), |part| part.check(&format!("{location}.address"), address))
        }
        _ => Ok(()),
    })?;
    let of_chatguru = |key: &str| world.get("chatguru").and_then(|chatguru| chatguru.get(key));
    check_chats(of_chatguru("chats"), CHATS.name)?;
    rows(of_chatguru("phones"), PHONES.name, |location, row| {
        PHONES.check(location, row)?;
        check_chats(row.get("chats"), &format!("{location}.chats"))
    })
}

fn check_chats(table: Option<&Value>, location: &str) -> Result<(), WorldError> {
    rows(table, location, |location, row| CHATS.check(location, row))
}

/// Calls `check` for every row of a table, or for a part that is a single row, with its location.
fn rows(
    table: Option<&Value>,
    name: &str,
    check: impl Fn(&str, &Map<String, Value>) -> Result<(), WorldError>,
) -> Result<(), WorldError> {
    match table {
        Some(Value::Object(row)) => check(name, row),
        Some(Value::Array(rows)) => rows.iter().enumerate().try_for_each(|(at, row)| match row {
            Value::Object(row) => check(&format!("{name}[{at}]"), row),
            _ => Ok(()),
        }),
        _ => Ok(()),
    }
}

/// Returns up to which distance a key counts as a misspelling of a known one.
fn nearness(known: &str) -> usize {
    (known.len() / 3).clamp(1, 3)
}

/// Returns the edit distance of two keys, ignoring case: how many characters must be added, removed, replaced, or
/// swapped with a neighbour.
fn distance(left: &str, right: &str) -> usize {
    let letters = |text: &str| text.chars().take(64).flat_map(char::to_lowercase).collect::<Vec<char>>();
    let (left, right) = (letters(left), letters(right));
    let mut rows = vec![(0..=right.len()).collect::<Vec<usize>>()];
    for (i, a) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let mut best = (rows[i][j] + usize::from(a != b)).min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == *b {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[left.len()][right.len()]
}

/// Returns the field names of a type.
fn fields<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    let mut found: &[&str] = &[];
    // This always fails, because there is no value, but the type passes its field names first.
    let _ = T::deserialize(Fields(&mut found));
    found
}

/// A deserializer that records the requested fields and returns no value.
struct Fields<'a>(&'a mut &'static [&'static str]);

impl<'de> de::Deserializer<'de> for Fields<'_> {
    type Error = de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(de::Error::custom("no value"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Self::Error> {
        *self.0 = fields;
        Err(de::Error::custom("no value"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn error(text: &str) -> String {
        World::from_json(text).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_misspelt_key_is_refused_with_its_place_and_the_nearest() {
        let row = |table: &str, row: &str| format!(r#"{{"users":[{{"id":1}}],"{table}":[{{"id":1,{row}}}]}}"#);
        for (text, part) in [
            (r#"{"users":[{"id":1}],"contact":[]}"#.to_owned(), "contact: unknown key; did you mean contacts?"),
            (
                r#"{"users":[{"id":1,"client_sceret":"x"}]}"#.to_owned(),
                "users[0].client_sceret: unknown key; did you mean client_secret?",
            ),
            (
                r#"{"users":[{"id":1,"colour":"x"}]}"#.to_owned(),
                "users[0].colour: unknown key; known keys are id, name, banned,",
            ),
            (
                row("whatsapp_accounts", r#""user_id":1,"phone_number":"1","default":true"#),
                "whatsapp_accounts[0].default",
            ),
            (
                row("contacts", r#""user_id":1,"mobile_code":"55","mobil":"1""#),
                "contacts[0].mobil: unknown key; did you mean mobile?",
            ),
            (
                row("contacts", r#""user_id":1,"mobile_code":"55","mobile":"1","address":{"City":"x"}"#),
                "contacts[0].address.City: unknown key; did you mean city?",
            ),
            (row("tags", r#""user_id":1,"name":"x","contcats":[]"#), "did you mean contacts?"),
            (row("lists", r#""user_id":1,"name":"x","createdat":"""#), "did you mean created_at?"),
            (row("notes", r#""user_id":1,"conversation_id":1,"note":"x","updated":"""#), "notes[0].updated"),
            (row("conversations", r#""user_id":1,"contact_id":1,"stauts":1"#), "did you mean status?"),
            (row("templates", r#""user_id":1,"langauge_id":1"#), "did you mean language_id?"),
            (row("cta_urls", r#""user_id":1,"urls":"x""#), "did you mean url?"),
            (row("interactive_lists", r#""user_id":1,"bdy":"x""#), "did you mean body?"),
            (row("messages", r#""conversation":1"#), "messages[0].conversation"),
            (
                r#"{"users":[{"id":1}],"chatguru":{"chats":[{"id":"x","chat_number":"5","nmae":"x"}]}}"#.to_owned(),
                "chatguru.chats[0].nmae: unknown key; did you mean name?",
            ),
            (
                r#"{"users":[{"id":1}],"chatguru":{"accountid":"x"}}"#.to_owned(),
                "chatguru.accountid: unknown key; did you mean account_id?",
            ),
        ] {
            assert!(error(&text).contains(part), "{text}: {}", error(&text));
        }
    }

    #[test]
    fn remarks_and_columns_that_are_shown_as_they_are() {
        for text in [
            r#"{"about":"x","users":[{"id":1,"note":"the first"}]}"#,
            r#"{"users":[{"id":1}],"templates":[{"id":1,"user_id":1,"carousel":{"a":1},"name":"x"}]}"#,
            r#"{"users":[{"id":1}],"contacts":[{"id":1,"user_id":1,"mobile_code":"55","mobile":"1","details":{"any":"x"}}]}"#,
            r#"{"users":[{"id":1}],"messages":[{"id":1,"conversation_id":1,"message":"oi"}]}"#,
        ] {
            assert_eq!(error(text), "", "{text}");
        }
    }

    #[test]
    fn no_credential_is_in_an_error() {
        for text in [
            r#"{"users":[{"id":1,"client_secret":["canary"]}]}"#,
            r#"{"users":[{"id":1,"client_id":{"canary":1}}]}"#,
            r#"{"users":[{"id":1,"client_id":4242424242}]}"#,
            r#"{"users":[{"id":1}],"chatguru":{"key":4242424242}}"#,
        ] {
            let error = error(text);
            assert!(
                !error.contains("canary")
                    && !error.contains("4242")
                    && error.contains("client_") | error.contains("key"),
                "{error}"
            );
        }
    }

    /// Every part has a table in the documentation, and every key has a row in it.
    #[test]
    fn the_documentation_has_every_key_and_no_other() {
        let text = include_str!("../../WORLD.md");
        let mut documented = Vec::new();
        for section in text.split("\n## ").skip(1) {
            let name = section.split('`').nth(1).unwrap_or_default();
            let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
            documented.push((name.to_owned(), rows.map(str::to_owned).collect::<BTreeSet<_>>()));
        }
        let name = |part: &Part| if part.name.is_empty() { "world" } else { part.name }.to_owned();
        let known = PARTS.iter().chain([&PHONES, &CHATS]);
        let mut known: Vec<_> =
            known.map(|part| (name(part), part.keys().map(str::to_owned).collect::<BTreeSet<_>>())).collect();
        known.sort();
        documented.sort();
        assert_eq!(documented, known);
    }
}
