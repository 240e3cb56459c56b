//! Splits code into items before it is parsed. Items that are dropped are never parsed, and one parsed item is in memory
//! at a time.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::parse::Parse;

use super::{PatchError, Result};

/// An item that is not parsed yet.
pub(super) struct Unparsed(Vec<TokenTree>);

/// What an item is, by name.
pub(super) enum Kind {
    Function(String),
    /// An `impl` of the type's own.
    Impl(String),
    Module(String),
    Other,
    Struct(String),
    /// An `impl` of a trait for a type.
    TraitImpl(String),
    Use,
}

/// The items of a file, of a module or of an `impl`.
pub(super) fn split(code: TokenStream) -> impl Iterator<Item = Unparsed> {
    let mut trees = code.into_iter();
    std::iter::from_fn(move || {
        let mut item = Unparsed(Vec::new());
        for tree in trees.by_ref() {
            let ends = match &tree {
                TokenTree::Punct(punct) => punct.as_char() == ';',
                TokenTree::Group(group) => group.delimiter() == Delimiter::Brace && item.ends_with_braces(),
                _ => false,
            };
            item.0.push(tree);
            if ends {
                break;
            }
        }
        (!item.0.is_empty()).then_some(item)
    })
}

impl Unparsed {
    /// Returns the position of the keyword that says what it is.
    fn keyword(&self) -> Option<usize> {
        self.0.iter().position(|tree| matches!(tree, TokenTree::Ident(word) if *word != "pub" && *word != "async"))
    }

    fn word(&self, at: usize) -> Option<&Ident> {
        match self.0.get(at)? {
            TokenTree::Ident(word) => Some(word),
            _ => None,
        }
    }

    /// Returns whether it ends with braces, and not with a semicolon.
    fn ends_with_braces(&self) -> bool {
        let keyword = self.keyword().and_then(|at| self.word(at));
        keyword.is_none_or(|word| !["const", "static", "type", "use"].iter().any(|one| word == one))
    }

    pub(super) fn kind(&self) -> Kind {
        let Some(at) = self.keyword() else { return Kind::Other };
        let name = || self.word(at + 1).map(ToString::to_string).unwrap_or_default();
        match self.word(at).map(ToString::to_string).unwrap_or_default().as_str() {
            "fn" => Kind::Function(name()),
            "impl" => self.implementation(at + 1),
            "mod" => Kind::Module(name()),
            "struct" => Kind::Struct(name()),
            "use" => Kind::Use,
            _ => Kind::Other,
        }
    }

    // The last name outside angle brackets is the type's.
    fn implementation(&self, start: usize) -> Kind {
        let (mut depth, mut name, mut of_trait) = (0, String::new(), false);
        for tree in &self.0[start..] {
            match tree {
                TokenTree::Punct(punct) if punct.as_char() == '<' => depth += 1,
                TokenTree::Punct(punct) if punct.as_char() == '>' => depth -= 1,
                TokenTree::Ident(word) if depth == 0 && word == "for" => of_trait = true,
                TokenTree::Ident(word) if depth == 0 && word == "where" => break,
                TokenTree::Ident(word) if depth == 0 => name = word.to_string(),
                _ => {}
            }
        }
        if of_trait { Kind::TraitImpl(name) } else { Kind::Impl(name) }
    }

    /// Takes the tokens between its braces.
    pub(super) fn take_body(&mut self) -> TokenStream {
        match self.0.last_mut() {
            Some(TokenTree::Group(group)) => {
                let body = group.stream();
                *group = Group::new(Delimiter::Brace, TokenStream::new());
                body
            }
            _ => TokenStream::new(),
        }
    }

    /// Returns its words, but not those within brackets.
    pub(super) fn words(&self) -> impl Iterator<Item = &Ident> {
        (0..self.0.len()).filter_map(|at| self.word(at))
    }

    pub(super) fn parse<T: Parse>(self) -> Result<T> {
        syn::parse2(self.0.into_iter().collect()).map_err(|error| PatchError(error.to_string()))
    }
}
