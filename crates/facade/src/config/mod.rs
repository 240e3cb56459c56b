//! The settings of an account: which provider, and the credentials for it.

mod connect;
mod error;
mod names;
mod options;
mod settings;
mod source;
mod spelling;
mod validate;

pub use connect::connect;
pub use error::{ConfigError, ConfigProblem, ProblemKind};
pub use settings::Config;
