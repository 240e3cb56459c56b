//! What the ledger shows of a body: the form as it came, or the beginning of any other text.

use crate::ledger::ReceivedFile;

/// How much is shown of a field, and of a body that is no form.
const TEXT: usize = 4096;
/// How much is shown of all the fields of a form.
const FORM: usize = 64 * 1024;
/// How many parts of a form are shown.
const PARTS: usize = 200;

/// A body as the ledger keeps it. Secrets are masked when it is shown.
#[derive(Debug, Default)]
pub(crate) enum Shown {
    #[default]
    Nothing,
    Parts(Vec<Part>),
    Text {
        bytes: Vec<u8>,
        cut: bool,
    },
}

/// A part of a form.
#[derive(Debug)]
pub(crate) enum Part {
    Field { name: String, value: String, cut: bool },
    File(ReceivedFile),
}

impl Shown {
    /// The beginning of a text.
    pub(super) fn text(text: &[u8]) -> Self {
        match text {
            [] => Self::Nothing,
            text => Self::Text { bytes: start(text, TEXT).to_vec(), cut: text.len() > TEXT },
        }
    }

    /// Adds to a text that comes in pieces.
    pub(super) fn extend(&mut self, data: &[u8]) {
        match self {
            Self::Text { bytes, cut } => {
                let room = TEXT.saturating_sub(bytes.len());
                bytes.extend_from_slice(start(data, room));
                *cut |= data.len() > room;
            }
            _ => *self = Self::text(data),
        }
    }

    /// About how many bytes it takes.
    pub(crate) fn weight(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Text { bytes, .. } => bytes.len(),
            Self::Parts(parts) => parts.iter().map(Part::weight).sum(),
        }
    }
}

impl Part {
    fn weight(&self) -> usize {
        match self {
            Self::Field { name, value, .. } => size_of::<Self>() + name.len() + value.len(),
            Self::File(file) => size_of::<Self>() + file.field.len() + file.file_name.len() + 100,
        }
    }
}

/// Collects the parts of a form.
#[derive(Debug, Default)]
pub(super) struct Parts {
    list: Vec<Part>,
    weight: usize,
}

impl Parts {
    pub(super) fn field(&mut self, name: &[u8], value: &[u8]) {
        let room = TEXT.min(FORM.saturating_sub(self.weight));
        let shown = start(value, room);
        let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let field = Part::Field { name: lossy(start(name, 256)), value: lossy(shown), cut: shown.len() < value.len() };
        self.push(field);
    }

    pub(super) fn file(&mut self, file: ReceivedFile) {
        self.push(Part::File(file));
    }

    fn push(&mut self, part: Part) {
        if self.list.len() < PARTS {
            self.weight += part.weight();
            self.list.push(part);
        }
    }

    pub(super) fn finish(self) -> Shown {
        if self.list.is_empty() { Shown::Nothing } else { Shown::Parts(self.list) }
    }
}

fn start(bytes: &[u8], length: usize) -> &[u8] {
    bytes.get(..length).unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut() {
        let mut shown = Shown::default();
        for _ in 0..5 {
            shown.extend(&[b'x'; 1000]);
        }
        assert!(matches!(&shown, Shown::Text { bytes, cut: true } if bytes.len() == TEXT));
        assert!(matches!(Shown::text(&[b'x'; TEXT]), Shown::Text { cut: false, .. }));
        assert!(matches!(Shown::text(b""), Shown::Nothing));
    }

    #[test]
    fn forms_are_bounded() {
        let mut parts = Parts::default();
        for _ in 0..1000 {
            parts.field(&[b'n'; 5000], &[b'v'; 5000]);
        }
        let shown = parts.finish();
        assert!(shown.weight() < FORM + PARTS * 1000, "{}", shown.weight());
    }
}
