//! Closed enums of the document as open enums, which keep a value that the provider adds later.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::components::{Components, pascal_case};
use super::tree::{Map, Tree};
use crate::lint::refused_value;

/// The most values of an open enum. A longer list is a text.
const MOST_VALUES: usize = 300;

/// The longest value.
const LONGEST: usize = 100;

/// The open enums by their values.
#[derive(Debug, Default)]
pub(super) struct Enums {
    by_values: BTreeMap<(String, String), String>,
}

impl Enums {
    /// Returns the name of the open enum with these values, or `None` if they cannot be one.
    ///
    /// `property` is the name of the property or parameter, and `stem` that of the schema around it.
    pub(super) fn name(
        &mut self,
        values: &[Value],
        property: &str,
        stem: &str,
        source: &Tree,
        components: &mut Components,
    ) -> Option<String> {
        let is_integer = values.iter().all(Value::is_i64);
        let fits = |value: &Value| match value.as_str() {
            Some(text) => text.len() <= LONGEST && refused_value(text).is_none() && !text.contains('`'),
            None => is_integer,
        };
        let distinct: BTreeSet<_> = values.iter().map(ToString::to_string).collect();
        if values.is_empty() || distinct.len() > MOST_VALUES || !values.iter().all(fits) {
            return None;
        }
        let key = (pascal_case(property), distinct.into_iter().collect::<Vec<_>>().join(","));
        if let Some(name) = self.by_values.get(&key) {
            return Some(name.clone());
        }
        let name =
            components.name(&[property.to_owned(), format!("{stem} {property}"), format!("{stem} {property} value")]);
        let kind = if is_integer { "integer" } else { "string" };
        let tree = Map::new()
            .with("description", format!("The values of `{}` that the document lists.", property.replace('`', "'")))
            .with("type", kind)
            .with("x-source", source.clone())
            .with("x-open-enum", open_values(values));
        components.add(&name, tree);
        self.by_values.insert(key, name.clone());
        Some(name)
    }
}

fn open_values(values: &[Value]) -> Vec<Tree> {
    let (mut seen, mut names) = (BTreeSet::new(), BTreeSet::from(["Unknown".to_owned()]));
    let mut list = Vec::new();
    for value in values.iter().filter(|value| seen.insert(value.to_string())) {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let mut name = variant(&text);
        if !names.insert(name.clone()) {
            let mut numbered = (2..=MOST_VALUES + 2).map(|number| pascal_case(&format!("{name}{number}")));
            name = numbered.find(|name| names.insert(name.clone())).unwrap_or_default();
        }
        let shown = if text.trim().is_empty() { "The empty text.".to_owned() } else { format!("`{text}`.") };
        list.push(Map::new().with("value", value).with("name", name).with("description", shown).into());
    }
    list
}

/// Returns the name of a value's variant.
fn variant(text: &str) -> String {
    let signed = text.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let name = match signed {
        Some(number) => format!("Minus{number}"),
        None => pascal_case(text),
    };
    let name = pascal_case(&name);
    if name.is_empty() {
        return if text.trim().is_empty() { "Empty".to_owned() } else { "Value".to_owned() };
    }
    let name = if name.starts_with(|c: char| c.is_ascii_digit()) { pascal_case(&format!("Value{name}")) } else { name };
    if syn::parse_str::<syn::Ident>(&name).is_ok() { name } else { pascal_case(&format!("{name} value")) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::components::Components;
    use super::super::tree::{Map, Tree};
    use super::Enums;

    #[test]
    fn each_value_gets_a_name_of_its_own() {
        let mut components = Components::default();
        let values = json!(["WHATSAPP-BAILEYS", "", "a", "A", "2fa", "self", "unknown", ">", "<", "a", "-1"]);
        let values = values.as_array().expect("it is a list");
        let source = Tree::from(Map::new());
        let name = Enums::default().name(values, "integration", "Create", &source, &mut components);
        assert_eq!(name.as_deref(), Some("Integration"));
        let tree = Tree::from(components.get("Integration").expect("it was added").clone()).json();
        let names: Vec<_> = tree["x-open-enum"].as_array().expect("a list").iter().map(|one| &one["name"]).collect();
        assert_eq!(
            json!(names),
            json!([
                "WhatsappBaileys",
                "Empty",
                "A",
                "A2",
                "Value2fa",
                "SelfValue",
                "Unknown2",
                "Value",
                "Value2",
                "Minus1"
            ])
        );
    }

    #[test]
    fn enums_with_the_same_name_and_values_are_one() {
        let (mut components, mut enums, source) = (Components::default(), Enums::default(), Tree::from(Map::new()));
        let mut name = |values, stem| {
            let values: Vec<_> = serde_json::from_value(values).expect("a list");
            enums.name(&values, "kind", stem, &source, &mut components)
        };
        assert_eq!(name(json!(["a", "b"]), "One").as_deref(), Some("Kind"));
        assert_eq!(name(json!(["b", "a"]), "Two").as_deref(), Some("Kind"));
        assert_eq!(name(json!(["a"]), "Two").as_deref(), Some("TwoKind"));
        assert_eq!(name(json!([1, 2]), "Three").as_deref(), Some("ThreeKind"));
        assert_eq!(name(json!([1, "a"]), "Four"), None);
        assert_eq!(name(json!([]), "Four"), None);
    }
}
