//! `cargo xtask`: what the specs become, and what a change of them means.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use xtask::codegen::{Mode, codegen};
use xtask::drift::{derive, drift};
use xtask::lint::{self, Workspace};
use xtask::review::{Revision, default_base, markdown, review};

const HELP: &str = "\
usage: cargo xtask COMMAND

  codegen              generate crates/NAME-client/src/generated.rs from each specs/NAME.yaml
  codegen --check      write nothing; fail if a generated file is not what its spec makes

  lint [SPEC...]       what breaks the house rules of specs/README.md, in all specs or in these; codegen
                       refuses the same
  lint --rules         the house rules, each with its reason

  review               what changed between a revision and the working tree, as Markdown: spec,
                       Rust surface, bytes on the wire, outcome rules, version, changelog
  review --base REV    compare with REV; without, with where this branch left main

  drift [PAGE...]      compare providers' pages, saved as text, with what specs/pages keeps of them,
                       and that with the specs
  drift --derive PAGE  what specs/pages would keep of a page

  bench                measure the clients beside the same calls by hand; see crates/bench/README.md
";

type Lines = Result<Vec<String>, Vec<String>>;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let root = workspace();
    let done = match arguments.as_slice() {
        ["codegen"] => codegen(&root, Mode::Write),
        ["codegen", "--check"] => codegen(&root, Mode::Check),
        ["lint", "--rules"] => Ok(vec![lint::rules().trim_end().to_owned()]),
        ["lint", specs @ ..] if !specs.iter().any(|spec| spec.starts_with('-')) => return linted(&root, specs),
        ["review"] => default_base(&root).and_then(|base| reviewed(&root, &base)),
        ["review", "--base", base] => reviewed(&root, base),
        ["drift", "--derive", page] => text(page).and_then(|text| Ok(vec![derive(&root, page, &text)?])),
        ["drift", pages @ ..] if !pages.iter().any(|page| page.starts_with('-')) => drifted(&root, pages),
        ["bench"] => return bench(),
        ["help" | "--help" | "-h"] => Ok(vec![HELP.trim_end().to_owned()]),
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(lines) => {
            for line in lines {
                println!("{line}");
            }
            ExitCode::SUCCESS
        }
        Err(failure) => {
            for line in failure {
                eprintln!("error: {line}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Prints what is wrong with all specs, or with those that are named, as file or by what comes before `.yaml`.
fn linted(root: &Path, named: &[&str]) -> ExitCode {
    let findings = Workspace::read(root).and_then(|workspace| {
        let mut findings = workspace.all_findings();
        if named.is_empty() {
            return Ok((findings, workspace.count()));
        }
        let mut files = BTreeSet::new();
        for name in named {
            let file = format!("specs/{}.yaml", Path::new(name).file_stem().unwrap_or_default().display());
            let is_its =
                !name.contains('/') || root.join(&file).canonicalize().ok() == Path::new(name).canonicalize().ok();
            if !is_its || !root.join(&file).is_file() {
                return Err(vec![format!("{name} is no spec of this workspace: name a file of specs/")]);
            }
            files.insert(file);
        }
        findings.retain(|finding| files.contains(&finding.file));
        Ok((findings, files.len()))
    });
    match findings {
        Ok((findings, specs)) => {
            print!("{}", lint::report(&findings, specs));
            if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(failure) => {
            for line in failure {
                eprintln!("error: {line}");
            }
            ExitCode::FAILURE
        }
    }
}

fn reviewed(root: &Path, base: &str) -> Lines {
    let review = review(&Revision::of_git(root, base)?, &Revision::of_folder(root)?)?;
    Ok(vec![markdown(&review).trim_end().to_owned()])
}

fn drifted(root: &Path, pages: &[&str]) -> Lines {
    let read = |page: &&str| Ok(((*page).to_owned(), text(page)?));
    let texts: Result<Vec<_>, Vec<String>> = pages.iter().map(read).collect();
    let drift = drift(root, &texts?)?;
    if drift.errors.is_empty() {
        return Ok(drift.report);
    }
    for line in drift.report {
        println!("{line}");
    }
    Err(drift.errors)
}

/// The text of a file that is named on the command line.
fn text(file: &str) -> Result<String, Vec<String>> {
    std::fs::read_to_string(file).map_err(|error| vec![format!("{file}: {error}")])
}

/// The bench's quick part, built as users build.
fn bench() -> ExitCode {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--release", "--package", "bench", "--", "run", "--quick"]).current_dir(workspace());
    match cargo.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        // What went wrong has been told.
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: cargo cannot be started: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The workspace that cargo runs this for; the one that it was built in, if cargo runs something else.
fn workspace() -> PathBuf {
    let told = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).filter(|folder| folder.ends_with("xtask"));
    let xtask = told.unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    xtask.parent().map(Path::to_owned).unwrap_or_default()
}
