//! Real documents of providers. The folder that `REAL_SPECS` names has them, because they are not in the repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::built;
use super::command::{Cost, cost};
use crate::load::Failure;
use crate::peers::Generator;
use crate::process::output;
use crate::table::{Better, Row};

/// Measures the import of each document and the generation of its client.
///
/// Ours generates from the imported spec, and the peers from the document itself. A peer that cannot is left out with a
/// message.
pub fn measure(scratch: &Path, peers: &[Generator], rounds: usize) -> Result<Vec<Row>, Failure> {
    let Some(folder) = std::env::var_os("REAL_SPECS").map(PathBuf::from) else {
        println!("Real documents are left out: REAL_SPECS names a folder of them.");
        return Ok(Vec::new());
    };
    let mut documents = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, Failure>>()?;
    documents
        .retain(|path| path.extension().is_some_and(|ending| ["yaml", "yml", "json"].iter().any(|one| ending == *one)));
    documents.sort();

    let (xtask, generate) = (built(scratch, "release/xtask")?, built(scratch, "release/examples/generate")?);
    let mut rows = Vec::new();
    for document in documents {
        let document = document.canonicalize()?;
        let stem = document.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let workspace = scratch.join(format!("document-{stem}"));
        let import = || {
            let _ = fs::remove_dir_all(&workspace);
            fs::create_dir_all(workspace.join("specs"))?;
            fs::write(workspace.join("specs/facts.md"), "# Facts\n")?;
            let mut command = Command::new(&xtask);
            command.env("CARGO_MANIFEST_DIR", workspace.join("xtask")).arg("import").arg(&document);
            command.args(["--name", &stem.to_lowercase().replace(['_', '.'], "-")]);
            Ok::<_, Failure>(command)
        };
        // As the first time: nothing is up to date.
        let generation = || {
            let _ = fs::remove_dir_all(workspace.join("crates"));
            let mut command = Command::new(&generate);
            command.arg(&workspace);
            Ok(command)
        };
        let report = output(&mut import()?)?.out;
        let last = report.trim_end().lines().last().unwrap_or_default();
        let name = format!("{stem}, {}", last.trim_start_matches("imported "));
        let mut imported = Rows::new(&format!("import of {name}"));
        let mut generated = Rows::new(&format!("generate {name}"));
        let mut able = peers.to_vec();
        for _ in 0..rounds {
            imported.add("ours", cost(import)?);
            generated.add("ours", cost(generation)?);
            able.retain(|peer| match cost(|| Ok(peer.generate(&document, &workspace.join(peer.name())))) {
                Ok(cost) => {
                    generated.add(peer.name(), cost);
                    true
                }
                Err(failure) => {
                    println!("{} cannot generate {stem}: {failure}", peer.name());
                    false
                }
            });
        }
        rows.extend(imported.rows().into_iter().chain(generated.rows()));
    }
    Ok(rows)
}

/// Time and memory of the same command.
struct Rows {
    time: Row,
    memory: Row,
}

impl Rows {
    fn new(name: &str) -> Self {
        let row = |unit| Row::new(format!("{name}, {unit}"), Better::Less);
        Self { time: row("ms"), memory: row("KiB of memory") }
    }

    fn add(&mut self, who: &str, cost: Cost) {
        self.time.add(who, cost.milliseconds);
        self.memory.add(who, cost.kibibytes);
    }

    fn rows(self) -> [Row; 2] {
        [self.time, self.memory]
    }
}
