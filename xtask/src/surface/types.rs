//! The types: instances, credentials, the client, forms, models and open enums.

use syn::visit::Visit;
use syn::{Expr, ImplItemFn, Stmt};

use super::chain::{chain, text, texts};
use super::collect::Code;
use super::operations::{builder, table};
use super::public_type::{Kind, PublicType};
use super::setters::{bare, line, required, setter, taken};
use super::short::short;

use super::{block, grouped, unexpected};

/// The enum of the instances, with their base URLs.
pub(super) fn instances(code: &Code<'_>) -> String {
    grouped(code.find("", "Provider").map(plain))
}

/// The credentials, with where each goes.
pub(super) fn credentials(code: &Code<'_>) -> String {
    let Some(credentials) = code.find("", "Credentials") else { return String::new() };
    let (heading, _) = plain(credentials);
    let mut lines = functions(&credentials.functions);
    let parts = credentials.trait_function("into_parts").map(|function| function.block.stmts.as_slice());
    for (index, statement) in parts.unwrap_or_default().iter().enumerate() {
        let shown = match statement {
            Stmt::Expr(Expr::Call(from), None) => from.args.first().map(in_order),
            Stmt::Local(local) if index == 0 => local.init.as_ref().and_then(|init| match &*init.expr {
                Expr::Call(from) => from.args.first().map(in_order),
                _ => None,
            }),
            Stmt::Expr(Expr::MethodCall(more), Some(_)) => {
                more.args.first().map(|more| format!("then {}", short(more)))
            }
            _ => None,
        };
        lines.extend(shown.map(|line| line.replace("CredentialLocation::", "").replace("self.", "")));
    }
    grouped([(heading, block(&credentials.name, &lines))])
}

/// Credentials that every client has.
fn in_order(list: &Expr) -> String {
    match list {
        Expr::Array(list) => format!("in order {}", short(&list.elems)),
        other => short(other),
    }
}

/// The client without its operations.
pub(super) fn client(code: &Code<'_>) -> String {
    let Some(client) = code.find("", "Client") else { return String::new() };
    let ids: Vec<_> = table(code).into_iter().map(|entry| entry.id).collect();
    let own: Vec<_> =
        client.functions.iter().copied().filter(|one| !ids.contains(&one.sig.ident.to_string())).collect();
    grouped([(format!("Traits: {}", client.traits()), block(&client.name, &functions(&own)))])
}

/// How answers say how a call went.
pub(super) fn envelope(code: &Code<'_>) -> syn::Result<String> {
    let Some(api) = code.statics.iter().find(|one| one.ident == "API") else { return Ok(String::new()) };
    let Expr::Struct(api_value) = &*api.expr else { return Err(unexpected(*api, "no `Api`")) };
    let mut lines = Vec::new();
    for field in &api_value.fields {
        let Expr::Struct(envelope) = &field.expr else {
            if matches!(&field.member, syn::Member::Named(name) if name == "trims") {
                lines.push(format!("trims: {}", short(&field.expr)));
            }
            continue;
        };
        for field in &envelope.fields {
            let value = match &field.expr {
                Expr::Call(call) => call.args.first().map(texts).unwrap_or_default(),
                value => texts(value),
            };
            let known = known_texts(&field.expr);
            if !known.is_empty() {
                lines.extend(known.into_iter().map(|line| format!("reason of {line}")));
                continue;
            }
            let value = if value.is_empty() { short(&field.expr) } else { value.join(", ") };
            lines.push(format!("{}: {}", short(&field.member), value.replace("Refusals::", "")));
        }
    }
    Ok(lines.join("\n"))
}

/// The known texts of refusals in `&[RefusalText { … }]`, each with its reason and fields.
fn known_texts(list: &Expr) -> Vec<String> {
    let Expr::Reference(list) = list else { return Vec::new() };
    let Expr::Array(list) = &*list.expr else { return Vec::new() };
    let line = |known: &Expr| {
        let Expr::Struct(known) = known else { return None };
        let [known, reason, fields] = known.fields.iter().map(|field| &field.expr).collect::<Vec<_>>()[..] else {
            return None;
        };
        let (reason, fields) = (short(reason).replace("RefusalReason::", ""), texts(fields));
        let fields = if fields.is_empty() { String::new() } else { format!(" for {}", fields.join(", ")) };
        Some(format!("`{}`: {reason}{fields}", text(known)?))
    };
    list.elems.iter().filter_map(line).collect()
}

/// The forms, with their fields in the order of the wire.
pub(super) fn forms(code: &Code<'_>) -> syn::Result<String> {
    let forms = code.types.iter().filter(|one| is_form(one)).map(|form| {
        let Some(builder) = code.find("types::builder", &form.name) else {
            return Err(unexpected(&form.name.parse::<proc_macro2::TokenStream>()?, "no builder"));
        };
        let heading = format!("Traits: {}\nTraits of `builder()`: {}", form.traits(), builder.traits());
        Ok((heading, block(&form.name, &form_lines(form, builder)?)))
    });
    Ok(grouped(forms.collect::<syn::Result<Vec<_>>>()?))
}

fn form_lines(form: &PublicType<'_>, builder: &PublicType<'_>) -> syn::Result<Vec<String>> {
    let parts = builder.conversion_into("Form").and_then(|function| function.block.stmts.last());
    let Some(Stmt::Expr(parts, None)) = parts else { return Ok(Vec::new()) };
    let required = builder.trait_function("default").map(required).unwrap_or_default();
    let fields = form.fields();
    let mut lines = Vec::new();
    for (kind, arguments) in chain(parts).1 {
        let [wire_name, value] = arguments.as_slice() else { return Err(unexpected(parts, &kind)) };
        let value = short(value);
        let name = bare(value.trim_start_matches("Ok(").trim_start_matches("form."));
        let kind = kind.trim_end_matches("_of");
        let field = fields.iter().find(|field| field.ident.as_ref().is_some_and(|ident| ident == name));
        let (Some(field), Some(setter)) = (field, setter(builder, name)) else {
            return Err(unexpected(parts, name));
        };
        let (ty, taken) = (short(&field.ty), taken(setter));
        // If the setter takes another type than the field has, both are listed.
        let ty = if ty == taken { ty } else { format!("{ty} set by {taken}") };
        let wire_name = text(wire_name).unwrap_or_default();
        lines.push(format!("{kind} {}", line(name, &ty, required.contains(name), &wire_name)));
    }
    if lines.len() != fields.len() {
        return Err(unexpected(parts, "a field that is not sent"));
    }
    let (usual, others): (Vec<_>, Vec<_>) =
        functions(&form.functions).into_iter().partition(|one| *one == format!("fn builder() -> {}", form.name));
    if usual.is_empty() {
        return Err(unexpected(parts, "no `builder()`"));
    }
    lines.extend(others);
    Ok(lines)
}

/// What answers are made of.
pub(super) fn models(code: &Code<'_>) -> String {
    grouped(code.types.iter().filter(|one| is_model(one)).map(plain))
}

/// The enums that keep the values they do not know.
pub(super) fn enums(code: &Code<'_>) -> String {
    grouped(code.types.iter().filter(|one| is_enum(one)).map(plain))
}

/// Everything else that is public.
pub(super) fn others(code: &Code<'_>) -> String {
    let builders: Vec<_> =
        table(code).into_iter().filter_map(|entry| builder(code, &entry.id)).map(|one| &one.name).collect();
    let elsewhere = |one: &&PublicType<'_>| match one.module.as_str() {
        "" => matches!(one.name.as_str(), "Provider" | "Credentials" | "Client"),
        "types" => true,
        "types::builder" => code.find("types", &one.name).is_some_and(is_form),
        "builder" => builders.contains(&&one.name),
        _ => false,
    };
    let others = grouped(code.types.iter().filter(|one| !elsewhere(one)).map(|one| {
        let (heading, entry) = plain(one);
        (heading, format!("{}::{entry}", one.module))
    }));
    let listed = code.others.join("\n");
    [others, listed].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn is_form(one: &PublicType<'_>) -> bool {
    one.module == "types" && one.traits.contains("Into<Form>")
}

fn is_enum(one: &PublicType<'_>) -> bool {
    one.module == "types" && matches!(one.kind, Kind::Enum(_))
}

fn is_model(one: &PublicType<'_>) -> bool {
    one.module == "types" && !is_form(one) && !is_enum(one)
}

/// Lists a type: its traits, name, fields or variants, functions and constants.
fn plain(one: &PublicType<'_>) -> (String, String) {
    let mut lines = match one.kind {
        Kind::Struct(_) => one.fields().into_iter().map(|it| field(one, it)).collect(),
        Kind::Enum(item) => {
            let values = values(one);
            let variant = |variant: &syn::Variant| {
                let name = variant.ident.to_string();
                let value = values.iter().find(|(of, _)| *of == name).map(|(_, value)| format!(" = {value}"));
                format!("{name}{}{}", short(&variant.fields), value.unwrap_or_default())
            };
            item.variants.iter().map(variant).collect::<Vec<_>>()
        }
    };
    lines.extend(one.constants.iter().cloned());
    lines.extend(functions(&one.functions));
    (format!("Traits: {}", one.traits()), block(&one.name, &lines))
}

fn field(one: &PublicType<'_>, field: &syn::Field) -> String {
    let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    let wire_name = one.wire_names.get(&name).map_or_else(|| name.trim_start_matches("r#"), String::as_str);
    line(&name, &short(&field.ty), false, wire_name)
}

fn functions(functions: &[&ImplItemFn]) -> Vec<String> {
    functions.iter().map(|function| short(&function.sig)).collect()
}

/// What `value()` or `base_url()` gives for each variant.
fn values(one: &PublicType<'_>) -> Vec<(String, String)> {
    let mut values = Values::default();
    for function in ["value", "base_url"].iter().filter_map(|name| setter(one, name)) {
        values.visit_block(&function.block);
    }
    values.found
}

#[derive(Default)]
struct Values {
    found: Vec<(String, String)>,
}

impl<'c> Visit<'c> for Values {
    fn visit_arm(&mut self, arm: &'c syn::Arm) {
        let pattern = short(&arm.pat);
        let name = pattern.strip_prefix("Self::").unwrap_or_default();
        let name: String = name.chars().take_while(|c| c.is_alphanumeric()).collect();
        let mut literal = FirstLiteral(None);
        literal.visit_expr(&arm.body);
        self.found.extend(literal.0.map(|value| (name, value)));
    }
}

struct FirstLiteral(Option<String>);

impl<'c> Visit<'c> for FirstLiteral {
    fn visit_lit(&mut self, literal: &'c syn::Lit) {
        self.0.get_or_insert_with(|| short(literal));
    }
}
