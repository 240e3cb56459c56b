//! Validates the objects within a form against the rules of an operation.
//!
//! A rule about a property of an inner object names the way to it, such as `messages[].to`: `[]` stands for each item of a
//! list, and `.*` for each entry of a map.

use serde_json::Value as Json;

use crate::body::form::{Form, Value};
use crate::body::segments::EncodedForm;
use crate::body::text_body::parsed;
use crate::error::form_error::FormError;
use crate::error::violation::Violation;
use crate::spec::rule::{Constraint, Rule};
use crate::util::future::BoxFuture;
use crate::validate::dyn_form::DynForm;
use crate::validate::text::holds_of_text;

/// How many places that break a rule are reported.
const MOST_PLACES: usize = 20;

/// A form whose inner objects are validated, too. It is a type of its own so that programs which send no such form do not
/// contain the code.
#[derive(Debug)]
pub(crate) struct FormWithParts(pub(crate) Form);

impl DynForm for FormWithParts {
    fn form(&self) -> &Form {
        &self.0
    }

    fn has(&self, name: &str) -> bool {
        DynForm::has(&self.0, name)
    }

    fn has_files(&self) -> bool {
        DynForm::has_files(&self.0)
    }

    fn is_repeatable(&self) -> bool {
        DynForm::is_repeatable(&self.0)
    }

    fn check(&self, rules: &[Rule], trims: bool, found: &mut Vec<Violation>) {
        self.0.check(rules, trims, found);
        check_parts(rules, trims, &self.0, found);
    }

    fn check_files<'f>(&'f self, rules: &'static [Rule], found: &'f mut Vec<Violation>) -> BoxFuture<'f, ()> {
        self.0.check_files(rules, found)
    }

    fn encode_files(&self) -> BoxFuture<'_, Result<EncodedForm, FormError>> {
        self.0.encode_files()
    }

    fn encode(&self) -> Result<EncodedForm, FormError> {
        DynForm::encode(&self.0)
    }
}

/// Adds the rules that the objects within a form break.
fn check_parts(rules: &[Rule], trims: bool, form: &Form, found: &mut Vec<Violation>) {
    for (name, value) in form.parts() {
        let Value::Json(json) = value else { continue };
        let way = |rule: &'static str| rule.strip_prefix(name).filter(|rest| rest.starts_with(['.', '[']));
        let mut about = rules.iter().filter_map(|rule| Some((rule, way(rule.fields.first()?)?))).peekable();
        if about.peek().is_none() {
            continue;
        }
        let json = parsed(json);
        for (rule, way) in about {
            let mut places = Vec::new();
            follow(&json, way, (*name).to_owned(), &mut |value, place| {
                if places.len() < MOST_PLACES && !holds(rule.constraint, trims, value) {
                    places.push(place);
                }
            });
            let violation = |place| Violation::new(vec![place], rule.constraint, rule.why, None, Some(rule.source));
            found.extend(places.into_iter().map(violation));
        }
    }
}

/// Calls `check` with each value at the end of the way, and with its place.
fn follow(value: &Json, way: &str, place: String, check: &mut dyn FnMut(&Json, String)) {
    if let Some(rest) = way.strip_prefix("[]") {
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            follow(item, rest, format!("{place}[{index}]"), check);
        }
    } else if let Some(rest) = way.strip_prefix(".*") {
        for (key, value) in value.as_object().into_iter().flatten() {
            follow(value, rest, format!("{place}.{key}"), check);
        }
    } else if let Some(rest) = way.strip_prefix('.') {
        let (name, rest) = rest.split_at(rest.find(['.', '[']).unwrap_or(rest.len()));
        if let Some(value) = value.get(name) {
            follow(value, rest, format!("{place}.{name}"), check);
        }
    } else if let Some(items) = value.as_array() {
        items.iter().enumerate().for_each(|(index, item)| check(item, format!("{place}[{index}]")));
    } else {
        check(value, place);
    }
}

fn holds(constraint: Constraint, trims: bool, value: &Json) -> bool {
    match (constraint, value) {
        (Constraint::MinEntries(least), Json::Object(map)) => map.len() >= least,
        (Constraint::MinEntries(_), _) => true,
        (_, Json::String(text)) => holds_of_text(constraint, trims, text),
        (_, Json::Number(number)) => holds_of_text(constraint, trims, &number.to_string()),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_way_leads_to_each_value_with_its_place() {
        let value = json!({ "a": [{ "b": ["x", "y"] }, { "b": null }, {}, 1], "m": { "k.1": { "c": 1 } }, "e": "" });
        for (way, expected) in [
            (".a[].b", vec!["v.a[0].b[0]", "v.a[0].b[1]", "v.a[1].b"]),
            (".m.*.c", vec!["v.m.k.1.c"]),
            (".e", vec!["v.e"]),
            (".e.x", vec![]),
            ("[]", vec![]),
            (".a[].b[].c", vec![]),
        ] {
            let mut places = Vec::new();
            follow(&value, way, "v".to_owned(), &mut |_, place| places.push(place));
            assert_eq!(places, expected, "{way}");
        }
    }
}
