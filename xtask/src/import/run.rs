//! The command: reads a document, and writes the spec and the crate.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use heck::ToKebabCase as _;

use super::candidates::{Listed, candidates, listed, selected, still_there};
use super::check::{Checks, checked};
use super::facts::{Fact, fact};
use super::finding::Finding;
use super::merge::{has_conflicts, merge};
use super::skeleton::skeleton;
use super::source::Source;
use super::spec::{cited_fact, title};
use crate::codegen::Failure;
use crate::describe::json;
use crate::document::Document;
use crate::spec_index::OperationNode;

/// Which operations are imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// All that the document has.
    All,
    /// These, by the id of the document or of the spec.
    Ids(Vec<String>),
}

/// What to import.
#[derive(Debug)]
pub struct Import<'i> {
    /// The document.
    pub source: &'i Source,
    /// `NAME` of `specs/NAME.yaml` and `crates/NAME-client`.
    pub name: &'i str,
    /// The operations, or those of the last import.
    pub selection: Option<Selection>,
}

/// What an import did.
#[derive(Debug)]
pub struct Report {
    /// Which files were written, what is left out, and what to review.
    pub lines: Vec<String>,
    /// What is still to be done before the spec can be used, such as the conflicts of a merge.
    pub errors: Vec<String>,
}

/// A document as a spec.
#[derive(Debug)]
pub struct Imported {
    /// The name of the document.
    pub file: String,
    /// The text of the spec.
    pub text: String,
    /// The operations in the spec.
    pub operations: Vec<Listed>,
    /// The selected operations that are not in the spec.
    pub left_out: Vec<LeftOut>,
    /// What is left out of operations that are in the spec.
    pub notes: Vec<Finding>,
    /// How many operations were selected.
    pub total: usize,
}

/// An operation that a spec cannot express.
#[derive(Debug)]
pub struct LeftOut {
    /// The method and the path in the document.
    pub request_line: String,
    /// The location and the reason.
    pub finding: Finding,
}

/// Converts a document to a spec that cites `fact`, a number and the section of `specs/facts.md` with this fact.
pub fn convert(source: &Source, name: &str, fact: (&str, &str), selection: &Selection) -> Result<Imported, Failure> {
    convert_checked(source, name, fact, selection, Checks::All)
}

/// Converts a document, as [`convert`] does, with only some of the checks.
pub fn convert_checked(
    source: &Source,
    name: &str,
    fact: (&str, &str),
    selection: &Selection,
    checks: Checks,
) -> Result<Imported, Failure> {
    let (all, unread) = candidates(source);
    let chosen = match selection {
        Selection::All => all,
        Selection::Ids(ids) => selected(&all, ids)?,
    };
    let checked = checked(source, name, fact, &chosen, checks)?;
    let list = listed(source);
    let ids: BTreeSet<_> = checked.imported.iter().map(|index| chosen[*index].id.as_str()).collect();
    let operations: Vec<_> = list.into_iter().filter(|one| ids.contains(one.id.as_str())).collect();
    let mut left_out: Vec<_> = checked
        .left_out
        .into_iter()
        .map(|(index, finding)| LeftOut { request_line: chosen[index].request_line(), finding })
        .collect();
    if *selection == Selection::All {
        left_out.extend(unread.into_iter().map(|finding| LeftOut { request_line: "a path".to_owned(), finding }));
    }
    let mut text = head(source, name, selection);
    text.push_str(&checked.text);
    let total = operations.len() + left_out.len();
    Ok(Imported { file: source.file.clone(), text, operations, left_out, notes: checked.notes, total })
}

/// What the line with the selected operations starts with.
const SELECTION: &str = "# Operations: ";

/// The comment at the start of a spec.
fn head(source: &Source, name: &str, selection: &Selection) -> String {
    let code = |text: &str| super::prose::without_secrets(&text.replace(|c: char| c.is_control(), " ")).into_owned();
    let chosen = match selection {
        Selection::All => "all".to_owned(),
        Selection::Ids(ids) => ids.join(", "),
    };
    format!(
        "# Imported from `{}`, version {}, with `cargo xtask import DOCUMENT --name {name}`.\n\
         # You can change this file: the next import keeps your changes, with `specs/imported/{name}.yaml` as the base.\n\
         {SELECTION}{}\n",
        code(&source.file),
        code(&source.version()),
        code(&chosen),
    )
}

/// The files of an import: their paths from the root of the workspace.
struct Paths {
    spec: PathBuf,
    base: PathBuf,
    facts: PathBuf,
}

/// Writes or merges the spec, the fact and the crate in the workspace at `root`.
pub fn import(root: &Path, import: &Import<'_>) -> Result<Report, Failure> {
    let Import { source, name, .. } = *import;
    check_name(name)?;
    let paths = Paths {
        spec: PathBuf::from(format!("specs/{name}.yaml")),
        base: PathBuf::from(format!("specs/imported/{name}.yaml")),
        facts: PathBuf::from("specs/facts.md"),
    };
    let own = read(root, &paths.spec)?;
    let base = read(root, &paths.base)?;
    check_last(&paths, own.as_deref(), base.as_deref())?;
    let (selection, gone) = match (&import.selection, base.as_deref()) {
        (Some(chosen), _) => (chosen.clone(), Vec::new()),
        (None, Some(base)) => without_gone(source, last_selection(base))?,
        (None, None) => (Selection::All, Vec::new()),
    };
    let title = title(source, name);
    let list = read(root, &paths.facts)?.unwrap_or_else(|| "# Facts\n".to_owned());
    let cited = base.as_deref().and_then(|text| last_fact(&paths.base, text));
    let Fact { number, section, list } = fact(&list, &title, (&source.file, &source.version()), cited.as_deref())?;
    let imported = convert(source, name, (&number, &section), &selection)?;
    let known = base.as_deref().map(|text| last_ids(&paths.base, text)).unwrap_or_default();
    let mut lines = Vec::new();
    if imported.operations.is_empty() {
        let errors = vec!["no operation can be imported, so nothing was written".to_owned()];
        return Ok(Report { lines: imported.report(&known), errors });
    }
    let merged = match (&own, &base) {
        (Some(own), Some(base)) => {
            let folder = root.join("specs/imported");
            merge(&folder, &paths.spec.display().to_string(), own, base, &imported.text)?
        }
        _ => super::merge::Merged { text: imported.text.clone(), conflicts: Vec::new() },
    };
    write(root, &paths.facts, &list, &mut lines)?;
    write(root, &paths.spec, &merged.text, &mut lines)?;
    write(root, &paths.base, &imported.text, &mut lines)?;
    for (path, text) in skeleton(name, &title, &imported.text) {
        // After the first import, the crate is written by hand.
        if !root.join(&path).exists() {
            write(root, &path, &text, &mut lines)?;
        }
    }
    let is_changed = !lines.is_empty();
    if !gone.is_empty() {
        lines.push("The document no longer has these operations of the last import:".to_owned());
        lines.extend(gone.iter().map(|id| format!("  {id}")));
    }
    lines.extend(imported.report(&known));
    if is_changed && merged.conflicts.is_empty() {
        lines.insert(lines.len().saturating_sub(1), next(&paths.spec, own.is_none()));
    }
    let mut errors = merged.conflicts;
    if !errors.is_empty() {
        errors.push(format!(
            "conflicts between your changes and the new version: {}; edit the lines that are marked in {}",
            errors.len(),
            paths.spec.display()
        ));
    }
    Ok(Report { lines, errors })
}

/// What to do after an import.
fn next(spec: &Path, is_first: bool) -> String {
    let steps = if is_first {
        "`cargo xtask codegen`; the guide \"Add a provider\" in CONTRIBUTING.md has all steps"
    } else {
        "`cargo xtask codegen`, and `cargo xtask review`, which says what the new version means for callers"
    };
    format!("Next: review {}, then run {steps}", spec.display())
}

/// Returns the operations of the last import that the document still has, and the ids of the others.
fn without_gone(source: &Source, last: Selection) -> Result<(Selection, Vec<String>), Failure> {
    let Selection::Ids(ids) = last else { return Ok((last, Vec::new())) };
    let (all, _) = candidates(source);
    let (there, gone): (Vec<_>, Vec<_>) = ids.into_iter().partition(|id| still_there(&all, id));
    if there.is_empty() {
        return Err(vec![format!(
            "{}: no operation of the last import is left ({}): choose others with `--operations`",
            source.file,
            gone.join(", ")
        )]);
    }
    Ok((Selection::Ids(there), gone))
}

/// The longest name, in characters.
const LONGEST_NAME: usize = 40;

fn check_name(name: &str) -> Result<(), Failure> {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_name =
        name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(is_part) && !name.ends_with('-');
    if !is_name {
        let near = name.replace(|c: char| !c.is_ascii_alphanumeric(), " ").to_kebab_case();
        let near = near.trim_start_matches(|c: char| !c.is_ascii_lowercase());
        let example = if near.is_empty() { "acme" } else { near };
        return Err(vec![format!(
            "`{name}` cannot be the name of a spec and a crate: write lower-case letters, digits and hyphens, such as \
             `{example}`"
        )]);
    }
    if name.len() > LONGEST_NAME {
        return Err(vec![format!(
            "`{name}` is too long for the name of a crate: write up to {LONGEST_NAME} characters"
        )]);
    }
    Ok(())
}

fn check_last(paths: &Paths, own: Option<&str>, base: Option<&str>) -> Result<(), Failure> {
    let (spec, base_path) = (paths.spec.display(), paths.base.display());
    match (own, base) {
        (Some(_), None) => Err(vec![format!(
            "{spec} exists, but {base_path} does not: the spec was written by hand, and an import would overwrite it; \
             choose another name"
        )]),
        (None, Some(_)) => Err(vec![format!("{base_path} exists, but {spec} does not: restore or remove both")]),
        (Some(own), _) if has_conflicts(own) => {
            Err(vec![format!("{spec} still has conflicts of the last import: edit the lines that are marked first")])
        }
        _ => Ok(()),
    }
}

fn last_selection(base: &str) -> Selection {
    let line = base.lines().find_map(|line| line.strip_prefix(SELECTION)).unwrap_or("all");
    if line == "all" { Selection::All } else { Selection::Ids(line.split(", ").map(str::to_owned).collect()) }
}

fn last_fact(path: &Path, base: &str) -> Option<String> {
    let document = Document::parse(&path.display().to_string(), base).ok()?;
    cited_fact(&json(&document.root()))
}

/// Returns the ids of the operations of the last import.
fn last_ids(path: &Path, base: &str) -> BTreeSet<String> {
    let Ok(document) = Document::parse(&path.display().to_string(), base) else { return BTreeSet::new() };
    OperationNode::all(&document.root()).iter().map(|operation| operation.name().into_owned()).collect()
}

fn read(root: &Path, path: &Path) -> Result<Option<String>, Failure> {
    match fs::read_to_string(root.join(path)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(vec![format!("{}: {error}", path.display())]),
    }
}

/// Writes a file, unless it has this text already.
fn write(root: &Path, path: &Path, text: &str, lines: &mut Vec<String>) -> Result<(), Failure> {
    let failed = |error: std::io::Error| vec![format!("{}: {error}", path.display())];
    if read(root, path)?.as_deref() == Some(text) {
        return Ok(());
    }
    if let Some(folder) = root.join(path).parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(root.join(path), text).map_err(failed)?;
    lines.push(format!("{}: written", path.display()));
    Ok(())
}
