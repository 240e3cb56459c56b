//! The rule about paginated lists.

use heck::ToSnakeCase as _;

use super::rule::{Diagnostics, Rule};
use super::validate::unwrapped;
use crate::document::At;
use crate::spec_index::{OperationNode, Spec};

pub(super) const RULES: &[Rule] = &[Rule::of_spec(
    "pagination-missing",
    "Without a stream, callers would take the first page for the whole list.",
    "Declare `x-pagination`, with the parameters of the page and the property that states the last page. Write \
     `x-pagination: false` if the client cannot ask for another page.",
    missing,
)];

/// A list is paginated if its answer has a number of pages beside the items, or if the caller chooses page and size and
/// the answer has integers beside the items, of which one can be the last page.
fn missing(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for operation in spec.operations.iter().filter(|one| one.at.get("x-pagination").is_none()) {
        let Some(numbers) = operation.answer("2XX").and_then(|answer| beside_a_list(&answer, 8)) else { continue };
        let counted = numbers.iter().find(|name| counts_pages(name, operation));
        let id = operation.id.unwrap_or_default();
        if let Some(name) = counted {
            diagnostics.at(&operation.at, format!("the answer of `{id}` has a number of pages, `{name}`"));
        } else if chooses_page(operation) && !numbers.is_empty() {
            diagnostics.at(&operation.at, format!("`{id}` has parameters for the number and the size of a page"));
        }
    }
}

/// Returns the names of the integers beside a list of objects, in the first object of an answer that has such a list.
fn beside_a_list<'d>(schema: &At<'d>, depth: usize) -> Option<Vec<&'d str>> {
    let properties = unwrapped(schema)?.get("properties")?.as_entries()?;
    let kinds: Vec<_> = properties.iter().filter_map(|(name, property)| Some((*name, unwrapped(property)?))).collect();
    let is = |schema: &At<'_>, kind| schema.get_text("type") == Ok(Some(kind));
    let of_objects =
        |list: &At<'_>| list.get("items").and_then(|item| unwrapped(&item)).is_some_and(|item| is(&item, "object"));
    if kinds.iter().any(|(_, schema)| is(schema, "array") && of_objects(schema)) {
        let may_be_integer = |schema: &At<'_>| {
            let alternatives = schema.get("oneOf").and_then(|at| at.as_items()).unwrap_or_default();
            is(schema, "integer") || alternatives.iter().any(|one| is(one, "integer"))
        };
        return Some(kinds.iter().filter(|(_, schema)| may_be_integer(schema)).map(|(name, _)| *name).collect());
    }
    let depth = depth.checked_sub(1)?;
    properties.iter().find_map(|(_, property)| beside_a_list(property, depth))
}

fn words(name: &str) -> Vec<String> {
    name.to_snake_case().split('_').map(str::to_owned).collect()
}

/// `pages` alone can be the pages of a book, unless the caller chooses a page.
fn counts_pages(name: &str, operation: &OperationNode<'_>) -> bool {
    let words = words(name);
    let has = |all: &[&str]| all.iter().any(|one| words.iter().any(|word| word == one));
    let counts = has(&["last", "total", "count", "max"]);
    let takes_page = || queries(operation).iter().any(|words| words.iter().any(|word| word == "page"));
    has(&["page"]) && counts || has(&["pages"]) && (counts || takes_page())
}

/// Returns the words in the name of each optional query parameter.
fn queries(operation: &OperationNode<'_>) -> Vec<Vec<String>> {
    let parameters = operation.parameters();
    let queries = parameters.iter().filter(|one| one.get_text("in") == Ok(Some("query")) && !one.is_true("required"));
    queries.filter_map(|one| Some(words(one.get_text("name").ok()??))).collect()
}

fn chooses_page(operation: &OperationNode<'_>) -> bool {
    let names = queries(operation);
    let is_size = |words: &Vec<String>| {
        words.iter().any(|word| matches!(&**word, "size" | "limit" | "paginate" | "per" | "count" | "items" | "rows"))
    };
    let is_page = |words: &Vec<String>| words.iter().any(|word| word == "page");
    names.iter().any(|words| is_page(words) && !is_size(words)) && names.iter().any(is_size)
}
