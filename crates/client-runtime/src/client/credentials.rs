//! Credentials as headers and as parameters.

use bytes::Bytes;
use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use zeroize::Zeroizing;

use crate::redact::secret::{CredentialLocation, Secret};
use crate::spec::api::Api;

pub(crate) fn headers(api: &Api, credentials: &[(CredentialLocation, Secret)]) -> Result<HeaderMap, String> {
    // Its copies keep the size of its index (though not the room for entries), so that the index need
    // not be built anew for what the HTTP library adds.
    let mut headers = HeaderMap::with_capacity(12);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(USER_AGENT, HeaderValue::from_static(api.user_agent));
    for (place, secret) in credentials {
        let (CredentialLocation::Header(name) | CredentialLocation::Parameter(name)) = place;
        if secret.expose().is_empty() {
            return Err(format!("the credential `{name}` is empty"));
        }
        if secret.expose().chars().any(|c| c.is_control() && c != '\t') {
            return Err(format!("the credential `{name}` has a control character such as a line break within it"));
        }
        if let CredentialLocation::Header(name) = place {
            let mut value = header_value(secret).ok_or_else(|| {
                format!("the credential `{name}` has a character that no header may carry, such as `é`")
            })?;
            // Never shown by `Debug`, nor kept in HTTP/2's table of headers.
            value.set_sensitive(true);
            let name = HeaderName::try_from(*name).map_err(|_| format!("`{name}` cannot be the name of a header"))?;
            headers.insert(name, value);
        }
    }
    Ok(headers)
}

/// A credential as the value of a header; its copies share one text, which is wiped with the last.
fn header_value(secret: &Secret) -> Option<HeaderValue> {
    let shown = |byte: u8| byte == b'\t' || matches!(byte, b' '..=b'~');
    let text = Bytes::from_owner(Zeroizing::new(secret.expose().to_owned()));
    let value = HeaderValue::from_maybe_shared(text).ok();
    value.filter(|_| secret.expose().bytes().all(shown))
}

/// The credentials that are parameters, urlencoded; `write` adds the value.
pub(crate) fn signature(
    credentials: &[(CredentialLocation, Secret)],
    write: impl Fn(&mut String, &Secret),
) -> Zeroizing<String> {
    // Room for all of it: what grows leaves copies behind that nobody wipes.
    let room = credentials.iter().map(|(_, secret)| 3 * secret.expose().len() + 64).sum();
    let mut signature = Zeroizing::new(String::with_capacity(room));
    for (place, secret) in credentials {
        if let CredentialLocation::Parameter(name) = place {
            if !signature.is_empty() {
                signature.push('&');
            }
            signature.push_str(name);
            signature.push('=');
            write(&mut signature, secret);
        }
    }
    signature
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
