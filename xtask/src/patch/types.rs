//! The types of answers and forms.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::{Attribute, Ident, ImplItem, Item, ItemStruct, LitStr, Meta, Type, parse_quote};

use super::prelude_paths::polish_docs;
use super::setters::arguments_of;
use super::split::{Kind, Unparsed, split};
use super::{Parts, Patch, Result, add, hidden, set_docs, subject, underive, unexpected};
use crate::model::{Api, Object, Property};
use crate::names;

/// The fields of a structure, with their types, by the name on the wire.
pub(super) type Fields = BTreeMap<String, (Ident, Type)>;

/// The structures of a module by name.
pub(super) type Structures = BTreeMap<String, Fields>;

impl Patch<'_> {
    /// Adds the types of the module, and returns their fields.
    pub(super) fn types(&self, mut module: Unparsed, parts: &mut Parts) -> Result<Structures> {
        let api = self.api;
        let items = module.take_body();
        let mut structures = Structures::new();
        let mut printer = self.printer();
        for item in split(items) {
            match item.kind() {
                Kind::Struct(name) => {
                    let Some(object) = api.objects.get(&name) else {
                        return unexpected(format!("there is no schema for the type `{name}`"));
                    };
                    let mut structure: ItemStruct = item.parse()?;
                    self.make_nullable(&name, &mut structure);
                    polish_docs(&mut structure.attrs);
                    structure.fields.iter_mut().for_each(|field| polish_docs(&mut field.attrs));
                    structures.insert(name.clone(), fields(&structure));
                    let is_answer = api.answers.contains(&name);
                    patch_structure(&mut structure, object, is_answer)?;
                    if self.bodies.contains(&*name) || api.parts.contains(&name) {
                        underive(&mut structure.attrs, &["Debug"])?;
                    }
                    printer.item(Item::Struct(structure));
                    let mut text = printer.take();
                    if is_answer {
                        add(&mut text, &properties(api, &name, &structures[&name]));
                    }
                    if api.parts.contains(&name) {
                        add(&mut text, &sent_properties(api, &name, &structures[&name]));
                    }
                    if self.is_part_alone(&name) {
                        printer.item(hidden(&name));
                        add(&mut text, &printer.take());
                    }
                    parts.types.insert(name, text);
                }
                // Callers never build answers, so these builders are dropped.
                Kind::Impl(name) | Kind::TraitImpl(name) if api.answers.contains(&name) => {}
                Kind::Impl(name) | Kind::TraitImpl(name) if parts.types.contains_key(&name) => {
                    let mut item: Item = item.parse()?;
                    document_builder(&mut item, &name);
                    printer.item(item);
                    add(parts.types.entry(name).or_default(), &printer.take());
                }
                Kind::Module(name) if name == "builder" => self.forms(&structures, item, parts)?,
                Kind::Module(name) if name == "error" && parts.forms.is_empty() => {}
                Kind::Module(_) => {
                    printer.item(item.parse()?);
                    parts.modules.insert(printer.take());
                }
                // A conversion of one of our types into another.
                Kind::TraitImpl(_) => {
                    let Some(name) = item.words().map(ToString::to_string).find(|it| parts.types.contains_key(it))
                    else {
                        return unexpected("`mod types` converts a type that is not its own");
                    };
                    printer.item(item.parse()?);
                    add(parts.types.entry(name).or_default(), &printer.take());
                }
                _ => return unexpected("`mod types` has items other than types"),
            }
        }
        Ok(structures)
    }
}

impl Patch<'_> {
    /// Returns whether the property of a request that has this field can be sent as null.
    pub(super) fn is_nullable(&self, object: &str, field: &str) -> bool {
        let is_sent = self.bodies.contains(object) || self.api.parts.contains(object);
        let properties = self.api.objects.get(object).filter(|_| is_sent).into_iter().flat_map(|one| &one.properties);
        let mut nullable = properties.filter(|property| property.nullable);
        nullable.any(|property| names::field(&property.name) == field)
    }

    /// Makes the type of each property that can be sent as null one that tells null from absent.
    fn make_nullable(&self, object: &str, structure: &mut ItemStruct) {
        for field in &mut structure.fields {
            if field.ident.as_ref().is_some_and(|ident| self.is_nullable(object, &ident.to_string())) {
                field.ty = nullable(&field.ty);
            }
        }
    }
}

/// Documents the function that returns the builder of a type, if it is in this item.
fn document_builder(item: &mut Item, name: &str) {
    let Item::Impl(item) = item else { return };
    for function in &mut item.items {
        if let ImplItem::Fn(function) = function
            && function.sig.ident == "builder"
        {
            set_docs(&mut function.attrs, &format!("Returns a builder of [`{name}`] without any value."));
        }
    }
}

/// Returns the type of a property that can be null.
pub(super) fn nullable(ty: &Type) -> Type {
    let value = match (subject(ty).as_deref(), arguments_of(ty).as_slice()) {
        (Some("Option"), [inner]) => inner.clone(),
        _ => ty.clone(),
    };
    parse_quote!(zap_client_runtime::Nullable<#value>)
}

fn fields(structure: &ItemStruct) -> Fields {
    let field = |field: &syn::Field| {
        let ident = field.ident.clone()?;
        Some((wire_name(&field.attrs).unwrap_or_else(|| ident.to_string()), (ident, field.ty.clone())))
    };
    structure.fields.iter().filter_map(field).collect()
}

/// Returns the name in `#[serde(rename = "…")]`. Searching the tokens takes a tenth of the time that parsing takes.
fn wire_name(attrs: &[Attribute]) -> Option<String> {
    attrs.iter().filter(|attr| attr.path().is_ident("serde")).find_map(|attr| {
        let Meta::List(list) = &attr.meta else { return None };
        let mut tokens = list.tokens.clone().into_iter();
        tokens.find(|token| matches!(token, TokenTree::Ident(word) if word == "rename"))?;
        // The equals sign comes first.
        let TokenTree::Literal(name) = tokens.nth(1)? else { return None };
        syn::parse_str::<LitStr>(&name.to_string()).ok().map(|name| name.value())
    })
}

/// Removes the derives of serde, and gives schemars the names of the properties. `zap_client_runtime::object` explains why
/// answers are read without a derive. serde is not used for forms.
fn patch_structure(structure: &mut ItemStruct, object: &Object, is_answer: bool) -> Result<()> {
    underive(&mut structure.attrs, &["Deserialize", "Serialize"])?;
    structure.attrs.retain(|attr| !attr.path().is_ident("serde"));
    structure.attrs.push(parse_quote!(#[non_exhaustive]));
    structure.attrs.push(parse_quote!(#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]));
    if is_answer {
        structure.attrs.push(parse_quote! {
            #[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
        });
    }
    for field in &mut structure.fields {
        let rename = wire_name(&field.attrs);
        let is_it = |one: &Property| {
            rename
                .as_ref()
                .map_or_else(|| field.ident.as_ref().is_some_and(|own| *own == one.name), |name| *name == one.name)
        };
        let is_required = object.properties.iter().any(|one| one.required && is_it(one));
        let rename = rename.map(|name| quote!(rename = #name));
        let kind = subject(&field.ty);
        let default = match kind.as_deref() {
            Some("Option") => None,
            Some("Nullable") => Some(quote!(default)),
            // It may be absent. schemars takes the default from serde, which cannot serialize files.
            Some("Vec" | "Map") => (!is_answer && !is_required && !mentions_file(&field.ty)).then(|| quote!(default)),
            _ if is_answer => {
                let field = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                return unexpected(format!(
                    "`{}.{field}` is neither optional nor a list: answers must not require a property",
                    structure.ident
                ));
            }
            _ => None,
        };
        field.attrs.retain(|attr| !attr.path().is_ident("serde"));
        let arguments: Vec<_> = rename.into_iter().chain(default).collect();
        if !arguments.is_empty() {
            field.attrs.push(parse_quote!(#[cfg_attr(feature = "schemars", schemars(#(#arguments),*))]));
        }
    }
    Ok(())
}

/// Returns whether values of the type can hold a file.
pub(super) fn mentions_file(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    let mut names = path.path.segments.iter().rev().map(|segment| &segment.ident);
    let is_file = names.next().is_some_and(|name| name == "File")
        && names.next().is_some_and(|name| name == "zap_client_runtime");
    is_file || arguments_of(ty).iter().any(mentions_file)
}

/// Returns the macro call that makes an answer readable and writable.
fn properties(api: &Api, name: &str, fields: &Fields) -> String {
    let line = |(name, (field, _)): (&String, &(Ident, Type))| format!("        {name:?} => {field},\n");
    let lines: String = fields.iter().map(line).collect();
    let reading = match api.objects.get(name) {
        Some(object) if object.empty_is_absent => " as salvaged_unless_empty",
        _ if api.webhooks.contains(name) => " as salvaged",
        _ => "",
    };
    format!("zap_client_runtime::object! {{\n    {name}{reading} {{\n{lines}    }}\n}}\n")
}

/// Returns the macro call that makes an object of a request writable.
fn sent_properties(api: &Api, name: &str, fields: &Fields) -> String {
    let properties = api.objects.get(name).into_iter().flat_map(|object| &object.properties);
    let lines = properties.filter_map(|property| {
        let (field, ty) = fields.get(&property.name)?;
        let kind = match subject(ty).as_deref() {
            Some("Option") => "optional",
            Some("Nullable") => "nullable",
            _ => "required",
        };
        Some(format!("        {:?} => {kind} {field},\n", property.name))
    });
    format!("zap_client_runtime::sent_object! {{\n    {name} {{\n{}    }}\n}}\n", lines.collect::<String>())
}

/// Returns the implementations that read the bodies of webhooks.
pub(super) fn webhooks(api: &Api) -> impl Iterator<Item = TokenStream> {
    api.webhooks.iter().map(|name| {
        let name = format_ident!("{name}");
        quote! {
            impl #name {
                /// Reads the body of a request.
                ///
                /// A property that cannot be read is absent, so that the rest is not lost. Halves of surrogate pairs are
                /// left out, bytes in a wrong encoding are replaced, and a byte order mark is skipped.
                ///
                /// Reading it with `serde_json` also makes a property of a wrong type absent, but fails for a body that is
                /// not valid JSON, and for lists that are nested too deep.
                ///
                /// # Errors
                ///
                /// Returns an error if the body is not a JSON object, or if it has more objects and lists than a body of
                /// its size can have. The error may quote the body.
                pub fn from_body(body: &[u8]) -> ::std::result::Result<Self, ::serde_json::Error> {
                    zap_client_runtime::read_webhook(body)
                }
            }
        }
    })
}

/// Returns the implementations that say how a call went.
pub(super) fn verdicts(api: &Api) -> impl Iterator<Item = TokenStream> {
    let names: BTreeSet<_> = api.operations.iter().filter_map(|operation| operation.answer.object()).collect();
    let status = (!api.envelope.is_by_status()).then(|| format_ident!("{}", names::field(&api.envelope.status)));
    let verdict = move |name: &str| {
        let name = format_ident!("{name}");
        let Some(status) = &status else { return quote!(impl zap_client_runtime::Answer for #name {}) };
        quote! {
            impl zap_client_runtime::Answer for #name {
                fn verdict(&self) -> ::std::option::Option<&str> {
                    self.#status.as_deref()
                }
            }
        }
    };
    names.into_iter().map(verdict)
}
