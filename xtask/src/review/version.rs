//! From verdicts to versions.

use std::fmt;

use super::revision::Revision;
use super::{ApiReview, Verdict};

/// The rule, in words.
pub(super) const RULE: &str = "before 1.0, a breaking change raises the second number and any other the third (to \
    `cargo update`, `0.2` does not replace `0.1`); from 1.0 on, a breaking change raises the first and any other the \
    second; documentation and order alone need no release";

/// A version of a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version([u64; 3]);

impl Version {
    /// Reads `0.1.0`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.split(['-', '+']).next().unwrap_or(text);
        let numbers: Vec<_> = plain.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
        Some(Self(numbers.try_into().ok()?))
    }

    /// The version that a change of this verdict asks for.
    #[must_use]
    pub fn after(self, verdict: Verdict) -> Self {
        let Self([major, minor, patch]) = self;
        match (verdict, major) {
            (Verdict::Unchanged | Verdict::Documentation, _) => self,
            (Verdict::Compatible, 0) => Self([0, minor, patch + 1]),
            (Verdict::Breaking, 0) => Self([0, minor + 1, 0]),
            (Verdict::Compatible, _) => Self([major, minor + 1, 0]),
            (Verdict::Breaking, _) => Self([major + 1, 0, 0]),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}

/// What a crate's next release must be.
#[derive(Debug)]
pub struct Release {
    /// Name of the crate.
    pub package: String,
    /// How grave its gravest change is.
    pub verdict: Verdict,
    /// Whether there may be graver ones, since not all could be compared.
    pub at_least: bool,
    /// Why, if no change of its own says so.
    pub why: String,
    /// Its version in the old revision; none if it is new or has none.
    pub was: Option<Version>,
    /// Its version in the new revision.
    pub is: Option<Version>,
}

impl Release {
    /// The version that the changes ask for.
    #[must_use]
    pub fn proposed(&self) -> Option<Version> {
        self.was.map(|was| was.after(self.verdict))
    }
}

/// The crates that the specs become, and those that hand them on.
pub(super) fn releases(old: &Revision, new: &Revision, apis: &[ApiReview]) -> Vec<Release> {
    let release = |package: &str, folder: &str, api: &ApiReview, why: String| Release {
        package: package.to_owned(),
        verdict: api.verdict(),
        at_least: !api.warnings.is_empty(),
        why,
        was: version(old, folder),
        is: version(new, folder),
    };
    let mut releases: Vec<_> = apis.iter().map(|api| release(&api.package, &api.package, api, String::new())).collect();
    for (path, text) in new.files() {
        let Some(folder) = path.strip_prefix("crates/").and_then(|path| path.strip_suffix("/src/lib.rs")) else {
            continue;
        };
        let handed_on = apis.iter().filter(|api| text.contains(&format!("pub use {};", api.package.replace('-', "_"))));
        if let Some(gravest) = handed_on.max_by_key(|api| (api.verdict(), !api.warnings.is_empty())) {
            let manifest = new.get(&format!("crates/{folder}/Cargo.toml"));
            let name = manifest.and_then(|text| value(text, "[package]", "name"));
            let why = format!("re-exports `{}`", gravest.package);
            releases.push(release(name.as_deref().unwrap_or(folder), folder, gravest, why));
        }
    }
    releases
}

/// The version of a crate: its own, or that of the workspace.
fn version(revision: &Revision, folder: &str) -> Option<Version> {
    let own = revision.get(&format!("crates/{folder}/Cargo.toml"))?;
    let workspace = || value(revision.get("Cargo.toml")?, "[workspace.package]", "version");
    Version::parse(&value(own, "[package]", "version").or_else(workspace)?)
}

/// A text in a table of a manifest.
fn value(manifest: &str, table: &str, key: &str) -> Option<String> {
    let within = manifest.lines().map(str::trim).skip_while(|line| *line != table).skip(1);
    let mut lines = within.take_while(|line| !line.starts_with('['));
    let value = lines.find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='))?;
    Some(value.trim().trim_matches('"').to_owned())
}
