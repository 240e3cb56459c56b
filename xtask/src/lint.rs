//! The lint rules that a spec must follow, by subject.
//!
//! Each rule has a name, a reason, a help text and a check that adds findings. [`Workspace`] reads all specs and returns
//! the findings; [`refuse`] makes the checks that the generator relies on, for one spec.

mod answers;
mod check;
mod credentials;
mod descriptions;
mod examples;
mod extensions;
mod facts;
mod keys;
mod limits;
mod operations;
mod pagination;
mod personal_data;
mod provenance;
mod report;
mod rule;
mod schemas;
mod secrets;
mod validate;
mod webhooks;
mod workspace;

pub(crate) use check::unsupported;
pub use check::{RULES, every_rule, lint, refuse};
pub(crate) use descriptions::is_description;
pub use facts::Facts;
pub(crate) use operations::{is_free_id, not_imperative};
pub use report::{report, rules};
pub use rule::{Finding, Rule, SpecSource};
pub(crate) use secrets::refused_value;
pub use workspace::{SpecFile, Workspace};
