//! Names locations in a document for people.

/// Returns the name of what the steps lead to, and the steps that are left, which are its keywords.
pub(super) fn subject(steps: &[String]) -> (String, &[String]) {
    let words: Vec<_> = steps.iter().map(String::as_str).collect();
    let (name, used) = match words.as_slice() {
        ["operations", id, "parameters", parameter, ..] => {
            let (location, name) = parameter.split_once(' ').unwrap_or(("", parameter));
            (format!("`{id}`, {location} parameter `{name}`"), 4)
        }
        ["operations", id, "parameters"] => (format!("`{id}`, parameters"), 3),
        ["operations", id, ..] => (format!("`{id}`"), 2),
        ["operations"] => ("operations".to_owned(), 1),
        ["components", "schemas", schema, "properties", property, ..] => (format!("`{schema}.{property}`"), 5),
        ["components", "schemas", schema, "x-open-enum", value, ..] => (format!("`{schema}`, value `{value}`"), 5),
        ["components", "schemas", schema, ..] => (format!("`{schema}`"), 3),
        ["components", "schemas"] => ("schemas".to_owned(), 2),
        ["components", "parameters", name, ..] => (format!("shared parameter `{name}`"), 3),
        ["components", "responses", name, ..] => (format!("shared answer `{name}`"), 3),
        ["components", "securitySchemes", "order"] => ("credentials".to_owned(), 2),
        ["components", "securitySchemes", name, ..] => (format!("credential `{name}`"), 3),
        ["x-webhooks", name, "post", ..] => (format!("webhook `{name}`"), 3),
        ["x-webhooks", name, ..] => (format!("webhook `{name}`"), 2),
        ["servers", name, ..] => (format!("instance `{name}`"), 2),
        [first, ..] => (format!("`{first}`"), 1),
        [] => ("the document".to_owned(), 0),
    };
    (name, &steps[used..])
}
