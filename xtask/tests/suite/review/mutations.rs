//! Changes of the real specs and of an invented one, each with the verdict that was written down before the review ran.

use xtask::codegen::generate;
use xtask::document::Document;
use xtask::lint::{Facts, lint, report};
use xtask::review::{ApiReview, Revision, Verdict, compare, markdown};

use super::{files, real};

const MUTATIONS: &str = include_str!("mutations.txt");

/// A spec with what imported specs have.
const CORREIO: &str = include_str!("correio.yaml");

/// The real workspace with another spec and its client.
fn base() -> Revision {
    let mut files = files(&real());
    let document = Document::parse("specs/correio.yaml", CORREIO).expect("it is YAML");
    let code = generate(&document, "specs/correio.yaml").unwrap_or_else(|failure| panic!("{}", failure.join("\n")));
    let folder = "crates/correio-client/src/generated";
    files.extend(code.files().map(|(path, text)| (format!("{folder}/{path}"), text.to_owned())));
    files.insert("specs/correio.yaml".to_owned(), CORREIO.to_owned());
    Revision::new("base", files)
}

#[test]
fn the_invented_spec_holds_all_rules() {
    let facts = Facts::parse("specs/facts.md", "#### R1\n\n(docs) What Correio publishes.\n");
    let document = Document::parse("specs/correio.yaml", CORREIO).expect("it is YAML");
    let findings = lint(&[(&document, CORREIO)], &facts);
    assert!(findings.is_empty(), "{}", report(&findings, 1));
}

/// Each mutation gets the expected verdict, and changes in exactly the expected sections.
#[test]
fn every_mutation_is_judged_as_written_down() {
    let base = base();
    let mutations: Vec<_> = MUTATIONS.split("\n# ").skip(1).collect();
    assert!(mutations.len() >= 140, "only {} mutations", mutations.len());
    // Each mutation generates a complete client, which takes a while.
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let wrong: Vec<_> = std::thread::scope(|scope| {
        let chunks = mutations.chunks(mutations.len().div_ceil(threads));
        let judges: Vec<_> = chunks
            .map(|chunk| scope.spawn(|| chunk.iter().flat_map(|mutation| judged(&base, mutation)).collect::<Vec<_>>()))
            .collect();
        judges.into_iter().flat_map(|judge| judge.join().expect("each patch fits")).collect()
    });
    assert!(wrong.is_empty(), "{} are judged wrongly:\n{}", wrong.len(), wrong.join("\n"));
}

/// Returns the differences from the expectation.
fn judged(base: &Revision, mutation: &str) -> Vec<String> {
    let (name, rest) = mutation.split_once('\n').expect("a mutation has a name");
    let (expected, patch) = rest.split_once('\n').expect("a mutation states what is expected");
    let (spec, expected) = expected.split_once(' ').expect("a mutation names its spec");
    // `mutated` generates the code, so it is up to date.
    let (head, refused) = mutated(base, spec, name, patch);
    let review = compare(base, &head).expect("both can be read");
    let mut wrong = Vec::new();
    for api in &review.apis {
        let is_mutated = api.file == format!("specs/{spec}.yaml");
        let expected = if is_mutated { expected } else { "unchanged:" };
        let actual = if is_mutated && refused { format!("refused {}", summary(api)) } else { summary(api) };
        if actual != expected {
            wrong.push(format!(
                "{name}: {}: expected `{expected}`, got `{actual}`\n{}",
                api.package,
                markdown(&review)
            ));
        }
    }
    wrong
}

/// Summarizes a review in the words of the list.
fn summary(api: &ApiReview) -> String {
    let verdict = match api.verdict() {
        Verdict::Unchanged => "unchanged",
        Verdict::Documentation => "documentation",
        Verdict::Compatible => "compatible",
        Verdict::Breaking => "breaking",
    };
    let sections = [
        ("spec", !api.spec.is_empty()),
        ("rust", !api.rust.is_empty()),
        ("wire", !api.wire.is_empty()),
        ("outcome", !api.outcome.is_empty()),
        ("documentation", !api.documentation.is_empty()),
        ("order", !api.order.is_empty()),
    ];
    let changed: Vec<_> = sections.iter().filter(|(_, is_changed)| *is_changed).map(|(name, _)| *name).collect();
    format!("{verdict}: {}", changed.join(", ")).trim_end().to_owned()
}

/// Returns a revision with a changed spec and its client, and whether the generator refused the spec.
fn mutated(base: &Revision, spec: &str, name: &str, patch: &str) -> (Revision, bool) {
    let mut files = files(base);
    let file = format!("specs/{spec}.yaml");
    // Every line follows a line break, including the first, so that only complete lines match.
    let mut text = format!("\n{}", files[&file]);
    for hunk in patch.trim_end().split("\n@@\n") {
        if let Some((old, new)) = hunk.strip_prefix('~').and_then(|hunk| hunk.trim_end_matches('~').split_once('~')) {
            text = text.replace(old, new);
            continue;
        }
        let lines = |sign: char| {
            let line = |line: &str| {
                let kept = line.strip_prefix([' ', sign]);
                if line.is_empty() { Some(String::new()) } else { kept.map(str::to_owned) }
            };
            hunk.lines().filter_map(line).fold(String::from("\n"), |text, line| text + &line + "\n")
        };
        let (from, to) = (lines('-'), lines('+'));
        assert_eq!(text.matches(&from).count(), 1, "{name}: exactly one occurrence is expected of:{from}");
        text = text.replace(&from, &to);
    }
    let text = text.split_off(1);
    let document = Document::parse(&file, &text).expect("it is YAML");
    let code = generate(&document, &file);
    let refused = code.is_err();
    // The generator does not write a client whose spec it refuses.
    if let Ok(code) = code {
        let folder = format!("crates/{spec}-client/src/generated");
        files.extend(code.files().map(|(path, text)| (format!("{folder}/{path}"), text.to_owned())));
    }
    files.insert(file, text);
    (Revision::new("mutated", files), refused)
}
