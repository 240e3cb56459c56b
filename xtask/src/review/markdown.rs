//! Writes a review as Markdown, for a pull request.

use std::fmt::Write as _;

use super::changelog::entry;
use super::item::{Item, Verdict};
use super::model::{ApiReview, Release, Review};
use super::version::RULE;

/// The maximum number of lines that are shown of a snapshot.
const SNAPSHOT_LINES: usize = 20;
/// The maximum number of names in a list of changed documentation or order.
const NAMES: usize = 8;

/// Returns the Markdown of a review.
#[must_use]
pub fn markdown(review: &Review) -> String {
    let mut text = format!("# Review: {} to {}\n\n", review.base, review.head);
    text.push_str(&releases(&review.releases));
    for api in &review.apis {
        text.push_str(&chapter(api));
    }
    if review.facts_changed {
        text.push_str("\n`specs/facts.md` changed, which affects only documentation.\n");
    }
    let entry = entry(&review.apis);
    if !entry.is_empty() {
        let _ = write!(text, "\n## For the changelog\n\n{entry}\n");
    }
    text.push_str(
        "\nThis review covers the specs and the generated code. It does not cover code written by hand, such as \
         `zap-client-runtime`.\n",
    );
    text
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Unchanged => "unchanged",
        Verdict::Documentation => "documentation only",
        Verdict::Compatible => "compatible",
        Verdict::Breaking => "**breaking**",
    }
}

fn releases(releases: &[Release]) -> String {
    let mut text = "| crate | verdict | version |\n|---|---|---|\n".to_owned();
    for release in releases {
        let has_reason = !release.why.is_empty() && release.verdict > Verdict::Unchanged;
        let why = if has_reason { format!(" ({})", release.why) } else { String::new() };
        let version = match (release.was, release.proposed(), release.is) {
            (None, ..) => "new".to_owned(),
            (Some(was), Some(next), Some(is)) if next != was && is >= next => format!("{was} → {is}, as already set"),
            (Some(was), Some(next), Some(is)) if next != was && is != was => {
                format!("{was} → {next}; {is} is too low")
            }
            (Some(was), Some(next), _) if next != was => format!("{was} → {next}"),
            (Some(was), ..) => was.to_string(),
        };
        let at_least = if release.at_least { "at least " } else { "" };
        let _ = writeln!(text, "| `{}` | {at_least}{}{why} | {version} |", release.package, word(release.verdict));
    }
    // If all crates have the same version, the most severe change decides.
    if let Some(first) = releases.first()
        && let Some(next) = releases.iter().filter_map(Release::proposed).max()
        && releases.len() > 1
        && releases.iter().all(|release| release.was == first.was)
        && Some(next) != first.was
    {
        let _ = write!(text, "\nAll crates share one version: {next}.\n");
    }
    let _ = writeln!(text, "\nThe rule: {RULE}.");
    text
}

fn chapter(api: &ApiReview) -> String {
    if api.verdict() == Verdict::Unchanged && api.warnings.is_empty() {
        return String::new();
    }
    let mut text = format!("\n## `{}`, from `{}`\n", api.package, api.file);
    for warning in &api.warnings {
        let _ = write!(text, "\n> **Warning:** {warning}\n");
    }
    for (title, items) in [
        ("Spec", &api.spec),
        ("Rust surface", &api.rust),
        ("Bytes on the wire", &api.wire),
        ("Outcome rules", &api.outcome),
    ] {
        if !items.is_empty() {
            let lines: Vec<_> = items.iter().map(line).collect();
            let _ = write!(text, "\n### {title}\n\n{}\n", lines.join("\n"));
        }
        if title == "Bytes on the wire" {
            text.push_str(&snapshots(api));
        }
    }
    for (what, names) in [("Documentation only", &api.documentation), ("Order only", &api.order)] {
        if !names.is_empty() {
            let _ = write!(text, "\n{what}: {}.\n", first_names(names));
        }
    }
    text
}

fn line(item: &Item) -> String {
    // An item without a verdict has its consequence in another section.
    let verdict = match item.verdict {
        Verdict::Unchanged => String::new(),
        verdict => format!("{}: ", word(verdict)),
    };
    let why = if item.why.is_empty() { String::new() } else { format!("; {}", item.why) };
    format!("- {verdict}{}: {}{why}", item.subject, item.what)
}

fn snapshots(api: &ApiReview) -> String {
    let mut text = String::new();
    for (path, lines) in &api.snapshots {
        let shown = lines.iter().take(SNAPSHOT_LINES).cloned().collect::<Vec<_>>().join("\n");
        let more = lines.len().saturating_sub(SNAPSHOT_LINES);
        let more = if more > 0 { format!("\n… and {more} more lines") } else { String::new() };
        let _ = write!(text, "\n`{path}`:\n\n```diff\n{shown}{more}\n```\n");
    }
    text
}

fn first_names(names: &[String]) -> String {
    let mut unique: Vec<&str> = Vec::new();
    for name in names {
        if !unique.contains(&name.as_str()) {
            unique.push(name);
        }
    }
    let more = unique.len().saturating_sub(NAMES);
    let shown = unique[..unique.len() - more].join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}
