//! The command: reads a document, and writes the spec and the crate.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::candidates::{Listed, Selection, candidates, chosen, listed, still_there};
use super::check::{Checks, checked};
use super::crate_name::check_name;
use super::facts::{Fact, fact};
use super::finding::Finding;
use super::last::{Last, ORIGIN, Paths, SELECTION, read};
use super::merge::{Merged, merge};
use super::skeleton::skeleton;
use super::source::Source;
use super::spec::title;
use crate::codegen::Failure;

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
    let chosen = chosen(&all, selection)?;
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

/// The comment at the start of a spec.
fn head(source: &Source, name: &str, selection: &Selection) -> String {
    let code = |text: &str| super::prose::without_secrets(&text.replace(|c: char| c.is_control(), " ")).into_owned();
    let chosen = match selection {
        Selection::All => "all".to_owned(),
        Selection::Ids(ids) => ids.join(", "),
    };
    format!(
        "{ORIGIN}`{}`, version {}, with `cargo xtask import DOCUMENT --name {name}`.\n\
         # You can change this file: the next import keeps your changes, with `specs/imported/{name}.yaml` as the base.\n\
         {SELECTION}{}\n",
        code(&source.file),
        code(&source.version()),
        code(&chosen),
    )
}

/// Writes or merges the spec, the fact and the crate in the workspace at `root`.
pub fn import(root: &Path, import: &Import<'_>) -> Result<Report, Failure> {
    let Import { source, name, .. } = *import;
    check_name(name)?;
    let last = Last::read(root, name)?;
    let title = title(source, name);
    last.check_title(&title, &source.file)?;
    let (selection, gone) = match (&import.selection, &last.base) {
        (Some(chosen), _) => (chosen.clone(), Vec::new()),
        (None, Some(_)) => without_gone(source, last.selection())?,
        (None, None) => (Selection::All, Vec::new()),
    };
    let facts = PathBuf::from("specs/facts.md");
    let known_facts = read(root, &facts)?.unwrap_or_else(|| "# Facts\n".to_owned());
    let version = source.version();
    let Fact { number, section, list } = fact(&known_facts, &title, (&source.file, &version), last.fact().as_deref())?;
    let mut imported = convert(source, name, (&number, &section), &selection)?;
    let known = last.known(&imported.text);
    if imported.operations.is_empty() {
        let errors = vec!["no operation can be imported, so nothing was written".to_owned()];
        return Ok(Report { lines: imported.report(&known), errors });
    }
    let spec = last.paths.spec.display().to_string();
    let merged = match (&last.own, &last.base) {
        (Some(own), Some(base)) => merge(&spec, own, (&last.paths.base.display().to_string(), base), &imported.text)?,
        _ => Merged { text: imported.text.clone(), conflicts: Vec::new() },
    };
    let mut lines = Vec::new();
    if merged.conflicts.is_empty() {
        imported.take_kinds(&spec, &merged.text);
        write(root, &facts, &list, &mut lines)?;
        write(root, &last.paths.spec, &merged.text, &mut lines)?;
        write(root, &last.paths.base, &imported.text, &mut lines)?;
        last.end_merge(root)?;
        for (path, text) in skeleton(name, &title, &imported.text) {
            // After the first import, the crate is written by hand.
            if !root.join(&path).exists() {
                write(root, &path, &text, &mut lines)?;
            }
        }
    } else {
        write(root, &last.paths.unmerged, &imported.text, &mut lines)?;
        write(root, &last.paths.spec, &last.marked(&merged.text), &mut lines)?;
    }
    let next = match (merged.conflicts.is_empty(), lines.is_empty()) {
        (true, true) => None,
        (true, false) => Some(next(&last.paths.spec, last.own.is_none())),
        (false, _) => Some(next_of_conflicts(&last.paths)),
    };
    if lines.is_empty() {
        lines.push(format!("{spec}: up to date"));
    }
    lines.extend(last.removed(source, &imported.text, gone));
    lines.extend(last.not_selected(source, &selection));
    lines.extend(imported.report(&known));
    lines.splice(lines.len() - 1..lines.len() - 1, next);
    let mut errors = merged.conflicts;
    if !errors.is_empty() {
        errors.push(format!("conflicts between your changes and the new version: {}", errors.len()));
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

/// What to do after a merge with conflicts.
fn next_of_conflicts(paths: &Paths) -> String {
    let spec = paths.spec.display();
    format!(
        "Next: edit the lines that are marked in {spec}, and run the same import again, which ends the merge; to undo it, \
         run `git checkout {spec}`"
    )
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
