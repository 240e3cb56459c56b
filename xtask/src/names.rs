//! Names in a spec that become names in the generated code.

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

use crate::document::{At, Result};

/// Checks the name of a type or a variant.
pub fn pascal_case(at: &At<'_>, name: &str) -> Result<String> {
    rust_name(at, name, &name.to_upper_camel_case(), "PascalCase")
}

/// Checks the name of a method, a field or an argument.
pub fn snake_case(at: &At<'_>, name: &str) -> Result<String> {
    rust_name(at, name, &name.to_snake_case(), "snake case")
}

/// The names that a builder uses itself.
pub(crate) const RESERVED: [&str; 8] = ["body", "body_map", "client", "dry_run", "into_call", "items", "new", "send"];

/// Returns the name of the field that progenitor generates for a property.
pub(crate) fn field(name: &str) -> String {
    let plain: String =
        name.chars().filter(|c| *c != '\'').map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let snake = match name {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => plain.to_snake_case(),
    };
    let snake = if snake.starts_with(char::is_alphabetic) { snake } else { format!("x{snake}") };
    if is_identifier(&snake) { snake } else { format!("{snake}_") }
}

/// Returns the name of the setter of a parameter.
pub(crate) fn setter(parameter: &str) -> String {
    let field = field(parameter);
    if RESERVED.contains(&field.as_str()) { format!("{field}_parameter") } else { field }
}

/// Whether a word can be a name in Rust. `syn` does not know that `gen` is a keyword.
pub(crate) fn is_identifier(word: &str) -> bool {
    word != "gen" && syn::parse_str::<syn::Ident>(word).is_ok()
}

/// Returns the title of an API within a sentence: `the Messages API`, but `Resend`.
pub(crate) fn title_in_sentence(title: &str) -> String {
    let title = title.trim().trim_end_matches('.');
    let is_api = title.split_whitespace().any(|word| word.eq_ignore_ascii_case("api"));
    let has_article = title.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("the "));
    if is_api && !has_article { format!("the {title}") } else { title.to_owned() }
}

/// Returns a sentence with the name on the wire, if it differs from that in Rust by more than the ending of a keyword.
pub(crate) fn wire_name(name: &str) -> Option<String> {
    let differs = field(name).trim_end_matches('_') != name.trim_end_matches('_');
    (differs && !name.contains('`')).then(|| format!("On the wire: `{name}`."))
}

fn rust_name(at: &At<'_>, name: &str, proper: &str, case: &str) -> Result<String> {
    if !is_identifier(proper) {
        return Err(at.error(format!("`{name}` cannot be a name in Rust: choose another")));
    }
    if name != proper {
        return Err(at.error(format!("`{name}` must be in {case}: `{proper}`")));
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{field, setter, title_in_sentence, wire_name};

    #[test]
    fn a_title_has_an_article_where_a_sentence_needs_one() {
        for (title, words) in [
            ("Messages API", "the Messages API"),
            ("ChatGuru API v1", "the ChatGuru API v1"),
            ("The Cloud API.", "The Cloud API"),
            ("Resend", "Resend"),
        ] {
            assert_eq!(title_in_sentence(title), words);
        }
    }

    #[test]
    fn only_a_name_that_differs_is_shown() {
        assert_eq!(wire_name("FileSHA256").as_deref(), Some("On the wire: `FileSHA256`."));
        assert_eq!((wire_name("file_name"), wire_name("type")), (None, None));
    }

    #[test]
    fn a_name_on_the_wire_becomes_a_name_in_rust() {
        for (wire, rust) in [
            ("camelCase", "camel_case"),
            ("filter[from]", "filter_from"),
            ("user.name", "user_name"),
            ("$top", "top"),
            ("o'clock", "oclock"),
            ("2fa", "x2fa"),
            ("+1", "plus1"),
            ("type", "type_"),
            ("gen", "gen_"),
            ("ação", "ação"),
        ] {
            assert_eq!(field(wire), rust);
            assert!(syn::parse_str::<syn::Ident>(rust).is_ok(), "{rust}");
        }
        assert_eq!((setter("Send"), setter("sent")), ("send_parameter".to_owned(), "sent".to_owned()));
    }
}
