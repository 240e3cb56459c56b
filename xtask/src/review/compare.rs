//! Compares two revisions of a workspace.

use super::item::{ChangeKind, Item, Verdict};
use super::model::{ApiReview, Review};
use super::revision::Revision;
use super::{generated_diff, outcome, release, request, rust, spec, spec_diff, wire};
use crate::client_code::ClientCode;
use crate::codegen::{COMMAND, Failure, generate};
use crate::document::{Document, SpecError};

/// Reviews what changed between two revisions of a workspace.
///
/// Generates the clients of the newer revision, to check that its code is up to date.
pub fn review(base: &Revision, head: &Revision) -> Result<Review, Failure> {
    let mut review = compare(base, head)?;
    for api in &mut review.apis {
        api.warnings.extend(stale_code(&api.file, &api.code, head)?);
    }
    // A warning makes a verdict incomplete.
    review.releases = release::releases(base, head, &review.apis);
    Ok(review)
}

/// Compares two revisions without checking that the code of the newer one is up to date.
pub fn compare(base: &Revision, head: &Revision) -> Result<Review, Failure> {
    let mut names = base.specs();
    names.extend(head.specs());
    let apis = names.iter().map(|name| compare_api(name, base, head)).collect::<Result<Vec<_>, _>>()?;
    Ok(Review {
        base: base.name.clone(),
        head: head.name.clone(),
        releases: release::releases(base, head, &apis),
        facts_changed: base.get("specs/facts.md") != head.get("specs/facts.md"),
        apis,
    })
}

fn compare_api(name: &str, base: &Revision, head: &Revision) -> Result<ApiReview, Failure> {
    let file = format!("specs/{name}.yaml");
    let package = format!("{name}-client");
    let code = format!("crates/{package}/src/generated");
    let mut review =
        ApiReview { package: package.clone(), file: file.clone(), code: code.clone(), ..ApiReview::default() };
    let (old, new) = match (base.get(&file), head.get(&file)) {
        (Some(old), Some(new)) => (old, new),
        (None, _) => {
            let subject = format!("`{file}`");
            let item = Item::new(Verdict::Compatible, ChangeKind::Added, subject, "a new API with a new crate");
            review.spec.push(item.because("all of it is new, so read the spec itself"));
            return Ok(review);
        }
        (_, None) => {
            let item = Item::new(Verdict::Breaking, ChangeKind::Removed, format!("`{file}`"), "the spec was removed");
            review.spec.push(item.because(format!("`{package}` is no longer generated")));
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
    let (old_requests, new_requests) = (request::requests(&old_document), request::requests(&new_document));
    wire::compare(&old_requests, &new_requests, &mut review);
    review.outcome = outcome::items(&old_document, &new_document);
    match (&old_code, &new_code) {
        (Some(old), Some(new)) => {
            compare_surface(&old_document, old, new, &mut review);
            generated_diff::compare(&old_document, old, new, &mut review);
        }
        (None, None) => {}
        _ => {
            let warning = format!("only one revision has `{code}`, so this review does not compare the Rust surface");
            review.warnings.push(warning);
        }
    }
    Ok(review)
}

/// Adds the changes of the surface.
///
/// The listing may not know code of another version of the generator. In that case it compares with what today's
/// generator makes of the old spec.
fn compare_surface(spec: &Document, old: &ClientCode, new: &ClientCode, review: &mut ApiReview) {
    let file = &review.code;
    let error = match rust::items(old, new) {
        Ok(items) => {
            review.rust = items;
            return;
        }
        Err(error) => error,
    };
    let regenerated = generate(spec, &review.file).ok().and_then(|old| rust::items(&old, new).ok());
    review.warnings.push(match regenerated {
        Some(items) => {
            review.rust = items;
            format!(
                "another version of the generator wrote the old `{file}` ({error}), so the Rust surface is compared \
                 with what today's generator makes of the old spec; changes by the generator itself are not shown"
            )
        }
        None => format!("the Rust surface is not compared, since the listing does not know all of `{file}`: {error}"),
    });
}

fn not_read(revision: &str, error: &SpecError) -> Failure {
    vec![format!("{error} (in {revision})")]
}

/// Returns a warning if the code of a revision is not what its spec generates.
fn stale_code(file: &str, code: &str, revision: &Revision) -> Result<Vec<String>, Failure> {
    let Some(spec) = revision.get(file) else { return Ok(Vec::new()) };
    let document = Document::parse(file, spec).map_err(|error| not_read(&revision.name, &error))?;
    Ok(match generate(&document, file) {
        Err(failure) => {
            let refusal = |error| format!("`{COMMAND}` refuses this spec: {error}");
            failure.into_iter().map(refusal).collect()
        }
        Ok(client) if revision.code(code).as_ref() != Some(&client) => {
            vec![format!("`{code}` is out of date, and so is the Rust surface below; run `{COMMAND}`")]
        }
        Ok(_) => Vec::new(),
    })
}
