//! Changes of the requests, by operation.

use super::item::{ChangeKind, Item, Verdict};
use super::model::ApiReview;
use super::request::{Request, RequestPart, Requests};
use super::revision::Revision;

pub(super) const OTHER_REQUEST: &str = "the same call sends another request";
pub(super) const OTHER_ADDRESS: &str = "the same call sends its credentials to another address";

/// Adds the changes between the requests of two documents.
pub(super) fn compare(old: &Requests, new: &Requests, review: &mut ApiReview) {
    review.wire.extend(instances(&old.servers, &new.servers));
    review.wire.extend(credentials(&old.credentials, &new.credentials));
    for request in &new.operations {
        let is_gone = |before: &&Request| !new.operations.iter().any(|one| one.id == before.id);
        let same = old.operations.iter().find(|before| before.id == request.id);
        // The surface shows the new name of an operation.
        let renamed = || {
            old.operations.iter().filter(is_gone).find(|one| (&one.path, &one.line) == (&request.path, &request.line))
        };
        if let Some(before) = same.or_else(renamed) {
            operation(before, request, review);
        } else {
            let what = format!("sends `{}`", request.line);
            review.wire.push(Item::new(Verdict::Compatible, ChangeKind::Added, format!("`{}`", request.id), what));
        }
    }
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

fn credentials(old: &Named, new: &Named) -> Vec<Item> {
    let item = |kind, name: &str, what: String| {
        Item::new(Verdict::Breaking, kind, format!("credential `{name}`"), what).because(OTHER_REQUEST)
    };
    let changed = new.iter().filter_map(|(name, to)| match get(old, name) {
        Some(was) if was == to => None,
        Some(was) => Some(item(ChangeKind::Changed, name, format!("{was} → {to}"))),
        None => Some(item(ChangeKind::Added, name, format!("every call sends it, as {to}"))),
    });
    let gone = old.iter().filter(|(name, _)| get(new, name).is_none());
    changed
        .chain(gone.map(|(name, _)| item(ChangeKind::Removed, name, "no call sends it any more".to_owned())))
        .collect()
}

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
    if old.security != new.security {
        let what = format!("credentials: {} → {}", old.security, new.security);
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
                if was.location != part.location {
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
    if part.location == "form" { "part" } else { "parameter" }
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
