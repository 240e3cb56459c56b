//! Compares the deterministic figures with the committed ones, so that a regression fails.

use std::fmt::Write as _;
use std::fs;

use crate::load::Failure;
use crate::process::{Contender, Server, is_installed, root, scratch};
use crate::table::Better;
use crate::{calls, dependents, outbox};

const FILE: &str = "crates/bench/figures.txt";
const UPDATE: &str = "cargo run --release --package bench -- check --update";

const HEAD: &str = "\
# What `bench check` holds: nothing may become more by over 2 %, packages not by one.
# Ratios are ours to reqwest written by hand that decodes the same types.
";

/// How much a figure may grow. Compilers and runs differ by less.
const TOLERANCE: f64 = 0.02;

/// Measures the figures, and compares the committed ones with them or replaces them.
pub fn check(update: bool) -> Result<(), Failure> {
    if !is_installed("valgrind") {
        return Err("valgrind counts the instructions, and is not installed: `apt-get install valgrind`".into());
    }
    let measured = measure()?;
    let file = root().join(FILE);
    if update {
        let lines = measured.iter().fold(HEAD.to_owned(), |mut text, (name, value)| {
            let _ = writeln!(text, "{name}: {value:.3}");
            text
        });
        fs::write(&file, lines)?;
        println!("{FILE}: written");
        return Ok(());
    }
    let committed = parse(&fs::read_to_string(&file)?)?;
    let worse = compare(&committed, &measured);
    for (name, value) in &measured {
        println!("{name}: {value:.3}");
    }
    if worse.is_empty() {
        return Ok(());
    }
    Err(format!("{}\nIf that is the price of something worth it, commit what `{UPDATE}` writes.", worse.join("\n"))
        .into())
}

/// Returns the ratios of our client to the typed calls by hand, and the numbers of packages.
fn measure() -> Result<Vec<(String, f64)>, Failure> {
    let own = Contender::own()?;
    let two: Vec<_> = own.into_iter().filter(|one| ["ours", "typed"].contains(&one.name)).collect();
    let server = Server::start()?;
    let mut measured = Vec::new();
    for row in calls::counts(&two, &server, 1)? {
        debug_assert_eq!(row.better, Better::Less);
        let ratio = row.ratio("ours").ok_or("both were measured")?;
        measured.push((format!("{}, ratio", row.name), ratio));
    }
    let ratio = outbox::instructions(&server)?;
    measured.push((
        "outbox with SQLite, one at a time, instructions a message to the client alone, ratio".to_owned(),
        ratio,
    ));
    let packages = dependents::packages(&dependents::Program::own(&scratch()?)?)?;
    let count = |who| packages.figure(who).map_or(0.0, |figure| figure.median);
    measured.push(("packages more than by hand".to_owned(), count("ours") - count("typed")));
    Ok(measured)
}

fn parse(text: &str) -> Result<Vec<(String, f64)>, Failure> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| {
            let (name, value) = line.rsplit_once(": ").ok_or_else(|| format!("{FILE}: no figure in `{line}`"))?;
            Ok((name.to_owned(), value.trim().parse().map_err(|_| format!("{FILE}: no number in `{line}`"))?))
        })
        .collect()
}

/// Returns a line for each figure that has become worse.
fn compare(committed: &[(String, f64)], measured: &[(String, f64)]) -> Vec<String> {
    let mut worse = Vec::new();
    for (name, value) in measured {
        let Some((_, before)) = committed.iter().find(|(known, _)| known == name) else {
            worse.push(format!("{FILE} has no `{name}`: run `{UPDATE}`"));
            continue;
        };
        if *value > before * (1.0 + TOLERANCE) {
            worse.push(format!("{name}: {value:.3}, was {before:.3}"));
        }
    }
    let gone = committed.iter().filter(|(name, _)| measured.iter().all(|(known, _)| known != name));
    worse.extend(gone.map(|(name, _)| format!("`{name}` is in {FILE} and not measured: run `{UPDATE}`")));
    worse
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(list: &[(&str, f64)]) -> Vec<(String, f64)> {
        list.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect()
    }

    #[test]
    fn only_what_is_worse_fails() {
        let committed = figures(&[("a", 0.9), ("packages", 3.0)]);
        assert!(compare(&committed, &figures(&[("a", 0.9179), ("packages", 3.0)])).is_empty());
        assert!(compare(&committed, &figures(&[("a", 0.5), ("packages", 2.0)])).is_empty());
        let worse = compare(&committed, &figures(&[("a", 0.92), ("packages", 4.0)]));
        assert_eq!(worse, ["a: 0.920, was 0.900", "packages: 4.000, was 3.000"]);
    }

    #[test]
    fn a_figure_that_is_not_compared_fails() {
        let worse = compare(&figures(&[("a", 1.0)]), &figures(&[("b", 1.0)]));
        assert_eq!(worse.len(), 2, "{worse:?}");
        assert!(worse.iter().all(|line| line.contains(UPDATE)), "{worse:?}");
    }

    #[test]
    fn the_committed_figures_can_be_read() {
        let text = fs::read_to_string(root().join(FILE)).unwrap();
        assert_eq!(parse(&text).unwrap().len(), 6);
        assert!(parse("a b").is_err());
        assert!(parse("a: b").is_err());
    }
}
