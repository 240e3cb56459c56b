//! The patterns of `LIKE`.

use super::collation;

/// The longest column that is searched, in characters.
const LONGEST: usize = 1024;

/// A search pattern: `LIKE '%needle%'`, where `%` and `_` in the needle are wildcards too.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// `None` if the pattern requires more than a column holds, so that it matches nothing.
    parts: Option<Vec<Part>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Letter(char),
    /// `_`
    One,
    /// `%`
    Any,
}

impl Pattern {
    /// Parses a needle once for all the columns that are searched.
    pub(crate) fn containing(needle: &str) -> Self {
        let mut parts = vec![Part::Any];
        let mut length = 0;
        // A backslash at the end escapes the `%` that follows.
        let mut letters = needle.chars().chain(std::iter::once('%'));
        while let Some(letter) = letters.next() {
            let part = match letter {
                '%' => Part::Any,
                '_' => Part::One,
                '\\' => Part::Letter(letters.next().unwrap_or('\\')),
                other => Part::Letter(other),
            };
            // Several in a row are equivalent to one.
            if part != Part::Any || parts.last() != Some(&Part::Any) {
                parts.push(part);
            }
            length += usize::from(part != Part::Any);
            if length > LONGEST {
                return Self { parts: None };
            }
        }
        Self { parts: Some(parts) }
    }

    /// Whether a column matches. After a mismatch, only the last `%` is extended by one character.
    pub(crate) fn matches(&self, column: &str) -> bool {
        let Some(parts) = &self.parts else { return false };
        let text: Vec<char> = column.chars().take(LONGEST).collect();
        let (mut at, mut p) = (0, 0);
        let mut retry = None;
        while at < text.len() {
            match parts.get(p) {
                Some(Part::Any) => {
                    retry = Some((p + 1, at));
                    p += 1;
                    continue;
                }
                Some(Part::One) => {}
                Some(Part::Letter(letter)) if collation::equal_letters(*letter, text[at]) => {}
                _ => {
                    let Some((after, from)) = retry else { return false };
                    retry = Some((after, from + 1));
                    (p, at) = (after, from + 1);
                    continue;
                }
            }
            (p, at) = (p + 1, at + 1);
        }
        parts[p.min(parts.len())..].iter().all(|part| *part == Part::Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(column: &str, needle: &str) -> bool {
        Pattern::containing(needle).matches(column)
    }

    #[test]
    fn without_accents_or_case() {
        assert!(contains("Conceição", "conceicao") && contains("José", "JOS") && contains("abc", "a_c"));
        assert!(contains("a%c", "\\%") && !contains("abc", "\\%") && !contains("abc", "acb"));
        assert!(contains("anything", "%") && contains("aaab", "ab") && contains("", ""));
        assert!(contains("a%", "\\") && !contains("a%b", "\\") && contains("a\\b", "\\\\"));
        assert!(contains("Image", "İ") && contains("11987", "１９") && !contains("strasse", "ß"));
    }

    #[test]
    fn a_long_needle_costs_no_more_than_to_read_it() {
        let column = "a".repeat(40);
        for part in ["a", "%", "%a", "_", "\\"] {
            let pattern = Pattern::containing(&part.repeat(1_000_000));
            assert_eq!(pattern.matches(&column), part == "%", "{part}");
            assert!(pattern.parts.is_none_or(|parts| parts.len() < 3 * LONGEST));
        }
    }
}
