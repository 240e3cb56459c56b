//! The review of a change: verdicts that were written down first, one complete review, and git.

mod imports;
mod mutations;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use xtask::codegen::generate;
use xtask::document::Document;
use xtask::review::{ApiReview, Review, Revision, Verdict, compare, markdown, review};

use crate::folders::{root, temporary};

/// A typical change: a new field, a field that is now required, a corrected rule.
#[test]
fn a_complete_review() {
    let base = Revision::new("main", files(&real()));
    let mut files = files(&base);
    let spec = replaced(
        &files["specs/externalapi.yaml"],
        &[
            (
                "      required: [mobile_code, mobile, template_id]\n",
                "      required: [mobile_code, mobile, template_id, language]\n",
            ),
            (
                "        template_id:\n          type: integer\n",
                "        language:\n          type: string\n          minLength: 2\n          description: Language of the \
                 template.\n          x-source: { evidence: docs, facts: [E20] }\n        template_id:\n          type: integer\n",
            ),
            ("x-max-bytes: 104857600", "x-max-bytes: 67108864"),
            (
                "        - { value: 2, name: Rejected,",
                "        - { value: 3, name: Paused, description: \"Paused by Meta.\" }\n        - { value: 2, name: Rejected,",
            ),
            ("    not_available: unavailable\n", "    not_available: unavailable\n    template_paused: conflict\n"),
            ("      summary: Delete a contact.\n", "      summary: Delete a contact for good.\n"),
        ],
    );
    let spec = Document::parse("specs/externalapi.yaml", &spec).map(|document| (spec, document)).expect("it is YAML");
    let code = generate(&spec.1, "specs/externalapi.yaml").expect("the generator accepts it");
    let folder = "crates/externalapi-client/src/generated";
    files.extend(code.files().map(|(path, text)| (format!("{folder}/{path}"), text.to_owned())));
    files.insert("specs/externalapi.yaml".to_owned(), spec.0);
    let snapshot = "crates/facade/tests/snapshots/wire__externalapi_send_template_message.snap";
    let sent = replaced(
        &files[snapshot],
        &[(
            "name=\"template_id\"",
            "name=\"language\"\n\npt\n--BOUNDARY\nContent-Disposition: form-data; name=\"template_id\"",
        )],
    );
    files.insert(snapshot.to_owned(), sent);
    let review = review(&base, &Revision::new("the working tree", files)).expect("both can be read");
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("review", markdown(&review));
    });
}

#[test]
fn versions_follow_the_rule() {
    use xtask::review::Version;
    let after = |version: &str, verdict| Version::parse(version).expect("it is a version").after(verdict).to_string();
    let expected = [
        ("0.1.3", Verdict::Unchanged, "0.1.3"),
        ("0.1.3", Verdict::Documentation, "0.1.3"),
        ("0.1.3", Verdict::Compatible, "0.1.4"),
        ("0.1.3", Verdict::Breaking, "0.2.0"),
        ("1.2.3", Verdict::Compatible, "1.3.0"),
        ("1.2.3", Verdict::Breaking, "2.0.0"),
        ("0.2.0-beta.1", Verdict::Breaking, "0.3.0"),
    ];
    for (version, verdict, next) in expected {
        assert_eq!(after(version, verdict), next, "{version} {verdict:?}");
    }
    assert_eq!(Version::parse("1.2"), None);
    assert_eq!(Version::parse("one.two.three"), None);
}

/// If the version was already incremented, the review reports whether that is enough.
#[test]
fn a_version_that_was_incremented_is_judged() {
    let base = real();
    let mut files = files(&base);
    let spec = files["specs/chatguru.yaml"]
        .replace("    post:\n      operationId: note_add\n", "    put:\n      operationId: note_add\n");
    files.insert("specs/chatguru.yaml".to_owned(), spec);
    let manifest = files["Cargo.toml"].clone();
    for (version, expected) in [
        ("0.1.0", "| `chatguru-client` | **breaking** | 0.1.0 → 0.2.0 |"),
        ("0.1.1", "| `chatguru-client` | **breaking** | 0.1.0 → 0.2.0; 0.1.1 is too low |"),
        ("0.3.0", "| `chatguru-client` | **breaking** | 0.1.0 → 0.3.0, as already set |"),
    ] {
        let incremented =
            replaced(&manifest, &[("\nversion = \"0.1.0\"\nedition", &format!("\nversion = \"{version}\"\nedition"))]);
        files.insert("Cargo.toml".to_owned(), incremented);
        let text =
            markdown(&compare(&base, &Revision::new("the working tree", files.clone())).expect("both can be read"));
        assert!(text.contains(expected), "{text}");
        assert!(text.contains("| `zap-facade` | **breaking** (re-exports `chatguru-client`) |"), "{text}");
    }
}

#[test]
fn a_stale_client_is_reported() {
    let base = real();
    let mut files = files(&base);
    let spec =
        files["specs/chatguru.yaml"].replace("      operationId: note_add\n", "      operationId: note_create\n");
    files.insert("specs/chatguru.yaml".to_owned(), spec);
    let review = review(&base, &Revision::new("the working tree", files)).expect("both can be read");
    assert!(chatguru(&review).warnings[0].contains("run `cargo xtask codegen`"), "{:?}", chatguru(&review).warnings);
}

#[test]
fn a_refused_spec_is_reported() {
    let base = real();
    let mut files = files(&base);
    let spec = files["specs/chatguru.yaml"].replacen("x-safety: read", "x-safety: sometimes", 1);
    files.insert("specs/chatguru.yaml".to_owned(), spec);
    let review = review(&base, &Revision::new("the working tree", files)).expect("both can be read");
    let warning = &chatguru(&review).warnings[0];
    assert!(warning.contains("refuses this spec") && warning.contains("specs/chatguru.yaml:"), "{warning}");
    assert_eq!(chatguru(&review).verdict(), Verdict::Breaking, "known changes are reported anyway");
    assert!(markdown(&review).contains("| `chatguru-client` | at least **breaking** |"), "{}", markdown(&review));
}

/// The generator generates other code from the same spec.
#[test]
fn code_that_no_spec_explains_is_reported() {
    let base = real();
    let mut files = files(&base);
    let path = "crates/chatguru-client/src/generated/builder.rs";
    let code = replaced(
        &files[path],
        &[(
            "let Self { client, chat_number, note_text } = self;",
            "let Self { client, note_text, chat_number } = self;",
        )],
    );
    files.insert(path.to_owned(), code);
    let review = review(&base, &Revision::new("the working tree", files)).expect("both can be read");
    assert_eq!(chatguru(&review).verdict(), Verdict::Compatible);
    assert!(chatguru(&review).rust[0].why.contains("the generator changed"), "{:?}", chatguru(&review).rust);
}

/// The listing may not know code of another version of the generator. The review reports the rest.
#[test]
fn code_that_cannot_be_listed_is_reported() {
    let (base, path) = (real(), "crates/chatguru-client/src/generated/client.rs");
    let mut files = files(&base);
    let unknown = replaced(&files[path], &[("pub fn chat_add(", "pub fn chat_put(")]);
    files.insert(path.to_owned(), unknown.clone());
    let spec = files["specs/chatguru.yaml"].replace("        note_id:\n", "        annotation_id:\n");
    files.insert("specs/chatguru.yaml".to_owned(), spec);
    let old = Revision::new("long ago", files.clone());
    let review = review(&old, &base).expect("both can be read");
    let warning = &chatguru(&review).warnings[0];
    assert!(
        warning.contains("crates/chatguru-client/src/generated`")
            && warning.contains("another version of the generator"),
        "{warning}"
    );
    assert!(!chatguru(&review).rust.is_empty(), "the changes of the spec are reported");

    // The new code cannot be listed either.
    files.insert(path.to_owned(), unknown + "\n");
    let review = compare(&old, &Revision::new("now", files)).expect("both can be read");
    assert!(chatguru(&review).warnings[0].contains("not compared"), "{:?}", chatguru(&review).warnings);
}

#[test]
fn added_and_removed_specs_are_reported() {
    let base = real();
    let mut files = files(&base);
    files.remove("specs/chatguru.yaml");
    let without = Revision::new("without", files);
    let gone = review(&base, &without).expect("both can be read");
    assert_eq!(chatguru(&gone).verdict(), Verdict::Breaking);
    let new = review(&without, &base).expect("both can be read");
    assert_eq!(chatguru(&new).verdict(), Verdict::Compatible);
}

/// With git: a branch, a base commit, and changes that are not committed.
#[test]
fn a_repository_is_reviewed() {
    let root = repository("a_repository_is_reviewed");
    let spec = root.join("specs/externalapi.yaml");
    let text = fs::read_to_string(&spec).expect("it is there");
    fs::write(&spec, replaced(&text, &[("  /contact/store:\n", "  /contact/create:\n")])).expect("it can be written");
    xtask::codegen::codegen(&root, xtask::codegen::Mode::Write).expect("the spec is right");

    let base = xtask::review::default_base(&root).expect("there is a main branch");
    let text = review_of(&root, &base);
    assert!(text.contains("- **breaking**: `contact_store`: `POST /contact/store` → `POST /contact/create`"), "{text}");
    assert!(text.contains("| `externalapi-client` | **breaking** | 0.1.0 → 0.2.0 |"), "{text}");
    assert!(text.contains("| `chatguru-client` | unchanged | 0.1.0 |"), "{text}");

    // On a branch the base is the commit where it left the main branch. Any other revision can be named.
    git(&root, &["checkout", "--quiet", "-b", "change"]);
    git(&root, &["commit", "--quiet", "--all", "--message", "Another path"]);
    assert_eq!(xtask::review::default_base(&root).expect("there is a main branch"), base);
    assert!(review_of(&root, &base).contains("`POST /contact/create`"));
    assert!(!review_of(&root, "HEAD").contains("### "), "nothing changed since the last commit");
    assert!(review_of(&root, "main").starts_with("# Review: main ("));
}

#[test]
fn errors_of_git_are_reported() {
    let root = repository("errors_of_git_are_reported");
    for revision in ["nowhere", "--output=stolen", ""] {
        let failure = Revision::of_git(&root, revision).expect_err("there is no such revision");
        assert!(
            failure[0].contains("there is no revision") && failure[0].contains("commit, branch or tag"),
            "{failure:?}"
        );
    }
    assert!(!root.join("stolen").exists());

    let outside = temporary("no_repository");
    fs::write(outside.join(".git"), "gitdir: nowhere\n").expect("it can be written");
    let failure = Revision::of_git(&outside, "HEAD").expect_err("there is no repository");
    assert!(failure[0].starts_with("git "), "{failure:?}");

    fs::remove_dir_all(root.join("specs")).expect("it can be removed");
    let failure = Revision::of_folder(&root).expect_err("there is no spec");
    assert!(failure[0].contains("specs"), "{failure:?}");
}

fn review_of(root: &Path, base: &str) -> String {
    let base = Revision::of_git(root, base).expect("it is a revision");
    markdown(&review(&base, &Revision::of_folder(root).expect("it can be read")).expect("both can be read"))
}

fn chatguru(review: &Review) -> &ApiReview {
    review.apis.iter().find(|api| api.package == "chatguru-client").expect("it is reviewed")
}

/// The real workspace, with the specs that these tests change.
fn real() -> Revision {
    let mut files = files(&Revision::of_folder(root()).expect("it can be read"));
    let kept = ["specs/chatguru.yaml", "specs/externalapi.yaml", "specs/facts.md"];
    files.retain(|path, _| !path.starts_with("specs/") || kept.contains(&path.as_str()));
    Revision::new("the working tree", files)
}

fn files(revision: &Revision) -> BTreeMap<String, String> {
    revision.files().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// Returns the text with replacements. Each text to replace must occur exactly once.
fn replaced(text: &str, replacements: &[(&str, &str)]) -> String {
    replacements.iter().fold(text.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "exactly one occurrence is expected of: {from}");
        text.replace(from, to)
    })
}

/// Creates a repository with the files that a review needs, committed.
fn repository(name: &str) -> PathBuf {
    let root = temporary(name);
    for (path, text) in real().files() {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it can be created");
        fs::write(path, text).expect("it can be written");
    }
    git(&root, &["init", "--quiet", "--initial-branch", "main"]);
    git(&root, &["config", "user.name", "Test"]);
    git(&root, &["config", "user.email", "test@example.com"]);
    git(&root, &["add", "--all"]);
    git(&root, &["commit", "--quiet", "--message", "All"]);
    root
}

fn git(root: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    // In a git hook these variables name another repository.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    let options = ["-c", "commit.gpgsign=false", "-c", "core.hooksPath=none"];
    let output = command.arg("-C").arg(root).args(options).args(arguments).output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}
