use serde_json::json;

use super::*;

#[derive(Debug, Default, PartialEq)]
struct Inner {
    text: Option<String>,
    list: Vec<String>,
    within: Option<Box<Inner>>,
}

crate::object!(Inner { "text" => text, "list" => list, "within" => within });

fn read<T: Lenient>(value: &Value) -> Result<Option<T>, String> {
    let mut slot = None;
    crate::decode::visitor::read(value, &mut slot).map_err(|e: serde_json::Error| e.to_string())?;
    Ok(slot)
}

#[test]
fn scalars_are_read_from_what_php_makes_of_them() {
    assert_eq!(read(&json!(11_987_654_321_i64)), Ok(Some("11987654321".to_owned())));
    assert_eq!(read(&json!(-23.5505)), Ok(Some("-23.5505".to_owned())));
    assert_eq!(read(&json!(true)), Ok(Some("true".to_owned())));
    assert_eq!(read(&json!("12")), Ok(Some(12_i64)));
    assert_eq!(read(&json!(12.0)), Ok(Some(12_i64)));
    assert_eq!(read(&json!(false)), Ok(Some(0_i64)));
    assert_eq!(read::<i64>(&json!("")), Ok(None));
    assert_eq!(read(&json!("1")), Ok(Some(true)));
    assert_eq!(read(&json!("1.5")), Ok(Some(1.5_f64)));
    assert_eq!(read::<String>(&json!(null)), Ok(None));
}

#[test]
fn nothing_is_invented() {
    for value in [json!("abc"), json!(1.5), json!({}), json!([1])] {
        assert!(read::<i64>(&value).is_err(), "{value}");
    }
    assert!(read::<bool>(&json!(2)).is_err());
    assert!(read::<String>(&json!({"a": 1})).is_err());
    assert!(read::<Inner>(&json!([{"text": "a"}])).is_err());
}

#[test]
fn an_empty_array_is_an_absent_object() {
    assert_eq!(read::<Inner>(&json!([])), Ok(None));
    assert_eq!(read::<Map<String, Value>>(&json!([])), Ok(None));
    assert_eq!(read(&json!({"text": 7, "more": []})), Ok(Some(Inner { text: Some("7".into()), ..Inner::default() })));
}

#[test]
fn an_object_may_hold_its_own_kind() {
    let inner = Inner { text: Some("a".into()), ..Inner::default() };
    let outer = Inner { within: Some(Box::new(inner)), ..Inner::default() };
    assert_eq!(read(&json!({"within": {"text": "a", "within": []}})), Ok(Some(outer)));
    assert!(read::<Inner>(&json!({"within": "a"})).is_err());
}

#[test]
fn the_last_value_of_a_repeated_property_counts() {
    let read = |json| serde_json::from_str::<Inner>(json).map(|inner| (inner.text, inner.list));
    let json = r#"{"text": "a", "list": ["b"], "t\u0065xt": "c", "list": null}"#;
    assert_eq!(read(json).expect("it is JSON"), (Some("c".into()), vec![]));
}

#[test]
fn what_is_written_is_what_was_read() {
    for json in [r#"{"text":"a","list":["b"],"within":{"list":[]}}"#, r#"{"list":[]}"#] {
        let inner = serde_json::from_str::<Inner>(json).expect("it is JSON");
        assert_eq!(serde_json::to_string(&inner).expect("it can be written"), json);
    }
}

#[test]
fn only_an_object_is_an_object() {
    for (json, why) in [
        ("[]", "invalid type: sequence, expected an object at line 1 column 2"),
        ("null", "invalid type: unit value, expected an object at line 1 column 4"),
        ("7", "invalid type: integer `7`, expected an object at line 1 column 1"),
        (r#"{"text": ["a"]}"#, "invalid type: sequence, expected text at line 1 column 10"),
        ("{\"text\": \"a", "EOF while parsing a string at line 1 column 11"),
        (r#"{"text": "a"} x"#, "trailing characters at line 1 column 15"),
    ] {
        let error = serde_json::from_str::<Inner>(json).expect_err(json).to_string();
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn values_of_any_kind_are_kept_as_they_came() {
    let value = json!({"a": [null, true, -1, u64::MAX, 1.5, "b", {"c": {}}], "d": null});
    assert_eq!(read::<Value>(&value), Ok(Some(value.clone())));
    assert_eq!(read::<Map<String, Value>>(&value).map(|map| map.map(Value::Object)), Ok(Some(value)));
    assert_eq!(read(&json!(u64::MAX)), Ok(Some(u64::MAX.to_string())));
}

#[test]
fn lists_come_as_lists_as_objects_and_as_one_text() {
    assert_eq!(read(&json!(["a", null, 1])), Ok(Some(vec!["a".to_owned(), "1".to_owned()])));
    assert_eq!(read(&json!({"0": "a", "2": "b"})), Ok(Some(vec!["a".to_owned(), "b".to_owned()])));
    assert_eq!(read(&json!("a")), Ok(Some(vec!["a".to_owned()])));
    assert_eq!(read(&json!({"list": null})), Ok(Some(Inner::default())));
}

#[test]
fn texts_are_taken_out_of_bags_whatever_their_depth() {
    for bag in [
        json!({"city": ["a"], "mobile": ["b", "c"]}),
        json!([["a"], {"x": {"y": ["b", null]}}, [[]], {}, "c"]),
        json!({"0": [["a"], "b"], "error": "c"}),
    ] {
        let texts = ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!(read(&json!({"list": bag})), Ok(Some(Inner { list: texts, ..Inner::default() })), "{bag}");
    }
    assert!(read::<Vec<i64>>(&json!([[1]])).is_err(), "only texts");
}

#[test]
fn what_php_takes_for_false_is_an_absent_object_or_list() {
    for falsy in [json!(false), json!(0), json!(0.0), json!(""), json!(" "), json!("0"), json!([]), json!(null)] {
        assert_eq!(read::<Inner>(&falsy), Ok(None), "{falsy}");
        assert_eq!(read::<Map<String, Value>>(&falsy), Ok(None), "{falsy}");
        assert_eq!(read(&json!({"within": falsy})), Ok(Some(Inner::default())), "{falsy}");
    }
    for falsy in [json!(false), json!(0), json!(0.0)] {
        assert_eq!(read::<Vec<Inner>>(&falsy), Ok(None), "{falsy}");
    }
    for value in [json!(true), json!(1), json!("a"), json!([0]), json!(["a"])] {
        assert!(read::<Inner>(&value).is_err(), "{value}");
    }
}
