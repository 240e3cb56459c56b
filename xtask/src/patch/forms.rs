//! The forms: their builders, and how they are sent.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::visit_mut::VisitMut as _;
use syn::{Ident, ImplItem, ImplItemFn, Item, ItemImpl, ItemStruct, Type, parse_quote};

use super::builder_errors::Flaws;
use super::setters::{Setters, innermost};
use super::split::{Kind, Unparsed, split};
use super::types::{Fields, Structures, mentions_file};
use super::{Debugs, Parts, Patch, Result, add, hidden, set_docs, subject, underive, unexpected};
use crate::model::{Api, Body, Media};
use crate::schema::Shape;

impl Patch<'_> {
    /// Whether a schema is within bodies, and is not a body itself.
    pub(super) fn is_part_alone(&self, name: &str) -> bool {
        self.api.parts.contains(name) && !self.bodies.contains(name)
    }

    /// Returns how a body is written.
    fn media(&self, schema: &str) -> Media {
        let mut bodies = self.api.operations.iter().filter_map(|operation| match operation.body.as_ref()? {
            Body::Fields { schema, media } => Some((schema, *media)),
            Body::Json { .. } => None,
        });
        bodies.find(|(name, _)| *name == schema).map_or(Media::Multipart, |(_, media)| media)
    }

    /// Adds the builders of the forms, and how they are sent.
    pub(super) fn forms(&self, structures: &Structures, mut module: Unparsed, parts: &mut Parts) -> Result<()> {
        let api = self.api;
        let items = module.take_body();
        let mut printer = self.printer();
        let mut setters = Setters::default();
        for mut item in split(items) {
            let (Kind::Struct(name) | Kind::Impl(name) | Kind::TraitImpl(name)) = item.kind() else {
                return unexpected("the module of the forms has items other than builders");
            };
            if api.answers.contains(&name) {
                continue;
            }
            let mut item: Item = match item.kind() {
                Kind::Struct(_) => {
                    let mut structure: ItemStruct = item.parse()?;
                    let is_required = |field: &str| is_required(api, structures, &name, field);
                    let is_nullable = |field: &str| self.is_nullable(&name, field);
                    setters = Setters::of(&mut structure, is_required, |name| api.parts.contains(name), is_nullable);
                    if self.bodies.contains(&*name) || api.parts.contains(&name) {
                        underive(&mut structure.attrs, &["Debug"])?;
                    }
                    set_docs(&mut structure.attrs, &format!("A builder of [`{name}`](super::{name})."));
                    Item::Struct(structure)
                }
                Kind::Impl(_) => {
                    let functions = item.take_body();
                    let mut own: ItemImpl = item.parse()?;
                    for function in split(functions) {
                        let setter = setter(api, structures, &setters, &name, function)?;
                        let null = setters.null(&name, &setter.sig.ident.to_string());
                        own.items.extend([Some(setter), null].into_iter().flatten().map(ImplItem::Fn));
                    }
                    Item::Impl(own)
                }
                _ => item.parse()?,
            };
            setters.visit_item_mut(&mut item);
            Flaws.visit_item_mut(&mut item);
            printer.item(item);
            add(parts.forms.entry(name).or_default(), &printer.take());
        }
        for (part, _) in structures.iter().filter(|(name, _)| self.is_part_alone(name)) {
            printer.item(hidden(part));
            add(parts.forms.entry(part.clone()).or_default(), &printer.take());
        }
        let debugs = Debugs::that_show(&quote!(zap_client_runtime::Form::from(self.clone())));
        for (body, fields) in structures.iter().filter(|(name, _)| self.bodies.contains(name.as_str())) {
            if api.answers.contains(body) {
                continue;
            }
            let name = format_ident!("{body}");
            printer.item(debugs.of(parse_quote!(#name)));
            printer.item(debugs.of(parse_quote!(super::#name)));
            printer.code(form(api, body, fields, self.media(body))?)?;
            parts.bodies.insert(body.clone(), printer.take());
        }
        Ok(())
    }
}

/// A function of a form's builder.
fn setter(
    api: &Api,
    structures: &Structures,
    setters: &Setters,
    builder: &str,
    function: Unparsed,
) -> Result<ImplItemFn> {
    let Kind::Function(name) = function.kind() else {
        return unexpected(format!("the builder of `{builder}` has items other than functions"));
    };
    let mut setter = setters.eased(builder, &name).map_or_else(|| function.parse(), Ok)?;
    if let (Some(fields), Some(object)) = (structures.get(builder), api.objects.get(builder)) {
        let is_it = |wire: &String| fields.get(wire).is_some_and(|(ident, _)| *ident == setter.sig.ident);
        if let Some(property) = object.properties.iter().find(|property| is_it(&property.name)) {
            set_docs(&mut setter.attrs, &property.description);
        }
    }
    Ok(setter)
}

/// Returns whether a field of a form is required.
fn is_required(api: &Api, structures: &Structures, form: &str, field: &str) -> bool {
    let (Some(fields), Some(object)) = (structures.get(form), api.objects.get(form)) else { return false };
    object.properties.iter().any(|one| one.required && fields.get(&one.name).is_some_and(|(ident, _)| ident == field))
}

/// The parts of a form, in the order of the spec.
fn form(api: &Api, name: &str, fields: &Fields, media: Media) -> Result<TokenStream> {
    let Some(object) = api.objects.get(name) else { return unexpected(format!("there is no schema `{name}`")) };
    if let Some(field) = fields.keys().find(|wire| !object.properties.iter().any(|one| one.name == **wire)) {
        return unexpected(format!("the field `{field}` of the form `{name}` is not a property of its schema"));
    }
    let mut parts = TokenStream::new();
    for property in &object.properties {
        let wire = &property.name;
        let Some((field, ty)) = fields.get(wire) else {
            return unexpected(format!("the form `{name}` has no field for `{wire}`"));
        };
        let as_json = media == Media::Json || property.shape == Shape::Object;
        parts.extend(match (&property.shape, property.required) {
            _ if as_json => json_of(api, wire, field, ty),
            (Shape::File, true) => quote!(.file_of(#wire, form.#field.map(Some))),
            (Shape::File, false) => quote!(.file(#wire, form.#field)),
            (Shape::List, true) if mentions_file(ty) => quote!(.file(#wire, form.#field.into_iter().flatten())),
            (Shape::List, false) if mentions_file(ty) => quote!(.file(#wire, form.#field)),
            (Shape::Scalar, true) => quote!(.text_of(#wire, form.#field.map(Some))),
            (Shape::List, true) => quote!(.text_of(#wire, Ok(form.#field.into_iter().flatten()))),
            (Shape::Scalar | Shape::List, false) => quote!(.text_of(#wire, Ok(form.#field))),
            (Shape::Map { .. } | Shape::Object, _) => {
                return unexpected(format!("`{name}.{wire}` is an object, which a form cannot hold"));
            }
        });
    }
    let has_setter = |name| fields.values().any(|(field, _)| field == name);
    let name = format_ident!("{name}");
    // A setter hides the function of the trait.
    let into_form = if has_setter("from") || has_setter("into") {
        quote! {
            let builder: #name = ::std::convert::From::from(form);
            ::std::convert::From::from(builder)
        }
    } else {
        quote!(#name::from(form).into())
    };
    let new = format_ident!(
        "{}",
        match media {
            Media::Multipart => "new",
            Media::Json => "json",
            Media::Urlencoded => "urlencoded",
        }
    );
    Ok(quote! {
        impl ::std::convert::From<#name> for zap_client_runtime::Form {
            fn from(form: #name) -> Self {
                Self::#new() #parts
            }
        }

        impl ::std::convert::From<super::#name> for zap_client_runtime::Form {
            fn from(form: super::#name) -> Self {
                #into_form
            }
        }
    })
}

/// Adds a field of a JSON object, or an object of an urlencoded form. `ty` is the type of the field in the form itself.
fn json_of(api: &Api, wire: &str, field: &Ident, ty: &Type) -> TokenStream {
    let kind = subject(ty).unwrap_or_default();
    if kind == "Nullable" {
        let is_result = api.parts.contains(&innermost(ty));
        let value = if is_result { quote!(form.#field) } else { quote!(Ok(form.#field)) };
        return quote!(.nullable_of(#wire, #value));
    }
    let value = match (api.parts.contains(&innermost(ty)), kind.as_str()) {
        (true, "Option") => quote!(form.#field),
        (false, "Option" | "Vec" | "BTreeMap") => quote!(Ok(form.#field)),
        _ => quote!(form.#field.map(Some)),
    };
    quote!(.json_of(#wire, #value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::read::read;

    /// Callers could set such a field, and it would never be sent.
    #[test]
    fn a_field_that_would_not_be_sent_is_an_error() {
        let document =
            Document::parse("spec", include_str!("../../tests/suite/bad_input/valid.yaml")).expect("it is YAML");
        let api = read(&document).expect("it is right");
        let fields = |names: &[&str]| -> Fields {
            let field = |name: &&str| ((*name).to_owned(), (format_ident!("{name}"), parse_quote!(String)));
            names.iter().map(field).collect()
        };
        let own = ["text", "color", "labels", "picture"];
        form(&api, "AddNoteBody", &fields(&own), Media::Multipart).expect("each field is a property");
        let error = form(&api, "AddNoteBody", &fields(&[&own[..], &["base"]].concat()), Media::Multipart)
            .expect_err("one is not");
        assert!(error.to_string().contains("`base` of the form `AddNoteBody`"), "{error}");
    }
}
