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
    use super::{field, setter};

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
