//! From the specs to the generated clients.
//!
//! One way, one file a step: [`document`] reads the YAML and keeps every line number, [`read`] picks
//! out what the generator needs (the [`model`]) and refuses what it cannot do (with [`schema`], `rules`, `form_rules`,
//! `limits`, `pagination` and [`names`]), [`lint`] holds the house rules, [`rewrite`] turns the document into one that
//! progenitor takes, [`patch`] turns progenitor's code into ours, [`emit`] adds what progenitor does not
//! know, and [`codegen`] drives them (a big spec in `shards`, on all cores) and writes or checks the
//! result. [`surface`] prints what a reviewer reads first, [`review`] says what a change of a spec means,
//! and [`drift`] holds the specs against the providers' pages.

pub mod client_code;
pub mod codegen;
mod describe;
pub mod document;
pub mod drift;
pub mod emit;
mod form_rules;
mod limits;
pub mod lint;
pub mod model;
pub mod names;
mod pagination;
pub mod patch;
pub mod read;
pub mod review;
pub mod rewrite;
mod rules;
pub mod schema;
mod shards;
mod spec_index;
pub mod surface;
