//! One feature a provider: the other client is not even compiled.

use std::process::Command;

/// Names of the packages that a build of the facade with these features has.
fn packages(features: &str) -> Vec<String> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR")).args(["tree", "--package", "zap-facade", "--locked", "--offline"]);
    cargo.args(["--edges", "normal", "--prefix", "none", "--format", "{p}", "--no-default-features"]);
    let output = cargo.args(["--features", features]).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).expect("cargo writes UTF-8");
    lines.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn the_receiver_costs_axum_and_little_else() {
    let without = packages("chatguru,externalapi,rustls,schemars,tracing");
    assert!(!without.iter().any(|package| package.starts_with("axum")));
    let with = packages("axum,chatguru,externalapi,rustls,schemars,tracing");
    let mut more: Vec<_> = with.iter().filter(|package| !without.contains(package)).collect();
    more.sort_unstable();
    more.dedup();
    assert_eq!(more, ["axum", "axum-core", "matchit", "mime"]);
    // Without TLS, which needs it too, it also costs the comparison in constant time.
    assert!(packages("axum,chatguru").iter().any(|package| package == "subtle"));
    // The feature is for ChatGuru, but does not turn it on.
    assert!(!packages("axum").iter().any(|package| package == "chatguru-client"));
}

#[test]
fn a_provider_that_is_off_costs_nothing() {
    let has = |packages: &[String], name: &str| packages.iter().any(|package| package == name);
    let chatguru = packages("chatguru");
    assert!(has(&chatguru, "chatguru-client") && has(&chatguru, "jiff"));
    assert!(!has(&chatguru, "externalapi-client") && !has(&chatguru, "zap-sandbox"));
    let externalapi = packages("externalapi");
    assert!(has(&externalapi, "externalapi-client"));
    assert!(!has(&externalapi, "chatguru-client") && !has(&externalapi, "jiff") && !has(&externalapi, "zap-sandbox"));
    let neither = packages("");
    assert!(!has(&neither, "chatguru-client") && !has(&neither, "externalapi-client"));
}
