//! Rules about examples and defaults: they fit their schemas.

use super::rule::{Diagnostics, Rule};
use super::validate::fault;
use crate::spec_index::Spec;

pub(super) const RULES: &[Rule] = &[
    Rule::of_spec(
        "example-invalid",
        "An example that the schema refuses misleads whoever copies it, or the schema is wrong.",
        "Fix the example or the schema, whichever is wrong.",
        |spec, diagnostics| invalid(spec, false, diagnostics),
    ),
    Rule::of_spec(
        "default-invalid",
        "A default that the schema refuses can never be sent.",
        "Fix the default or the schema, whichever is wrong.",
        |spec, diagnostics| invalid(spec, true, diagnostics),
    ),
];

fn invalid(spec: &Spec<'_>, defaults: bool, diagnostics: &mut Diagnostics) {
    for example in spec.examples.iter().filter(|example| example.is_default == defaults) {
        if let Some((at, wrong)) = fault(&example.at, &example.schema) {
            diagnostics.at(&at, wrong);
        }
    }
}
