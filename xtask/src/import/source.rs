//! Reads a provider's document, within limits.

use std::path::Path;

use serde::de::IgnoredAny;

use super::json_text::readable;
use crate::codegen::Failure;
use crate::document::{At, Document, SpecError};

/// The largest document, in bytes. The largest public ones have about 12 MB.
const MOST_BYTES: u64 = 16 << 20;

/// The most values of a document. Each takes a few hundred bytes of memory.
const MOST_VALUES: usize = 500_000;

/// The longest version of an API, in characters. Longer ones are cut.
const LONGEST_VERSION: usize = 100;

/// A provider's document.
#[derive(Debug)]
pub struct Source {
    /// The name of the file.
    pub file: String,
    pub(super) document: Document,
}

impl Source {
    /// Reads the file at `path`.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let failed = |message: String| vec![format!("{}: {message}", path.display())];
        let metadata = std::fs::metadata(path).map_err(|error| failed(not_read(path, &error)))?;
        if metadata.is_dir() {
            return Err(failed("this is a folder: name the file of the document".to_owned()));
        }
        let size = metadata.len();
        if size > MOST_BYTES {
            return Err(failed(format!("{size} bytes; an import reads up to {MOST_BYTES} bytes: divide the document")));
        }
        let bytes = std::fs::read(path).map_err(|error| failed(not_read(path, &error)))?;
        let text = String::from_utf8(bytes).map_err(|_| failed("not UTF-8: convert the file first".to_owned()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Self::parse(&name, &text)
    }

    /// Reads the text of `file`, and checks that it is an OpenAPI document of a version that can be imported.
    pub fn parse(file: &str, text: &str) -> Result<Self, Failure> {
        let document = Document::parse_bounded(file, &readable(text), MOST_VALUES)
            .map_err(|error| vec![not_parsed(&error, text).unwrap_or_else(|| error.to_string())])?;
        check_version(&document.root()).map_err(|message| vec![format!("{file}: {message}")])?;
        Ok(Self { file: file.to_owned(), document })
    }

    pub(super) fn root(&self) -> At<'_> {
        self.document.root()
    }

    /// Returns the version of the API that the document describes.
    pub(super) fn version(&self) -> String {
        match self.root().get("info").and_then(|info| info.get("version")).and_then(|at| at.as_scalar().cloned()) {
            Some(serde_json::Value::String(text)) if !text.trim().is_empty() => {
                text.trim().chars().take(LONGEST_VERSION).collect()
            }
            Some(serde_json::Value::Number(number)) => number.to_string(),
            _ => "unknown".to_owned(),
        }
    }
}

/// Says why a file cannot be read.
fn not_read(path: &Path, error: &std::io::Error) -> String {
    let is_url = path.to_str().is_some_and(|path| path.starts_with("http://") || path.starts_with("https://"));
    match error.kind() {
        _ if is_url => "an import reads a local file: download the document first and name the file".to_owned(),
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => error.to_string(),
    }
}

/// Says why a text cannot be parsed, if the parser of YAML only says what surprised it.
fn not_parsed(error: &SpecError, text: &str) -> Option<String> {
    let file = &error.file;
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.is_empty() {
        return Some(format!("{file}: the file is empty"));
    }
    if start.starts_with('<') {
        return Some(format!("{file}: {PAGE}"));
    }
    if !start.starts_with(['{', '[']) || !error.message.starts_with("not YAML") {
        return None;
    }
    let error = serde_json::from_str::<IgnoredAny>(start).err()?;
    let lines_before = text[..text.len() - start.len()].matches('\n').count();
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    Some(format!("{file}:{}: not JSON: {message}", lines_before + error.line()))
}

const PAGE: &str = "this is a page in HTML or XML: download the document itself, which is YAML or JSON";

fn check_version(root: &At<'_>) -> Result<(), String> {
    let version = |key| root.get(key).and_then(|at| at.as_scalar().cloned()).map(|value| plain(&value));
    if let Some(swagger) = version("swagger") {
        return Err(format!(
            "this is Swagger {swagger}; an import reads OpenAPI 3.0 and 3.1: convert the document first, for example \
             with the Swagger Editor"
        ));
    }
    match version("openapi") {
        Some(version) if version.starts_with("3.0") || version.starts_with("3.1") => {}
        Some(other) => {
            return Err(format!(
                "this is OpenAPI {other}; an import reads OpenAPI 3.0 and 3.1: convert the document first"
            ));
        }
        None if root.get("asyncapi").is_some() => {
            return Err(
                "this is AsyncAPI, which describes events and no HTTP calls; an import reads OpenAPI 3.0 and 3.1"
                    .to_owned(),
            );
        }
        None if is_postman(root) => {
            return Err("this is a Postman collection; an import reads OpenAPI 3.0 and 3.1: convert the collection \
                        first, or write the spec by hand"
                .to_owned());
        }
        None if root.as_text().is_some_and(|text| text.starts_with('<')) => return Err(PAGE.to_owned()),
        None => {
            return Err(
                "not an OpenAPI document: it does not begin with `openapi` and a version, such as `3.0.3`; an \
                        import reads OpenAPI 3.0 and 3.1"
                    .to_owned(),
            );
        }
    }
    let has_entries = |key| root.get(key).and_then(|at| at.as_entries()).is_some_and(|entries| !entries.is_empty());
    if has_entries("paths") {
        Ok(())
    } else {
        Err("`paths` has no operations, so there is nothing to import".to_owned())
    }
}

fn is_postman(root: &At<'_>) -> bool {
    let info = root.get("info");
    let schema = info.as_ref().and_then(|info| info.get("schema"));
    schema.and_then(|at| at.as_text()).is_some_and(|schema| schema.contains("postman"))
}

fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
