//! Measures what each TLS library costs to build.

use std::fs;
use std::path::Path;

use crate::dependents::{Program, TOKIO, client};
use crate::load::Failure;
use crate::table::{Better, Row};

/// A feature of our client and the other dependencies that the program needs. `default` is not a feature.
const WAYS: [(&str, &str, &str); 4] = [
    ("rustls with aws-lc (default)", "rustls", ""),
    ("rustls with ring", "rustls-no-provider", RING),
    ("native-tls", "native-tls", ""),
    ("none: only http", "", ""),
];

const RING: &str = r#"rustls = { version = "0.23", default-features = false, features = ["ring", "std"] }"#;

/// Builds a program with one call with each TLS library, from an empty target folder.
#[allow(clippy::cast_precision_loss, reason = "small numbers")]
pub fn measure(scratch: &Path) -> Result<Vec<Row>, Failure> {
    let mut debug = Row::new("clean debug build of a one-call program, seconds", Better::Less);
    let mut release = Row::new("the same in release, seconds", Better::Less);
    let mut packages = Row::new("packages that it builds", Better::Less);
    let mut size = Row::new("its stripped release binary, KiB", Better::Less);
    for (way, feature, more) in WAYS {
        let program = program(scratch, feature, more)?;
        let target = scratch.join("tls-target");
        // Files of another build would save work.
        let _ = fs::remove_dir_all(&target);
        packages.add(way, program.packages()? as f64);
        debug.add(way, program.clean_build(&target, "dev")?);
        release.add(way, program.clean_build(&target, "release")?);
        size.add(way, fs::metadata(program.build(&target)?)?.len() as f64 / 1024.0);
        fs::remove_dir_all(&target)?;
    }
    Ok(vec![debug, release, packages, size])
}

fn program(scratch: &Path, feature: &str, more: &str) -> Result<Program, Failure> {
    let install =
        if more.is_empty() { "" } else { "    let _ = rustls::crypto::ring::default_provider().install_default();\n" };
    let main = include_str!("../programs/one-call-ours.rs");
    let start = "async fn main() -> Result<(), Box<dyn std::error::Error>> {\n";
    let main = main.replace(start, &format!("{start}{install}"));
    let features = if feature.is_empty() { String::new() } else { format!("{feature:?}") };
    let ours = format!("{TOKIO}\n{}\n{more}", client(&format!("default-features = false, features = [{features}]"))?);
    Program::write(scratch, "tls", &ours, &[("main.rs", &main)])
}
