//! Where in a world something is wrong, for those who have to fix it.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{ChatGuruWorld, Contact, Conversation, Group, Made, Message, Note, Template, User, WhatsAppAccount, World};

/// The place of the first thing that cannot be read, for example `contacts[3].mobile`, if it can be
/// told from a text that is JSON.
pub(super) fn of_error(text: &str) -> Option<String> {
    let Ok(Value::Object(world)) = serde_json::from_str(text) else { return None };
    let tables = [
        ("users", in_table::<User> as fn(&Value) -> Option<String>),
        ("whatsapp_accounts", in_table::<WhatsAppAccount>),
        ("contacts", in_table::<Contact>),
        ("tags", in_table::<Group>),
        ("lists", in_table::<Group>),
        ("notes", in_table::<Note>),
        ("conversations", in_table::<Conversation>),
        ("templates", in_table::<Template>),
        ("cta_urls", in_table::<Made>),
        ("interactive_lists", in_table::<Made>),
        ("messages", in_table::<Message>),
        ("ip_whitelist", in_table::<String>),
        ("chatguru", in_row::<ChatGuruWorld>),
    ];
    let inner = tables.iter().find_map(|(name, look)| Some(format!("{name}{}", look(world.get(*name)?)?)));
    // `users` may be missing, which the error says by itself.
    inner.or_else(|| in_row::<World>(&Value::Object(world)).map(|place| place.trim_start_matches('.').to_owned()))
}

/// The place in a list of rows: empty when it is no list.
fn in_table<T: DeserializeOwned>(table: &Value) -> Option<String> {
    let Value::Array(rows) = table else { return Some(String::new()) };
    rows.iter().enumerate().find_map(|(at, row)| Some(format!("[{at}]{}", in_row::<T>(row)?)))
}

/// The column that cannot be read: without it the complaint is another one.
fn in_row<T: DeserializeOwned>(row: &Value) -> Option<String> {
    let complaint = |row: Value| serde_json::from_value::<T>(row).err().map(|error| error.to_string());
    let first = complaint(row.clone())?;
    let Value::Object(map) = row else { return Some(String::new()) };
    if first.starts_with("missing field") {
        return Some(String::new());
    }
    let guilty = |name: &&String| {
        let mut rest = map.clone();
        rest.remove(*name);
        complaint(Value::Object(rest)).as_ref() != Some(&first)
    };
    Some(map.keys().find(guilty).map_or_else(String::new, |name| format!(".{name}")))
}
