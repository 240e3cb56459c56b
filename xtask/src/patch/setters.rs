//! What builders hold, and setters that accept convenient types.
//!
//! progenitor's builders hold a `Result` for each value. Ours hold one only where a conversion can fail. Our setters for
//! optional values, lists and maps cannot fail.

use std::collections::BTreeMap;

use quote::{format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, FieldValue, Ident, ImplItemFn, ItemStruct, Member, Type, parse_quote};

use super::subject;
use super::types::nullable;

/// The fields of a builder.
#[derive(Default)]
pub(super) struct Setters {
    builder: String,
    fields: BTreeMap<String, Field>,
}

struct Field {
    name: Ident,
    /// The type of the value.
    ty: Type,
    holds: Holds,
}

/// What a builder holds for a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// The value, or why there is none.
    Result,
    /// The same. The value is an object, or has objects, which the setter builds.
    Object,
    /// The value, null or nothing.
    Nullable {
        /// Whether it must be given.
        required: bool,
    },
    /// The value if it was set. The setter cannot fail, but the value is required and may be missing.
    Option,
    /// The value.
    Value,
}

impl Setters {
    /// Changes the types of the fields of a builder. `is_object` tells which types have a builder of their own.
    pub(super) fn of(
        builder: &mut ItemStruct,
        is_required: impl Fn(&str) -> bool,
        is_object: impl Fn(&str) -> bool,
        is_nullable: impl Fn(&str) -> bool,
    ) -> Self {
        // An operation's builder borrows the client. An object can have a property `body`, too.
        let is_operation = builder.generics.lifetimes().next().is_some();
        let mut fields = BTreeMap::new();
        for field in &mut builder.fields {
            let (Some(name), Ok([ty, _])) = (field.ident.clone(), <[Type; 2]>::try_from(arguments_of(&field.ty)))
            else {
                continue;
            };
            let is_nullable = is_nullable(&name.to_string());
            let ty = if is_nullable { nullable(&ty) } else { ty };
            if is_nullable && let Some(syn::PathArguments::AngleBracketed(list)) = last_arguments(&mut field.ty) {
                list.args[0] = syn::GenericArgument::Type(ty.clone());
            }
            let holds = match subject(&ty).as_deref() {
                _ if name == "body" && is_operation && is_builder(&ty) => Holds::Value,
                _ if name == "body" && is_operation => Holds::Result,
                _ if is_object(&innermost(&ty)) => Holds::Object,
                _ if is_nullable => Holds::Nullable { required: is_required(&name.to_string()) },
                Some("Vec" | "BTreeMap") if is_required(&name.to_string()) => Holds::Option,
                Some("Option" | "Vec" | "BTreeMap") => Holds::Value,
                _ => Holds::Result,
            };
            match holds {
                Holds::Result | Holds::Object => {}
                Holds::Option => field.ty = parse_quote!(::std::option::Option<#ty>),
                Holds::Value | Holds::Nullable { .. } => field.ty = ty.clone(),
            }
            fields.insert(name.to_string(), Field { name, ty, holds });
        }
        Self { builder: builder.ident.to_string(), fields }
    }

    /// Returns our setter for the function `name` of `builder`, if it differs from progenitor's.
    pub(super) fn eased(&self, builder: &str, name: &str) -> Option<ImplItemFn> {
        eased(self.fields.get(name).filter(|_| self.builder == builder)?)
    }
}

/// Changes the expressions that fill the fields.
impl VisitMut for Setters {
    fn visit_field_value_mut(&mut self, value: &mut FieldValue) {
        let field = match &value.member {
            Member::Named(name) => self.fields.get(&name.to_string()),
            Member::Unnamed(_) => None,
        };
        match field {
            Some(field) if !matches!(field.holds, Holds::Result | Holds::Object) => {
                value.expr = field.held(&value.expr);
            }
            // `client: client`
            None if matches!(&value.member, Member::Named(name) if is_named(&value.expr, &name.to_string())) => {
                value.colon_token = None;
            }
            _ => visit_mut::visit_field_value_mut(self, value),
        }
    }
}

impl Field {
    /// Returns the expression that replaces progenitor's.
    fn held(&self, expr: &Expr) -> Expr {
        match (expr, self.holds) {
            // `value.field?`
            (Expr::Try(expr), Holds::Option) => {
                let (value, name) = (&expr.expr, self.name.to_string());
                parse_quote!(#value.ok_or(zap_client_runtime::FieldError::Missing(#name))?)
            }
            (Expr::Try(expr), Holds::Nullable { required: true }) => {
                let (value, name) = (&expr.expr, self.name.to_string());
                parse_quote!(zap_client_runtime::given(#value, #name)?)
            }
            (Expr::Try(expr), _) => (*expr.expr).clone(),
            // `Err(…)` and `Ok(value)`
            (Expr::Call(call), holds) => match (holds, call.args.first()) {
                (Holds::Option, _) if is_named(&call.func, "Err") => parse_quote!(None),
                (Holds::Option, Some(value)) => parse_quote!(Some(#value)),
                (Holds::Nullable { .. }, _) if is_named(&call.func, "Err") => {
                    parse_quote!(zap_client_runtime::Nullable::Absent)
                }
                (_, Some(value)) if is_named(&call.func, "Ok") => value.clone(),
                _ => expr.clone(),
            },
            _ => expr.clone(),
        }
    }
}

fn is_named(expr: &Expr, name: &str) -> bool {
    matches!(expr, Expr::Path(path) if path.path.is_ident(name))
}

/// The setter for a value that is optional, a list or a map.
fn eased(field: &Field) -> Option<ImplItemFn> {
    let Field { name, ty, holds } = field;
    if *holds == Holds::Object {
        return eased_object(name, ty);
    }
    if let Holds::Nullable { .. } = holds {
        return eased_nullable(name, ty);
    }
    let inner = arguments_of(ty);
    match (subject(ty)?.as_str(), inner.as_slice()) {
        // To leave an optional list out, callers do not call the setter, so it needs no `None`.
        ("Option", [many]) if matches!(subject(many)?.as_str(), "Vec" | "BTreeMap") => {
            eased_collection(name, many, true)
        }
        ("Option", [inner]) => Some(parse_quote! {
            pub fn #name(mut self, value: impl ::std::convert::Into<zap_client_runtime::Optional<#inner>>) -> Self {
                self.#name = value.into().into_option();
                self
            }
        }),
        _ => eased_collection(name, ty, *holds == Holds::Option),
    }
}

/// The setter for an object or a list of objects, which takes builders, too.
pub(super) fn eased_object(field: &Ident, ty: &Type) -> Option<ImplItemFn> {
    let name = field.to_string();
    let (many, optional) = match (subject(ty)?.as_str(), arguments_of(ty).as_slice()) {
        ("Option", [inner]) => (inner.clone(), Some(quote!(.map(Some)))),
        ("Nullable", [inner]) => (inner.clone(), Some(quote!(.map(zap_client_runtime::Nullable::Value)))),
        _ => (ty.clone(), None),
    };
    let error = quote!(.map_err(|error| zap_client_runtime::FieldError::of_object(#name, error)));
    match (subject(&many)?.as_str(), arguments_of(&many).as_slice()) {
        ("Vec", [item]) => Some(parse_quote! {
            pub fn #field<T>(mut self, values: impl ::std::iter::IntoIterator<Item = T>) -> Self
            where
                T: ::std::convert::TryInto<#item>,
                T::Error: ::std::fmt::Display,
            {
                let values = values.into_iter().map(::std::convert::TryInto::try_into);
                self.#field = values.collect::<::std::result::Result<::std::vec::Vec<_>, _>>() #optional #error;
                self
            }
        }),
        ("BTreeMap", _) => None,
        _ => Some(parse_quote! {
            pub fn #field<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<#many>,
                T::Error: ::std::fmt::Display,
            {
                self.#field = value.try_into() #optional #error;
                self
            }
        }),
    }
}

/// The setter of the value of a property that can be null.
fn eased_nullable(field: &Ident, ty: &Type) -> Option<ImplItemFn> {
    let [value] = <[Type; 1]>::try_from(arguments_of(ty)).ok()?;
    let Some(mut setter) = eased_collection(field, &value, false) else {
        return Some(parse_quote! {
            pub fn #field(mut self, value: impl ::std::convert::Into<zap_client_runtime::Optional<#value>>) -> Self {
                self.#field = value.into().into_option().into();
                self
            }
        });
    };
    for statement in &mut setter.block.stmts {
        if let syn::Stmt::Expr(Expr::Assign(assign), _) = statement {
            let collected = &assign.right;
            *assign.right = parse_quote!(zap_client_runtime::Nullable::Value(#collected));
        }
    }
    Some(setter)
}

impl Setters {
    /// Returns the name of the setter that sends null, which no property has, so that the setters of both are there.
    fn null_setter(&self, field: &Ident) -> Ident {
        let field = field.to_string();
        let mut name = format!("{}_null", field.trim_end_matches('_'));
        while self.fields.contains_key(&name) {
            name = format!("{}_as_null", name.trim_end_matches("_null"));
        }
        format_ident!("{name}")
    }

    /// Returns the setter that sends null, if there is a field with this name that can be null.
    pub(super) fn null(&self, builder: &str, field: &str) -> Option<ImplItemFn> {
        let field = self.fields.get(field).filter(|_| self.builder == builder)?;
        if subject(&field.ty).as_deref() != Some("Nullable") {
            return None;
        }
        let (name, setter) = (&field.name, self.null_setter(&field.name));
        let docs = format!(" Sends null as `{name}`.");
        let null = quote!(zap_client_runtime::Nullable::Null);
        let null = if field.holds == Holds::Object { quote!(Ok(#null)) } else { null };
        Some(parse_quote! {
            #[doc = #docs]
            pub fn #setter(mut self) -> Self {
                self.#name = #null;
                self
            }
        })
    }
}

fn eased_collection(field: &Ident, ty: &Type, optional: bool) -> Option<ImplItemFn> {
    let inner = arguments_of(ty);
    let (name, item, each) = match (subject(ty)?.as_str(), inner.as_slice()) {
        ("Vec", [item]) => ("values", quote!(impl ::std::convert::Into<#item>), quote!(::std::convert::Into::into)),
        ("BTreeMap", [key, value]) => (
            "entries",
            quote!((impl ::std::convert::Into<#key>, impl ::std::convert::Into<#value>)),
            quote!(|(key, value)| (key.into(), value.into())),
        ),
        _ => return None,
    };
    let name = format_ident!("{name}");
    let collected = quote!(#name.into_iter().map(#each).collect());
    let collected = if optional { quote!(Some(#collected)) } else { collected };
    Some(parse_quote! {
        pub fn #field(mut self, #name: impl ::std::iter::IntoIterator<Item = #item>) -> Self {
            self.#field = #collected;
            self
        }
    })
}

/// Whether a type is in the module of the forms' builders.
fn is_builder(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.iter().any(|segment| segment.ident == "builder"))
}

/// Returns the name of the type within options, lists and maps.
pub(super) fn innermost(ty: &Type) -> String {
    match (subject(ty), arguments_of(ty).last()) {
        (Some(name), Some(inner)) if matches!(name.as_str(), "Option" | "Nullable" | "Vec" | "BTreeMap" | "Box") => {
            innermost(inner)
        }
        (name, _) => name.unwrap_or_default(),
    }
}

/// Returns the arguments of a type's last name, to be changed.
fn last_arguments(ty: &mut Type) -> Option<&mut syn::PathArguments> {
    match ty {
        Type::Path(path) => path.path.segments.last_mut().map(|last| &mut last.arguments),
        _ => None,
    }
}

/// Returns the generic arguments of a type's last name.
pub(super) fn arguments_of(ty: &Type) -> Vec<Type> {
    let Type::Path(path) = ty else { return Vec::new() };
    let Some(syn::PathArguments::AngleBracketed(list)) = path.path.segments.last().map(|last| &last.arguments) else {
        return Vec::new();
    };
    let types = list.args.iter().filter_map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty.clone()),
        _ => None,
    });
    types.collect()
}
