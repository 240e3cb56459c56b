//! Words that must not come back into the project's prose and code, because the vocabulary of `CONTRIBUTING.md` has others.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::folders::root;

/// Words in lower case, and what to write instead.
const WORDS: [(&str, &str); 15] = [
    ("all the same", "nothing, or `nevertheless`"),
    ("anew", "`again`"),
    ("handed on", "`forwarded`"),
    ("held to", "`checked against`"),
    ("house rule", "`lint rule`"),
    ("house rules", "`lint rules`"),
    ("mend", "`fix` or `help`"),
    ("mended", "`fixed`"),
    ("mends", "`fixes` or `helps`"),
    ("notwithstanding", "nothing, or `despite`"),
    ("passed over", "`ignored` or `skipped`"),
    ("told apart", "`distinguished`"),
    ("twin", "`emulator` or `sandbox`"),
    ("twins", "`emulators`"),
    ("whoever", "`callers`, `users` or `anyone who`"),
];

/// Names of earlier versions, and those of today.
const NAMES: [(&str, &str); 4] = [
    ("CredentialPlace", "CredentialLocation"),
    ("Install::", "Instance::"),
    ("ParametersIn", "ParameterLocation"),
    ("Violation::rule(", "Violation::constraint("),
];

/// Files with texts of others: names of crates and countries, and what the providers' pages say. And this file.
const NOT_OURS: [&str; 5] = [
    "Cargo.lock",
    "crates/sandbox/src/external_api/countries.rs",
    "specs/pages/chatguru.yaml",
    "specs/pages/externalapi.yaml",
    "xtask/tests/suite/vocabulary.rs",
];

#[test]
fn the_project_uses_its_vocabulary() {
    let mut findings = Vec::new();
    for file in files(root()).iter().filter(|file| !is_not_ours(file)) {
        // A picture is not text, and git also lists a file that was just deleted.
        let Ok(text) = fs::read_to_string(root().join(file)) else { continue };
        findings.extend(wrong(&text).into_iter().map(|(line, finding)| format!("{file}:{line}: {finding}")));
    }
    assert!(findings.is_empty(), "{}\nCONTRIBUTING.md has the vocabulary", findings.join("\n"));
}

#[test]
fn words_are_found_whole_and_in_any_case() {
    let lines = |text| wrong(text).into_iter().map(|(line, _)| line).collect::<Vec<_>>();
    assert_eq!(lines("fine\nThe Twin\nby whoever calls"), [2, 3]);
    assert_eq!(lines("It is all\n/// the same."), [1], "over the end of a line");
    assert_eq!(lines("commend, amend, between, twinkle, upheld tomorrow"), [0; 0]);
    assert_eq!(lines("fn f() -> Install::Error"), [1]);
    assert_eq!(wrong("a twin")[0].1, "write `emulator` or `sandbox` instead of `twin`");
}

fn is_not_ours(file: &str) -> bool {
    NOT_OURS.contains(&file)
        || is_imported(file)
        || file.rsplit('/').next().is_some_and(|name| name.starts_with("LICENSE"))
}

/// Whether a file has the words of a provider's document: an imported spec, or the client of one.
fn is_imported(file: &str) -> bool {
    let steps: Vec<_> = file.split('/').collect();
    let name = match steps.as_slice() {
        ["specs", "imported", _] => return true,
        ["specs", file] => file.strip_suffix(".yaml"),
        ["crates", folder, "src", "generated", ..] => folder.strip_suffix("-client"),
        _ => None,
    };
    name.is_some_and(|name| root().join("specs/imported").join(name).with_extension("yaml").exists())
}

/// Returns the line and the description of each wrong word.
fn wrong(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for (name, instead) in NAMES.iter().filter(|(name, _)| line.contains(name)) {
            found.push((number + 1, format!("write `{instead}` instead of `{name}`")));
        }
    }
    let words: Vec<_> = text.lines().enumerate().flat_map(|(number, line)| words(number + 1, line)).collect();
    for (phrase, instead) in WORDS {
        let phrase_words: Vec<_> = phrase.split(' ').collect();
        for at in words.windows(phrase_words.len()) {
            if at.iter().map(|(_, word)| word).eq(&phrase_words) {
                found.push((at[0].0, format!("write {instead} instead of `{phrase}`")));
            }
        }
    }
    found.sort();
    found
}

/// Returns the words of a line in lower case, without a comment's marks.
fn words(number: usize, line: &str) -> impl Iterator<Item = (usize, String)> {
    let words = line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    words.map(move |word| (number, word.to_lowercase()))
}

/// Returns the files that git tracks, or would track.
fn files(root: &Path) -> Vec<String> {
    let arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let output = Command::new("git").args(arguments).current_dir(root).output().expect("git runs");
    assert!(output.status.success(), "git lists the files of the workspace: {output:?}");
    let names = String::from_utf8(output.stdout).expect("our files have names in UTF-8");
    names.split_terminator('\0').map(str::to_owned).collect()
}
