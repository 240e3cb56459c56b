//! The values of placeholders.

use std::collections::BTreeMap;

/// The values of a message's placeholders, by name.
pub type Params = BTreeMap<String, String>;

/// The name under which the digest of a message's file is stored. It is no name of a placeholder, because it has braces.
pub(super) const FILE: &str = "{file}";
