//! Changes of the rules for outcomes: which calls are retried, and what an answer proves.

use super::item::{ChangeKind, Item, Verdict};
use crate::describe::describe;
use crate::document::{At, Document};
use crate::spec_index::OperationNode;

/// Returns the changes between two documents.
pub(super) fn items(old: &Document, new: &Document) -> Vec<Item> {
    let mut items = Vec::new();
    let (old, new) = (old.root(), new.root());
    let (before, after) = (OperationNode::all(&old), OperationNode::all(&new));
    for operation in &after {
        let Some(was) = before.iter().find(|was| was.name() == operation.name()) else { continue };
        let word = |at: &At<'_>, key| at.get(key).map(|at| describe(&at)).unwrap_or_default();
        let key = |at: &At<'_>| word(at, "x-idempotency");
        if key(&was.at) != key(&operation.at) {
            let shown = |at: &At<'_>| Some(key(at)).filter(|key| !key.is_empty()).unwrap_or("none".to_owned());
            let what = format!("idempotency key: `{}` → `{}`", shown(&was.at), shown(&operation.at));
            let why = "it decides whether a failed call is retried automatically; make sure that a retry does no harm";
            let item = Item::new(Verdict::Breaking, ChangeKind::Changed, format!("`{}`", operation.name()), what);
            items.push(item.because(why));
        }
        let (was, is) = (word(&was.at, "x-safety"), word(&operation.at, "x-safety"));
        if was != is {
            let why = match is.as_str() {
                "read" => "a failed call is now retried automatically; make sure that a retry does no harm",
                _ => "a failed call is no longer retried automatically, and its error may be `Unknown`",
            };
            let what = format!("safety: `{was}` → `{is}`");
            items.push(
                Item::new(Verdict::Breaking, ChangeKind::Changed, format!("`{}`", operation.name()), what).because(why),
            );
        }
    }
    if let (Some(old), Some(new)) = (old.get("x-envelope"), new.get("x-envelope")) {
        envelope(&old, &new, &mut items);
    }
    items
}

fn envelope(old: &At<'_>, new: &At<'_>, items: &mut Vec<Item>) {
    for key in ["by", "status", "success", "error", "remark"] {
        let word = |at: &At<'_>| at.get(key).map_or("none".to_owned(), |at| describe(&at));
        if word(old) != word(new) {
            let why = match key {
                "remark" => {
                    "`remark()` and `reason()` are read from another property, which also decides what proves a refusal"
                }
                _ => "another rule decides whether an answer is `Ok` or an error",
            };
            let what = format!("{key}: `{}` → `{}`", word(old), word(new));
            items.push(Item::new(Verdict::Breaking, ChangeKind::Changed, "`x-envelope`", what).because(why));
        }
    }
    let texts = |at: &At<'_>| at.get("texts").and_then(|at| at.texts().ok()).unwrap_or_default();
    let (was, is) = (texts(old), texts(new));
    if was != is {
        let gone = was.iter().any(|text| !is.contains(text));
        let (verdict, why) = if gone {
            (Verdict::Breaking, "`messages()` no longer returns some of the texts")
        } else {
            (Verdict::Compatible, "`messages()` returns other texts, which are for people only")
        };
        let what = format!("texts: `{}` → `{}`", was.join(", "), is.join(", "));
        items.push(Item::new(verdict, ChangeKind::Changed, "`x-envelope`", what).because(why));
    }
    refusals(old, new, items);
    reasons(old, new, items);
    let validation = |at: &At<'_>| at.get("validation").map(|at| describe(&at));
    let (was, is) = (validation(old), validation(new));
    if was != is {
        let (verdict, why) = match was {
            None => (
                Verdict::Compatible,
                "answers of this shape were `Unknown` and are now `NotDone`, so callers may send again; make sure that is correct",
            ),
            Some(_) => (Verdict::Breaking, "answers that were `NotDone` may now be `Unknown`"),
        };
        let shown = |answer: Option<String>| answer.unwrap_or("none".to_owned());
        let what = format!("validation: `{}` → `{}`", shown(was), shown(is));
        items.push(Item::new(verdict, ChangeKind::Changed, "`x-envelope`", what).because(why));
    }
}

/// Compares the texts that give a refusal its reason.
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
        push(Verdict::Compatible, ChangeKind::Added, text, "refusals with this text had no `reason()`, or another one");
    }
    for text in was.iter().filter(|text| !is.contains(text)) {
        push(Verdict::Breaking, ChangeKind::Removed, text, "code that checks for this `reason()` never finds it");
    }
}

/// The remarks or the HTTP statuses that prove a refusal, with their reasons; `None` if every error does.
type Refusals = Option<Vec<(String, String)>>;

fn refusals(old: &At<'_>, new: &At<'_>, items: &mut Vec<Item>) {
    let read = |at: &At<'_>| -> Refusals {
        let listed = at.get("refusals");
        if listed.is_none() && at.get("by").is_some() {
            return Some(Vec::new());
        }
        let entries = listed?.entries().ok()?;
        Some(entries.into_iter().map(|(remark, reason)| (remark.to_owned(), describe(&reason))).collect())
    };
    let mut push = |verdict, kind, what: String, why: &str| {
        items.push(Item::new(verdict, kind, "`x-envelope`, refusals", what).because(why));
    };
    let (was, is) = match (read(old), read(new)) {
        (None, None) => return,
        (None, Some(_)) => {
            let why = "errors that were `NotDone` may now be `Unknown`";
            return push(Verdict::Breaking, ChangeKind::Changed, "all errors → the listed ones".to_owned(), why);
        }
        (Some(_), None) => {
            let why =
                "errors that were `Unknown` are now `NotDone`, so callers may send again; make sure that is correct";
            return push(Verdict::Compatible, ChangeKind::Changed, "the listed ones → all errors".to_owned(), why);
        }
        (Some(was), Some(is)) => (was, is),
    };
    for (remark, reason) in &is {
        match was.iter().find(|(other, _)| other == remark) {
            None => {
                let why = "errors with it were `Unknown` and are now `NotDone`, so callers may send again; make sure that is correct";
                push(Verdict::Compatible, ChangeKind::Added, format!("`{remark}` proves a refusal ({reason})"), why);
            }
            Some((_, before)) if before != reason => {
                let what = format!("`{remark}`: reason `{before}` → `{reason}`");
                push(
                    Verdict::Breaking,
                    ChangeKind::Changed,
                    what,
                    "code that checks for the old `reason()` never finds it",
                );
            }
            Some(_) => {}
        }
    }
    for (remark, _) in was.iter().filter(|(remark, _)| !is.iter().any(|(other, _)| other == remark)) {
        let why = "errors with it were `NotDone` and are now `Unknown`";
        push(Verdict::Breaking, ChangeKind::Removed, format!("`{remark}` no longer proves a refusal"), why);
    }
}
