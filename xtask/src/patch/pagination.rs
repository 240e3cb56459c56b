//! Lists as streams of their items.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{ImplItem, Type, parse_quote};

use super::setters::arguments_of;
use super::types::Structures;
use super::{Result, ident, subject, unexpected};
use crate::emit::operation_ident;
use crate::model::{Api, Operation};

/// The `items` of a builder whose answer is paged.
pub(super) fn items(api: &Api, operation: &Operation, types: &Structures) -> Result<Option<ImplItem>> {
    let (Some(pages), Some(object)) = (&operation.pagination, operation.answer.object()) else { return Ok(None) };
    let number = format_ident!("{}", ident(&pages.page));
    let answer = format_ident!("{object}");
    let (list, list_type) = follow(types, object, &pages.items, false)?;
    let (last_page, _) = follow(types, object, &pages.last_page, true)?;
    let Some(item) = item_of(&list_type) else {
        return unexpected(format!("the items of `{}` are not a list", operation.id));
    };
    let key = if let Some(key) = &pages.key {
        let object = subject(&item).and_then(|name| api.objects.get(&name));
        if !object.is_some_and(|object| object.properties.iter().any(|property| property.name == *key)) {
            return unexpected(format!("the items of `{}` have no `{key}`", operation.id));
        }
        let field = format_ident!("{}", ident(key));
        quote!(item.#field.clone().map(::std::convert::Into::into))
    } else {
        quote!(None)
    };
    let total = if let Some(path) = &pages.total { follow(types, object, path, true)?.0 } else { quote!(None) };
    let entry = operation_ident(&operation.id);
    // Names of types are relative to their module.
    let item = match subject(&item) {
        Some(name) if api.objects.contains_key(&name) => {
            let name = format_ident!("{name}");
            parse_quote!(types::#name)
        }
        _ => item,
    };
    Ok(Some(parse_quote! {
        /// Returns the items of all pages as a stream. Each page is fetched when it is needed, with one call.
        /// [`Items`](zap_client_runtime::Items) says what can be missed while the list changes.
        pub fn items(self) -> zap_client_runtime::Items<'a, #item> {
            let first = self.#number;
            zap_client_runtime::Items::new(self.client.raw_client(), &operations::#entry, first, move |number| {
                let call = self.clone().#number(number).into_call();
                ::std::boxed::Box::pin(async move {
                    let answer = call.send::<types::#answer>().await?.into_inner();
                    let last_page = #last_page;
                    let total = #total;
                    let items: ::std::vec::Vec<#item> = #list;
                    let items = items.into_iter().map(|item| (zap_client_runtime::Key::of(#key, &item), item)).collect();
                    Ok(zap_client_runtime::Page { items, last_page, total })
                })
            })
        }
    }))
}

/// Returns code for the value at a path in an answer, and its type. Objects on the way may be absent.
fn follow(types: &Structures, answer: &str, path: &[String], by_reference: bool) -> Result<(TokenStream, Type)> {
    let mut code = quote!(answer);
    let mut name = answer.to_owned();
    for (index, step) in path.iter().enumerate() {
        let field = types.get(&name).and_then(|fields| fields.get(step));
        let Some((field, ty)) = field else { return unexpected(format!("`{name}` has no field for `{step}`")) };
        let last = index + 1 == path.len();
        code = match (index, last, by_reference) {
            (0, true, false) => quote!(zap_client_runtime::List::list(#code.#field)),
            (0, false, true) => quote!(#code.#field.as_ref()),
            (0, _, _) => quote!(#code.#field),
            (_, true, false) => {
                quote!(#code.map(|value| zap_client_runtime::List::list(value.#field)).unwrap_or_default())
            }
            (_, false, true) => quote!(#code.and_then(|value| value.#field.as_ref())),
            _ => quote!(#code.and_then(|value| value.#field)),
        };
        if last {
            return Ok((code, ty.clone()));
        }
        let [inner] = arguments_of(ty).try_into().unwrap_or([ty.clone()]);
        name = subject(&inner).unwrap_or_default();
    }
    unexpected(format!("a path in the answer `{answer}` is empty"))
}

/// Returns `T` of a `Vec<T>`, which may be optional.
fn item_of(ty: &Type) -> Option<Type> {
    match subject(ty)?.as_str() {
        "Option" => item_of(arguments_of(ty).first()?),
        "Vec" => arguments_of(ty).into_iter().next(),
        _ => None,
    }
}
