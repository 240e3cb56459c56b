//! Lists, page after page.

pub(crate) mod cursor;
pub(crate) mod items;
pub(crate) mod page;
pub(crate) mod progress;
pub(crate) mod summary;
