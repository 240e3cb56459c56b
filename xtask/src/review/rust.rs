//! Changes of the public items, and whether the code of users still compiles and works.

use super::item::{ChangeKind, Item, Verdict};
use super::listing::{Block, Member, blocks};
use crate::client_code::ClientCode;
use crate::surface::surface;

/// Returns the changes between two versions of a generated client.
pub(super) fn items(old: &ClientCode, new: &ClientCode) -> Result<Vec<Item>, syn::Error> {
    let mut items = Vec::new();
    if old == new {
        return Ok(items);
    }
    let (old, new) = (surface(old)?, surface(new)?);
    let (old, new) = (blocks(&old), blocks(&new));
    for block in &new {
        match find(&old, block) {
            Some(before) => compare_blocks(before, block, &mut items),
            None => items.push(added(block)),
        }
    }
    for block in old.iter().filter(|block| find(&new, block).is_none()) {
        let item = Item::new(Verdict::Breaking, ChangeKind::Removed, title(block), "removed");
        items.push(item.because("code that names it does not compile"));
    }
    Ok(items)
}

fn find<'b>(blocks: &'b [Block], block: &Block) -> Option<&'b Block> {
    blocks.iter().find(|other| (&other.section, &other.name) == (&block.section, &block.name))
}

/// Returns the kind and the name of a block.
fn title(block: &Block) -> String {
    let noun = match block.section.as_str() {
        "Operations" => "operation",
        "Forms" => "form",
        "Models" => "model",
        "Open enums" => "enum",
        _ => return format!("`{}`", block.name),
    };
    format!("{noun} `{}`", block.name)
}

fn added(block: &Block) -> Item {
    Item::new(Verdict::Compatible, ChangeKind::Added, title(block), "new")
}

fn compare_blocks(old: &Block, new: &Block, items: &mut Vec<Item>) {
    // The length of this table is the number of operations.
    if new.name.ends_with("::ALL") {
        return;
    }
    for name in new.traits.iter().filter(|name| !old.has(name)) {
        let item = Item::new(Verdict::Compatible, ChangeKind::Added, title(new), format!("is `{name}`"));
        items.push(match name.as_str() {
            "non-exhaustive" => Item { verdict: Verdict::Breaking, ..item }
                .because("code that builds it or matches all of it does not compile"),
            _ => item,
        });
    }
    for name in old.traits.iter().filter(|name| !new.has(name)) {
        let item = Item::new(Verdict::Breaking, ChangeKind::Removed, title(new), format!("is no longer `{name}`"));
        items.push(match name.as_str() {
            "non-exhaustive" => Item { verdict: Verdict::Compatible, ..item },
            _ => item.because("code that relies on it does not compile"),
        });
    }
    for (name, member) in &new.members {
        match old.members.get(name) {
            Some(before) if before != member => changed(new, name, before, member, items),
            Some(_) => {}
            None => items.push(added_member(new, name, member)),
        }
    }
    for name in old.members.keys().filter(|name| !new.members.contains_key(*name)) {
        let item = Item::new(Verdict::Breaking, ChangeKind::Removed, subject(new, name), "removed");
        items.push(item.because("code that names it does not compile"));
    }
}

fn subject(block: &Block, member: &str) -> String {
    match block.section.as_str() {
        "Instances" | "Open enums" if member.starts_with(char::is_uppercase) => format!("`{}::{member}`", block.name),
        "Others" => format!("`{}`", block.name),
        _ if member == "the answer" => format!("the answer of `{}`", block.name),
        _ => format!("`{}.{member}`", block.name),
    }
}

fn added_member(block: &Block, name: &str, member: &Member) -> Item {
    let item = |verdict, what: String| Item::new(verdict, ChangeKind::Added, subject(block, name), what);
    match block.section.as_str() {
        "Operations" | "Forms" if member.required => {
            let why = "a call without it still compiles, and the client refuses it before it is sent";
            item(Verdict::Breaking, format!("new, `{}`, and required", member.ty)).because(why)
        }
        "Forms" | "Models" if !block.has("non-exhaustive") => {
            let why = "code that lists all fields of the type does not compile";
            item(Verdict::Breaking, format!("new, `{}`", member.ty)).because(why)
        }
        "Instances" | "Open enums" if !block.has("non-exhaustive") => {
            item(Verdict::Breaking, "new".to_owned()).because("code that matches all variants does not compile")
        }
        "Open enums" if member.value.is_some() => {
            let value = member.value.as_deref().unwrap_or_default();
            let why = format!("the enum is open, so every match has a `_` arm; `{value}` was `Unknown({value})`");
            item(Verdict::Compatible, format!("new, `{value}`")).because(why)
        }
        "Instances" => item(Verdict::Compatible, "new".to_owned()).because("the enum is not exhaustive"),
        _ => item(Verdict::Compatible, format!("new, `{}`", member.ty)),
    }
}

fn changed(block: &Block, name: &str, old: &Member, new: &Member, items: &mut Vec<Item>) {
    let mut push = |verdict, what: String, why: &str| {
        items.push(Item::new(verdict, ChangeKind::Changed, subject(block, name), what).because(why));
    };
    if old.ty != new.ty {
        let what = format!("`{}` → `{}`", old.ty, new.ty);
        let why = match (&*block.section, name) {
            ("Credentials", "new()") if arguments(&old.ty) == arguments(&new.ty) => {
                "the arguments swap positions and have the same types, so code compiles and sends wrong credentials"
            }
            ("Instances" | "Open enums", _) => "code that builds or matches the variant does not compile",
            (_, name) if name.ends_with("()") => "code that calls it may not compile",
            ("Operations", "the answer") => "code that uses the answer may not compile",
            ("Operations", _) => "its setter accepts other types",
            ("Forms", _) => "its field has another type, and its setter accepts other types",
            _ => "code that uses its value does not compile",
        };
        push(Verdict::Breaking, what, why);
    }
    if !old.required && new.required {
        let why = "a call without it may still compile, and the client refuses it before it is sent";
        push(Verdict::Breaking, "now required".to_owned(), why);
    }
    // If nothing else changed, more calls are accepted than before.
    if old.required && !new.required && old.ty == new.ty {
        push(Verdict::Compatible, "no longer required".to_owned(), "");
    }
    if old.value != new.value && block.section == "Open enums" {
        let value = |member: &Member| member.value.clone().unwrap_or_default();
        let why = "code compiles, but has another value";
        push(Verdict::Breaking, format!("`{}` → `{}`", value(old), value(new)), why);
    }
    // The comparison of the requests covers operations.
    if old.wire_name != new.wire_name && block.section != "Operations" {
        let word = |member: &Member| member.wire_name.clone().unwrap_or_else(|| name.to_owned());
        let why = "it is read from or written to another name";
        push(Verdict::Breaking, format!("`{}` → `{}` on the wire", word(old), word(new)), why);
    }
}

/// Returns the arguments of a signature, sorted.
fn arguments(signature: &str) -> Vec<&str> {
    let list = signature.split_once('(').and_then(|(_, rest)| rest.rsplit_once(')')).map_or("", |(list, _)| list);
    let mut arguments: Vec<_> = list.split(", ").collect();
    arguments.sort_unstable();
    arguments
}
