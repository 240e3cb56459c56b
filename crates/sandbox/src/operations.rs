//! The operations of each provider.

use crate::{Provider, chatguru, external_api, operation::Operation};

/// Returns the operations of a provider, in the order of its API's table.
pub(crate) fn operations(provider: Provider) -> Vec<&'static Operation> {
    if provider.is_external_api() { external_api::operations().collect() } else { chatguru::operations().collect() }
}
