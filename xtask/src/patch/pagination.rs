//! Lists as streams of their items.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, ImplItem, Type, parse_quote};

use super::setters::arguments_of;
use super::types::Structures;
use super::{Result, subject, unexpected};
use crate::emit::operation_ident;
use crate::model::{Api, NextPage, Operation};
use crate::names::{self, setter};

/// What all streams of items have in common.
struct Stream<'s> {
    types: &'s Structures,
    /// The name of the answer.
    object: &'s str,
    answer: Ident,
    /// The operation's entry in the table.
    entry: Ident,
    item: Type,
    docs: TokenStream,
    total: TokenStream,
    take_items: TokenStream,
    add_keys: TokenStream,
}

/// The `items` of a builder whose answer is paged.
pub(super) fn items(api: &Api, operation: &Operation, types: &Structures) -> Result<Option<ImplItem>> {
    let (Some(pages), Some(object)) = (&operation.pagination, operation.answer.object()) else { return Ok(None) };
    let (list, list_type) = follow(types, object, &pages.items, Take::Items)?;
    let Some(item) = item_of(&list_type) else {
        return unexpected(format!("the items of `{}` are not a list", operation.id));
    };
    let key = if let Some(key) = &pages.key {
        let object = subject(&item).and_then(|name| api.objects.get(&name));
        if !object.is_some_and(|object| object.properties.iter().any(|property| property.name == *key)) {
            return unexpected(format!("the items of `{}` have no `{key}`", operation.id));
        }
        let field = format_ident!("{}", names::field(key));
        quote!(item.#field.clone().map(::std::convert::Into::into))
    } else {
        quote!(None)
    };
    let total = if let Some(path) = &pages.total { follow(types, object, path, Take::Number)?.0 } else { quote!(None) };
    // Names of types are relative to their module.
    let item: Type = match subject(&item) {
        Some(name) if api.objects.contains_key(&name) => {
            let name = format_ident!("{name}");
            parse_quote!(types::#name)
        }
        _ => item,
    };
    let stream = Stream {
        types,
        object,
        answer: format_ident!("{object}"),
        entry: operation_ident(&operation.id),
        docs: quote! {
            /// Returns the items of all pages as a stream. Each page is fetched when it is needed, with one call.
            /// [`Items`](zap_client_runtime::Items) says what can be missed while the list changes.
        },
        total,
        take_items: quote!(let items: ::std::vec::Vec<#item> = #list;),
        add_keys: quote! {
            let items = items.into_iter().map(|item| (zap_client_runtime::Key::of(#key, &item), item)).collect();
        },
        item,
    };
    match &pages.next {
        NextPage::Number { page, last_page } => stream.by_number(page, last_page).map(Some),
        next => stream.by_cursor(next).map(Some),
    }
}

impl Stream<'_> {
    /// A list whose pages have numbers.
    fn by_number(&self, page: &str, last_page: &[String]) -> Result<ImplItem> {
        let Self { answer, entry, item, docs, total, take_items, add_keys, .. } = self;
        let number = format_ident!("{}", setter(page));
        let (last_page, _) = follow(self.types, self.object, last_page, Take::Number)?;
        Ok(parse_quote! {
            #docs
            pub fn items(self) -> zap_client_runtime::Items<'a, #item> {
                let first = self.#number;
                zap_client_runtime::Items::new(self.client.raw_client(), &operations::#entry, first, move |number| {
                    let call = self.clone().#number(number).into_call();
                    ::std::boxed::Box::pin(async move {
                        let answer = call.send::<types::#answer>().await?.into_inner();
                        let last_page = #last_page;
                        let total = #total;
                        #take_items
                        #add_keys
                        Ok(zap_client_runtime::Page { items, last_page, total })
                    })
                })
            }
        })
    }

    /// A list whose pages name the next one.
    fn by_cursor(&self, next: &NextPage) -> Result<ImplItem> {
        let Self { answer, entry, item, docs, total, take_items, add_keys, .. } = self;
        let text = |path| follow(self.types, self.object, path, Take::Text).map(|(code, _)| code);
        let (cursor, first, call, next_page) = match next {
            NextPage::Offset { offset } => {
                let offset = format_ident!("{}", setter(offset));
                let next = quote! {
                    cursor
                        .unwrap_or(0)
                        .checked_add(items.len() as i64)
                        .filter(|next| !items.is_empty() && total.is_none_or(|total| *next < total))
                };
                (quote!(i64), quote!(self.#offset), quote!(self.clone().#offset(cursor).into_call()), next)
            }
            NextPage::Cursor { cursor, next } => {
                let cursor = format_ident!("{}", setter(cursor));
                let next = text(next)?;
                let next = quote!(#next.map(|next| ::std::string::ToString::to_string(&next)));
                let call = quote!(self.clone().#cursor(cursor.clone()).into_call());
                (quote!(::std::string::String), quote!(self.#cursor.clone()), call, next)
            }
            NextPage::Link { next_url } => {
                let header = quote!(zap_client_runtime::next_link(&headers));
                let next = next_url.as_deref().map_or(Ok(header), text)?;
                let call = quote!({
                    let call = self.clone().into_call();
                    if let Some(link) = &cursor { call.query_of_link(link) } else { call }
                });
                (quote!(::std::string::String), quote!(None), call, next)
            }
            NextPage::Number { .. } => return unexpected("a list by number names no next page"),
        };
        let is_text = !matches!(next, NextPage::Offset { .. });
        let not_blank = is_text.then(|| quote!(.filter(|next| !next.is_empty())));
        // The items leave the answer, so what it says is read first; and an offset is counted from the items.
        let next_page = quote!(let next = #next_page #not_blank;);
        let (before, after) = if is_text { (Some(next_page), None) } else { (None, Some(next_page)) };
        let in_header = matches!(next, NextPage::Link { next_url: None });
        let headers = in_header.then(|| quote!(let headers = answer.headers().clone();));
        Ok(parse_quote! {
            #docs
            pub fn items(self) -> zap_client_runtime::Items<'a, #item> {
                let (client, first) = (self.client, #first);
                let fetch =
                    move |cursor: ::std::option::Option<#cursor>| -> zap_client_runtime::FetchNext<'a, #item, #cursor> {
                        let call = #call;
                        ::std::boxed::Box::pin(async move {
                            let answer = call.send::<types::#answer>().await?;
                            #headers
                            let answer = answer.into_inner();
                            let total: ::std::option::Option<i64> = #total;
                            #before
                            #take_items
                            #after
                            #add_keys
                            Ok(zap_client_runtime::CursorPage { items, next, total })
                        })
                    };
                zap_client_runtime::Items::by_cursor(client.raw_client(), &operations::#entry, first, fetch)
            }
        })
    }
}

/// What to take from an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Take {
    /// A list, which leaves the answer.
    Items,
    /// A number, which is copied.
    Number,
    /// A text or a number, which is cloned.
    Text,
}

/// Returns code for the value at a path in an answer, and its type. Objects on the way may be absent.
fn follow(types: &Structures, answer: &str, path: &[String], take: Take) -> Result<(TokenStream, Type)> {
    let by_reference = take != Take::Items;
    let mut code = quote!(answer);
    let mut name = answer.to_owned();
    for (index, step) in path.iter().enumerate() {
        let field = types.get(&name).and_then(|fields| fields.get(step));
        let Some((field, ty)) = field else { return unexpected(format!("`{name}` has no field for `{step}`")) };
        let last = index + 1 == path.len();
        code = match (index, last, by_reference) {
            (0, true, false) => quote!(zap_client_runtime::List::list(#code.#field)),
            (0, true, true) if take == Take::Text => quote!(#code.#field.clone()),
            (_, true, true) if take == Take::Text => quote!(#code.and_then(|value| value.#field.clone())),
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
