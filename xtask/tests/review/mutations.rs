//! Changes of the real specs, each with the verdict that was written down before the review ran.

use xtask::codegen::generate;
use xtask::document::Document;
use xtask::review::{ApiReview, Revision, Verdict, compare, markdown};

use super::{files, real};

const MUTATIONS: &str = include_str!("mutations.txt");

/// Each mutation of the real specs gets the verdict that was written down, and exactly the sections
/// that must speak do.
#[test]
fn every_mutation_is_judged_as_written_down() {
    let base = real();
    let mutations: Vec<_> = MUTATIONS.split("\n# ").skip(1).collect();
    assert!(mutations.len() >= 60, "only {} mutations", mutations.len());
    // Each takes a while, for all of a client is generated.
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

/// What is not as written down.
fn judged(base: &Revision, mutation: &str) -> Vec<String> {
    let (name, rest) = mutation.split_once('\n').expect("a mutation has a name");
    let (expected, patch) = rest.split_once('\n').expect("a mutation says what is expected");
    let (spec, expected) = expected.split_once(' ').expect("a mutation names its spec");
    // The code is made here; that it is made of the spec need not be checked.
    let (head, refused) = mutated(base, spec, name, patch);
    let review = compare(base, &head).expect("both can be read");
    let mut wrong = Vec::new();
    for api in &review.apis {
        let is_its = api.file == format!("specs/{spec}.yaml");
        let expected = if is_its { expected } else { "unchanged:" };
        let told = if is_its && refused { format!("refused {}", told(api)) } else { told(api) };
        if told != expected {
            wrong.push(format!("{name}: {}: `{expected}` expected, not `{told}`\n{}", api.package, markdown(&review)));
        }
    }
    wrong
}

/// What a review says, in the words of the list.
fn told(api: &ApiReview) -> String {
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
    let spoke: Vec<_> = sections.iter().filter(|(_, spoke)| *spoke).map(|(name, _)| *name).collect();
    format!("{verdict}: {}", spoke.join(", ")).trim_end().to_owned()
}

/// A revision with a spec changed and its client generated anew; and whether the generator refused it.
fn mutated(base: &Revision, spec: &str, name: &str, patch: &str) -> (Revision, bool) {
    let mut files = files(base);
    let file = format!("specs/{spec}.yaml");
    // A line break before each line, the first too, so that only whole lines match.
    let mut text = format!("\n{}", files[&file]);
    for place in patch.trim_end().split("\n@@\n") {
        if let Some((old, new)) = place.strip_prefix('~').and_then(|place| place.trim_end_matches('~').split_once('~'))
        {
            text = text.replace(old, new);
            continue;
        }
        let lines = |sign: char| {
            let line = |line: &str| {
                let kept = line.strip_prefix([' ', sign]);
                if line.is_empty() { Some(String::new()) } else { kept.map(str::to_owned) }
            };
            place.lines().filter_map(line).fold(String::from("\n"), |text, line| text + &line + "\n")
        };
        let (from, to) = (lines('-'), lines('+'));
        assert_eq!(text.matches(&from).count(), 1, "{name}: one place, and no more, must be:{from}");
        text = text.replace(&from, &to);
    }
    let text = text.split_off(1);
    let document = Document::parse(&file, &text).expect("it is YAML");
    let code = generate(&document, &file);
    let refused = code.is_err();
    // A client is not touched while its spec is refused.
    if let Ok(code) = code {
        let folder = format!("crates/{spec}-client/src/generated");
        files.extend(code.files().map(|(path, text)| (format!("{folder}/{path}"), text.to_owned())));
    }
    files.insert(file, text);
    (Revision::new("mutated", files), refused)
}
