//! What an answer says of how the call went.

use crate::decode::visitor::{self, Slot, Start, Stop, Unread};
use crate::spec::envelope::Envelope;

/// How many texts for people are kept, and how many names of fields; real answers have a handful.
const MAX_TEXTS: usize = 20;

/// What an answer says of how the call went, whatever its shape. What nobody asks for is passed over, however large
/// or deep it is.
pub(crate) struct Said<'e> {
    envelope: &'e Envelope,
    pub(crate) has_no_status: bool,
    pub(crate) status: Option<String>,
    pub(crate) remark: Option<String>,
    /// The texts for people, by their place among the names: the most useful first.
    texts: Vec<Texts>,
    /// Those of a refusal by the framework.
    errors: Texts,
}

impl<'e> Said<'e> {
    pub(crate) fn by(body: &str, envelope: &'e Envelope) -> Self {
        let silent = || Self {
            envelope,
            has_no_status: true,
            status: None,
            remark: None,
            texts: envelope.texts.iter().map(|_| Texts::default()).collect(),
            errors: Texts::default(),
        };
        let mut said = silent();
        // Of what is no JSON up to its end, the beginning proves nothing.
        visitor::json(body, &mut said).map_or_else(|_| silent(), |()| said)
    }

    pub(crate) fn is_refusal_of_values(&self, status: u16) -> bool {
        self.envelope.validation.is_some_and(|answer| answer.http_status == status) && self.errors.is_bag
    }

    /// The texts for people, and the names of fields that they stand under.
    pub(crate) fn texts_and_names(self, with_errors: bool) -> (Vec<String>, Vec<String>) {
        let errors = Some(self.errors).filter(|_| with_errors);
        let (mut texts, mut names) = (Vec::new(), Vec::new());
        for more in self.texts.into_iter().chain(errors) {
            names.extend(more.names);
            for text in more.found {
                // Laravel repeats the first of its errors as the message.
                if texts.len() < MAX_TEXTS && !texts.contains(&text) {
                    texts.push(text);
                }
            }
        }
        (texts, names)
    }
}

impl Slot for Said<'_> {
    fn part(&mut self, name: Option<&str>, value: &mut dyn Unread) -> Result<(), Stop> {
        let name = name.unwrap_or_default();
        let place = self.envelope.texts.iter().position(|text| *text == name);
        let (is_status, is_remark) = (name == self.envelope.status, Some(name) == self.envelope.remark);
        let is_errors = self.envelope.validation.is_some_and(|answer| answer.errors == name);
        if place.is_none() && !is_status && !is_remark && !is_errors {
            return Ok(());
        }
        let mut texts = Texts::default();
        value.raw(&mut |json| texts.read(json))?;
        if is_status {
            self.has_no_status = false;
            self.status = texts.whole.clone();
        }
        if is_remark {
            self.remark = texts.whole.clone();
        }
        if is_errors {
            self.errors = texts;
        } else if let Some(place) = place {
            self.texts[place] = texts;
        }
        Ok(())
    }
}

/// The texts of a value: itself, or those in its lists and objects, as in Laravel's message bags. Other values are
/// passed over.
#[derive(Default)]
struct Texts {
    found: Vec<String>,
    /// The value, if it is a text.
    whole: Option<String>,
    /// Names of the objects in it.
    names: Vec<String>,
    /// Whether it is an object, and not empty.
    is_bag: bool,
    depth: usize,
}

impl Texts {
    /// No bag of messages is deeper, and each level is read again.
    const DEEPEST: usize = 6;

    /// From what is known to be JSON.
    fn read(&mut self, json: &str) {
        if json.starts_with(['"', '[', '{']) && self.depth < Self::DEEPEST {
            self.depth += 1;
            // The JSON of a value is whole, so that only its numbers, which are passed over, could be out of range.
            let _ = visitor::json(json, self);
            self.depth -= 1;
        }
    }
}

impl Slot for Texts {
    fn start(&mut self, start: Start<'_>) -> Result<(), Stop> {
        if let Start::Text(text) = start {
            self.whole = Some(text.to_owned()).filter(|_| self.depth == 1);
            self.found.push(text.to_owned());
        }
        Ok(())
    }

    fn part(&mut self, name: Option<&str>, item: &mut dyn Unread) -> Result<(), Stop> {
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
