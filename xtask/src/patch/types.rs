//! The types: read liberally if they are answers, sent as forms if they are bodies.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::visit_mut::VisitMut as _;
use syn::{Attribute, Expr, Ident, ImplItem, Item, ItemMod, ItemStruct, LitStr, parse_quote};

use super::flaws::Flaws;
use super::setters::ease_setters;
use super::{Result, contents, debug, ident, set_docs, subject, unexpected, without_debug};
use crate::emit;
use crate::model::Api;
use crate::schema::Shape;

pub(super) fn patch_types(api: &Api, shadowed: &BTreeSet<String>, module: &mut ItemMod) -> Result<()> {
    let items = contents(module)?;
    let mut forms = BTreeMap::new();
    let mut additions: Vec<TokenStream> = api.open_enums.iter().map(|one| emit::open_enum(one, shadowed)).collect();
    for item in items.iter_mut() {
        let Item::Struct(structure) = item else { continue };
        let name = structure.ident.to_string();
        if !api.objects.contains_key(&name) {
            return unexpected(format!("there is no schema for the type `{name}`"));
        }
        structure.attrs.push(parse_quote!(#[non_exhaustive]));
        if api.answers.contains(&name) {
            patch_answer(structure, shadowed)?;
        } else {
            forms.insert(name.clone(), fields(structure));
        }
        derive_schema(structure);
        if is_form(api, structure) {
            without_debug(&mut structure.attrs)?;
        }
    }
    // Answers are read, never made: their builders go.
    let kept = |item: &Item| match item {
        Item::Impl(item) => subject(&item.self_ty).is_none_or(|name| !api.answers.contains(&name)),
        Item::Struct(item) => !api.answers.contains(&item.ident.to_string()),
        _ => true,
    };
    items.retain(|item| !matches!(item, Item::Impl(_)) || kept(item));
    for item in items.iter_mut() {
        if let Item::Mod(builders) = item
            && builders.ident == "builder"
        {
            let builders = contents(builders)?;
            builders.retain(kept);
            ease_setters(builders);
            document_setters(api, builders, &forms);
            for item in builders.iter_mut() {
                if let Item::Struct(structure) = item
                    && is_form(api, structure)
                {
                    without_debug(&mut structure.attrs)?;
                }
                Flaws.visit_item_mut(item);
            }
            builders.extend(form_impls(api, &forms)?);
        }
    }
    items.retain(
        |item| !matches!(item, Item::Mod(module) if module.content.as_ref().is_some_and(|(_, items)| items.is_empty())),
    );
    if forms.is_empty() {
        items.retain(|item| !matches!(item, Item::Mod(module) if module.ident == "error"));
    }

    let answers: Vec<_> = api.answers.iter().map(|name| format_ident!("{name}")).collect();
    additions.push(quote!(client_runtime::lenient_objects!(#(#answers),*);));
    additions.extend(verdicts(api));
    if !forms.is_empty() {
        additions.push(quote! {
            impl ::std::convert::From<client_runtime::Flaw> for error::ConversionError {
                fn from(flaw: client_runtime::Flaw) -> Self {
                    ::std::string::ToString::to_string(&flaw).into()
                }
            }
        });
    }
    let additions: syn::File = parse_quote!(#(#additions)*);
    items.extend(additions.items);
    items.insert(
        0,
        parse_quote!(
            #[allow(unused_imports)]
            use client_runtime::lenient::{option, or_default};
        ),
    );
    Ok(())
}

/// Whether an operation has it as its body.
fn is_form(api: &Api, structure: &ItemStruct) -> bool {
    api.operations.iter().any(|operation| operation.body.as_ref().is_some_and(|body| structure.ident == body))
}

/// How each form is sent, in the order of the operations.
fn form_impls(api: &Api, forms: &BTreeMap<String, BTreeMap<String, Ident>>) -> Result<Vec<Item>> {
    let mut done = BTreeSet::new();
    let mut impls = Vec::new();
    for body in api.operations.iter().filter_map(|operation| operation.body.as_ref()) {
        let Some(fields) = forms.get(body) else {
            return unexpected(format!("there is no type for the form `{body}`"));
        };
        if done.insert(body) {
            let code = form(api, body, fields)?;
            let code: syn::File = parse_quote!(#code);
            impls.extend(code.items);
        }
    }
    Ok(impls)
}

/// The fields of a structure: identifier by the name on the wire.
pub(super) fn fields(structure: &ItemStruct) -> BTreeMap<String, Ident> {
    let field = |field: &syn::Field| {
        let ident = field.ident.clone()?;
        Some((wire_name(&field.attrs).unwrap_or_else(|| ident.to_string()), ident))
    };
    structure.fields.iter().filter_map(field).collect()
}

/// The name that a `#[serde(rename = "…")]` gives.
pub(crate) fn wire_name(attrs: &[Attribute]) -> Option<String> {
    let mut name = None;
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
        let _ = attr.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                name = Some(meta.value()?.parse::<LitStr>()?.value());
            } else if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<Expr>()?;
            }
            Ok(())
        });
    }
    name
}

/// Makes a type read liberally: every field may be absent, null or of another scalar type.
fn patch_answer(structure: &mut ItemStruct, shadowed: &BTreeSet<String>) -> Result<()> {
    let is_none = if shadowed.contains("Option") { "::std::option::Option::is_none" } else { "Option::is_none" };
    structure.attrs.push(parse_quote!(#[serde(default)]));
    for field in &mut structure.fields {
        let rename = wire_name(&field.attrs).map(|name| quote!(rename = #name,));
        field.attrs.retain(|attr| !attr.path().is_ident("serde"));
        let attr: Attribute = match subject(&field.ty).as_deref() {
            Some("Option") => parse_quote! {
                #[serde(#rename deserialize_with = "option", skip_serializing_if = #is_none)]
            },
            Some("Vec" | "Map") => parse_quote!(#[serde(#rename deserialize_with = "or_default")]),
            _ => {
                return unexpected(format!(
                    "`{}.{}` is neither optional nor a list: answers must not require a property",
                    structure.ident,
                    field.ident.as_ref().map(ToString::to_string).unwrap_or_default()
                ));
            }
        };
        field.attrs.push(attr);
    }
    Ok(())
}

/// `JsonSchema` behind the feature; a form with files has no serde traits, so its names are told to
/// schemars alone.
fn derive_schema(structure: &mut ItemStruct) {
    let has_file =
        structure.fields.iter().any(|field| field.ty.to_token_stream().to_string().contains("client_runtime :: File"));
    if has_file {
        for attr in structure.attrs.iter_mut().filter(|attr| attr.path().is_ident("derive")) {
            *attr = parse_quote!(#[derive(Clone, Debug)]);
        }
        for field in &mut structure.fields {
            let name = wire_name(&field.attrs);
            field.attrs.retain(|attr| !attr.path().is_ident("serde"));
            if let Some(name) = name {
                field.attrs.push(parse_quote!(#[cfg_attr(feature = "schemars", schemars(rename = #name))]));
            }
        }
    }
    structure.attrs.push(parse_quote!(#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]));
}

fn document_setters(api: &Api, items: &mut [Item], forms: &BTreeMap<String, BTreeMap<String, Ident>>) {
    for item in items {
        let Item::Impl(item) = item else { continue };
        let name = subject(&item.self_ty).unwrap_or_default();
        let (Some(fields), Some(object), None) = (forms.get(&name), api.objects.get(&name), &item.trait_) else {
            continue;
        };
        for item in &mut item.items {
            let ImplItem::Fn(setter) = item else { continue };
            let property = object.properties.iter().find(|one| fields.get(&one.name) == Some(&setter.sig.ident));
            if let Some(property) = property {
                set_docs(&mut setter.attrs, &property.description);
            }
        }
    }
}

/// How each answer says how the call went.
fn verdicts(api: &Api) -> Vec<TokenStream> {
    let names: BTreeSet<_> = api.operations.iter().map(|operation| &operation.answer).collect();
    let status = format_ident!("{}", ident(&api.envelope.status));
    let verdict = |name| {
        let name = format_ident!("{name}");
        quote! {
            impl client_runtime::Answer for #name {
                fn verdict(&self) -> ::std::option::Option<&str> {
                    self.#status.as_deref()
                }
            }
        }
    };
    names.into_iter().map(verdict).collect()
}

/// The parts of a form, in the order of the spec.
fn form(api: &Api, name: &str, fields: &BTreeMap<String, Ident>) -> Result<TokenStream> {
    let Some(object) = api.objects.get(name) else { return unexpected(format!("there is no schema `{name}`")) };
    let mut parts = TokenStream::new();
    for property in &object.properties {
        let wire = &property.name;
        let Some(field) = fields.get(wire) else {
            return unexpected(format!("the form `{name}` has no field for `{wire}`"));
        };
        parts.extend(match (&property.shape, property.required) {
            (Shape::File, true) => quote!(.file_of(#wire, form.#field.map(Some))),
            (Shape::File, false) => quote!(.file_of(#wire, form.#field)),
            (Shape::Scalar, true) => quote!(.text_of(#wire, form.#field.map(Some))),
            (Shape::Scalar, false) | (Shape::List, _) => quote!(.text_of(#wire, form.#field)),
            (Shape::Map { .. } | Shape::Object, _) => {
                return unexpected(format!("`{name}.{wire}` is an object, which a form cannot hold"));
            }
        });
    }
    let name = format_ident!("{name}");
    let as_form = quote!(client_runtime::Form::from(self.clone()));
    let debugs = [quote!(#name), quote!(super::#name)].map(|ty| debug(&ty, &as_form));
    Ok(quote! {
        #(#debugs)*

        impl ::std::convert::From<#name> for client_runtime::Form {
            fn from(form: #name) -> Self {
                Self::new() #parts
            }
        }

        impl ::std::convert::From<super::#name> for client_runtime::Form {
            fn from(form: super::#name) -> Self {
                #name::from(form).into()
            }
        }
    })
}
