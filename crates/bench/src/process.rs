//! Runs the measured processes. A child process makes calls to a server in another process.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::callers::Who;
use crate::load::Failure;

/// A running server. It ends when this value is dropped.
pub struct Server {
    child: Child,
    pub origin: String,
}

impl Server {
    pub fn start() -> Result<Self, Failure> {
        let mut command = Command::new(std::env::current_exe()?);
        let mut child =
            command.args(["serve", "--until-end-of-input"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut origin = String::new();
        BufReader::new(child.stdout.take().ok_or("the server has no output")?).read_line(&mut origin)?;
        Ok(Self { child, origin: origin.trim().to_owned() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It fails if the server has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A program that makes calls: this one, or one with a peer's client.
#[derive(Clone, Debug)]
pub struct Contender {
    pub name: &'static str,
    program: PathBuf,
    arguments: Vec<&'static str>,
}

impl Contender {
    /// Returns this program, with our client or with calls by hand.
    pub fn own() -> Result<Vec<Self>, Failure> {
        let program = std::env::current_exe()?;
        let own =
            |(name, _): (&'static str, Who)| Self { name, program: program.clone(), arguments: vec!["call", name] };
        Ok(Who::ALL.into_iter().map(own).collect())
    }

    pub fn peer(name: &'static str, program: PathBuf) -> Self {
        Self { name, program, arguments: Vec::new() }
    }

    /// Returns the seconds and the peak memory in KiB of `count` calls.
    pub fn call(&self, what: &str, count: usize, at_once: usize, origin: &str) -> Result<(f64, f64), Failure> {
        let mut command = Command::new(&self.program);
        let output = self.run(&mut command, what, count, at_once, origin)?;
        let (seconds, peak) = output.out.trim().split_once(' ').ok_or("a call prints its time and memory")?;
        Ok((seconds.parse()?, peak.parse()?))
    }

    /// Returns what one call adds to valgrind's count.
    ///
    /// The value is the difference between a long and a short run, so that starting and connecting cancel out.
    pub fn each(&self, tool: Tool, what: &str, origin: &str) -> Result<f64, Failure> {
        const SHORT: usize = 50;
        const LONG: usize = 250;
        let total = |count| -> Result<f64, Failure> {
            tool.count(&self.run(&mut tool.counting(&self.program), what, count, 1, origin)?)
        };
        #[allow(clippy::cast_precision_loss, reason = "a small count")]
        Ok((total(LONG)? - total(SHORT)?) / (LONG - SHORT) as f64)
    }

    fn run(
        &self,
        command: &mut Command,
        what: &str,
        count: usize,
        at_once: usize,
        origin: &str,
    ) -> Result<Output, Failure> {
        command.args(&self.arguments).args([what, &count.to_string(), &at_once.to_string(), origin]);
        output(command)
    }
}

/// A quantity that valgrind counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    Instructions,
    Allocations,
}

impl Tool {
    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Instructions => &["--tool=callgrind", "--callgrind-out-file=/dev/null"],
            Self::Allocations => &["--tool=memcheck", "--leak-check=no", "--undef-value-errors=no"],
        }
    }

    /// Returns a command that counts what a program does.
    pub fn counting(self, program: &Path) -> Command {
        let mut command = Command::new("valgrind");
        command.args(self.arguments()).arg(program);
        command
    }

    /// Returns the count from the output of that command.
    pub fn count(self, output: &Output) -> Result<f64, Failure> {
        self.read(&output.err).ok_or_else(|| format!("valgrind did not say its count:\n{}", output.err).into())
    }

    fn read(self, said: &str) -> Option<f64> {
        let label = match self {
            Self::Instructions => "Collected : ",
            Self::Allocations => "total heap usage: ",
        };
        let (_, count) = said.split_once(label)?;
        count.split_whitespace().next()?.replace(',', "").parse().ok()
    }
}

/// The output of a program.
pub struct Output {
    pub out: String,
    pub err: String,
}

/// Runs a program to its end, and fails if it fails.
pub fn output(command: &mut Command) -> Result<Output, Failure> {
    let output = command.output().map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.success() {
        return Ok(Output { out: out.into_owned(), err: err.into_owned() });
    }
    Err(format!("{command:?} failed, {}:\n{out}{err}", output.status).into())
}

/// Returns whether a program can be started.
pub fn is_installed(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Returns the folder of the workspace.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Returns a folder for intermediate files, beside this program.
pub fn scratch() -> Result<PathBuf, Failure> {
    let program = std::env::current_exe()?;
    let target = program.ancestors().nth(2).ok_or("this program is in no target folder")?;
    let scratch = target.join("bench");
    std::fs::create_dir_all(&scratch)?;
    Ok(scratch)
}
