//! The packages of the workspace: their Rust versions and their dependencies on each other.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::folders::root;

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
fn packages_depend_on_each_other_in_one_direction() {
    let workspace = Workspace::read();
    let ours = |name| {
        let id = workspace.id(name);
        // A package depends on itself where its tests need a feature.
        let direct = workspace.direct(&id).filter(|(other, _)| *other != id && workspace.members.contains(other));
        direct.map(|(id, _)| workspace.packages[&id]["name"].as_str().expect("it has a name")).collect::<BTreeSet<_>>()
    };
    assert_eq!(ours("zap-client-runtime"), [].into());
    let clients = workspace.generated_clients();
    assert!(clients.len() >= 2, "{clients:?}");
    for client in &clients {
        let needed = ours(client);
        assert!(needed.contains("zap-client-runtime"), "{client} depends on {needed:?}");
        // The tests of examples start a sandbox.
        let others = &needed - &["zap-client-runtime", "zap-sandbox"].into();
        assert!(others.is_empty(), "{client} depends on {others:?}");
    }
    assert_eq!(
        ours("zap-outbox"),
        ["zap-facade", "zap-postgres-server", "zap-sandbox"].into(),
        "the outbox knows no provider"
    );
    assert_eq!(ours("zap-sandbox"), [].into(), "the sandbox must be able to catch the clients' mistakes");
    assert_eq!(ours("xtask"), [].into());
    let all = workspace.members.iter().map(|id| workspace.packages[id]["name"].as_str().expect("it has a name"));
    for name in all.filter(|name| *name != "bench") {
        assert!(!ours(name).contains("bench"), "{name} depends on the bench");
    }
}

/// The metadata of the workspace.
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
        // Only for this platform: the dependencies of others may not have been downloaded.
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

    /// Returns the names of the packages whose code is generated.
    fn generated_clients(&self) -> Vec<String> {
        let manifests = self.members.iter().map(|id| &self.packages[id]);
        let generated = manifests.filter(|package| {
            let manifest = text(&package["manifest_path"]);
            Path::new(&manifest).with_file_name("src").join("generated").is_dir()
        });
        generated.map(|package| text(&package["name"])).collect()
    }

    /// Returns the direct dependencies of a package, and whether it needs them for more than its tests or its build.
    fn direct(&self, id: &str) -> impl Iterator<Item = (String, bool)> {
        list(&self.nodes[id]["deps"]).iter().map(|dependency| {
            let normal = list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
            (text(&dependency["pkg"]), normal)
        })
    }

    /// Returns all packages that the users of a package compile.
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
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).args(arguments).current_dir(root()).output().expect("cargo runs");
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

/// Parses `1.88` as `[1, 88, 0]`.
fn version(text: &str) -> [u32; 3] {
    let mut parts = text.split('.').map(|part| part.parse().expect("a version is of numbers"));
    std::array::from_fn(|_| parts.next().unwrap_or(0))
}
