//! What the last import left in a workspace, and what a new one removes.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::candidates::{Selection, candidates, chosen, still_there};
use super::ids::snake_case;
use super::merge::has_conflicts;
use super::source::Source;
use super::spec::cited_fact;
use crate::codegen::Failure;
use crate::describe::json;
use crate::document::Document;
use crate::spec_index::OperationNode;

/// What the line of a spec with the selected operations starts with.
pub(super) const SELECTION: &str = "# Operations: ";

/// What the line of a spec with the document and its version starts with.
pub(super) const ORIGIN: &str = "# Imported from ";

/// The files of an import: their paths from the root of the workspace.
#[derive(Debug)]
pub(super) struct Paths {
    pub spec: PathBuf,
    /// The last import, which the next one is compared with.
    pub base: PathBuf,
    /// An import whose merge had conflicts. It becomes the base when they are resolved.
    pub unmerged: PathBuf,
}

/// The last import.
#[derive(Debug)]
pub(super) struct Last {
    pub paths: Paths,
    /// The spec with the changes by hand.
    pub own: Option<String>,
    /// The spec as it was imported.
    pub base: Option<String>,
}

impl Last {
    /// Reads the last import of this name. If its conflicts were resolved, the import that had them is the base; if it was
    /// undone, the base is the import before.
    pub(super) fn read(root: &Path, name: &str) -> Result<Self, Failure> {
        let paths = Paths {
            spec: PathBuf::from(format!("specs/{name}.yaml")),
            base: PathBuf::from(format!("specs/imported/{name}.yaml")),
            unmerged: PathBuf::from(format!("specs/imported/{name}.unmerged.yaml")),
        };
        let own = read(root, &paths.spec)?;
        let unmerged = read(root, &paths.unmerged)?;
        let base = read(root, &paths.base)?;
        let mut last = Self { paths, own, base };
        last.check_files()?;
        let (Some(own), Some(base)) = (&last.own, &last.base) else { return Ok(last) };
        let mark = last.mark();
        let without_mark: Vec<_> = own.lines().filter(|line| line.trim() != mark).collect();
        let is_marked = without_mark.len() < own.lines().count();
        let (of_own, of_base) = (origin(own), origin(base));
        let of_unmerged = unmerged.as_deref().and_then(origin);
        if is_marked || of_own != of_base && of_own == of_unmerged {
            (last.own, last.base) = (Some(without_mark.join("\n") + "\n"), unmerged.or(last.base));
        } else if of_own.is_some() && of_base.is_some() && of_own != of_base {
            return Err(vec![format!(
                "{} and {} come from different imports, as their first lines say: restore both from the same commit",
                last.paths.spec.display(),
                last.paths.base.display()
            )]);
        }
        Ok(last)
    }

    fn check_files(&self) -> Result<(), Failure> {
        let (spec, base) = (self.paths.spec.display(), self.paths.base.display());
        match (&self.own, &self.base) {
            (Some(_), None) => Err(vec![format!(
                "{spec} exists, but {base} does not: the spec was written by hand, and an import would overwrite it; \
                 choose another name"
            )]),
            (None, Some(_)) => Err(vec![format!("{base} exists, but {spec} does not: restore or remove both")]),
            (Some(own), _) if has_conflicts(own) => Err(vec![format!(
                "{spec} still has conflicts of the last import: edit the lines that are marked first, or undo the import \
                 with `git checkout {spec}`"
            )]),
            _ => Ok(()),
        }
    }

    /// The line of a spec whose conflicts were marked. A spec without it is one from before the import.
    fn mark(&self) -> String {
        format!("# Merged with `{}`; the next import removes this line and that file.", self.paths.unmerged.display())
    }

    /// Returns a merged text that has conflicts, with the line that says so.
    pub(super) fn marked(&self, text: &str) -> String {
        format!("{text}{}\n", self.mark())
    }

    /// Removes what an import with conflicts left.
    pub(super) fn end_merge(&self, root: &Path) -> Result<(), Failure> {
        match fs::remove_file(root.join(&self.paths.unmerged)) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(vec![format!("{}: {error}", self.paths.unmerged.display())])
            }
            _ => Ok(()),
        }
    }

    fn document(&self) -> Option<Document> {
        Document::parse(&self.paths.base.display().to_string(), self.base.as_deref()?).ok()
    }

    /// Refuses a document of another API.
    pub(super) fn check_title(&self, title: &str, file: &str) -> Result<(), Failure> {
        let document = self.document();
        let info = document.as_ref().and_then(|document| document.root().get("info"));
        match info.as_ref().and_then(|info| info.get("title")?.as_text()) {
            Some(last) if last != title => Err(vec![format!(
                "{file} is titled `{title}`, but the last import of this name was `{last}`: choose another `--name`, or, \
                 if it is the same API with a new title, change `title` in {} and {} first",
                self.paths.spec.display(),
                self.paths.base.display()
            )]),
            _ => Ok(()),
        }
    }

    /// Returns which operations were selected.
    pub(super) fn selection(&self) -> Selection {
        let mut lines = self.base.as_deref().unwrap_or_default().lines();
        match lines.find_map(|line| line.strip_prefix(SELECTION)).unwrap_or("all") {
            "all" => Selection::All,
            ids => Selection::Ids(ids.split(", ").map(str::to_owned).collect()),
        }
    }

    /// Returns the fact that the spec cites for its document.
    pub(super) fn fact(&self) -> Option<String> {
        cited_fact(&json(&self.document()?.root()))
    }

    /// Returns the ids of the operations.
    fn ids(&self) -> BTreeSet<String> {
        let Some(document) = self.document() else { return BTreeSet::new() };
        OperationNode::all(&document.root()).iter().map(|operation| operation.name().into_owned()).collect()
    }

    /// Returns the ids of the operations of a new import, whose text this is, that the last import had with the same method
    /// and path.
    pub(super) fn known(&self, import: &str) -> BTreeSet<String> {
        let (Some(last), Ok(new)) = (self.document(), Document::parse("import", import)) else {
            return BTreeSet::new();
        };
        let last: BTreeSet<_> = OperationNode::all(&last.root()).iter().map(OperationNode::request_line).collect();
        let new = OperationNode::all(&new.root()).into_iter().filter(|one| last.contains(&one.request_line()));
        new.map(|one| one.name().into_owned()).collect()
    }

    /// Returns the operations that a new import, whose text this is, no longer has, as lines of its report. `gone` are the
    /// selected ids that the document no longer has.
    pub(super) fn removed(&self, source: &Source, import: &str, mut gone: Vec<String>) -> Vec<String> {
        let (all, _) = candidates(source);
        let new = Document::parse("import", import).ok();
        let kept: BTreeSet<_> =
            new.iter().flat_map(|new| OperationNode::all(&new.root())).map(|one| one.request_line()).collect();
        let document = self.document();
        let last = document.iter().flat_map(|last| OperationNode::all(&last.root()));
        let removed = last.filter(|one| !kept.contains(&one.request_line())).map(|one| one.name().into_owned());
        let (there, not_there): (Vec<_>, Vec<_>) = removed.partition(|id| still_there(&all, id));
        let named: BTreeSet<_> = gone.iter().map(|id| snake_case(id)).collect();
        gone.extend(not_there.into_iter().filter(|id| !named.contains(id)));
        let mut lines = Vec::new();
        for (title, ids) in [
            ("The document no longer has these operations of the last import:", gone),
            ("Removed, because they are no longer selected or were left out:", there),
        ] {
            if !ids.is_empty() {
                lines.push(title.to_owned());
                lines.extend(ids.iter().map(|id| format!("  {id}")));
            }
        }
        lines
    }

    /// Returns a line about operations of the document that were not in the last import and are not selected.
    pub(super) fn not_selected(&self, source: &Source, selection: &Selection) -> Option<String> {
        self.base.as_ref()?;
        let (all, _) = candidates(source);
        let selected: BTreeSet<_> = chosen(&all, selection).ok()?.into_iter().map(|one| one.id).collect();
        let known = self.ids();
        let others = all.iter().filter(|one| !selected.contains(&one.id) && !known.contains(&one.id)).count();
        (others > 0)
            .then(|| format!("The document has {others} more operations; `--list` lists all, `--operations` selects"))
    }
}

/// Returns the line of a spec that names the document and its version.
fn origin(spec: &str) -> Option<&str> {
    spec.lines().find(|line| line.starts_with(ORIGIN))
}

/// Returns the text of a file, if it exists.
pub(super) fn read(root: &Path, path: &Path) -> Result<Option<String>, Failure> {
    match fs::read_to_string(root.join(path)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(vec![format!("{}: {error}", path.display())]),
    }
}
