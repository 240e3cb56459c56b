//! The names of properties and parameters, which the provider chose, as names of fields and arguments.

use crate::lint::refused_value;

/// The longest name.
const LONGEST: usize = 200;

/// Says why a name cannot be that of a property or parameter.
pub(super) fn check(name: &str) -> Result<(), String> {
    if name.is_empty() || name.len() > LONGEST {
        return Err(format!("a name has between 1 and {LONGEST} characters"));
    }
    if name == "$ref" {
        return Err("`$ref` is a reference wherever it is a key of a spec".to_owned());
    }
    if name.chars().any(char::is_control) {
        return Err("the name contains control characters".to_owned());
    }
    if !name.chars().any(|c| c.is_ascii_alphanumeric()) {
        return Err(format!("`{name}` has no letter and no digit, so no name in Rust"));
    }
    if refused_value(name).is_some() {
        return Err("the name looks like a secret or like a person's data, which a spec must not contain".to_owned());
    }
    Ok(())
}
