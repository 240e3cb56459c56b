//! Changes of the requests, by operation.

use std::collections::BTreeSet;

use super::item::{ChangeKind, Item, Verdict};
use super::model::ApiReview;
use super::request::{Request, RequestPart, Requests};
use super::revision::Revision;

pub(super) const OTHER_REQUEST: &str = "the same call sends another request";
pub(super) const OTHER_ADDRESS: &str = "the same call sends its credentials to another address";

/// Adds the changes between the requests of two documents.
pub(super) fn compare(old: &Requests, new: &Requests, review: &mut ApiReview) {
    review.wire.extend(instances(&old.servers, &new.servers));
    let pairs: Vec<_> = new.operations.iter().map(|request| (before(request, old, new), request)).collect();
    review.wire.extend(security(old, new, &pairs));
    for (before, request) in pairs {
        if let Some(before) = before {
            operation(before, request, review);
        } else {
            let what = format!("sends `{}`", request.line);
            review.wire.push(Item::new(Verdict::Compatible, ChangeKind::Added, format!("`{}`", request.id), what));
        }
    }
}

/// Returns the request of the same operation in the old document.
fn before<'r>(request: &Request, old: &'r Requests, new: &Requests) -> Option<&'r Request> {
    let is_gone = |before: &&Request| !new.operations.iter().any(|one| one.id == before.id);
    let same = old.operations.iter().find(|before| before.id == request.id);
    // The surface shows the new name of an operation.
    let renamed =
        || old.operations.iter().filter(is_gone).find(|one| (&one.path, &one.line) == (&request.path, &request.line));
    same.or_else(renamed)
}

/// Names, each with a value.
type Named = [(String, String)];

fn get<'n>(named: &'n Named, name: &str) -> Option<&'n str> {
    named.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
}

fn instances(old: &Named, new: &Named) -> Vec<Item> {
    let changed = |(name, url): &(String, String)| {
        let subject = format!("instance `{name}`");
        match get(old, name) {
            Some(was) if was == url => None,
            Some(was) => {
                let item = Item::new(Verdict::Breaking, ChangeKind::Changed, subject, format!("`{was}` → `{url}`"));
                Some(item.because(OTHER_ADDRESS))
            }
            None => Some(Item::new(Verdict::Compatible, ChangeKind::Added, subject, format!("calls go to `{url}`"))),
        }
    };
    new.iter().filter_map(changed).collect()
}

/// Returns the changes of the credentials, and of which operations send them.
fn security(old: &Requests, new: &Requests, pairs: &[(Option<&Request>, &Request)]) -> Vec<Item> {
    let known: BTreeSet<_> = old.credentials.iter().map(|(name, _)| name.as_str()).collect();
    let changed: Vec<_> = pairs
        .iter()
        .filter_map(|(before, request)| before.map(|before| (before, *request)))
        .filter(|(before, request)| before.security != request.security)
        .map(|(before, request)| (before, request, before.security.is_kept_by(&request.security, &known)))
        .collect();
    let mut items = Vec::new();
    for (name, to) in &new.credentials {
        let subject = format!("credential `{name}`");
        match get(&old.credentials, name) {
            Some(was) if was == to => {}
            Some(was) => {
                let item = Item::new(Verdict::Breaking, ChangeKind::Changed, subject, format!("{was} → {to}"));
                items.push(item.because(OTHER_REQUEST));
            }
            None => {
                let is_breaking = changed.iter().any(|(_, request, is_kept)| !is_kept && request.security.has(name));
                let verdict = if is_breaking { Verdict::Breaking } else { Verdict::Compatible };
                let what = format!("{}, as {to}", senders(&new.operations, name));
                let item = Item::new(verdict, ChangeKind::Added, subject, what);
                items.push(if is_breaking { item.because(OTHER_REQUEST) } else { item });
            }
        }
    }
    for (name, _) in old.credentials.iter().filter(|(name, _)| get(&new.credentials, name).is_none()) {
        let subject = format!("credential `{name}`");
        let item = Item::new(Verdict::Breaking, ChangeKind::Removed, subject, "no call sends it any more");
        items.push(item.because(OTHER_REQUEST));
    }
    // A change of the document is one item.
    let common = pairs.iter().filter(|(before, _)| before.is_some()).count();
    let is_same = |(before, request, _): &(&Request, &Request, bool)| {
        (&before.security, &request.security) == (&changed[0].0.security, &changed[0].1.security)
    };
    let is_everywhere = changed.len() > 1 && changed.len() == common && changed.iter().all(is_same);
    for (before, request, is_kept) in changed.iter().take(if is_everywhere { 1 } else { changed.len() }) {
        let subject = if is_everywhere { "every operation".to_owned() } else { format!("`{}`", request.id) };
        let what = format!("credentials: {} → {}", before.security, request.security);
        let (verdict, why) = if *is_kept {
            (Verdict::Compatible, "a call that was sent before is sent with the same credentials")
        } else {
            (Verdict::Breaking, OTHER_REQUEST)
        };
        items.push(Item::new(verdict, ChangeKind::Changed, subject, what).because(why));
    }
    items
}

/// Says which calls send a credential.
fn senders(operations: &[Request], name: &str) -> String {
    if operations.iter().all(|operation| operation.security.needs(name)) {
        return "every call sends it".to_owned();
    }
    let senders: Vec<_> = operations.iter().filter(|operation| operation.security.has(name)).collect();
    let listed: Vec<_> = senders.iter().take(SENDERS).map(|operation| format!("`{}`", operation.id)).collect();
    match senders.len() {
        0 => "no call sends it".to_owned(),
        count if count > SENDERS => format!("{} and {} more can send it", listed.join(", "), count - SENDERS),
        1 => format!("only {} can send it", listed[0]),
        _ => format!("only {} can send it", listed.join(", ")),
    }
}

/// How many operations are listed that send a credential.
const SENDERS: usize = 8;

fn operation(old: &Request, new: &Request, review: &mut ApiReview) {
    let subject = format!("`{}`", new.id);
    let mut push = |verdict, kind, what: String, why: &str| {
        review.wire.push(Item::new(verdict, kind, subject.as_str(), what).because(why));
    };
    if old.line != new.line {
        push(Verdict::Breaking, ChangeKind::Changed, format!("`{}` → `{}`", old.line, new.line), OTHER_REQUEST);
    }
    if old.media != new.media {
        let word = |media: &Option<String>| media.as_ref().map_or("none".to_owned(), |media| format!("`{media}`"));
        let what = format!("body: {} → {}", word(&old.media), word(&new.media));
        push(Verdict::Breaking, ChangeKind::Changed, what, OTHER_REQUEST);
    }
    for (name, value) in &new.constants {
        match get(&old.constants, name) {
            Some(was) if was == value => {}
            Some(was) => {
                let what = format!("constant `{name}`: `{was}` → `{value}`");
                push(Verdict::Breaking, ChangeKind::Changed, what, OTHER_REQUEST);
            }
            None => {
                let what = format!("every call sends `{name}={value}`");
                push(Verdict::Breaking, ChangeKind::Added, what, OTHER_REQUEST);
            }
        }
    }
    for (name, value) in old.constants.iter().filter(|(name, _)| get(&new.constants, name).is_none()) {
        push(Verdict::Breaking, ChangeKind::Removed, format!("no call sends `{name}={value}` any more"), OTHER_REQUEST);
    }
    for part in &new.parts {
        let title = format!("{} {} `{}`", part.location, noun(part), part.name);
        match same(&old.parts, part) {
            None if part.required => {
                let why = "the client refuses a call without it before it is sent";
                push(Verdict::Breaking, ChangeKind::Added, format!("{title} is new and required"), why);
            }
            None => push(Verdict::Compatible, ChangeKind::Added, format!("{title} is new"), ""),
            Some(was) => {
                if was.name != part.name {
                    let what = format!("{} parameters `{}` → `{}`", part.location, was.name, part.name);
                    push(Verdict::Breaking, ChangeKind::Changed, what, OTHER_REQUEST);
                }
                // The media type of the body is another change.
                if was.location != part.location && !(was.is_in_body() && part.is_in_body()) {
                    let what = format!("`{}`: {} → {}", part.name, was.location, part.location);
                    push(Verdict::Breaking, ChangeKind::Changed, what, OTHER_REQUEST);
                }
                if was.encoding != part.encoding {
                    let what = format!("{title}: {} → {}", was.encoding, part.encoding);
                    push(Verdict::Breaking, ChangeKind::Changed, what, OTHER_REQUEST);
                }
                match (was.required, part.required) {
                    (false, true) => {
                        let why = "a call without it still compiles, and the client refuses it before it is sent";
                        push(Verdict::Breaking, ChangeKind::Changed, format!("{title} is now required"), why);
                    }
                    (true, false) => {
                        push(Verdict::Compatible, ChangeKind::Changed, format!("{title} is now optional"), "");
                    }
                    _ => {}
                }
            }
        }
    }
    for part in old.parts.iter().filter(|part| same(&new.parts, part).is_none()) {
        let what = format!("{} {} `{}` is not sent any more", part.location, noun(part), part.name);
        push(Verdict::Breaking, ChangeKind::Removed, what, OTHER_REQUEST);
    }
    // Both lists have the new names.
    let was: Vec<_> = old.parts.iter().filter_map(|part| same(&new.parts, part)).map(|part| &part.name).collect();
    let is: Vec<_> = new.parts.iter().filter(|part| same(&old.parts, part).is_some()).map(|part| &part.name).collect();
    if was != is {
        review.order.push(format!("the parts that `{}` sends", new.id));
    }
}

fn noun(part: &RequestPart) -> &'static str {
    match part.location.as_str() {
        "form" => "part",
        "JSON" => "property",
        _ => "parameter",
    }
}

fn same<'p>(parts: &'p [RequestPart], part: &RequestPart) -> Option<&'p RequestPart> {
    // The name of a map is its prefix, which can change.
    let both_maps = |other: &&RequestPart| other.encoding == "map" && part.encoding == "map";
    parts.iter().find(|other| other.name == part.name).or_else(|| parts.iter().find(both_maps))
}

/// Returns the committed snapshots of an API's requests that differ, each with the lines that differ.
pub(super) fn snapshots(name: &str, old: &Revision, new: &Revision) -> Vec<(String, Vec<String>)> {
    let prefix = format!("wire__{name}_");
    let is_ours = |path: &&str| path.rsplit('/').next().is_some_and(|file| file.starts_with(&prefix));
    let mut paths: Vec<_> = old.files().chain(new.files()).map(|(path, _)| path).filter(is_ours).collect();
    paths.sort_unstable();
    paths.dedup();
    let differs = paths.into_iter().filter(|path| old.get(path) != new.get(path));
    differs.map(|path| (path.to_owned(), lines(old.get(path), new.get(path)))).collect()
}

/// Returns the lines between the common start and the common end.
fn lines(old: Option<&String>, new: Option<&String>) -> Vec<String> {
    let split = |text: Option<&String>| text.map(|text| text.lines().map(str::to_owned).collect()).unwrap_or_default();
    let (mut old, mut new): (Vec<String>, Vec<String>) = (split(old), split(new));
    let start = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    (old, new) = (old.split_off(start), new.split_off(start));
    while old.last().is_some() && old.last() == new.last() {
        old.pop();
        new.pop();
    }
    let signed = |sign: &'static str| move |line: &String| format!("{sign} {line}").trim_end().to_owned();
    old.iter().map(signed("-")).chain(new.iter().map(signed("+"))).collect()
}
