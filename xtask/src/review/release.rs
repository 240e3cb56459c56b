//! Finds the crates that need a release, and their versions.

use super::model::{ApiReview, Release};
use super::revision::Revision;
use super::version::Version;

/// Returns the generated crates, and the crates that re-export one of them.
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
        let reexported =
            apis.iter().filter(|api| text.contains(&format!("pub use {};", api.package.replace('-', "_"))));
        if let Some(worst) = reexported.max_by_key(|api| (api.verdict(), !api.warnings.is_empty())) {
            let manifest = new.get(&format!("crates/{folder}/Cargo.toml"));
            let name = manifest.and_then(|text| value(text, "[package]", "name"));
            let why = format!("re-exports `{}`", worst.package);
            releases.push(release(name.as_deref().unwrap_or(folder), folder, worst, why));
        }
    }
    releases
}

/// Returns the version of a crate, which can be that of the workspace.
fn version(revision: &Revision, folder: &str) -> Option<Version> {
    let own = revision.get(&format!("crates/{folder}/Cargo.toml"))?;
    let workspace = || value(revision.get("Cargo.toml")?, "[workspace.package]", "version");
    Version::parse(&value(own, "[package]", "version").or_else(workspace)?)
}

/// Returns a text in a table of a manifest.
fn value(manifest: &str, table: &str, key: &str) -> Option<String> {
    let within = manifest.lines().map(str::trim).skip_while(|line| *line != table).skip(1);
    let mut lines = within.take_while(|line| !line.starts_with('['));
    let value = lines.find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='))?;
    Some(value.trim().trim_matches('"').to_owned())
}
