//! What the setters of a builder take.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::{Expr, ImplItemFn};

use super::public_type::PublicType;
use super::short::short;

/// Returns the type that a setter takes, as the type of a field. For an unusual setter, returns its whole signature.
///
/// | setter takes                                       | shown as         |
/// |----------------------------------------------------|------------------|
/// | `TryInto<T>`, `Into<T>`                            | `T`              |
/// | `Into<Optional<T>>`                                | `Option<T>`      |
/// | `IntoIterator<Item = impl Into<T>>`                | `Vec<T>`         |
/// | `Serialize`                                        | `any JSON`       |
/// | `IntoIterator<Item = (impl Into<K>, impl Into<V>)>`| `BTreeMap<K, V>` |
pub(super) fn taken(setter: &ImplItemFn) -> String {
    usual(setter).unwrap_or_else(|| short(&setter.sig))
}

fn usual(setter: &ImplItemFn) -> Option<String> {
    let signature = short(&setter.sig);
    let rest = signature.strip_prefix(&format!("fn {}", setter.sig.ident))?;
    if let Some(generic) = rest.strip_prefix('<') {
        let (parameter, rest) = generic.split_once('>')?;
        let bounds =
            rest.strip_prefix(&format!("(mut self, value: {parameter}) -> Self where {parameter}: TryInto<"))?;
        let (ty, rest) = closing(bounds)?;
        let with_error = [
            String::new(),
            format!(", {parameter}::Error: Display"),
            format!(", <{parameter} as TryInto<{ty}>>::Error: Display"),
        ];
        return with_error.iter().any(|usual| usual == rest).then(|| ty.to_owned());
    }
    let taken = rest.strip_suffix(") -> Self")?;
    if taken == "(mut self, value: impl Serialize" {
        return Some("any JSON".to_owned());
    }
    if let Some(ty) = between(taken, "(mut self, value: impl Into<Optional<", ">>") {
        return Some(format!("Option<{ty}>"));
    }
    if let Some(ty) = between(taken, "(mut self, value: impl Into<", ">") {
        return Some(ty.to_owned());
    }
    if let Some(ty) = between(taken, "(mut self, values: impl IntoIterator<Item = impl Into<", ">>") {
        return Some(format!("Vec<{ty}>"));
    }
    let pair = between(taken, "(mut self, entries: impl IntoIterator<Item = (impl Into<", ">)>")?;
    let (key, value) = pair.split_once(">, impl Into<")?;
    Some(format!("BTreeMap<{key}, {value}>"))
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    text.strip_prefix(start)?.strip_suffix(end)
}

/// Splits at the `>` that closes what `text` is within.
fn closing(text: &str) -> Option<(&str, &str)> {
    let mut depth = 1;
    for (index, c) in text.char_indices() {
        depth += match c {
            '<' => 1,
            '>' => -1,
            _ => 0,
        };
        if depth == 0 {
            return Some((&text[..index], &text[index + 1..]));
        }
    }
    None
}

/// Returns whether a setter is the usual one that fills in a form.
pub(super) fn fills_in(setter: &ImplItemFn, form: &str) -> bool {
    short(&setter.sig) == format!("fn body_map<F>(mut self, f: F) -> Self where F: FnOnce({form}) -> {form}")
}

/// Returns the name that the expression of a value begins with, such as `page` in `Ok(page.map(Some))`.
pub(super) fn bare(value: &str) -> &str {
    value.trim_start_matches("Ok(").split(['.', ')']).next().unwrap_or_default()
}

/// Returns the values that a new builder of a form lacks.
pub(super) fn required(new: &ImplItemFn) -> BTreeSet<String> {
    let mut missing = Missing::default();
    missing.visit_block(&new.block);
    missing.names
}

#[derive(Default)]
struct Missing {
    names: BTreeSet<String>,
}

impl<'c> Visit<'c> for Missing {
    fn visit_field_value(&mut self, field: &'c syn::FieldValue) {
        if matches!(&field.expr, Expr::Call(call) if short(&call.func) == "Err") || short(&field.expr) == "None" {
            self.names.insert(short(&field.member));
        }
        visit::visit_field_value(self, field);
    }
}

/// Prints a value: its name, its type, and whether it is required.
pub(super) fn line(name: &str, ty: &str, required: bool, wire_name: &str) -> String {
    let need = if required { ", required" } else { "" };
    let wire = if wire_name == name { String::new() } else { format!(", on the wire `{wire_name}`") };
    format!("{name}: {ty}{need}{wire}")
}

/// The setter of that name.
pub(super) fn setter<'c>(builder: &PublicType<'c>, name: &str) -> Option<&'c ImplItemFn> {
    builder.functions.iter().copied().find(|function| function.sig.ident == name)
}
