//! Puts credentials into headers and parameters.

use bytes::Bytes;
use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use zeroize::Zeroizing;

use crate::redact::secret::{CredentialLocation, Secret};
use crate::spec::api::Api;

/// The media type that calls accept, unless their operation has another.
pub(crate) const JSON: &str = "application/json";

/// Returns the headers of every call, or what is wrong with a credential.
pub(crate) fn headers(api: &Api, credentials: &[(CredentialLocation, Secret)]) -> Result<HeaderMap, String> {
    // The copy for each call has an index of the same size, so the HTTP library can add headers without rebuilding it.
    let mut headers = HeaderMap::with_capacity(12);
    headers.insert(ACCEPT, HeaderValue::from_static(JSON));
    headers.insert(USER_AGENT, HeaderValue::from_static(api.user_agent));
    for (location, secret) in credentials {
        let (CredentialLocation::Header(name) | CredentialLocation::Parameter(name)) = location;
        if secret.expose().is_empty() {
            return Err(format!("the credential `{name}` is empty"));
        }
        if secret.expose().chars().any(|c| c.is_control() && c != '\t') {
            return Err(format!("the credential `{name}` contains a control character such as a line break"));
        }
        if let CredentialLocation::Header(name) = location {
            let mut value = header_value(secret).ok_or_else(|| {
                format!("the credential `{name}` has a character that is not allowed in a header, such as `é`")
            })?;
            // `Debug` does not show it, and HTTP/2 does not add it to its table of headers.
            value.set_sensitive(true);
            let name = HeaderName::try_from(*name).map_err(|_| format!("`{name}` is not a valid name of a header"))?;
            headers.insert(name, value);
        }
    }
    Ok(headers)
}

/// Returns a credential as the value of a header. All copies share one text, which is wiped with the last of them.
fn header_value(secret: &Secret) -> Option<HeaderValue> {
    let shown = |byte: u8| byte == b'\t' || matches!(byte, b' '..=b'~');
    let text = Bytes::from_owner(Zeroizing::new(secret.expose().to_owned()));
    let value = HeaderValue::from_maybe_shared(text).ok();
    value.filter(|_| secret.expose().bytes().all(shown))
}

/// Returns the credentials that are parameters as an urlencoded query. `write` adds each value.
pub(crate) fn auth_query(
    credentials: &[(CredentialLocation, Secret)],
    write: impl Fn(&mut String, &Secret),
) -> Zeroizing<String> {
    // Reserves room for everything, because a text that grows leaves copies behind that are not wiped.
    let room = credentials.iter().map(|(_, secret)| 3 * secret.expose().len() + 64).sum();
    let mut auth_query = Zeroizing::new(String::with_capacity(room));
    for (location, secret) in credentials {
        if let CredentialLocation::Parameter(name) = location {
            if !auth_query.is_empty() {
                auth_query.push('&');
            }
            auth_query.push_str(name);
            auth_query.push('=');
            write(&mut auth_query, secret);
        }
    }
    auth_query
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_in_headers_are_sensitive_and_can_be_carried() {
        let value = |text: &str| header_value(&Secret::new(text));
        for wrong in ["a\nb", "a\0", "\u{7f}", "é"] {
            assert_eq!(value(wrong), None, "{wrong:?}");
        }
        assert_eq!(value("a b\t~").unwrap(), "a b\t~");

        let headers = headers(
            &crate::spec::api::tests::API,
            &[(CredentialLocation::Header("client-secret"), Secret::new("canary"))],
        )
        .unwrap();
        assert!(headers["client-secret"].is_sensitive() && !headers[ACCEPT].is_sensitive());
        assert!(!format!("{headers:?}").contains("canary"), "{headers:?}");
    }
}
