//! Generates the clients, and writes or checks their files.

mod facts;
mod files;
mod progenitor;

use std::path::{Path, PathBuf};

pub use self::files::{Mode, ensure};
use crate::client_code::ClientCode;
use crate::document::{Document, SpecError};
use crate::lint::{self, Workspace};
use crate::model::Api;
use crate::patch::{Patch, PatchError};
use crate::shards::{Shard, shards};
use crate::{read, rewrite};

/// The command that writes the generated files.
pub const COMMAND: &str = "cargo xtask codegen";

/// What went wrong, in lines for people.
pub type Failure = Vec<String>;

/// A generated client.
#[derive(Debug)]
pub struct Generated {
    /// The folder of its files, from the root of the workspace.
    pub folder: PathBuf,
    /// Its files.
    pub code: ClientCode,
}

/// Brings the generated clients of the workspace at `root` up to date, or reports the files that are not. Returns lines
/// for people.
///
/// All specs are generated before a file is touched: if one spec is wrong, nothing is written.
pub fn codegen(root: &Path, mode: Mode) -> Result<Vec<String>, Failure> {
    let clients = generate_all(root)?;
    files::refuse_missing_crates(root, &clients)?;
    let (mut done, mut stale) = (Vec::new(), Failure::new());
    for client in &clients {
        match ensure(root, client, mode) {
            Ok(lines) if lines.is_empty() => done.push(format!("{}: up to date", client.folder.display())),
            Ok(lines) => done.extend(lines),
            Err(lines) => stale.extend(lines),
        }
    }
    if stale.is_empty() { Ok(done) } else { Err(stale) }
}

/// Generates the clients of all specs of the workspace at `root`.
///
/// A spec `specs/NAME.yaml` becomes the folder `crates/NAME-client/src/generated`.
pub fn generate_all(root: &Path) -> Result<Vec<Generated>, Failure> {
    let workspace = Workspace::read(root)?;
    let findings = workspace.findings();
    let (mut clients, mut failures) = (Vec::new(), Failure::new());
    for spec in &workspace.specs {
        match generate(&spec.document, &spec.file) {
            Ok(code) => {
                let folder = PathBuf::from(format!("crates/{}-client/src/generated", spec.name));
                let facts = facts::cited(&spec.document, workspace.facts());
                clients.push(Generated { folder, code: code.with(facts::FILE, facts) });
            }
            Err(failure) => failures.extend(failure),
        }
    }
    if findings.is_empty() && failures.is_empty() {
        return Ok(clients);
    }
    // The lint reports what the generator refuses, too, with a name; but not what progenitor refuses.
    let findings: Failure = workspace.all_findings().iter().map(ToString::to_string).collect();
    Err(if findings.is_empty() { failures } else { findings })
}

/// Generates the client of one spec.
pub fn generate(document: &Document, file: &str) -> Result<ClientCode, Failure> {
    generate_naming(document, file, |api, shard| progenitor::refused(api, shard).join(", "))
}

/// Generates the client of one spec, as [`generate`] does, but does not search for what progenitor refuses.
pub(crate) fn try_generate(document: &Document, file: &str) -> Result<ClientCode, Failure> {
    generate_naming(document, file, |_, _| "a path or a schema".to_owned())
}

/// Generates the client of one spec. `name` names what progenitor refuses in a shard.
fn generate_naming(
    document: &Document,
    file: &str,
    name: impl Fn(&Api, &Shard) -> String,
) -> Result<ClientCode, Failure> {
    let wrong = |error: SpecError| vec![error.to_string()];
    let patched = |error: PatchError| vec![format!("{file}: {error}")];
    // First, since the other steps rely on what it refuses.
    lint::refuse(document).map_err(wrong)?;
    let api = read::read(document).map_err(wrong)?;
    let openapi = rewrite::rewrite(document).map_err(wrong)?;
    let patch = Patch::new(&api);
    let mut parts = Vec::new();
    for shard in shards(document, &api, openapi).map_err(wrong)? {
        let code = progenitor::generate(&api, &shard)
            .map_err(|error| vec![format!("{file}: {}: progenitor: {error}", name(&api, &shard))])?;
        parts.push(if shard.of_answers { patch.answers(code) } else { patch.operations(code) }.map_err(patched)?);
    }
    let header = format!("// Generated from {file}: do not edit. Change the spec and run `{COMMAND}`.\n\n");
    patch.client(parts, &header).map_err(patched)
}
