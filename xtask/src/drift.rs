//! The providers' pages against each other and against the specs.
//!
//! The pages themselves are not ours to keep. What is kept, in `specs/pages/`, is what they say
//! without brand, host and language ([`PageModel`], one file for each spec), the words of their
//! languages ([`Words`]), and the differences that are known, each with a reason. A page is
//! compared with the kept facts, and the kept facts with the spec. Each difference that is not
//! listed is an error, and so is one that is listed and not there.

mod action_page;
mod curl_page;
mod difference;
mod known;
mod page;
mod page_model;
mod pages;
mod spec;
mod specs;
mod table;
mod words;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::document::Document;

pub use self::difference::Difference;
pub use self::page::{Page, read};
pub use self::page_model::{Field, Operation, PageModel};
pub use self::words::Words;

use self::known::Known;
use self::spec::Spec;

/// What went wrong, in lines for people.
pub type Failure = Vec<String>;

/// What came of a comparison.
#[derive(Debug, Default)]
pub struct Drift {
    /// What was compared, and what is known to differ.
    pub report: Vec<String>,
    /// What differs and is not listed.
    pub errors: Vec<String>,
}

/// What an API's pages say, and its spec.
struct Api {
    name: String,
    file: String,
    facts: PageModel,
    spec: Spec,
}

/// Compares pages, given as file and text, with the workspace at `root`, and its facts with its specs.
pub fn drift(root: &Path, texts: &[(String, String)]) -> Result<Drift, Failure> {
    let folder = Folder { root };
    let (words, apis, known) = (folder.words()?, folder.apis()?, folder.known()?);
    let mut drift = Drift::default();
    let mut found = Vec::new();
    let mut instances = Vec::new();
    for (file, text) in texts {
        let page = match page::read(file, text, &words) {
            Ok(page) => page,
            Err(error) => {
                drift.errors.push(error);
                continue;
            }
        };
        let Some(api) = api_of(&page, &apis) else {
            drift.errors.push(format!(
                "{file}: no file in specs/pages is of pages like this: make one with `cargo xtask drift --derive \
                 {file}`, named like its spec"
            ));
            continue;
        };
        let (instance, differences) = one_page(file, &page, api);
        let title = format!("{file} ({instance}) against {}", api.file);
        drift.add(&title, &page.facts, &differences, &known, Vec::new());
        instances.push(instance);
        found.extend(differences);
    }
    for api in &apis {
        let sides = specs::Sides { api: &api.name, file: &api.file, facts: &api.facts, spec: &api.spec };
        let differences = sides.compare();
        let title = format!("{} against specs/{}.yaml", api.file, api.name);
        drift.add(&title, &api.facts, &differences, &known, sides.beyond());
        found.extend(differences);
    }
    let gone = known.iter().filter(|known| known.concerns(&instances) && !found.iter().any(|one| known.is(one)));
    drift.errors.extend(gone.map(Known::gone));
    let numbered = folder.read("specs/facts.md")?;
    drift.errors.extend(known.iter().flat_map(|known| known.uncited(&numbered)));
    Ok(drift)
}

impl Drift {
    /// Tells of one comparison.
    fn add(&mut self, title: &str, facts: &PageModel, found: &[Difference], known: &[Known], beyond: Vec<String>) {
        let counted = match found.len() {
            0 => "no difference".to_owned(),
            1 => "1 difference".to_owned(),
            many => format!("{many} differences"),
        };
        let (operations, fields) = (facts.operations.len(), facts.fields());
        self.report.push(format!("{title}: {operations} operations, {fields} fields, {counted}"));
        for difference in found {
            match known.iter().find(|known| known.is(difference)) {
                Some(known) => self.report.push(format!("  known: {}", known.line())),
                None => self.errors.push(difference.to_string()),
            }
        }
        self.report.extend(beyond.into_iter().map(|beyond| format!("  only in the spec: {beyond}")));
    }
}

/// What a page says, in the form in which the project keeps it.
pub fn derive(root: &Path, file: &str, text: &str) -> Result<String, Failure> {
    let words = Folder { root }.words()?;
    page::read(file, text, &words).map(|page| page.facts.yaml().trim_end().to_owned()).map_err(|error| vec![error])
}

/// The API whose pages have the format of this page.
fn api_of<'a>(page: &Page, apis: &'a [Api]) -> Option<&'a Api> {
    let format = |facts: &PageModel| facts.whole.get(page::FORMAT).cloned();
    apis.iter().find(|api| format(&api.facts) == format(&page.facts))
}

/// The instance of a page, and what it says otherwise.
fn one_page(file: &str, page: &Page, api: &Api) -> (String, Vec<Difference>) {
    let base = page.facts.whole.get("base").map(String::as_str).unwrap_or_default();
    let url = format!("{}{base}", page.origin);
    let host = page.origin.split("://").last().unwrap_or_default();
    let listed = api.spec.instance(&url);
    let instance = listed.unwrap_or(host).to_owned();
    let sides = pages::Sides { api: &api.name, instance: &instance, page: file, file: &api.file };
    let mut differences = sides.compare(&page.facts, &api.facts);
    if listed.is_none() {
        differences.push(Difference {
            api: api.name.clone(),
            page: Some(instance.clone()),
            place: difference::ALL.to_owned(),
            what: "instance".to_owned(),
            said: format!("no server of specs/{}.yaml is at `{url}`", api.name),
            help: "Add it to `servers`, with a name, and run `cargo xtask codegen`".to_owned(),
            at: file.to_owned(),
        });
    }
    (instance, differences)
}

/// The files that are kept.
struct Folder<'r> {
    root: &'r Path,
}

const WORDS: &str = "specs/pages/words.yaml";
const KNOWN: &str = "specs/pages/known.yaml";

impl Folder<'_> {
    fn read(&self, file: &str) -> Result<String, Failure> {
        fs::read_to_string(self.root.join(file)).map_err(|error| vec![format!("{file}: {error}")])
    }

    fn document(&self, file: &str) -> Result<Document, Failure> {
        Document::parse(file, &self.read(file)?).map_err(|error| vec![error.to_string()])
    }

    fn words(&self) -> Result<Words, Failure> {
        Words::read(WORDS, &self.document(WORDS)?).map_err(|error| vec![error.to_string()])
    }

    fn known(&self) -> Result<Vec<Known>, Failure> {
        known::read(KNOWN, &self.document(KNOWN)?).map_err(|error| vec![error.to_string()])
    }

    /// Each spec whose pages are known.
    fn apis(&self) -> Result<Vec<Api>, Failure> {
        let entries =
            fs::read_dir(self.root.join("specs/pages")).map_err(|error| vec![format!("specs/pages: {error}")])?;
        let names = entries.filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.file_stem()?.to_str()?.to_owned();
            (path.extension()? == "yaml").then_some((format!("specs/pages/{name}.yaml"), name))
        });
        let names: BTreeMap<_, _> = names.filter(|(file, _)| file != WORDS && file != KNOWN).collect();
        let api = |(file, name): (String, String)| {
            let facts = PageModel::read(&self.document(&file)?).map_err(|error| vec![error.to_string()])?;
            let spec = Spec::read(&self.document(&format!("specs/{name}.yaml"))?);
            Ok(Api { name, file, facts, spec })
        };
        names.into_iter().map(api).collect()
    }
}
