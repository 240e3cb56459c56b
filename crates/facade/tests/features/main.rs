//! The behaviour that depends on the features that the facade is built with. `.ci/run` runs this program with several
//! sets of them.

mod dependencies;
mod no_provider;
#[cfg(all(feature = "chatguru", feature = "externalapi"))]
mod proxy;
#[cfg(all(feature = "chatguru", feature = "externalapi"))]
#[path = "../support/mod.rs"]
mod support;
