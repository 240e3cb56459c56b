//! Random worlds in the format of `world.json`.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::random::{Ids, Random, maybe_when, when};

/// The time at which the sandboxes of these tests start: 2026-11-22 00:00:00 UTC.
pub(super) const START: u64 = 1_795_305_600;

const NAMES: [&str; 14] = [
    "Ana",
    "José",
    "Conceição",
    "João",
    "Åsa",
    "Zoë 😀",
    "Нина",
    "李",
    "O'Neil",
    "<b>x</b>",
    "maria",
    "MARIA",
    "Ünal",
    "null",
];
pub(super) const CODES: [&str; 5] = ["55", "1", "880", "+55", "9999"];

/// A phone number from a small range, so that numbers recur.
pub(super) fn mobile(random: &mut Random) -> String {
    if random.once_in(5) { format!("0{}", 1000 + random.below(30)) } else { format!("119{:04}", random.below(400)) }
}

/// A random valid world.
pub(super) fn world(random: &mut Random) -> Value {
    let users = users(random);
    let ids: Vec<i64> = users.iter().map(|user| user["id"].as_i64().unwrap()).collect();
    let accounts = accounts(random, &ids);
    let contacts = contacts(random, &ids);
    let conversations = conversations(random, &contacts, &accounts);
    let mut world = json!({
        "about": "made by chance",
        "users": users,
        "ip_whitelist": if random.once_in(4) { json!(["10.0.0.1", "127.0.0.1", "::1"]) } else { json!(["127.0.0.1"]) },
        "whatsapp_accounts": accounts,
        "tags": groups(random, &ids, &contacts, "updated_at"),
        "lists": groups(random, &ids, &contacts, "note"),
        "notes": notes(random, &conversations),
        "messages": messages(random, &conversations),
        "templates": templates(random, &ids),
        "cta_urls": made(random, &ids),
        "interactive_lists": made(random, &ids),
        "contacts": contacts,
        "conversations": conversations,
        "chatguru": chatguru(random),
    });
    // These may be left out.
    for table in ["tags", "lists", "notes", "messages", "templates", "cta_urls", "interactive_lists", "chatguru"] {
        if random.once_in(12) {
            world.as_object_mut().unwrap().remove(table);
        }
    }
    world
}

fn users(random: &mut Random) -> Vec<Value> {
    let mut ids = Ids::new(random);
    let count = 2 + random.below(5);
    let mut users = Vec::new();
    for n in 0..count {
        let id = if n == 0 && random.once_in(2) { 1 } else { ids.take() };
        if users.iter().any(|user: &Value| user["id"] == id) {
            continue;
        }
        let mut user = json!({
            "id": id,
            "name": format!("user {n} {}", random.pick(&NAMES)),
            "banned": random.once_in(12),
            "plan": if random.once_in(12) { Value::Null } else { json!(random.pick(&["active", "gold", "Básico"])) },
            "plan_expires_at": random.pick(&["2035-01-01", "2035-01-01", "2030-12-31", "2027-06-30", "2020-01-01"]),
            "api_access": !random.once_in(12),
            "contact_limit": random.pick(&[-1, 0, 1, 2, 3, 1000]),
            "interactive_messages": !random.once_in(4),
            "ecommerce": !random.once_in(4),
            "client_id": format!("id_{n}_{}", random.below(1000)),
            "client_secret": format!("secret_{n}_{}", random.below(1000)),
        });
        if n < 2 {
            // At least two users can use the API.
            for (key, value) in [
                ("banned", json!(false)),
                ("plan", json!("x")),
                ("plan_expires_at", json!("2035-01-01")),
                ("api_access", json!(true)),
            ] {
                user[key] = value;
            }
        }
        if random.once_in(12) {
            user["ip_whitelist"] = json!(["192.168.7.7"]);
        }
        users.push(user);
    }
    users
}

fn accounts(random: &mut Random, users: &[i64]) -> Vec<Value> {
    let mut ids = Ids::new(random);
    let mut accounts = Vec::new();
    for user in users {
        let count = random.below(4);
        let default = random.below(count + 1);
        for n in 0..count {
            let digits = 40_000_000 + random.below(900_000);
            let number = if random.once_in(3) { format!("+55 11 {digits}-{n}") } else { format!("5511{digits}{n}") };
            accounts
                .push(json!({"id": ids.take(), "user_id": user, "phone_number": number, "is_default": n == default}));
        }
    }
    accounts
}

fn contacts(random: &mut Random, users: &[i64]) -> Vec<Value> {
    let mut ids = Ids::new(random);
    let mut contacts: Vec<Value> = Vec::new();
    let mut taken = HashSet::new();
    for user in users {
        let count = match random.below(4) {
            0 => 0,
            1 => random.below(5),
            2 => 10 + random.below(40),
            _ => 95 + random.below(20),
        };
        let count = count.min(500 - contacts.len());
        for _ in 0..count {
            let (code, mobile) = (*random.pick(&CODES), mobile(random));
            if !taken.insert((user, code, mobile.clone())) {
                continue;
            }
            let blocked = i64::from(random.once_in(6));
            let name = |random: &mut Random| {
                if random.once_in(8) { Value::Null } else { json!(random.pick(&NAMES)) }
            };
            contacts.push(json!({
                "id": ids.take(),
                "user_id": user,
                "firstname": name(random),
                "lastname": name(random),
                "mobile_code": code,
                "mobile": mobile,
                "image": if random.once_in(8) { json!("abc.png") } else { Value::Null },
                "address": random.pick(&[
                    Value::Null,
                    json!([]),
                    json!({"city": "São Paulo", "state": "SP", "post_code": "01310-100", "address": "Av. Paulista, 1", "country": "Brazil"}),
                    json!({"city": "", "state": "", "post_code": "", "address": "", "country": ""}),
                ]),
                "status": 0,
                "details": random.pick(&[Value::Null, json!([]), json!({"empresa": "Padaria São João"})]),
                "is_customer": i64::from(random.once_in(3)),
                "is_blocked": blocked,
                "blocked_by": if blocked == 1 { *user } else { 0 },
                "created_at": maybe_when(random),
                "updated_at": maybe_when(random),
            }));
        }
    }
    random.shuffle(&mut contacts);
    contacts
}

fn conversations(random: &mut Random, contacts: &[Value], accounts: &[Value]) -> Vec<Value> {
    let mut ids = Ids::new(random);
    let mut conversations = Vec::new();
    for contact in contacts {
        if !random.once_in(3) {
            continue;
        }
        let gone = random.once_in(15);
        conversations.push(json!({
            "id": ids.take(),
            "user_id": contact["user_id"],
            "contact_id": if gone { json!(9_000_000) } else { contact["id"].clone() },
            "status": random.below(5),
            "whatsapp_account_id": if accounts.is_empty() { json!(0) } else { random.pick(accounts)["id"].clone() },
            "last_message_at": maybe_when(random),
            "needs_human_reply": random.below(2),
            "created_at": maybe_when(random),
            "updated_at": maybe_when(random),
        }));
    }
    random.shuffle(&mut conversations);
    conversations
}

fn messages(random: &mut Random, conversations: &[Value]) -> Vec<Value> {
    let mut ids = Ids::new(random);
    let mut messages = Vec::new();
    for conversation in conversations.iter().take(150) {
        for _ in 0..random.below(4) {
            messages.push(json!({
                "id": ids.take(),
                "user_id": conversation["user_id"],
                "conversation_id": conversation["id"],
                "whatsapp_account_id": 1,
                "whatsapp_message_id": "wamid.X",
                "message": random.pick(&NAMES),
                "type": 2,
                "status": 1,
            }));
        }
    }
    messages
}

fn groups(random: &mut Random, users: &[i64], contacts: &[Value], extra: &str) -> Vec<Value> {
    let mut ids = Ids::new(random);
    let mut groups = Vec::new();
    for user in users {
        for n in 0..random.below(4) {
            let mine = contacts.iter().filter(|row| row["user_id"] == *user);
            let members: Vec<Value> = mine.filter(|_| random.once_in(3)).map(|row| row["id"].clone()).collect();
            let mut group =
                json!({"id": ids.take(), "user_id": user, "name": format!("group {n}"), "contacts": members});
            group["created_at"] = json!(when(random));
            group[extra] = json!(when(random));
            groups.push(group);
        }
    }
    groups
}

fn notes(random: &mut Random, conversations: &[Value]) -> Vec<Value> {
    let mut ids = Ids::new(random);
    let mut notes = Vec::new();
    for conversation in conversations.iter().take(100) {
        for _ in 0..random.below(3) {
            notes.push(json!({
                "id": ids.take(),
                "user_id": conversation["user_id"],
                "conversation_id": conversation["id"],
                "note": format!("Pedido nº {}", random.below(100)),
                "created_at": when(random),
                "updated_at": maybe_when(random),
            }));
        }
    }
    notes
}

fn templates(random: &mut Random, users: &[i64]) -> Vec<Value> {
    let mut ids = Ids::new(random);
    let mut templates = Vec::new();
    for user in users {
        for n in 0..random.below(30) {
            templates.push(json!({
                "id": ids.take(),
                "user_id": user,
                "whatsapp_template_id": "900000000000001",
                "whatsapp_account_id": 2,
                "name": format!("modelo_{n}"),
                "header": random.pick(&[Value::Null, json!({"text": "Oferta {{1}}"})]),
                "body": "Olá {{1}}!",
                "buttons": [],
                "category_id": 1 + random.below(3),
                "language_id": if random.once_in(10) { 999 } else { 1 + random.below(3) },
                "status": random.pick(&[1, 1, 1, 0, 2]),
                "created_at": when(random),
                "something_new": {"a": [1, null]},
            }));
        }
    }
    random.shuffle(&mut templates);
    templates
}

fn made(random: &mut Random, users: &[i64]) -> Vec<Value> {
    let mut ids = Ids::new(random);
    let mut rows = Vec::new();
    for user in users {
        for n in 0..random.below(3) {
            rows.push(json!({"id": ids.take(), "user_id": user, "url": "https://example.test/", "body": format!("corpo {n}"), "button": "Abrir"}));
        }
    }
    rows
}

fn chatguru(random: &mut Random) -> Value {
    let mut ids = 0..;
    let mut chats = |random: &mut Random| -> Vec<Value> {
        let mut taken = HashSet::new();
        let numbers: Vec<String> = (0..random.below(5)).map(|_| brazilian(random)).collect();
        let numbers = numbers.into_iter().filter(|number| taken.insert(number.clone()));
        let row = |number: String| {
            let id = format!("{:024x}", ids.next().unwrap());
            json!({"id": id, "chat_number": number, "name": random.pick(&[Value::Null, json!("José")])})
        };
        numbers.map(row).collect()
    };
    let mut account = json!({
        "key": format!("key-{}", random.below(1000)),
        "account_id": format!("{:024x}", random.next()),
        "add_chats": !random.once_in(6),
        "chat_add_delay_ms": random.pick(&[0, 400, 5000, 30_000]),
        "message_delay_ms": random.pick(&[0, 300, 60_000]),
        "dialogs": random.pick(&[json!([]), json!(["dialog-1"]), json!(["dialog-1", "dialog-2"])]),
    });
    let phones: Vec<Value> = (0..random.below(3))
        .map(|_| {
            let id = format!("{:024x}", random.next());
            json!({"phone_id": id, "official_api": random.once_in(2), "chats": chats(random)})
        })
        .collect();
    // The first phone may be in the account itself.
    if phones.is_empty() || random.once_in(2) {
        account["phone_id"] = json!(format!("{:024x}", random.next()));
        account["official_api"] = json!(random.once_in(3));
        account["chats"] = json!(chats(random));
    }
    if !phones.is_empty() {
        account["phones"] = json!(phones);
    }
    if !random.once_in(3) {
        account["custom_fields"] = random
            .pick(&[
                json!([]),
                json!(["Plano"]),
                json!(["Plano", "Cidade", "CRM | Link negócio"]),
                json!(["field__Cidade", "CRM__Link_negocio"]),
            ])
            .clone();
    }
    account
}

/// A Brazilian number with or without the ninth digit, from a small range, so that numbers and spellings recur.
pub(super) fn brazilian(random: &mut Random) -> String {
    let (area, ninth) = (random.pick(&[28, 31]), random.pick(&["", "9"]));
    format!("55{area}{ninth}{}000000{}", random.pick(&[3, 9]), random.below(2))
}
