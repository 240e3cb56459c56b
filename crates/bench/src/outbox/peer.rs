//! A job engine that sends the same list: apalis with SQLite.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::dependents::{Program, TOKIO};
use crate::load::Failure;
use crate::process::{output, root};

pub const APALIS: &str = "apalis";

/// Builds the program. It is not part of the workspace, whose lock file it would fill with its dependencies.
pub fn build(scratch: &Path) -> Result<PathBuf, Failure> {
    let facade = root().join("crates/facade").canonicalize()?;
    let dependencies = format!(
        "{TOKIO}\napalis = {{ version = \"=1.0.0\", default-features = false, features = [\"limit\"] }}\n\
         sqlx = {{ version = \"0.9\", default-features = false, features = [\"runtime-tokio\"] }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n\
         [dependencies.apalis-sqlite]\nversion = \"=1.0.0\"\ndefault-features = false\n\
         features = [\"json\", \"migrate\", \"tokio\"]\n[dependencies.zap-facade]\n\
         path = {:?}\ndefault-features = false\nfeatures = [\"externalapi\"]",
        facade.display().to_string()
    );
    let files = [
        ("main.rs", include_str!("../../programs/apalis/main.rs")),
        ("load.rs", include_str!("../load.rs")),
        ("usage.rs", include_str!("usage.rs")),
    ];
    Program::write(scratch, APALIS, &dependencies, &files)?.build(&scratch.join("target"))
}

/// Adds the list in a folder to the queue.
pub fn fill(program: &Path, folder: &Path) -> Result<(), Failure> {
    output(Command::new(program).arg("fill").arg(folder))?;
    Ok(())
}
