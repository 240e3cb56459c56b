//! The causes of an error.

use std::error::Error as StdError;
use std::iter::successors;

/// What an error came from, outermost first, without the error itself.
pub(crate) fn causes<'e>(error: &'e (dyn StdError + 'static)) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    successors(error.source(), |cause: &&'e (dyn StdError + 'static)| {
        let cause: &'e (dyn StdError + 'static) = *cause;
        cause.source()
    })
}
