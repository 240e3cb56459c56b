//! Measures what a client costs a program that depends on it: packages, build time and size.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::load::Failure;
use crate::process::{output, root};
use crate::table::{Better, Row};

/// A program that makes one call, as a separate package.
#[derive(Clone, Debug)]
pub struct Program {
    pub name: &'static str,
    folder: PathBuf,
    /// The client's own packages, if any. The last depends on the others.
    client: &'static [&'static str],
}

/// The dependencies that every program needs to run its calls.
pub const TOKIO: &str =
    r#"tokio = { version = "1", default-features = false, features = ["io-util", "macros", "net", "rt", "time"] }"#;

impl Program {
    /// Returns the program with our client, and the one by hand with the same features of reqwest.
    pub fn own(scratch: &Path) -> Result<[Self; 2], Failure> {
        let ours = format!("{TOKIO}\n{}", client("default-features = true")?);
        let typed = format!(
            "{TOKIO}\nreqwest = {{ version = \"0.13\", default-features = false, features = [\"rustls\"] }}\n\
             serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\""
        );
        Ok([
            Self::write(scratch, "ours", &ours, &[("main.rs", include_str!("../programs/one-call-ours.rs"))])?
                .with_client(&["zap-client-runtime", "externalapi-client"]),
            Self::write(scratch, "typed", &typed, &[("main.rs", include_str!("../programs/one-call-typed.rs"))])?,
        ])
    }

    pub fn write(
        scratch: &Path,
        name: &'static str,
        dependencies: &str,
        files: &[(&str, &str)],
    ) -> Result<Self, Failure> {
        let folder = scratch.join("programs").join(name);
        fs::create_dir_all(folder.join("src"))?;
        let manifest = format!(
            "[package]\nname = \"program-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\n{dependencies}\n\n[profile.release]\nstrip = true\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        // All programs use the workspace's versions.
        fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
        for (file, text) in files {
            fs::write(folder.join("src").join(file), text)?;
        }
        Ok(Self { name, folder, client: &[] })
    }

    pub fn with_client(self, packages: &'static [&'static str]) -> Self {
        Self { client: packages, ..self }
    }

    pub fn source(&self) -> PathBuf {
        self.folder.join("src")
    }

    /// Returns how many packages are built for it, without itself.
    pub fn packages(&self) -> Result<usize, Failure> {
        let arguments = ["tree", "--edges", "normal", "--prefix", "none", "--format", "{p}"];
        let tree = output(self.cargo().args(arguments))?.out;
        let packages =
            tree.lines().filter_map(|line| Some(line.split(" (").next()?.trim())).filter(|line| !line.is_empty());
        Ok(packages.collect::<BTreeSet<_>>().len().saturating_sub(1))
    }

    /// Builds it for release and returns its path.
    pub fn build(&self, target: &Path) -> Result<PathBuf, Failure> {
        output(self.cargo().args(["build", "--release", "--quiet"]).env("CARGO_TARGET_DIR", target))?;
        Ok(target.join("release").join(format!("program-{}", self.name)))
    }

    /// Returns the seconds to build it and all its dependencies.
    pub fn clean_build(&self, target: &Path, profile: &str) -> Result<f64, Failure> {
        output(self.cargo().arg("fetch"))?;
        let start = Instant::now();
        let arguments = ["build", "--quiet", "--profile", profile];
        output(self.cargo().args(arguments).env("CARGO_TARGET_DIR", target))?;
        Ok(start.elapsed().as_secs_f64())
    }

    /// Returns the seconds to compile the last of the client's packages, or all of them, for release. Their dependencies
    /// are already built.
    fn compile(&self, target: &Path, which: Which) -> Result<Option<f64>, Failure> {
        let Some(last) = self.client.last() else { return Ok(None) };
        let compiled = if which == Which::All { self.client } else { std::slice::from_ref(last) };
        let packages = compiled.iter().flat_map(|package| ["--package", package]);
        let cargo = |command: &str| {
            let mut cargo = self.cargo();
            cargo.env("CARGO_TARGET_DIR", target).args([command, "--release", "--quiet"]);
            cargo
        };
        output(cargo("clean").args(packages))?;
        let start = Instant::now();
        output(cargo("build").args(["--package", last]))?;
        Ok(Some(start.elapsed().as_secs_f64()))
    }

    fn cargo(&self) -> Command {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(&self.folder);
        cargo
    }
}

/// Selects packages of a client.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    /// The generated package.
    Generated,
    All,
}

/// Returns the line of a manifest that depends on our client.
pub fn client(features: &str) -> Result<String, Failure> {
    let client = root().join("crates/externalapi-client").canonicalize()?;
    Ok(format!("externalapi-client = {{ path = {:?}, {features} }}", client.display().to_string()))
}

#[allow(clippy::cast_precision_loss, reason = "a small count")]
pub fn packages(programs: &[Program]) -> Result<Row, Failure> {
    let mut row = Row::of_differences("packages that a one-call program builds", Better::Less);
    for program in programs {
        row.add(program.name, program.packages()? as f64);
    }
    Ok(row)
}

#[allow(clippy::cast_precision_loss, reason = "far below 2^52 bytes")]
pub fn sizes(programs: &[Program], target: &Path) -> Result<Row, Failure> {
    let mut row = Row::new("stripped release binary of a one-call program, KiB", Better::Less);
    for program in programs {
        row.add(program.name, fs::metadata(program.build(target)?)?.len() as f64 / 1024.0);
    }
    Ok(row)
}

/// The programs must have been built into `target`.
pub fn compile_times(programs: &[Program], target: &Path, rounds: usize) -> Result<[Row; 2], Failure> {
    let of = |what: &str| Row::new(format!("release compile of {what}, seconds"), Better::Less);
    let mut rows = [of("the generated package alone"), of("all of the client's packages")];
    for _ in 0..rounds {
        for program in programs {
            for (row, which) in rows.iter_mut().zip([Which::Generated, Which::All]) {
                if let Some(seconds) = program.compile(target, which)? {
                    row.add(program.name, seconds);
                }
            }
        }
    }
    Ok(rows)
}
