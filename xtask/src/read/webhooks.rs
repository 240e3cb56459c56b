//! The webhooks: what a provider posts to a URL of the account's choice.

use std::collections::BTreeSet;

use crate::document::{At, Result};
use crate::schema::{component, reach};

/// Returns the names of the schemas that webhooks post, and adds all that they refer to to `reached`.
pub(super) fn read_webhooks<'d>(root: &At<'d>, reached: &mut BTreeSet<&'d str>) -> Result<BTreeSet<String>> {
    let webhooks = root.get("x-webhooks").map_or(Ok(Vec::new()), |at| at.entries())?;
    let webhooks = webhooks.into_iter().map(|(name, webhook)| {
        let body = webhook.need("post")?.need("requestBody")?;
        let media = body.need("content")?.need("application/json")?;
        reach(&media, reached)?;
        component(&media.need("schema")?, name)
    });
    webhooks.collect()
}
