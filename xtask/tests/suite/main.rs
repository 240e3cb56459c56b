//! The tests of the generator, the lint, the review and the comparison with the providers' pages, in one program.
//!
//! The tests in `guides` are another program, since they run cargo on a copy of the workspace.

mod bad_input;
mod codegen;
mod drift;
mod folders;
mod import;
mod lint;
mod module_order;
mod no_panic;
mod pardal;
mod recado;
mod review;
mod rewrite;
mod surface;
mod valid;
mod vocabulary;
mod workspace;
