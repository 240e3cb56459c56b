//! Setters that take what callers have at hand.

use std::collections::BTreeMap;

use quote::{format_ident, quote};
use syn::{Ident, ImplItemFn, ItemStruct, Type, parse_quote};

use super::subject;

/// Setters that take what callers have at hand, in place of progenitor's for optional values, lists and
/// maps: `&str` for text, an `Option`, anything that can be iterated.
#[derive(Default)]
pub(super) struct Setters {
    builder: String,
    types: BTreeMap<String, (Ident, Type)>,
}

impl Setters {
    /// Looks at a builder, whose functions come next.
    pub(super) fn look_at(&mut self, builder: &ItemStruct) {
        self.builder = builder.ident.to_string();
        self.types.clear();
        for field in &builder.fields {
            // progenitor keeps each value as a `Result` with what was wrong with it.
            if let (Some(name), [value, _]) = (&field.ident, arguments_of(&field.ty).as_slice()) {
                self.types.insert(name.to_string(), (name.clone(), value.clone()));
            }
        }
    }

    /// Ours in place of the function `name` of `builder`.
    pub(super) fn eased(&self, builder: &str, name: &str) -> Option<ImplItemFn> {
        let (field, ty) = self.types.get(name).filter(|_| self.builder == builder)?;
        eased(field, ty)
    }
}

/// The setter for a value that is optional, a list or a map.
fn eased(field: &Ident, ty: &Type) -> Option<ImplItemFn> {
    let inner = arguments_of(ty);
    match (subject(ty)?.as_str(), inner.as_slice()) {
        // An optional list is given or not; there is nothing to be said by `None`.
        ("Option", [many]) if matches!(subject(many)?.as_str(), "Vec" | "BTreeMap") => {
            eased_collection(field, many, true)
        }
        ("Option", [inner]) => Some(parse_quote! {
            pub fn #field(mut self, value: impl ::std::convert::Into<zap_client_runtime::Optional<#inner>>) -> Self {
                self.#field = Ok(value.into().into_option());
                self
            }
        }),
        _ => eased_collection(field, ty, false),
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
            self.#field = Ok(#collected);
            self
        }
    })
}

/// The generic arguments of a type's last name.
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
