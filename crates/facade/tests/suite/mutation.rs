//! Damaged answers: no panic, and an outcome that agrees with the evidence rule.
//!
//! If `RECORDINGS` names the folder of the recordings, the recorded answers are damaged, too.
//! `MUTATIONS` is the number of cases (default: 100,000). `MUTATION_SEED` repeats a run.

use std::collections::hash_map::RandomState;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher as _, Hasher as _};
use std::io::Write as _;

use serde_json::value::RawValue;
use serde_json::{Value, json};
use zap_client_runtime::{Operation, RawClient, Safety};
use zap_facade::{Error, ErrorKind, Outcome};
use zap_sandbox::{Profile, Sandbox};

use crate::support::calls::{self, Api, Client, Judge, Names};
use crate::support::{self, recordings};

/// A small generator of numbers (splitmix64): the same seed, the same cases.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `end`.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap()
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

struct Case {
    operation: &'static Operation,
    core: RawClient,
    judge: Judge,
    bases: Vec<Value>,
    /// How many of them are not recorded.
    own: usize,
    refusals: Option<&'static [&'static str]>,
    status_key: &'static str,
}

async fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for call in calls::all() {
        let sandbox = Sandbox::builder().profile(Profile::Documented).world(support::world()).start().await.unwrap();
        let client = support::client(call.api, &support::origin(&sandbox, call.api));
        let names = match &client {
            Client::ChatGuru(client) => Names::made_with(client).await.unwrap(),
            Client::ExternalApi(_) => Names::of_sandbox(),
        };
        let answered = (call.send)(&client, &names).await;
        let answered = answered.unwrap_or_else(|error| panic!("a sandbox does what a call asks for: {error}"));
        let mut bases = vec![serde_json::from_slice(&answered.body).unwrap()];
        bases.extend(if call.api == Api::ChatGuru { chatguru_answers() } else { externalapi_answers() });
        cases.push(Case {
            operation: call.operation,
            core: client.raw().clone(),
            judge: answered.judge,
            own: bases.len(),
            bases,
            refusals: (call.api == Api::ExternalApi).then_some(&support::REFUSALS),
            status_key: if call.api == Api::ChatGuru { "result" } else { "status" },
        });
    }
    add_recorded(&mut cases);
    cases
}

/// Answers that any operation of ExternalApi may have.
fn externalapi_answers() -> Vec<Value> {
    let error = |remark: &str| json!({"remark": remark, "status": "error", "message": ["Não."]});
    vec![
        error("validation_error"),
        error("exception"),
        json!({"remark": "validation_error", "status": "error", "message": {"mobile": ["Não."], "error": [["x"]]}}),
        json!({"remark": "x", "status": "success", "message": {"success": ["ok"]}, "data": false}),
        json!({"message": "Não.", "errors": {"mobile": ["Não."]}}),
    ]
}

/// An answer that any operation of ChatGuru may have.
fn chatguru_answers() -> Vec<Value> {
    vec![json!({"code": 400, "result": "error", "description": "account_id inválida"})]
}

/// The recorded answers, as bases beside those above.
fn add_recorded(cases: &mut [Case]) {
    let Some(folder) = recordings::folder() else {
        let _ = writeln!(std::io::stderr(), "RECORDINGS is not set: no recorded answer is damaged");
        return;
    };
    let mut operations = BTreeSet::new();
    for (_, mut recording) in recordings::all(&folder) {
        let operation = recordings::operation(&recording);
        operations.insert(operation);
        let case = cases.iter_mut().find(|case| case.operation.id == operation).expect("a case for each operation");
        let answer = recording["response"]["body"].take();
        if answer.is_object() {
            case.bases.push(answer);
        }
    }
    let recorded = cases.iter().filter(|case| case.bases.len() > case.own).count();
    assert_eq!(recorded, operations.len(), "every operation that is recorded has answers to damage");
}

#[tokio::test]
async fn damaged_answers_never_panic_and_never_lie() {
    let cases = cases().await;
    let number = |name: &str| std::env::var(name).ok().map(|value| value.parse().expect("a number"));
    let seed = number("MUTATION_SEED").unwrap_or_else(|| RandomState::new().build_hasher().finish());
    let count = number("MUTATIONS").unwrap_or(100_000);
    let _ = writeln!(std::io::stderr(), "MUTATION_SEED={seed} MUTATIONS={count}");
    let mut random = Random(seed);
    let mut ends = BTreeMap::new();
    for _ in 0..count {
        let case = random.pick(&cases);
        let mut answer = random.pick(&case.bases).clone();
        for _ in 0..=random.below(3) {
            damage(&mut answer, &mut random);
        }
        let halved = random.below(4) == 0;
        if halved {
            mark(&mut answer, &mut random);
        }
        let mut meant = answer.to_string();
        if random.below(4) == 0 {
            repeat_key(&mut meant, &mut random);
        }
        let (mut meant, mut body) = (meant.replace(MARK, "").into_bytes(), halves(&meant, &mut random).into_bytes());
        if !halved && random.below(3) == 0 {
            damage_bytes(&mut meant, &mut random);
            body.clone_from(&meant);
        }
        let quoted = random.below(3) == 0 && !wrap(&mut body, &mut random);
        if quoted {
            meant = b"a page".to_vec();
        }
        let status =
            *random.pick(&[200, 200, 200, 201, 202, 204, 302, 400, 401, 403, 404, 413, 422, 422, 429, 500, 502, 503]);
        let result = (case.judge)(&case.core, case.operation, status, &body);
        *ends
            .entry(result.as_ref().map_or_else(|error| format!("{:?}", error.kind()), |()| "Ok".into()))
            .or_insert(0) += 1;
        if let Err(why) = consistent(case, status, &meant, &result) {
            panic!("seed {seed}: {} HTTP {status} {}: {why}", case.operation.id, String::from_utf8_lossy(&body));
        }
    }
    let _ = writeln!(std::io::stderr(), "{ends:?}");
    for kind in ["Ok", "Refused", "UnexpectedAnswer", "Undecodable"] {
        assert!(ends.get(kind).is_some_and(|hits| *hits > count / 200), "{kind} hardly occurs: {ends:?}");
    }
}

/// Marks the position of half a surrogate pair. No answer contains this character.
const MARK: &str = "\u{e000}";

/// Marks a position in some text or name.
fn mark(value: &mut Value, random: &mut Random) {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            let keys: Vec<_> = entries.keys().cloned().collect();
            let key = random.pick(&keys);
            if random.below(4) == 0 {
                let value = entries.remove(key).unwrap();
                entries.insert(format!("{key}{MARK}"), value);
            } else {
                mark(&mut entries[key], random);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let index = random.below(items.len());
            mark(&mut items[index], random);
        }
        Value::String(text) => text.insert_str(if random.below(2) == 0 { 0 } else { text.len() }, MARK),
        _ => {}
    }
}

fn halves(json: &str, random: &mut Random) -> String {
    let half: &str = random.pick::<&str>(&["\\ud83d", "\\uDE00", "\\ud83d\\ud83d", "\\udbff"]);
    json.replace(MARK, half)
}

/// Puts something around an answer. Whether it says nothing, as what PHP prints, instead of quoting the answer.
fn wrap(body: &mut Vec<u8>, random: &mut Random) -> bool {
    const NOISE: [&str; 7] = [
        "",
        "\u{feff}",
        "\r\n \t",
        "\u{feff}\n\u{feff}",
        "<br />\n<b>Warning</b>:  Undefined variable $x in <b>/a.php</b> on line <b>3</b><br />\n",
        "\nDeprecated: Passing null to {\"a\":1} in /a.php on line 12\n",
        "PHP Notice:  a on line b in /a.php on line 1\n",
    ];
    const PAGE: [&str; 5] =
        ["<p>", "<pre>{\"status\":\"success\",\"result\":\"success\"}</pre>", "{", "ok", "<b>Warning</b>: "];
    let quotes = random.below(3) == 0;
    let (mut before, mut after) = (random.pick(&NOISE).as_bytes().to_vec(), random.pick(&NOISE).as_bytes().to_vec());
    if quotes {
        let side = if random.below(2) == 0 { &mut before } else { &mut after };
        side.extend(random.pick(&PAGE).as_bytes());
    }
    *body = [before, std::mem::take(body), after].concat();
    !quotes
}

/// The rule for outcomes, written a second time for this test, from the words of the answer.
fn consistent(case: &Case, status: u16, body: &[u8], result: &Result<(), Error>) -> Result<(), String> {
    let text = String::from_utf8_lossy(body);
    // Property by property: what is wrong within one says nothing of the others.
    // Blanks around an answer say nothing, also those that JSON does not know.
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    let words: BTreeMap<String, Box<RawValue>> = serde_json::from_str(text).unwrap_or_default();
    let word_of = |key: &str| serde_json::from_str::<String>(words.get(key)?.get()).ok();
    let (word, remark) = (word_of(case.status_key), word_of("remark"));
    let (word, remark) = (word.as_deref(), remark.as_deref());
    let proven = [401, 404, 405, 411, 413, 414, 415, 429, 431].contains(&status);
    let refused = match case.refusals {
        Some(list) => remark.is_some_and(|remark| list.contains(&remark)),
        None => true,
    };
    let errors = words
        .get("errors")
        .and_then(|errors| serde_json::from_str::<BTreeMap<String, Box<RawValue>>>(errors.get()).ok());
    let by_framework = case.refusals.is_some()
        && status == 422
        && !words.contains_key("status")
        && errors.is_some_and(|errors| !errors.is_empty());
    let outcome = |proven: bool| match (proven, case.operation.safety) {
        (false, Safety::Change) => Outcome::Unknown,
        _ => Outcome::NotDone,
    };
    let (kinds, expected): (&[ErrorKind], Outcome) = match word {
        Some("success") => (&[ErrorKind::Undecodable], Outcome::Done),
        Some("error") => (&[ErrorKind::Refused], outcome(proven || refused)),
        None if by_framework => (&[ErrorKind::Refused], Outcome::NotDone),
        _ => (&[ErrorKind::UnexpectedAnswer], outcome(proven)),
    };
    match result {
        Ok(()) if word == Some("success") => Ok(()),
        Ok(()) => Err("a success that the answer does not speak of".into()),
        Err(error) if kinds.contains(&error.kind()) && error.outcome() == expected => Ok(()),
        Err(error) => Err(format!("expected {kinds:?} {expected:?}, got {error:?}")),
    }
}

/// Damages one value somewhere within.
fn damage(value: &mut Value, random: &mut Random) {
    let inside = random.below(12) != 0;
    match value {
        Value::Object(entries) if inside && !entries.is_empty() => {
            let keys: Vec<_> = entries.keys().cloned().collect();
            let key = random.pick(&keys);
            if random.below(5) == 0 {
                entries.remove(key);
            } else {
                damage(&mut entries[key], random);
            }
        }
        Value::Array(items) if inside && !items.is_empty() => {
            let index = random.below(items.len());
            match random.below(4) {
                0 => drop(items.remove(index)),
                1 => items.push(items[index].clone()),
                _ => damage(&mut items[index], random),
            }
        }
        value => *value = other(value, random),
    }
}

/// Another value instead of one.
fn other(value: &Value, random: &mut Random) -> Value {
    match random.below(12) {
        0 => Value::Null,
        1 => json!([]),
        2 => json!({}),
        3 => json!(random.next()),
        4 => json!(-1.5e300),
        5 => json!("success"),
        6 => json!("error"),
        7 => json!("exception"),
        8 => json!(random.below(2) == 0),
        9 => json!([value, value]),
        10 => json!({"a": value}),
        _ => (0..random.below(30)).fold(value.clone(), |inner, _| json!([inner])),
    }
}

/// Gives some object a key twice, with another value: the later one counts.
fn repeat_key(body: &mut String, random: &mut Random) {
    let keys: Vec<_> = body
        .match_indices("\":")
        .filter_map(|(end, _)| Some((body[..end].rfind('"')?, end + 1)))
        .filter(|(start, _)| body[..*start].ends_with(['{', ',']))
        .collect();
    if keys.is_empty() {
        return;
    }
    let (start, end) = *random.pick(&keys);
    let pair = format!("{}:{}", &body[start..end], other(&json!("success"), random));
    if random.below(2) == 0 {
        body.insert_str(start, &format!("{pair},"));
    } else {
        // Of the outermost object, this is the later one.
        body.insert_str(body.len() - 1, &format!(",{pair}"));
    }
}

fn damage_bytes(body: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(body.len());
    match random.below(4) {
        0 => body.truncate(at),
        1 if !body.is_empty() => body[at] ^= 1 << random.below(8),
        2 => body.insert(at, u8::try_from(random.below(256)).unwrap()),
        _ => {
            let copy = body[at..].to_vec();
            body.extend(copy);
        }
    }
}
