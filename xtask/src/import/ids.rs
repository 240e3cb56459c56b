//! The ids of the operations: in snake case, unique, and free for a method and its builder.

use std::collections::BTreeSet;

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

use crate::lint::{is_free_id, refused_value};

/// The longest id.
const LONGEST: usize = 80;

/// The ids in use.
#[derive(Debug, Default)]
pub(super) struct Ids {
    builders: BTreeSet<String>,
}

impl Ids {
    /// Returns the id of an operation. An operation without an id is named after its method and path.
    pub(super) fn choose(&mut self, id: Option<&str>, method: &str, path: &str) -> String {
        let own = id.map(snake_case).filter(|id| !id.is_empty());
        let wanted = own.unwrap_or_else(|| of_path(method, path));
        let starts_with_letter = wanted.starts_with(|c: char| c.is_ascii_lowercase());
        let mut wanted = if starts_with_letter { wanted } else { format!("{method}_{wanted}") };
        wanted.truncate(LONGEST);
        let wanted = snake_case(&wanted);
        let free = |id: &String| {
            let builder = id.to_upper_camel_case();
            // The names of the schemas of its body and its answer must not look like a secret.
            let is_harmless = |ending| refused_value(&format!("{builder}{ending}")).is_none();
            is_free_id(id) && !self.builders.contains(&builder) && ["", "Body", "Response"].iter().all(is_harmless)
        };
        let with_method = format!("{wanted}_{method}");
        let numbered = (2..100).map(|number| snake_case(&format!("{wanted}_{number}")));
        let of_path = of_path(method, path);
        let named = [wanted.clone(), snake_case(&with_method), of_path].into_iter();
        let mut candidates = named.chain(numbered).map(|id| stable(&id));
        let id = candidates.find(free).unwrap_or(wanted);
        self.builders.insert(id.to_upper_camel_case());
        id
    }
}

/// Returns an id whose builder has a name in `PascalCase`: that of `v2_x509` would be `V2X509`, which is `V2x509`.
fn stable(id: &str) -> String {
    let mut id = id.to_owned();
    for _ in 0..4 {
        let builder = id.to_upper_camel_case();
        let again = builder.to_upper_camel_case();
        if again == builder {
            break;
        }
        id = again.to_snake_case();
    }
    id
}

/// Returns a text in snake case, with only letters and digits of ASCII.
pub(super) fn snake_case(text: &str) -> String {
    let ascii: String = text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    ascii.to_snake_case()
}

/// Returns an id such as `get_chats_by_id` for the method and the path.
fn of_path(method: &str, path: &str) -> String {
    let words = path.split('/').filter(|part| !part.is_empty()).map(|part| match part.strip_prefix('{') {
        Some(name) => format!("by {name}"),
        None => part.to_owned(),
    });
    let words: Vec<_> = words.collect();
    snake_case(&format!("{method} {}", if words.is_empty() { "root".to_owned() } else { words.join(" ") }))
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn ids_are_in_snake_case_and_unique() {
        let mut ids = Ids::default();
        let mut choose = |id, method, path| ids.choose(id, method, path);
        assert_eq!(choose(Some("sendText"), "post", "/a"), "send_text");
        assert_eq!(choose(Some("SendText"), "post", "/b"), "send_text_post", "differs only in case");
        assert_eq!(choose(Some("send_text"), "post", "/c"), "post_c");
        assert_eq!(choose(Some("send-text"), "put", "/c"), "send_text_put");
        assert_eq!(choose(None, "get", "/chats/{chat-id}/ação:list"), "get_chats_by_chat_id_ao_list");
        assert_eq!(choose(None, "get", "/"), "get_root");
        assert_eq!(choose(Some(""), "get", "/"), "get_root_get");
        assert_eq!(choose(Some("send_text"), "post", "/c"), "send_text_2");
        assert_eq!(choose(Some("createN8nBot"), "post", "/n8n/create/{instance}"), "create_n8n_bot");
        assert_eq!(choose(Some("getV2X509"), "get", "/x509"), "get_v2x509", "as the name of its builder");
        assert_eq!(choose(Some("2fa"), "get", "/"), "get_2fa");
        assert_eq!(choose(Some("日本"), "get", "/x"), "get_x");
    }

    #[test]
    fn names_that_are_in_use_get_their_method() {
        let mut ids = Ids::default();
        for (id, expected) in [
            ("type", "type_get"),
            ("self", "self_get"),
            ("builder", "builder_get"),
            ("option", "option_get"),
            ("all", "all_get"),
        ] {
            assert_eq!(ids.choose(Some(id), "get", "/"), expected);
        }
    }

    #[test]
    fn a_long_id_is_cut() {
        let mut ids = Ids::default();
        let one = ids.choose(Some(&"long".repeat(100)), "get", "/");
        assert!(one.len() <= 80, "{one}");
        assert_ne!(ids.choose(Some(&"long".repeat(101)), "get", "/"), one);
    }
}
