//! Headers as the ledger keeps them.

use std::borrow::Cow;

use axum::http::HeaderMap;

/// Headers in one allocation. Each value of a `HeaderMap` would keep the whole read buffer of its connection in memory.
#[derive(Debug, Default)]
pub(crate) struct HeaderLines(Box<[u8]>);

impl HeaderLines {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let length = headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 2).sum();
        let mut lines = Vec::with_capacity(length);
        for (name, value) in headers {
            // A name cannot contain a colon, and a value cannot contain a line break.
            lines.extend_from_slice(name.as_str().as_bytes());
            lines.push(b':');
            lines.extend_from_slice(value.as_bytes());
            lines.push(b'\n');
        }
        Self(lines.into_boxed_slice())
    }

    /// Returns names, in lower case, and values.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        self.0.split(|byte| *byte == b'\n').filter_map(|line| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let (name, value) = line.split_at(colon);
            Some((String::from_utf8_lossy(name), String::from_utf8_lossy(&value[1..])))
        })
    }

    /// Returns how many bytes they take.
    pub(super) fn weight(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn lines_are_as_they_came() {
        let mut headers = HeaderMap::new();
        for (name, value) in [("a", &b"one: two"[..]), ("b", b""), ("a", b"\t3"), ("c", b"\xff")] {
            headers.append(HeaderName::from_static(name), HeaderValue::from_bytes(value).unwrap());
        }
        let lines = HeaderLines::of(&headers);
        let shown: Vec<_> = lines.iter().collect();
        let shown: Vec<(&str, &str)> = shown.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(shown, [("a", "one: two"), ("a", "\t3"), ("b", ""), ("c", "\u{fffd}")]);
        assert_eq!(HeaderLines::default().iter().count(), 0);
    }
}
