//! Compares the providers' documentation pages with the specs.
//!
//! The repository does not contain the pages, which belong to the providers. `specs/pages/` has what they document
//! without brand, host and language ([`PageModel`], one file for each spec), a dictionary of the words in the pages'
//! languages ([`Words`]), and the known differences, each with a reason.
//!
//! [`drift`] compares a page with the page model, and the page model with the spec. It reports an error for each
//! difference that is not listed, and for each listed difference that does not exist.

mod action_page;
mod compare_page;
mod compare_spec;
mod curl_page;
mod difference;
mod folder;
mod known;
mod page;
mod page_model;
mod read_page;
mod spec_model;
mod table;
mod words;

use std::path::Path;

pub use self::difference::Difference;
pub use self::folder::Failure;
pub use self::page::Page;
pub use self::page_model::{PageField, PageModel, PageOperation};
pub use self::read_page::read_page;
pub use self::words::Words;

use self::compare_page::PageComparison;
use self::compare_spec::SpecComparison;
use self::folder::{Api, Folder};
use self::known::KnownDifference;

/// The result of a comparison.
#[derive(Debug, Default)]
pub struct Drift {
    /// What was compared, and the known differences.
    pub report: Vec<String>,
    /// The differences that are not listed, and other errors.
    pub errors: Vec<String>,
}

/// Compares pages, each given as file name and text, with the page models of the workspace at `root`, and the page models
/// with the specs.
pub fn drift(root: &Path, pages: &[(String, String)]) -> Result<Drift, Failure> {
    let folder = Folder { root };
    let (words, apis, known) = (folder.words()?, folder.apis()?, folder.known_differences()?);
    let mut drift = Drift::default();
    let mut found = Vec::new();
    let mut instances = Vec::new();
    for (file, text) in pages {
        let page = match read_page(file, text, &words) {
            Ok(page) => page,
            Err(error) => {
                drift.errors.push(error);
                continue;
            }
        };
        let Some(api) = api_of(&page, &apis) else {
            drift.errors.push(format!(
                "{file}: no page model in specs/pages has the format of this page. Save what `cargo xtask drift \
                 --derive {file}` prints there, under the name of the spec"
            ));
            continue;
        };
        let (instance, differences) = compare_page(file, &page, api);
        let title = format!("{file} ({instance}) against {}", api.model_file);
        drift.add(&title, &page.model, &differences, &known);
        instances.push(instance);
        found.extend(differences);
    }
    for api in &apis {
        let Api { name, model_file, model, spec } = api;
        let comparison = SpecComparison { api: name, model_file, model, spec };
        let differences = comparison.differences();
        drift.add(&format!("{model_file} against specs/{name}.yaml"), model, &differences, &known);
        drift.report.extend(comparison.only_in_spec().into_iter().map(|item| format!("  only in the spec: {item}")));
        found.extend(differences);
    }
    let is_obsolete =
        |known: &&KnownDifference| known.is_comparable(&instances) && !found.iter().any(|one| known.lists(one));
    drift.errors.extend(known.iter().filter(is_obsolete).map(KnownDifference::obsolete));
    let facts = folder.read("specs/facts.md")?;
    drift.errors.extend(known.iter().flat_map(|known| known.unknown_facts(&facts)));
    Ok(drift)
}

impl Drift {
    /// Reports one comparison.
    fn add(&mut self, title: &str, model: &PageModel, differences: &[Difference], known: &[KnownDifference]) {
        let count = match differences.len() {
            0 => "no difference".to_owned(),
            1 => "1 difference".to_owned(),
            many => format!("{many} differences"),
        };
        let (operations, fields) = (model.operations.len(), model.field_count());
        self.report.push(format!("{title}: {operations} operations, {fields} fields, {count}"));
        for difference in differences {
            match known.iter().find(|known| known.lists(difference)) {
                Some(known) => self.report.push(format!("  known: {}", known.summary())),
                None => self.errors.push(difference.to_string()),
            }
        }
    }
}

/// Returns the page model of a page, as the text of a file in `specs/pages`.
pub fn derive(root: &Path, file: &str, text: &str) -> Result<String, Failure> {
    let words = Folder { root }.words()?;
    read_page(file, text, &words).map(|page| page.model.yaml().trim_end().to_owned()).map_err(|error| vec![error])
}

/// Returns the API whose pages have the format of this page.
fn api_of<'a>(page: &Page, apis: &'a [Api]) -> Option<&'a Api> {
    let format = |model: &PageModel| model.whole.get(read_page::FORMAT).cloned();
    apis.iter().find(|api| format(&api.model) == format(&page.model))
}

/// Returns the instance of a page, and the differences of the page from the page model.
fn compare_page(file: &str, page: &Page, api: &Api) -> (String, Vec<Difference>) {
    let base = page.model.whole.get("base").map(String::as_str).unwrap_or_default();
    let url = format!("{}{base}", page.origin);
    let host = page.origin.split("://").last().unwrap_or_default();
    let listed = api.spec.instance(&url);
    let instance = listed.unwrap_or(host).to_owned();
    let comparison =
        PageComparison { api: &api.name, instance: &instance, page_file: file, model_file: &api.model_file };
    let mut differences = comparison.differences(&page.model, &api.model);
    if listed.is_none() {
        differences.push(Difference {
            api: api.name.clone(),
            page: Some(instance.clone()),
            operation: difference::ALL.to_owned(),
            what: "instance".to_owned(),
            sides: format!("no server of specs/{}.yaml has the URL `{url}`", api.name),
            help: "Add it to `servers`, with a name, and run `cargo xtask codegen`".to_owned(),
            at: file.to_owned(),
        });
    }
    (instance, differences)
}
