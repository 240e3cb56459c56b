//! Randomly damaged worlds: each is either refused with its location or usable.

use serde_json::{Value, json};
use zap_sandbox::{Sandbox, World};

use crate::http::Request;

use super::{make, random::Random, seeded};

#[tokio::test]
async fn damaged_worlds_are_refused_with_the_location_or_work() {
    let (mut random, count) = seeded("malformed");
    let (mut refused, mut fine) = (0, 0);
    for n in 0..count * 10 {
        let whole = make::world(&mut random);
        let mut world = whole.clone();
        let table = damage(&mut world, &mut random);
        match World::from_json(&world.to_string()) {
            Err(error) => {
                refused += 1;
                let text = error.to_string();
                assert!(text.contains(&table), "world {n}: the error does not name the damaged {table}: {text}");
            }
            Ok(read) => {
                fine += 1;
                // To save time, try every fourth one.
                if fine % 4 == 0 {
                    works(read, &whole).await;
                }
            }
        }
        cut(&whole, &mut random);
    }
    assert!(refused > 0 && fine > 0, "{refused} refused, {fine} fine");
}

/// Damages one value of the world and returns the name of its table.
fn damage(world: &mut Value, random: &mut Random) -> String {
    let keys: Vec<String> = world.as_object().unwrap().keys().filter(|key| *key != "about").cloned().collect();
    let table = random.pick(&keys).clone();
    let mut pointer = format!("/{table}");
    while !random.once_in(3) {
        match world.pointer(&pointer).unwrap() {
            Value::Array(list) if !list.is_empty() => pointer = format!("{pointer}/{}", random.below(list.len())),
            Value::Object(map) if !map.is_empty() => {
                pointer = format!("{pointer}/{}", map.keys().nth(random.below(map.len())).unwrap());
            }
            _ => break,
        }
    }
    let long = "9".repeat(400);
    let values = [
        Value::Null,
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(i64::MAX),
        json!(i64::MAX - 1),
        json!(i64::MIN),
        json!(u64::MAX),
        json!((1_i64 << 53) - 1),
        json!(""),
        json!("x"),
        json!("2035-99-99"),
        json!(long),
        json!([]),
        json!([[[]]]),
        json!({}),
        json!({"id": {"a": 1}}),
    ];
    *world.pointer_mut(&pointer).unwrap() = random.pick(&values).clone();
    table
}

/// Checks that the error for a truncated file names the line and column.
fn cut(world: &Value, random: &mut Random) {
    let text = world.to_string();
    let mut end = random.below(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let error = World::from_json(&text[..end]).unwrap_err().to_string();
    assert!(error.contains("line 1 column"), "{error}");
}

/// Checks that no call fails in an unusual world.
async fn works(read: World, whole: &Value) {
    let sandbox = Sandbox::builder().world(read).start().await.unwrap();
    let number = |row: &Value| {
        json!({
            "firstname": "A", "lastname": "B", "mobile_code": row["mobile_code"], "mobile": row["mobile"],
            "message": "x", "template_id": "1", "status": "1", "search": "a",
        })
    };
    for user in whole["users"].as_array().unwrap() {
        let of_user = |row: &&Value| row["user_id"] == user["id"];
        let input = whole["contacts"].as_array().unwrap().iter().find(of_user).map_or(json!({}), number);
        for (method, path) in [
            ("GET", "contact/list"),
            ("GET", "inbox/conversation-list?paginate=1000"),
            ("GET", "inbox/template-list"),
            ("GET", "inbox/conversation-details/1"),
            ("POST", "contact/store"),
            ("POST", "contact/update/1"),
            ("POST", "inbox/send-message"),
            ("POST", "inbox/send-template-message"),
            ("POST", "inbox/change-conversation-status/1"),
            ("DELETE", "contact/delete/1"),
        ] {
            let request = Request::new(method, &format!("/escalazap/external-api/{path}"))
                .header("client-id", user["client_id"].as_str().unwrap())
                .header("client-secret", user["client_secret"].as_str().unwrap());
            let request = if method == "GET" { request } else { request.json(&input) };
            let answer = request.ask(&sandbox).await;
            assert!(answer.status < 500 && answer.json()["remark"].is_string(), "{method} {path}: {}", answer.json());
        }
    }
    let keys = sandbox.chatguru_credentials();
    for action in
        ["message_send&text=x", "chat_add&name=x&text=y", "chat_add_status&chat_add_id=x", "note_add&note_text=x"]
    {
        let (key, account, phone) = (keys.key.clone(), keys.account_id.clone(), keys.phone_id.clone());
        let form = format!("key={key}&account_id={account}&phone_id={phone}&chat_number=551199&action={action}");
        assert!(Request::new("POST", "/chatguru/api/v1").form(&form).ask(&sandbox).await.status < 500);
    }
    for path in ["ledger", "calls", "counts", "clock", "faults"] {
        assert_eq!(Request::new("GET", &format!("/__sandbox/{path}")).ask(&sandbox).await.status, 200, "{path}");
    }
    assert!(!sandbox.calls().is_empty() && sandbox.deliveries().len() <= sandbox.calls().len() * 2);
}
