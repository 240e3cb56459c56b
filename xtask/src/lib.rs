//! Generates the clients from the specs, and checks and reviews the specs.
//!
//! The pipeline has one direction: each module imports only modules of an earlier step, which a test checks.
//!
//! 1. [`document`] reads the YAML and keeps the line of every value.
//! 2. [`schema`], `spec_index` and `describe` find what the values mean in OpenAPI.
//! 3. [`read`] reads what the generator needs into the [`model`], with [`names`], `pagination`, `rules`, `form_rules` and
//!    `limits`. It refuses what the generator cannot express.
//! 4. [`rewrite`] turns the document into one that progenitor accepts.
//! 5. [`lint`] checks all rules, which includes what `read` and `rewrite` refuse.
//! 6. `shards` divides a large spec, since the time of progenitor grows faster than the size.
//! 7. [`patch`] turns progenitor's code into ours, and [`emit`] adds the code that progenitor does not generate.
//! 8. [`codegen`] runs these steps, and writes or checks the files of each client ([`client_code`]).
//!
//! Before the pipeline, [`import`] turns a provider's own OpenAPI document into a spec.
//!
//! Beside the pipeline, [`surface`] lists the public items of a client for reviewers, [`review`] reports what the change of
//! a spec means for users, and [`drift`] compares the specs with the providers' documentation pages.

/// A third of the instructions of code generation is the allocation of tokens, which the system's allocator makes slowly.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod client_code;
pub mod codegen;
mod describe;
pub mod document;
pub mod drift;
pub mod emit;
mod form_rules;
pub mod import;
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
