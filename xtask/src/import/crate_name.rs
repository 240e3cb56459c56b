//! The name of a spec and of its crate.

use heck::ToKebabCase as _;

use crate::codegen::Failure;

/// The longest name, in characters.
const LONGEST_NAME: usize = 40;

/// What the name of each client's crate ends with.
const ENDING: &str = "-client";

/// Refuses what cannot be the name of a spec and a crate.
pub(super) fn check_name(name: &str) -> Result<(), Failure> {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(is_part)
        && !name.ends_with('-')
        && !name.contains("--");
    if !is_name {
        let near = name.replace(|c: char| !c.is_ascii_alphanumeric(), " ").to_kebab_case();
        let near = near.trim_start_matches(|c: char| !c.is_ascii_lowercase());
        let example = if near.is_empty() { "acme" } else { near };
        return Err(vec![format!(
            "`{name}` cannot be the name of a spec and a crate: write lower-case letters, digits and single \
             hyphens between them, such as `{example}`"
        )]);
    }
    if let Some(stem) = name.strip_suffix(ENDING) {
        return Err(vec![format!(
            "`{name}` would name the crate `{name}{ENDING}`: write the name without `{ENDING}`, such as `{stem}`"
        )]);
    }
    if name.len() > LONGEST_NAME {
        return Err(vec![format!(
            "`{name}` is too long for the name of a crate: write up to {LONGEST_NAME} characters"
        )]);
    }
    Ok(())
}
