//! Masks credentials in everything that the ledger shows. It finds the values of the sandbox's world, and values under
//! names of credentials, which may be real ones that were sent here by mistake.

mod inline;
mod json;
mod known;
mod layers;
mod names;

use std::{borrow::Cow, ops::Range, sync::Arc};

use percent_encoding::percent_decode_str;
use serde_json::Value;

use known::Known;
use layers::Layer;

pub(crate) use names::is_secret;

const MASK: &str = "***";
/// How many nested encodings are decoded.
const LAYERS: usize = 4;
/// How deep JSON is searched for in the strings of JSON.
const NESTED: usize = 3;
/// The size of the windows in which a text is searched, and by how much they overlap.
const WINDOW: usize = 64 * 1024;
const OVERLAP: usize = 8 * 1024;
/// The longest name without a value that a form shows.
const WORD: usize = 16;

/// The credentials of a world, and those in one call.
#[derive(Debug, Default)]
pub(crate) struct Secrets {
    world: Arc<Known>,
    call: Known,
}

impl Secrets {
    /// Returns the credentials of a world.
    pub(crate) fn new(values: impl IntoIterator<Item = String>) -> Self {
        Self { world: Arc::new(Known::new(values)), call: Known::default() }
    }

    /// Adds the values that a call sends as its credentials.
    pub(crate) fn and(&self, values: Vec<String>) -> Self {
        let others = values.into_iter().filter(|value| !self.world.has(value));
        Self { world: Arc::clone(&self.world), call: Known::new(others) }
    }

    /// Returns a text with every known value masked.
    pub(crate) fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.masked(text, false, false)
    }

    /// Does the same for a text that may have been cut in the middle of a value.
    pub(crate) fn cut_text<'t>(&self, text: &'t str, cut: bool) -> Cow<'t, str> {
        self.masked(text, cut, false)
    }

    /// Returns the value of a header, a parameter or a field, masked.
    pub(crate) fn value(&self, name: &str, value: &str, cut: bool) -> String {
        // A value without a name may be a credential.
        if (is_secret(name) || name.is_empty()) && !value.is_empty() {
            MASK.to_owned()
        } else {
            self.inner(value, cut, 0)
        }
    }

    /// Returns the name of a parameter or a field, masked. A name without a value may be a value without a name.
    pub(crate) fn name(&self, name: &str, has_value: bool) -> String {
        let is_word =
            name.len() <= WORD && name.chars().all(|letter| letter.is_alphanumeric() || "_-.[]".contains(letter));
        if has_value || is_word { self.inner(name, name.len() >= WORD, 0) } else { MASK.to_owned() }
    }

    /// Returns path and query with the values of credentials masked.
    pub(crate) fn target(&self, target: &str) -> String {
        match target.split_once('?') {
            Some((path, query)) => format!("{}?{}", self.masked(path, false, true), self.pairs(query, false)),
            None => self.masked(target, false, true).into_owned(),
        }
    }

    /// Returns a body that is not a form, masked: JSON by its keys, and text in the format of a query string by its
    /// names. Anything else is not shown, because it is unknown which parts are credentials.
    pub(crate) fn body(&self, text: &str, cut: bool) -> String {
        if looks_like_json(text) {
            self.json(text, cut, 0)
        } else if is_pairs(text, cut) {
            self.pairs(text, cut)
        } else {
            format!("{MASK} ({} bytes or more that are neither JSON nor a form)", text.len())
        }
    }

    fn pairs(&self, query: &str, cut: bool) -> String {
        let last = query.rfind('&').map_or(0, |at| at + 1);
        let mut at = 0;
        let pairs = query.split('&').map(|pair| {
            let is_last = at == last;
            at += pair.len() + 1;
            self.pair(pair, cut && is_last)
        });
        pairs.collect::<Vec<_>>().join("&")
    }

    fn pair(&self, pair: &str, cut: bool) -> String {
        let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
        let Some((name, value)) = pair.split_once('=') else {
            let name = decoded(pair);
            return if self.name(&name, false) == name { pair.to_owned() } else { MASK.to_owned() };
        };
        let (decoded_name, plain) = (decoded(name), decoded(value));
        let shown_name = if self.name(&decoded_name, true) == decoded_name { name } else { MASK };
        let same = self.value(&decoded_name, &plain, cut) == plain && self.masked(value, cut, true) == value;
        format!("{shown_name}={}", if same { value } else { MASK })
    }

    /// Masks a text in a request. It may contain JSON, or names of credentials with their values.
    fn inner(&self, text: &str, cut: bool, nested: usize) -> String {
        if nested < NESTED && is_like_json(text) {
            return self.json(text, cut, nested + 1);
        }
        self.masked(text, cut, true).into_owned()
    }

    fn json(&self, text: &str, cut: bool, nested: usize) -> String {
        let whole = (!cut).then(|| serde_json::from_str::<Value>(text));
        if let Some(Ok(mut value)) = whole {
            // Strings that may contain nested values are masked separately, so that the mask ends where they end.
            let inner = |text: &str| {
                let masked = text.contains(['{', '[']).then(|| self.inner(text, false, nested));
                masked.filter(|masked| masked != text)
            };
            // A body without a credential is shown as received. Others are serialized again.
            let masked = json::mask(&mut value, &inner).then(|| value.to_string());
            return self.masked(masked.as_deref().unwrap_or(text), false, true).into_owned();
        }
        json::beginning(text, cut, &|text, cut| self.inner(text, cut, nested))
    }

    /// Masks the known values in a text, and with `named` also the values after names of credentials.
    fn masked<'t>(&self, text: &'t str, cut: bool, named: bool) -> Cow<'t, str> {
        let mut found = Vec::new();
        let mut start = 0;
        loop {
            // With names, the text is searched as a whole, because a value can begin far from its name.
            let end = if named { text.len() } else { (start + WINDOW).min(text.len()) };
            let mut inside = Vec::new();
            let Some(window) = text.as_bytes().get(start..end) else { break };
            self.find(window, cut && end == text.len(), named, &mut inside);
            found.extend(inside.into_iter().map(|hit| start + hit.start..start + hit.end));
            if end == text.len() {
                break;
            }
            start = end - OVERLAP;
        }
        replaced(text, found)
    }

    fn find(&self, text: &[u8], cut: bool, named: bool, found: &mut Vec<Range<usize>>) {
        let mut layer = Layer::new(text);
        for _ in 0..LAYERS {
            for known in [&*self.world, &self.call].into_iter().filter(|known| !known.is_empty()) {
                known.find(&layer, found);
                if cut {
                    known.find_cut(&layer, found);
                }
            }
            if named {
                inline::find(&layer, found);
            }
            let Some(next) = layer.decoded() else { break };
            layer = next;
        }
    }
}

/// Replaces ranges of a text with the mask.
fn replaced(text: &str, mut found: Vec<Range<usize>>) -> Cow<'_, str> {
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    found.sort_by_key(|range| range.start);
    let mut masked = String::with_capacity(text.len());
    let mut shown_to = 0;
    for range in found {
        let (mut start, mut end) = (range.start, range.end.min(text.len()));
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        if start >= shown_to {
            masked.push_str(&text[shown_to..start]);
            masked.push_str(MASK);
        }
        shown_to = shown_to.max(end);
    }
    masked.push_str(&text[shown_to..]);
    Cow::Owned(masked)
}

/// Whether a body begins like JSON.
fn looks_like_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// Whether a text that may be a message continues like JSON. `[Shop] Hello` and `{{1}}` do not.
fn is_like_json(text: &str) -> bool {
    let text = text.trim_start();
    let Some(inside) = text.strip_prefix(['{', '[']) else { return false };
    let inside = inside.trim_start();
    inside.starts_with(['"', '\'']) || (text.starts_with('[') && inside.starts_with(['{', '[', ']']))
}

/// Whether a text has the format of a query string: names with values, and only characters that can be in one.
fn is_pairs(text: &str, cut: bool) -> bool {
    let sound = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'{' | b'}' | b'\\' | b'`');
    let is_name = |name: &str| {
        (1..=128).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.[]%+".contains(&byte))
    };
    let last = text.rfind('&').map_or(text, |at| &text[at + 1..]);
    text.bytes().all(sound)
        && text.contains('=')
        && text.split('&').all(|pair| match pair.split_once('=') {
            Some((name, _)) => is_name(name),
            None => cut && pair == last,
        })
}

#[cfg(test)]
mod tests;
