//! What the packages promise together: the Rust version, the licences, and what depends on what.

mod modules;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// What users get with a client.
const PUBLISHED: [&str; 4] = ["zap-client-runtime", "externalapi-client", "chatguru-client", "zap-facade"];

/// Licences that ask no more of a user than to keep a notice.
const LICENCES: [&str; 5] = ["Apache-2.0", "BSD-3-Clause", "ISC", "MIT", "Unicode-3.0"];

#[test]
fn no_dependency_of_a_package_needs_a_newer_rust_than_the_package_says() {
    let workspace = Workspace::read();
    for member in &workspace.members {
        let name = text(&workspace.packages[member]["name"]);
        let ours = text(&workspace.packages[member]["rust_version"]);
        for dependency in workspace.dependencies(&name) {
            let package = &workspace.packages[&dependency];
            if let Some(theirs) = package["rust_version"].as_str() {
                let needs = format!("{} needs Rust {theirs}, {name} says {ours}", package["name"]);
                assert!(version(theirs) <= version(&ours), "{needs}");
            }
        }
    }
}

#[test]
fn the_licences_of_all_that_users_get_are_permissive() {
    let workspace = Workspace::read();
    for name in PUBLISHED {
        for dependency in workspace.dependencies(name) {
            let package = &workspace.packages[&dependency];
            let licence = package["license"].as_str().unwrap_or("none");
            assert!(permits(licence), "{name} depends on {}, whose licence is {licence}", package["name"]);
        }
    }
}

#[test]
fn arrows_point_one_way() {
    let workspace = Workspace::read();
    let ours = |name| {
        let id = workspace.id(name);
        // A package depends on itself where its tests need a feature.
        let direct = workspace.direct(&id).filter(|(other, _)| *other != id && workspace.members.contains(other));
        direct.map(|(id, _)| workspace.packages[&id]["name"].as_str().expect("it has a name")).collect::<BTreeSet<_>>()
    };
    assert_eq!(ours("zap-client-runtime"), [].into());
    // The tests of their examples start a sandbox.
    assert_eq!(ours("externalapi-client"), ["zap-client-runtime", "zap-sandbox"].into());
    assert_eq!(ours("chatguru-client"), ["zap-client-runtime", "zap-sandbox"].into());
    assert_eq!(ours("zap-sandbox"), [].into(), "the sandbox must be able to catch the clients' mistakes");
    assert_eq!(ours("xtask"), [].into());
    let all = workspace.members.iter().map(|id| workspace.packages[id]["name"].as_str().expect("it has a name"));
    for name in all.filter(|name| *name != "bench") {
        assert!(!ours(name).contains("bench"), "{name} depends on what measures it");
    }
}

/// The modules of each crate that has an order, lowest first: a module imports only those above it.
const MODULES: [(&str, &[&str]); 1] = [(
    "crates/client-runtime",
    &[
        // The spec as data.
        "spec::rule",
        "spec::host_name",
        "spec::operation",
        "spec::envelope",
        "spec::api",
        // Errors and what they are made of.
        "error::outcome",
        "error::evidence",
        "error::violation",
        "error::connect_failure",
        "error::form_error",
        "error::causes",
        "error::kind",
        "error::refusal",
        "error::error",
        "error::construct",
        "error::display",
        "error::transient",
        // Secrets.
        "redact::secret",
        "redact::needle",
        "redact::encoded_match",
        "redact::tokens",
        "redact::scrubber",
        // Reading answers.
        "decode::visitor",
        "decode::lenient",
        "decode::object",
        "decode::open_enum",
        "decode::repair",
        // What several layers use.
        "util::future",
        "util::optional",
        "util::percent",
        "util::text_length",
        "util::url_cache",
        // Files and forms.
        "body::path_source",
        "body::file",
        "body::file_name",
        "body::file_type",
        "body::form",
        "body::upload_progress",
        "body::body_stream",
        "body::segments",
        "body::multipart",
        // Rules before sending.
        "validate::trim",
        "validate::format",
        "validate::text",
        "validate::form",
        "validate::dyn_form",
        // Limits and retries.
        "policy::timeouts",
        "policy::deadline",
        "policy::rate_limit",
        "policy::retry",
        // Clients.
        "client::parameter_location",
        "client::proxy",
        "client::tls",
        "client::http_client",
        "client::base_url",
        "client::credentials",
        "client::inner",
        "client::builder",
        // Calls.
        "call::call",
        "call::request",
        "call::raw_response",
        "call::response",
        "call::node_budget",
        "call::envelope_fields",
        "call::judge",
        "call::trace",
        "call::connect_error",
        "call::transport_error",
        "call::attempt",
        "call::send",
        "call::dry_run",
        // Lists.
        "paginate::page",
        "paginate::summary",
        "paginate::progress",
        "paginate::items",
    ],
)];

#[test]
fn modules_import_only_modules_above_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("it is in the workspace");
    for (folder, order) in MODULES {
        let wrong = modules::wrong_imports(&root.join(folder), order);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn licence_expressions_are_understood() {
    for good in ["MIT", "MIT/Apache-2.0", "GPL-3.0 OR MIT", "(GPL-3.0 OR MIT) AND Unicode-3.0", "ISC AND (MIT OR X)"] {
        assert!(permits(good), "{good}");
    }
    for bad in ["", "none", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR ISC) AND X", "GPL-2.0 OR GPL-3.0", "MIT WITH X"] {
        assert!(!permits(bad), "{bad}");
    }
}

/// What cargo knows of the workspace.
struct Workspace {
    /// Packages by id.
    packages: BTreeMap<String, Value>,
    /// Nodes of the dependency graph by id.
    nodes: BTreeMap<String, Value>,
    /// Ids of our own packages.
    members: BTreeSet<String>,
}

impl Workspace {
    fn read() -> Self {
        // For this platform only: what others need may not have been downloaded.
        let version = cargo(&["--version", "--verbose"]);
        let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("cargo names its host");
        let arguments = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host];
        let metadata: Value = serde_json::from_str(&cargo(&arguments)).expect("cargo writes JSON");
        Self {
            packages: by_id(&metadata["packages"]),
            nodes: by_id(&metadata["resolve"]["nodes"]),
            members: list(&metadata["workspace_members"]).iter().map(text).collect(),
        }
    }

    fn id(&self, name: &str) -> String {
        let ours = self.members.iter().find(|id| self.packages[*id]["name"] == name);
        ours.unwrap_or_else(|| panic!("there is no package {name}")).clone()
    }

    /// What a package depends on itself, and whether not only for its tests or build.
    fn direct(&self, id: &str) -> impl Iterator<Item = (String, bool)> {
        list(&self.nodes[id]["deps"]).iter().map(|dependency| {
            let normal = list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
            (text(&dependency["pkg"]), normal)
        })
    }

    /// What a package's users get with it.
    fn dependencies(&self, name: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open = vec![self.id(name)];
        while let Some(id) = open.pop() {
            if !found.contains(&id) {
                open.extend(self.direct(&id).filter(|(_, normal)| *normal).map(|(id, _)| id));
                found.insert(id);
            }
        }
        found
    }
}

fn cargo(arguments: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).args(arguments).current_dir(root).output().expect("cargo runs");
    assert!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo writes UTF-8")
}

fn by_id(values: &Value) -> BTreeMap<String, Value> {
    list(values).iter().map(|value| (text(&value["id"]), value.clone())).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("it is a list")
}

fn text(value: &Value) -> String {
    value.as_str().expect("it is text").to_owned()
}

/// `1.88` is `[1, 88, 0]`.
fn version(text: &str) -> [u32; 3] {
    let mut parts = text.split('.').map(|part| part.parse().expect("a version is of numbers"));
    std::array::from_fn(|_| parts.next().unwrap_or(0))
}

/// Whether an SPDX expression allows what we allow.
fn permits(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words = spaced.split_whitespace().peekable();
    any_permits(&mut words) && words.next().is_none()
}

type Words<'e> = std::iter::Peekable<std::str::SplitWhitespace<'e>>;

fn any_permits(words: &mut Words<'_>) -> bool {
    let mut permits = all_permit(words);
    while words.next_if_eq(&"OR").is_some() {
        permits |= all_permit(words);
    }
    permits
}

fn all_permit(words: &mut Words<'_>) -> bool {
    let mut permit = one_permits(words);
    while words.next_if_eq(&"AND").is_some() {
        permit &= one_permits(words);
    }
    permit
}

fn one_permits(words: &mut Words<'_>) -> bool {
    match words.next() {
        Some("(") => any_permits(words) & (words.next() == Some(")")),
        Some(licence) => LICENCES.contains(&licence),
        None => false,
    }
}
