//! The listing of each client's surface, which reviewers read.

use std::fs;

use quote::ToTokens as _;
use syn::ImplItem;
use syn::visit_mut::{self, VisitMut};
use xtask::codegen::generate;
use xtask::document::Document;
use xtask::review::Revision;
use xtask::surface::surface;

use crate::folders::root;
use crate::valid::SPEC;

/// There is one snapshot for each spec, with the name of its crate.
#[test]
fn the_surface_of_each_client() {
    for spec in fs::read_dir(root().join("specs")).expect("specs/ is there") {
        let spec = spec.expect("specs/ can be read").path();
        if spec.extension().is_some_and(|ending| ending == "yaml") {
            let name = format!("{}-client", spec.file_stem().expect("it has a name").display());
            let revision = Revision::of_folder(root()).expect("the workspace can be read");
            let code = revision.code(&format!("crates/{name}/src/generated"));
            let listing = surface(&code.expect("each spec has its client")).expect("the listing knows all of it");
            insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
                insta::assert_snapshot!(name, listing);
            });
        }
    }
}

/// If a public item is removed or gets another type, the listing changes or refuses the code.
#[test]
fn no_public_item_is_left_out() {
    let spec = Document::parse("notes.yaml", SPEC).expect("it is YAML");
    let code = generate(&spec, "notes.yaml").expect("the spec is right");
    let listing = surface(&code).expect("the listing knows all of it");
    let mut items = 0;
    for (path, text) in code.files() {
        let file = syn::parse_file(text).expect("it is Rust");
        let mut all = Breaking { nth: usize::MAX, seen: 0 };
        all.visit_file_mut(&mut file.clone());
        items += all.seen;
        for nth in 0..all.seen {
            let mut file = file.clone();
            Breaking { nth, seen: 0 }.visit_file_mut(&mut file);
            let broken = file.to_token_stream().to_string();
            let changed = code.map(|other, text| if other == path { broken.clone() } else { text.to_owned() });
            assert!(
                surface(&changed).map_or(true, |changed| changed != listing),
                "the listing is the same without this:\n{}",
                difference(text, &prettyplease::unparse(&file))
            );
        }
    }
    assert!(items > 100, "only {items} items are public");
}

/// Removes the nth public item from the code, or changes its type.
struct Breaking {
    nth: usize,
    seen: usize,
}

impl Breaking {
    fn keep(&mut self) -> bool {
        self.seen += 1;
        self.seen - 1 != self.nth
    }

    fn keep_type(&mut self, ty: &mut syn::Type) {
        if !self.keep() {
            *ty = syn::parse_quote!(Other);
        }
    }

    fn traits(&mut self, attrs: &mut Vec<syn::Attribute>) {
        let relevant = ["derive", "cfg_attr", "non_exhaustive"];
        attrs.retain(|attr| {
            // An attribute for schemars is not a trait.
            let matters = relevant.iter().any(|name| attr.path().is_ident(name));
            !matters || attr.to_token_stream().to_string().contains("schemars (") || self.keep()
        });
    }

    fn signature(&mut self, signature: &mut syn::Signature) {
        for input in &mut signature.inputs {
            if let syn::FnArg::Typed(input) = input {
                self.keep_type(&mut input.ty);
            }
        }
        if let syn::ReturnType::Type(_, ty) = &mut signature.output {
            self.keep_type(ty);
        }
    }
}

impl VisitMut for Breaking {
    fn visit_file_mut(&mut self, file: &mut syn::File) {
        file.items.retain(|item| !is_public_item(item) || self.keep());
        visit_mut::visit_file_mut(self, file);
    }

    fn visit_item_mod_mut(&mut self, module: &mut syn::ItemMod) {
        if let Some((_, items)) = &mut module.content {
            items.retain(|item| !is_public_item(item) || self.keep());
        }
        visit_mut::visit_item_mod_mut(self, module);
    }

    fn visit_item_impl_mut(&mut self, item: &mut syn::ItemImpl) {
        if item.trait_.is_some() {
            return;
        }
        item.items.retain(|item| match item {
            ImplItem::Fn(function) => !is_public(&function.vis) || self.keep(),
            ImplItem::Const(constant) => !is_public(&constant.vis) || self.keep(),
            _ => true,
        });
        for item in &mut item.items {
            match item {
                ImplItem::Fn(function) if is_public(&function.vis) => self.signature(&mut function.sig),
                ImplItem::Const(constant) if is_public(&constant.vis) => self.keep_type(&mut constant.ty),
                _ => {}
            }
        }
    }

    fn visit_item_struct_mut(&mut self, item: &mut syn::ItemStruct) {
        if is_public(&item.vis) {
            self.traits(&mut item.attrs);
        }
        visit_mut::visit_item_struct_mut(self, item);
    }

    fn visit_item_enum_mut(&mut self, item: &mut syn::ItemEnum) {
        self.traits(&mut item.attrs);
        item.variants = std::mem::take(&mut item.variants).into_iter().filter(|_| self.keep()).collect();
        for field in item.variants.iter_mut().flat_map(|variant| &mut variant.fields) {
            self.keep_type(&mut field.ty);
        }
    }

    fn visit_fields_named_mut(&mut self, fields: &mut syn::FieldsNamed) {
        let named = std::mem::take(&mut fields.named).into_iter();
        fields.named = named.filter(|field| !is_public(&field.vis) || self.keep()).collect();
        for field in fields.named.iter_mut().filter(|field| is_public(&field.vis)) {
            self.keep_type(&mut field.ty);
        }
    }
}

fn is_public_item(item: &syn::Item) -> bool {
    match item {
        // An implementation is as public as its trait.
        syn::Item::Impl(_) | syn::Item::Macro(_) => true,
        syn::Item::Struct(item) => is_public(&item.vis),
        syn::Item::Enum(item) => is_public(&item.vis),
        syn::Item::Mod(item) => is_public(&item.vis),
        syn::Item::Static(item) => is_public(&item.vis),
        _ => false,
    }
}

fn is_public(vis: &syn::Visibility) -> bool {
    matches!(vis, syn::Visibility::Public(_))
}

/// Returns the lines that were removed.
fn difference(before: &str, after: &str) -> String {
    let lines: Vec<_> = after.lines().map(str::trim).collect();
    before.lines().map(str::trim).filter(|line| !lines.contains(line)).collect::<Vec<_>>().join("\n")
}
