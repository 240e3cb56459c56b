//! Helpers that several layers use.

pub(crate) mod future;
pub(crate) mod json_text;
pub(crate) mod nullable;
pub(crate) mod optional;
pub(crate) mod percent;
pub(crate) mod random;
pub(crate) mod text_length;
pub(crate) mod url_cache;
