//! Changes within the generated code that do not show on its surface.

use std::collections::BTreeMap;

use super::{ApiReview, Item, Kind, Verdict};
use crate::client_code::ClientCode;
use crate::codegen::generate;
use crate::document::Document;

/// Adds what changed within the code, where nothing else asks for a release.
pub(super) fn compare(spec: &Document, old: &ClientCode, new: &ClientCode, review: &mut ApiReview) {
    if old == new || review.verdict() >= Verdict::Compatible || !review.warnings.is_empty() {
        return;
    }
    let (old, new) = (old.text(), new.text());
    let (was, is) = (code_lines(&old), code_lines(&new));
    let quiet = review.verdict() == Verdict::Documentation;
    if was == is {
        if !quiet {
            review.documentation.push("the generated code".to_owned());
        }
        return;
    }
    // If the old spec still makes the old code, it is the spec; documentation and order reach the code in places.
    let by_spec = quiet && generate(spec, &review.file).is_ok_and(|today| code_lines(&today.text()) == was);
    if by_spec && review.spec.is_empty() {
        return;
    }
    let count = is.iter().filter(|(line, count)| was.get(*line) != Some(*count)).count();
    let what = format!("differs in {count} lines, though what users can touch does not");
    let why = if by_spec {
        "how values are read or checked may differ: read the diff"
    } else {
        "the generator changed: read the diff, which this review cannot judge"
    };
    review.rust.push(Item::new(Verdict::Compatible, Kind::Changed, "the code within", what).because(why));
}

/// How often each line of code is there, whatever their order.
fn code_lines(code: &str) -> BTreeMap<&str, usize> {
    let mut lines = BTreeMap::new();
    for line in code.lines().map(|line| line.trim().trim_end_matches(',')) {
        if !line.is_empty() && !line.starts_with("//") {
            *lines.entry(line).or_insert(0) += 1;
        }
    }
    lines
}
