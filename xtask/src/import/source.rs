//! Reads a provider's document, within limits.

use std::path::Path;

use super::json_text::readable;
use crate::codegen::Failure;
use crate::document::{At, Document};

/// The largest document, in bytes. The largest public ones have about 12 MB.
const MOST_BYTES: u64 = 16 << 20;

/// The most values of a document. Each takes a few hundred bytes of memory.
const MOST_VALUES: usize = 500_000;

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
        let failed = |error: std::io::Error| vec![format!("{}: {error}", path.display())];
        let size = std::fs::metadata(path).map_err(failed)?.len();
        if size > MOST_BYTES {
            return Err(vec![format!("{}: {size} bytes; an import reads up to {MOST_BYTES}", path.display())]);
        }
        let bytes = std::fs::read(path).map_err(failed)?;
        let text = String::from_utf8(bytes)
            .map_err(|_| vec![format!("{}: not UTF-8: convert the file first", path.display())])?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Self::parse(&name, &text)
    }

    /// Reads the text of `file`, and checks that it is an OpenAPI document of a version that can be imported.
    pub fn parse(file: &str, text: &str) -> Result<Self, Failure> {
        let document =
            Document::parse_bounded(file, &readable(text), MOST_VALUES).map_err(|error| vec![error.to_string()])?;
        check_version(&document.root()).map_err(|message| vec![format!("{file}: {message}")])?;
        Ok(Self { file: file.to_owned(), document })
    }

    pub(super) fn root(&self) -> At<'_> {
        self.document.root()
    }

    /// Returns the version of the API that the document describes.
    pub(super) fn version(&self) -> String {
        match self.root().get("info").and_then(|info| info.get("version")).and_then(|at| at.as_scalar().cloned()) {
            Some(serde_json::Value::String(text)) if !text.trim().is_empty() => text.trim().to_owned(),
            Some(serde_json::Value::Number(number)) => number.to_string(),
            _ => "unknown".to_owned(),
        }
    }
}

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
        Some(other) => return Err(format!("this is OpenAPI {other}; an import reads OpenAPI 3.0 and 3.1")),
        None if root.get("asyncapi").is_some() => return Err("AsyncAPI describes events and no HTTP calls".to_owned()),
        None => return Err("not an OpenAPI document: `openapi` with the version is missing".to_owned()),
    }
    let has_entries = |key| root.get(key).and_then(|at| at.as_entries()).is_some_and(|entries| !entries.is_empty());
    if has_entries("paths") { Ok(()) } else { Err("`paths` has no operations".to_owned()) }
}

fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
