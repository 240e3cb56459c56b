//! From YAML to a document, in one pass over the text.

use std::borrow::Cow;

use saphyr::{Scalar, ScanError};
use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::Value;

use super::{Document, Kind, Node, Result, SpecError};

impl Document {
    /// Reads the text of `file`.
    pub fn parse(file: &str, text: &str) -> Result<Self> {
        let error = |(line, message)| SpecError { file: file.to_owned(), line, pointer: String::new(), message };
        let not_yaml = |scan: ScanError| (scan.marker().line(), format!("not YAML: {}", scan.info()));
        let mut loader = Loader::default();
        for event in Parser::new_from_str(text) {
            let (event, span) = event.map_err(not_yaml).map_err(error)?;
            loader.take(event, span.start.line()).map_err(error)?;
        }
        if loader.documents != 1 {
            return Err(error((1, format!("expected one YAML document, found {}", loader.documents))));
        }
        Ok(Self { file: file.to_owned(), nodes: loader.nodes })
    }
}

/// A line, and what is wrong there.
type Flaw = (usize, String);

#[derive(Default)]
struct Loader<'t> {
    nodes: Vec<Node>,
    /// The lists and mappings that have begun.
    open: Vec<Open<'t>>,
    documents: usize,
}

struct Open<'t> {
    index: usize,
    list: bool,
    children: Vec<usize>,
    /// What the next value of a mapping is called.
    key: Option<Cow<'t, str>>,
    /// Lines of the keys.
    lines: Vec<usize>,
}

impl<'t> Loader<'t> {
    fn take(&mut self, event: Event<'t>, line: usize) -> std::result::Result<(), Flaw> {
        let tagged = || Err((line, "YAML tags are not supported: write the value without".to_owned()));
        match event {
            Event::Scalar(_, _, 1.., _) | Event::SequenceStart(1.., _) | Event::MappingStart(1.., _) => {
                return Err((line, "YAML anchors are not supported: nothing can refer to them".to_owned()));
            }
            Event::Alias(_) => return Err((line, "YAML aliases are not supported: write the value out".to_owned())),
            Event::Scalar(_, _, _, Some(_)) | Event::SequenceStart(_, Some(_)) | Event::MappingStart(_, Some(_)) => {
                return tagged();
            }
            Event::Scalar(text, style, ..) => self.scalar(text, style, line)?,
            Event::SequenceStart(..) => self.begin(line, true)?,
            Event::MappingStart(..) => self.begin(line, false)?,
            Event::SequenceEnd | Event::MappingEnd => self.end()?,
            Event::DocumentEnd => self.documents += 1,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => {}
        }
        Ok(())
    }

    fn scalar(&mut self, text: Cow<'t, str>, style: ScalarStyle, line: usize) -> std::result::Result<(), Flaw> {
        let is_key = self.open.last().is_some_and(|open| !open.list && open.key.is_none());
        let scalar = Scalar::parse_from_cow_and_metadata(text, style, None).unwrap_or(Scalar::Null);
        if let (true, Some(open)) = (is_key, self.open.last_mut()) {
            open.lines.push(line);
            open.key = Some(match scalar {
                Scalar::String(text) => text,
                Scalar::Integer(number) => number.to_string().into(),
                _ => return Err(no_key(line)),
            });
            return Ok(());
        }
        let value = match scalar {
            Scalar::Null => Value::Null,
            Scalar::Boolean(value) => value.into(),
            Scalar::Integer(value) => value.into(),
            Scalar::FloatingPoint(value) => value.into_inner().into(),
            Scalar::String(value) => value.into_owned().into(),
        };
        self.add(line, Kind::Scalar(value)).map(drop)
    }

    fn begin(&mut self, line: usize, list: bool) -> std::result::Result<(), Flaw> {
        let index = self.add(line, Kind::List(Vec::new()))?;
        self.open.push(Open { index, list, children: Vec::new(), key: None, lines: Vec::new() });
        Ok(())
    }

    /// Adds a value to the list or mapping that is open.
    fn add(&mut self, line: usize, kind: Kind) -> std::result::Result<usize, Flaw> {
        let index = self.nodes.len();
        let (parent, key) = match self.open.last_mut() {
            None => (0, String::new()),
            Some(open) => {
                open.children.push(index);
                let key = if open.list { Some(Cow::Borrowed("")) } else { open.key.take() };
                (open.index, key.ok_or_else(|| no_key(line))?.into_owned())
            }
        };
        self.nodes.push(Node { line, parent, key, kind, end: index + 1 });
        Ok(index)
    }

    fn end(&mut self) -> std::result::Result<(), Flaw> {
        let Some(Open { index, list, children, lines, .. }) = self.open.pop() else { return Ok(()) };
        let kind = if list {
            Kind::List(children)
        } else {
            let key = |child: &usize| self.nodes[*child].key.as_str();
            let mut sorted = children.clone();
            sorted.sort_by(|one, other| key(one).cmp(key(other)));
            if let Some(twice) = sorted.windows(2).find(|pair| key(&pair[0]) == key(&pair[1])) {
                let line = lines[children.partition_point(|child| *child < twice[1])];
                return Err((line, "not YAML: duplicated key in mapping".to_owned()));
            }
            Kind::Map { entries: children, sorted }
        };
        self.nodes[index].kind = kind;
        self.nodes[index].end = self.nodes.len();
        Ok(())
    }
}

fn no_key(line: usize) -> Flaw {
    (line, "a key must be text".to_owned())
}
