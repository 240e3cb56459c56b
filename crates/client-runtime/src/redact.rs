//! Keeps secrets out of texts.

pub(crate) mod encoded_match;
pub(crate) mod needle;
pub(crate) mod scrubber;
pub(crate) mod secret;
pub(crate) mod tokens;
