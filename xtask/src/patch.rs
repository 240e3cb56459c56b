//! From progenitor's code to ours.
//!
//! progenitor gives the types, a builder for each operation and their setters. What it cannot know
//! is replaced: the client itself, each `send`, and how answers are read. A step that does not find
//! what it expects is an error, so that a new version of progenitor cannot slip by.

mod builders;
mod flaws;
mod methods;
mod pages;
mod polish;
mod setters;
mod types;

use std::collections::BTreeSet;
use std::fmt;

use heck::ToSnakeCase as _;
use proc_macro2::TokenStream;
use quote::quote;
use syn::punctuated::Punctuated;
use syn::visit_mut::VisitMut as _;
use syn::{Attribute, Expr, Ident, Item, ItemImpl, ItemMod, Token, Type, parse_quote};

use self::builders::patch_builders;
use self::methods::patch_methods;
use self::polish::Polish;
use self::types::patch_types;
pub(crate) use self::types::wire_name;
use crate::emit;
use crate::model::Api;

/// What progenitor's code lacks.
#[derive(Debug)]
pub struct PatchError(String);

impl fmt::Display for PatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "progenitor's code is not as expected: {}", self.0)
    }
}

impl std::error::Error for PatchError {}

type Result<T> = std::result::Result<T, PatchError>;

fn unexpected<T>(what: impl Into<String>) -> Result<T> {
    Err(PatchError(what.into()))
}

/// Patches the code that progenitor generated for `api`.
pub fn patch(api: &Api, generated: TokenStream) -> Result<syn::File> {
    let generated: syn::File = syn::parse2(generated).map_err(|error| PatchError(error.to_string()))?;
    let (mut methods, mut builders, mut types) = (None, None, None);
    for item in generated.items {
        match item {
            Item::Mod(module) if module.ident == "types" => types = Some(module),
            Item::Mod(module) if module.ident == "builder" => builders = Some(module),
            // The first `impl Client` has the constructors, which are ours to write.
            Item::Impl(item) if is_inherent(&item, "Client") => methods = Some(item),
            _ => {}
        }
    }
    let (Some(mut methods), Some(mut builders), Some(mut types)) = (methods, builders, types) else {
        return unexpected("`impl Client`, `mod builder` or `mod types` is missing");
    };
    let shadowed = shadowed(api);
    patch_methods(api, &mut methods)?;
    patch_builders(api, &types, &mut builders)?;
    patch_types(api, &shadowed, &mut types)?;

    let root = emit::root(api);
    let mut file: syn::File = syn::parse2(quote! { #root #methods #types #builders })
        .map_err(|error| PatchError(format!("the emitted code does not parse: {error}")))?;
    Polish { shadowed }.visit_file_mut(&mut file);
    Ok(file)
}

/// Names that a type of the spec has taken.
fn shadowed(api: &Api) -> BTreeSet<String> {
    let objects = api.objects.keys().cloned();
    let enums = api.open_enums.iter().map(|one| one.name.clone());
    objects.chain(enums).collect()
}

fn is_inherent(item: &ItemImpl, name: &str) -> bool {
    item.trait_.is_none() && subject(&item.self_ty) == Some(name.to_owned())
}

/// The last name of a type's path.
fn subject(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

fn contents(module: &mut ItemMod) -> Result<&mut Vec<Item>> {
    match &mut module.content {
        Some((_, items)) => Ok(items),
        None => unexpected(format!("`mod {}` has no body", module.ident)),
    }
}

/// The text of the documentation attributes.
fn documentation(attrs: &[Attribute]) -> String {
    let lines = attrs.iter().filter_map(|attr| match &attr.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn set_docs(attrs: &mut Vec<Attribute>, text: &str) {
    let docs = emit::doc(text);
    attrs.retain(|attr| !attr.path().is_ident("doc"));
    let docs: Vec<Attribute> = parse_quote!(#docs);
    attrs.splice(0..0, docs);
}

/// Takes `Debug` out of what a type derives.
fn without_debug(attrs: &mut [Attribute]) -> Result<()> {
    for attr in attrs.iter_mut().filter(|attr| attr.path().is_ident("derive")) {
        let parse = Punctuated::<syn::Path, Token![,]>::parse_terminated;
        let paths = attr.parse_args_with(parse).map_err(|error| PatchError(error.to_string()))?;
        let kept = paths.iter().filter(|path| !path.is_ident("Debug"));
        if kept.clone().count() < paths.len() {
            *attr = parse_quote!(#[derive(#(#kept),*)]);
            return Ok(());
        }
    }
    unexpected("a type does not derive `Debug`")
}

/// A `Debug` that shows `shown` in place of the values: it ends in logs.
fn debug(ty: &TokenStream, shown: &TokenStream) -> Item {
    parse_quote! {
        impl ::std::fmt::Debug for #ty {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&#shown, f)
            }
        }
    }
}

/// The identifier that progenitor gives to a name.
fn ident(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let snake = plain.to_snake_case();
    if syn::parse_str::<Ident>(&snake).is_ok() { snake } else { format!("{snake}_") }
}
