//! Where the operations of a client are.

use std::sync::{PoisonError, RwLock};

use reqwest::Url;

use crate::operation::Operation;

/// The base URL, and below it that of each operation that was called: to join them parses the path.
pub(crate) struct Urls {
    base: Url,
    /// Of operations whose path has no parameters. As many as there are in an API, so that looking
    /// through them is quick.
    joined: RwLock<Vec<(&'static Operation, Url)>>,
}

impl Urls {
    pub(crate) fn new(base: Url) -> Self {
        Self { base, joined: RwLock::default() }
    }

    pub(crate) fn base(&self) -> &Url {
        &self.base
    }

    /// The URL of `operation`, or that of its path with these values for its parameters.
    pub(crate) fn of(&self, operation: &'static Operation, filled_in: Option<&str>) -> Url {
        if let Some(path) = filled_in {
            return self.join(path);
        }
        let known = self.joined.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, url)) = known.iter().find(|(known, _)| std::ptr::eq(*known, operation)) {
            return url.clone();
        }
        drop(known);
        let url = self.join(operation.path);
        // Two calls may come here at once: a second entry does no harm.
        self.joined.write().unwrap_or_else(PoisonError::into_inner).push((operation, url.clone()));
        url
    }

    fn join(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&(base + path));
        url
    }
}

#[cfg(test)]
mod tests {
    use reqwest::Method;

    use super::*;
    use crate::operation::Safety;

    static LIST: Operation = Operation::new("list", Method::GET, "/list", Safety::Read, "Lists.");
    static OTHER: Operation = Operation::new("other", Method::GET, "/other", Safety::Read, "Lists others.");

    #[test]
    fn each_operation_keeps_its_url() {
        let urls = Urls::new(Url::parse("https://zap.example/api/").unwrap());
        for _ in 0..2 {
            assert_eq!(urls.of(&LIST, None).as_str(), "https://zap.example/api/list");
            assert_eq!(urls.of(&OTHER, None).as_str(), "https://zap.example/api/other");
            assert_eq!(urls.of(&LIST, Some("/list/7")).as_str(), "https://zap.example/api/list/7");
        }
        assert_eq!(urls.joined.read().unwrap().len(), 2);
    }
}
