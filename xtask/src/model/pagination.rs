//! How a list is divided into pages.

/// The spec's `x-pagination`.
#[derive(Debug)]
pub struct Pagination {
    /// How the next page is asked for.
    pub next: NextPage,
    /// The parameter for the size of a page.
    pub page_size: Option<String>,
    /// The path to the items in the answer.
    pub items: Vec<String>,
    /// The path to the number of all items.
    pub total: Option<Vec<String>>,
    /// The property that identifies an item.
    pub key: Option<String>,
}

/// How the next page of a list is asked for.
#[derive(Debug)]
pub enum NextPage {
    /// By its number.
    Number {
        /// The parameter for the number of the page.
        page: String,
        /// The path to the number of the last page.
        last_page: Vec<String>,
    },
    /// By the number of items before it.
    Offset {
        /// The parameter for the number of items before the page.
        offset: String,
    },
    /// By a text in the answer.
    Cursor {
        /// The parameter for the text.
        cursor: String,
        /// The path to the text in the answer.
        next: Vec<String>,
    },
    /// By a link in the answer.
    Link {
        /// The path to the URL of the next page, unless the header `Link` has it.
        next_url: Option<Vec<String>>,
    },
}

impl Pagination {
    /// Returns all paths in the answer.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Vec<String>> {
        let next = match &self.next {
            NextPage::Number { last_page: path, .. } | NextPage::Cursor { next: path, .. } => Some(path),
            NextPage::Link { next_url } => next_url.as_ref(),
            NextPage::Offset { .. } => None,
        };
        [&self.items].into_iter().chain(next).chain(&self.total)
    }
}
