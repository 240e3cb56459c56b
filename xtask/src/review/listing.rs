//! Parses the listing of a surface, which [`crate::surface`] writes.

use std::collections::BTreeMap;

/// An entry of the listing, such as a type or an operation.
#[derive(Debug)]
pub(super) struct Block {
    /// The title of the section.
    pub(super) section: String,
    pub(super) name: String,
    /// The traits of the type and of its builder.
    pub(super) traits: Vec<String>,
    /// The members by name.
    pub(super) members: BTreeMap<String, Member>,
}

impl Block {
    pub(super) fn has(&self, name: &str) -> bool {
        self.traits.iter().any(|one| one == name)
    }
}

/// A field, a variant, a function, or a parameter of an operation.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// The type or the signature.
    pub(super) ty: String,
    pub(super) required: bool,
    /// The name on the wire, if it differs.
    pub(super) wire_name: Option<String>,
    /// The value of a variant, if it has one.
    pub(super) value: Option<String>,
}

/// Parses a listing.
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
            // The request line follows the name of an operation.
            let name = name.split(": ").next().unwrap_or(name).to_owned();
            blocks.push(Block { section: section.clone(), name, traits: traits.clone(), members: BTreeMap::new() });
            open = line.ends_with('{');
        } else if let (true, Some(block)) = (open, blocks.last_mut()) {
            if let Some((name, member)) = member(line.trim_start()) {
                block.members.insert(name, member);
            }
        } else if !line.is_empty() && section != ANSWERS {
            let (name, ty) = line.split_once(": ").unwrap_or((line, ""));
            let member = Member { ty: ty.to_owned(), required: false, wire_name: None, value: None };
            let members = [("it".to_owned(), member)].into();
            blocks.push(Block { section: section.clone(), name: name.to_owned(), traits: Vec::new(), members });
        }
        in_heading = false;
    }
    blocks
}

/// The section about the envelope, which is not a type.
const ANSWERS: &str = "Answers";

/// Returns the traits in a heading. Those of a builder have a suffix.
fn heading(line: &str) -> Vec<String> {
    let (owner, list) = line.split_once(": ").unwrap_or((line, ""));
    let owner = owner.strip_prefix("Traits of ").map(|owner| format!(" of {owner}")).unwrap_or_default();
    let mut depth = 0;
    let split = list.split(|c: char| {
        depth += i32::from(matches!(c, '<' | '(')) - i32::from(matches!(c, '>' | ')'));
        c == ',' && depth == 0
    });
    split.map(|name| format!("{}{owner}", name.trim())).filter(|name| name != &owner).collect()
}

/// What lines start with that concern only the wire.
const OF_THE_WIRE: [&str; 8] =
    ["constant ", "pages: ", "rule ", "in order ", "then ", "accepts ", "idempotency key ", "security "];

/// Parses a line of a block. Ignores lines that concern only the wire, which the comparison of the specs covers.
fn member(line: &str) -> Option<(String, Member)> {
    if OF_THE_WIRE.iter().any(|start| line.starts_with(start)) {
        return None;
    }
    let mut member = Member { ty: line.to_owned(), required: false, wire_name: None, value: None };
    if let Some((before, signature)) = line.split_once("fn ").filter(|(before, _)| !before.contains(':')) {
        let name = signature.split(['(', '<']).next().unwrap_or(signature);
        member.ty = format!("{before}fn {signature}");
        return Some((format!("{name}()"), member));
    }
    if let Some(answer) = line.strip_prefix("-> ") {
        answer.clone_into(&mut member.ty);
        return Some(("the answer".to_owned(), member));
    }
    if let Some((name, ty)) = line.split_once(": ").filter(|(name, _)| !name.contains(['{', '(', '='])) {
        // The location of a parameter can precede its name.
        let name = name.rsplit(' ').next().unwrap_or(name);
        let (ty, wire_name) = match ty.split_once(", on the wire ") {
            Some((ty, wire_name)) => (ty, Some(wire_name.trim_matches('`').to_owned())),
            None => (ty, None),
        };
        member.required = ty.ends_with(", required");
        ty.trim_end_matches(", required").clone_into(&mut member.ty);
        member.wire_name = wire_name;
        return Some((name.to_owned(), member));
    }
    let (variant, value) = match line.split_once(" = ") {
        Some((variant, value)) => (variant, Some(value.to_owned())),
        None => (line, None),
    };
    let name = variant.split([' ', '(', '{']).next().unwrap_or(variant);
    variant[name.len()..].trim().clone_into(&mut member.ty);
    member.value = value;
    Some((name.to_owned(), member))
}
