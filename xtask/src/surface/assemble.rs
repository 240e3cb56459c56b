//! Puts the files of a client together.

use syn::visit_mut::VisitMut;
use syn::{Item, Visibility, token};

use super::short::short;
use crate::client_code::ClientCode;

/// Returns the items of a client, without documentation, each module with its items.
pub(super) fn assemble(code: &ClientCode) -> syn::Result<Vec<Item>> {
    let mut items = Vec::new();
    for item in file(code, ClientCode::ROOT, "")? {
        match item {
            // The root exports the items of its private module.
            Item::Mod(module) if matches!(module.vis, Visibility::Inherited) => {
                items.extend(module.content.into_iter().flat_map(|(_, items)| items));
            }
            Item::Use(item) if short(&item) == EXPORTS => {}
            item => items.push(item),
        }
    }
    Ok(items)
}

const EXPORTS: &str = "pub use  { Client, Credentials, Provider };";

/// Returns the items of a file whose modules are in `folder`.
fn file(code: &ClientCode, path: &str, folder: &str) -> syn::Result<Vec<Item>> {
    let text = code.files().find(|(other, _)| *other == path).map(|(_, text)| text).unwrap_or_default();
    let mut file = syn::parse_file(text)?;
    Undocumented.visit_file_mut(&mut file);
    for item in &mut file.items {
        if let Item::Mod(module) = item
            && module.content.is_none()
        {
            let name = format!("{folder}{}", module.ident);
            let items = self::file(code, &format!("{name}.rs"), &format!("{name}/"))?;
            module.content = Some((token::Brace::default(), items));
        }
    }
    Ok(file.items)
}

/// Removes the documentation.
struct Undocumented;

impl VisitMut for Undocumented {
    fn visit_attributes_mut(&mut self, attrs: &mut Vec<syn::Attribute>) {
        attrs.retain(|attr| !attr.path().is_ident("doc"));
    }
}
