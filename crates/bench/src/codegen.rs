//! Measures the time to generate clients from our specs, from specs with many operations, and from real documents.

mod command;
pub mod documents;
mod synthetic;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use command::{cost, timed};

use crate::load::Failure;
use crate::peers::Generator;
use crate::process::{output, root};
use crate::table::{Better, Row};

const OURS: &str = "ours";
const SIZES: [usize; 3] = [10, 100, 1000];

/// Wall time and memory of whole commands, `rounds` times.
pub fn measure(scratch: &Path, peers: &[Generator], rounds: usize) -> Result<Vec<Row>, Failure> {
    let (check, generate) = (built(scratch, "debug/xtask")?, built(scratch, "release/examples/generate")?);

    let mut rows = Vec::new();
    let mut row = Row::new("real specs, `codegen --check` in debug, ms", Better::Less);
    for _ in 0..rounds {
        let mut check = Command::new(&check);
        row.add(OURS, timed(check.args(["codegen", "--check"]))?);
    }
    rows.push(row);
    rows.push(both(scratch, &generate, peers, rounds)?);
    for spec in ["externalapi", "chatguru"] {
        let folder = copy_of(spec, scratch)?;
        rows.push(side_by_side(&format!("{spec} in release, ms"), &generate, peers, (&folder, spec), rounds)?.0);
    }

    for count in SIZES {
        let folder = scratch.join(format!("codegen-{count}"));
        synthetic::write(&folder, count)?;
        let name = format!("{count} operations in release");
        let (time, memory) = side_by_side(&format!("{name}, ms"), &generate, peers, (&folder, "synthetic"), rounds)?;
        let mut peak = Row::new(format!("{name}, KiB of memory"), Better::Less);
        peak.add(OURS, memory);
        rows.extend([time, peak]);
    }
    rows.push(growth(&rows));
    Ok(rows)
}

/// Builds a program of the xtask and returns its path, such as `release/xtask`.
fn built(scratch: &Path, program: &str) -> Result<PathBuf, Failure> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root()).args(["build", "--quiet", "--package", "xtask"]);
    cargo.args(program.starts_with("release").then_some("--release"));
    match program.rsplit_once("examples/") {
        Some((_, example)) => cargo.args(["--example", example]),
        None => cargo.args(["--bin", "xtask"]),
    };
    output(&mut cargo)?;
    Ok(scratch.parent().ok_or("the scratch folder lies in the target folder")?.join(program))
}

/// Compares the cost of an operation among 1000 with its cost among 100.
fn growth(rows: &[Row]) -> Row {
    let mut growth = Row::of_differences("1000 operations to ten times 100, time", Better::Less);
    let time = |count: usize| rows.iter().find(|row| row.name.starts_with(&format!("{count} operations")));
    if let (Some(few), Some(many)) = (time(100), time(1000)) {
        for who in many.names() {
            if let (Some(few), Some(many)) = (few.figure(who), many.figure(who)) {
                growth.add(who, many.median / few.median / 10.0);
            }
        }
    }
    growth
}

/// Ours and, where installed, the peers' on the same spec.
fn side_by_side(
    row: &str,
    generate: &Path,
    peers: &[Generator],
    (folder, spec): (&Path, &str),
    rounds: usize,
) -> Result<(Row, f64), Failure> {
    let mut row = Row::new(row, Better::Less);
    let spec = folder.join(format!("specs/{spec}.yaml"));
    for _ in 0..rounds {
        // As the first time: nothing is up to date.
        let _ = fs::remove_dir_all(folder.join("crates"));
        row.add(OURS, timed(Command::new(generate).arg(folder))?);
        for peer in peers {
            row.add(peer.name(), timed(&mut peer.generate(&spec, &folder.join(peer.name())))?);
        }
    }
    let again = || {
        let mut command = Command::new(generate);
        command.arg(folder);
        Ok(command)
    };
    Ok((row, cost(again)?.kibibytes))
}

/// The real specs: ours in one command, each peer's with as few as it can.
fn both(scratch: &Path, generate: &Path, peers: &[Generator], rounds: usize) -> Result<Row, Failure> {
    let mut row = Row::new("both real specs in release, ms", Better::Less);
    let folder = scratch.join("codegen-both");
    let to = folder.join("specs");
    fs::create_dir_all(&to)?;
    for file in ["externalapi.yaml", "chatguru.yaml", "facts.md"] {
        fs::copy(root().join("specs").join(file), to.join(file))?;
    }
    let specs = [to.join("externalapi.yaml"), to.join("chatguru.yaml")];
    for _ in 0..rounds {
        let _ = fs::remove_dir_all(folder.join("crates"));
        row.add(OURS, timed(Command::new(generate).arg(&folder))?);
        for peer in peers {
            let mut milliseconds = 0.0;
            for mut command in peer.generate_all(&specs, &folder.join(peer.name()))? {
                milliseconds += timed(&mut command)?;
            }
            row.add(peer.name(), milliseconds);
        }
    }
    Ok(row)
}

/// The peers take one spec at a time.
fn copy_of(spec: &str, scratch: &Path) -> Result<PathBuf, Failure> {
    let folder = scratch.join(format!("codegen-{spec}"));
    let (from, to) = (root().join("specs"), folder.join("specs"));
    fs::create_dir_all(&to)?;
    fs::copy(from.join(format!("{spec}.yaml")), to.join(format!("{spec}.yaml")))?;
    // A fact of the other API, which no spec cites here, would be an error.
    let facts = fs::read_to_string(from.join("facts.md"))?;
    let sections = facts.split("\n## ");
    let own = sections.filter(|section| section.starts_with('#') || section.to_lowercase().starts_with(spec));
    fs::write(to.join("facts.md"), own.collect::<Vec<_>>().join("\n## "))?;
    Ok(folder)
}
