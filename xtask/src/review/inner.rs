//! Changes within the generated code that neither the spec nor the surface explains: the generator's own.

use std::collections::BTreeMap;

use super::{ApiReview, Item, Kind, Verdict};
use crate::codegen::generate;
use crate::document::Document;

/// Adds what the generator did of itself, where nothing else speaks.
pub(super) fn compare(spec: &Document, old: &str, new: &str, review: &mut ApiReview) {
    if old == new || [&review.spec, &review.rust, &review.wire, &review.outcome].iter().any(|items| !items.is_empty()) {
        return;
    }
    let (was, is) = (code_lines(old), code_lines(new));
    let quiet = !review.documentation.is_empty() || !review.order.is_empty();
    if was == is {
        if !quiet {
            review.documentation.push("the generated code".to_owned());
        }
        return;
    }
    // Documentation and order reach the code in places. If the old spec still makes the old code, it is they.
    if quiet && generate(spec, &review.file).is_ok_and(|today| code_lines(&today) == was) {
        return;
    }
    let count = is.iter().filter(|(line, count)| was.get(*line) != Some(*count)).count();
    let what = format!("differs in {count} lines, though neither the spec nor what users can touch does");
    let why = "the generator changed: read the diff, which this review cannot judge";
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
