//! `cargo xtask`: imports providers' documents as specs, generates the clients from the specs, and checks and reviews the
//! specs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use xtask::codegen::{Mode, codegen};
use xtask::drift::{derive, drift};
use xtask::import::{Import, Listed, Report, Selection, Source, import, listed, unread};
use xtask::lint::{self, Workspace};
use xtask::review::{Revision, default_base, markdown, review};

/// Imports providers' documents as specs, generates the clients from the specs, and checks and reviews the specs.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generates the code of each client, crates/NAME-client, from specs/NAME.yaml.
    #[command(after_help = "Examples:
  cargo xtask codegen          Write the generated code
  cargo xtask codegen --check  Fail if a generated file is out of date")]
    Codegen {
        /// Write nothing, and fail if a generated file differs from what its spec generates.
        #[arg(long)]
        check: bool,
    },

    /// Turns a provider's OpenAPI document into specs/NAME.yaml and the crate crates/NAME-client.
    ///
    /// What a spec cannot express is left out and listed, with its location and the reason. If NAME was imported before, the
    /// new version of the document is merged with your changes. The guide "Add a provider" in CONTRIBUTING.md has all steps.
    #[command(after_help = "Examples:
  cargo xtask import api.yaml --list                             List the operations with their ids
  cargo xtask import api.yaml --name acme                        Import all operations
  cargo xtask import api.yaml --name acme --operations send,get  Import some of them")]
    Import(ImportArgs),

    /// Checks the specs against the lint rules of specs/README.md.
    ///
    /// `codegen` runs the same checks, and generates nothing if one fails.
    #[command(after_help = "Examples:
  cargo xtask lint                         Check all specs
  cargo xtask lint specs/externalapi.yaml  Check one spec
  cargo xtask lint --rules                 List the rules with their reasons")]
    Lint(Lint),

    /// Reports what changed between a revision and the working tree, as Markdown.
    ///
    /// The report covers the spec, the Rust API, the requests, the rules for outcomes, the versions and the changelog.
    #[command(after_help = "Examples:
  cargo xtask review         Compare with the commit where this branch left main
  cargo xtask review v0.1.0  Compare with a tag, a branch or a commit")]
    Review {
        /// The revision to compare with [default: the commit where this branch left main].
        #[arg(value_name = "REV")]
        revision: Option<String>,

        /// The same, in the form that earlier versions required.
        #[arg(long, value_name = "REV", hide = true, conflicts_with = "revision")]
        base: Option<String>,
    },

    /// Compares the providers' documentation pages with the page models in specs/pages, and those with the specs.
    #[command(after_help = "Examples:
  cargo xtask drift                        Compare the page models with the specs
  cargo xtask drift pages/*.txt            Compare these pages with their models first
  cargo xtask drift --derive pages/es.txt  Print the model of a page, to be saved in specs/pages")]
    Drift(Drift),

    /// Measures the clients beside the same calls written by hand (a few minutes; see crates/bench/README.md).
    Bench,
}

#[derive(Args)]
struct ImportArgs {
    /// The document: a local file with OpenAPI 3.0 or 3.1, as YAML or JSON.
    #[arg(value_name = "DOCUMENT")]
    document: PathBuf,

    /// The name of the spec and of the client, without `-client`: lower-case letters, digits and hyphens.
    #[arg(long, value_name = "NAME", required_unless_present = "list")]
    name: Option<String>,

    /// The ids of the operations to import, separated by commas, as in the document or as `--list` prints them, or `all`
    /// [default: those of the last import, or all].
    #[arg(long, value_name = "ID", value_delimiter = ',', conflicts_with = "list")]
    operations: Vec<String>,

    /// List the operations with their ids, and write nothing.
    #[arg(long)]
    list: bool,
}

#[derive(Args)]
struct Lint {
    /// The specs to check, as a path or as a name [default: all specs].
    #[arg(value_name = "SPEC")]
    specs: Vec<String>,

    /// List the rules with their reasons.
    #[arg(long, conflicts_with = "specs")]
    rules: bool,
}

#[derive(Args)]
struct Drift {
    /// Pages to compare with their models: files that hold the text of a documentation page.
    #[arg(value_name = "PAGE")]
    pages: Vec<String>,

    /// Print the model of this page.
    #[arg(long, value_name = "PAGE", conflicts_with = "pages")]
    derive: Option<String>,
}

type Lines = Result<Vec<String>, Vec<String>>;

fn main() -> ExitCode {
    let root = workspace();
    let result = match Cli::parse().command {
        Command::Codegen { check } => codegen(&root, if check { Mode::Check } else { Mode::Write }),
        Command::Import(arguments) => import_document(&root, arguments),
        Command::Lint(Lint { rules: true, .. }) => Ok(vec![lint::rules().trim_end().to_owned()]),
        Command::Lint(Lint { specs, .. }) => return lint_specs(&root, &specs),
        Command::Review { revision, base } => {
            revision.or(base).map_or_else(|| default_base(&root), Ok).and_then(|base| review_since(&root, &base))
        }
        Command::Drift(Drift { derive: Some(page), .. }) => {
            read_page(&page).and_then(|text| Ok(vec![derive(&root, &page, &text)?]))
        }
        Command::Drift(Drift { pages, .. }) => compare_pages(&root, &pages),
        Command::Bench => return bench(&root),
    };
    match result {
        Ok(lines) => {
            for line in lines {
                println!("{line}");
            }
            ExitCode::SUCCESS
        }
        Err(errors) => fail(&errors),
    }
}

fn import_document(root: &Path, arguments: ImportArgs) -> Lines {
    let source = Source::read(&arguments.document)?;
    let Some(name) = arguments.name.filter(|_| !arguments.list) else {
        return Ok(list(&source));
    };
    let selection = match arguments.operations.as_slice() {
        [] => None,
        [all] if all == "all" => Some(Selection::All),
        ids => Some(Selection::Ids(ids.to_vec())),
    };
    let Report { lines, errors } = import(root, &Import { source: &source, name: &name, selection })?;
    if errors.is_empty() {
        return Ok(lines);
    }
    for line in lines {
        println!("{line}");
    }
    Err(errors)
}

/// Returns a table of the operations of a document: the id, what it is taken for, and the request.
fn list(source: &Source) -> Vec<String> {
    let operations = listed(source);
    let width = operations.iter().map(|one| one.id.len()).max().unwrap_or_default();
    let line = |one: &Listed| {
        let kind = if one.is_read { "read" } else { "change" };
        format!("{:width$}  {kind:6}  {}", one.id, one.request_line)
    };
    let mut lines: Vec<_> = operations.iter().map(line).collect();
    lines.extend(unread(source).iter().map(|finding| format!("not readable: {finding}")));
    lines
}

fn fail(errors: &[String]) -> ExitCode {
    for error in errors {
        eprintln!("error: {error}");
    }
    ExitCode::FAILURE
}

/// Prints the findings in all specs, or in those that are named.
fn lint_specs(root: &Path, names: &[String]) -> ExitCode {
    let findings = Workspace::read(root).and_then(|workspace| {
        let mut findings = workspace.all_findings();
        if names.is_empty() {
            return Ok((findings, workspace.count()));
        }
        let files = names.iter().map(|name| spec_file(root, name)).collect::<Result<BTreeSet<_>, _>>()?;
        findings.retain(|finding| files.contains(&finding.file));
        Ok((findings, files.len()))
    });
    match findings {
        Ok((findings, specs)) => {
            print!("{}", lint::report(&findings, specs));
            if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(errors) => fail(&errors),
    }
}

/// Returns `specs/NAME.yaml` for a path of that file, for `NAME` and for `NAME.yaml`.
fn spec_file(root: &Path, name: &str) -> Result<String, Vec<String>> {
    let file = format!("specs/{}.yaml", Path::new(name).file_stem().unwrap_or_default().display());
    let path = root.join(&file);
    let is_this_file = !name.contains('/') || path.canonicalize().ok() == Path::new(name).canonicalize().ok();
    if is_this_file && path.is_file() {
        Ok(file)
    } else {
        Err(vec![format!("`{name}` is not a spec of this workspace; name a file of specs/")])
    }
}

fn review_since(root: &Path, base: &str) -> Lines {
    let review = review(&Revision::of_git(root, base)?, &Revision::of_folder(root)?)?;
    Ok(vec![markdown(&review).trim_end().to_owned()])
}

fn compare_pages(root: &Path, pages: &[String]) -> Lines {
    let texts: Result<Vec<_>, Vec<String>> = pages.iter().map(|page| Ok((page.clone(), read_page(page)?))).collect();
    let drift = drift(root, &texts?)?;
    if drift.errors.is_empty() {
        return Ok(drift.report);
    }
    for line in drift.report {
        println!("{line}");
    }
    Err(drift.errors)
}

fn read_page(file: &str) -> Result<String, Vec<String>> {
    std::fs::read_to_string(file).map_err(|error| vec![format!("{file}: {error}")])
}

/// Runs the quick part of the bench, in release as users build.
fn bench(root: &Path) -> ExitCode {
    let mut cargo = std::process::Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--release", "--package", "bench", "--", "run", "--quick"]).current_dir(root);
    match cargo.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        // cargo or the bench has printed the error.
        Ok(_) => ExitCode::FAILURE,
        Err(error) => fail(&[format!("cargo cannot be started: {error}")]),
    }
}

/// Returns the root of the workspace for which cargo runs this program, or else of the one in which it was built.
fn workspace() -> PathBuf {
    let running = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).filter(|folder| folder.ends_with("xtask"));
    let xtask = running.unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    xtask.parent().map(Path::to_owned).unwrap_or_default()
}
