//! The operations' builders and their `send`.

use heck::ToUpperCamelCase as _;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Ident, ImplItem, Item, ItemMod, Stmt, parse_quote};

use super::setters::ease_setters;
use super::{Result, contents, ident, set_docs, subject, unexpected};
use crate::emit;
use crate::model::{Api, Operation, Parameter, Place};
use crate::schema::Shape;

pub(super) fn patch_builders(api: &Api, module: &mut ItemMod) -> Result<()> {
    let items = contents(module)?;
    items.retain(|item| !matches!(item, Item::Use(_)));
    ease_setters(items);
    let mut sends = 0;
    for item in items.iter_mut() {
        let Item::Impl(item) = item else { continue };
        let name = subject(&item.self_ty).unwrap_or_default();
        let Some(operation) = api.operations.iter().find(|one| one.id.to_upper_camel_case() == name) else {
            return unexpected(format!("there is no operation for the builder `{name}`"));
        };
        for item in &mut item.items {
            let ImplItem::Fn(function) = item else { continue };
            match function.sig.ident.to_string().as_str() {
                "new" => function.vis = parse_quote!(pub(super)),
                "send" => {
                    patch_send(operation, function)?;
                    sends += 1;
                }
                "body" => set_docs(&mut function.attrs, "Sets the whole form."),
                "body_map" => set_docs(&mut function.attrs, "Fills in the form."),
                setter => {
                    let parameter = operation.parameters.iter().find(|parameter| ident(&parameter.name) == setter);
                    let Some(parameter) = parameter else {
                        return unexpected(format!("`{}` has no parameter for the setter `{setter}`", operation.id));
                    };
                    set_docs(&mut function.attrs, &parameter.description);
                }
            }
        }
    }
    if sends != api.operations.len() {
        return unexpected(format!("{sends} `send` functions for {} operations", api.operations.len()));
    }
    items.insert(
        0,
        parse_quote!(
            #[allow(unused_imports)]
            use super::{Error, ResponseValue, operations, types};
        ),
    );
    Ok(())
}

const SENDS_CHANGE: &str = "Sends the call once, and again only if the request provably never left this machine. \
    Dropping the future stops waiting; what was sent by then stays sent.";
const SENDS_READ: &str = "Sends the call, and again if it fails in passing, as the client's \
    [`RetryPolicy`](client_runtime::RetryPolicy) says.";

/// Keeps how a `send` unpacks its builder and replaces what it does with it.
fn patch_send(operation: &Operation, function: &mut syn::ImplItemFn) -> Result<()> {
    let id = &operation.id;
    let is_url =
        |statement: &Stmt| matches!(statement, Stmt::Local(local) if local.pat.to_token_stream().to_string() == "url");
    let statements = &mut function.block.stmts;
    let Some(end) = statements.iter().position(is_url) else {
        return unexpected(format!("`send` of `{id}` does not start its request with `let url`"));
    };
    statements.truncate(end);
    let table = emit::operation_ident(id);
    let mut errors = OwnErrors::default();
    for statement in statements.iter_mut() {
        errors.visit_stmt_mut(statement);
    }
    if errors.found > 0 {
        statements.insert(1, parse_quote!(let invalid = |detail| client.core.invalid(&operations::#table, detail);));
    }

    let unpacked = statements.first().map(|statement| statement.to_token_stream().to_string()).unwrap_or_default();
    let mut values = 0;
    let mut bind = |name: &str| -> Result<Ident> {
        values += 1;
        let name = ident(name);
        if unpacked.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name) {
            Ok(Ident::new(&name, Span::call_site()))
        } else {
            unexpected(format!("`send` of `{id}` has no value `{name}`"))
        }
    };
    let mut calls = TokenStream::new();
    for Parameter { name, place, required, shape, .. } in &operation.parameters {
        let value = bind(name)?;
        calls.extend(match (place, shape) {
            (Place::Path, _) => quote!(.path(#name, #value)),
            (_, Shape::Map { prefix }) if *required => quote!(.query_map(#prefix, #value)),
            (_, Shape::Map { prefix }) => quote!(.query_map(#prefix, #value.into_iter().flatten())),
            (_, Shape::List) if !required => quote!(.query(#name, #value.into_iter().flatten())),
            (_, Shape::Scalar) if *required => quote!(.query(#name, [#value])),
            _ => quote!(.query(#name, #value)),
        });
    }
    if operation.body.is_some() {
        let body = bind("body")?;
        calls.extend(quote!(.form(#body)));
    }
    if errors.found != values {
        return unexpected(format!("`send` of `{id}` unpacks {} values, expected {values}", errors.found));
    }
    statements.push(Stmt::Expr(parse_quote!(client.core.call(&operations::#table) #calls .send().await), None));

    let syn::ReturnType::Type(_, output) = &mut function.sig.output else {
        return unexpected(format!("`send` of `{id}` returns nothing"));
    };
    let answer = format_ident!("{}", operation.answer);
    if !output.to_token_stream().to_string().contains(&format!("types :: {answer}")) {
        return unexpected(format!("`send` of `{id}` does not return `{answer}`"));
    }
    **output = parse_quote!(::std::result::Result<ResponseValue<types::#answer>, Error>);
    set_docs(&mut function.attrs, if operation.changes { SENDS_CHANGE } else { SENDS_READ });
    Ok(())
}

/// Replaces progenitor's error for a value that is missing or wrong by ours.
#[derive(Default)]
struct OwnErrors {
    found: usize,
}

impl VisitMut for OwnErrors {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if expr.to_token_stream().to_string() == "Error :: InvalidRequest" {
            *expr = parse_quote!(invalid);
            self.found += 1;
        } else {
            visit_mut::visit_expr_mut(self, expr);
        }
    }
}
