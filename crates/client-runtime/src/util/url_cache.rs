//! Caches the URLs of operations.

use std::sync::{PoisonError, RwLock};

use reqwest::Url;

use crate::spec::operation::Operation;

/// The base URL, and the URLs of the operations that were called. Joining them each time would parse the path again.
pub(crate) struct UrlCache {
    base: Url,
    /// The URLs of operations whose path has no parameters, at most [`MAX_URLS`] of them.
    joined: RwLock<Vec<(&'static Operation, Url)>>,
}

/// The maximum number of URLs: more than an API has operations, and few enough for a linear search.
const MAX_URLS: usize = 256;

impl UrlCache {
    pub(crate) fn new(base: Url) -> Self {
        Self { base, joined: RwLock::default() }
    }

    pub(crate) fn base(&self) -> &Url {
        &self.base
    }

    /// Returns the URL of `operation`. `filled_in` is its path with the values of its parameters, if it has any.
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
        self.keep(operation, &url);
        url
    }

    fn keep(&self, operation: &'static Operation, url: &Url) {
        let mut joined = self.joined.write().unwrap_or_else(PoisonError::into_inner);
        // Another call may have added it in the meantime.
        if joined.len() < MAX_URLS && !joined.iter().any(|(known, _)| std::ptr::eq(*known, operation)) {
            joined.push((operation, url.clone()));
        }
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
    use crate::spec::operation::Safety;

    static LIST: Operation = Operation::new("list", Method::GET, "/list", Safety::Read, "Lists.");
    static OTHER: Operation = Operation::new("other", Method::GET, "/other", Safety::Read, "Lists others.");

    #[test]
    fn each_operation_keeps_its_url() {
        let urls = UrlCache::new(Url::parse("https://zap.example/api/").unwrap());
        for _ in 0..2 {
            assert_eq!(urls.of(&LIST, None).as_str(), "https://zap.example/api/list");
            assert_eq!(urls.of(&OTHER, None).as_str(), "https://zap.example/api/other");
            assert_eq!(urls.of(&LIST, Some("/list/7")).as_str(), "https://zap.example/api/list/7");
        }
        assert_eq!(urls.joined.read().unwrap().len(), 2);
    }

    #[test]
    fn no_more_are_kept_than_are_of_use() {
        let urls = UrlCache::new(Url::parse("https://zap.example/api/").unwrap());
        for _ in 0..2 {
            urls.keep(&LIST, urls.base());
            assert_eq!(urls.joined.read().unwrap().len(), 1, "once each");
        }
        for _ in 0..MAX_URLS + 10 {
            let operation = Operation::new("more", Method::GET, "/more", Safety::Read, "Lists more.");
            let url = urls.of(Box::leak(Box::new(operation)), None);
            assert_eq!(url.as_str(), "https://zap.example/api/more");
        }
        assert_eq!(urls.joined.read().unwrap().len(), MAX_URLS);
    }
}
