//! A public type with all that is implemented for it.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Fields, ImplItem, ImplItemFn, ItemEnum, ItemImpl, ItemStruct};

use super::collect::is_public;
use super::short::short;

/// A public type.
pub(super) struct PublicType<'c> {
    /// The module that it is in, such as `types::builder`. Empty for the root.
    pub(super) module: String,
    pub(super) name: String,
    pub(super) kind: Kind<'c>,
    /// Names of its traits, and `non-exhaustive`.
    pub(super) traits: BTreeSet<String>,
    /// Its public functions.
    pub(super) functions: Vec<&'c ImplItemFn>,
    /// Its `into_call`, which is private and says which value becomes which part of the request.
    pub(super) into_call: Option<&'c ImplItemFn>,
    /// Its public constants, as they stand.
    pub(super) constants: Vec<String>,
    /// The implementations of its traits.
    pub(super) impls: Vec<&'c ItemImpl>,
    /// The names of its fields on the wire, if a macro has them.
    pub(super) wire_names: BTreeMap<String, String>,
}

#[derive(Clone, Copy)]
pub(super) enum Kind<'c> {
    Struct(&'c ItemStruct),
    Enum(&'c ItemEnum),
}

impl<'c> PublicType<'c> {
    pub(super) fn add_inherent(&mut self, item: &'c ItemImpl) {
        for item in &item.items {
            if let ImplItem::Fn(function) = item
                && function.sig.ident == "into_call"
            {
                self.into_call = Some(function);
            }
            match item {
                ImplItem::Fn(function) if is_public(&function.vis) => self.functions.push(function),
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    self.constants.push(format!("{}: {}", constant.ident, short(&constant.ty)));
                }
                _ => {}
            }
        }
    }

    /// Its traits in one line.
    pub(super) fn traits(&self) -> String {
        self.traits.iter().cloned().collect::<Vec<_>>().join(", ")
    }

    /// Its public fields.
    pub(super) fn fields(&self) -> Vec<&'c syn::Field> {
        let fields = match self.kind {
            Kind::Struct(ItemStruct { fields: Fields::Named(fields), .. }) => fields.named.iter().collect(),
            Kind::Struct(ItemStruct { fields: Fields::Unnamed(fields), .. }) => fields.unnamed.iter().collect(),
            _ => Vec::new(),
        };
        fields.into_iter().filter(|field| is_public(&field.vis)).collect()
    }

    /// The body of a trait's function.
    pub(super) fn trait_function(&self, name: &str) -> Option<&'c ImplItemFn> {
        self.impls.iter().find_map(|item| function(item, name))
    }

    /// The conversion of its values into another type.
    pub(super) fn conversion_into(&self, other: &str) -> Option<&'c ImplItemFn> {
        self.impls.iter().filter(|item| short(&item.self_ty) == other).find_map(|item| function(item, "from"))
    }
}

fn function<'c>(item: &'c ItemImpl, name: &str) -> Option<&'c ImplItemFn> {
    item.items.iter().find_map(|item| match item {
        ImplItem::Fn(function) if function.sig.ident == name => Some(function),
        _ => None,
    })
}
