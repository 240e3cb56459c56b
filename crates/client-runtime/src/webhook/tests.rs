use serde_json::{Map, Value, json};

use super::*;

#[derive(Debug, Default, PartialEq)]
struct Note {
    id: Option<i64>,
    text: Option<String>,
}

crate::object!(Note { "id" => id, "text" => text });

#[derive(Debug, Default, PartialEq)]
struct Event {
    note: Option<Note>,
    notes: Vec<Note>,
    ids: Vec<i64>,
    more: Map<String, Value>,
    text: Option<String>,
}

crate::object!(Event as salvaged { "note" => note, "notes" => notes, "ids" => ids, "more" => more, "text" => text });

#[derive(Debug, Default, PartialEq)]
struct Post {
    note: Option<Note>,
    ids: Vec<i64>,
    more: Map<String, Value>,
    text: Option<String>,
}

crate::object!(Post as salvaged_unless_empty { "note" => note, "ids" => ids, "more" => more, "text" => text });

fn note(id: i64) -> Note {
    Note { id: Some(id), text: None }
}

fn event(body: &str) -> Event {
    let read = read_webhook(body.as_bytes()).unwrap_or_else(|error| panic!("{error}: {body}"));
    assert_eq!(serde_json::from_str::<Event>(body).expect("the types are wrong, and not the JSON"), read, "{body}");
    read
}

#[test]
fn an_unreadable_part_is_absent_at_any_depth() {
    for (body, expected) in [
        (json!({"note": "a", "text": "b"}), Event { text: Some("b".into()), ..Event::default() }),
        (
            json!({"note": {"id": "x", "text": ["a"]}, "ids": [1]}),
            Event { note: Some(Note::default()), ids: vec![1], ..Event::default() },
        ),
        (json!({"note": {"text": {"a": {}}, "id": 7}}), Event { note: Some(note(7)), ..Event::default() }),
        (
            json!({"notes": [{"id": 1}, "a", [1], {"id": [], "text": [2]}, null, {"id": 3}], "text": 4}),
            Event { notes: vec![note(1), Note::default(), note(3)], text: Some("4".into()), ..Event::default() },
        ),
        (json!({"ids": [1, "x", [2, [3]], {"a": 4}, 5], "text": []}), Event { ids: vec![1, 5], ..Event::default() }),
        (json!({"ids": 7, "notes": true, "more": "a", "note": 1.5}), Event::default()),
    ] {
        assert_eq!(event(&body.to_string()), expected, "{body}");
    }
}

#[test]
fn an_empty_text_is_absent_only_where_the_spec_says_so() {
    let body = r#"{"text": "", "note": {"text": "", "id": ""}, "ids": "", "more": {"a": ""}}"#;
    let more = json!({"a": ""}).as_object().cloned().unwrap_or_default();
    let inner = || Some(Note { id: None, text: Some(String::new()) });
    let expected = Event { text: Some(String::new()), note: inner(), more: more.clone(), ..Event::default() };
    assert_eq!(event(body), expected);
    // The object inside has its own rule.
    let expected = Post { note: inner(), more, ..Post::default() };
    assert_eq!(read_webhook::<Post>(body.as_bytes()).expect("it is JSON"), expected);
    assert_eq!(
        serde_json::from_str::<Post>(r#"{"note": "", "text": " "}"#).expect("it is JSON"),
        Post { text: Some(" ".into()), ..Post::default() }
    );
}

#[test]
fn text_that_is_not_json_is_still_an_error() {
    for body in ["", "[]", "7", "{", r#"{"text": }"#, r#"{"note": {"id": [1, }, "text": "a"}"#, r#"{"ids": [1"#, "{} x"]
    {
        assert!(read_webhook::<Event>(body.as_bytes()).is_err(), "{body}");
        assert!(serde_json::from_str::<Event>(body).is_err(), "{body}");
    }
    // The first error is the one that is reported.
    let error = read_webhook::<Event>(br#"{"text": "a", "ids": [1 2]}"#).expect_err("a comma is missing");
    assert_eq!(error.to_string(), "expected `,` or `]` at line 1 column 25");
}

#[test]
fn properties_are_read_one_by_one_if_the_whole_cannot_be_read() {
    let deep = "[".repeat(200) + &"]".repeat(200);
    for damage in [deep.as_str(), "1e999", r#"{"a": -1e999}"#, r#"[{"id": 1e999}]"#] {
        let body = r#"{"t\u0065xt": "a\n", "more": DAMAGE, "\"}\\": DAMAGE, "notes": DAMAGE, "ids": [1]}"#;
        let body = body.replace("DAMAGE", damage);
        let read = read_webhook::<Event>(body.as_bytes()).expect("it is JSON");
        assert_eq!(read, Event { text: Some("a\n".into()), ids: vec![1], ..Event::default() }, "{damage}");
    }
}

#[test]
fn the_last_value_of_a_repeated_property_counts_even_if_it_is_read_alone() {
    let body = br#"{"text": "a", "more": {"a": 1e999}, "text": "b", "ids": [1], "ids": null}"#;
    let read = read_webhook::<Event>(body).expect("it is JSON");
    assert_eq!(read, Event { text: Some("b".into()), ..Event::default() });
}

#[test]
fn a_damaged_body_is_repaired() {
    let expected = Event { text: Some("ol\u{e1} ".into()), ..Event::default() };
    let json = r#"{"text": "ol\u00e1 \ud83d"}"#;
    let utf_16: Vec<u8> = format!("\u{feff}{json}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for body in [json.as_bytes(), &utf_16, format!("\u{feff}{json}\n").as_bytes()] {
        assert_eq!(read_webhook::<Event>(body).expect("it can be repaired"), expected);
    }
}

/// `{},` has three bytes, but takes several hundred as a note.
#[test]
fn more_objects_than_a_body_of_its_size_can_have_are_refused() {
    let body = format!(r#"{{"notes": [{}{{}}]}}"#, "{},".repeat(100_000));
    let error = read_webhook::<Event>(body.as_bytes()).expect_err("there are too many");
    assert!(error.to_string().contains("more objects and lists than"), "{error}");
}
