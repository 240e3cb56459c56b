//! Random calls in random worlds, whose answers are compared with a model's. The model is written from the facts and
//! the recordings only.
//!
//! `WORLDS` sets the number of worlds (default: 10). `WORLD_SEED` repeats a run.

mod call;
mod chatguru;
mod contacts;
mod conversations;
mod inputs;
mod make;
mod malformed;
mod model;
mod pages;
mod random;
mod rules;
mod sending;

use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher as _, Hasher as _},
    io::Write as _,
    time::{Duration, SystemTime},
};

use serde_json::{Value, json};
use zap_sandbox::{Clock, Profile, Provider, Sandbox, World};

use crate::http::Request;

use call::{Call, Encoding, Known, Operation};
use chatguru::{ChatGuru, Shown};
use model::{ANY, Delivered, Expected, Model};
use random::Random;

/// The number of calls in each world.
const CALLS: usize = 80;

/// A number from the environment, or its default.
fn number(name: &str, usual: impl FnOnce() -> u64) -> u64 {
    std::env::var(name).ok().map_or_else(usual, |value| value.parse().expect("a number"))
}

/// A generator for the worlds of one test, and how many to make. Prints the seed.
fn seeded(name: &str) -> (Random, u64) {
    let seed = number("WORLD_SEED", || RandomState::new().build_hasher().finish());
    let count = number("WORLDS", || 10);
    let _ = writeln!(std::io::stderr(), "{name}: WORLD_SEED={seed} WORLDS={count}");
    (Random(seed), count)
}

#[tokio::test]
async fn any_world_answers_by_the_rules() {
    let (mut random, count) = seeded("worlds");
    for n in 0..count {
        let mut one = Random(random.next());
        if let Err(why) = run(&mut one).await {
            panic!("world {n}: {why}");
        }
    }
}

#[tokio::test]
async fn any_chatguru_account_answers_by_the_rules() {
    let (mut random, count) = seeded("accounts");
    for n in 0..count {
        let mut random = Random(random.next());
        let mut emulator = Emulator::start(&mut random).await;
        for call in 0..6 * CALLS {
            emulator.pass_time(&mut random);
            if random.once_in(CALLS) {
                emulator.reset();
            }
            if let Err(why) = emulator.chatguru_call(&mut random).await {
                panic!("account {n}, call {call}: {why}");
            }
        }
    }
}

#[tokio::test]
async fn every_page_of_lists_of_any_length() {
    for total in [0, 1, 13, 14, 15, 16, 27] {
        let contact = |id: i64| json!({"id": id, "user_id": 1, "mobile_code": "55", "mobile": format!("11{id:04}")});
        let contacts: Vec<Value> = (1..=total).map(contact).collect();
        let world = json!({"users": [{"id": 1, "client_id": "a", "client_secret": "b"}], "contacts": contacts});
        let sandbox = Sandbox::builder().world(World::from_json(&world.to_string()).unwrap()).start().await.unwrap();
        let rows: Vec<Value> = (1..=total).rev().map(|id| json!({"id": id, "...": true})).collect();
        for (size, last) in [("1", total), ("1.3", total), ("2", total / 2 + 1)] {
            for page in 1..=last + 2 {
                let target = format!("/wapiflow/external-api/contact/list?paginate={size}&page={page}");
                let request = Request::new("GET", &target).header("client-id", "a").header("client-secret", "b");
                let answer = request.ask(&sandbox).await.success();
                let url = format!("{}/wapiflow/external-api/contact/list", sandbox.url());
                let expected = pages::page(&rows, &json!(size), &json!(page), &url).unwrap();
                let found = same(&expected, &answer["data"]["contacts"], "contacts");
                assert_eq!(found, Ok(()), "{total} rows, {size} to a page, page {page}");
            }
        }
    }
}

/// A sandbox and the models of what it emulates.
struct Emulator {
    sandbox: Sandbox,
    world: Value,
    documented: bool,
    models: Vec<Model>,
    chatguru: ChatGuru,
    /// The expected number of deliveries since the last reset.
    deliveries: usize,
    /// Milliseconds since the start.
    now: u64,
}

const INSTANCES: [&str; 3] = ["escalazap", "wazime", "wapiflow"];

async fn run(random: &mut Random) -> Result<(), String> {
    let mut emulator = Emulator::start(random).await;
    for n in 0..CALLS {
        emulator.pass_time(random);
        let named = |why: String| format!("call {n}: {why}");
        match random.below(100) {
            0 => emulator.reset(),
            1..=15 => emulator.chatguru_call(random).await.map_err(named)?,
            _ => {
                let at = if random.once_in(4) { random.below(3) } else { 0 };
                let call = call::call(random, &emulator.known(at));
                emulator.call(at, &call).await.map_err(named)?;
            }
        }
        if n % 8 == 0 {
            let counts = Request::new("GET", "/__sandbox/counts").ask(&emulator.sandbox).await.json();
            same(&emulator.models[0].counts(), &counts, "counts").map_err(named)?;
        }
    }
    // Compare what every user sees at the end.
    for at in 0..INSTANCES.len() {
        for (id, secret) in emulator.known(at).credentials {
            for operation in [Operation::ContactList, Operation::ConversationList, Operation::TemplateList] {
                let input = json!({"paginate": "1000"}).as_object().unwrap().clone();
                let (client_id, client_secret) = (Some(id.clone()), Some(secret.clone()));
                let (id, encoding) = (String::new(), Encoding::Query);
                let call = Call { operation, method: "GET", id, client_id, client_secret, encoding, input, file: None };
                emulator.call(at, &call).await.map_err(|why| format!("at the end: {why}"))?;
            }
        }
    }
    // Each delivery belongs to exactly one call.
    let named: Vec<u64> = emulator.sandbox.calls().into_iter().flat_map(|call| call.deliveries).collect();
    let kept: Vec<u64> = emulator.sandbox.deliveries().iter().map(|delivery| delivery.id).collect();
    same(&json!(kept), &json!(named), "deliveries of all calls")
}

impl Emulator {
    async fn start(random: &mut Random) -> Self {
        let mut world = make::world(random);
        let documented = random.once_in(3);
        let read = World::from_json(&world.to_string()).unwrap_or_else(|error| panic!("{error}\n{world}"));
        let profile = if documented { Profile::Documented } else { Profile::Observed };
        let clock = Clock::standing_at(ChatGuru::start());
        let sandbox = Sandbox::builder().world(read).profile(profile).clock(clock).start().await.unwrap();
        if world["chatguru"].is_null() {
            let keys = sandbox.chatguru_credentials();
            world["chatguru"] = json!({
                "key": keys.key, "account_id": keys.account_id, "phone_id": keys.phone_id,
                "add_chats": true, "chat_add_delay_ms": 400, "message_delay_ms": 300,
                "chats": [{"id": "5d0000000000000000000101", "chat_number": "5511987654321"}],
                "dialogs": ["5d0000000000000000000201"],
            });
        }
        let mut emulator = Self {
            sandbox,
            documented,
            models: Vec::new(),
            chatguru: ChatGuru::new(&world["chatguru"]),
            world,
            deliveries: 0,
            now: 0,
        };
        emulator.forget();
        emulator
    }

    fn forget(&mut self) {
        let url = self.sandbox.url();
        self.models = INSTANCES.iter().map(|slug| Model::new(&self.world, self.documented, slug, &url)).collect();
        self.chatguru = ChatGuru::new(&self.world["chatguru"]);
        (self.deliveries, self.now) = (0, 0);
    }

    fn reset(&mut self) {
        self.sandbox.reset();
        self.forget();
    }

    /// Advances the clock by at least a second, because the emulated database stores seconds.
    fn pass_time(&mut self, random: &mut Random) {
        let millis = 1000 + random.next() % *random.pick(&[1, 1000, 60_000]);
        self.now += millis;
        self.sandbox.clock().advance(Duration::from_millis(millis));
    }

    fn known(&self, at: usize) -> Known {
        let model = &self.models[at];
        let ids = |table: &str| model.rows(table).iter().map(|row| row["id"].as_i64().unwrap()).collect();
        let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
        let numbers =
            model.rows("contacts").iter().map(|row| (text(row, "mobile_code"), text(row, "mobile"))).collect();
        let mut senders: Vec<String> =
            model.rows("whatsapp_accounts").iter().map(|row| text(row, "phone_number")).collect();
        senders.push("551199".to_owned());
        let made: Vec<i64> =
            ["cta_urls", "interactive_lists"].iter().flat_map(|table| -> Vec<i64> { ids(table) }).collect();
        Known {
            contacts: ids("contacts"),
            conversations: ids("conversations"),
            numbers,
            templates: ids("templates"),
            made,
            senders,
            credentials: model
                .rows("users")
                .iter()
                .map(|row| (text(row, "client_id"), text(row, "client_secret")))
                .collect(),
        }
    }

    async fn call(&mut self, at: usize, call: &Call) -> Result<(), String> {
        let before = self.models[at].counts();
        let expected = self.models[at].answer(call);
        let answer = call.request(INSTANCES[at]).ask(&self.sandbox).await;
        let profile = if self.documented { "documented" } else { "observed" };
        let text = answer_text(&answer.body);
        let shown = || format!("{profile} {} {call:?}\n  {text}", INSTANCES[at]);
        let body: Value = serde_json::from_slice(&answer.body).map_err(|error| format!("{error}: {}", shown()))?;
        same(&json!(expected.status), &json!(answer.status), "HTTP").map_err(|why| format!("{why}\n{}", shown()))?;
        same(&expected.body, &body, "body").map_err(|why| format!("{why}\n{}", shown()))?;
        let provider = Provider::ALL.into_iter().find(|provider| provider.slug() == INSTANCES[at]).unwrap();
        self.delivered(provider, &expected).map_err(|why| format!("{why}\n{}", shown()))?;
        // A call with invalid input must not change any row.
        if expected.body["remark"] == "validation_error" && before != self.models[at].counts() {
            return Err("the model is wrong: a refused call changed it".to_owned());
        }
        Ok(())
    }

    async fn chatguru_call(&mut self, random: &mut Random) -> Result<(), String> {
        let action = self.chatguru.action(random);
        let expected = self.chatguru.answer(&action, self.now);
        let answer = ChatGuru::request(&action).ask(&self.sandbox).await;
        let text = answer_text(&answer.body);
        let shown = || format!("{:?}\n  {text}", action.pairs);
        same(&json!(expected.status), &json!(answer.status), "HTTP").map_err(|why| format!("{why}\n{}", shown()))?;
        let body = answer.json();
        same(&expected.body, &body, "body").map_err(|why| format!("{why}\n{}", shown()))?;
        self.chatguru.learn(&body);
        self.delivered(Provider::ChatGuru, &expected).map_err(|why| format!("{why}\n{}", shown()))?;
        let deliveries = self.sandbox.deliveries();
        let since = |time: SystemTime| time.duration_since(ChatGuru::start()).unwrap().as_millis().try_into().unwrap();
        let fresh = &deliveries[deliveries.len() - expected.delivered.len()..];
        let fresh: Vec<Shown> =
            fresh.iter().map(|row| Shown { name: row.name.clone(), due: row.due.map(since) }).collect();
        if fresh != self.chatguru.shown() {
            return Err(format!("{:?} expected, got {fresh:?}\n{}", self.chatguru.shown(), shown()));
        }
        Ok(())
    }

    /// Checks that the ledger has exactly the expected deliveries.
    fn delivered(&mut self, provider: Provider, expected: &Expected) -> Result<(), String> {
        let deliveries = self.sandbox.deliveries();
        self.deliveries += expected.delivered.len();
        if deliveries.len() != self.deliveries {
            return Err(format!("{} deliveries expected, there are {}", self.deliveries, deliveries.len()));
        }
        let fresh = &deliveries[deliveries.len() - expected.delivered.len()..];
        for (want, got) in expected.delivered.iter().zip(fresh) {
            let any = want.text.as_deref() == Some(ANY);
            let shown = Delivered {
                account: got.account.clone(),
                to: got.to.clone(),
                kind: got.kind.name(),
                text: if any { want.text.clone() } else { got.text.clone() },
            };
            if (want, provider) != (&shown, got.provider) {
                return Err(format!("{want:?} expected, got {got:?}"));
            }
        }
        Ok(())
    }
}

fn answer_text(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    text.chars().take(2000).collect()
}

/// Compares two values and reports the first difference. `*` matches any text; an object with `...` may have more keys.
fn same(want: &Value, got: &Value, location: &str) -> Result<(), String> {
    match (want, got) {
        (Value::String(any), Value::String(_)) if any == ANY => Ok(()),
        (Value::Object(want), Value::Object(got)) => {
            for (key, want) in want.iter().filter(|(key, _)| *key != "...") {
                let got = got.get(key).ok_or_else(|| format!("{location}.{key} is missing"))?;
                same(want, got, &format!("{location}.{key}"))?;
            }
            match got.keys().find(|key| !want.contains_key(*key)) {
                Some(key) if !want.contains_key("...") => Err(format!("{location}.{key} is unexpected")),
                _ => Ok(()),
            }
        }
        (Value::Array(want), Value::Array(got)) if want.len() == got.len() => want
            .iter()
            .zip(got)
            .enumerate()
            .try_for_each(|(at, (want, got))| same(want, got, &format!("{location}[{at}]"))),
        _ if want == got => Ok(()),
        _ => Err(format!("{location}: {want} expected, got {got}")),
    }
}
