//! Rules about examples and defaults: they are valid for their schemas.

use super::rule::{Diagnostics, Rule};
use super::validate::mismatch;
use crate::spec_index::Spec;

pub(super) const RULES: &[Rule] = &[
    Rule::of_spec(
        "example-invalid",
        "Users copy examples. If the schema rejects one, the example or the schema is wrong.",
        "Correct the example or the schema.",
        |spec, diagnostics| invalid(spec, false, diagnostics),
    ),
    Rule::of_spec(
        "default-invalid",
        "A default that the schema rejects can never be sent.",
        "Correct the default or the schema.",
        |spec, diagnostics| invalid(spec, true, diagnostics),
    ),
];

fn invalid(spec: &Spec<'_>, defaults: bool, diagnostics: &mut Diagnostics) {
    for example in spec.examples.iter().filter(|example| example.is_default == defaults) {
        if let Some((at, wrong)) = mismatch(&example.at, &example.schema) {
            diagnostics.at(&at, wrong);
        }
    }
}
