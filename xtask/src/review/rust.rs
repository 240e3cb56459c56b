//! Changes of what users can touch, and whether their code still compiles and works.

use super::listing::{Block, Part, blocks};
use super::{Item, Kind, Verdict};
use crate::client_code::ClientCode;
use crate::surface::surface;

/// What changed between two versions of a generated client.
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
        let item = Item::new(Verdict::Breaking, Kind::Removed, title(block), "gone");
        items.push(item.because("code that names it does not compile"));
    }
    Ok(items)
}

fn find<'b>(blocks: &'b [Block], block: &Block) -> Option<&'b Block> {
    blocks.iter().find(|other| (&other.section, &other.name) == (&block.section, &block.name))
}

/// What a block is, with its name.
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
    Item::new(Verdict::Compatible, Kind::Added, title(block), "new")
}

fn compare_blocks(old: &Block, new: &Block, items: &mut Vec<Item>) {
    // Of how many operations there are, the length of their table tells.
    if new.name.ends_with("::ALL") {
        return;
    }
    for name in new.traits.iter().filter(|name| !old.has(name)) {
        let item = Item::new(Verdict::Compatible, Kind::Added, title(new), format!("is `{name}`"));
        items.push(match name.as_str() {
            "non-exhaustive" => Item { verdict: Verdict::Breaking, ..item }
                .because("code that builds or matches it in full does not compile"),
            _ => item,
        });
    }
    for name in old.traits.iter().filter(|name| !new.has(name)) {
        let item = Item::new(Verdict::Breaking, Kind::Removed, title(new), format!("is not `{name}` any more"));
        items.push(match name.as_str() {
            "non-exhaustive" => Item { verdict: Verdict::Compatible, ..item },
            _ => item.because("code that relies on it does not compile"),
        });
    }
    for (name, part) in &new.parts {
        match old.parts.get(name) {
            Some(before) if before != part => changed(new, name, before, part, items),
            Some(_) => {}
            None => items.push(added_part(new, name, part)),
        }
    }
    for name in old.parts.keys().filter(|name| !new.parts.contains_key(*name)) {
        let item = Item::new(Verdict::Breaking, Kind::Removed, place(new, name), "gone");
        items.push(item.because("code that names it does not compile"));
    }
}

fn place(block: &Block, part: &str) -> String {
    match block.section.as_str() {
        "Installs" | "Open enums" if part.starts_with(char::is_uppercase) => format!("`{}::{part}`", block.name),
        "Others" => format!("`{}`", block.name),
        _ if part == "the answer" => format!("the answer of `{}`", block.name),
        _ => format!("`{}.{part}`", block.name),
    }
}

fn added_part(block: &Block, name: &str, part: &Part) -> Item {
    let item = |verdict, what: String| Item::new(verdict, Kind::Added, place(block, name), what);
    match block.section.as_str() {
        "Operations" | "Forms" if part.required => {
            let why = "a call without it compiles all the same, and is refused before it is sent";
            item(Verdict::Breaking, format!("new, `{}`, and required", part.ty)).because(why)
        }
        "Forms" | "Models" if !block.has("non-exhaustive") => {
            let why = "code that builds the type in full does not compile";
            item(Verdict::Breaking, format!("new, `{}`", part.ty)).because(why)
        }
        "Installs" | "Open enums" if !block.has("non-exhaustive") => {
            item(Verdict::Breaking, "new".to_owned()).because("code that matches all variants does not compile")
        }
        "Open enums" if part.value.is_some() => {
            let value = part.value.as_deref().unwrap_or_default();
            let why = format!("the enum is open: a match needs a `_` arm anyway; `{value}` came as `Unknown({value})`");
            item(Verdict::Compatible, format!("new, `{value}`")).because(why)
        }
        "Installs" => item(Verdict::Compatible, "new".to_owned()).because("the enum is not exhaustive"),
        _ => item(Verdict::Compatible, format!("new, `{}`", part.ty)),
    }
}

fn changed(block: &Block, name: &str, old: &Part, new: &Part, items: &mut Vec<Item>) {
    let mut push = |verdict, what: String, why: &str| {
        items.push(Item::new(verdict, Kind::Changed, place(block, name), what).because(why));
    };
    if old.ty != new.ty {
        let what = format!("`{}` → `{}`", old.ty, new.ty);
        let why = match (&*block.section, name) {
            ("Credentials", "new()") if arguments(&old.ty) == arguments(&new.ty) => {
                "the arguments change places and all take the same: code compiles, and signs wrongly"
            }
            ("Installs" | "Open enums", _) => "code that builds or matches the variant does not compile",
            (_, name) if name.ends_with("()") => "code that calls it may not compile",
            ("Operations", "the answer") => "code that uses the answer may not compile",
            ("Operations", _) => "its setter takes other types",
            ("Forms", _) => "its field has another type, and its setter takes others",
            _ => "code that uses its value does not compile",
        };
        push(Verdict::Breaking, what, why);
    }
    if !old.required && new.required {
        let why = "a call without it may compile all the same, and is refused before it is sent";
        push(Verdict::Breaking, "required now".to_owned(), why);
    }
    // Where nothing but that changed, more is allowed than was.
    if old.required && !new.required && old.ty == new.ty {
        push(Verdict::Compatible, "not required any more".to_owned(), "");
    }
    if old.value != new.value && block.section == "Open enums" {
        let value = |part: &Part| part.value.clone().unwrap_or_default();
        let why = "code compiles, and means another value";
        push(Verdict::Breaking, format!("`{}` → `{}`", value(old), value(new)), why);
    }
    // What an operation sends is the wire's to tell.
    if old.wire_name != new.wire_name && block.section != "Operations" {
        let word = |part: &Part| part.wire_name.clone().unwrap_or_else(|| name.to_owned());
        let why = "it is read from, or written to, another name";
        push(Verdict::Breaking, format!("`{}` → `{}` on the wire", word(old), word(new)), why);
    }
}

/// The arguments of a signature, in no order.
fn arguments(signature: &str) -> Vec<&str> {
    let list = signature.split_once('(').and_then(|(_, rest)| rest.rsplit_once(')')).map_or("", |(list, _)| list);
    let mut arguments: Vec<_> = list.split(", ").collect();
    arguments.sort_unstable();
    arguments
}
