//! The `send` of each builder.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::{ImplItem, Type, parse_quote};

use super::split::Unparsed;
use super::{PatchError, Result, docs, unexpected};
use crate::emit;
use crate::model::{Answer, Api, Body, Operation, Parameter, Place, Style};
use crate::names::setter;
use crate::schema::Shape;

const SENDS_CHANGE: &str = "Sends the request. The client sends it again only if it provably never left this machine.\n\n\
    If you drop the future, the call stops waiting. This does not take back a request that was already sent, so the \
    outcome is then unknown.\n\n\
    # Errors\n\n\
    The [`outcome`](Error::outcome) of the error tells you whether the request took effect.";
const SENDS_WITH_KEY: &str = "Sends the request. After a transient failure, the client sends it again with the same \
    idempotency key, as its [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.\n\n\
    # Errors\n\n\
    Returns the error of the last attempt. Its [`outcome`](Error::outcome) tells you whether the request took effect. If \
    that is unknown, you can send it again with its [`idempotency_key`](Error::idempotency_key).";
const SENDS_READ: &str = "Sends the request. After a transient failure, the client retries it as its \
    [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.\n\n\
    # Errors\n\n\
    Returns the error of the last attempt.";

/// Returns a new `send` for a builder, and the functions that belong to it. Of progenitor's `send` it keeps only how the
/// builder is unpacked.
///
/// Most of progenitor's code is in these functions, so they are inspected as tokens and not parsed.
pub(super) fn send(api: &Api, operation: &Operation, mut function: Unparsed) -> Result<(ImplItem, [ImplItem; 2])> {
    let id = &operation.id;
    if let Some(answer) = operation.answer.object()
        && !function.words().any(|word| word == answer)
    {
        return unexpected(format!("`send` of `{id}` does not return `{answer}`"));
    }
    let (answer, send) = answer(&operation.answer)?;
    let mut statements = statements(function.take_body());
    let table = emit::operation_ident(id);
    let Some(unpack) = statements.next() else {
        return unexpected(format!("`send` of `{id}` does not unpack its builder"));
    };
    // Each statement that follows checks one value, up to the one that builds the URL.
    let found = statements.take_while(|one| words(one).contains("InvalidRequest")).count();
    let unpacked = words(&unpack);

    let mut values = 0;
    let mut bind = |name: &str| -> Result<Ident> {
        values += 1;
        if unpacked.contains(name) {
            Ok(Ident::new(name, Span::call_site()))
        } else {
            unexpected(format!("`send` of `{id}` has no value `{name}`"))
        }
    };
    let mut calls = TokenStream::new();
    for Parameter { name, place, required, shape, style, .. } in &operation.parameters {
        let value = bind(&setter(name))?;
        calls.extend(match (place, shape) {
            (Place::Header, Shape::List) => quote!(.header_joined(#name, #value)),
            (_, Shape::Map { .. }) if *style == Style::Deep => quote!(.query_deep(#name, #value)),
            (_, Shape::List) if *style != Style::Exploded => {
                let Style::Joined(separator) = style else { return unexpected(format!("`{name}` has no separator")) };
                quote!(.query_joined(#name, #separator, #value))
            }
            (Place::Header, _) if *required => quote!(.header_of(#name, #value.map(Some))),
            (Place::Header, _) => quote!(.header(#name, #value)),
            (Place::Path, _) => quote!(.path_of(#name, #value)),
            (_, Shape::Map { prefix }) => quote!(.query_map_of(#name, #prefix, Ok(#value))),
            (_, Shape::List) => quote!(.query(#name, #value.into_iter().flatten())),
            _ if *required => quote!(.query_of(#name, #value.map(Some))),
            _ => quote!(.query(#name, #value)),
        });
    }
    if let Some(content) = &operation.body {
        let body = bind("body")?;
        calls.extend(match content {
            Body::Fields { .. } if has_rules_of_parts(api, operation) => quote!(.form_with_parts(#body)),
            Body::Fields { .. } => quote!(.form(#body)),
            Body::Json { .. } => quote!(.json_body(#body)),
        });
    }
    if found != values {
        return unexpected(format!("`send` of `{id}` unpacks {found} values, expected {values}"));
    }

    let docs = docs(match operation.changes {
        true if operation.idempotency.is_some() => SENDS_WITH_KEY,
        true => SENDS_CHANGE,
        false => SENDS_READ,
    });
    let send = parse_quote! {
        #(#docs)*
        pub async fn send(self) -> ::std::result::Result<ResponseValue<#answer>, Error> {
            self.into_call().#send().await
        }
    };
    let others = [
        parse_quote! {
            /// Returns the request that `send` would make, with every secret masked, and sends nothing. It checks the
            /// same rules and inspects files, but reads no stream.
            ///
            /// # Errors
            ///
            /// Returns an error if the call breaks a rule or a file cannot be read.
            pub async fn dry_run(self) -> ::std::result::Result<zap_client_runtime::DryRun, Error> {
                self.into_call().dry_run().await
            }
        },
        parse_quote! {
            fn into_call(self) -> zap_client_runtime::Call<'a> {
                #(#unpack)*;
                client.raw_client().call(&operations::#table) #calls
            }
        },
    ];
    Ok((send, others))
}

/// Returns whether a rule is about a property of an object within the body.
fn has_rules_of_parts(api: &Api, operation: &Operation) -> bool {
    let fields = api.fields(operation);
    operation.rules.iter().flat_map(|rule| &rule.fields).any(|field| !fields.contains(&field.as_str()))
}

/// Returns the type of an answer, and the function of a call that returns it.
fn answer(answer: &Answer) -> Result<(Type, Ident)> {
    let (ty, send) = match answer {
        Answer::Object(name) => (format!("types::{name}"), "send"),
        Answer::Json(ty) => (ty.clone(), "send_json"),
        Answer::Text(_) => ("::std::string::String".to_owned(), "send_text"),
        Answer::Bytes(_) => ("zap_client_runtime::Bytes".to_owned(), "send_bytes"),
        Answer::Nothing => ("()".to_owned(), "send_unit"),
    };
    let ty = syn::parse_str(&ty).map_err(|error| PatchError(format!("`{ty}` is not a type: {error}")))?;
    Ok((ty, format_ident!("{send}")))
}

/// Returns the statements that end with a semicolon, each without it.
fn statements(block: TokenStream) -> impl Iterator<Item = Vec<TokenTree>> {
    let mut trees = block.into_iter();
    std::iter::from_fn(move || {
        let mut statement = Vec::new();
        loop {
            match trees.next()? {
                TokenTree::Punct(punct) if punct.as_char() == ';' => return Some(statement),
                tree => statement.push(tree),
            }
        }
    })
}

/// Returns all words, including those within brackets.
fn words(trees: &[TokenTree]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for tree in trees {
        match tree {
            TokenTree::Ident(word) => drop(found.insert(word.to_string())),
            TokenTree::Group(group) => found.extend(words(&group.stream().into_iter().collect::<Vec<_>>())),
            _ => {}
        }
    }
    found
}
