//! One operation of the document as one of the spec.

use std::collections::BTreeSet;

use super::answers::{self, Answer};
use super::bodies::body;
use super::candidates::Candidate;
use super::finding::{Finding, Result};
use super::pagination::{Pages, pages};
use super::parameters::{Credentials, parameters};
use super::prose::{description, joined, summary, without_secrets};
use super::schemas::Schemas;
use super::security::{Requirement, Schemes};
use super::servers::{own_servers, urls};
use super::tree::{Map, Tree};
use crate::document::At;

/// An operation of the spec.
#[derive(Debug)]
pub(super) struct Operation {
    /// The path of the spec.
    pub path: String,
    pub requirement: Requirement,
    pub tags: Vec<String>,
    /// What stands before and after the `security`.
    pub head: Map,
    pub rest: Map,
}

/// What the operations have in common.
#[derive(Clone, Copy)]
pub(super) struct Context<'c> {
    pub security: &'c Schemes,
    /// The tag of operations without one.
    pub title: &'c str,
    /// The URLs of the spec's servers.
    pub servers: &'c [&'c str],
    /// Whether these are not the servers of the document.
    pub others_have_servers: bool,
    /// The ids of the operations whose pages cannot be expressed.
    pub without_pages: &'c BTreeSet<String>,
}

pub(super) fn operation(
    schemas: &mut Schemas,
    context: Context<'_>,
    candidate: &Candidate<'_>,
    requirement: Requirement,
    (answer, answer_name): (&Answer<'_>, &str),
    stem: &str,
) -> Result<Operation> {
    let at = &candidate.at;
    check_servers(context, candidate)?;
    let text = |key| at.get(key).and_then(|at| at.as_text());
    let (summary, more) = summary(text("summary"), &candidate.id);
    let of_summary = text("summary").and_then(description);
    let own = text("description").and_then(description).filter(|own| Some(own) != of_summary.as_ref());
    let deprecated = at.is_true("deprecated").then_some("Deprecated.");
    let words = joined(more.as_deref().into_iter().chain(own.as_deref()).chain(deprecated));
    let words = if words.is_empty() { crate::read::NO_DESCRIPTION.to_owned() } else { words };
    let tags = tags(at, context.title);
    let mut head = Map::new()
        .with("operationId", candidate.id.as_str())
        .with("tags", tags.iter().map(|tag| Tree::from(tag.as_str())).collect::<Vec<_>>())
        .with("summary", summary)
        .with("description", words);
    let method = candidate.method.to_uppercase();
    let (safety, comment) = if candidate.is_read() {
        let hint = change_word(candidate).map(|word| {
            let reason = format!("taken for a read because it is a {method}, but its texts say `{word}`");
            schemas
                .notes
                .push(Finding::review(at, format!("{reason}: write `x-safety: change` if it changes something")));
            format!(" Its texts say `{word}`, so it may change something.")
        });
        let hint = hint.unwrap_or_default();
        ("read", format!("To be reviewed: taken for a read because it is a {method}.{hint}"))
    } else {
        ("change", format!("To be reviewed: taken for a change because it is a {method}."))
    };
    head.add_commented("x-safety", safety, vec![comment]);
    let sent = context.security.sent(&requirement);
    let credentials = Credentials { all: &context.security.credentials, sent: &sent };
    let (path, list) = parameters(schemas, credentials, stem, candidate.path, &candidate.item, at)?;
    let answer_tree = answers::answer(schemas, answer, answer_name)?;
    add_pagination(&mut head, schemas, context, candidate, (&list, &answer_tree));
    let mut rest = Map::new().with("x-source", schemas.source.clone());
    let body = body(schemas, stem, at, list.len())?;
    note_left_out(schemas, candidate, answer);
    if !list.is_empty() {
        rest.add("parameters", list);
    }
    rest = rest.with_some("requestBody", body);
    let shared = |name: &str| Map::new().with("$ref", format!("#/components/responses/{name}"));
    let responses =
        Map::new().with("2XX", answer_tree).with("4XX", shared("ClientError")).with("5XX", shared("ServerError"));
    rest.add("responses", responses);
    Ok(Operation { path, requirement, tags, head, rest })
}

/// Words of operations that change something.
const CHANGES: [&str; 19] = [
    "clear",
    "create",
    "delete",
    "disconnect",
    "generate a new",
    "log out",
    "logout",
    "reboot",
    "regenerate",
    "remove",
    "reset",
    "restart",
    "revoke",
    "send",
    "shut down",
    "shutdown",
    "unregister",
    "unsubscribe",
    "update",
];

/// Those that speak of a change anywhere in a path.
const IN_PATHS: [&str; 8] = ["delete", "disconnect", "logout", "reboot", "regenerate", "restart", "revoke", "shutdown"];

/// Returns the word in the summary, the id, the path or the first sentence of the description that speaks of a change.
fn change_word(candidate: &Candidate<'_>) -> Option<&'static str> {
    let text = |key| candidate.at.get(key).and_then(|at| at.as_text()).unwrap_or_default();
    let first = text("description").split(['.', '\n']).next().unwrap_or_default();
    let id = candidate.id.replace('_', " ");
    let texts = [text("summary"), id.as_str(), first];
    // The verb comes first, as in `Reset the session`. Elsewhere the word can be a noun.
    let starts = |text: &str, word: &str| {
        let text = text.trim().to_ascii_lowercase();
        let rest = text.strip_prefix(word).map(|rest| rest.strip_prefix('s').unwrap_or(rest));
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    // In a path, `unsubscribes` is a list, and only words that are never nouns count, as in `/group-revoke-link/{id}`.
    let in_path = |word: &str| {
        let mut parts = candidate.path.split(|c: char| !c.is_ascii_alphanumeric());
        IN_PATHS.contains(&word) && parts.any(|part| part.eq_ignore_ascii_case(word))
    };
    let speaks = |word: &str| texts.iter().any(|text| starts(text, word)) || in_path(word);
    CHANGES.into_iter().find(|word| speaks(word))
}

/// Reports the parts of an operation that a spec does not have.
fn note_left_out(schemas: &mut Schemas, candidate: &Candidate<'_>, answer: &Answer<'_>) {
    if let Some(callbacks) =
        candidate.at.get("callbacks").filter(|at| at.as_entries().is_some_and(|all| !all.is_empty()))
    {
        schemas
            .notes
            .push(Finding::at(&callbacks, "the callbacks are left out: `x-webhooks` has what a provider posts"));
    }
    if answer.others.is_empty() {
        return;
    }
    let reason = format!("answers can also be {}, and the client asks for one media type", answer.others.join(", "));
    if !schemas.notes.iter().any(|note| note.reason == reason) {
        schemas.notes.push(Finding::at(&candidate.at, reason));
    }
}

/// Adds how a list is divided into pages.
fn add_pagination(
    head: &mut Map,
    schemas: &Schemas,
    context: Context<'_>,
    candidate: &Candidate<'_>,
    (parameters, answer): (&[Tree], &Tree),
) {
    let has_link_header = answers::has_header(&candidate.at, "link");
    let pages = pages(&schemas.components, parameters, answer, has_link_header);
    // The client uses the query of a link, so one without a query leads to the same page again.
    let has_query = |next: &str| {
        let links = answers::examples(&candidate.at, next);
        !links.iter().any(|link| link.contains("://") && !link.contains('?'))
    };
    let pages = match pages {
        Pages::Known(map) if !map.text("next_url").is_none_or(has_query) => Pages::Unknown,
        pages => pages,
    };
    let is_unknown = context.without_pages.contains(&candidate.id);
    match pages {
        Pages::Known(map) if candidate.is_read() && !is_unknown => {
            let comment = "To be reviewed: taken from the names of the parameters and of the properties of the answer.";
            head.add_commented("x-pagination", map, vec![comment.to_owned()]);
        }
        Pages::Unknown if candidate.is_read() => add_unknown_pages(head),
        _ if is_unknown => add_unknown_pages(head),
        _ => {}
    }
}

fn add_unknown_pages(head: &mut Map) {
    let comment =
        "To be reviewed: the answer looks like a page, but the document does not say how to ask for the next.";
    head.add_commented("x-pagination", false, vec![comment.to_owned()]);
}

/// An operation on servers of its own is another API.
fn check_servers(context: Context<'_>, candidate: &Candidate<'_>) -> Result<()> {
    let own = own_servers(candidate);
    let items = own.as_ref().and_then(At::as_items).unwrap_or_default();
    let differs = |url: &&str| !context.servers.contains(url);
    match (own, urls(&items).into_iter().find(differs)) {
        (Some(own), Some(url)) => {
            Err(Finding::at(&own, format!("it is on another server, `{url}`: import it as an API of its own")))
        }
        // Most of the other operations can be elsewhere.
        (None, _) if context.others_have_servers => Err(Finding::at(
            &candidate.at,
            "it is on the server of the document, and most operations are not: import it as an API of its own",
        )),
        _ => Ok(()),
    }
}

/// The longest tag, in characters. Longer ones are cut.
const LONGEST_TAG: usize = 100;

fn tags(at: &At<'_>, title: &str) -> Vec<String> {
    let listed = at.get("tags").and_then(|at| at.as_items()).unwrap_or_default();
    let mut tags: Vec<String> = Vec::new();
    for tag in listed.iter().filter_map(At::as_text).map(str::trim).filter(|tag| !tag.is_empty()) {
        let tag: String = tag.replace(|c: char| c.is_control(), " ").chars().take(LONGEST_TAG).collect();
        let tag = without_secrets(tag.trim_end()).into_owned();
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    if tags.is_empty() { vec![title.to_owned()] } else { tags }
}
