//! Turns progenitor's code into ours.
//!
//! progenitor generates the types, a builder for each operation and their setters. The client itself, each `send`, and the
//! code that reads answers are replaced. A step fails if it does not find what it expects, so that a change in a new
//! version of progenitor is noticed.

mod builder_errors;
mod builders;
mod forms;
mod methods;
mod pagination;
mod parts;
mod prelude_paths;
mod print;
mod root_setter;
mod sends;
mod setters;
mod split;
mod types;
mod width;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use heck::ToUpperCamelCase as _;
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::punctuated::Punctuated;
use syn::{AttrStyle, Attribute, Expr, ExprLit, Ident, Item, ItemImpl, Lit, LitStr, Meta, MetaNameValue, Token, Type};
use syn::{parse_quote, token};

pub use self::parts::Parts;
use self::prelude_paths::PreludePaths;
use self::print::Printer;
use self::split::{Kind, Unparsed, split};
use crate::emit;
use crate::model::{Api, Operation};

/// How progenitor's code differs from what is expected.
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

/// Patches the code of an API.
pub struct Patch<'a> {
    api: &'a Api,
    /// The names of the spec's types.
    shadowed: BTreeSet<String>,
    /// The names of the forms.
    bodies: BTreeSet<&'a str>,
    /// The operations by the name of their builder.
    operations: BTreeMap<String, &'a Operation>,
}

impl<'a> Patch<'a> {
    /// Prepares to patch the code of an API.
    pub fn new(api: &'a Api) -> Self {
        let objects = api.objects.keys().cloned();
        let enums = api.open_enums.iter().map(|one| one.name.clone());
        Self {
            api,
            shadowed: objects.chain(enums).collect(),
            bodies: api.operations.iter().filter_map(|operation| operation.body.as_ref()?.schema()).collect(),
            operations: api.operations.iter().map(|one| (one.id.to_upper_camel_case(), one)).collect(),
        }
    }

    fn printer(&self) -> Printer<'_> {
        Printer::new(PreludePaths { shadowed: &self.shadowed })
    }

    /// Patches the code that progenitor generated for operations.
    pub fn operations(&self, generated: TokenStream) -> Result<Parts> {
        let mut parts = Parts::default();
        let (mut methods, mut types, mut builders) = (None, None, None);
        for item in split(generated) {
            match item.kind() {
                Kind::Module(name) if name == "types" => types = Some(self.types(item, &mut parts)?),
                Kind::Module(name) if name == "builder" => builders = Some(item),
                // The first `impl Client` has the constructors, which `emit` replaces.
                Kind::Impl(name) if name == "Client" => methods = Some(item),
                _ => {}
            }
        }
        let (Some(methods), Some(types), Some(builders)) = (methods, types, builders) else {
            return unexpected("`impl Client`, `mod types` or `mod builder` is missing");
        };
        self.builders(&types, builders, &mut parts)?;
        self.methods(methods, &mut parts)?;
        Ok(parts)
    }

    /// Patches the code that progenitor generated for answers alone.
    pub fn answers(&self, generated: TokenStream) -> Result<Parts> {
        let mut parts = Parts::default();
        let is_types = |item: &Unparsed| matches!(item.kind(), Kind::Module(name) if name == "types");
        let Some(types) = split(generated).find(is_types) else { return unexpected("`mod types` is missing") };
        self.types(types, &mut parts)?;
        Ok(parts)
    }
}

/// Adds items below others, after a blank line.
fn add(text: &mut String, items: &str) {
    if !text.is_empty() && !items.is_empty() {
        text.push('\n');
    }
    text.push_str(items);
}

/// Returns the last name of a type's path.
fn subject(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

/// Returns the text of the documentation attributes.
fn documentation(attrs: &[Attribute]) -> String {
    attrs.iter().filter_map(doc_line).collect::<Vec<_>>().join("\n")
}

/// Returns the text of a documentation attribute.
fn doc_line(attr: &Attribute) -> Option<String> {
    match &attr.meta {
        Meta::NameValue(MetaNameValue { path, value: Expr::Lit(ExprLit { lit: Lit::Str(text), .. }), .. })
            if path.is_ident("doc") =>
        {
            Some(text.value())
        }
        _ => None,
    }
}

/// A documentation comment. There are thousands, and `parse_quote!` would take ten times as long.
fn docs(text: &str) -> impl Iterator<Item = Attribute> {
    emit::doc_lines(text).map(|line| Attribute {
        pound_token: <Token![#]>::default(),
        style: AttrStyle::Outer,
        bracket_token: token::Bracket::default(),
        meta: Meta::NameValue(MetaNameValue {
            path: Ident::new("doc", Span::call_site()).into(),
            eq_token: <Token![=]>::default(),
            value: Expr::Lit(ExprLit { attrs: Vec::new(), lit: Lit::Str(LitStr::new(&line, Span::call_site())) }),
        }),
    })
}

fn set_docs(attrs: &mut Vec<Attribute>, text: &str) {
    attrs.retain(|attr| !attr.path().is_ident("doc"));
    attrs.splice(0..0, docs(text));
}

/// Removes traits from those that a type derives.
fn underive(attrs: &mut [Attribute], traits: &[&str]) -> Result<()> {
    let derives = attrs.iter_mut().find(|attr| attr.path().is_ident("derive"));
    let derives = derives.ok_or_else(|| PatchError("a type derives nothing".to_owned()))?;
    let parse = Punctuated::<syn::Path, Token![,]>::parse_terminated;
    let mut paths: Vec<_> =
        derives.parse_args_with(parse).map_err(|error| PatchError(error.to_string()))?.into_iter().collect();
    for gone in traits {
        let is_it = |path: &syn::Path| path.segments.last().is_some_and(|last| last.ident == gone);
        let Some(at) = paths.iter().position(is_it) else {
            return unexpected(format!("a type does not derive `{gone}`"));
        };
        paths.remove(at);
    }
    *derives = parse_quote!(#[derive(#(#paths),*)]);
    Ok(())
}

/// An implementation of `Debug` that shows something else than the values, which may be secret. It is parsed once for all
/// types.
struct Debugs(ItemImpl);

impl Debugs {
    fn that_show(shown: &TokenStream) -> Self {
        Self(parse_quote! {
            impl ::std::fmt::Debug for Type {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    ::std::fmt::Debug::fmt(&#shown, f)
                }
            }
        })
    }

    fn of(&self, ty: Type) -> Item {
        Item::Impl(ItemImpl { self_ty: Box::new(ty), ..self.0.clone() })
    }
}

/// Returns an implementation of `Debug` that shows nothing but the name of the type.
fn hidden(name: &str) -> Item {
    let ty = format_ident!("{name}");
    let shown = format!("{name} {{{{ .. }}}}");
    Debugs::that_show(&quote!(::std::format_args!(#shown))).of(parse_quote!(#ty))
}
