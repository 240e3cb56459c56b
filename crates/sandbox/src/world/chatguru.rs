//! The `chatguru` part of a world.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::incoming::WebhookUrl;

use super::{WorldError, custom_field::wire_name};

/// The state of a `ChatGuru` account: its credentials, its delays, its phones with their chats, and its dialogs.
#[derive(Clone, Deserialize)]
#[serde(default = "ChatGuruWorld::without_phones")]
pub(crate) struct ChatGuruWorld {
    pub(crate) key: String,
    pub(crate) account_id: String,
    /// The first phone: see [`collect_phones`](Self::collect_phones).
    phone_id: Option<String>,
    official_api: Option<bool>,
    chats: Option<Vec<ChatRow>>,
    /// All phones, at least one, once they are collected.
    pub(crate) phones: Vec<PhoneRow>,
    /// Whether "Adicionar Chats" is enabled for the account.
    pub(crate) add_chats: bool,
    /// How long a chat takes to be added.
    pub(crate) chat_add_delay_ms: u64,
    /// How long a message without a date stays `scheduled`.
    pub(crate) message_delay_ms: u64,
    /// The ids of the dialogs that can be executed.
    pub(crate) dialogs: Vec<String>,
    /// The URL to which messages from customers are posted.
    pub(crate) webhook_url: Option<String>,
    /// The names of the custom fields that exist. `None` means that any name exists.
    custom_fields: Option<Vec<String>>,
}

/// A phone of the account.
#[derive(Clone, Deserialize)]
pub(crate) struct PhoneRow {
    pub(crate) phone_id: String,
    /// Whether it is connected through `WhatsApp`'s official API.
    #[serde(default)]
    pub(crate) official_api: bool,
    #[serde(default)]
    pub(crate) chats: Vec<ChatRow>,
}

/// A chat that already exists.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ChatRow {
    pub(crate) id: String,
    pub(crate) chat_number: String,
    #[serde(default)]
    pub(crate) name: Option<String>,
    #[serde(default)]
    pub(crate) tags: Vec<String>,
}

impl Default for ChatGuruWorld {
    /// Returns a usable account, for worlds without `chatguru`.
    fn default() -> Self {
        let mut account = Self::without_phones();
        account.collect_phones();
        account
    }
}

impl ChatGuruWorld {
    fn without_phones() -> Self {
        Self {
            key: "sandbox-chatguru-key".to_owned(),
            account_id: "5d0000000000000000000001".to_owned(),
            phone_id: None,
            official_api: None,
            chats: None,
            phones: Vec::new(),
            add_chats: true,
            chat_add_delay_ms: 400,
            message_delay_ms: 300,
            dialogs: vec!["5d0000000000000000000201".to_owned()],
            webhook_url: None,
            custom_fields: None,
        }
    }

    /// Moves the phone that the account's own keys describe to the front of `phones`.
    ///
    /// A world with one phone needs no `phones`. If it has them and none of these keys, they are all there is.
    pub(super) fn collect_phones(&mut self) {
        if !self.has_own_phone() {
            return;
        }
        let usual_chat = || ChatRow {
            id: "5d0000000000000000000101".to_owned(),
            chat_number: "5511987654321".to_owned(),
            name: None,
            tags: Vec::new(),
        };
        let usual_chats = || if self.phones.is_empty() { vec![usual_chat()] } else { Vec::new() };
        let phone = PhoneRow {
            chats: self.chats.take().unwrap_or_else(usual_chats),
            phone_id: self.phone_id.take().unwrap_or_else(|| "5d0000000000000000000002".to_owned()),
            official_api: self.official_api.take().unwrap_or_default(),
        };
        self.phones.insert(0, phone);
    }

    fn has_own_phone(&self) -> bool {
        let has_keys = self.phone_id.is_some() || self.official_api.is_some() || self.chats.is_some();
        has_keys || self.phones.is_empty()
    }

    /// Returns the id of the first phone.
    pub(crate) fn first_phone_id(&self) -> &str {
        self.phones.first().map_or("", |phone| &phone.phone_id)
    }

    /// Whether a custom field with this name exists. The name is that of requests, without its prefix.
    pub(crate) fn has_custom_field(&self, name: &str) -> bool {
        self.custom_fields.as_ref().is_none_or(|known| known.iter().any(|known| wire_name(known) == name))
    }

    /// Checks the account as it was read, before its phones are collected.
    pub(super) fn check(&self) -> Result<(), WorldError> {
        for (name, value) in [("key", &self.key), ("account_id", &self.account_id)] {
            if value.is_empty() {
                return Err(at(name, "is empty"));
            }
        }
        if let Some(Err(error)) = self.webhook_url.as_deref().map(str::parse::<WebhookUrl>) {
            return Err(at("webhook_url", error.to_string()));
        }
        self.check_phones()?;
        self.check_chats()?;
        self.check_custom_fields()
    }

    fn check_phones(&self) -> Result<(), WorldError> {
        let mut complete = self.clone();
        complete.collect_phones();
        let own = usize::from(self.has_own_phone());
        let mut ids = HashSet::new();
        for (index, phone) in complete.phones.iter().enumerate() {
            let location = match index.checked_sub(own) {
                None => "phone_id".to_owned(),
                Some(row) => format!("phones[{row}].phone_id"),
            };
            // The id is a credential, which errors do not show.
            if phone.phone_id.is_empty() {
                return Err(at(&location, "is empty"));
            }
            if !ids.insert(&phone.phone_id) {
                return Err(at(&location, "another phone has the same id"));
            }
        }
        Ok(())
    }

    fn check_chats(&self) -> Result<(), WorldError> {
        let rows = self.phones.iter().enumerate();
        let others = rows.map(|(row, phone)| (format!("phones[{row}].chats"), phone.chats.as_slice()));
        let own = self.chats.iter().map(|chats| ("chats".to_owned(), chats.as_slice()));
        // The id of a chat, with its location and its phone.
        let mut ids: HashMap<&str, (String, usize)> = HashMap::new();
        for (phone, (location, chats)) in own.chain(others).enumerate() {
            let mut numbers = HashSet::new();
            for (row, ChatRow { id, chat_number, .. }) in chats.iter().enumerate() {
                let location = format!("{location}[{row}]");
                if chat_number.is_empty() || !chat_number.bytes().all(|byte| byte.is_ascii_digit()) {
                    let text = format!("{chat_number:?} is not a number; expected digits only");
                    return Err(at(&format!("{location}.chat_number"), text));
                }
                if !numbers.insert(chat_number) {
                    return Err(at(&format!("{location}.chat_number"), format!("{chat_number} occurs twice")));
                }
                match ids.get(id.as_str()) {
                    Some((other, on)) if *on != phone => {
                        let text = format!("chatguru.{other} on another phone has the same id");
                        return Err(at(&format!("{location}.id"), text));
                    }
                    _ => ids.insert(id, (location, phone)),
                };
            }
        }
        Ok(())
    }

    fn check_custom_fields(&self) -> Result<(), WorldError> {
        let mut names = HashMap::new();
        for (row, name) in self.custom_fields.iter().flatten().enumerate() {
            let location = format!("custom_fields[{row}]");
            let wire = wire_name(name);
            if wire.is_empty() {
                return Err(at(&location, "is empty; expected the name of a custom field"));
            }
            if let Some(other) = names.insert(wire.clone(), name) {
                return Err(at(&location, format!("{name:?} is sent as field__{wire}, like {other:?}")));
            }
        }
        Ok(())
    }
}

fn at(location: &str, text: impl AsRef<str>) -> WorldError {
    WorldError(format!("chatguru.{location}: {}", text.as_ref()))
}

#[cfg(test)]
mod tests {
    use crate::World;

    fn world(chatguru: &str) -> Result<World, String> {
        World::from_json(&format!(r#"{{"users":[{{"id":1}}],"chatguru":{chatguru}}}"#))
            .map_err(|error| error.to_string())
    }

    /// The phones of a world, with the numbers of their chats.
    fn phones(chatguru: &str) -> Vec<(String, Vec<String>)> {
        let world = world(chatguru).unwrap();
        let chats = |phone: &super::PhoneRow| phone.chats.iter().map(|chat| chat.chat_number.clone()).collect();
        world.chatguru.phones.iter().map(|phone| (phone.phone_id.clone(), chats(phone))).collect()
    }

    #[test]
    fn the_keys_of_the_account_are_its_first_phone() {
        let phone = |id: &str, chats: &[&str]| (id.to_owned(), chats.iter().map(ToString::to_string).collect());
        let usual = "5d0000000000000000000002";
        for (chatguru, expected) in [
            ("{}", vec![phone(usual, &["5511987654321"])]),
            (r#"{"phone_id":"a"}"#, vec![phone("a", &["5511987654321"])]),
            (r#"{"phone_id":"a","chats":[]}"#, vec![phone("a", &[])]),
            (r#"{"phones":[]}"#, vec![phone(usual, &["5511987654321"])]),
            (r#"{"phones":[{"phone_id":"b"}]}"#, vec![phone("b", &[])]),
            (r#"{"phone_id":"a","phones":[{"phone_id":"b"}]}"#, vec![phone("a", &[]), phone("b", &[])]),
            (
                r#"{"chats":[{"id":"x","chat_number":"5"}],"phones":[{"phone_id":"b","chats":[{"id":"y","chat_number":"5"}]}]}"#,
                vec![phone(usual, &["5"]), phone("b", &["5"])],
            ),
        ] {
            assert_eq!(phones(chatguru), expected, "{chatguru}");
        }
        let official = world(r#"{"official_api":true,"phones":[{"phone_id":"b","official_api":true}]}"#).unwrap();
        assert!(official.chatguru.phones.iter().all(|phone| phone.official_api));
    }

    #[test]
    fn any_custom_field_exists_unless_the_world_lists_them() {
        let has = |chatguru: &str, name: &str| world(chatguru).unwrap().chatguru.has_custom_field(name);
        assert!(has("{}", "Plano"));
        assert!(!has(r#"{"custom_fields":[]}"#, "Plano"));
        let fields = r#"{"custom_fields":["CRM | Link negócio","field__Plano"]}"#;
        assert!(has(fields, "CRM__Link_negocio") && has(fields, "Plano"));
        assert!(!has(fields, "CRM | Link negócio") && !has(fields, "plano"));
    }

    #[test]
    fn errors_name_the_location_and_show_no_phone_id() {
        for (chatguru, error) in [
            (r#"{"key":""}"#, "chatguru.key: is empty"),
            (r#"{"phone_id":""}"#, "chatguru.phone_id: is empty"),
            (r#"{"phones":[{"phone_id":"b"},{"phone_id":""}]}"#, "chatguru.phones[1].phone_id: is empty"),
            (
                r#"{"phone_id":"canary","phones":[{"phone_id":"canary"}]}"#,
                "chatguru.phones[0].phone_id: another phone has the same id",
            ),
            (
                r#"{"phones":[{"phone_id":"canary"},{"phone_id":"canary"}]}"#,
                "chatguru.phones[1].phone_id: another phone has the same id",
            ),
            (r#"{"phones":[{"chats":[]}]}"#, "chatguru.phones[0]: missing field `phone_id`"),
            (r#"{"phones":[{"phone_id":4242}]}"#, "chatguru.phones[0].phone_id: expected a string"),
            (
                r#"{"phones":[{"phone_id":"b","official":true}]}"#,
                "chatguru.phones[0].official: unknown key; known keys are",
            ),
            (
                r#"{"phones":[{"phone_id":"b","chats":[{"id":"x","chat_numbr":"5"}]}]}"#,
                "chatguru.phones[0].chats[0].chat_numbr: unknown key; did you mean chat_number?",
            ),
            (
                r#"{"phones":[{"phone_id":"b","chats":[{"id":"x","chat_number":"+5"}]}]}"#,
                "chatguru.phones[0].chats[0].chat_number: \"+5\" is not a number; expected digits only",
            ),
            (
                r#"{"chats":[{"id":"x","chat_number":"5"},{"id":"y","chat_number":"5"}]}"#,
                "chatguru.chats[1].chat_number: 5 occurs twice",
            ),
            (
                r#"{"chats":[{"id":"x","chat_number":"5"}],"phones":[{"phone_id":"b","chats":[{"id":"x","chat_number":"5"}]}]}"#,
                "chatguru.phones[0].chats[0].id: chatguru.chats[0] on another phone has the same id",
            ),
            (r#"{"custom_fields":["Plano",""]}"#, "chatguru.custom_fields[1]: is empty"),
            (r#"{"custom_fields":"Plano"}"#, "chatguru.custom_fields: invalid type"),
            (
                r#"{"custom_fields":["Última ação","Ultima acao"]}"#,
                "chatguru.custom_fields[1]: \"Ultima acao\" is sent as field__Ultima_acao, like \"Última ação\"",
            ),
        ] {
            let found = world(chatguru).unwrap_err();
            assert!(found.contains(error) && !found.contains("canary") && !found.contains("4242"), "{found}");
        }
    }
}
