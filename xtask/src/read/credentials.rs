//! The credentials, and which of them each operation needs.

use crate::document::{At, Result};
use crate::model::{Alternatives, Credential, CredentialKind};
use crate::names::snake_case;

/// Reads the security schemes. `securities` are those of the operations.
pub(super) fn read_credentials(root: &At<'_>, securities: &[&Alternatives]) -> Result<Vec<Credential>> {
    let mut credentials: Vec<Credential> = Vec::new();
    for (name, at) in schemes(root)? {
        let kind = read_kind(name, &at)?;
        if credentials.iter().any(|other| other.kind == kind) {
            return Err(
                at.error(format!("`{name}`: another credential has the same location: write one scheme for both"))
            );
        }
        credentials.push(Credential {
            scheme: name.to_owned(),
            name: snake_case(&at, name)?,
            kind,
            is_required: is_required(name, securities),
            description: at.get_text("description")?.unwrap_or_default().trim().to_owned(),
        });
    }
    Ok(credentials)
}

fn schemes<'d>(root: &At<'d>) -> Result<Vec<(&'d str, At<'d>)>> {
    let components = root.get("components");
    components.and_then(|at| at.get("securitySchemes")).map_or(Ok(Vec::new()), |at| at.entries())
}

fn read_kind(name: &str, at: &At<'_>) -> Result<CredentialKind> {
    let kind = at.need("type")?;
    match kind.text()? {
        "apiKey" => {
            let (place, wire_name) = (at.need("in")?, at.need_text("name")?);
            match place.text()? {
                "header" => Ok(CredentialKind::Header(header_name(&at.need("name")?, wire_name)?)),
                "query" => Ok(CredentialKind::Parameter(wire_name.to_owned())),
                "cookie" => Ok(CredentialKind::Cookie(wire_name.to_owned())),
                other => Err(place.error(format!("`{name}`: a credential cannot go into the {other}"))),
            }
        }
        "http" => {
            let scheme = at.need("scheme")?;
            match scheme.text()?.to_lowercase().as_str() {
                "basic" => Ok(CredentialKind::Basic),
                "bearer" => Ok(CredentialKind::Bearer),
                other => Err(scheme.error(format!("`{name}`: the scheme `{other}` is not supported: write `basic` or `bearer`"))),
            }
        }
        other => Err(kind.error(format!(
            "`{name}`: `{other}` is not supported: write `apiKey` or `http`. For a token that the caller obtains, write \
             `type: http` and `scheme: bearer`"
        ))),
    }
}

/// Reads the security of an operation: alternatives, each the names of schemes.
pub(super) fn read_security(at: &At<'_>) -> Result<Alternatives> {
    let root = at.root();
    let Some(security) = at.get("security").or_else(|| root.get("security")) else { return Ok(vec![Vec::new()]) };
    let schemes = schemes(&root)?;
    let alternative = |at: &At<'_>| {
        let names: Vec<_> = at.entries()?.into_iter().map(|(name, _)| name.to_owned()).collect();
        let kinds = schemes.iter().filter(|(name, _)| names.iter().any(|other| other == name));
        let kinds = kinds.map(|(name, at)| read_kind(name, at)).collect::<Result<Vec<_>>>()?;
        if kinds.contains(&CredentialKind::Basic) && kinds.contains(&CredentialKind::Bearer) {
            return Err(at.error("a request has one `Authorization`, so basic and bearer cannot go together"));
        }
        Ok(names)
    };
    let mut alternatives: Alternatives = security.items()?.iter().map(alternative).collect::<Result<_>>()?;
    // Every call has all credentials of an empty alternative, so the others would never be sent after it.
    alternatives.sort_by_key(Vec::is_empty);
    Ok(if alternatives.is_empty() { vec![Vec::new()] } else { alternatives })
}

/// Whether each operation that needs credentials needs this one.
fn is_required(name: &str, securities: &[&Alternatives]) -> bool {
    let mut needy = securities.iter().filter(|one| !one.iter().any(Vec::is_empty)).peekable();
    needy.peek().is_some() && needy.all(|one| one.iter().all(|names| names.iter().any(|other| other == name)))
}

/// Returns the name of a header in lower case, as HTTP libraries want it.
pub(super) fn header_name(at: &At<'_>, name: &str) -> Result<String> {
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
        Ok(name.to_ascii_lowercase())
    } else {
        Err(at.error(format!("`{name}` cannot be the name of a header: write letters, digits and `-`")))
    }
}

#[cfg(test)]
mod tests {
    use super::read_security;
    use crate::document::Document;

    #[test]
    fn no_credentials_are_the_last_alternative() {
        let text = "get: { security: [{}, { key: [] }, { other: [] }] }\n\
                    components: { securitySchemes: { key: { type: apiKey, in: header, name: k }, \
                    other: { type: http, scheme: bearer } } }";
        let document = Document::parse("a.yaml", text).expect("it is YAML");
        let operation = document.root().get("get").expect("it is there");
        let expected: [&[&str]; 3] = [&["key"], &["other"], &[]];
        assert_eq!(read_security(&operation).expect("it can be read"), expected);
    }
}
