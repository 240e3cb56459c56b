//! The operations' builders and their `send`.

use heck::ToUpperCamelCase as _;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use syn::visit_mut::VisitMut;
use syn::{Ident, ImplItem, Item, ItemMod, Stmt, parse_quote};

use super::flaws::Flaws;
use super::setters::{arguments_of, ease_setters};
use super::{Result, contents, debug, ident, pages, set_docs, subject, unexpected, without_debug};
use crate::emit;
use crate::model::{Api, Operation, Parameter, Place};
use crate::schema::Shape;

pub(super) fn patch_builders(api: &Api, types: &ItemMod, module: &mut ItemMod) -> Result<()> {
    let items = contents(module)?;
    items.retain(|item| !matches!(item, Item::Use(_)));
    ease_setters(items);
    let mut sends = 0;
    let mut debugs = Vec::new();
    for item in items.iter_mut() {
        if let Item::Struct(structure) = item {
            without_debug(&mut structure.attrs)?;
            let name = &structure.ident;
            debugs.push(debug(&quote!(#name<'_>), &quote!(self.clone().into_call())));
            for field in
                structure.fields.iter_mut().filter(|field| field.ident.as_ref().is_some_and(|one| one == "body"))
            {
                if let [form, _] = arguments_of(&field.ty).as_slice() {
                    field.ty = form.clone();
                }
            }
        }
        let Item::Impl(item) = item else { continue };
        let name = subject(&item.self_ty).unwrap_or_default();
        let Some(operation) = api.operations.iter().find(|one| one.id.to_upper_camel_case() == name) else {
            return unexpected(format!("there is no operation for the builder `{name}`"));
        };
        let mut calls = Vec::new();
        for item in &mut item.items {
            let ImplItem::Fn(function) = item else { continue };
            match function.sig.ident.to_string().as_str() {
                "new" => {
                    function.vis = parse_quote!(pub(super));
                    EmptyForm.visit_block_mut(&mut function.block);
                }
                "send" => {
                    calls = patch_send(operation, function)?;
                    sends += 1;
                }
                "body" => {
                    let Some(form) = operation.body.as_ref().map(|name| format_ident!("{name}")) else {
                        return unexpected(format!("`{}` has no form", operation.id));
                    };
                    *function = parse_quote! {
                        /// Sets the whole form.
                        pub fn body(mut self, value: impl ::std::convert::Into<types::builder::#form>) -> Self {
                            self.body = value.into();
                            self
                        }
                    };
                }
                "body_map" => {
                    set_docs(&mut function.attrs, "Fills in the form.");
                    function.block = parse_quote!({
                        self.body = f(self.body);
                        self
                    });
                }
                setter => {
                    let parameter = operation.parameters.iter().find(|parameter| ident(&parameter.name) == setter);
                    let Some(parameter) = parameter else {
                        return unexpected(format!("`{}` has no parameter for the setter `{setter}`", operation.id));
                    };
                    set_docs(&mut function.attrs, &parameter.description);
                }
            }
        }
        item.items.extend(calls);
        item.items.extend(pages::items(operation, types)?);
    }
    if sends != api.operations.len() {
        return unexpected(format!("{sends} `send` functions for {} operations", api.operations.len()));
    }
    items.extend(debugs);
    for item in items.iter_mut() {
        Flaws.visit_item_mut(item);
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

/// A form starts empty, and cannot be wrong as a whole.
struct EmptyForm;

impl VisitMut for EmptyForm {
    fn visit_field_value_mut(&mut self, field: &mut syn::FieldValue) {
        if matches!(&field.member, syn::Member::Named(name) if name == "body") {
            field.expr = parse_quote!(::std::default::Default::default());
        }
    }
}

const SENDS_CHANGE: &str = "Sends the call once, and again only if the request provably never left this machine. \
    Dropping the future stops waiting; what was sent by then stays sent.";
const SENDS_READ: &str = "Sends the call, and again if it fails in passing, as the client's \
    [`RetryPolicy`](client_runtime::RetryPolicy) says.";

/// Keeps how a `send` unpacks its builder and replaces what it does with it. Returns the functions that
/// go with it.
fn patch_send(operation: &Operation, function: &mut syn::ImplItemFn) -> Result<Vec<ImplItem>> {
    let id = &operation.id;
    let is_url =
        |statement: &Stmt| matches!(statement, Stmt::Local(local) if local.pat.to_token_stream().to_string() == "url");
    let statements = &mut function.block.stmts;
    let Some(end) = statements.iter().position(is_url) else {
        return unexpected(format!("`send` of `{id}` does not start its request with `let url`"));
    };
    statements.truncate(end);
    let table = emit::operation_ident(id);
    // All that follows looks at one value each, and ends with the first that is missing.
    let found = statements.iter().filter(|one| one.to_token_stream().to_string().contains("Error :: InvalidRequest"));
    let found = found.count();
    let Some(unpack) = statements.first().cloned() else {
        return unexpected(format!("`send` of `{id}` does not unpack its builder"));
    };

    let unpacked = unpack.to_token_stream().to_string();
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
            (Place::Path, _) => quote!(.path_of(#name, #value)),
            (_, Shape::Map { prefix }) if *required => quote!(.query_map_of(#name, #prefix, #value.map(Some))),
            (_, Shape::Map { prefix }) => quote!(.query_map_of(#name, #prefix, #value)),
            (_, Shape::List) if !required => {
                quote!(.query_of(#name, #value.map(|values| values.into_iter().flatten())))
            }
            (_, Shape::Scalar) if *required => quote!(.query_of(#name, #value.map(Some))),
            _ => quote!(.query_of(#name, #value)),
        });
    }
    if operation.body.is_some() {
        let body = bind("body")?;
        calls.extend(quote!(.form(#body)));
    }
    if found != values {
        return unexpected(format!("`send` of `{id}` unpacks {found} values, expected {values}"));
    }

    let syn::ReturnType::Type(_, output) = &mut function.sig.output else {
        return unexpected(format!("`send` of `{id}` returns nothing"));
    };
    let answer = format_ident!("{}", operation.answer);
    if !output.to_token_stream().to_string().contains(&format!("types :: {answer}")) {
        return unexpected(format!("`send` of `{id}` does not return `{answer}`"));
    }
    **output = parse_quote!(::std::result::Result<ResponseValue<types::#answer>, Error>);
    set_docs(&mut function.attrs, if operation.changes { SENDS_CHANGE } else { SENDS_READ });
    function.block = parse_quote!({ self.into_call().send().await });
    Ok(vec![
        parse_quote! {
            /// The request that `send` would make, with every secret masked; nothing is sent. The same rules are
            /// checked, and files are looked at, but no stream is read.
            pub async fn dry_run(self) -> ::std::result::Result<client_runtime::DryRun, Error> {
                self.into_call().dry_run().await
            }
        },
        parse_quote! {
            fn into_call(self) -> client_runtime::Call<'a> {
                #unpack
                client.core.call(&operations::#table) #calls
            }
        },
    ])
}
