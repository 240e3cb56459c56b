//! Reads the files that `drift` compares.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::known::{self, KnownDifference};
use super::page_model::PageModel;
use super::spec_model::SpecModel;
use super::words::Words;
use crate::document::Document;

/// Errors, each as a line for people.
pub type Failure = Vec<String>;

/// An API: its page model and its spec.
pub(super) struct Api {
    /// The name of the spec.
    pub(super) name: String,
    /// The file of the page model.
    pub(super) model_file: String,
    pub(super) model: PageModel,
    pub(super) spec: SpecModel,
}

/// The files of a workspace.
pub(super) struct Folder<'r> {
    pub(super) root: &'r Path,
}

const WORDS: &str = "specs/pages/words.yaml";
const KNOWN: &str = "specs/pages/known.yaml";

impl Folder<'_> {
    pub(super) fn read(&self, file: &str) -> Result<String, Failure> {
        fs::read_to_string(self.root.join(file)).map_err(|error| vec![format!("{file}: {error}")])
    }

    pub(super) fn words(&self) -> Result<Words, Failure> {
        Words::read(WORDS, &self.document(WORDS)?).map_err(|error| vec![error.to_string()])
    }

    pub(super) fn known_differences(&self) -> Result<Vec<KnownDifference>, Failure> {
        known::read(KNOWN, &self.document(KNOWN)?).map_err(|error| vec![error.to_string()])
    }

    /// Reads each spec that has a page model.
    pub(super) fn apis(&self) -> Result<Vec<Api>, Failure> {
        let entries =
            fs::read_dir(self.root.join("specs/pages")).map_err(|error| vec![format!("specs/pages: {error}")])?;
        let names = entries.filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.file_stem()?.to_str()?.to_owned();
            (path.extension()? == "yaml").then_some((format!("specs/pages/{name}.yaml"), name))
        });
        let names: BTreeMap<_, _> = names.filter(|(file, _)| file != WORDS && file != KNOWN).collect();
        let api = |(model_file, name): (String, String)| {
            let model = PageModel::read(&self.document(&model_file)?).map_err(|error| vec![error.to_string()])?;
            let spec = SpecModel::read(&self.document(&format!("specs/{name}.yaml"))?);
            Ok(Api { name, model_file, model, spec })
        };
        names.into_iter().map(api).collect()
    }

    fn document(&self, file: &str) -> Result<Document, Failure> {
        Document::parse(file, &self.read(file)?).map_err(|error| vec![error.to_string()])
    }
}
