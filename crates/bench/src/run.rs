//! Measures everything, prints the tables, and writes them with plots into a folder.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::SystemTime;

use clap::ValueEnum;

use crate::codegen::documents;
use crate::load::Failure;
use crate::peers::Generator;
use crate::process::{Contender, Server, is_installed, output, root, scratch};
use crate::table::{Row, markdown};
use crate::{calls, codegen, dependents, plot, tls};

/// The number of measurements.
struct Extent {
    /// The number of rounds for counted figures, which hardly differ, and for timed ones.
    counted: usize,
    timed: usize,
    requests: usize,
    sends: usize,
    contacts: usize,
}

const QUICK: Extent = Extent { counted: 1, timed: 3, requests: 4_000, sends: 20_000, contacts: 10_000 };
const FULL: Extent = Extent { counted: 3, timed: 7, requests: 20_000, sends: 200_000, contacts: 100_000 };

/// The parts that can be measured separately, in the order of a complete run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Instructions and allocations per request.
    Calls,
    /// Requests per second.
    Rates,
    /// The upload of a large file.
    Files,
    /// Time and memory per call, of many calls and of a tenth as many.
    Growth,
    /// What a program that uses the client compiles and how large it is.
    Dependents,
    /// What each kind of TLS costs.
    Tls,
    /// The time to generate the clients.
    Codegen,
    /// The time and memory to import real documents and to generate their clients.
    Documents,
}

/// Measures `parts`, or all if there are none, and shows the results.
///
/// A quick run takes a few minutes. Only a complete run writes into the repository.
pub fn run(quick: bool, parts: &[Part]) -> Result<(), Failure> {
    let parts = if parts.is_empty() { Part::value_variants() } else { parts };
    let extent = if quick { QUICK } else { FULL };
    let scratch = scratch()?;
    let mut contenders = Contender::own()?;
    let mut programs = dependents::Program::own(&scratch)?.to_vec();
    let mut generators = Vec::new();
    if quick {
        println!("The peers' clients and the sizes of programs are for the whole run: `bench run`.");
    } else {
        generators.extend(Generator::ALL.into_iter().filter(|generator| generator.is_there()));
    }
    // To generate code, a peer's client need not be built.
    let needs_clients = parts.iter().any(|part| !matches!(part, Part::Codegen | Part::Documents));
    for generator in generators.iter().filter(|_| needs_clients) {
        let peer = generator.build(&scratch)?;
        contenders.push(peer.contender);
        programs.push(peer.program);
    }

    let whole = !quick && parts == Part::value_variants();
    let folder = if whole { root().join("crates/bench/results") } else { scratch.join("results") };
    fs::create_dir_all(&folder)?;
    let server = Server::start()?;
    let mut report = Report { text: preface("run", quick, NOTE)?, folder };
    for part in parts {
        match part {
            Part::Calls if !is_installed("valgrind") => {
                println!(
                    "valgrind counts instructions and allocations, and is not installed: `apt-get install valgrind`"
                );
            }
            Part::Calls => {
                let rows = calls::counts(&contenders, &server, extent.counted)?;
                report.plot("instructions.svg", "Instructions a request", &rows[..2])?;
                report.section("What a call costs", &rows)?;
            }
            Part::Rates => {
                let rows = calls::rates(&contenders, &server, extent.timed, extent.requests)?;
                report.plot("requests.svg", "Requests a second, 64 at once", &rows)?;
                report.section("How many calls a second", &rows)?;
            }
            Part::Files => {
                let rows = calls::upload(&contenders, &server, &scratch, extent.timed)?;
                report.plot("upload.svg", "A file of 100 MiB from its path", &rows[..1])?;
                report.section("Files", &rows)?;
            }
            Part::Growth => {
                let rows = calls::growth(&contenders[0], &server, extent.sends, extent.contacts)?;
                report.section("Growth", &rows)?;
            }
            Part::Dependents => {
                let mut rows = vec![dependents::packages(&programs)?];
                if !quick {
                    let target = scratch.join("target");
                    rows.push(dependents::sizes(&programs, &target)?);
                    rows.extend(dependents::compile_times(&programs, &target, 3)?);
                }
                report.section("What a dependent pays", &rows)?;
            }
            Part::Tls if quick => println!("What TLS costs who builds is for the whole run: `bench run`."),
            Part::Tls => report.section("What TLS costs", &tls::measure(&scratch)?)?,
            Part::Codegen => report.section("Codegen", &codegen::measure(&scratch, &generators, extent.timed)?)?,
            Part::Documents => {
                let rows = documents::measure(&scratch, &generators, extent.timed)?;
                report.section("Real documents", &rows)?;
            }
        }
    }
    println!("Tables and plots: {}", report.folder.canonicalize()?.display());
    Ok(())
}

/// The tables, which are printed and written after each part, because a complete run takes long.
struct Report {
    text: String,
    folder: PathBuf,
}

impl Report {
    fn section(&mut self, title: &str, rows: &[Row]) -> Result<(), Failure> {
        let section = format!("## {title}\n\n{}\n", markdown(rows));
        println!("{section}");
        self.text.push_str(&section);
        Ok(fs::write(self.folder.join("tables.md"), &self.text)?)
    }

    fn plot(&self, file: &str, title: &str, rows: &[Row]) -> Result<(), Failure> {
        Ok(fs::write(self.folder.join(file), plot::bars(title, rows))?)
    }
}

const NOTE: &str = "Median (range); **bold**: ratio to reqwest by hand that decodes the same types.";

/// Returns the versions, the machine and the date of the run.
pub fn preface(command: &str, quick: bool, note: &str) -> Result<String, Failure> {
    let lock = fs::read_to_string(root().join("Cargo.lock"))?;
    let version = |package: &str| {
        let (_, rest) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
        rest.split_once('"').map(|(version, _)| version.to_owned())
    };
    let mut text = format!(
        "# Measured by `cargo run --release --package bench -- {command}{}`\n\n",
        if quick { " --quick" } else { "" }
    );
    // In the dates of RFC 9110 the day has a fixed position.
    let date = httpdate::fmt_http_date(SystemTime::now());
    let rustc = output(Command::new("rustc").arg("--version"))?.out;
    let _ = write!(text, "On {}, {}", &date[5..16], rustc.trim());
    for package in ["reqwest", "hyper", "serde_json", "tokio"] {
        let _ = write!(text, ", {package} {}", version(package).unwrap_or_default());
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let _ = write!(text, "; {cores} shared cores, client and server over loopback. {note}\n\n");
    println!("{text}");
    Ok(text)
}
