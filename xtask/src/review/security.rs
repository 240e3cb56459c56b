//! The credentials that an operation needs, and whether its callers send the same as before.

use std::collections::BTreeSet;
use std::fmt;

use crate::spec_index::OperationNode;

/// The alternatives of an operation, each with the names of its credentials.
#[derive(PartialEq, Eq)]
pub(super) struct Security(Vec<BTreeSet<String>>);

/// The number of credentials up to which all combinations are tried.
const MOST_CREDENTIALS: usize = 12;

impl Security {
    /// Reads the `security` of an operation, or else of the document.
    pub(super) fn of(operation: &OperationNode<'_>) -> Self {
        let security = operation.at.get("security").or_else(|| operation.at.root().get("security"));
        let alternatives = security.and_then(|at| at.as_items()).unwrap_or_default();
        let names = alternatives.iter().map(|at| {
            let entries = at.as_entries().unwrap_or_default();
            entries.into_iter().map(|(name, _)| name.to_owned()).collect()
        });
        let mut alternatives: Vec<_> = names.collect();
        if alternatives.is_empty() {
            alternatives.push(BTreeSet::new());
        }
        Self(alternatives)
    }

    /// Whether an alternative has the credential.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|alternative| alternative.contains(name))
    }

    /// Whether all alternatives have the credential.
    pub(super) fn needs(&self, name: &str) -> bool {
        self.0.iter().all(|alternative| alternative.contains(name))
    }

    /// Whether each call that could be sent before is sent with the same credentials. `known` are the credentials that
    /// callers could give before.
    pub(super) fn is_kept_by(&self, new: &Self, known: &BTreeSet<&str>) -> bool {
        let names: BTreeSet<_> = self.0.iter().chain(&new.0).flatten().map(String::as_str).collect();
        let names: Vec<_> = names.intersection(known).copied().collect();
        if names.len() > MOST_CREDENTIALS {
            return false;
        }
        (0..1_u32 << names.len()).all(|bits| {
            let is_given = |index: &usize| bits & (1 << index) != 0;
            let given: BTreeSet<_> = (0..names.len()).filter(is_given).map(|index| names[index]).collect();
            let sent = self.sent(&given);
            sent.is_none() || sent == new.sent(&given)
        })
    }

    /// Returns the credentials that a client with these sends: the first alternative of which all are given.
    fn sent(&self, given: &BTreeSet<&str>) -> Option<&BTreeSet<String>> {
        self.0.iter().find(|alternative| alternative.iter().all(|name| given.contains(name.as_str())))
    }
}

impl fmt::Display for Security {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, alternative) in self.0.iter().enumerate() {
            let names: Vec<_> = alternative.iter().map(|name| format!("`{name}`")).collect();
            let names = if names.is_empty() { "none".to_owned() } else { names.join(" and ") };
            write!(f, "{}{names}", if index > 0 { ", or " } else { "" })?;
        }
        Ok(())
    }
}
