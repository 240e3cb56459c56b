//! Changes of the generated code that its surface does not show.

use std::collections::BTreeMap;

use super::item::{ChangeKind, Item, Verdict};
use super::model::ApiReview;
use crate::client_code::ClientCode;
use crate::codegen::generate;
use crate::document::Document;

/// Adds a change of the code, unless another change already requires a release.
pub(super) fn compare(spec: &Document, old: &ClientCode, new: &ClientCode, review: &mut ApiReview) {
    if old == new || review.verdict() >= Verdict::Compatible || !review.warnings.is_empty() {
        return;
    }
    let (old, new) = (old.text(), new.text());
    let (was, is) = (code_lines(&old), code_lines(&new));
    let is_documentation = review.verdict() == Verdict::Documentation;
    if was == is {
        if !is_documentation {
            review.documentation.push("the generated code".to_owned());
        }
        return;
    }
    // If the old spec still generates the old code, the spec caused the change: some documentation and order is in the code.
    let by_spec =
        is_documentation && generate(spec, &review.file).is_ok_and(|client| code_lines(&client.text()) == was);
    if by_spec && review.spec.is_empty() {
        return;
    }
    let count = is.iter().filter(|(line, count)| was.get(*line) != Some(*count)).count();
    let what = format!("differs in {count} lines, without a change of the public items");
    let why = if by_spec {
        "values may be read or checked differently; read the diff"
    } else {
        "the generator changed; read the diff, which this review cannot judge"
    };
    review.rust.push(Item::new(Verdict::Compatible, ChangeKind::Changed, "the code", what).because(why));
}

/// Returns how often each line of code occurs, in any order.
fn code_lines(code: &str) -> BTreeMap<&str, usize> {
    let mut lines = BTreeMap::new();
    for line in code.lines().map(|line| line.trim().trim_end_matches(',')) {
        if !line.is_empty() && !line.starts_with("//") {
            *lines.entry(line).or_insert(0) += 1;
        }
    }
    lines
}
