//! The last touch: code that reads as if it was written by hand.

use std::collections::BTreeSet;

use syn::Attribute;
use syn::visit_mut::{self, VisitMut};

use super::{doc_line, set_docs};

/// Makes the code read as if written by hand: documentation line by line, prelude names
/// without their paths.
pub(super) struct Polish<'a> {
    /// Names that a schema has taken.
    pub(super) shadowed: &'a BTreeSet<String>,
}

/// What every Rust module can name as it is.
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

impl VisitMut for Polish<'_> {
    fn visit_attributes_mut(&mut self, attrs: &mut Vec<Attribute>) {
        let lines: Vec<_> = attrs.iter().filter_map(doc_line).collect();
        if !is_polished(&lines, attrs) {
            let text = lines.join("\n");
            set_docs(attrs, &text.lines().map(str::trim_end).map(unindent).collect::<Vec<_>>().join("\n"));
        }
    }

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
        let is = |names: &[&str; 3]| {
            path.segments.len() >= 3 && path.segments.iter().zip(names).all(|(segment, name)| segment.ident == name)
        };
        if PRELUDE.iter().any(is) && !self.shadowed.contains(&path.segments[2].ident.to_string()) {
            path.leading_colon = None;
            path.segments = path.segments.iter().skip(2).cloned().collect();
        }
    }
}

/// Documentation lines come with and without a space in front.
fn unindent(line: &str) -> &str {
    line.strip_prefix(' ').unwrap_or(line)
}

/// Whether documentation, the `lines`, if there are any, is as `set_docs` writes it. Most is: looking costs less than
/// writing.
fn is_polished(lines: &[String], attrs: &[Attribute]) -> bool {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return true };
    let is_line = |line: &String| line.is_empty() || line.starts_with(' ') && line.trim_end() == line;
    lines.iter().all(|line| is_line(line) && !line.contains('\n'))
        && !(first.is_empty() || last.is_empty() || first.starts_with("  "))
        && attrs[..lines.len()].iter().all(|attr| attr.path().is_ident("doc"))
}
