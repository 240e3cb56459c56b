//! Replays recorded requests, single ones and sequences, and compares answers, changed rows and deliveries with the
//! recording.
//!
//! `RECORDINGS` names the folder of the recordings. `RECORDINGS_2` and `SEQUENCES` name the folders of the second
//! recordings and of the sequences; by default they are beside it. Without `RECORDINGS`, the tests print that they were
//! skipped.

mod compare;
mod ids;
mod recorded;
mod sequences;

use std::{
    collections::BTreeSet,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value};
use zap_sandbox::{Sandbox, World};

use crate::http::Request;

use compare::Difference;
use ids::Ids;

/// The recording whose bytes were stored as Latin-1 characters.
const NOTED_AS_LATIN1: &str = "contact-update/update_with_broken_utf8.json";

#[tokio::test]
async fn single_requests_are_answered_as_recorded() {
    let Some(folder) = folder("RECORDINGS") else { return };
    let passed = replay_all(&folder, &folder, None).await;
    assert!(passed > 300, "some recordings are missing: {passed}");
}

#[tokio::test]
async fn odd_requests_are_answered_and_delivered_as_recorded() {
    let (Some(folder), Some(base)) = (folder("RECORDINGS_2"), folder("RECORDINGS")) else { return };
    // A recording without deliveries means that nothing was delivered.
    let passed = replay_all(&folder, &base, Some(&Value::Array(Vec::new()))).await;
    assert!(passed > 30, "some recordings are missing: {passed}");
}

/// The folder of recordings, or `None` and a message.
fn folder(name: &str) -> Option<PathBuf> {
    let from = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let sibling = match name {
        "RECORDINGS_2" => "recordings-2",
        "SEQUENCES" => "sequences",
        _ => "recordings",
    };
    let found = from(name).or_else(|| Some(from("RECORDINGS")?.parent()?.join(sibling)).filter(|path| path.is_dir()));
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "{name} must be set in CI, where the replay cannot be skipped");
        let _ = writeln!(
            std::io::stderr(),
            "\nSKIPPED: {name} is not set, so nothing was compared with the recorded server\n"
        );
    }
    found
}

/// Replays all recordings of a folder and returns how many passed. `nothing_noted` stands for the deliveries of a
/// recording that has none; `None` if deliveries were not recorded.
async fn replay_all(folder: &Path, base: &Path, nothing_noted: Option<&Value>) -> usize {
    let world: Value = serde_json::from_slice(&fs::read(base.join("world.json")).unwrap()).unwrap();
    let sandbox = Sandbox::builder().world(World::from_json(&world.to_string()).unwrap()).start().await.unwrap();
    let fixtures = base.join("fixtures");
    let (mut passed, mut failed, mut skipped) = (0, Vec::new(), 0);
    for path in cases(folder) {
        let name = path.strip_prefix(folder).unwrap().display().to_string();
        let mut case: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        if needs_another_server(&name, &case, &fixtures) {
            skipped += 1;
            continue;
        }
        if name == NOTED_AS_LATIN1 {
            undo_latin1(&mut case["request"]["body"][0]);
        }
        if let (None, Some(nothing)) = (case["observed"].get("sent_to_whatsapp"), nothing_noted) {
            case["observed"]["sent_to_whatsapp"] = nothing.clone();
        }
        let mut run = Run::start(&sandbox, &world, &fixtures).await;
        note_made_ids(&case, &mut run.ids);
        let differences = run.replay(&case).await;
        match differences.iter().find(|difference| known(difference).is_none()) {
            None => passed += 1,
            Some(first) => failed.push(format!("{name}: {first}")),
        }
    }
    let _ = writeln!(std::io::stderr(), "{}: {passed} passed, {skipped} skipped", folder.display());
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
    passed
}

fn cases(folder: &Path) -> Vec<PathBuf> {
    let entries = |path: &Path| fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect::<BTreeSet<_>>();
    let folders = entries(folder).into_iter().filter(|path| path.is_dir());
    let files = folders.flat_map(|path| entries(&path));
    files.filter(|path| path.extension().is_some_and(|extension| extension == "json")).collect()
}

/// Whether the case needs a server in another state, or a file that was not kept.
fn needs_another_server(name: &str, case: &Value, fixtures: &Path) -> bool {
    let observed = &case["observed"];
    let graph = &observed["graph_api"];
    let lost = |part: &Value| part["fixture"].as_str().is_some_and(|file| !fixtures.join(file).exists());
    let lost = case["request"]["body"].as_array().is_some_and(|parts| parts.iter().any(lost));
    (lost && case["response"]["body"]["status"] == "success")
        || !observed["server_variant"].is_null()
        || name.starts_with("backend-down")
        || name.contains("maintenance")
        || (graph.is_object() && (&graph["stub_mode"], &graph["dns"]) != (&"ok".into(), &"stub".into()))
}

fn undo_latin1(part: &mut Value) {
    let bytes = recorded::latin1(part["value"].as_str().unwrap());
    assert!(String::from_utf8(bytes.clone()).is_err());
    part["bytes"] = bytes.into();
}

/// Registers the ids that the recorded call created.
fn note_made_ids(case: &Value, ids: &mut Ids) {
    let asked = &case["request"];
    if asked["method"] == "POST" && !asked["path"].as_str().unwrap().contains("update") {
        for (key, table) in [("contact", "contacts"), ("message", "messages")] {
            if let Some(id) = case["response"]["body"]["data"][key]["id"].as_i64() {
                ids.made(table, id);
            }
        }
    }
}

/// A run of requests, which starts from the world.
struct Run<'a> {
    sandbox: &'a Sandbox,
    fixtures: &'a Path,
    ids: Ids,
    counts: Map<String, Value>,
    delivered: usize,
}

impl<'a> Run<'a> {
    async fn start(sandbox: &'a Sandbox, world: &Value, fixtures: &'a Path) -> Self {
        sandbox.reset();
        Self { sandbox, fixtures, ids: Ids::new(world), counts: counts(sandbox).await, delivered: 0 }
    }

    /// Sends a recorded request again, and returns how its answer and effects differ from the recording.
    async fn replay(&mut self, recording: &Value) -> Vec<Difference> {
        let observed = &recording["observed"];
        let path = self.ids.in_path(recording["request"]["path"].as_str().unwrap());
        let answer = recorded::request(recording, &path, self.fixtures).ask(self.sandbox).await;
        self.ids.created(&observed["created"]);
        let mut differences = compare::answers(&recording["response"], &answer, &mut self.ids);
        if let Some(change) = observed["database_change"].as_object() {
            let before = std::mem::replace(&mut self.counts, counts(self.sandbox).await);
            let difference = |(key, value): (&String, &Value)| {
                let change = value.as_i64()? - before[key].as_i64()?;
                (change != 0).then(|| (key.clone(), Value::from(change)))
            };
            let changed: Map<String, Value> = self.counts.iter().filter_map(difference).collect();
            if changed != *change {
                let (want, got) = (change.clone().into(), changed.into());
                differences.push(Difference { location: "rows".to_owned(), want, got, is_effect: true });
            }
        }
        if let Some(sent) = observed["sent_to_whatsapp"].as_array() {
            let deliveries = self.sandbox.deliveries();
            differences.extend(compare::deliveries(sent, &deliveries[self.delivered..]));
            self.delivered = deliveries.len();
        }
        differences
    }
}

/// The name of a known difference. The README lists known differences with their reasons.
fn known(difference: &Difference) -> Option<&'static str> {
    // The server forwards numbers and lists where WhatsApp expects a text. The ledger shows the text or the JSON of such
    // a value.
    let is_text = difference.want.is_string() || difference.want.is_null();
    let location = difference.location.as_str();
    (matches!(location, "delivery: text" | "delivery: url") && !is_text)
        .then_some("a delivered text or address is not a text")
}

async fn counts(sandbox: &Sandbox) -> Map<String, Value> {
    match Request::new("GET", "/__sandbox/counts").ask(sandbox).await.json() {
        Value::Object(counts) => counts,
        other => panic!("{other}"),
    }
}
