//! The operations: how each is called, and what it is on the wire.

use heck::{ToShoutySnakeCase as _, ToUpperCamelCase as _};
use syn::{Expr, ItemStatic, Stmt};

use super::chain::{chain, text, texts};
use super::collect::Code;
use super::public_type::PublicType;
use super::setters::{bare, fills_in, line, setter, taken};
use super::short::short;
use super::{block, grouped, unexpected};

/// An entry of the table of operations.
pub(super) struct Entry<'c> {
    pub(super) id: String,
    item: &'c ItemStatic,
    arguments: Vec<&'c Expr>,
    settings: Vec<(String, Vec<&'c Expr>)>,
}

/// The table of operations, in its order.
pub(super) fn table<'c>(code: &Code<'c>) -> Vec<Entry<'c>> {
    let entry = |item: &&'c ItemStatic| {
        let (base, settings) = chain(&item.expr);
        let Expr::Call(new) = base else { return None };
        let arguments: Vec<_> = new.args.iter().collect();
        let id = text(arguments.first()?)?;
        (short(&new.func) == "Operation::new").then_some(Entry { id, item, arguments, settings })
    };
    code.statics.iter().filter_map(entry).collect()
}

/// The builder of an operation's calls.
pub(super) fn builder<'t, 'c>(code: &'t Code<'c>, id: &str) -> Option<&'t PublicType<'c>> {
    code.find("builder", &id.to_upper_camel_case())
}

/// Each operation with its setters in the order of the wire, and its answer.
pub(super) fn operations(code: &Code<'_>) -> syn::Result<String> {
    let mut entries = Vec::new();
    for entry in table(code) {
        let id = &entry.id;
        let Some(builder) = builder(code, id) else { return Err(unexpected(entry.item, "no builder")) };
        let method = code.find("", "Client").and_then(|client| setter(client, id));
        if method.is_none_or(|method| short(&method.sig) != format!("fn {id}(&self) -> {}<'_>", builder.name)) {
            return Err(unexpected(entry.item, "no method of the client"));
        }
        if entry.item.ident != id.to_shouty_snake_case() {
            return Err(unexpected(entry.item, "a name of its own"));
        }
        let mut lines = entry.settings()?;
        let values = values(builder, &lines)?;
        lines.extend(values);
        let Some(send) = setter(builder, "send") else { return Err(unexpected(entry.item, "no `send`")) };
        lines.push(answer(&short(&send.sig)));
        match setter(builder, "dry_run") {
            Some(function) if short(&function.sig) == "async fn dry_run(self) -> Result<DryRun, Error>" => {}
            _ => return Err(unexpected(entry.item, "no `dry_run`")),
        }
        entries.push((format!("Traits of the builders: {}", builder.traits()), block(&entry.title()?, &lines)));
    }
    Ok(grouped(entries))
}

impl Entry<'_> {
    fn title(&self) -> syn::Result<String> {
        let [_, method, path, safety, _summary] = self.arguments.as_slice() else {
            return Err(unexpected(self.item, "other arguments"));
        };
        let method = short(method).replace("Method::", "");
        let safety = short(safety).replace("Safety::", "").to_lowercase();
        Ok(format!("{}: {method} {}, {safety}", self.id, text(path).unwrap_or_default()))
    }

    /// Constants, pages and rules.
    fn settings(&self) -> syn::Result<Vec<String>> {
        let mut lines = Vec::new();
        for (name, arguments) in &self.settings {
            match (name.as_str(), arguments.as_slice()) {
                ("with_constants", [pairs]) => {
                    lines.extend(texts(pairs).iter().map(|pair| format!("constant {pair}")));
                }
                ("with_accept", [media]) => {
                    lines.push(format!("accepts {}", text(media).unwrap_or_default()));
                }
                ("with_idempotency", [header]) => {
                    lines.push(format!("idempotency key in {}", text(header).unwrap_or_default()));
                }
                ("with_security", [alternatives]) => {
                    let alternatives = short(*alternatives).replace("CredentialLocation::", "");
                    lines.push(format!("security {alternatives}"));
                }
                ("with_pagination", [Expr::Struct(pages)]) => {
                    let field = |field: &syn::FieldValue| {
                        let value = match &field.expr {
                            Expr::Call(some) => texts(&some.args[0]).join("."),
                            value => text(value).unwrap_or_else(|| texts(value).join(".")),
                        };
                        format!("{} {value}", short(&field.member))
                    };
                    lines.push(format!("pages: {}", pages.fields.iter().map(field).collect::<Vec<_>>().join(", ")));
                }
                ("with_rules", [Expr::Reference(rules)]) => {
                    let Expr::Array(rules) = &*rules.expr else { return Err(unexpected(self.item, name)) };
                    for one in &rules.elems {
                        lines.push(rule(one).ok_or_else(|| unexpected(self.item, name))?);
                    }
                }
                // The setters and the form list the same.
                ("with_fields", _) => {}
                _ => return Err(unexpected(self.item, name)),
            }
        }
        Ok(lines)
    }
}

/// A rule with how it is known.
fn rule(rule: &Expr) -> Option<String> {
    let Expr::Call(new) = rule else { return None };
    let [fields, constraint, evidence, facts, why] = new.args.iter().collect::<Vec<_>>()[..] else { return None };
    let constraint = short(constraint).replace("Constraint::", "");
    let evidence = short(evidence).replace("Evidence::", "").to_lowercase();
    let (fields, facts) = (texts(fields).join(", "), texts(facts).join(", "));
    let why = text(why).filter(|why| !why.is_empty()).map(|why| format!(" {why}")).unwrap_or_default();
    Some(format!("rule {constraint} for {fields} ({evidence}: {facts}){why}"))
}

/// The setters, in the order in which the values are put into the request. `rules` say which values are required.
fn values(builder: &PublicType<'_>, rules: &[String]) -> syn::Result<Vec<String>> {
    let Some(send) = builder.into_call else { return Ok(Vec::new()) };
    let Some(Stmt::Expr(call, None)) = send.block.stmts.last() else {
        return Err(unexpected(&send.sig, "no call at the end"));
    };
    let mut listed = vec!["send".to_owned(), "dry_run".to_owned()];
    let mut lines = Vec::new();
    for (part, arguments) in chain(call).1 {
        let Some(value) = arguments.last().filter(|_| part != "call") else { continue };
        let value = short(value);
        let name = bare(&value);
        let Some(function) = setter(builder, name) else { return Err(unexpected(&send.sig, name)) };
        listed.push(name.to_owned());
        let wire_name = match part.as_str() {
            "path_of" | "query" | "query_of" | "query_joined" | "query_deep" | "header" | "header_of"
            | "header_joined" => arguments.first().and_then(|name| text(name)).unwrap_or_default(),
            "query_map_of" => format!("{}*", arguments.get(1).and_then(|name| text(name)).unwrap_or_default()),
            "form" | "form_with_parts" | "json_body" => name.to_owned(),
            _ => return Err(unexpected(&send.sig, &part)),
        };
        let part = part.trim_end_matches("_of").trim_end_matches("_map");
        let field = arguments.first().and_then(|name| text(name)).unwrap_or_else(|| wire_name.clone());
        let is_required = rules.iter().any(|rule| rule.starts_with(&format!("rule Required for {field} (")));
        lines.push(format!("{part} {}", line(name, &taken(function), is_required, &wire_name)));
        if part.starts_with("form") {
            // A form, or what it is built with: `builder::Form`.
            let form = taken(function);
            match setter(builder, "body_map") {
                Some(function) if fills_in(function, &form) => listed.push("body_map".to_owned()),
                _ => return Err(unexpected(&send.sig, "no `body_map`")),
            }
        }
    }
    let unlisted = builder.functions.iter().filter(|function| !listed.contains(&function.sig.ident.to_string()));
    lines.extend(unlisted.map(|function| short(&function.sig)));
    Ok(lines)
}

/// What `send` answers; its whole signature, if it is not the usual one.
fn answer(signature: &str) -> String {
    let usual = signature
        .strip_prefix("async fn send(self) -> Result<ResponseValue<")
        .and_then(|rest| rest.strip_suffix(">, Error>"));
    format!("-> {}", usual.unwrap_or(signature))
}
