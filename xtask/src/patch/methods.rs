//! The client's methods.

use heck::ToUpperCamelCase as _;
use syn::{ImplItem, ImplItemFn, Item, ItemImpl, parse_quote};

use super::split::{Unparsed, split};
use super::{Parts, Patch, Result, add, documentation, set_docs, unexpected};
use crate::model::{Body, Media, Operation, Parameter};
use crate::names::setter;

impl Patch<'_> {
    /// Writes the documentation of each method again: progenitor's joins the paragraphs of the parameters.
    pub(super) fn methods(&self, mut methods: Unparsed, parts: &mut Parts) -> Result<()> {
        let mut client: ItemImpl = parse_quote!(impl Client {});
        for method in split(methods.take_body()) {
            let mut method: ImplItemFn = method.parse()?;
            let name = method.sig.ident.to_string();
            let operation = self.operations.get(&name.to_upper_camel_case()).filter(|operation| operation.id == name);
            let Some(operation) = operation else {
                return unexpected(format!("no operation has the method `{name}`"));
            };
            let docs = documentation(&method.attrs);
            let Some((intro, _)) = docs.split_once("```ignore") else {
                return unexpected(format!("the documentation of `{name}` has no example"));
            };
            let intro = intro.split("\nArguments:\n").next().unwrap_or(intro).trim();
            // The fragment, which distinguishes operations on one URL, is never sent.
            let intro = without_fragment(intro, &operation.path);
            method.attrs.clear();
            set_docs(&mut method.attrs, &format!("{intro}{}", arguments(operation)));
            parts.method_names.insert(name);
            client.items.push(ImplItem::Fn(method));
        }
        if client.items.is_empty() {
            return Ok(());
        }
        let mut printer = self.printer();
        printer.item(Item::Impl(client));
        // Another shard has more methods of the same block.
        let block = printer.take();
        let Some(methods) = block.strip_prefix("impl Client {\n").and_then(|rest| rest.strip_suffix("}\n")) else {
            return unexpected("a block of methods is printed in another way");
        };
        add(&mut parts.methods, methods);
        Ok(())
    }
}

/// Returns an introduction without the fragment where it first mentions the path.
fn without_fragment(intro: &str, path: &str) -> String {
    let cut = || {
        let (before, after) = intro.split_once(&format!("`{path}#"))?;
        let (_, rest) = after.split_once('`')?;
        Some(format!("{before}`{path}`{rest}"))
    };
    cut().unwrap_or_else(|| intro.to_owned())
}

fn arguments(operation: &Operation) -> String {
    let parameter = |parameter: &Parameter| {
        let need = if parameter.required { " (required)" } else { "" };
        let first = parameter.description.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        let colon = if first.is_empty() { "" } else { ": " };
        format!("- `{}`{need}{colon}{first}", setter(&parameter.name))
    };
    let body = |body: &Body| match body {
        Body::Fields { schema, media } => {
            let what = if *media == Media::Json { "The JSON object" } else { "The form" };
            format!(
                "- `body` (required): {what}, a [`types::{schema}`](crate::types::{schema}). `body_map` fills it in."
            )
        }
        Body::Json { required, .. } => {
            let need = if *required { " (required)" } else { "" };
            format!("- `body`{need}: The body, which is sent as JSON.")
        }
    };
    let list: Vec<_> = operation.parameters.iter().map(parameter).chain(operation.body.as_ref().map(body)).collect();
    if list.is_empty() { String::new() } else { format!("\n\n# Arguments\n\n{}", list.join("\n")) }
}
