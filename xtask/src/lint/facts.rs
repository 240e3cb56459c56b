//! The numbered facts of `specs/facts.md`.

use std::collections::BTreeMap;

/// The list of facts.
#[derive(Debug)]
pub struct Facts {
    pub(super) file: String,
    pub(super) text: String,
    pub(super) by_number: BTreeMap<String, Fact>,
    /// Numbers that occur again, each with its line.
    pub(super) repeated: Vec<(String, usize)>,
    /// Texts that are not a number of a fact, each with its line.
    pub(super) misnumbered: Vec<(String, usize)>,
}

/// A fact.
#[derive(Debug)]
pub(super) struct Fact {
    pub(super) line: usize,
    /// The evidence in the brackets below the number.
    pub(super) evidence: Vec<String>,
}

impl Facts {
    /// Parses a text with a heading such as `#### E4` for each fact, above a paragraph that begins with its evidence, as
    /// in `(docs, public: where)`.
    #[must_use]
    pub fn parse(file: &str, text: &str) -> Self {
        let mut facts = Self {
            file: file.to_owned(),
            text: text.to_owned(),
            by_number: BTreeMap::new(),
            repeated: Vec::new(),
            misnumbered: Vec::new(),
        };
        let mut lines = text.lines().enumerate().peekable();
        while let Some((index, text)) = lines.next() {
            let line = index + 1;
            let Some(number) = text.strip_prefix("#### ").map(str::trim) else { continue };
            if facts.by_number.contains_key(number) {
                facts.repeated.push((number.to_owned(), line));
            } else if !is_fact(number) {
                facts.misnumbered.push((number.to_owned(), line));
            } else {
                while lines.next_if(|(_, blank)| blank.trim().is_empty()).is_some() {}
                let mut paragraph = String::new();
                while let Some((_, more)) = lines.next_if(|(_, more)| !more.trim().is_empty() && !more.starts_with('#'))
                {
                    paragraph += more.trim();
                    paragraph.push(' ');
                }
                let bracket = paragraph.strip_prefix('(').and_then(|rest| rest.split_once(')'));
                let word = |part: &str| part.split(':').next().unwrap_or_default().trim().to_owned();
                let evidence = bracket.map(|(words, _)| words.split(',').map(word).collect()).unwrap_or_default();
                facts.by_number.insert(number.to_owned(), Fact { line, evidence });
            }
        }
        facts
    }

    /// Returns the numbers of the facts.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = &str> {
        self.by_number.keys().map(String::as_str)
    }
}

/// Whether the text is a capital letter and digits.
fn is_fact(text: &str) -> bool {
    let digits = text.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
}
