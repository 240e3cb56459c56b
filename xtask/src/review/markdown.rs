//! A review as Markdown, fit for a pull request.

use std::fmt::Write as _;

use super::changelog::entry;
use super::version::{RULE, Release};
use super::{ApiReview, Item, Review, Verdict};

/// Lines of one snapshot that are shown.
const SNAPSHOT_LINES: usize = 20;
/// Places that are named where only documentation or order changed.
const PLACES: usize = 8;

/// Prints a review.
#[must_use]
pub fn markdown(review: &Review) -> String {
    let mut text = format!("# Review: {} to {}\n\n", review.base, review.head);
    text.push_str(&releases(&review.releases));
    for api in &review.apis {
        text.push_str(&chapter(api));
    }
    if review.facts_changed {
        text.push_str("\n`specs/facts.md` changed; documentation only.\n");
    }
    let entry = entry(&review.apis);
    if !entry.is_empty() {
        let _ = write!(text, "\n## For the changelog\n\n{entry}\n");
    }
    text.push_str(
        "\nThis covers the specs and the code generated from them. Code written by hand, such as `zap-client-runtime`, is \
         not looked at.\n",
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
        let told = !release.why.is_empty() && release.verdict > Verdict::Unchanged;
        let why = if told { format!(" ({})", release.why) } else { String::new() };
        let version = match (release.was, release.proposed(), release.is) {
            (None, ..) => "new".to_owned(),
            (Some(was), Some(next), Some(is)) if next != was && is >= next => format!("{was} → {is}, as it is"),
            (Some(was), Some(next), Some(is)) if next != was && is != was => {
                format!("{was} → {next}; {is} is too little")
            }
            (Some(was), Some(next), _) if next != was => format!("{was} → {next}"),
            (Some(was), ..) => was.to_string(),
        };
        let at_least = if release.at_least { "at least " } else { "" };
        let _ = writeln!(text, "| `{}` | {at_least}{}{why} | {version} |", release.package, word(release.verdict));
    }
    // Where all have one version, the gravest change decides.
    if let Some(first) = releases.first()
        && let Some(next) = releases.iter().filter_map(Release::proposed).max()
        && releases.len() > 1
        && releases.iter().all(|release| release.was == first.was)
        && Some(next) != first.was
    {
        let _ = write!(text, "\nThe crates have one version together: {next}.\n");
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
    for (what, places) in [("Documentation only", &api.documentation), ("Only in another order", &api.order)] {
        if !places.is_empty() {
            let _ = write!(text, "\n{what}: {}.\n", some(places));
        }
    }
    text
}

fn line(item: &Item) -> String {
    // Without a verdict, another section tells what it means.
    let verdict = match item.verdict {
        Verdict::Unchanged => String::new(),
        verdict => format!("{}: ", word(verdict)),
    };
    let why = if item.why.is_empty() { String::new() } else { format!("; {}", item.why) };
    format!("- {verdict}{}: {}{why}", item.place, item.what)
}

fn snapshots(api: &ApiReview) -> String {
    let mut text = String::new();
    for (path, lines) in &api.snapshots {
        let shown = lines.iter().take(SNAPSHOT_LINES).cloned().collect::<Vec<_>>().join("\n");
        let more = lines.len().saturating_sub(SNAPSHOT_LINES);
        let more = if more > 0 { format!("\n… and {more} lines more") } else { String::new() };
        let _ = write!(text, "\n`{path}`:\n\n```diff\n{shown}{more}\n```\n");
    }
    text
}

fn some(places: &[String]) -> String {
    let mut unique: Vec<&str> = Vec::new();
    for place in places {
        if !unique.contains(&place.as_str()) {
            unique.push(place);
        }
    }
    let more = unique.len().saturating_sub(PLACES);
    let shown = unique[..unique.len() - more].join(", ");
    if more > 0 { format!("{shown} and {more} places more") } else { shown }
}
