//! The instances of the API.

use super::candidates::Candidate;
use super::components::pascal_case;
use super::finding::{Finding, Result};
use super::ids::snake_case;
use super::prose::description;
use super::tree::{Map, Tree};
use crate::document::At;
use crate::lint::refused_value;

/// Returns the servers of most operations: those of the document, unless more operations have the same others.
pub(super) fn of_most<'d>(root: &At<'d>, candidates: &[Candidate<'d>]) -> Vec<At<'d>> {
    let items = |at: At<'d>| at.as_items().filter(|items| !items.is_empty());
    let of_document = root.get("servers").and_then(items).unwrap_or_default();
    let mut counts = vec![(of_document.clone(), 0)];
    for candidate in candidates {
        let own = own_servers(candidate).and_then(items).unwrap_or_else(|| of_document.clone());
        match counts.iter_mut().find(|(known, _)| urls(known) == urls(&own)) {
            Some((_, count)) => *count += 1,
            None => counts.push((own, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max();
    counts.into_iter().find(|(_, count)| Some(*count) == most).map(|(servers, _)| servers).unwrap_or_default()
}

/// Returns the servers that an operation has instead of those of the document.
pub(super) fn own_servers<'d>(candidate: &Candidate<'d>) -> Option<At<'d>> {
    candidate.at.get("servers").or_else(|| candidate.item.get("servers"))
}

/// Returns the URLs of servers.
pub(super) fn urls<'d>(servers: &[At<'d>]) -> Vec<&'d str> {
    servers.iter().filter_map(|at| at.get("url")?.as_text()).collect()
}

/// Converts the servers, whose names begin with that of the client. If there are none, the caller names one.
pub(super) fn servers(all: &[At<'_>], client: &str, source: &Tree, notes: &mut Vec<Finding>) -> Vec<Tree> {
    let mut names = Vec::new();
    let mut servers = Vec::new();
    for at in all {
        match server(at, (client, source), &mut names, notes) {
            Ok(tree) => servers.push(tree),
            Err(finding) => notes.push(finding),
        }
    }
    if !servers.is_empty() {
        return servers;
    }
    let host = host();
    let server = Map::new()
        .with("url", "https://{host}")
        .with("description", "The document names no server: name its host, or set the URL with `base_url`.")
        .with("x-name", instance(client))
        .with("variables", Map::new().with("host", host))
        .with("x-source", source.clone());
    vec![server.into()]
}

fn instance(client: &str) -> String {
    let name = pascal_case(client);
    let is_name = syn::parse_str::<syn::Ident>(&name).is_ok() && name != "Custom";
    if is_name { name } else { pascal_case(&format!("api {name}")) }
}

/// The longest name of a variable, in bytes.
const LONGEST_NAME: usize = 60;

const SECRET: &str = "its URL looks as if it had a secret or a person's data, which a spec must not contain";

/// The host of a server that the document does not name.
fn host() -> Map {
    Map::new()
        .with("default", "api.example")
        .with("x-format", "host_name")
        .with("description", "Host name of the server, which the document does not name.")
}

fn server(
    at: &At<'_>,
    (client, source): (&str, &Tree),
    names: &mut Vec<String>,
    notes: &mut Vec<Finding>,
) -> Result<Tree> {
    let left_out = |reason: &str| Finding::at(at, format!("the server is left out: {reason}"));
    let url = at.get("url").and_then(|at| at.as_text()).ok_or_else(|| left_out("it has no `url`"))?;
    let mut url = url.trim().trim_end_matches('/').to_owned();
    let mut variables = Map::new();
    let mut replaced: Vec<String> = Vec::new();
    let mut start = "";
    if let Some(named) = url.strip_prefix("//") {
        url = format!("https://{named}");
    } else if !url.contains("://") && !url.starts_with('{') {
        // Relative to the address of the document, which its file does not have.
        let path = url.trim_start_matches('.').trim_start_matches('/');
        url = if path.is_empty() { String::new() } else { format!("/{path}") };
        start = "https://{host}";
        let reason = "the URL has no host: the caller names it, or sets the URL with `base_url`";
        notes.push(Finding::review(at, reason));
        variables.add("host", host());
        replaced.push("host".to_owned());
    } else if !url.starts_with("https://") && !url.starts_with("http://") && !url.starts_with('{') {
        return Err(left_out(&format!("`{url}` is not the URL of a server of HTTP")));
    }
    for (name, variable) in at.get("variables").and_then(|at| at.as_entries()).unwrap_or_default() {
        let placeholder = format!("{{{name}}}");
        if !url.contains(&placeholder) {
            continue;
        }
        let mut proper = snake_case(name);
        if proper.len() > LONGEST_NAME || syn::parse_str::<syn::Ident>(&proper).is_err() || replaced.contains(&proper) {
            proper = format!("variable_{}", replaced.len());
        }
        replaced.push(proper.clone());
        url = url.replace(&placeholder, &format!("{{{proper}}}"));
        let default = variable.get("default").and_then(|at| at.as_scalar().cloned()).unwrap_or_default();
        let default = default.as_str().map_or_else(|| default.to_string(), str::to_owned);
        if refused_value(&default).is_some() {
            return Err(left_out(SECRET));
        }
        let words = variable.get("description").and_then(|at| at.as_text()).and_then(description);
        let tree = Map::new()
            .with("default", default)
            .with("description", words.unwrap_or_else(|| "A part of the server's URL.".to_owned()));
        variables.add(&proper, tree);
    }
    url.insert_str(0, start);
    // A variable without a description of its own cannot be filled in.
    if url.matches('{').count() != variables.entries.len() {
        return Err(left_out("a variable in its URL is not described"));
    }
    if refused_value(&url).is_some() {
        return Err(left_out(SECRET));
    }
    let words = at.get("description").and_then(|at| at.as_text());
    let mut name = instance(client);
    if names.contains(&name) {
        let own = words.filter(|words| words.chars().count() <= 40).unwrap_or("other");
        name = pascal_case(&format!("{client} {own}"));
    }
    let numbered = (2..1000).map(|number| pascal_case(&format!("{name} {number}")));
    let name = [name.clone()]
        .into_iter()
        .chain(numbered)
        .find(|name| !names.contains(name))
        .ok_or_else(|| left_out("there are too many"))?;
    names.push(name.clone());
    let map = Map::new()
        .with("url", url)
        .with(
            "description",
            words.and_then(description).unwrap_or_else(|| "The server that the document names.".to_owned()),
        )
        .with("x-name", name);
    let map = if variables.is_empty() { map } else { map.with("variables", variables) };
    Ok(map.with("x-source", source.clone()).into())
}
