//! The known differences, each with its reason.

use super::difference::Difference;
use crate::document::{At, Document, Result};

/// A known difference.
#[derive(Debug)]
pub(super) struct KnownDifference {
    file: String,
    line: usize,
    api: String,
    page: Option<String>,
    operation: String,
    what: String,
    reason: String,
    facts: Vec<String>,
}

/// Reads the list.
pub(super) fn read(file: &str, document: &Document) -> Result<Vec<KnownDifference>> {
    let entry = |at: &At<'_>, what: &At<'_>| {
        let word = |key: &str| at.need_text(key).map(str::to_owned);
        Ok(KnownDifference {
            file: file.to_owned(),
            line: what.line(),
            api: word("api")?,
            page: at.get_text("page")?.map(str::to_owned),
            operation: word("operation")?,
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

impl KnownDifference {
    /// Whether the entry lists this difference.
    pub(super) fn lists(&self, difference: &Difference) -> bool {
        (&self.api, &self.page, &self.operation, &self.what)
            == (&difference.api, &difference.page, &difference.operation, &difference.what)
    }

    /// Whether the comparison can find it. A difference of one page needs that page.
    pub(super) fn is_comparable(&self, instances: &[String]) -> bool {
        self.page.as_ref().is_none_or(|page| instances.contains(page))
    }

    /// Returns an error for each cited fact that is not in the list of facts.
    pub(super) fn unknown_facts(&self, facts: &str) -> Vec<String> {
        let missing = self.facts.iter().filter(|fact| !facts.contains(&format!("\n#### {fact}\n")));
        missing.map(|fact| format!("{}:{}: there is no fact {fact} in specs/facts.md", self.file, self.line)).collect()
    }

    /// Returns the error for an entry whose difference does not exist.
    pub(super) fn obsolete(&self) -> String {
        format!(
            "{}:{}: {}, {}: this difference no longer exists; delete the entry",
            self.file, self.line, self.operation, self.what
        )
    }

    /// Returns the operation, the reason and the facts.
    pub(super) fn summary(&self) -> String {
        format!("{}, {}: {} ({})", self.operation, self.what, self.reason, self.facts.join(", "))
    }
}
