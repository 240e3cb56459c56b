//! The entry of the changelog that the changes ask for.

use std::fmt::Write as _;

use super::wire::{OTHER_ADDRESS, OTHER_REQUEST};
use super::{ApiReview, Item, Kind, Verdict};

/// Lines below `### Added`, `### Changed` and `### Removed`, in the form of Keep a Changelog.
pub(super) fn entry(apis: &[ApiReview]) -> String {
    let mut text = String::new();
    for (kind, title) in [(Kind::Added, "Added"), (Kind::Changed, "Changed"), (Kind::Removed, "Removed")] {
        let lines: Vec<_> = apis.iter().flat_map(|api| lines(api, kind)).collect();
        if !lines.is_empty() {
            let _ = write!(text, "### {title}\n\n{}\n\n", lines.join("\n"));
        }
    }
    text.trim_end().to_owned()
}

fn lines(api: &ApiReview, kind: Kind) -> Vec<String> {
    // What may or must be sent now is in the surface, too.
    let wire = api.wire.iter().filter(|item| item.why == OTHER_REQUEST || item.why == OTHER_ADDRESS);
    let items = api.rust.iter().chain(wire).chain(&api.outcome).chain(&api.spec);
    let told = items.filter(|item| item.kind == kind && item.verdict >= Verdict::Compatible);
    told.map(|item| line(api, item)).collect()
}

fn line(api: &ApiReview, item: &Item) -> String {
    let breaking = if item.verdict == Verdict::Breaking { "**Breaking.** " } else { "" };
    format!("- {breaking}`{}`: {}: {}.", api.package, item.place, item.what)
}
