//! From progenitor's code to ours.
//!
//! progenitor gives the types, a builder for each operation and their setters. What it cannot know
//! is replaced: the client itself, each `send`, and how answers are read. A step that does not find
//! what it expects is an error, so that a new version of progenitor cannot slip by.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, Ident, ImplItem, Item, ItemImpl, ItemMod, ItemStruct, LitStr, Stmt, Type, parse_quote};

use crate::emit;
use crate::model::{Api, Operation, Parameter, Place};
use crate::schema::Shape;

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
    patch_builders(api, &mut builders)?;
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

// ---- The client's methods -------------------------------------------------------------------------------------

/// Writes each method's documentation anew: progenitor's runs the parameters' paragraphs together.
fn patch_methods(api: &Api, methods: &mut ItemImpl) -> Result<()> {
    let mut names = BTreeSet::new();
    for item in &mut methods.items {
        let ImplItem::Fn(method) = item else { continue };
        let name = method.sig.ident.to_string();
        let Some(operation) = api.operations.iter().find(|operation| operation.id == name) else {
            return unexpected(format!("there is no operation for the method `{name}`"));
        };
        let docs = documentation(&method.attrs);
        let Some((intro, _)) = docs.split_once("```ignore") else {
            return unexpected(format!("the documentation of `{name}` has no example"));
        };
        let intro = intro.split("\nArguments:\n").next().unwrap_or(intro).trim();
        let arguments = arguments(operation);
        let docs = emit::doc(&format!("{intro}{arguments}"));
        method.attrs = parse_quote!(#docs);
        names.insert(name);
    }
    match api.operations.iter().find(|operation| !names.contains(&operation.id)) {
        Some(missing) => unexpected(format!("there is no method for `{}`", missing.id)),
        None => Ok(()),
    }
}

fn arguments(operation: &Operation) -> String {
    let parameter = |parameter: &Parameter| {
        let need = if parameter.required { " (required)" } else { "" };
        let first = parameter.description.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        format!("- `{}`{need}: {first}", ident(&parameter.name))
    };
    let body = |body| format!("- `body` (required): the form, [`types::{body}`]; `body_map` fills it in place");
    let list: Vec<_> = operation.parameters.iter().map(parameter).chain(operation.body.as_ref().map(body)).collect();
    if list.is_empty() { String::new() } else { format!("\n\n# Arguments\n\n{}", list.join("\n")) }
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

// ---- The operations' builders ---------------------------------------------------------------------------------

fn patch_builders(api: &Api, module: &mut ItemMod) -> Result<()> {
    let items = contents(module)?;
    items.retain(|item| !matches!(item, Item::Use(_)));
    ease_setters(items);
    let mut sends = 0;
    for item in items.iter_mut() {
        let Item::Impl(item) = item else { continue };
        let name = subject(&item.self_ty).unwrap_or_default();
        let Some(operation) = api.operations.iter().find(|one| one.id.to_upper_camel_case() == name) else {
            return unexpected(format!("there is no operation for the builder `{name}`"));
        };
        for item in &mut item.items {
            let ImplItem::Fn(function) = item else { continue };
            match function.sig.ident.to_string().as_str() {
                "new" => function.vis = parse_quote!(pub(super)),
                "send" => {
                    patch_send(operation, function)?;
                    sends += 1;
                }
                "body" => set_docs(&mut function.attrs, "Sets the whole form."),
                "body_map" => set_docs(&mut function.attrs, "Fills in the form."),
                setter => {
                    let parameter = operation.parameters.iter().find(|parameter| ident(&parameter.name) == setter);
                    let Some(parameter) = parameter else {
                        return unexpected(format!("`{}` has no parameter for the setter `{setter}`", operation.id));
                    };
                    set_docs(&mut function.attrs, &parameter.description);
                }
            }
        }
    }
    if sends != api.operations.len() {
        return unexpected(format!("{sends} `send` functions for {} operations", api.operations.len()));
    }
    items.insert(
        0,
        parse_quote!(
            #[allow(unused_imports)]
            use super::{Error, ResponseValue, operations, types};
        ),
    );
    Ok(())
}

/// Makes the setters of optional values, lists and maps take what callers have at hand: `&str` for
/// text, an `Option`, anything that can be iterated.
fn ease_setters(items: &mut [Item]) {
    let mut types = BTreeMap::new();
    for item in items.iter() {
        let Item::Struct(structure) = item else { continue };
        for field in &structure.fields {
            // progenitor keeps each value as a `Result` with what was wrong with it.
            if let (Some(name), [value, _]) = (&field.ident, arguments_of(&field.ty).as_slice()) {
                types.insert((structure.ident.to_string(), name.to_string()), value.clone());
            }
        }
    }
    for item in items {
        let Item::Impl(item) = item else { continue };
        let (Some(name), None) = (subject(&item.self_ty), &item.trait_) else { continue };
        for item in &mut item.items {
            let ImplItem::Fn(setter) = item else { continue };
            let field = &setter.sig.ident;
            let Some(ty) = types.get(&(name.clone(), field.to_string())) else { continue };
            if let Some(eased) = eased(field, ty) {
                *setter = eased;
            }
        }
    }
}

/// The setter for a value that is optional, a list or a map.
fn eased(field: &Ident, ty: &Type) -> Option<syn::ImplItemFn> {
    let inner = arguments_of(ty);
    match (subject(ty)?.as_str(), inner.as_slice()) {
        // An optional list is given or not; there is nothing to be said by `None`.
        ("Option", [many]) if matches!(subject(many)?.as_str(), "Vec" | "BTreeMap") => {
            eased_collection(field, many, true)
        }
        ("Option", [inner]) => Some(parse_quote! {
            pub fn #field(mut self, value: impl ::std::convert::Into<client_runtime::Optional<#inner>>) -> Self {
                self.#field = Ok(value.into().into_option());
                self
            }
        }),
        _ => eased_collection(field, ty, false),
    }
}

fn eased_collection(field: &Ident, ty: &Type, optional: bool) -> Option<syn::ImplItemFn> {
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
fn arguments_of(ty: &Type) -> Vec<Type> {
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

fn set_docs(attrs: &mut Vec<Attribute>, text: &str) {
    let docs = emit::doc(text);
    attrs.retain(|attr| !attr.path().is_ident("doc"));
    let docs: Vec<Attribute> = parse_quote!(#docs);
    attrs.splice(0..0, docs);
}

/// Keeps how a `send` unpacks its builder and replaces what it does with it.
fn patch_send(operation: &Operation, function: &mut syn::ImplItemFn) -> Result<()> {
    let id = &operation.id;
    let is_url =
        |statement: &Stmt| matches!(statement, Stmt::Local(local) if local.pat.to_token_stream().to_string() == "url");
    let statements = &mut function.block.stmts;
    let Some(end) = statements.iter().position(is_url) else {
        return unexpected(format!("`send` of `{id}` does not start its request with `let url`"));
    };
    statements.truncate(end);
    let table = emit::operation_ident(id);
    let mut errors = OwnErrors::default();
    for statement in statements.iter_mut() {
        errors.visit_stmt_mut(statement);
    }
    if errors.found > 0 {
        statements.insert(1, parse_quote!(let invalid = |detail| client.core.invalid(&operations::#table, detail);));
    }

    let unpacked = statements.first().map(|statement| statement.to_token_stream().to_string()).unwrap_or_default();
    let mut values = 0;
    let mut bind = |name: &str| -> Result<Ident> {
        values += 1;
        let name = ident(name);
        if unpacked.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name) {
            Ok(Ident::new(&name, Span::call_site()))
        } else {
            unexpected(format!("`send` of `{id}` has no value `{name}`"))
        }
    };
    let mut calls = TokenStream::new();
    for Parameter { name, place, required, shape, .. } in &operation.parameters {
        let value = bind(name)?;
        calls.extend(match (place, shape) {
            (Place::Path, _) => quote!(.path(#name, #value)),
            (_, Shape::Map { prefix }) if *required => quote!(.query_map(#prefix, #value)),
            (_, Shape::Map { prefix }) => quote!(.query_map(#prefix, #value.into_iter().flatten())),
            (_, Shape::List) if !required => quote!(.query(#name, #value.into_iter().flatten())),
            (_, Shape::Scalar) if *required => quote!(.query(#name, [#value])),
            _ => quote!(.query(#name, #value)),
        });
    }
    if operation.body.is_some() {
        let body = bind("body")?;
        calls.extend(quote!(.form(#body)));
    }
    if errors.found != values {
        return unexpected(format!("`send` of `{id}` unpacks {} values, expected {values}", errors.found));
    }
    statements.push(Stmt::Expr(parse_quote!(client.core.call(&operations::#table) #calls .send().await), None));

    let syn::ReturnType::Type(_, output) = &mut function.sig.output else {
        return unexpected(format!("`send` of `{id}` returns nothing"));
    };
    let answer = format_ident!("{}", operation.answer);
    if !output.to_token_stream().to_string().contains(&format!("types :: {answer}")) {
        return unexpected(format!("`send` of `{id}` does not return `{answer}`"));
    }
    **output = parse_quote!(::std::result::Result<ResponseValue<types::#answer>, Error>);
    let effect = if operation.changes { "Sends the call, once. " } else { "Sends the call. " };
    set_docs(&mut function.attrs, &format!("{effect}Dropping the future stops waiting; what was sent stays sent."));
    Ok(())
}

/// Replaces progenitor's error for a value that is missing or wrong by ours.
#[derive(Default)]
struct OwnErrors {
    found: usize,
}

impl VisitMut for OwnErrors {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if expr.to_token_stream().to_string() == "Error :: InvalidRequest" {
            *expr = parse_quote!(invalid);
            self.found += 1;
        } else {
            visit_mut::visit_expr_mut(self, expr);
        }
    }
}

/// The identifier that progenitor gives to a name.
fn ident(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let snake = plain.to_snake_case();
    if syn::parse_str::<Ident>(&snake).is_ok() { snake } else { format!("{snake}_") }
}

// ---- The types ------------------------------------------------------------------------------------------------

fn patch_types(api: &Api, shadowed: &BTreeSet<String>, module: &mut ItemMod) -> Result<()> {
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
    let mut done = BTreeSet::new();
    for body in api.operations.iter().filter_map(|operation| operation.body.as_ref()) {
        let Some(fields) = forms.get(body) else {
            return unexpected(format!("there is no type for the form `{body}`"));
        };
        if done.insert(body) {
            additions.push(form(api, body, fields)?);
        }
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

/// The fields of a structure: identifier by the name on the wire.
fn fields(structure: &ItemStruct) -> BTreeMap<String, Ident> {
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
            (Shape::File, true) => quote!(.file(#wire, [form.#field])),
            (Shape::File, false) => quote!(.file(#wire, form.#field)),
            (Shape::Scalar, true) => quote!(.text(#wire, [form.#field])),
            (Shape::Scalar, false) | (Shape::List, _) => quote!(.text(#wire, form.#field)),
            (Shape::Map { .. } | Shape::Object, _) => {
                return unexpected(format!("`{name}.{wire}` is an object, which a form cannot hold"));
            }
        });
    }
    let name = format_ident!("{name}");
    Ok(quote! {
        impl ::std::convert::From<#name> for client_runtime::Form {
            fn from(form: #name) -> Self {
                Self::new() #parts
            }
        }
    })
}

// ---- Form -----------------------------------------------------------------------------------------------------

/// Makes the code read as if written by hand: documentation line by line, plain messages, prelude
/// names without their paths.
struct Polish {
    /// Names that a schema has taken.
    shadowed: BTreeSet<String>,
}

/// What every Rust module can name as it is.
const PRELUDE: [&str; 10] = [
    "std::convert::From",
    "std::convert::Into",
    "std::convert::TryFrom",
    "std::convert::TryInto",
    "std::default::Default",
    "std::iter::IntoIterator",
    "std::option::Option",
    "std::result::Result",
    "std::string::String",
    "std::vec::Vec",
];

impl VisitMut for Polish {
    fn visit_attributes_mut(&mut self, attrs: &mut Vec<Attribute>) {
        if attrs.iter().any(|attr| attr.path().is_ident("doc")) {
            let docs = emit::doc(
                &documentation(attrs).lines().map(str::trim_end).map(unindent).collect::<Vec<_>>().join("\n"),
            );
            let docs: Vec<Attribute> = parse_quote!(#docs);
            attrs.retain(|attr| !attr.path().is_ident("doc"));
            attrs.splice(0..0, docs);
        }
    }

    fn visit_type_path_mut(&mut self, ty: &mut syn::TypePath) {
        // `<T as Trait>::Name` counts the segments of its path: only what is inside may change.
        if let Some(qself) = &mut ty.qself {
            self.visit_type_mut(&mut qself.ty);
            ty.path.segments.iter_mut().for_each(|segment| self.visit_path_segment_mut(segment));
        } else {
            visit_mut::visit_type_path_mut(self, ty);
        }
    }

    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        let names: Vec<_> = path.segments.iter().take(3).map(|segment| segment.ident.to_string()).collect();
        if PRELUDE.contains(&names.join("::").as_str()) && !self.shadowed.contains(&names[2]) {
            path.leading_colon = None;
            path.segments = path.segments.iter().skip(2).cloned().collect();
        }
    }

    fn visit_lit_str_mut(&mut self, text: &mut LitStr) {
        let value = text.value();
        let missing =
            value.strip_suffix(" was not initialized").or_else(|| value.strip_prefix("no value supplied for "));
        let plain = if let Some(name) = missing {
            format!("`{name}` is missing")
        } else if let Some((_, name)) = value.strip_suffix(" failed").and_then(|value| value.rsplit_once("` for ")) {
            format!("the value for `{name}` does not have its type")
        } else {
            return;
        };
        *text = LitStr::new(&plain, text.span());
    }
}

/// Documentation lines come with and without a space in front.
fn unindent(line: &str) -> &str {
    line.strip_prefix(' ').unwrap_or(line)
}
