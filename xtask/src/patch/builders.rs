//! The operations' builders and their `send`.

use quote::{format_ident, quote};
use syn::visit_mut::VisitMut;
use syn::{ImplItem, ImplItemFn, Item, ItemImpl, ItemStruct, parse_quote};

use super::builder_errors::Flaws;
use super::prelude_paths::polish_docs;
use super::root_setter::root_setter;
use super::sends::send;
use super::setters::Setters;
use super::split::{Kind, Unparsed, split};
use super::types::Structures;
use super::{Debugs, Parts, Patch, Result, add, docs, pagination, set_docs, underive, unexpected};
use crate::model::{Api, Body, Media, Operation};
use crate::names;

impl Patch<'_> {
    /// Adds the builders, each with its `Debug`.
    pub(super) fn builders(&self, types: &Structures, mut module: Unparsed, parts: &mut Parts) -> Result<()> {
        let items = module.take_body();
        let mut printer = self.printer();
        let debugs = Debugs::that_show(&quote!(self.clone().into_call()));
        let mut setters = Setters::default();
        let (mut builders, mut sends) = (0, 0);
        for mut item in split(items) {
            match item.kind() {
                Kind::Use => {}
                Kind::Struct(_) => {
                    let mut structure: ItemStruct = item.parse()?;
                    polish_docs(&mut structure.attrs);
                    let operation = self.operations.get(&structure.ident.to_string());
                    let parameters = operation.into_iter().flat_map(|operation| &operation.parameters);
                    setters = Setters::of(
                        &mut structure,
                        |field| parameters.clone().any(|one| one.required && names::setter(&one.name) == field),
                        |_| false,
                        |_| false,
                    );
                    underive(&mut structure.attrs, &["Debug"])?;
                    builders += 1;
                    Flaws.visit_item_struct_mut(&mut structure);
                    printer.item(Item::Struct(structure));
                }
                Kind::Impl(builder) => {
                    let Some(operation) = self.operations.get(&builder) else {
                        return unexpected(format!("no operation has the builder `{builder}`"));
                    };
                    let functions = item.take_body();
                    let mut own: ItemImpl = item.parse()?;
                    let mut calls = Vec::new();
                    for function in split(functions) {
                        match function.kind() {
                            Kind::Function(name) if name == "send" => {
                                let (send, others) = send(self.api, operation, function)?;
                                own.items.push(send);
                                calls.extend(others);
                                sends += 1;
                            }
                            Kind::Function(name) => {
                                let function = setters.eased(&builder, &name).map_or_else(|| function.parse(), Ok)?;
                                own.items.push(ImplItem::Fn(patch_function(
                                    self.api,
                                    operation,
                                    &name,
                                    function,
                                    &mut setters,
                                )?));
                            }
                            _ => return unexpected(format!("the builder `{builder}` has items other than functions")),
                        }
                    }
                    own.items.extend(calls);
                    own.items.extend(pagination::items(self.api, operation, types)?);
                    printer.item(Item::Impl(own));
                    let name = format_ident!("{builder}");
                    printer.item(debugs.of(parse_quote!(#name<'_>)));
                }
                _ => return unexpected("`mod builder` has items other than builders"),
            }
        }
        if sends != builders {
            return unexpected(format!("{sends} `send` functions for {builders} builders"));
        }
        add(&mut parts.builders, &printer.take());
        Ok(())
    }
}

/// A function of a builder other than `send`.
fn patch_function(
    api: &Api,
    operation: &Operation,
    name: &str,
    mut function: ImplItemFn,
    setters: &mut Setters,
) -> Result<ImplItemFn> {
    match name {
        "new" => {
            function.vis = parse_quote!(pub(super));
            setters.visit_block_mut(&mut function.block);
        }
        "body" => {
            function = match &operation.body {
                Some(Body::Fields { schema, media }) => {
                    let form = format_ident!("{schema}");
                    let docs = docs(if *media == Media::Json {
                        "Sets the whole JSON object."
                    } else {
                        "Sets the whole form."
                    });
                    parse_quote! {
                        #(#docs)*
                        pub fn body(mut self, value: impl ::std::convert::Into<types::builder::#form>) -> Self {
                            self.body = value.into();
                            self
                        }
                    }
                }
                Some(Body::Json { ty, .. }) => root_setter(api, ty)?,
                None => return unexpected(format!("`{}` has no body", operation.id)),
            };
        }
        "body_map" => {
            let is_json = matches!(operation.body, Some(Body::Fields { media: Media::Json, .. }));
            let what = if is_json { "JSON object" } else { "form" };
            let docs = format!(
                "Fills in the {what}: `f` receives its builder, and returns it with more fields set. Values that are set \
                 already stay.\n\nFor example: `.body_map(|b| b.field(value))`."
            );
            set_docs(&mut function.attrs, &docs);
            function.block = parse_quote!({
                self.body = f(self.body);
                self
            });
        }
        setter => {
            let parameter = operation.parameters.iter().find(|parameter| names::setter(&parameter.name) == setter);
            let Some(parameter) = parameter else {
                return unexpected(format!("`{}` has no parameter for the setter `{setter}`", operation.id));
            };
            set_docs(&mut function.attrs, &parameter.description);
        }
    }
    Flaws.visit_impl_item_fn_mut(&mut function);
    Ok(function)
}
