//! Turns a provider's own OpenAPI document into a spec and the crate of a client.
//!
//! 1. `source` reads the document within limits, and `candidates` finds its operations.
//! 2. `flat` and `alternatives` find what a schema means, with references followed and `allOf` merged.
//! 3. `schemas`, `parameters`, `bodies`, `answers`, `security`, `servers`, `webhooks` and `operation` say it in the terms of
//!    a spec, as a `tree`. What a spec cannot express becomes a [`Finding`].
//! 4. `spec` puts the parts together, and `check` leaves out what the lint or the generator refuses.
//! 5. `yaml` writes the spec. `last` reads the last import, and `merge` keeps what was changed by hand since, with the
//!    specs divided into `chunks`. `skeleton` adds the crate.

mod alternatives;
mod answers;
mod any_json;
mod bodies;
mod candidates;
mod check;
mod chunks;
mod components;
mod crate_name;
mod enums;
mod errors;
mod examples;
mod facts;
mod failure_flags;
mod finding;
mod first_call;
mod flat;
mod html;
mod ids;
mod imperative;
mod inline;
mod isolate;
mod json_text;
mod json_type;
mod last;
mod limits;
mod markup;
mod merge;
mod operation;
mod pagination;
mod parameter_credentials;
mod parameters;
mod path;
mod piece;
mod place;
mod prose;
mod readme;
mod reference;
mod report;
mod roles;
mod run;
mod schemas;
mod security;
mod servers;
mod skeleton;
mod source;
mod spec;
mod styles;
mod tree;
mod webhooks;
mod wire_names;
mod yaml;

pub use candidates::{Listed, Selection, listed, unread};
pub use check::Checks;
pub use finding::Finding;
pub use run::{Import, Imported, LeftOut, Report, convert, convert_checked, import};
pub use source::Source;
