//! The specs of a workspace, read for the lint and for what comes after it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::check::{YAML, lint, sort, unsupported};
use super::facts::Facts;
use super::rule::Finding;
use crate::document::Document;
use crate::parallel::each;

/// The specs and their facts.
#[derive(Debug)]
pub struct Workspace {
    /// The specs that are YAML, in the order of their names.
    pub specs: Vec<SpecFile>,
    facts: Facts,
    not_yaml: Vec<Finding>,
}

/// A spec.
#[derive(Debug)]
pub struct SpecFile {
    /// `NAME` of `specs/NAME.yaml`.
    pub name: String,
    /// The file, from the root of the workspace.
    pub file: String,
    /// What is in it.
    pub document: Document,
    text: String,
}

/// However somebody may spell it.
fn is_yaml(ending: &OsStr) -> bool {
    ending.eq_ignore_ascii_case("yaml") || ending.eq_ignore_ascii_case("yml")
}

fn misnamed_spec(name: &OsStr) -> String {
    format!("specs/{}: it would be passed over: the name of a spec ends in `.yaml`", name.to_string_lossy())
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
        for spec in each(paths.iter().collect(), parse) {
            match spec? {
                Ok(spec) => workspace.specs.push(spec),
                Err(error) => workspace.not_yaml.push(Finding::new(&YAML, error)),
            }
        }
        Ok(workspace)
    }

    /// How many specs there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.specs.len() + self.not_yaml.len()
    }

    /// What is wrong with the specs, by the house rules.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let sources: Vec<_> = self.specs.iter().map(|spec| (&spec.document, &*spec.text)).collect();
        let mut findings = lint(&sources, &self.facts);
        if !self.not_yaml.is_empty() {
            // What cannot be read may cite it.
            findings.retain(|finding| finding.rule.name != "fact-uncited");
            findings.extend(self.not_yaml.iter().cloned());
            sort(&mut findings);
        }
        findings
    }

    /// What is wrong with the specs, also by what the generator can read.
    #[must_use]
    pub fn all_findings(&self) -> Vec<Finding> {
        let mut findings = self.findings();
        for spec in &self.specs {
            let theirs: Vec<_> = findings.iter().filter(|finding| finding.file == spec.file).collect();
            // It would trip over what is told already.
            if !theirs.iter().any(|finding| finding.stops_generator()) {
                let more = unsupported(&spec.document);
                let more = more.filter(|more| theirs.iter().all(|finding| finding.pointer != more.pointer));
                findings.extend(more);
            }
        }
        sort(&mut findings);
        findings
    }
}
