//! From YAML to a document.
//!
//! saphyr builds a tree whose values know their lines. Two things are added. Anchors, aliases, tags and deep nesting are
//! refused while saphyr reads, because its tree no longer shows them, and an alias could repeat a value endlessly. And
//! the tree becomes a list of nodes that know their parents, because a JSON pointer in an error needs them.

use saphyr::{MarkedYaml, Scalar, ScanError, YamlData, YamlLoader};
use saphyr_parser::{Event, Parser, SpannedEventReceiver as _};
use serde_json::Value;

use super::{Document, Kind, Node, Result, SpecError};

/// How deeply values are nested at most. Steps that descend into a document rely on it.
const DEEPEST: usize = 100;

const TOO_DEEP: &str = "values are nested too deeply";

/// A line, and what is wrong there.
type LineError = (usize, String);

impl Document {
    /// Reads the text of `file`.
    pub fn parse(file: &str, text: &str) -> Result<Self> {
        Self::parse_bounded(file, text, usize::MAX)
    }

    /// Reads the text of `file`, which may have this number of values.
    pub fn parse_bounded(file: &str, text: &str, most_values: usize) -> Result<Self> {
        let mut nodes = Vec::new();
        let added = tree(text, most_values).and_then(|tree| add(&mut nodes, &tree, 0, String::new()));
        added.map_err(|(line, message)| SpecError { file: file.to_owned(), line, pointer: String::new(), message })?;
        Ok(Self { file: file.to_owned(), nodes })
    }
}

/// The only document in a text.
fn tree(text: &str, most_values: usize) -> std::result::Result<MarkedYaml<'_>, LineError> {
    let not_yaml = |error: &ScanError| {
        // The scanner has a limit of its own for the brackets of lists and mappings.
        let is_deep = error.info().contains("recursion limit");
        let message = if is_deep { TOO_DEEP.to_owned() } else { format!("not YAML: {}", error.info()) };
        (error.marker().line(), message)
    };
    let mut loader = YamlLoader::<MarkedYaml<'_>>::default();
    let (mut depth, mut values) = (0, 0);
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| not_yaml(&error))?;
        values += usize::from(matches!(event, Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..)));
        if values > most_values {
            return Err((span.start.line(), format!("more than {most_values} values: divide the document")));
        }
        let refused = match &event {
            Event::Scalar(_, _, 1.., _) | Event::SequenceStart(1.., _) | Event::MappingStart(1.., _) => {
                Some("YAML anchors are not supported: nothing can refer to them")
            }
            Event::Alias(_) => Some("YAML aliases are not supported: write the value out"),
            Event::Scalar(_, _, _, Some(_)) | Event::SequenceStart(_, Some(_)) | Event::MappingStart(_, Some(_)) => {
                Some("YAML tags are not supported: write the value without")
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                depth += 1;
                (depth > DEEPEST).then_some(TOO_DEEP)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                depth -= 1;
                None
            }
            _ => None,
        };
        if let Some(message) = refused {
            return Err((span.start.line(), message.to_owned()));
        }
        loader.on_event(event, span);
        if let Some(error) = loader.error() {
            return Err(not_yaml(error));
        }
    }
    <[_; 1]>::try_from(loader.into_documents())
        .map(|[tree]| tree)
        .map_err(|documents| (1, format!("expected one YAML document, found {}", documents.len())))
}

/// Adds a value, and then the values below it. Returns its index.
fn add(
    nodes: &mut Vec<Node>,
    value: &MarkedYaml<'_>,
    parent: usize,
    key: String,
) -> std::result::Result<usize, LineError> {
    let index = nodes.len();
    let kind = Kind::Scalar(Value::Null);
    nodes.push(Node { line: value.span.start.line(), parent, key, kind, end: index + 1 });
    nodes[index].kind = match &value.data {
        YamlData::Value(scalar) => Kind::Scalar(json(scalar)),
        YamlData::Sequence(items) => {
            let items = items.iter().map(|item| add(nodes, item, index, String::new()));
            Kind::List(items.collect::<std::result::Result<_, _>>()?)
        }
        YamlData::Mapping(entries) => {
            let mut added = Vec::with_capacity(entries.len());
            for (key, value) in entries {
                added.push(add(nodes, value, index, text(key)?)?);
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
