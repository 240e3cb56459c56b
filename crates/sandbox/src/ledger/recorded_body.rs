//! The part of a body that the ledger keeps: the form as received, or the beginning of any other text.

use super::{ReceivedFile, credentials};

/// How many bytes are kept of a field, and of a body that is not a form.
const TEXT: usize = 4096;
/// How many bytes are kept of all fields of a form together.
const FORM: usize = 64 * 1024;
/// How many parts of a form are kept.
const PARTS: usize = 200;

/// A body as the ledger keeps it. Secrets are masked when it is shown, not here.
#[derive(Debug, Default)]
pub(crate) enum RecordedBody {
    #[default]
    Nothing,
    Form(RecordedForm),
    Text {
        bytes: Vec<u8>,
        cut: bool,
        /// Values under names of credentials in the complete JSON, if it was cut.
        named: Vec<String>,
    },
}

/// The parts of a form.
#[derive(Debug, Default)]
pub(crate) struct RecordedForm {
    /// The names and values of all fields, one after the other in one allocation.
    text: String,
    parts: Vec<RecordedPart>,
    /// Values under names of credentials in fields that are dropped or cut.
    named: Vec<String>,
    weight: usize,
}

#[derive(Debug)]
enum RecordedPart {
    /// A field, with the lengths of its name and value.
    Field {
        name: usize,
        value: usize,
        cut: bool,
    },
    File(Box<ReceivedFile>),
}

/// A part of a form.
pub(crate) enum Part<'a> {
    Field { name: &'a str, value: &'a str, cut: bool },
    File(&'a ReceivedFile),
}

impl RecordedBody {
    /// Keeps the beginning of a text.
    pub(crate) fn text(text: &[u8]) -> Self {
        match text {
            [] => Self::Nothing,
            text => {
                let cut = text.len() > TEXT;
                let named = if cut { credentials::in_json(text) } else { Vec::new() };
                Self::Text { bytes: start(text, TEXT).to_vec(), cut, named }
            }
        }
    }

    /// Appends to a text that arrives in pieces.
    pub(crate) fn extend(&mut self, data: &[u8]) {
        match self {
            Self::Text { bytes, cut, .. } => {
                let room = TEXT.saturating_sub(bytes.len());
                bytes.extend_from_slice(start(data, room));
                *cut |= data.len() > room;
            }
            _ => *self = Self::Text { bytes: start(data, TEXT).to_vec(), cut: data.len() > TEXT, named: Vec::new() },
        }
    }

    /// Returns about how many bytes it takes.
    pub(crate) fn weight(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Text { bytes, named, .. } => bytes.len() + weight(named),
            Self::Form(form) => form.weight + weight(&form.named),
        }
    }
}

impl RecordedForm {
    pub(crate) fn field(&mut self, name: &[u8], value: &[u8]) {
        let room = TEXT.min(FORM.saturating_sub(self.weight));
        let shown = start(value, room);
        if !self.has_room() || shown.len() < value.len() {
            credentials::add_named(&String::from_utf8_lossy(start(name, 256)), value, &mut self.named);
        }
        if self.has_room() {
            if self.parts.is_empty() {
                // Enough for most forms.
                self.text.reserve(256);
            }
            let (name, cut) = (self.add(start(name, 256)), shown.len() < value.len());
            let value = self.add(shown);
            self.push(RecordedPart::Field { name, value, cut }, name + value);
        }
    }

    pub(crate) fn file(&mut self, file: ReceivedFile) {
        if self.has_room() {
            let weight = file.weight();
            self.push(RecordedPart::File(Box::new(file)), weight);
        }
    }

    fn has_room(&self) -> bool {
        self.parts.len() < PARTS
    }

    /// Appends to the text. Returns by how many bytes it grew.
    fn add(&mut self, bytes: &[u8]) -> usize {
        let before = self.text.len();
        self.text.push_str(&String::from_utf8_lossy(bytes));
        self.text.len() - before
    }

    fn push(&mut self, part: RecordedPart, weight: usize) {
        self.weight += size_of::<ReceivedFile>() + weight;
        self.parts.push(part);
    }

    pub(crate) fn finish(mut self) -> RecordedBody {
        self.text.shrink_to_fit();
        if self.parts.is_empty() { RecordedBody::Nothing } else { RecordedBody::Form(self) }
    }

    /// Returns the values under names of credentials in fields that are dropped or cut.
    pub(crate) fn named(&self) -> &[String] {
        &self.named
    }

    /// Returns the parts in the order in which they arrived.
    pub(crate) fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let mut rest = self.text.as_str();
        let mut next = move |length: usize| {
            let (text, after) = rest.split_at(length);
            rest = after;
            text
        };
        self.parts.iter().map(move |part| match part {
            RecordedPart::Field { name, value, cut } => {
                Part::Field { name: next(*name), value: next(*value), cut: *cut }
            }
            RecordedPart::File(file) => Part::File(file),
        })
    }
}

fn weight(texts: &[String]) -> usize {
    texts.iter().map(|text| size_of::<String>() + text.capacity()).sum()
}

fn start(bytes: &[u8], length: usize) -> &[u8] {
    bytes.get(..length).unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut() {
        let mut shown = RecordedBody::default();
        for _ in 0..5 {
            shown.extend(&[b'x'; 1000]);
        }
        assert!(matches!(&shown, RecordedBody::Text { bytes, cut: true, .. } if bytes.len() == TEXT));
        assert!(matches!(RecordedBody::text(&[b'x'; TEXT]), RecordedBody::Text { cut: false, .. }));
        assert!(matches!(RecordedBody::text(b""), RecordedBody::Nothing));
    }

    #[test]
    fn forms_are_bounded() {
        let mut form = RecordedForm::default();
        for _ in 0..1000 {
            form.field(&[b'n'; 5000], &[b'v'; 5000]);
        }
        assert_eq!(form.parts().count(), PARTS);
        let shown = form.finish();
        assert!(shown.weight() < FORM + PARTS * 1000, "{}", shown.weight());
    }

    #[test]
    fn parts_are_as_they_came() {
        let mut form = RecordedForm::default();
        form.field(b"a", "\u{e9}".as_bytes());
        form.field(b"b\xff", b"");
        form.field(b"c", &[b'x'; TEXT + 1]);
        let shown: Vec<(&str, usize, bool)> = form
            .parts()
            .filter_map(|part| match part {
                Part::Field { name, value, cut } => Some((name, value.len(), cut)),
                Part::File(_) => None,
            })
            .collect();
        assert_eq!(shown, [("a", 2, false), ("b\u{fffd}", 0, false), ("c", TEXT, true)]);
    }
}
