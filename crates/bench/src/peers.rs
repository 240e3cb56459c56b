//! The clients that other generators make of the same spec, where these are installed.

use std::path::Path;
use std::process::Command;

use crate::dependents::Program;
use crate::load::Failure;
use crate::process::Contender;

/// A peer's client with programs around it.
pub struct Peer {
    /// Makes many calls.
    pub contender: Contender,
    /// Makes one.
    pub program: Program,
}

pub fn build(_scratch: &Path) -> Result<Vec<Peer>, Failure> {
    Ok(Vec::new())
}

/// The command by which `program` makes a client of `spec` in `folder`.
pub fn generate(program: &str, spec: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(["generate", "-g", "rust", "-i"]).arg(spec).arg("-o").arg(folder);
    command
}
