//! The client's methods.

use std::collections::{BTreeMap, BTreeSet};

use syn::{ImplItem, ItemImpl};

use super::split::Unparsed;
use super::{Result, documentation, ident, set_docs, unexpected};
use crate::model::{Api, Operation, Parameter};

/// Writes each method's documentation anew: progenitor's runs the parameters' paragraphs together.
pub(super) fn patch_methods(api: &Api, methods: Unparsed) -> Result<ItemImpl> {
    let mut methods: ItemImpl = methods.parse()?;
    let operations: BTreeMap<_, _> = api.operations.iter().map(|operation| (&*operation.id, operation)).collect();
    let mut names = BTreeSet::new();
    for item in &mut methods.items {
        let ImplItem::Fn(method) = item else { continue };
        let name = method.sig.ident.to_string();
        let Some(operation) = operations.get(&*name) else {
            return unexpected(format!("there is no operation for the method `{name}`"));
        };
        let docs = documentation(&method.attrs);
        let Some((intro, _)) = docs.split_once("```ignore") else {
            return unexpected(format!("the documentation of `{name}` has no example"));
        };
        let intro = intro.split("\nArguments:\n").next().unwrap_or(intro).trim();
        // A fragment tells operations on one URL apart and is never sent.
        let intro = intro.replace(&format!("`{}#{}`", operation.path, operation.id), &format!("`{}`", operation.path));
        let arguments = arguments(operation);
        method.attrs.clear();
        set_docs(&mut method.attrs, &format!("{intro}{arguments}"));
        names.insert(name);
    }
    match api.operations.iter().find(|operation| !names.contains(&operation.id)) {
        Some(missing) => unexpected(format!("there is no method for `{}`", missing.id)),
        None => Ok(methods),
    }
}

fn arguments(operation: &Operation) -> String {
    let parameter = |parameter: &Parameter| {
        let need = if parameter.required { " (required)" } else { "" };
        let first = parameter.description.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        format!("- `{}`{need}: {first}", ident(&parameter.name))
    };
    let body = |body| format!("- `body` (required): the form, [`types::{body}`]; `body_map` fills it in place");
    let list: Vec<_> = operation.parameters.iter().map(parameter).chain(operation.body.as_ref().map(body)).collect();
    if list.is_empty() { String::new() } else { format!("\n\n# Arguments\n\n{}", list.join("\n")) }
}
