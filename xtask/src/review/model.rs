//! The result of a review.

use super::item::{Item, Verdict};
use super::version::Version;

/// The review of a workspace.
#[derive(Debug)]
pub struct Review {
    /// The name of the older revision.
    pub base: String,
    /// The name of the newer revision.
    pub head: String,
    /// One review for each spec.
    pub apis: Vec<ApiReview>,
    /// The crates, each with its verdict.
    pub releases: Vec<Release>,
    /// Whether the list of facts changed.
    pub facts_changed: bool,
}

/// The review of one spec and of the crate that is generated from it.
#[derive(Debug, Default)]
pub struct ApiReview {
    /// The name of the crate.
    pub package: String,
    /// The file of the spec, relative to the root of the workspace.
    pub file: String,
    /// The folder of the generated code.
    pub code: String,
    /// Why the review is incomplete, such as a spec that the generator refuses.
    pub warnings: Vec<String>,
    /// Changes of the spec. If another section shows the consequence, the verdict is there.
    pub spec: Vec<Item>,
    /// Changes of the public items.
    pub rust: Vec<Item>,
    /// Changes of the requests.
    pub wire: Vec<Item>,
    /// Changes of the committed snapshots of requests, as lines with `-` and `+`.
    pub snapshots: Vec<(String, Vec<String>)>,
    /// Changes of which calls are retried and of what an answer proves.
    pub outcome: Vec<Item>,
    /// What has other documentation.
    pub documentation: Vec<String>,
    /// What differs only in its order.
    pub order: Vec<String>,
}

impl ApiReview {
    /// Returns the most severe verdict of the changes.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let items = [&self.spec, &self.rust, &self.wire, &self.outcome].into_iter().flatten();
        let worst = items.map(|item| item.verdict).max().unwrap_or(Verdict::Unchanged);
        let is_changed = !self.documentation.is_empty() || !self.order.is_empty() || !self.spec.is_empty();
        if is_changed { worst.max(Verdict::Documentation) } else { worst }
    }
}

/// The next release of a crate.
#[derive(Debug)]
pub struct Release {
    /// The name of the crate.
    pub package: String,
    /// The most severe verdict of its changes.
    pub verdict: Verdict,
    /// Whether a change may be more severe, since the review is incomplete.
    pub at_least: bool,
    /// The reason, if the crate itself has no changes.
    pub why: String,
    /// The version in the older revision; `None` if the crate is new or has no version.
    pub was: Option<Version>,
    /// The version in the newer revision.
    pub is: Option<Version>,
}

impl Release {
    /// Returns the version that the changes require.
    #[must_use]
    pub fn proposed(&self) -> Option<Version> {
        self.was.map(|was| was.after(self.verdict))
    }
}
