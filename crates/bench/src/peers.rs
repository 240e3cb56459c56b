//! The clients that other generators make from the same spec, if these are installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::dependents::{Program, TOKIO};
use crate::load::Failure;
use crate::process::{Contender, is_installed, output, root};

/// Another generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generator {
    OpenapiGenerator,
    OpenapiToRust,
}

/// The programs that use a peer's client.
pub struct Peer {
    /// The program that makes many calls.
    pub contender: Contender,
    /// The program that makes one call.
    pub program: Program,
}

impl Generator {
    pub const ALL: [Self; 2] = [Self::OpenapiGenerator, Self::OpenapiToRust];

    pub fn name(self) -> &'static str {
        match self {
            Self::OpenapiGenerator => "openapi-generator",
            Self::OpenapiToRust => "openapi-to-rust",
        }
    }

    fn command(self) -> &'static str {
        match self {
            Self::OpenapiGenerator => "openapi-generator-cli",
            Self::OpenapiToRust => "openapi-to-rust",
        }
    }

    /// Returns whether it is installed, and prints a message if not.
    pub fn is_there(self) -> bool {
        let there = is_installed(self.command());
        if !there {
            let how = match self {
                Self::OpenapiGenerator => "`pip install openapi-generator-cli==7.26.0`; it needs Java",
                Self::OpenapiToRust => "`cargo install --locked openapi-to-rust --version 0.23.0`",
            };
            println!("{} is not installed and is left out: {how}", self.command());
        }
        there
    }

    /// Returns the command that generates a client of `spec` in `folder`.
    pub fn generate(self, spec: &Path, folder: &Path) -> Command {
        let mut command = Command::new(self.command());
        match self {
            Self::OpenapiGenerator => {
                command.args(["generate", "-g", "rust", "--additional-properties=packageName=peer"]);
                // Real documents have errors.
                command.args(["--skip-validate-spec", "-i"]);
                command.arg(spec).arg("-o").arg(folder);
            }
            Self::OpenapiToRust => {
                command.arg("generate").arg(spec).arg("--output-dir").arg(folder);
            }
        }
        command
    }

    /// Returns the commands that generate a client of each spec. A generator that takes several specs needs one command.
    pub fn generate_all(self, specs: &[PathBuf], folder: &Path) -> Result<Vec<Command>, Failure> {
        let name = |spec: &Path| spec.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if self == Self::OpenapiToRust {
            return Ok(specs.iter().map(|spec| self.generate(spec, &folder.join(name(spec)))).collect());
        }
        fs::create_dir_all(folder)?;
        let mut batch = Command::new(self.command());
        batch.arg("batch");
        for spec in specs {
            let (config, client) = (folder.join(format!("{}.yaml", name(spec))), folder.join(name(spec)));
            let (spec, client) = (spec.display(), client.display());
            fs::write(
                &config,
                format!(
                    "generatorName: rust\ninputSpec: {spec}\noutputDir: {client}\nadditionalProperties: {{ packageName: peer }}\n"
                ),
            )?;
            batch.arg(config);
        }
        Ok(vec![batch])
    }

    /// Generates its client of the real spec, with the same TLS library as ours.
    pub fn build(self, scratch: &Path) -> Result<Peer, Failure> {
        let spec = root().join("specs/externalapi.yaml").canonicalize()?;
        let client = scratch.join("peers").join(self.name());
        fs::create_dir_all(&client)?;
        output(&mut self.generate(&spec, &client))?;
        let (calls, one_call, dependencies) = match self {
            Self::OpenapiGenerator => {
                repair(&client)?;
                let peer = "peer = { path = \"";
                let rest = "\", default-features = false, features = [\"rustls\"] }";
                (
                    ("openapi-generator-calls", include_str!("../programs/openapi-generator/calls.rs")),
                    include_str!("../programs/openapi-generator/one-call.rs"),
                    format!("{TOKIO}\n{peer}{}{rest}", client.display()),
                )
            }
            Self::OpenapiToRust => {
                let required = fs::read_to_string(client.join("REQUIRED_DEPS.toml"))?;
                let (_, required) = required.split_once("[dependencies]").ok_or("it says what its client needs")?;
                (
                    ("openapi-to-rust-calls", include_str!("../programs/openapi-to-rust/calls.rs")),
                    include_str!("../programs/openapi-to-rust/one-call.rs"),
                    format!("{TOKIO}\n{required}"),
                )
            }
        };
        let files = [("main.rs", calls.1), ("load.rs", include_str!("load.rs"))];
        let calls = Program::write(scratch, calls.0, &dependencies, &files)?;
        let program = Program::write(scratch, self.name(), &dependencies, &[("main.rs", one_call)])?;
        let program = if self == Self::OpenapiGenerator { program.with_client(&["peer"]) } else { program };
        if self == Self::OpenapiToRust {
            for program in [&calls, &program] {
                copy(&client, &program.source().join("generated"))?;
            }
        }
        let built = calls.build(&scratch.join("target"))?;
        Ok(Peer { contender: Contender::peer(self.name(), built), program })
    }
}

/// Repairs the code of openapi-generator 7.26. It has two invalid names, and a type that contains itself where an object may
/// be an empty array, so that decoding one overflows the stack. This replaces that type by a map.
fn repair(client: &Path) -> Result<(), Failure> {
    for folder in ["src/models", "src/apis"] {
        for file in fs::read_dir(client.join(folder))? {
            let path = file?.path();
            let text = fs::read_to_string(&path)?;
            let mut repaired = text.replace("ArrayVecserde_json::Value", "ArrayVecValue").replace("models::i64", "i64");
            let choice = repaired.split_once("pub enum ").and_then(|(_, rest)| rest.split_once(' '));
            if let Some((choice, _)) = choice {
                let itself = format!("{choice}(Box<models::{choice}>)");
                let map = format!("{choice}(std::collections::BTreeMap<String, serde_json::Value>)");
                repaired = repaired.replace(&itself, &map);
            }
            if repaired != text {
                fs::write(&path, repaired)?;
            }
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to)?;
    for file in fs::read_dir(from)? {
        let file = file?;
        fs::copy(file.path(), to.join(file.file_name()))?;
    }
    Ok(())
}
