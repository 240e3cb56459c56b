//! The differences that are known, each with its reason.

use super::difference::Difference;
use crate::document::{At, Document, Result};

/// A difference that is known.
#[derive(Debug)]
pub(super) struct Known {
    file: String,
    line: usize,
    api: String,
    page: Option<String>,
    place: String,
    what: String,
    reason: String,
    facts: Vec<String>,
}

/// Reads the list.
pub(super) fn read(file: &str, document: &Document) -> Result<Vec<Known>> {
    let entry = |at: &At<'_>, what: &At<'_>| {
        let word = |key: &str| at.need_text(key).map(str::to_owned);
        Ok(Known {
            file: file.to_owned(),
            line: what.line(),
            api: word("api")?,
            page: at.get_text("page")?.map(str::to_owned),
            place: word("place")?,
            what: what.text()?.to_owned(),
            reason: word("reason")?.trim().to_owned(),
            facts: at.need("facts")?.texts()?,
        })
    };
    let mut known = Vec::new();
    for at in document.root().items()? {
        let what = at.need("what")?;
        for what in what.items().unwrap_or_else(|_| vec![what]) {
            known.push(entry(&at, &what)?);
        }
    }
    Ok(known)
}

impl Known {
    /// Whether it is this difference.
    pub(super) fn is(&self, difference: &Difference) -> bool {
        (&self.api, &self.page, &self.place, &self.what)
            == (&difference.api, &difference.page, &difference.place, &difference.what)
    }

    /// Whether it can be judged: a page's own difference only where the page is given.
    pub(super) fn concerns(&self, instances: &[String]) -> bool {
        self.page.as_ref().is_none_or(|page| instances.contains(page))
    }

    /// Where it cites a fact that is not in the numbered list.
    pub(super) fn uncited(&self, facts: &str) -> Vec<String> {
        let missing = self.facts.iter().filter(|fact| !facts.contains(&format!("\n#### {fact}\n")));
        missing.map(|fact| format!("{}:{}: there is no fact {fact} in specs/facts.md", self.file, self.line)).collect()
    }

    /// What to say where there is no such difference.
    pub(super) fn gone(&self) -> String {
        format!(
            "{}:{}: {}, {}: there is no such difference: delete this entry",
            self.file, self.line, self.place, self.what
        )
    }

    /// Place, reason and facts.
    pub(super) fn line(&self) -> String {
        format!("{}, {}: {} ({})", self.place, self.what, self.reason, self.facts.join(", "))
    }
}
