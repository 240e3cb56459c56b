//! A YAML document that knows the line of each of its values.

mod anchors;
mod at;
mod error;
mod load;

use serde_json::Value;

pub use self::at::At;
pub use self::error::{Result, SpecError};

/// A value with its location.
#[derive(Debug)]
struct Node {
    line: usize,
    parent: usize,
    /// The key in the mapping that it is in; empty in a list.
    key: String,
    kind: Kind,
    /// The index after the last value below it. They follow it in the order of the file.
    end: usize,
}

#[derive(Debug)]
enum Kind {
    Scalar(Value),
    List(Vec<usize>),
    Map {
        /// In the order of the file.
        entries: Vec<usize>,
        /// The same in the order of their keys, for a binary search: a spec may have thousands of schemas.
        sorted: Vec<usize>,
    },
}

/// A spec as it was parsed.
#[derive(Debug)]
pub struct Document {
    file: String,
    /// All values, the outermost first.
    nodes: Vec<Node>,
}

impl Document {
    /// Returns the outermost value.
    #[must_use]
    pub fn root(&self) -> At<'_> {
        At { document: self, index: 0 }
    }
}
