//! Everything, side by side: tables to the terminal, tables and plots into a folder.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;
use std::time::SystemTime;

use crate::load::Failure;
use crate::peers::Generator;
use crate::process::{Contender, Server, is_installed, output, root, scratch};
use crate::table::{Row, markdown};
use crate::{calls, codegen, dependents, plot};

/// How much is done.
struct Extent {
    /// Of what is counted, which hardly differs, and of what is timed.
    counted: usize,
    timed: usize,
    requests: usize,
    sends: usize,
    contacts: usize,
}

const QUICK: Extent = Extent { counted: 1, timed: 3, requests: 4_000, sends: 20_000, contacts: 10_000 };
const FULL: Extent = Extent { counted: 3, timed: 7, requests: 20_000, sends: 200_000, contacts: 100_000 };

/// Measures and shows. A quick run takes a few minutes, and keeps its tables out of the repository.
pub fn run(quick: bool) -> Result<(), Failure> {
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
    for generator in &generators {
        let peer = generator.build(&scratch)?;
        contenders.push(peer.contender);
        programs.push(peer.program);
    }

    let server = Server::start()?;
    let mut report = Report { text: preface(quick)? };
    let counts = if is_installed("valgrind") {
        calls::counts(&contenders, &server, extent.counted)?
    } else {
        println!("valgrind counts instructions and allocations, and is not installed: `apt-get install valgrind`");
        Vec::new()
    };
    report.section("What a call costs", &counts);
    let rates = calls::rates(&contenders, &server, extent.timed, extent.requests)?;
    report.section("How many calls a second", &rates);
    let upload = calls::upload(&contenders, &server, &scratch, extent.timed)?;
    report.section("Files", &upload);
    report.section("Growth", &calls::growth(&contenders[0], &server, extent.sends, extent.contacts)?);
    drop(server);

    let mut dependents = vec![dependents::packages(&programs)?];
    if !quick {
        let target = scratch.join("target");
        dependents.push(dependents::sizes(&programs, &target)?);
        dependents.push(dependents::compile_times(&programs, &target, 3)?);
    }
    report.section("What a dependent pays", &dependents);
    let codegen = codegen::measure(&scratch, &generators, extent.timed)?;
    report.section("Codegen", &codegen);

    let folder = if quick { scratch.join("results") } else { root().join("crates/bench/results") };
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("tables.md"), &report.text)?;
    let of = |rows: &[Row], unit: &str| rows.iter().filter(|row| row.name.contains(unit)).cloned().collect::<Vec<_>>();
    for (file, title, rows) in [
        ("instructions.svg", "Instructions a request", of(&counts, "instructions")),
        ("requests.svg", "Requests a second, 64 at once", rates),
        ("upload.svg", "A file of 100 MiB from its path", of(&upload, "MiB/s")),
    ] {
        if !rows.is_empty() {
            fs::write(folder.join(file), plot::bars(title, &rows.iter().collect::<Vec<_>>()))?;
        }
    }
    println!("Tables and plots: {}", folder.canonicalize()?.display());
    Ok(())
}

struct Report {
    text: String,
}

impl Report {
    /// Shown at once: the whole takes long.
    fn section(&mut self, title: &str, rows: &[Row]) {
        if !rows.is_empty() {
            let section = format!("## {title}\n\n{}\n", markdown(rows));
            println!("{section}");
            self.text.push_str(&section);
        }
    }
}

/// What was run, with what, where and when.
fn preface(quick: bool) -> Result<String, Failure> {
    let lock = fs::read_to_string(root().join("Cargo.lock"))?;
    let version = |package: &str| {
        let (_, rest) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
        rest.split_once('"').map(|(version, _)| version.to_owned())
    };
    let mut text = format!(
        "# Measured by `cargo run --release --package bench -- run{}`\n\n",
        if quick { " --quick" } else { "" }
    );
    // RFC 9110's dates have the day at a fixed place.
    let date = httpdate::fmt_http_date(SystemTime::now());
    let rustc = output(Command::new("rustc").arg("--version"))?.out;
    let _ = write!(text, "On {}, {}", &date[5..16], rustc.trim());
    for package in ["reqwest", "hyper", "serde_json", "tokio"] {
        let _ = write!(text, ", {package} {}", version(package).unwrap_or_default());
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let _ = write!(
        text,
        "; {cores} shared cores, client and server over loopback. Median (range); **bold**: ratio to reqwest by hand \
         that decodes the same types.\n\n"
    );
    println!("{text}");
    Ok(text)
}
