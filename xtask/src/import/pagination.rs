//! How a list is divided into pages, as far as the names of its parameters and of the properties of its answer say it.

use heck::ToSnakeCase as _;

use super::components::Components;
use super::tree::{Map, Tree};

/// What an operation says about pages.
#[derive(Debug, PartialEq)]
pub(super) enum Pages {
    /// Nothing.
    None,
    /// How the next page is asked for: an `x-pagination`.
    Known(Map),
    /// The answer is a page, but nothing says how the next one is asked for.
    Unknown,
}

/// How deeply the properties of an answer are searched.
const DEEPEST: usize = 3;

const LAST_PAGES: [&str; 11] = [
    "last_page",
    "last_page_number",
    "max_page",
    "num_pages",
    "number_of_pages",
    "page_count",
    "page_total",
    "pages",
    "pages_count",
    "total_page",
    "total_pages",
];

const PAGES: [&str; 7] = ["current_page", "page", "page_nr", "page_no", "page_num", "page_number", "pagenumber"];

const SIZES: [&str; 12] = [
    "items_per_page",
    "limit",
    "max_items",
    "max_results",
    "page_limit",
    "page_size",
    "pagesize",
    "per_page",
    "results_per_page",
    "rows",
    "size",
    "take",
];

const OFFSETS: [&str; 3] = ["offset", "page_offset", "skip"];

const CURSORS: [&str; 13] = [
    "after",
    "continuation_token",
    "cursor",
    "next",
    "next_cursor",
    "next_page_cursor",
    "next_page_token",
    "next_token",
    "page_cursor",
    "page_token",
    "pagetoken",
    "start_cursor",
    "starting_after",
];

/// The properties with the next value of a cursor, the clearest first.
const NEXT_CURSORS: [&str; 10] = [
    "next_cursor",
    "next_page_token",
    "next_page_cursor",
    "next_token",
    "cursor_next",
    "continuation_token",
    "next_page",
    "end_cursor",
    "after",
    "next",
];

/// The objects about pages.
const ABOUT_PAGES: [&str; 9] =
    ["_links", "cursor", "cursors", "links", "meta", "page_info", "pagination", "paging", "response_metadata"];

/// The properties with the items of a page, the most likely first.
const LISTS: [&str; 10] =
    ["data", "items", "results", "records", "list", "entries", "content", "elements", "values", "rows"];

/// A property of an answer that is not an object, with its path.
struct Leaf<'t> {
    path: Vec<&'t str>,
    schema: &'t Map,
}

impl Leaf<'_> {
    fn name(&self) -> String {
        self.path.last().map(|name| name.to_snake_case()).unwrap_or_default()
    }

    /// The name of the object that it is in, if it is not the answer itself.
    fn outer(&self) -> Option<String> {
        let index = self.path.len().checked_sub(2)?;
        Some(match self.path[index] {
            "_links" => "_links".to_owned(),
            name => name.to_snake_case(),
        })
    }

    fn is(&self, kind: &str) -> bool {
        self.schema.text("type") == Some(kind)
    }

    fn dotted(&self) -> String {
        self.path.join(".")
    }

    /// Whether the description or the example says that it is a URL.
    fn says_url(&self) -> bool {
        let text = self.schema.text("description").unwrap_or_default().to_lowercase();
        text.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "uri" | "url" | "link"))
            || self.schema.text("example").is_some_and(|example| example.contains("://") || example.starts_with('/'))
    }

    /// How clearly the name says that it has the URL of the next page: the lower, the clearer.
    fn next_url(&self) -> Option<usize> {
        let name = self.name();
        let words: Vec<_> = name.split('_').collect();
        let outer = self.outer().unwrap_or_default();
        let is_link = matches!(&*outer, "_links" | "links" | "link" | "paging");
        let is_url = words.iter().any(|word| matches!(*word, "uri" | "url" | "link" | "href"));
        let says_so = words.contains(&"next") && is_url || name == "href" && outer == "next";
        let may = name == "next" && (is_link || self.says_url());
        let rank = if says_so { Some(0) } else { may.then_some(1) };
        rank.filter(|_| self.is("string"))
    }

    /// How clearly the name says that it has the next value of a cursor: the lower, the clearer.
    fn next_cursor(&self) -> Option<usize> {
        let name = self.name();
        let place = NEXT_CURSORS.iter().position(|known| *known == name)?;
        let is_in_pages = self.outer().is_some_and(|outer| ABOUT_PAGES.contains(&&*outer));
        let is_clear = !matches!(&*name, "after" | "end_cursor") || is_in_pages;
        let can_be = self.is("string") && !self.says_url() || self.is("integer");
        (is_clear && can_be && self.schema.get("x-open-enum").is_none()).then_some(place)
    }
}

/// An optional parameter in the query.
struct Parameter<'t> {
    name: &'t str,
    words: String,
    schema: &'t Map,
}

/// Returns what an operation with these parameters and this answer says about pages.
///
/// `has_link_header` says that the answer has a header `Link`.
pub(super) fn pages(components: &Components, parameters: &[Tree], answer: &Tree, has_link_header: bool) -> Pages {
    let Some(root) = answer_object(components, answer) else { return Pages::None };
    let (mut leaves, mut lists) = (Vec::new(), Vec::new());
    collect(components, root, &mut Vec::new(), &mut leaves, &mut lists);
    if lists.is_empty() {
        return Pages::None;
    }
    let parameters: Vec<_> = parameters.iter().filter_map(optional).collect();
    let find = |names: &[&str], kind: &str| {
        names.iter().find_map(|name| {
            parameters
                .iter()
                .find(|one| one.words == *name && one.schema.text("type") == Some(kind))
                .map(|one| one.name)
        })
    };
    let size = find(&SIZES, "integer");
    let next_url = clearest(&leaves, Leaf::next_url);
    let next_cursor = clearest(&leaves, Leaf::next_cursor);
    let last_page = leaves.iter().find(|leaf| leaf.is("integer") && LAST_PAGES.contains(&&*leaf.name()));
    let page = find(&PAGES, "integer").filter(|name| starts_at_one(&parameters, name));
    let cursor = find(&CURSORS, "string").or_else(|| next_cursor.and(find(&PAGES, "string")));
    let offset = find(&OFFSETS, "integer");
    // The parameters come first: several operations can have the same answer.
    let way = if let (Some(cursor), Some(next)) = (cursor, next_cursor) {
        Some(Map::new().with("cursor", cursor).with("next", next.dotted()))
    } else if let (Some(page), Some(last), Some(_)) = (page, last_page, size) {
        Some(Map::new().with("page", page).with("last_page", last.dotted()))
    } else if let Some(offset) = offset {
        Some(Map::new().with("offset", offset))
    } else if has_link_header {
        Some(Map::new().with("next_url", "Link header"))
    } else {
        next_url.map(|next| Map::new().with("next_url", next.dotted()))
    };
    let has_page = parameters.iter().any(|one| PAGES.contains(&&*one.words));
    match (way, items(&lists)) {
        (Some(way), Some(items)) => Pages::Known(way.with_some("page_size", size).with("items", items)),
        (None, _) if !has_page && cursor.is_none() && next_cursor.is_none() && last_page.is_none() => Pages::None,
        _ => Pages::Unknown,
    }
}

/// Returns the property with the lowest rank.
fn clearest<'l, 't>(leaves: &'l [Leaf<'t>], rank: impl Fn(&Leaf<'t>) -> Option<usize>) -> Option<&'l Leaf<'t>> {
    leaves.iter().filter_map(|leaf| Some((rank(leaf)?, leaf))).min_by_key(|(rank, _)| *rank).map(|(_, leaf)| leaf)
}

/// Returns the object that an answer of JSON is.
fn answer_object<'t>(components: &'t Components, answer: &'t Tree) -> Option<&'t Map> {
    let inner = |tree: &'t Tree, key| if let Tree::Map(map) = tree { map.get(key) } else { None };
    let schema = inner(inner(inner(answer, "content")?, "application/json")?, "schema")?;
    object(components, schema)
}

/// Returns the component that a schema refers to, directly or in an `allOf` with a description.
fn object<'t>(components: &'t Components, schema: &'t Tree) -> Option<&'t Map> {
    let Tree::Map(map) = schema else { return None };
    let reference = match map.get("allOf") {
        Some(Tree::List(all)) => {
            all.first().and_then(|one| if let Tree::Map(one) = one { one.text("$ref") } else { None })
        }
        _ => map.text("$ref"),
    };
    let component = components.referred(reference?)?;
    component.get("properties").is_some().then_some(component)
}

/// Collects the properties that are not objects, and the lists of objects, with their paths.
fn collect<'t>(
    components: &'t Components,
    schema: &'t Map,
    path: &mut Vec<&'t str>,
    leaves: &mut Vec<Leaf<'t>>,
    lists: &mut Vec<Vec<&'t str>>,
) {
    let Some(Tree::Map(properties)) = schema.get("properties") else { return };
    for entry in &properties.entries {
        // A dot separates the names of a path.
        if entry.key.contains('.') {
            continue;
        }
        path.push(&entry.key);
        match (&entry.value, object(components, &entry.value)) {
            (_, Some(inner)) if path.len() < DEEPEST => collect(components, inner, path, leaves, lists),
            (Tree::Map(schema), None) => match schema.get("items") {
                Some(item) if object(components, item).is_some() => lists.push(path.clone()),
                Some(_) => {}
                None => leaves.push(Leaf { path: path.clone(), schema }),
            },
            _ => {}
        }
        path.pop();
    }
}

/// Returns the path to the items: the outermost list, or of several the one with a usual name.
fn items(lists: &[Vec<&str>]) -> Option<String> {
    let depth = lists.iter().map(Vec::len).min()?;
    let outermost: Vec<_> = lists.iter().filter(|path| path.len() == depth).collect();
    let usual = || {
        let named = |name: &&str| outermost.iter().find(|path| path.last() == Some(name));
        LISTS.iter().find_map(named)
    };
    let path = if let [only] = outermost[..] { only } else { usual()? };
    Some(path.join("."))
}

fn optional(tree: &Tree) -> Option<Parameter<'_>> {
    let Tree::Map(map) = tree else { return None };
    let Some(Tree::Map(schema)) = map.get("schema") else { return None };
    let name = map.text("name").filter(|_| map.text("in") == Some("query") && map.get("required").is_none())?;
    Some(Parameter { name, words: name.to_snake_case(), schema })
}

/// A stream starts at page 1, so it would miss a page 0.
fn starts_at_one(parameters: &[Parameter<'_>], name: &str) -> bool {
    let zero = Tree::Scalar(0.into());
    parameters.iter().any(|one| one.name == name && one.schema.get("minimum") != Some(&zero))
}
