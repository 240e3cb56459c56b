//! Generates the clients, and writes or checks their files.

mod facts;
mod files;
mod progenitor;

use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

pub use self::files::{Mode, ensure};
use crate::client_code::ClientCode;
use crate::document::{Document, SpecError};
use crate::lint::{self, Workspace};
use crate::model::Api;
use crate::patch::{Parts, Patch, PatchError};
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
    name: impl Fn(&Api, &Shard) -> String + Sync,
) -> Result<ClientCode, Failure> {
    let wrong = |error: SpecError| vec![error.to_string()];
    let patched = |error: PatchError| vec![format!("{file}: {error}")];
    // First, since the other steps rely on what it refuses.
    lint::refuse(document).map_err(wrong)?;
    let api = read::read(document).map_err(wrong)?;
    let openapi = rewrite::rewrite(document).map_err(wrong)?;
    let patch = Patch::new(&api);
    let part = |shard: &Shard| {
        let code = progenitor::generate(&api, shard)
            .map_err(|error| vec![format!("{file}: {}: progenitor: {error}", name(&api, shard))])?;
        if shard.of_answers { patch.answers(code) } else { patch.operations(code) }.map_err(patched)
    };
    let parts = on_all_cores(&shards(document, &api, openapi).map_err(wrong)?, part)?;
    let header = format!("// Generated from {file}: do not edit. Change the spec and run `{COMMAND}`.\n\n");
    patch.client(parts, &header).map_err(patched)
}

/// The stack of a thread, as large as that of the main thread usually is.
const STACK: usize = 8 << 20;

/// Generates the parts of independent shards on all cores, in the order of the shards.
fn on_all_cores(
    shards: &[Shard],
    part: impl Fn(&Shard) -> Result<Parts, Failure> + Sync,
) -> Result<Vec<Parts>, Failure> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let in_order = |shards: &[Shard]| shards.iter().map(&part).collect::<Result<Vec<_>, _>>();
    thread::scope(|scope| {
        let start = |some| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || in_order(some));
        let started: Vec<_> = shards.chunks(shards.len().div_ceil(cores).max(1)).map(start).collect();
        let mut parts = Vec::with_capacity(shards.len());
        for thread in started {
            let thread = thread.map_err(|error| vec![format!("a thread cannot be started: {error}")])?;
            parts.extend(thread.join().unwrap_or_else(|panic| resume_unwind(panic))?);
        }
        Ok(parts)
    })
}
