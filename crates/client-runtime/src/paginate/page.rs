//! One page of a list; for generated code.

use std::fmt;
use std::future::Future;
use std::hash::{DefaultHasher, Hasher as _};
use std::pin::Pin;

use crate::error::error::Error;

/// A page that is being fetched; for generated code.
#[doc(hidden)]
pub type Fetch<'c, T> = Pin<Box<dyn Future<Output = Result<Page<T>, Error>> + Send + 'c>>;

/// One page of a list; for generated code.
#[doc(hidden)]
#[derive(Debug)]
pub struct Page<T> {
    /// The items, each with its key.
    pub items: Vec<(Key, T)>,
    /// The number of the last page, if the answer has it.
    pub last_page: Option<i64>,
    /// The number of items on all pages, if the answer has it.
    pub total: Option<i64>,
}

/// The identity of an item; for generated code.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    Number(i64),
    Text(String),
    /// A hash of a whole item that has no key.
    Content(u64),
}

impl Key {
    /// Returns the key of an item, or one made of its content.
    pub fn of(key: Option<Self>, item: &dyn fmt::Debug) -> Self {
        struct Sink(DefaultHasher);

        impl fmt::Write for Sink {
            fn write_str(&mut self, text: &str) -> fmt::Result {
                self.0.write(text.as_bytes());
                Ok(())
            }
        }

        key.unwrap_or_else(|| {
            let mut sink = Sink(DefaultHasher::new());
            let _ = fmt::Write::write_fmt(&mut sink, format_args!("{item:?}"));
            Self::Content(sink.0.finish())
        })
    }
}

impl From<i64> for Key {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<String> for Key {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// A list in an answer, which may be absent; for generated code.
#[doc(hidden)]
pub trait List<T> {
    fn list(self) -> Vec<T>;
}

impl<T> List<T> for Vec<T> {
    fn list(self) -> Vec<T> {
        self
    }
}

impl<T> List<T> for Option<Vec<T>> {
    fn list(self) -> Vec<T> {
        self.unwrap_or_default()
    }
}
