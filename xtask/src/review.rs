//! What a reviewer of a changed spec wants to know, from the committed files of two revisions.
//!
//! | section       | compared                                             | by          |
//! |---------------|------------------------------------------------------|-------------|
//! | Spec          | the documents, but for documentation and order       | `spec`      |
//! | Rust surface  | what users can touch, as [`crate::surface`] lists it | `rust`      |
//! | Wire          | what each operation sends, as the specs have it      | `wire`      |
//! | Outcome rules | what repeats a call, and what an answer proves       | `outcome`   |
//!
//! Every change has a [`Verdict`], and a crate the gravest of its changes; the verdict makes the
//! version. One principle decides: **what was right to write against the old version must stay
//! right.** A promise to the caller may become stronger and a demand on him weaker, not the other
//! way round; and the same call must send the same request.

mod changelog;
pub(crate) mod describe;
mod generated_diff;
mod git;
mod listing;
mod markdown;
pub(crate) mod operations;
mod outcome;
mod place;
mod request;
mod revision;
mod rust;
mod spec;
pub(crate) mod spec_diff;
mod version;
mod wire;

use crate::client_code::ClientCode;
use crate::codegen::{COMMAND, generate};
use crate::document::{Document, SpecError};

pub use self::git::default_base;
pub use self::markdown::markdown;
pub use self::revision::{Failure, Revision};
pub use self::version::Version;

/// How grave a change is for the users of a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing changed.
    Unchanged,
    /// Only documentation or an order that means nothing.
    Documentation,
    /// What was right stays right.
    Compatible,
    /// Code that was right may not compile, fails, or does something else.
    Breaking,
}

/// What happened to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It is new.
    Added,
    /// It is another.
    Changed,
    /// It is gone.
    Removed,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is about, in Markdown.
    pub place: String,
    /// What changed, in Markdown.
    pub what: String,
    /// Why the verdict is as it is; empty where that goes without saying.
    pub why: String,
    /// How grave it is.
    pub verdict: Verdict,
    /// What happened.
    pub kind: Kind,
}

impl Item {
    fn new(verdict: Verdict, kind: Kind, place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into(), why: String::new(), verdict, kind }
    }

    fn because(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }
}

/// The review of one spec and the crate that it becomes.
#[derive(Debug, Default)]
pub struct ApiReview {
    /// Name of the crate.
    pub package: String,
    /// Name of the spec's file, from the root of the workspace.
    pub file: String,
    /// Name of the folder that it is generated into.
    pub code: String,
    /// What keeps this review from being the whole truth, such as a spec that is refused.
    pub warnings: Vec<String>,
    /// Changes of the spec. Where another section tells the consequence, the verdict is there.
    pub spec: Vec<Item>,
    /// Changes of what users can touch.
    pub rust: Vec<Item>,
    /// Changes of what is sent.
    pub wire: Vec<Item>,
    /// Changes of the committed snapshots of requests, as lines with `-` and `+`.
    pub snapshots: Vec<(String, Vec<String>)>,
    /// Changes of what repeats a call and what an answer proves.
    pub outcome: Vec<Item>,
    /// Places whose documentation changed.
    pub documentation: Vec<String>,
    /// Places where only the order changed.
    pub order: Vec<String>,
}

impl ApiReview {
    /// The gravest verdict of its changes.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let items = [&self.spec, &self.rust, &self.wire, &self.outcome].into_iter().flatten();
        let gravest = items.map(|item| item.verdict).max().unwrap_or(Verdict::Unchanged);
        let quiet = !self.documentation.is_empty() || !self.order.is_empty() || !self.spec.is_empty();
        if quiet { gravest.max(Verdict::Documentation) } else { gravest }
    }
}

/// The review of a workspace.
#[derive(Debug)]
pub struct Review {
    /// What it starts from, for people.
    pub base: String,
    /// What it looks at, for people.
    pub head: String,
    /// One for each spec.
    pub apis: Vec<ApiReview>,
    /// The crates, each with its verdict.
    pub releases: Vec<version::Release>,
    /// Whether the list of facts changed.
    pub facts_changed: bool,
}

/// Reviews what changed between two revisions of a workspace.
pub fn review(base: &Revision, head: &Revision) -> Result<Review, Failure> {
    let mut apis = apis(base, head)?;
    for api in &mut apis {
        api.warnings.extend(warnings(&api.file, &api.code, head)?);
    }
    Ok(Review::new(base, head, apis))
}

/// Compares two revisions, in the belief that the code of the newer is what its specs make.
pub fn compare(base: &Revision, head: &Revision) -> Result<Review, Failure> {
    Ok(Review::new(base, head, apis(base, head)?))
}

impl Review {
    fn new(base: &Revision, head: &Revision, apis: Vec<ApiReview>) -> Self {
        Self {
            base: base.name.clone(),
            head: head.name.clone(),
            releases: version::releases(base, head, &apis),
            facts_changed: base.get("specs/facts.md") != head.get("specs/facts.md"),
            apis,
        }
    }
}

fn apis(base: &Revision, head: &Revision) -> Result<Vec<ApiReview>, Failure> {
    let mut names = base.specs();
    names.extend(head.specs());
    names.iter().map(|name| api(name, base, head)).collect()
}

fn api(name: &str, base: &Revision, head: &Revision) -> Result<ApiReview, Failure> {
    let file = format!("specs/{name}.yaml");
    let package = format!("{name}-client");
    let code = format!("crates/{package}/src/generated");
    let mut review =
        ApiReview { package: package.clone(), file: file.clone(), code: code.clone(), ..ApiReview::default() };
    let (old, new) = match (base.get(&file), head.get(&file)) {
        (Some(old), Some(new)) => (old, new),
        (None, _) => {
            let item = Item::new(Verdict::Compatible, Kind::Added, format!("`{file}`"), "a new API, and a new crate");
            review.spec.push(item.because("nobody uses it yet; all of it is new, so read the spec itself"));
            return Ok(review);
        }
        (_, None) => {
            let item = Item::new(Verdict::Breaking, Kind::Removed, format!("`{file}`"), "the spec is gone");
            review.spec.push(item.because(format!("nothing makes `{package}` any more")));
            return Ok(review);
        }
    };
    review.snapshots = wire::snapshots(name, base, head);
    let (old_code, new_code) = (base.code(&code), head.code(&code));
    if old == new && old_code == new_code {
        return Ok(review);
    }
    let old_document = Document::parse(&file, old).map_err(|error| not_read(&base.name, &error))?;
    let new_document = Document::parse(&file, new).map_err(|error| not_read(&head.name, &error))?;

    let differences = spec_diff::compare(&old_document, &new_document);
    review.spec = spec::items(&differences.changes, &old_document, &new_document);
    review.documentation = differences.documentation;
    review.order = differences.order;
    let (old_requests, new_requests) = (request::api(&old_document), request::api(&new_document));
    wire::compare(&old_requests, &new_requests, &mut review);
    review.outcome = outcome::items(&old_document, &new_document);
    match (&old_code, &new_code) {
        (Some(old), Some(new)) => {
            surface(&old_document, old, new, &mut review);
            generated_diff::compare(&old_document, old, new, &mut review);
        }
        (None, None) => {}
        _ => review.warnings.push(format!("`{code}` is there in one revision only: the Rust surface is not compared")),
    }
    Ok(review)
}

/// Adds what changed of the surface. Code of another generator may be unknown to the listing; then what this one makes
/// of the old spec stands for it.
fn surface(spec: &Document, old: &ClientCode, new: &ClientCode, review: &mut ApiReview) {
    let file = &review.code;
    let error = match rust::items(old, new) {
        Ok(items) => {
            review.rust = items;
            return;
        }
        Err(error) => error,
    };
    let today = generate(spec, &review.file).ok().and_then(|old| rust::items(&old, new).ok());
    review.warnings.push(match today {
        Some(items) => {
            review.rust = items;
            format!(
                "the old `{file}` is of another generator ({error}), so the Rust surface is compared with what today's \
                 makes of the old spec: what the generator itself changed is not told"
            )
        }
        None => format!("the Rust surface is not compared, for the listing does not know all of `{file}`: {error}"),
    });
}

fn not_read(revision: &str, error: &SpecError) -> Failure {
    vec![format!("{error} (in {revision})")]
}

/// Whether the code of a revision is what its spec makes.
fn warnings(file: &str, code: &str, revision: &Revision) -> Result<Vec<String>, Failure> {
    let Some(spec) = revision.get(file) else { return Ok(Vec::new()) };
    let document = Document::parse(file, spec).map_err(|error| not_read(&revision.name, &error))?;
    Ok(match generate(&document, file) {
        Err(failure) => {
            let refusal = |error| format!("`{COMMAND}` refuses this spec, so that no code can be made of it: {error}");
            failure.into_iter().map(refusal).collect()
        }
        Ok(client) if revision.code(code).as_ref() != Some(&client) => {
            vec![format!("`{code}` is not what the spec makes, so the Rust surface below is stale: run `{COMMAND}`")]
        }
        Ok(_) => Vec::new(),
    })
}
