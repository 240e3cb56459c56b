//! PHP's `strip_tags`.

/// The kind of markup around a character.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Text,
    Tag,
    /// `<? … ?>`
    Program,
    /// `<! … >`
    Declaration,
    Comment,
}

/// Returns the text without its tags. A `<` before white space does not begin a tag, and an unclosed tag extends to the
/// end.
pub(crate) fn strip_tags(html: &str) -> String {
    let letters: Vec<char> = html.chars().collect();
    let mut text = String::new();
    let (mut place, mut quote, mut depth) = (Place::Text, None, 0_usize);
    for (at, &letter) in letters.iter().enumerate() {
        let before = |count: usize| at.checked_sub(count).map(|at| letters[at]);
        match (place, letter) {
            (_, '\0') => {}
            (Place::Text, '<') if opens(&letters, at) => place = Place::Tag,
            (Place::Text, letter) => text.push(letter),
            (Place::Tag, '<') if quote.is_none() && opens(&letters, at) => depth += 1,
            (Place::Tag, '!') if before(1) == Some('<') => place = Place::Declaration,
            (Place::Tag, '?') if before(1) == Some('<') => place = Place::Program,
            (Place::Declaration, '-') if before(1) == Some('-') && before(2) == Some('!') => place = Place::Comment,
            (Place::Comment, '>') if before(1) == Some('-') && before(2) == Some('-') => {
                (place, quote) = (Place::Text, None);
            }
            (Place::Comment, _) => {}
            (_, '>') if depth > 0 => depth -= 1,
            (Place::Program, '>') if before(1) != Some('?') => {}
            (_, '>') if quote.is_none() => place = Place::Text,
            (_, '"' | '\'') if quote == Some(letter) => quote = None,
            (_, '"' | '\'') if quote.is_none() => quote = Some(letter),
            _ => {}
        }
    }
    text
}

fn opens(letters: &[char], at: usize) -> bool {
    !letters.get(at + 1).is_some_and(|next| matches!(next, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_the_rest_stays() {
        for (html, text) in [
            ("<p>Bom</p>", "Bom"),
            ("a < b <i>c</i> > d", "a < b c > d"),
            ("a <b title=\">\">c", "a c"),
            ("a<!-- <p> > -->b<br/>", "ab"),
            ("a<?php echo '>' ?>b", "ab"),
            ("a <b", "a "),
            ("a &amp; <b>b", "a &amp; b"),
            ("", ""),
        ] {
            assert_eq!(strip_tags(html), text, "{html}");
        }
    }
}
