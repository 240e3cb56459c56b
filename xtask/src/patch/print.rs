//! Code as text, item by item.

use proc_macro2::{Span, TokenStream};
use syn::visit_mut::VisitMut as _;
use syn::{File, Ident, Item, ItemMod, Visibility, token};

use super::prelude_paths::PreludePaths;
use super::split::split;
use super::{Result, unexpected};

/// Polishes items and prints them below each other.
pub(super) struct Printer<'a> {
    polish: PreludePaths<'a>,
    /// How many modules are around the items.
    depth: usize,
    pub(super) text: String,
}

impl<'a> Printer<'a> {
    /// For what stands in `depth` modules.
    pub(super) fn new(polish: PreludePaths<'a>, depth: usize) -> Self {
        Self { polish, depth, text: String::new() }
    }

    /// The text since the last call.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// The text of a piece of code.
    pub(super) fn of(mut self, code: TokenStream) -> Result<String> {
        self.code(code)?;
        Ok(self.text)
    }

    /// How a module or an `impl` that has no items yet begins.
    pub(super) fn head(mut self, item: Item) -> Result<String> {
        self.item(item);
        match self.text.trim_end().strip_suffix('}') {
            Some(head) => Ok(format!("{head}\n")),
            None => unexpected("a module has no braces"),
        }
    }

    /// Prints all items of a piece of code.
    pub(super) fn code(&mut self, code: TokenStream) -> Result<()> {
        split(code).try_for_each(|item| {
            self.item(item.parse::<Item>()?);
            Ok(())
        })
    }

    pub(super) fn item(&mut self, mut item: Item) {
        self.polish.visit_item_mut(&mut item);
        // Where lines break depends on how far they are indented.
        for _ in 0..self.depth {
            item = Item::Mod(ItemMod {
                attrs: Vec::new(),
                vis: Visibility::Inherited,
                unsafety: None,
                mod_token: <syn::Token![mod]>::default(),
                ident: Ident::new("around", Span::call_site()),
                content: Some((token::Brace::default(), vec![item])),
                semi: None,
            });
        }
        let text =
            prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] });
        let lines = (0..self.depth).try_fold(text.as_str(), |text, _| {
            Some(text.split_once('\n')?.1.trim_end_matches('\n').rsplit_once('\n')?.0)
        });
        self.text.push_str(lines.unwrap_or_default().trim_end_matches('\n'));
        self.text.push('\n');
    }
}
