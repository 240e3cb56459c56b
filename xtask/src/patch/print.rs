//! Prints code, item by item.

use proc_macro2::TokenStream;
use syn::visit_mut::VisitMut as _;
use syn::{File, Item};

use super::Result;
use super::prelude_paths::PreludePaths;
use super::split::split;
use super::width::joined;

/// Prints items, with a blank line between them.
pub(super) struct Printer<'a> {
    paths: PreludePaths<'a>,
    text: String,
}

impl<'a> Printer<'a> {
    pub(super) fn new(paths: PreludePaths<'a>) -> Self {
        Self { paths, text: String::new() }
    }

    /// Returns the text since the last call.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// Prints all items of a piece of code.
    pub(super) fn code(&mut self, code: TokenStream) -> Result<()> {
        split(code).try_for_each(|item| {
            self.item(item.parse::<Item>()?);
            Ok(())
        })
    }

    pub(super) fn item(&mut self, mut item: Item) {
        self.paths.visit_item_mut(&mut item);
        let text =
            prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] });
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&spaced(&joined(&text)));
    }
}

/// Adds a blank line between functions.
fn spaced(code: &str) -> String {
    let mut spaced = String::with_capacity(code.len() + code.len() / 32);
    let mut lines = code.lines().peekable();
    while let Some(line) = lines.next() {
        spaced.extend([line, "\n"]);
        if line == "    }" && lines.peek().is_some_and(|next| !next.is_empty() && *next != "}") {
            spaced.push('\n');
        }
    }
    spaced
}
