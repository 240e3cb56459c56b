//! From YAML to a document.
//!
//! saphyr builds a tree whose values know their lines. Two things are added. Tags and deep nesting are refused while saphyr
//! reads, and so are anchors and aliases in a spec. In another document, they are written out, and their number is limited,
//! because an alias can repeat a value endlessly. And the tree becomes a list of nodes that know their parents, because a
//! JSON pointer in an error needs them.

use std::collections::BTreeSet;

use saphyr::{MarkedYaml, Scalar, ScanError, YamlData, YamlLoader};
use saphyr_parser::{Event, Parser, Span, SpannedEventReceiver as _};
use serde_json::Value;

use super::anchors::Anchors;
use super::{Document, Kind, Node, Result, SpecError};

/// How deeply values are nested at most. Steps that descend into a document rely on it.
const DEEPEST: usize = 100;

const TOO_DEEP: &str = "values are nested too deeply";

/// A line, and what is wrong there.
type LineError = (usize, String);

impl Document {
    /// Reads the text of `file`, a spec.
    pub fn parse(file: &str, text: &str) -> Result<Self> {
        Self::read(file, text, None)
    }

    /// Reads the text of `file`, which may have this number of values. Its aliases and merge keys are written out.
    pub fn parse_bounded(file: &str, text: &str, most_values: usize) -> Result<Self> {
        Self::read(file, text, Some(most_values))
    }

    fn read(file: &str, text: &str, most_values: Option<usize>) -> Result<Self> {
        let mut nodes = Vec::new();
        let merges = most_values.is_some();
        let added = tree(text, most_values).and_then(|tree| add(&mut nodes, &tree, 0, String::new(), merges));
        let at = |(line, message)| SpecError { file: file.to_owned(), line, pointer: String::new(), message };
        added.map_err(|error| at(conflict(text).unwrap_or(error)))?;
        Ok(Self { file: file.to_owned(), nodes })
    }
}

/// Returns the first conflict of a merge, which is a better reason than what the parser makes of it.
fn conflict(text: &str) -> Option<LineError> {
    let index = text.lines().position(|line| line.starts_with("<<<<<<< "))?;
    let message = "a conflict of a merge: keep the lines that apply, and remove the others and the marks";
    Some((index + 1, message.to_owned()))
}

/// Builds the tree, within limits.
struct Builder<'i> {
    loader: YamlLoader<'i, MarkedYaml<'i>>,
    depth: usize,
    values: usize,
    most_values: Option<usize>,
}

impl<'i> Builder<'i> {
    fn add(&mut self, event: Event<'i>, span: Span) -> std::result::Result<(), LineError> {
        let line = span.start.line();
        let is_value = matches!(event, Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..));
        self.values += usize::from(is_value);
        self.check_number(self.values, line)?;
        let refused = match &event {
            Event::Scalar(_, _, 1.., _) | Event::SequenceStart(1.., _) | Event::MappingStart(1.., _) => {
                Some("YAML anchors are not supported: nothing can refer to them")
            }
            Event::Alias(_) => Some("YAML aliases are not supported: write the value out"),
            Event::Scalar(_, _, _, Some(_)) | Event::SequenceStart(_, Some(_)) | Event::MappingStart(_, Some(_)) => {
                Some("YAML tags are not supported: write the value without")
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                self.depth += 1;
                (self.depth > DEEPEST).then_some(TOO_DEEP)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.depth -= 1;
                None
            }
            _ => None,
        };
        if let Some(message) = refused {
            return Err((line, message.to_owned()));
        }
        self.loader.on_event(event, span);
        self.loader.error().map_or(Ok(()), |error| Err(not_yaml(error)))
    }

    fn check_number(&self, values: usize, line: usize) -> std::result::Result<(), LineError> {
        match self.most_values {
            Some(most) if values > most => Err((line, format!("more than {most} values: divide the document"))),
            _ => Ok(()),
        }
    }
}

fn not_yaml(error: &ScanError) -> LineError {
    // The scanner has a limit of its own for the brackets of lists and mappings.
    let is_deep = error.info().contains("recursion limit");
    let message = if is_deep { TOO_DEEP.to_owned() } else { format!("not YAML: {}", error.info()) };
    (error.marker().line(), message)
}

/// The only document in a text. With a limit, its aliases are written out.
fn tree(text: &str, most_values: Option<usize>) -> std::result::Result<MarkedYaml<'_>, LineError> {
    let mut builder = Builder { loader: YamlLoader::default(), depth: 0, values: 0, most_values };
    let mut anchors = Anchors::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| not_yaml(&error))?;
        let events = match event {
            event if most_values.is_none() => {
                builder.add(event, span)?;
                continue;
            }
            Event::Alias(id) => anchors
                .value(id)
                .ok_or_else(|| (span.start.line(), "a YAML alias within the value that it refers to".to_owned()))?,
            event => vec![(event, span)],
        };
        for (event, span) in events {
            let (event, recorded) = anchors.record(event, span);
            builder.check_number(recorded, span.start.line())?;
            builder.add(event, span)?;
        }
    }
    <[_; 1]>::try_from(builder.loader.into_documents())
        .map(|[tree]| tree)
        .map_err(|documents| (1, format!("expected one YAML document, found {}", documents.len())))
}

/// Adds a value, and then the values below it. Returns its index. `merges` says that `<<` merges another mapping.
fn add(
    nodes: &mut Vec<Node>,
    value: &MarkedYaml<'_>,
    parent: usize,
    key: String,
    merges: bool,
) -> std::result::Result<usize, LineError> {
    let index = nodes.len();
    let kind = Kind::Scalar(Value::Null);
    nodes.push(Node { line: value.span.start.line(), parent, key, kind, end: index + 1 });
    nodes[index].kind = match &value.data {
        YamlData::Value(scalar) => Kind::Scalar(json(scalar)),
        YamlData::Sequence(items) => {
            let items = items.iter().map(|item| add(nodes, item, index, String::new(), merges));
            Kind::List(items.collect::<std::result::Result<_, _>>()?)
        }
        YamlData::Mapping(_) => {
            let mut entries = Vec::new();
            own_and_merged(value, merges, &mut entries)?;
            let mut added = Vec::with_capacity(entries.len());
            for (key, value) in entries {
                added.push(add(nodes, value, index, key, merges)?);
            }
            let mut sorted = added.clone();
            sorted.sort_by(|one, other| nodes[*one].key.cmp(&nodes[*other].key));
            // saphyr refuses the same key twice, but takes `1` and `"1"` for two keys.
            if let Some(twice) = sorted.windows(2).find(|pair| nodes[pair[0]].key == nodes[pair[1]].key) {
                return Err((nodes[twice[1]].line, "not YAML: duplicated key in mapping".to_owned()));
            }
            Kind::Map { entries: added, sorted }
        }
        // The others were refused.
        _ => Kind::Scalar(Value::Null),
    };
    nodes[index].end = nodes.len();
    Ok(index)
}

/// Adds the entries of a mapping, and those of the mappings that its `<<` names, unless it has the same key.
fn own_and_merged<'y, 'i>(
    value: &'y MarkedYaml<'i>,
    merges: bool,
    entries: &mut Vec<(String, &'y MarkedYaml<'i>)>,
) -> std::result::Result<(), LineError> {
    let YamlData::Mapping(mapping) = &value.data else {
        return Err((value.span.start.line(), "`<<` merges mappings only".to_owned()));
    };
    let mut others = Vec::new();
    for (key, value) in mapping {
        match text(key)? {
            key if merges && key == "<<" => match &value.data {
                YamlData::Sequence(all) => others.extend(all),
                _ => others.push(value),
            },
            key => entries.push((key, value)),
        }
    }
    if others.is_empty() {
        return Ok(());
    }
    let mut keys: BTreeSet<_> = entries.iter().map(|(key, _)| key.clone()).collect();
    for other in others {
        let mut inherited = Vec::new();
        own_and_merged(other, merges, &mut inherited)?;
        entries.extend(inherited.into_iter().filter(|(key, _)| keys.insert(key.clone())));
    }
    Ok(())
}

fn json(scalar: &Scalar<'_>) -> Value {
    match scalar {
        Scalar::Null => Value::Null,
        Scalar::Boolean(value) => (*value).into(),
        Scalar::Integer(value) => (*value).into(),
        Scalar::FloatingPoint(value) => value.into_inner().into(),
        Scalar::String(value) => value.clone().into_owned().into(),
    }
}

fn text(key: &MarkedYaml<'_>) -> std::result::Result<String, LineError> {
    match &key.data {
        YamlData::Value(Scalar::String(text)) => Ok(text.clone().into_owned()),
        YamlData::Value(Scalar::Integer(number)) => Ok(number.to_string()),
        _ => Err((key.span.start.line(), "a key must be text".to_owned())),
    }
}
