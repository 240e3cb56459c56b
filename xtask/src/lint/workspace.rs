//! Reads the specs of a workspace, for the lint and for the generator.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::check::{YAML, lint, sort, unsupported};
use super::facts::Facts;
use super::rule::Finding;
use crate::document::Document;

/// The specs of a workspace and their facts.
#[derive(Debug)]
pub struct Workspace {
    /// The specs that are valid YAML, in the order of their names.
    pub specs: Vec<SpecFile>,
    facts: Facts,
    not_yaml: Vec<Finding>,
}

/// The file of a spec.
#[derive(Debug)]
pub struct SpecFile {
    /// `NAME` of `specs/NAME.yaml`.
    pub name: String,
    /// The path, relative to the root of the workspace.
    pub file: String,
    /// The content.
    pub document: Document,
    text: String,
}

/// Whether a file was probably meant to be a spec.
fn is_yaml(ending: &OsStr) -> bool {
    ending.eq_ignore_ascii_case("yaml") || ending.eq_ignore_ascii_case("yml")
}

fn misnamed_spec(name: &OsStr) -> String {
    format!("specs/{}: this file would be ignored: the name of a spec must end with `.yaml`", name.to_string_lossy())
}

impl Workspace {
    /// Reads `specs/*.yaml` and `specs/facts.md` of the workspace at `root`.
    pub fn read(root: &Path) -> Result<Self, Vec<String>> {
        let folder = root.join("specs");
        let read = |path: &Path| fs::read_to_string(path).map_err(|error| vec![format!("{}: {error}", path.display())]);
        let facts = Facts::parse("specs/facts.md", &read(&folder.join("facts.md"))?);
        let mut paths: Vec<_> = fs::read_dir(&folder)
            .map_err(|error| vec![format!("{}: {error}", folder.display())])?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(is_yaml))
            .collect();
        paths.sort();
        let misnamed = paths.iter().filter(|path| path.extension().is_some_and(|ending| ending != "yaml"));
        let misnamed: Vec<_> = misnamed.filter_map(|path| path.file_name()).map(misnamed_spec).collect();
        if !misnamed.is_empty() {
            return Err(misnamed);
        }
        let parse = |path: &PathBuf| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let file = format!("specs/{name}.yaml");
            let text = read(path)?;
            Ok::<_, Vec<String>>(Document::parse(&file, &text).map(|document| SpecFile { name, file, document, text }))
        };
        let mut workspace = Self { specs: Vec::new(), facts, not_yaml: Vec::new() };
        for spec in paths.iter().map(parse) {
            match spec? {
                Ok(spec) => workspace.specs.push(spec),
                Err(error) => workspace.not_yaml.push(Finding::new(&YAML, error)),
            }
        }
        Ok(workspace)
    }

    /// Returns the text of `specs/facts.md`.
    #[must_use]
    pub fn facts(&self) -> &str {
        &self.facts.text
    }

    /// Returns the number of specs.
    #[must_use]
    pub fn count(&self) -> usize {
        self.specs.len() + self.not_yaml.len()
    }

    /// Returns the findings of the lint rules.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let sources: Vec<_> = self.specs.iter().map(|spec| (&spec.document, &*spec.text)).collect();
        let mut findings = lint(&sources, &self.facts);
        if !self.not_yaml.is_empty() {
            // A spec that cannot be read may cite the fact.
            findings.retain(|finding| finding.rule.name != "fact-uncited");
            findings.extend(self.not_yaml.iter().cloned());
            sort(&mut findings);
        }
        findings
    }

    /// Returns the findings of the lint rules and of the generator.
    #[must_use]
    pub fn all_findings(&self) -> Vec<Finding> {
        let mut findings = self.findings();
        for spec in &self.specs {
            let own: Vec<_> = findings.iter().filter(|finding| finding.file == spec.file).collect();
            // Otherwise the generator would report the same errors again.
            if !own.iter().any(|finding| finding.stops_generator()) {
                let more = unsupported(&spec.document);
                let more = more.filter(|more| own.iter().all(|finding| finding.pointer != more.pointer));
                findings.extend(more);
            }
        }
        sort(&mut findings);
        findings
    }
}
