//! The credentials.

use crate::document::{At, Result};
use crate::model::{Credential, Place};
use crate::names::snake_case;

pub(super) fn read_credentials(root: &At<'_>) -> Result<Vec<Credential>> {
    let schemes = root.need("components")?.need("securitySchemes")?;
    schemes
        .entries()?
        .into_iter()
        .map(|(name, at)| {
            let kind = at.need("type")?;
            if kind.text()? != "apiKey" {
                return Err(kind.error(format!("`{name}`: only apiKey is supported")));
            }
            let (place, wire_name) = (at.need("in")?, at.need_text("name")?);
            let (place, wire_name) = match place.text()? {
                "header" => (Place::Header, header_name(&at.need("name")?, wire_name)?),
                "query" => (Place::Query, wire_name.to_owned()),
                other => return Err(place.error(format!("`{name}`: a credential cannot go into the {other}"))),
            };
            Ok(Credential {
                name: snake_case(&at, name)?,
                place,
                wire_name,
                description: at.need_text("description")?.trim().to_owned(),
            })
        })
        .collect()
}

/// Returns the name of a header in lower case, as HTTP libraries want it.
fn header_name(at: &At<'_>, name: &str) -> Result<String> {
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
        Ok(name.to_ascii_lowercase())
    } else {
        Err(at.error(format!("`{name}` cannot be the name of a header: write letters, digits and `-`")))
    }
}
