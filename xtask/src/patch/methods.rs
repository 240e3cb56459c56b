//! The client's methods.

use std::collections::BTreeSet;

use syn::{ImplItem, ItemImpl, parse_quote};

use super::{Result, documentation, ident, unexpected};
use crate::emit;
use crate::model::{Api, Operation, Parameter};

/// Writes each method's documentation anew: progenitor's runs the parameters' paragraphs together.
pub(super) fn patch_methods(api: &Api, methods: &mut ItemImpl) -> Result<()> {
    let mut names = BTreeSet::new();
    for item in &mut methods.items {
        let ImplItem::Fn(method) = item else { continue };
        let name = method.sig.ident.to_string();
        let Some(operation) = api.operations.iter().find(|operation| operation.id == name) else {
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
        let docs = emit::doc(&format!("{intro}{arguments}"));
        method.attrs = parse_quote!(#docs);
        names.insert(name);
    }
    match api.operations.iter().find(|operation| !names.contains(&operation.id)) {
        Some(missing) => unexpected(format!("there is no method for `{}`", missing.id)),
        None => Ok(()),
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
