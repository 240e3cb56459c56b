//! Rules about examples and defaults: they fit their schemas.

use super::spec_index::Spec;
use super::validate::fault;
use super::{Diagnostics, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule::of_spec(
        "example-invalid",
        "An example that the schema refuses misleads whoever copies it, or the schema is wrong.",
        "Fix the example or the schema, whichever is wrong.",
        |spec, found| invalid(spec, false, found),
    ),
    Rule::of_spec(
        "default-invalid",
        "A default that the schema refuses can never be sent.",
        "Fix the default or the schema, whichever is wrong.",
        |spec, found| invalid(spec, true, found),
    ),
];

fn invalid(spec: &Spec<'_>, defaults: bool, found: &mut Diagnostics) {
    for example in spec.examples.iter().filter(|example| example.is_default == defaults) {
        if let Some((at, wrong)) = fault(&example.at, &example.schema) {
            found.at(&at, wrong);
        }
    }
}
