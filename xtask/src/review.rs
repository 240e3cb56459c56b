//! Reviews the change of a spec, from the committed files of two revisions.
//!
//! | section       | compares                                                       | by        |
//! |---------------|----------------------------------------------------------------|-----------|
//! | Spec          | the documents, except for documentation and order              | `spec`    |
//! | Rust surface  | the public items, as [`crate::surface`] lists them             | `rust`    |
//! | Wire          | the requests of each operation, as the specs describe them     | `wire`    |
//! | Outcome rules | which calls are retried, and what an answer proves             | `outcome` |
//!
//! Every change has a [`Verdict`]. The most severe verdict of a crate determines its next version. One principle decides:
//! **code that was correct with the old version must stay correct.** A promise to callers may become stronger and a
//! requirement weaker, but not the reverse, and the same call must send the same request.

mod changelog;
mod compare;
mod generated_diff;
mod git;
mod item;
mod listing;
mod markdown;
mod model;
mod outcome;
mod release;
mod request;
mod revision;
mod rust;
mod security;
mod spec;
mod spec_diff;
mod subject;
mod version;
mod wire;

pub use self::compare::{compare, review};
pub use self::git::default_base;
pub use self::item::{ChangeKind, Item, Verdict};
pub use self::markdown::markdown;
pub use self::model::{ApiReview, Release, Review};
pub use self::revision::Revision;
pub use self::version::Version;
pub use crate::codegen::Failure;
