//! Shorter paths: names of the prelude without their modules.

use std::collections::BTreeSet;

use syn::Attribute;
use syn::visit_mut::{self, VisitMut};

use super::{documentation, set_docs};

/// Removes the modules from names of the prelude, so that the code reads as if it was written by hand.
pub(super) struct PreludePaths<'a> {
    /// The names of the spec's types, which hide those of the prelude.
    pub(super) shadowed: &'a BTreeSet<String>,
}

/// The names that every Rust module has.
const PRELUDE: [[&str; 3]; 10] = [
    ["std", "convert", "From"],
    ["std", "convert", "Into"],
    ["std", "convert", "TryFrom"],
    ["std", "convert", "TryInto"],
    ["std", "default", "Default"],
    ["std", "iter", "IntoIterator"],
    ["std", "option", "Option"],
    ["std", "result", "Result"],
    ["std", "string", "String"],
    ["std", "vec", "Vec"],
];

impl VisitMut for PreludePaths<'_> {
    // No attribute has such a path.
    fn visit_attributes_mut(&mut self, _attrs: &mut Vec<Attribute>) {}

    fn visit_type_path_mut(&mut self, ty: &mut syn::TypePath) {
        // `<T as Trait>::Name` counts the segments of its path: only what is inside may change.
        if let Some(qself) = &mut ty.qself {
            self.visit_type_mut(&mut qself.ty);
            ty.path.segments.iter_mut().for_each(|segment| self.visit_path_segment_mut(segment));
        } else {
            visit_mut::visit_type_path_mut(self, ty);
        }
    }

    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        // The last name differs most, so it is compared first.
        let is = |names: &[&str; 3]| (0..3).rev().all(|at| path.segments[at].ident == names[at]);
        let is_long = path.segments.len() >= 3;
        if is_long && PRELUDE.iter().any(is) && !self.shadowed.contains(&path.segments[2].ident.to_string()) {
            path.leading_colon = None;
            path.segments = std::mem::take(&mut path.segments).into_iter().skip(2).collect();
        }
    }
}

/// Writes documentation line by line. progenitor writes a description as one attribute.
pub(super) fn polish_docs(attrs: &mut Vec<Attribute>) {
    let text = documentation(attrs);
    set_docs(attrs, &text);
}
