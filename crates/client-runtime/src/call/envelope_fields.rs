//! Reads the properties of an answer that say how the call went.

use crate::decode::visitor::{self, DecodeError, ErasedDeserializer, Token, Visitor};
use crate::spec::envelope::Envelope;

/// The maximum number of texts for people, and of field names, to keep. Real answers have a handful.
const MAX_TEXTS: usize = 20;

/// The properties of an answer that the envelope names, whatever the answer's shape. All other properties are skipped,
/// however large or deep they are.
pub(crate) struct EnvelopeFields<'e> {
    envelope: &'e Envelope,
    /// Whether the body is valid JSON to its end.
    pub(crate) is_json: bool,
    /// Whether the body is a JSON object.
    pub(crate) is_object: bool,
    pub(crate) has_no_status: bool,
    pub(crate) status: Option<String>,
    pub(crate) remark: Option<String>,
    /// The texts for people, in the order of [`Envelope::texts`].
    texts: Vec<Texts>,
    /// The texts of a refusal by the framework.
    errors: Texts,
}

impl<'e> EnvelopeFields<'e> {
    /// Reads the properties from `body`. If it is not valid JSON to its end, none is present.
    pub(crate) fn read(body: &str, envelope: &'e Envelope) -> Self {
        let empty = || Self {
            envelope,
            is_json: false,
            is_object: false,
            has_no_status: true,
            status: None,
            remark: None,
            texts: envelope.texts.iter().map(|_| Texts::default()).collect(),
            errors: Texts::default(),
        };
        let mut fields = empty();
        if visitor::json(body, &mut fields).is_err() {
            return empty();
        }
        fields.is_json = true;
        fields
    }

    /// Returns whether the answer is the framework's own refusal of values.
    pub(crate) fn is_refusal_of_values(&self, status: u16) -> bool {
        self.envelope.validation.is_some_and(|answer| answer.http_status == status) && self.errors.is_bag
    }

    /// Returns the texts for people, and the names of the fields that they are listed under.
    pub(crate) fn texts_and_names(self, with_errors: bool) -> (Vec<String>, Vec<String>) {
        let errors = Some(self.errors).filter(|_| with_errors);
        let (mut texts, mut names) = (Vec::new(), Vec::new());
        for more in self.texts.into_iter().chain(errors) {
            names.extend(more.names);
            for text in more.found {
                // Laravel repeats its first error as the message.
                if texts.len() < MAX_TEXTS && !texts.contains(&text) {
                    texts.push(text);
                }
            }
        }
        (texts, names)
    }
}

impl Visitor for EnvelopeFields<'_> {
    fn start(&mut self, token: Token<'_>) -> Result<(), DecodeError> {
        self.is_object = matches!(token, Token::Object);
        Ok(())
    }

    fn part(&mut self, name: Option<&str>, value: &mut dyn ErasedDeserializer) -> Result<(), DecodeError> {
        let name = name.unwrap_or_default();
        let index = self.envelope.texts.iter().position(|text| *text == name);
        let (is_status, is_remark) = (name == self.envelope.status, Some(name) == self.envelope.remark);
        let is_errors = self.envelope.validation.is_some_and(|answer| answer.errors == name);
        if index.is_none() && !is_status && !is_remark && !is_errors {
            return Ok(());
        }
        let mut texts = Texts::default();
        let mut number = None;
        value.raw(&mut |json| {
            let is_number = json.starts_with(|c: char| c == '-' || c.is_ascii_digit());
            if is_remark && is_number && self.envelope.is_by_status() {
                number = Some(json.to_owned());
            }
            texts.read(json);
        })?;
        if is_status {
            self.has_no_status = false;
            self.status = texts.whole.clone();
        }
        if is_remark {
            // APIs that report the result with the HTTP status often number their errors.
            self.remark = texts.whole.clone().or(number);
        }
        if is_errors {
            self.errors = texts;
        } else if let Some(index) = index {
            self.texts[index] = texts;
        }
        Ok(())
    }
}

/// The texts of a value: the value itself, or the texts in its lists and objects, as in Laravel's message bags.
#[derive(Default)]
struct Texts {
    found: Vec<String>,
    /// The value itself, if it is a text.
    whole: Option<String>,
    /// The names in its objects.
    names: Vec<String>,
    /// Whether the value is an object that is not empty.
    is_bag: bool,
    depth: usize,
}

impl Texts {
    /// The maximum depth. No bag of messages is deeper, and the reader parses each level again.
    const DEEPEST: usize = 6;

    /// Reads a text that is known to be JSON.
    fn read(&mut self, json: &str) {
        if json.starts_with(['"', '[', '{']) && self.depth < Self::DEEPEST {
            self.depth += 1;
            // The JSON is valid, so only a number can fail, by being out of range, and numbers are skipped.
            let _ = visitor::json(json, self);
            self.depth -= 1;
        }
    }
}

impl Visitor for Texts {
    fn start(&mut self, token: Token<'_>) -> Result<(), DecodeError> {
        if let Token::Text(text) = token {
            self.whole = Some(text.to_owned()).filter(|_| self.depth == 1);
            self.found.push(text.to_owned());
        }
        Ok(())
    }

    fn part(&mut self, name: Option<&str>, item: &mut dyn ErasedDeserializer) -> Result<(), DecodeError> {
        self.is_bag |= name.is_some() && self.depth == 1;
        if let Some(name) = name.filter(|_| self.names.len() < MAX_TEXTS) {
            self.names.push(name.to_owned());
        }
        item.raw(&mut |json| {
            if self.found.len() < MAX_TEXTS {
                self.read(json);
            }
        })
    }
}
