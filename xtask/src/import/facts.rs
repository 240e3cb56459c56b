//! The fact that an imported spec cites: which document it comes from.

use crate::codegen::Failure;
use crate::lint::Facts;

/// The fact of an import, and the list of facts with it.
#[derive(Debug)]
pub(super) struct Fact {
    /// The number, such as `E1`.
    pub number: String,
    /// The section with this fact alone.
    pub section: String,
    /// The new text of `specs/facts.md`.
    pub list: String,
}

/// Adds the fact of a document, or brings the fact that the last import cited up to date.
pub(super) fn fact(list: &str, title: &str, document: (&str, &str), cited: Option<&str>) -> Result<Fact, Failure> {
    let text = paragraph(document);
    if let Some(number) = cited {
        let heading = format!("#### {number}\n\n");
        let Some(start) = list.find(&heading).map(|start| start + heading.len()) else {
            return Err(vec![format!(
                "specs/facts.md: there is no fact {number}, which the spec cites for its document"
            )]);
        };
        let end = list[start..].find("\n\n").map_or(list.len(), |end| start + end);
        let own = list[start..end].trim_end();
        // A text that was changed by hand stays.
        let text = if own.starts_with(START) { text } else { own.to_owned() };
        let section = format!("#### {number}\n\n{text}\n");
        let list = format!("{}{text}\n{}", &list[..start], list[end..].trim_start_matches('\n').prefixed("\n"));
        return Ok(Fact { number: number.to_owned(), section, list });
    }
    let number = free_number(list, title);
    let section = format!("#### {number}\n\n{text}\n");
    let heading = super::prose::without_secrets(title);
    let list = format!("{}\n\n## {heading}\n\n### The document\n\n{section}", list.trim_end());
    Ok(Fact { number, section, list })
}

/// What the text of the fact starts with.
const START: &str = "(docs) The provider publishes";

fn paragraph((file, version): (&str, &str)) -> String {
    let code = |text: &str| super::prose::without_secrets(&text.replace('`', "'")).into_owned();
    let text = format!(
        "{START} an OpenAPI document, `{}`. The spec was imported from its version `{}`.",
        code(file),
        code(version)
    );
    super::prose::wrapped(&text).trim_end().to_owned()
}

/// Returns the first number of a letter that no fact has, if possible that of the title.
fn free_number(list: &str, title: &str) -> String {
    let facts = Facts::parse("specs/facts.md", list);
    let is_free = |letter: &char| !facts.numbers().any(|number| number.starts_with(*letter));
    let own = title.chars().find(char::is_ascii_alphabetic).unwrap_or('A').to_ascii_uppercase();
    if let Some(letter) = [own].into_iter().chain('A'..='Z').find(is_free) {
        return format!("{letter}1");
    }
    let is_free = |number: &String| !facts.numbers().any(|other| other == number);
    (1..usize::MAX).map(|number| format!("{own}{number}")).find(is_free).unwrap_or_default()
}

trait Prefixed {
    fn prefixed(&self, prefix: &str) -> String;
}

impl Prefixed for str {
    /// Returns a text that is not empty below this prefix.
    fn prefixed(&self, prefix: &str) -> String {
        if self.is_empty() { String::new() } else { format!("{prefix}{self}") }
    }
}

#[cfg(test)]
mod tests {
    use super::fact;

    const LIST: &str = "# Facts\n\n## Other\n\n#### E1\n\n(docs) A fact.\n";

    #[test]
    fn a_new_document_gets_a_letter_that_is_free() {
        let fact = fact(LIST, "Evolution", ("evolution.yaml", "2.1"), None).expect("there is a letter");
        assert_eq!(fact.number, "A1", "E is taken");
        assert!(fact.list.starts_with(LIST), "{}", fact.list);
        assert!(
            fact.list.ends_with(
                "\n## Evolution\n\n### The document\n\n#### A1\n\n(docs) The provider publishes an OpenAPI document, \
             `evolution.yaml`. The spec was imported from\nits version `2.1`.\n"
            ),
            "{}",
            fact.list
        );
    }

    #[test]
    fn a_new_version_replaces_the_text_of_the_import_and_no_other() {
        let first = fact(LIST, "Bot", ("bot.yaml", "1"), None).expect("there is a letter");
        let list = format!("{}\n#### B2\n\n(guess) By hand.\n", first.list);
        let second = fact(&list, "Bot", ("bot.yaml", "2"), Some("B1")).expect("the fact is there");
        assert_eq!(second.list, list.replace("version `1`", "version `2`"));
        let own = list.replace("(docs) The provider", "(docs) This provider");
        let kept = fact(&own, "Bot", ("bot.yaml", "3"), Some("B1")).expect("the fact is there");
        assert_eq!(kept.list, own);
        assert!(fact(LIST, "Bot", ("bot.yaml", "3"), Some("B1")).is_err());
    }
}
