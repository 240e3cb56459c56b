//! Random input of calls: mostly valid, sometimes odd.

use serde_json::{Map, Value, json};

use super::{
    call::Known,
    make::{CODES, mobile},
    random::Random,
};

/// A number as text; in JSON, sometimes as a number.
fn numeric(random: &mut Random, text: &str, typed: bool) -> Value {
    if typed && random.once_in(3) {
        text.parse::<i64>().map_or(json!(text), |number| json!(number))
    } else {
        json!(text)
    }
}

fn recipient(random: &mut Random, known: &Known, typed: bool, input: &mut Map<String, Value>) {
    let (code, number) = if random.once_in(6) || known.numbers.is_empty() {
        ((*random.pick(&CODES)).to_owned(), mobile(random))
    } else {
        random.pick(&known.numbers).clone()
    };
    // As a JSON number, "+55" or a number with leading zeros would be a different number.
    input.insert("mobile_code".to_owned(), numeric(random, &code, typed && !code.starts_with('+')));
    input.insert("mobile".to_owned(), numeric(random, &number, typed && !number.starts_with('0')));
    match random.below(30) {
        0 => drop(input.remove("mobile_code")),
        1 => drop(input.remove("mobile")),
        2 => {
            input.insert("mobile".to_owned(), json!(random.pick(&["+551", "abc", "1 2", "1-2", "1.5", "", "  "])));
        }
        3 => drop(input.insert("mobile_code".to_owned(), json!(random.pick(&["", " ", " 55 ", "abc", "55a"])))),
        4 if typed => drop(input.insert(
            "mobile".to_owned(),
            random.pick(&[json!(true), json!(-1), json!(1.5), json!(["1"]), json!([])]).clone(),
        )),
        _ => {}
    }
}

pub(super) fn contact(random: &mut Random, known: &Known, typed: bool) -> Map<String, Value> {
    let mut input = Map::new();
    recipient(random, known, typed, &mut input);
    let long = "ã".repeat(40);
    let too_long = "ã".repeat(41);
    for name in ["firstname", "lastname", "city", "state", "post_code", "address"] {
        let optional = !name.ends_with("name");
        match random.below(if optional { 4 } else { 30 }) {
            0 => {}
            1 => drop(input.insert(name.to_owned(), json!(random.pick(&["", " ", "\u{a0}", "null", "0", "  x  "])))),
            2 if !optional => drop(input.insert(name.to_owned(), json!(random.pick(&[&long, &too_long])))),
            3 if typed => drop(input.insert(
                name.to_owned(),
                random.pick(&[json!(5), json!(true), json!(["a"]), json!({"a": 1}), Value::Null, json!([])]).clone(),
            )),
            _ => drop(
                input.insert(name.to_owned(), json!(random.pick(&["Ana", "Zoë 😀", " Rua 1 ", "<b>", "São Paulo"]))),
            ),
        }
    }
    input
}

pub(super) fn status(random: &mut Random, typed: bool) -> Map<String, Value> {
    let mut input = Map::new();
    let texts =
        ["0", "1", "2", "3", "3", "2", "1", "4", "-1", "01", "1.0", "1.5", "abc", "", " 2 ", "true", "+1", "1e0"];
    let mut value = json!(random.pick(&texts));
    if typed && random.once_in(2) {
        value = random
            .pick(&[
                json!(0),
                json!(1),
                json!(2),
                json!(3),
                json!(4),
                json!(1.0),
                json!(1.5),
                json!(true),
                json!(false),
                Value::Null,
                json!([1]),
                json!([]),
            ])
            .clone();
    }
    if !random.once_in(12) {
        input.insert("status".to_owned(), value);
    }
    input
}

pub(super) fn list(random: &mut Random, typed: bool) -> Map<String, Value> {
    let mut input = Map::new();
    let sizes = [
        "0",
        "",
        "abc",
        "-1",
        "1",
        "2",
        "3",
        "7",
        "20",
        "25",
        "2.5",
        "1e1",
        " 5 ",
        "1000000000",
        "99999999999999999999",
        "true",
    ];
    let pages = ["", "0", "1", "1", "2", "3", "8", "-1", "2.0", "abc", "99", "01", " 2 ", "99999999999999999999"];
    if !random.once_in(3) {
        let size = *random.pick(&sizes);
        input.insert(
            "paginate".to_owned(),
            if random.once_in(10) { json!([size]) } else { numeric(random, size, typed) },
        );
    }
    if !random.once_in(3) {
        let number = (1 + random.below(40)).to_string();
        let page = if random.once_in(2) { number.as_str() } else { *random.pick(&pages) };
        input.insert("page".to_owned(), if random.once_in(10) { json!([page]) } else { numeric(random, page, typed) });
    }
    if random.once_in(4) {
        let needle = *random.pick(&["ana", "JOSE", "conceicao", "119", "01", "zzzz", "", " ", "0", "😀", "Maria "]);
        input.insert("search".to_owned(), json!(needle));
    }
    if random.once_in(3) {
        let states = ["0", "1", "2", "3", "4", "", "-1", "pending", "1abc", " 2 "];
        let value = if random.once_in(3) {
            json!([random.pick(&states), random.pick(&states)])
        } else {
            json!(random.pick(&states))
        };
        input.insert("status".to_owned(), value);
    }
    input
}

pub(super) fn message(random: &mut Random, known: &Known, typed: bool) -> Map<String, Value> {
    let mut input = Map::new();
    recipient(random, known, typed, &mut input);
    if !random.once_in(4) {
        let texts = ["Olá, mundo! 😀", " oi ", "a\nb\r\nc", "<script>alert(1)</script>", "0", "", "   ", "{{1}}"];
        let mut value = json!(random.pick(&texts));
        if typed && random.once_in(5) {
            value = random.pick(&[json!(42), json!(true), json!(["a", "b"]), json!({"a": 1}), json!(1.5)]).clone();
        }
        input.insert("message".to_owned(), value);
    }
    if random.once_in(4) {
        for name in ["latitude", "longitude"] {
            if !random.once_in(5) {
                let text = *random.pick(&["-23.5", "-46.6", "0", "0.0", "999", "abc", "", "00"]);
                let value = if typed && random.once_in(2) {
                    random.pick(&[json!(-23.5505), json!(0), json!(1)]).clone()
                } else {
                    json!(text)
                };
                input.insert(name.to_owned(), value);
            }
        }
        if random.once_in(2) {
            input.insert("name".to_owned(), json!(random.pick(&["Loja", "", " Rua "])));
        }
    }
    for name in ["cta_url_id", "interactive_list_id"] {
        if random.once_in(8) {
            let id = if known.made.is_empty() { 1 } else { *random.pick(&known.made) };
            let value = match random.below(8) {
                0 => json!(random.pick(&["0", "abc", "", "999999", "1.0", "01"])),
                _ => numeric(random, &id.to_string(), typed),
            };
            input.insert(name.to_owned(), value);
        }
    }
    if random.once_in(4) {
        let sender = random.pick(&known.senders).clone();
        input.insert("from_number".to_owned(), json!(random.pick(&[sender.as_str(), sender.as_str(), "", "0", "000"])));
    }
    input
}

pub(super) fn template(random: &mut Random, known: &Known, typed: bool) -> Map<String, Value> {
    let mut input = Map::new();
    recipient(random, known, typed, &mut input);
    let id = if known.templates.is_empty() { 1 } else { *random.pick(&known.templates) };
    let value = match random.below(10) {
        0 => json!(random.pick(&["", "0", "abc", "900000000000001"])),
        1 => json!(format!("{id}abc")),
        2 if typed => json!([id]),
        _ => numeric(random, &id.to_string(), typed),
    };
    if !random.once_in(15) {
        input.insert("template_id".to_owned(), value);
    }
    if random.once_in(3) {
        let value = match random.below(4) {
            0 => json!("Ana"),
            1 => json!(""),
            _ => json!(["Ana", "{{ 1 }}"]),
        };
        input.insert(random.pick(&["body_variables", "header_variables"]).to_string(), value);
    }
    input
}
