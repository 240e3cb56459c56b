//! Changes of the rules by which a call has an outcome: what may be repeated, and what an answer proves.

use super::describe::describe;
use super::operations::operations;
use super::{Item, Kind, Verdict};
use crate::document::{At, Document};

/// What is judged otherwise.
pub(super) fn items(old: &Document, new: &Document) -> Vec<Item> {
    let mut items = Vec::new();
    let (old, new) = (old.root(), new.root());
    let (before, after) = (operations(&old), operations(&new));
    for operation in &after {
        let Some(was) = before.iter().find(|was| was.id == operation.id) else { continue };
        let safety = |at: &At<'_>| at.get("x-safety").map(|at| describe(&at)).unwrap_or_default();
        let (was, is) = (safety(&was.at), safety(&operation.at));
        if was != is {
            let why = match is.as_str() {
                "read" => "a call that fails is repeated by itself now: be sure that repeating does no harm",
                _ => "a call that fails is not repeated by itself any more, and its error may be `Unknown`",
            };
            let what = format!("safety: `{was}` → `{is}`");
            items.push(Item::new(Verdict::Breaking, Kind::Changed, format!("`{}`", operation.id), what).because(why));
        }
    }
    if let (Some(old), Some(new)) = (old.get("x-envelope"), new.get("x-envelope")) {
        envelope(&old, &new, &mut items);
    }
    items
}

fn envelope(old: &At<'_>, new: &At<'_>, items: &mut Vec<Item>) {
    for key in ["status", "success", "error", "remark"] {
        let word = |at: &At<'_>| at.get(key).map_or("none".to_owned(), |at| describe(&at));
        if word(old) != word(new) {
            let why = match key {
                "remark" => "`remark()` and `reason()` are read from elsewhere, and so is what proves a refusal",
                _ => "whether an answer is `Ok` or an error is judged otherwise",
            };
            let what = format!("{key}: `{}` → `{}`", word(old), word(new));
            items.push(Item::new(Verdict::Breaking, Kind::Changed, "`x-envelope`", what).because(why));
        }
    }
    let texts = |at: &At<'_>| at.get("texts").and_then(|at| at.texts().ok()).unwrap_or_default();
    let (was, is) = (texts(old), texts(new));
    if was != is {
        let gone = was.iter().any(|text| !is.contains(text));
        let (verdict, why) = if gone {
            (Verdict::Breaking, "texts for people that were read are not read any more")
        } else {
            (Verdict::Compatible, "`messages()` has other texts, for people only")
        };
        let what = format!("texts: `{}` → `{}`", was.join(", "), is.join(", "));
        items.push(Item::new(verdict, Kind::Changed, "`x-envelope`", what).because(why));
    }
    refusals(old, new, items);
    reasons(old, new, items);
    let validation = |at: &At<'_>| at.get("validation").map(|at| describe(&at));
    let (was, is) = (validation(old), validation(new));
    if was != is {
        let (verdict, why) = match was {
            None => (
                Verdict::Compatible,
                "answers of this shape were `Unknown` and are `NotDone` now, so callers may send again: be sure of it",
            ),
            Some(_) => (Verdict::Breaking, "answers that were `NotDone` may be `Unknown` now"),
        };
        let shown = |answer: Option<String>| answer.unwrap_or("none".to_owned());
        let what = format!("validation: `{}` → `{}`", shown(was), shown(is));
        items.push(Item::new(verdict, Kind::Changed, "`x-envelope`", what).because(why));
    }
}

/// Texts that give a refusal its reason.
fn reasons(old: &At<'_>, new: &At<'_>, items: &mut Vec<Item>) {
    let read = |at: &At<'_>| -> Vec<String> {
        let entries = at.get("reasons").and_then(|at| at.entries().ok()).unwrap_or_default();
        entries.into_iter().map(|(text, reason)| format!("`{text}` ({})", describe(&reason))).collect()
    };
    let (was, is) = (read(old), read(new));
    let mut push = |verdict, kind, text: &str, why: &str| {
        items.push(Item::new(verdict, kind, "`x-envelope`, reasons", text.to_owned()).because(why));
    };
    for text in is.iter().filter(|text| !was.contains(text)) {
        push(Verdict::Compatible, Kind::Added, text, "refusals with this text had no `reason()`, or another one");
    }
    for text in was.iter().filter(|text| !is.contains(text)) {
        push(Verdict::Breaking, Kind::Removed, text, "code that waits for this `reason()` waits in vain");
    }
}

/// Remarks with their reasons; `None`: any error is a refusal.
type Refusals = Option<Vec<(String, String)>>;

fn refusals(old: &At<'_>, new: &At<'_>, items: &mut Vec<Item>) {
    let read = |at: &At<'_>| -> Refusals {
        let entries = at.get("refusals")?.entries().ok()?;
        Some(entries.into_iter().map(|(remark, reason)| (remark.to_owned(), describe(&reason))).collect())
    };
    let mut push = |verdict, kind, what: String, why: &str| {
        items.push(Item::new(verdict, kind, "`x-envelope`, refusals", what).because(why));
    };
    let (was, is) = match (read(old), read(new)) {
        (None, None) => return,
        (None, Some(_)) => {
            let why = "errors that proved a refusal (`NotDone`) may be `Unknown` now";
            return push(Verdict::Breaking, Kind::Changed, "all errors → those listed".to_owned(), why);
        }
        (Some(_), None) => {
            let why = "errors that were `Unknown` are `NotDone` now, so callers may send again: be sure of it";
            return push(Verdict::Compatible, Kind::Changed, "those listed → all errors".to_owned(), why);
        }
        (Some(was), Some(is)) => (was, is),
    };
    for (remark, reason) in &is {
        match was.iter().find(|(other, _)| other == remark) {
            None => {
                let why =
                    "errors with it were `Unknown` and are `NotDone` now, so callers may send again: be sure of it";
                push(Verdict::Compatible, Kind::Added, format!("`{remark}` proves a refusal ({reason})"), why);
            }
            Some((_, before)) if before != reason => {
                let what = format!("`{remark}`: reason `{before}` → `{reason}`");
                push(Verdict::Breaking, Kind::Changed, what, "code that waits for the old `reason()` waits in vain");
            }
            Some(_) => {}
        }
    }
    for (remark, _) in was.iter().filter(|(remark, _)| !is.iter().any(|(other, _)| other == remark)) {
        let why = "errors with it were `NotDone` and are `Unknown` now";
        push(Verdict::Breaking, Kind::Removed, format!("`{remark}` proves no refusal any more"), why);
    }
}
