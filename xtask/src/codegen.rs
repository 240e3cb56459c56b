//! Drives the steps, and writes or checks the result.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle, TagStyle, TypeImpl};

use crate::document::{Document, SpecError};
use crate::lint::{self, SpecFile, Workspace};
use crate::model::Api;
use crate::parallel::{both, each, in_pool};
use crate::patch::{Patch, PatchError};
use crate::shards::{Shard, shards};
use crate::{read, rewrite};

/// The command that writes the generated files.
pub const COMMAND: &str = "cargo xtask codegen";

/// What went wrong, in lines for people.
pub type Failure = Vec<String>;

/// Brings the generated clients of the workspace at `root` up to date, or says which are not. Returns what to tell
/// of each.
///
/// All specs are generated before a file is touched: one bad spec, and nothing is written.
pub fn codegen(root: &Path, mode: Mode) -> Result<Vec<String>, Failure> {
    in_pool(|| bring_up_to_date(root, mode))
}

fn bring_up_to_date(root: &Path, mode: Mode) -> Result<Vec<String>, Failure> {
    let generated = generate_all(root)?;
    homes(root, &generated)?;
    let (mut done, mut stale) = (Vec::new(), Vec::new());
    for file in &generated {
        let path = file.path.display();
        match (ensure(root, file, mode)?, mode) {
            (true, Mode::Check) => stale.push(format!("{path} is not what its spec makes: run `{COMMAND}`")),
            (true, Mode::Write) => done.push(format!("{path}: written")),
            (false, _) => done.push(format!("{path}: up to date")),
        }
    }
    if stale.is_empty() { Ok(done) } else { Err(stale) }
}

/// Refuses what would be written where no crate is: a folder without a `Cargo.toml` among the members of a workspace
/// stops every command of cargo, this one too. Elsewhere, as in a folder to try a spec in, it does no harm.
fn homes(root: &Path, generated: &[Generated]) -> Result<(), Failure> {
    if !root.join("Cargo.toml").exists() {
        return Ok(());
    }
    let homeless = generated.iter().filter_map(|one| {
        let home = one.path.parent()?.parent()?;
        let is_missing = !root.join(home).join("Cargo.toml").exists();
        is_missing.then(|| {
            format!(
                "{}: there is no crate: write its `Cargo.toml` first, as \"Add a third API\" in CONTRIBUTING.md says",
                home.display()
            )
        })
    });
    let homeless: Failure = homeless.collect();
    if homeless.is_empty() { Ok(()) } else { Err(homeless) }
}

/// A generated file.
#[derive(Debug)]
pub struct Generated {
    /// Where it belongs, from the root of the workspace.
    pub path: PathBuf,
    /// What belongs there.
    pub text: String,
}

/// Generates the clients of all specs of the workspace at `root`.
///
/// A spec `specs/NAME.yaml` becomes `crates/NAME-client/src/generated.rs`.
pub fn generate_all(root: &Path) -> Result<Vec<Generated>, Failure> {
    let workspace = Workspace::read(root)?;
    let generate = |spec: &SpecFile| generate(&spec.document, &spec.file);
    let (clients, findings) = both(|| each(workspace.specs.iter().collect(), generate), || workspace.findings());
    let (mut generated, mut failures) = (Vec::new(), Failure::new());
    for (spec, client) in workspace.specs.iter().zip(clients) {
        match client {
            Ok(text) => {
                let path = PathBuf::from(format!("crates/{}-client/src/generated.rs", spec.name));
                generated.push(Generated { path, text });
            }
            Err(failure) => failures.extend(failure),
        }
    }
    if findings.is_empty() && failures.is_empty() {
        return Ok(generated);
    }
    // What the generator says is told by the lint, too, with a name; but for what progenitor does not take.
    let told: Failure = workspace.all_findings().iter().map(ToString::to_string).collect();
    Err(if told.is_empty() { failures } else { told })
}

/// The client of one spec.
pub fn generate(document: &Document, file: &str) -> Result<String, Failure> {
    let one = |error: SpecError| vec![error.to_string()];
    // First, for the rest relies on what it refuses.
    lint::refuse(document).map_err(one)?;
    let api = read::read(document).map_err(one)?;
    let patch = Patch::new(&api);
    let patched = |error: PatchError| vec![format!("{file}: {error}")];
    let part = |shard: Shard| {
        let tokens = progenitor(&api, &shard).map_err(|error| {
            // Its messages name no place.
            vec![format!("{file}: {}: progenitor: {error}", refused(&api, &shard).join(", "))]
        })?;
        if shard.of_answers { patch.answers(tokens) } else { patch.operations(tokens) }.map_err(patched)
    };
    let parts = || {
        let openapi = rewrite::rewrite(document).map_err(one)?;
        Ok::<_, Failure>(each(shards(document, &api, openapi).map_err(one)?, part))
    };
    let (parts, frame) = both(parts, || patch.frame().map_err(patched));
    let parts: Result<Vec<_>, Failure> = parts?.into_iter().collect();
    let parts = [frame?].into_iter().chain(parts?).collect();
    let code = patch.file(parts).map_err(patched)?;
    Ok(format!("{}{}", header(file), spaced(&code)))
}

/// progenitor's code. It panics on some of what it does not support.
fn progenitor(api: &Api, shard: &Shard) -> Result<TokenStream, String> {
    catch_unwind(AssertUnwindSafe(|| Generator::new(&settings(api, shard)).generate_tokens(&shard.openapi)))
        .map_err(|_| "it gave up; what it says is above".to_owned())?
        .map_err(|error| error.to_string())
}

/// What progenitor does not take: schemas, or else paths.
fn refused<'s>(api: &Api, shard: &'s Shard) -> Vec<&'s str> {
    let path_alone = |path: &&String| {
        let mut alone = shard.clone();
        alone.openapi.paths.paths.retain(|other, _| other == *path);
        progenitor(api, &alone).is_err()
    };
    let schemas = shard.openapi.components.iter().flat_map(|all| all.schemas.keys());
    let schema_alone = |schema: &&String| {
        let elsewhere = schemas.clone().filter(|other| other != schema).cloned().collect();
        progenitor(api, &Shard { elsewhere, ..shard.clone() }).is_err()
    };
    let paths: Vec<_> = shard.openapi.paths.paths.keys().filter(path_alone).collect();
    // One schema spoils every path.
    let is_schema = paths.len() == shard.openapi.paths.paths.len();
    let schemas = schemas.clone().filter(|_| is_schema).filter(schema_alone);
    let refused: Vec<_> = schemas.map(String::as_str).collect();
    match (refused.is_empty(), paths.is_empty()) {
        (false, _) => refused,
        (true, false) => paths.into_iter().map(String::as_str).collect(),
        (true, true) => vec!["paths and schemas together"],
    }
}

/// A blank line after each item that ends on a line of its own, down to functions.
fn spaced(code: &str) -> String {
    let mut spaced = String::with_capacity(code.len() + code.len() / 32);
    let (mut start, mut copied) = (0, 0);
    for (end, _) in code.match_indices('\n') {
        let (line, next) = (&code[start..end], &code[end + 1..]);
        start = end + 1;
        // Few lines do: the rest need no second look, and are copied together.
        let ends = (line.ends_with('}') || line.ends_with("};"))
            && matches!(line.trim_start(), "}" | "};")
            && line.len() - line.trim_start().len() <= 8;
        if ends && !next.is_empty() && !next.trim_start_matches(' ').starts_with('}') {
            spaced.extend([&code[copied..start], "\n"]);
            copied = start;
        }
    }
    spaced + &code[copied..]
}

fn settings(api: &Api, shard: &Shard) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(if shard.of_answers { InterfaceStyle::Positional } else { InterfaceStyle::Builder })
        .with_tag(TagStyle::Merged)
        .with_hooks(HooksMode::Expected)
        // In order, so that the same call is the same bytes.
        .with_map_type("::std::collections::BTreeMap")
        .with_replacement(rewrite::FILE, "::zap_client_runtime::File", std::iter::empty());
    for name in &shard.elsewhere {
        settings.with_replacement(name, name, std::iter::empty());
    }
    for one in &api.open_enums {
        settings.with_replacement(&one.name, format!("crate::types::{}", one.name), [TypeImpl::Display].into_iter());
    }
    settings
}

fn header(file: &str) -> String {
    format!("// Generated from {file}: do not edit. Change the spec and run `{COMMAND}`.\n\n")
}

/// Whether [`ensure`] may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Bring files up to date.
    Write,
    /// Only say which are stale.
    Check,
}

/// Brings a file up to date, or says that it is not. Returns whether it was stale.
pub fn ensure(root: &Path, generated: &Generated, mode: Mode) -> Result<bool, Failure> {
    let path = root.join(&generated.path);
    let current = fs::read_to_string(&path).unwrap_or_default();
    // Git may check files out with other line ends.
    if current == generated.text || current.contains('\r') && current.replace("\r\n", "\n") == generated.text {
        return Ok(false);
    }
    if mode == Mode::Write {
        let folder = path.parent().unwrap_or(root);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, &generated.text))
            .map_err(|error| vec![format!("{}: {error}", path.display())])?;
    }
    Ok(true)
}
