//! Code as text, item by item.

use proc_macro2::{Span, TokenStream};
use syn::visit_mut::VisitMut as _;
use syn::{File, Ident, Item, ItemMod, Visibility, token};

use super::polish::Polish;
use super::split::{Unparsed, split};
use super::{PatchError, Result};

/// Polishes items and prints them below each other.
pub(super) struct Printer<'a> {
    polish: Polish<'a>,
    /// How many modules are around the next item.
    depth: usize,
    pub(super) text: String,
}

impl<'a> Printer<'a> {
    pub(super) fn new(polish: Polish<'a>) -> Self {
        Self { polish, depth: 0, text: String::new() }
    }

    /// Begins a module, of which `module` has all but the body.
    pub(super) fn open(&mut self, module: Unparsed) -> Result<()> {
        self.item(Item::Mod(module.parse()?));
        let Some(end) = self.text.trim_end().strip_suffix('}').map(str::len) else {
            return Err(PatchError("a module has no braces".to_owned()));
        };
        self.text.truncate(end);
        self.text.push('\n');
        self.depth += 1;
        Ok(())
    }

    /// Ends a module.
    pub(super) fn close(&mut self) {
        self.depth -= 1;
        self.text.extend(std::iter::repeat_n("    ", self.depth));
        self.text.push_str("}\n");
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
