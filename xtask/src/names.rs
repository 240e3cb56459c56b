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

fn rust_name(at: &At<'_>, name: &str, proper: &str, case: &str) -> Result<String> {
    if syn::parse_str::<syn::Ident>(proper).is_err() {
        return Err(at.error(format!("`{name}` cannot be a name in Rust: choose another")));
    }
    if name != proper {
        return Err(at.error(format!("`{name}` must be in {case}: `{proper}`")));
    }
    Ok(name.to_owned())
}
