//! The causes of errors.

use std::error::Error as StdError;
use std::iter::successors;

/// Returns the causes of an error, outermost first, without the error itself.
pub(crate) fn causes<'e>(error: &'e (dyn StdError + 'static)) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    successors(error.source(), |cause: &&'e (dyn StdError + 'static)| {
        let cause: &'e (dyn StdError + 'static) = *cause;
        cause.source()
    })
}
