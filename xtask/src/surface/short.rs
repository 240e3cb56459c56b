//! Prints code as one line, without the modules of its names.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// `::std::option::Option<crate::types::Note>` becomes `Option<Note>`.
pub(super) fn short(code: &impl ToTokens) -> String {
    let mut line = Line::default();
    line.push_all(code.to_token_stream());
    line.trim();
    line.text
}

#[derive(Default)]
struct Line {
    text: String,
}

impl Line {
    fn push_all(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(word) => self.push_word(&word.to_string()),
                TokenTree::Literal(literal) => self.push_word(&literal.to_string()),
                TokenTree::Group(group) => self.push_group(group.delimiter(), group.stream()),
                TokenTree::Punct(punct) => {
                    let mut sign = String::from(punct.as_char());
                    let mut joint = punct.spacing() == Spacing::Joint && punct.as_char() != '\'';
                    while joint
                        && let Some(TokenTree::Punct(next)) = tokens.peek()
                        && matches!((sign.as_str(), next.as_char()), (":", ':') | ("-" | "=", '>'))
                    {
                        sign.push(next.as_char());
                        joint = false;
                        tokens.next();
                    }
                    self.push_sign(&sign);
                }
            }
        }
    }

    fn push_word(&mut self, word: &str) {
        if self.text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | ')' | ']' | '}' | '>')) {
            self.text.push(' ');
        }
        self.text.push_str(word);
    }

    fn push_group(&mut self, delimiter: Delimiter, inner: TokenStream) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => (" { ", " }"),
            Delimiter::None => ("", ""),
        };
        let after_lifetime = self.text.rsplit(['&', '<', ' ']).next().is_some_and(|last| last.starts_with('\''));
        if after_lifetime && delimiter == Delimiter::Bracket {
            self.text.push(' ');
        }
        self.text.push_str(open);
        self.push_all(inner);
        self.trim();
        self.text.push_str(close);
    }

    fn push_sign(&mut self, sign: &str) {
        match sign {
            "::" => self.leave_module(),
            "," | ":" => self.text.extend([sign, " "]),
            "=" | "+" | "->" | "=>" => self.text.extend([" ", sign, " "]),
            ">" => {
                self.trim();
                self.text.push('>');
            }
            _ => self.text.push_str(sign),
        }
    }

    /// Removes a comma at the end.
    fn trim(&mut self) {
        self.text.truncate(self.text.trim_end_matches([',', ' ']).len());
    }

    /// Removes the module before `::`. A type there stays.
    fn leave_module(&mut self) {
        let before = self.text.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_').len();
        let name = &self.text[before..];
        if name.starts_with(char::is_uppercase) || (name.is_empty() && self.text.ends_with('>')) {
            self.text.push_str("::");
        } else {
            self.text.truncate(before);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    fn shortened(code: &str) -> String {
        short(&code.parse::<proc_macro2::TokenStream>().expect("test code is Rust"))
    }

    #[test]
    fn modules_go_and_types_stay() {
        assert_eq!(shortened(":: std :: option :: Option < crate :: types :: Note >"), "Option<Note>");
        assert_eq!(
            shortened("< V as std::convert::TryInto<A> >::Error: std::fmt::Display"),
            "<V as TryInto<A>>::Error: Display"
        );
        assert_eq!(shortened("Self::Error"), "Self::Error");
    }

    #[test]
    fn spaces_are_where_a_person_puts_them() {
        assert_eq!(shortened("& 'static [Self ,]"), "&'static [Self]");
        assert_eq!(
            shortened("fn f (mut self , value : impl Into < (K , V) >) -> Self"),
            "fn f(mut self, value: impl Into<(K, V)>) -> Self"
        );
        assert_eq!(shortened("A { b : String , }"), "A { b: String }");
    }
}
