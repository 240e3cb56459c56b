//! Documentation comments.

use proc_macro2::TokenStream;
use quote::quote;

use super::WIDTH;

/// A documentation comment.
pub fn doc(text: &str) -> TokenStream {
    let lines = doc_lines(text);
    quote! { #(#[doc = #lines])* }
}

/// The lines of a documentation comment. Lines that are too long are broken.
pub fn doc_lines(text: &str) -> impl Iterator<Item = String> {
    // rustc refuses a carriage return in a comment.
    let lines = text.trim().lines().flat_map(|line| line.split('\r')).map(str::trim_end);
    lines.flat_map(broken).map(|line| if line.is_empty() { line } else { format!(" {line}") })
}

/// Breaks a line of Markdown where it is too long for a comment within one pair of braces.
fn broken(line: &str) -> Vec<String> {
    const ROOM: usize = WIDTH - "    /// ".len();
    // What goes on in another line of a list is indented.
    let indent = if line.trim_start().starts_with("- ") { "  " } else { "" };
    let mut lines = vec![String::new()];
    for word in line.split_inclusive(' ') {
        let length = lines.last().map_or(0, |line| line.chars().count());
        if length > indent.len() && length + word.trim_end().chars().count() > ROOM {
            lines.push(indent.to_owned());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(word);
        }
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::doc_lines;

    #[test]
    fn a_line_of_documentation_is_one_line() {
        let lines: Vec<_> = doc_lines("\n One.\rTwo. \r\n\n  Three.\n").collect();
        assert_eq!(lines, [" One.", " Two.", "", "   Three."]);
        assert_eq!(doc_lines(" ").count(), 0);
    }

    #[test]
    fn a_long_line_is_broken_between_words() {
        let lines: Vec<_> = doc_lines(&format!("- `name`: {}", "word ".repeat(40))).collect();
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| line.len() <= 113), "{lines:?}");
        assert!(lines[1].starts_with("   word"), "{lines:?}");
    }
}
