//! Writes the entry for the changelog.

use std::fmt::Write as _;

use super::item::{ChangeKind, Item, Verdict};
use super::model::ApiReview;
use super::wire::{OTHER_ADDRESS, OTHER_REQUEST};

/// Returns lines below `### Added`, `### Changed` and `### Removed`, in the format of Keep a Changelog.
pub(super) fn entry(apis: &[ApiReview]) -> String {
    let mut text = String::new();
    for (kind, title) in
        [(ChangeKind::Added, "Added"), (ChangeKind::Changed, "Changed"), (ChangeKind::Removed, "Removed")]
    {
        let lines: Vec<_> = apis.iter().flat_map(|api| lines(api, kind)).collect();
        if !lines.is_empty() {
            let _ = write!(text, "### {title}\n\n{}\n\n", lines.join("\n"));
        }
    }
    text.trim_end().to_owned()
}

fn lines(api: &ApiReview, kind: ChangeKind) -> Vec<String> {
    // The surface also shows parameters that are new or required.
    let wire = api.wire.iter().filter(|item| item.why == OTHER_REQUEST || item.why == OTHER_ADDRESS);
    let items = api.rust.iter().chain(wire).chain(&api.outcome).chain(&api.spec);
    let listed = items.filter(|item| item.kind == kind && item.verdict >= Verdict::Compatible);
    listed.map(|item| line(api, item)).collect()
}

fn line(api: &ApiReview, item: &Item) -> String {
    let breaking = if item.verdict == Verdict::Breaking { "**Breaking.** " } else { "" };
    format!("- {breaking}`{}`: {}: {}.", api.package, item.subject, item.what)
}
