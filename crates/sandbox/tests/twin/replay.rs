//! Replays recorded requests and compares whole answers, and what they changed, with the recorded.
//!
//! The folder comes from the environment variable `RECORDINGS`; without it nothing is judged, and
//! the test says so.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use sandbox::{Sandbox, World};
use serde_json::{Map, Value};

use crate::http::{Part, Request, Response};

/// Values that differ from run to run: only their JSON type is compared.
const VOLATILE: [&str; 10] = [
    "created_at",
    "updated_at",
    "ordering",
    "last_message_at",
    "whatsapp_message_id",
    "media_id",
    "media_url",
    "media_path",
    "image_src",
    "image",
];
/// The least that must pass, of a hundred.
const REQUIRED: usize = 97;

#[tokio::test]
async fn recorded_answers_are_given_again() {
    let Some(folder) = std::env::var_os("RECORDINGS").map(PathBuf::from) else {
        println!("SKIPPED: RECORDINGS names no folder of recordings, so nothing was compared with the recorded server");
        return;
    };
    let world = World::from_file(folder.join("world.json")).unwrap();
    let sandbox = Sandbox::builder().world(world).start().await.unwrap();
    let (mut passed, mut failed, mut skipped) = (0, Vec::new(), 0);
    for path in cases(&folder) {
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        let case: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        if needs_another_server(&name, &case, &folder) {
            skipped += 1;
            continue;
        }
        match replay(&case, &sandbox, &folder).await {
            Ok(()) => passed += 1,
            Err(why) => failed.push(format!("{name}: {why}")),
        }
    }
    println!("{passed} passed, {} failed, {skipped} skipped\n{}", failed.len(), failed.join("\n"));
    assert!(passed > 0, "no recordings in {}", folder.display());
    assert!(passed * 100 >= (passed + failed.len()) * REQUIRED, "{}", failed.join("\n"));
}

fn cases(folder: &Path) -> Vec<PathBuf> {
    let entries = |path: &Path| fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect::<BTreeSet<_>>();
    let folders = entries(folder).into_iter().filter(|path| path.is_dir());
    let files = folders.flat_map(|path| entries(&path));
    files.filter(|path| path.extension().is_some_and(|extension| extension == "json")).collect()
}

/// Whether the case was recorded from a server in another mood, or with a file that was not kept.
fn needs_another_server(name: &str, case: &Value, folder: &Path) -> bool {
    let observed = &case["observed"];
    let graph = &observed["graph_api"];
    let lost = |part: &Value| part["fixture"].as_str().is_some_and(|file| !folder.join("fixtures").join(file).exists());
    let lost = case["request"]["body"].as_array().is_some_and(|parts| parts.iter().any(lost));
    (lost && case["response"]["body"]["status"] == "success")
        || !observed["server_variant"].is_null()
        || name.starts_with("backend-down")
        || name.contains("maintenance")
        || (graph.is_object() && (&graph["stub_mode"], &graph["dns"]) != (&"ok".into(), &"stub".into()))
}

async fn replay(case: &Value, sandbox: &Sandbox, folder: &Path) -> Result<(), String> {
    sandbox.reset();
    let before = counts(sandbox).await;
    let answer = request(case, folder).send(sandbox.address()).await.map_err(|error| error.to_string())?;
    if let Some(change) = case["observed"]["database_change"].as_object() {
        let after = counts(sandbox).await;
        let difference = |(key, value): (&String, &Value)| {
            let change = value.as_i64()? - before[key].as_i64()?;
            (change != 0).then(|| (key.clone(), Value::from(change)))
        };
        let changed: Map<String, Value> = after.iter().filter_map(difference).collect();
        same(&Value::Object(change.clone()), &Value::Object(changed), "change")?;
    }
    compare(case, &answer)
}

async fn counts(sandbox: &Sandbox) -> Map<String, Value> {
    match Request::new("GET", "/__sandbox/counts").ask(sandbox).await.json() {
        Value::Object(counts) => counts,
        other => panic!("{other}"),
    }
}

fn request(case: &Value, folder: &Path) -> Request {
    let (asked, observed) = (&case["request"], &case["observed"]);
    let user = observed["as_seed_user"].as_i64().unwrap_or(1);
    let mut target = format!("/escalazap{}", asked["path"].as_str().unwrap());
    if let Some(query) = asked["query"].as_str().filter(|query| !query.is_empty()) {
        target = format!("{target}?{query}");
    }
    let mut request = Request::new(asked["method"].as_str().unwrap(), &target);
    let headers = asked["headers"].as_object().unwrap();
    if !headers.contains_key("Accept") {
        request = request.header("Accept", "*/*");
    }
    for (name, value) in headers {
        let value = match value.as_str().unwrap() {
            "YOUR-CLIENT-ID" => format!("ci_test_{user}"),
            "YOUR-CLIENT-SECRET" => format!("cs_test_{user}"),
            other => other.to_owned(),
        };
        request = request.header(name, &value);
    }
    if let Some(address) = observed["source_ip"].as_str() {
        request = request.from(address.parse().unwrap());
    }
    let kind = asked["content_type"].as_str();
    match (&asked["body"], kind) {
        (Value::Null, None) => request,
        (Value::Null, Some(kind)) => request.header("content-type", kind),
        (Value::Array(parts), Some("multipart/form-data")) => multipart(request, parts, folder),
        (Value::String(text), None) => request.bytes(text.clone().into_bytes()),
        (Value::String(text), Some(kind)) => request.body(kind, text.clone()),
        (body, kind) => request.body(kind.unwrap_or("application/json"), body.to_string()),
    }
}

fn multipart(request: Request, parts: &[Value], folder: &Path) -> Request {
    let contents: Vec<Vec<u8>> = parts.iter().map(|part| content(part, folder)).collect();
    let parts: Vec<Part<'_>> = parts
        .iter()
        .zip(&contents)
        .map(|(part, content)| {
            let name = part["name"].as_str().unwrap_or_default();
            let file = part
                .get("fixture")
                .map(|_| (part["filename"].as_str().unwrap_or_default(), part["content_type"].as_str()));
            (name, file, content.as_slice())
        })
        .collect();
    request.multipart(&parts)
}

/// A field's text or a file's bytes. Of large files only the size was kept: the beginning is made up.
fn content(part: &Value, folder: &Path) -> Vec<u8> {
    let Some(name) = part["fixture"].as_str() else {
        return part["value"].as_str().unwrap_or_default().as_bytes().to_vec();
    };
    fs::read(folder.join("fixtures").join(name)).unwrap_or_else(|_| {
        let mut bytes = match Path::new(name).extension().and_then(|extension| extension.to_str()) {
            Some("png") => b"\x89PNG\r\n\x1a\n".to_vec(),
            Some("jpg") => b"\xff\xd8\xff\xe0".to_vec(),
            _ => Vec::new(),
        };
        bytes.resize(usize::try_from(part["size"].as_u64().unwrap_or(0)).unwrap(), 0);
        bytes
    })
}

fn compare(case: &Value, answer: &Response) -> Result<(), String> {
    let expected = &case["response"];
    same(&expected["status"], &Value::from(answer.status), "HTTP")?;
    let Some(want) = expected["body"].as_object() else {
        let page = answer.body.is_empty() || answer.header("content-type").contains("html");
        return if page { Ok(()) } else { Err("a page expected".to_owned()) };
    };
    let got: Value = serde_json::from_slice(&answer.body).map_err(|error| format!("JSON expected: {error}"))?;
    let got = got.as_object().ok_or("an object expected")?;
    let keys = |map: &Map<String, Value>| map.keys().cloned().collect::<BTreeSet<_>>();
    if keys(want) != keys(got) {
        return Err(format!("keys {:?} expected, got {:?}", keys(want), keys(got)));
    }
    for key in ["status", "remark"] {
        same(want.get(key).unwrap_or(&Value::Null), got.get(key).unwrap_or(&Value::Null), key)?;
    }
    let message = got.get("message").unwrap_or(&Value::Null);
    // The texts of these differ between installs.
    if want.get("remark").is_some_and(|remark| remark == "validation_error" || remark == "exception") {
        let texts = message.as_array().is_some_and(|list| !list.is_empty() && list.iter().all(Value::is_string));
        if !texts {
            return Err(format!("message: {message}"));
        }
    } else {
        same(want.get("message").unwrap_or(&Value::Null), message, "message")?;
    }
    let mut data = [want, got].map(|body| normal(body.get("data").unwrap_or(&Value::Null)));
    let made = case["request"]["method"] == "POST" && !case["request"]["path"].as_str().unwrap().contains("update");
    if made {
        for data in &mut data {
            forget_made_ids(data);
        }
    }
    same(&data[0], &data[1], "data")
}

/// Ids that the call itself made.
fn forget_made_ids(data: &mut Value) {
    for key in ["contact", "message"] {
        if let Some(row) = data.get_mut(key).and_then(Value::as_object_mut) {
            row.remove("id");
        }
    }
}

/// Volatile values become their type, and addresses of servers one word.
fn normal(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let entry = |(key, value): (&String, &Value)| {
                let value = if VOLATILE.contains(&key.as_str()) { kind(value).into() } else { normal(value) };
                (key.clone(), value)
            };
            Value::Object(map.iter().map(entry).collect())
        }
        Value::Array(list) => Value::Array(list.iter().map(normal).collect()),
        Value::String(text) => Value::String(without_origin(text)),
        other => other.clone(),
    }
}

fn without_origin(text: &str) -> String {
    let Some(rest) = text.strip_prefix("http://127.0.0.1:") else { return text.to_owned() };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    format!("ORIGIN{}", rest.strip_prefix("/escalazap").unwrap_or(rest))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "int",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

/// The first place where two values differ.
fn same(want: &Value, got: &Value, place: &str) -> Result<(), String> {
    match (want, got) {
        (Value::Object(want), Value::Object(got)) => {
            for key in want.keys().chain(got.keys()) {
                match (want.get(key), got.get(key)) {
                    (Some(want), Some(got)) => same(want, got, &format!("{place}.{key}"))?,
                    (Some(_), None) => return Err(format!("{place}.{key} is missing")),
                    _ => return Err(format!("{place}.{key} is not in the recording")),
                }
            }
            Ok(())
        }
        (Value::Array(want), Value::Array(got)) if want.len() == got.len() => want
            .iter()
            .zip(got)
            .enumerate()
            .try_for_each(|(at, (want, got))| same(want, got, &format!("{place}[{at}]"))),
        _ if want == got => Ok(()),
        _ => Err(format!("{place}: {want} expected, got {got}")),
    }
}
