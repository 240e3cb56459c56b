//! Gathers the types of the generated code with all that is implemented for them.

use std::collections::{BTreeMap, BTreeSet};

use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Item, ItemImpl, ItemMacro, ItemStatic, Type};
use syn::{Ident, LitStr, Token, Visibility, braced, punctuated::Punctuated};

use super::public_type::{Kind, PublicType};
use super::short::short;

/// The generated code, sorted.
pub(super) struct Code<'c> {
    pub(super) types: Vec<PublicType<'c>>,
    pub(super) statics: Vec<&'c ItemStatic>,
    /// Public items of other kinds, as they are.
    pub(super) others: Vec<String>,
}

impl<'c> Code<'c> {
    pub(super) fn collect(items: &'c [Item]) -> syn::Result<Self> {
        let mut code = Self { types: Vec::new(), statics: Vec::new(), others: Vec::new() };
        code.add_types("", items);
        code.add_impls("", items)?;
        Ok(code)
    }

    pub(super) fn find(&self, module: &str, name: &str) -> Option<&PublicType<'c>> {
        self.types.iter().find(|one| one.module == module && one.name == name)
    }

    fn add_types(&mut self, module: &str, items: &'c [Item]) {
        for item in items {
            match item {
                Item::Struct(item) if is_public(&item.vis) => {
                    self.add_type(module, &item.ident, &item.attrs, Kind::Struct(item));
                }
                Item::Enum(item) if is_public(&item.vis) => {
                    self.add_type(module, &item.ident, &item.attrs, Kind::Enum(item));
                }
                Item::Mod(inner) if is_public(&inner.vis) => {
                    if let Some((_, items)) = &inner.content {
                        self.add_types(&join(module, &inner.ident), items);
                    }
                }
                _ => {}
            }
        }
    }

    fn add_type(&mut self, module: &str, name: &Ident, attrs: &[Attribute], kind: Kind<'c>) {
        self.types.push(PublicType {
            module: module.to_owned(),
            name: name.to_string(),
            kind,
            traits: attributes(attrs),
            functions: Vec::new(),
            into_call: None,
            constants: Vec::new(),
            impls: Vec::new(),
            wire_names: BTreeMap::new(),
        });
    }

    fn add_impls(&mut self, module: &str, items: &'c [Item]) -> syn::Result<()> {
        for item in items {
            match item {
                Item::Impl(item) => self.add_impl(module, item),
                Item::Macro(item) => self.add_macro(module, item)?,
                Item::Mod(inner) if is_public(&inner.vis) => {
                    if let Some((_, items)) = &inner.content {
                        self.add_impls(&join(module, &inner.ident), items)?;
                    }
                }
                // A private one says how answers are read.
                Item::Static(item) if short(&item.ty) == "Operation" || !is_public(&item.vis) => {
                    self.statics.push(item);
                }
                Item::Static(item) => self.others.push(format!("{module}::{}: {}", item.ident, short(&item.ty))),
                Item::Fn(item) if is_public(&item.vis) => self.others.push(short(&item.sig)),
                Item::Const(item) if is_public(&item.vis) => self.others.push(short(item)),
                Item::Type(item) if is_public(&item.vis) => self.others.push(short(item)),
                Item::Trait(item) if is_public(&item.vis) => self.others.push(short(item)),
                Item::Use(item) if is_public(&item.vis) => self.others.push(short(item)),
                _ => {}
            }
        }
        Ok(())
    }

    fn add_impl(&mut self, module: &str, item: &'c ItemImpl) {
        let target = path(module, &item.self_ty);
        let Some((trait_, _)) = &item.trait_ else {
            if let Some(one) = self.find_mut(target) {
                one.add_inherent(item);
            }
            return;
        };
        let name = trait_.segments.last().map(short).unwrap_or_default();
        if let Some(one) = self.find_mut(target) {
            // A form and its builder have the same name.
            let other = if one.module == "types" { "<its builder>" } else { "<its form>" };
            let name = match module {
                "types::builder" => name.replace(&format!("<{}>", one.name), other),
                _ => name,
            };
            one.traits.insert(name);
            one.impls.push(item);
        } else if let Some(argument) = trait_argument(trait_)
            && let Some(one) = self.find_mut(path(module, argument))
        {
            // `impl From<Ours> for Theirs`
            let name = trait_.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
            let into = name.replace("From", "Into");
            one.traits.insert(format!("{into}<{}>", short(&item.self_ty)));
            one.impls.push(item);
        }
    }

    /// `object!(A { "wire" => field })`, `object!(A as salvaged { … })` and `open_enum!(A as i64)` implement what reads and
    /// writes, and `sent_object!(A { "wire" => optional field })` what writes.
    fn add_macro(&mut self, module: &str, item: &ItemMacro) -> syn::Result<()> {
        let name = item.mac.path.segments.last().map(|last| last.ident.to_string());
        let (of, wire_names) = match name.as_deref() {
            Some("object" | "sent_object") => {
                let Object { name, wire_names } = item.mac.parse_body()?;
                (name, wire_names)
            }
            Some("open_enum") => (item.mac.parse_body_with(open_enum)?, BTreeMap::new()),
            _ => {
                self.others.push(short(item));
                return Ok(());
            }
        };
        if let Some(one) = self.find_mut(Some((module.to_owned(), of.to_string()))) {
            one.traits.insert("Serialize".to_owned());
            if name.as_deref() != Some("sent_object") {
                one.traits.insert("Deserialize".to_owned());
            }
            if name.as_deref() == Some("open_enum") {
                one.traits.insert("Display".to_owned());
            }
            one.wire_names = wire_names;
        }
        Ok(())
    }

    fn find_mut(&mut self, place: Option<(String, String)>) -> Option<&mut PublicType<'c>> {
        let (module, name) = place?;
        self.types.iter_mut().find(|one| one.module == module && one.name == name)
    }
}

/// The contents of an `object!` or a `sent_object!`.
struct Object {
    name: Ident,
    wire_names: BTreeMap<String, String>,
}

impl Parse for Object {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        if input.parse::<Option<Token![as]>>()?.is_some() {
            input.parse::<Ident>()?;
        }
        let inside;
        braced!(inside in input);
        let mut wire_names = BTreeMap::new();
        while !inside.is_empty() {
            let wire_name = inside.parse::<LitStr>()?.value();
            inside.parse::<Token![=>]>()?;
            let first = inside.parse::<Ident>()?;
            // The fields of a `sent_object!` follow `optional` or `required`, which their types say, too.
            let field = if inside.peek(Ident::peek_any) { inside.call(Ident::parse_any)? } else { first };
            wire_names.insert(field.to_string(), wire_name);
            inside.parse::<Option<Token![,]>>()?;
        }
        Ok(Self { name, wire_names })
    }
}

/// The name in `open_enum!(Name as i64)`.
fn open_enum(input: ParseStream<'_>) -> syn::Result<Ident> {
    let name = input.parse()?;
    input.parse::<Token![as]>()?;
    input.parse::<Type>()?;
    Ok(name)
}

pub(super) fn is_public(vis: &Visibility) -> bool {
    matches!(vis, Visibility::Public(_))
}

fn join(module: &str, name: &Ident) -> String {
    if module.is_empty() { name.to_string() } else { format!("{module}::{name}") }
}

/// The traits that attributes derive.
fn attributes(attrs: &[Attribute]) -> BTreeSet<String> {
    let mut traits = BTreeSet::new();
    for attr in attrs {
        if attr.path().is_ident("non_exhaustive") {
            traits.insert("non-exhaustive".to_owned());
        } else if attr.path().is_ident("derive") {
            let names = attr.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated);
            traits.extend(names.iter().flatten().map(short));
        } else if attr.path().is_ident("cfg_attr") && short(&attr.meta).contains("JsonSchema") {
            traits.insert("JsonSchema by feature".to_owned());
        }
    }
    traits
}

/// Module and name that a type's path in `module` means.
fn path(module: &str, ty: &Type) -> Option<(String, String)> {
    let Type::Path(path) = ty else { return None };
    let mut names: Vec<_> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let name = names.pop()?;
    let mut within: Vec<_> = module.split("::").filter(|module| !module.is_empty()).map(str::to_owned).collect();
    for step in names {
        match step.as_str() {
            "crate" => within.clear(),
            "super" => drop(within.pop()),
            _ => within.push(step),
        }
    }
    Some((within.join("::"), name))
}

/// The type in a trait's angle brackets.
fn trait_argument(path: &syn::Path) -> Option<&Type> {
    let syn::PathArguments::AngleBracketed(list) = &path.segments.last()?.arguments else { return None };
    list.args.iter().find_map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}
