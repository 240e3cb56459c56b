//! The credentials, and which of them an operation needs.

use std::collections::BTreeMap;

use super::candidates::Candidate;
use super::finding::{Finding, Result};
use super::ids::snake_case;
use super::parameter_credentials::{Kind, ParameterCredential, parameter_credentials};
use super::parameters::Credential;
use super::prose::description;
use super::reference::resolve;
use super::tree::{Map, Tree};
use crate::document::At;

/// The alternatives of an operation: each the names of credentials that are sent together.
pub(super) type Requirement = Vec<Vec<String>>;

/// The longest name of a credential, in characters. Longer ones are cut.
const LONGEST_NAME: usize = 60;

/// The security schemes of the document.
#[derive(Debug, Default)]
pub(super) struct Schemes {
    /// By name in the document: the name in the spec, or why it cannot be expressed.
    names: BTreeMap<String, std::result::Result<String, String>>,
    /// By name in the spec.
    trees: Vec<(String, Map)>,
    pub credentials: Vec<Credential>,
    /// Whether nothing in the document has a `security` with a credential.
    is_unsecured: bool,
    /// What operations without `security` need, if the document declares credentials and says nowhere what needs them.
    assumed: Requirement,
    /// The schemes of the document that can be expressed: the names in the spec, and where they are.
    declared: Vec<(String, Finding)>,
}

impl Schemes {
    pub(super) fn read(root: &At<'_>, source: &Tree, candidates: &[Candidate<'_>], notes: &mut Vec<Finding>) -> Self {
        let mut schemes = Self { is_unsecured: is_unsecured(root, candidates), ..Self::default() };
        let all = root.get("components").and_then(|at| at.get("securitySchemes")).and_then(|at| at.as_entries());
        for (name, at) in all.unwrap_or_default() {
            let resolved = resolve(&at);
            let converted = match &resolved {
                Ok(at) => schemes.scheme(name, at, source),
                Err(finding) => Err(finding.reason.clone()),
            };
            match &converted {
                Err(reason) => {
                    notes.push(Finding::at(&at, format!("the credential `{name}` is left out: {reason}")));
                }
                Ok(own) => schemes.declare(name, own, &at, notes),
            }
            schemes.names.insert(name.to_owned(), converted);
        }
        for candidate in candidates {
            for one in schemes.in_parameters(root, candidate) {
                if schemes.known(&one).is_none() {
                    schemes.add_parameter(&one, source);
                    let what = format!("the parameter `{}` is taken for a credential", one.name);
                    notes.push(Finding::review(&one.at, what));
                }
            }
        }
        if schemes.is_unsecured && root.get("security").is_none() {
            schemes.assume(root, notes);
        }
        schemes
    }

    /// Keeps a scheme of the document, or reports that it is sent as another one.
    fn declare(&mut self, name: &str, own: &str, at: &At<'_>, notes: &mut Vec<Finding>) {
        let is_key = self.trees.iter().any(|(other, tree)| other == own && tree.text("type") == Some("apiKey"));
        if self.declared.iter().any(|(other, _)| other == own) {
            // Two keys of one name are one credential.
            if is_key {
                return;
            }
            let reason = format!(
                "the credential `{name}` becomes one with `{own}`, since both are sent at the same place: a client has \
                 one of them, so use a client for each"
            );
            notes.push(Finding::review(at, reason));
        } else {
            let reason = format!("the credential `{name}` is left out: no imported operation uses it");
            self.declared.push((own.to_owned(), Finding::at(at, reason)));
        }
    }

    /// Decides that each operation needs one of the declared schemes. A document that declares a credential and says nowhere
    /// what needs it has only forgotten to say so.
    fn assume(&mut self, root: &At<'_>, notes: &mut Vec<Finding>) {
        self.assumed = self.declared.iter().map(|(name, _)| vec![name.clone()]).collect();
        let names: Vec<_> = self.declared.iter().map(|(name, _)| format!("`{name}`")).collect();
        let needs = match names.as_slice() {
            [] => return,
            [one] => format!("the credential {one}"),
            several => format!("one of the credentials {}", several.join(", ")),
        };
        let reason = format!(
            "the document declares credentials, but no operation says which it needs (`security`): each is taken to need \
             {needs}"
        );
        let at = root.get("components").and_then(|at| at.get("securitySchemes"));
        notes.push(Finding::review(at.as_ref().unwrap_or(root), reason));
    }

    /// Returns the comment about a requirement that the document does not state.
    pub(super) fn comment(&self, requirement: &Requirement) -> Vec<String> {
        if self.assumed.is_empty() || *requirement != self.assumed {
            return Vec::new();
        }
        vec!["To be reviewed: the document declares these credentials, but does not say what needs them.".to_owned()]
    }

    /// Returns the schemes of the document that none of these requirements names.
    pub(super) fn unused(&self, requirements: &[&Requirement]) -> Vec<Finding> {
        let used = self.used(requirements);
        let unused = self.declared.iter().filter(|(name, _)| used.get(name).is_none());
        unused.map(|(_, finding)| finding.clone()).collect()
    }

    /// Returns the credentials that an operation without `security` has as parameters.
    fn in_parameters<'d>(&self, root: &At<'_>, candidate: &Candidate<'d>) -> Vec<ParameterCredential<'d>> {
        let security = candidate.at.get("security").or_else(|| root.get("security"));
        let all = security.as_ref().and_then(At::as_items).unwrap_or_default();
        if all.iter().any(|one| one.as_entries().is_some_and(|one| !one.is_empty())) {
            return Vec::new();
        }
        // `security: []` says that a parameter of the name of a credential is something else.
        let known = if security.is_none() { self.credentials.as_slice() } else { &[] };
        parameter_credentials(candidate, known, self.is_unsecured)
    }

    /// Returns the names and locations of the credentials that a requirement sends.
    pub(super) fn sent(&self, requirement: &Requirement) -> Vec<Credential> {
        let is_sent = |name: &String| requirement.iter().flatten().any(|other| other == name);
        let location = |tree: &Map| Some((tree.text("name")?.to_owned(), tree.text("in")?.to_owned()));
        self.trees.iter().filter(|(name, _)| is_sent(name)).filter_map(|(_, tree)| location(tree)).collect()
    }

    /// Returns the name of the scheme that sends a credential.
    fn known(&self, one: &ParameterCredential<'_>) -> Option<&str> {
        let sends = |tree: &Map| match (one.kind, tree.text("scheme")) {
            (Kind::Basic, scheme) => scheme == Some("basic"),
            (Kind::Bearer, scheme) => scheme == Some("bearer"),
            (Kind::Key, _) => {
                let name = tree.text("name").unwrap_or_default();
                tree.text("in") == Some(one.place)
                    && (name == one.name || one.place == "header" && name.eq_ignore_ascii_case(&one.name))
            }
        };
        self.trees.iter().find(|(_, tree)| sends(tree)).map(|(name, _)| name.as_str())
    }

    fn add_parameter(&mut self, one: &ParameterCredential<'_>, source: &Tree) {
        let keywords = match one.kind {
            Kind::Basic => Map::new().with("type", "http").with("scheme", "basic"),
            Kind::Bearer => Map::new().with("type", "http").with("scheme", "bearer"),
            Kind::Key => {
                self.credentials.push((one.name.clone(), one.place.to_owned()));
                Map::new().with("type", "apiKey").with("in", one.place).with("name", one.name.as_str())
            }
        };
        let words = words(&keywords);
        self.add(&one.name, &one.at, keywords, &words, source);
    }

    fn scheme(&mut self, name: &str, at: &At<'_>, source: &Tree) -> std::result::Result<String, String> {
        let text = |key| at.get(key).and_then(|at| at.as_text()).unwrap_or_default();
        let http = |scheme: &str| Map::new().with("type", "http").with("scheme", scheme);
        let keywords = match (text("type"), text("in"), text("scheme").to_ascii_lowercase().as_str()) {
            ("apiKey", place @ ("header" | "query" | "cookie"), _) => {
                let key = text("name");
                let is_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
                if key.is_empty() || place != "query" && !key.chars().all(is_token) {
                    return Err(format!("`{key}` cannot be the name of a credential in the {place}"));
                }
                self.credentials.push((key.to_owned(), place.to_owned()));
                Map::new().with("type", "apiKey").with("in", place).with("name", key)
            }
            ("http", _, scheme @ ("basic" | "bearer")) => http(scheme),
            ("oauth2" | "openIdConnect", ..) => http("bearer"),
            ("http", _, other) => return Err(format!("HTTP authentication of the scheme `{other}` is not supported")),
            (kind, ..) => return Err(format!("a credential of the type `{kind}` is not supported")),
        };
        // A request can have one `Authorization`, and one key of a name.
        let same = |(_, tree): &&(String, Map)| {
            let is_same = |key| match (tree.text(key), keywords.text(key)) {
                (Some(one), Some(other)) if text("in") == "header" => one.eq_ignore_ascii_case(other),
                (one, other) => one == other,
            };
            ["scheme", "in", "name"].into_iter().all(is_same)
        };
        if let Some((other, _)) = self.trees.iter().find(same) {
            return Ok(other.clone());
        }
        let words = match text("type") {
            "oauth2" | "openIdConnect" => "The access token, sent as a bearer token. The caller obtains it.".to_owned(),
            _ => words(&keywords),
        };
        Ok(self.add(name, at, keywords, &words, source))
    }

    /// Adds a scheme. Returns its name in the spec.
    fn add(&mut self, name: &str, at: &At<'_>, keywords: Map, words: &str, source: &Tree) -> String {
        let short: String = name.chars().take(LONGEST_NAME).collect();
        let wanted = match snake_case(&short) {
            name if name.starts_with(|c: char| c.is_ascii_lowercase())
                && syn::parse_str::<syn::Ident>(&name).is_ok() =>
            {
                name
            }
            name => format!("key_{name}").trim_end_matches('_').to_owned(),
        };
        let numbered = (2..1000).map(|number| snake_case(&format!("{wanted}_{number}")));
        let is_free = |name: &String| !self.trees.iter().any(|(other, _)| other == name);
        let name = [wanted.clone()].into_iter().chain(numbered).find(is_free).unwrap_or(wanted);
        let own = at.get("description").and_then(|at| at.as_text()).and_then(description);
        let tree =
            keywords.with("description", own.unwrap_or_else(|| words.to_owned())).with("x-source", source.clone());
        self.trees.push((name.clone(), tree));
        name
    }

    /// Returns what an operation needs.
    pub(super) fn requirement(&self, root: &At<'_>, candidate: &Candidate<'_>) -> Result<Requirement> {
        let operation = &candidate.at;
        let in_parameters = self.in_parameters(root, candidate);
        if !in_parameters.is_empty() {
            return Ok(self.requirement_of(&in_parameters));
        }
        let Some(security) = operation.get("security").or_else(|| root.get("security")) else {
            return Ok(self.assumed.clone());
        };
        let mut alternatives = Vec::new();
        let mut failure = None;
        for alternative in security.as_items().unwrap_or_default() {
            let names = alternative.as_entries().unwrap_or_default();
            let names = names.iter().map(|(name, at)| match self.names.get(*name) {
                Some(Ok(name)) => Ok(name.clone()),
                Some(Err(reason)) => Err(Finding::at(at, reason.clone())),
                None => Err(Finding::at(at, format!("there is no credential `{name}`"))),
            });
            match names.collect::<Result<Vec<_>>>() {
                Ok(all) => {
                    // Several schemes of the document can be one of the spec.
                    let mut names = Vec::new();
                    for name in all {
                        if !names.contains(&name) {
                            names.push(name);
                        }
                    }
                    if !alternatives.contains(&names) {
                        alternatives.push(names);
                    }
                }
                Err(finding) => failure = Some(finding),
            }
        }
        match failure {
            Some(finding) if alternatives.is_empty() => Err(finding),
            _ if alternatives == [Vec::<String>::new()] => Ok(Vec::new()),
            _ => Ok(alternatives),
        }
    }

    /// Returns what an operation with these credentials as parameters needs. None of them is needed if all are optional.
    fn requirement_of(&self, parameters: &[ParameterCredential<'_>]) -> Requirement {
        let mut names: Vec<String> = parameters.iter().filter_map(|one| self.known(one)).map(str::to_owned).collect();
        names.sort();
        names.dedup();
        let is_needed = parameters.iter().any(|one| one.at.is_true("required"));
        if is_needed { vec![names] } else { vec![names, Vec::new()] }
    }

    /// Returns the schemes that one of these requirements names.
    pub(super) fn used(&self, requirements: &[&Requirement]) -> Map {
        let is_used = |name: &String| requirements.iter().any(|one| one.iter().flatten().any(|other| other == name));
        let mut map = Map::new();
        for (name, tree) in self.trees.iter().filter(|(name, _)| is_used(name)) {
            map.add(name, tree.clone());
        }
        map
    }
}

/// Whether no `security` in the document names a credential, that of other operations than these included.
fn is_unsecured(root: &At<'_>, candidates: &[Candidate<'_>]) -> bool {
    let paths = root.get("paths").and_then(|at| at.as_entries()).unwrap_or_default();
    let operations = paths.iter().filter_map(|(_, item)| item.as_entries()).flatten().map(|(_, at)| at);
    let chosen = candidates.iter().map(|one| one.at.clone());
    let mut securities = operations.chain(chosen).chain([root.clone()]).filter_map(|at| at.get("security")?.as_items());
    !securities.any(|all| all.iter().any(|one| one.as_entries().is_some_and(|names| !names.is_empty())))
}

/// Says what a credential is, and where it is sent.
fn words(keywords: &Map) -> String {
    match (keywords.text("scheme"), keywords.text("in"), keywords.text("name")) {
        (Some("basic"), ..) => "The user name and the password, sent as basic authentication.".to_owned(),
        (Some(_), ..) => "The bearer token.".to_owned(),
        (None, Some("query"), Some(name)) => format!("The API key, sent in the query as `{name}`."),
        (None, place, name) => {
            format!("The API key, sent in the {} `{}`.", place.unwrap_or("header"), name.unwrap_or_default())
        }
    }
}

/// Returns the `security` of a document or an operation.
pub(super) fn security_tree(requirement: &Requirement) -> Tree {
    let alternative = |names: &Vec<String>| {
        let mut map = Map::new();
        for name in names {
            map.add(name, Vec::new());
        }
        Tree::from(map)
    };
    requirement.iter().map(alternative).collect::<Vec<_>>().into()
}
