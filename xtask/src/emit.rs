//! Writes the code that progenitor cannot know: instances, credentials, the table of operations, open enums.

mod client;
mod credentials;
mod docs;
mod open_enum;
mod operations;
mod provider;

use heck::ToShoutySnakeCase as _;
use quote::format_ident;

pub use self::client::client;
pub use self::docs::{doc, doc_lines};
pub use self::open_enum::open_enum;
pub use self::operations::operations;

/// The width of generated lines: `max_width` of `rustfmt.toml`.
pub(crate) const WIDTH: usize = 120;

/// The name of an operation's entry in the table.
pub fn operation_ident(id: &str) -> proc_macro2::Ident {
    format_ident!("{}", id.to_shouty_snake_case())
}
