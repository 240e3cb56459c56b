//! The listing of a surface, read back: what [`crate::surface`] lists, thing by thing.

use std::collections::BTreeMap;

/// Something listed, such as a type or an operation.
#[derive(Debug)]
pub(super) struct Block {
    /// The chapter of the listing.
    pub(super) section: String,
    pub(super) name: String,
    /// Its traits, and those of its builder.
    pub(super) traits: Vec<String>,
    /// What is in it, by name.
    pub(super) parts: BTreeMap<String, Part>,
}

impl Block {
    pub(super) fn has(&self, name: &str) -> bool {
        self.traits.iter().any(|one| one == name)
    }
}

/// A field, a variant, a function, or what an operation takes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Its type or signature.
    pub(super) ty: String,
    pub(super) required: bool,
    /// Its name on the wire, if that differs.
    pub(super) wire_name: Option<String>,
    /// Its value, if it is a variant that has one.
    pub(super) value: Option<String>,
}

/// Reads a listing.
pub(super) fn blocks(listing: &str) -> Vec<Block> {
    let (mut section, mut traits, mut in_heading) = (String::new(), Vec::new(), false);
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for line in listing.lines() {
        if let Some(title) = line.strip_prefix("# ") {
            (section, traits) = (title.to_owned(), Vec::new());
        } else if line.starts_with("Traits") && !open {
            if !in_heading {
                traits.clear();
            }
            traits.extend(heading(line));
            in_heading = true;
            continue;
        } else if line == "}" {
            open = false;
        } else if let Some(name) = line.strip_suffix(" {").or_else(|| line.strip_suffix(" {}")).filter(|_| !open) {
            // After an operation's name comes what it is on the wire.
            let name = name.split(": ").next().unwrap_or(name).to_owned();
            blocks.push(Block { section: section.clone(), name, traits: traits.clone(), parts: BTreeMap::new() });
            open = line.ends_with('{');
        } else if let (true, Some(block)) = (open, blocks.last_mut()) {
            if let Some((name, part)) = part(line.trim_start()) {
                block.parts.insert(name, part);
            }
        } else if !line.is_empty() && section != ANSWERS {
            let (name, ty) = line.split_once(": ").unwrap_or((line, ""));
            let part = Part { ty: ty.to_owned(), required: false, wire_name: None, value: None };
            let parts = [("it".to_owned(), part)].into();
            blocks.push(Block { section: section.clone(), name: name.to_owned(), traits: Vec::new(), parts });
        }
        in_heading = false;
    }
    blocks
}

/// The chapter on the envelope, which is no type.
const ANSWERS: &str = "Answers";

/// The traits in a heading; those of a builder are marked.
fn heading(line: &str) -> Vec<String> {
    let (whose, list) = line.split_once(": ").unwrap_or((line, ""));
    let whose = whose.strip_prefix("Traits of ").map(|whose| format!(" of {whose}")).unwrap_or_default();
    let mut depth = 0;
    let split = list.split(|c: char| {
        depth += i32::from(matches!(c, '<' | '(')) - i32::from(matches!(c, '>' | ')'));
        c == ',' && depth == 0
    });
    split.map(|name| format!("{}{whose}", name.trim())).filter(|name| name != &whose).collect()
}

/// A line of a block. What it says of the wire alone is for the spec to tell.
fn part(line: &str) -> Option<(String, Part)> {
    if ["constant ", "pages: ", "rule ", "in order "].iter().any(|start| line.starts_with(start)) {
        return None;
    }
    let mut part = Part { ty: line.to_owned(), required: false, wire_name: None, value: None };
    if let Some((before, signature)) = line.split_once("fn ").filter(|(before, _)| !before.contains(':')) {
        let name = signature.split(['(', '<']).next().unwrap_or(signature);
        part.ty = format!("{before}fn {signature}");
        return Some((format!("{name}()"), part));
    }
    if let Some(answer) = line.strip_prefix("-> ") {
        answer.clone_into(&mut part.ty);
        return Some(("the answer".to_owned(), part));
    }
    if let Some((name, ty)) = line.split_once(": ").filter(|(name, _)| !name.contains(['{', '(', '='])) {
        // Before the name may stand where it goes.
        let name = name.rsplit(' ').next().unwrap_or(name);
        let (ty, wire_name) = match ty.split_once(", on the wire ") {
            Some((ty, wire_name)) => (ty, Some(wire_name.trim_matches('`').to_owned())),
            None => (ty, None),
        };
        part.required = ty.ends_with(", required");
        ty.trim_end_matches(", required").clone_into(&mut part.ty);
        part.wire_name = wire_name;
        return Some((name.to_owned(), part));
    }
    let (variant, value) = match line.split_once(" = ") {
        Some((variant, value)) => (variant, Some(value.to_owned())),
        None => (line, None),
    };
    let name = variant.split([' ', '(', '{']).next().unwrap_or(variant);
    variant[name.len()..].trim().clone_into(&mut part.ty);
    part.value = value;
    Some((name.to_owned(), part))
}
