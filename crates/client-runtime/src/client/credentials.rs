//! Puts credentials into headers and parameters.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use reqwest::header::{ACCEPT, AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use zeroize::Zeroizing;

use crate::redact::secret::{MASK, Secret};
use crate::spec::api::Api;
use crate::spec::credential::CredentialLocation;
use crate::util::percent::encoded;

/// The media type that calls accept, unless their operation has another.
pub(crate) const JSON: &str = "application/json";

/// What calls with the same credentials carry.
#[derive(Clone)]
pub(crate) struct Auth {
    /// The headers. Credentials among them are marked as sensitive.
    pub(crate) headers: HeaderMap,
    /// The credentials that are parameters, urlencoded.
    pub(crate) query: Zeroizing<String>,
    /// The same with a mask for each value.
    pub(crate) masked_query: Zeroizing<String>,
}

impl Auth {
    /// Returns what calls with these credentials carry, or what is wrong with a credential.
    pub(crate) fn of(api: &Api, credentials: &[(CredentialLocation, Secret)]) -> Result<Self, String> {
        Ok(Self {
            headers: headers(api, credentials)?,
            query: auth_query(credentials, |text, secret| text.extend(encoded(secret.expose()))),
            masked_query: auth_query(credentials, |text, _| text.push_str(MASK)),
        })
    }
}

/// Returns the headers, or what is wrong with a credential.
fn headers(api: &Api, credentials: &[(CredentialLocation, Secret)]) -> Result<HeaderMap, String> {
    // The copy for each call has an index of the same size, so the HTTP library can add headers without rebuilding it.
    let mut headers = HeaderMap::with_capacity(12);
    headers.insert(ACCEPT, HeaderValue::from_static(JSON));
    headers.insert(USER_AGENT, HeaderValue::from_static(api.user_agent));
    let mut user = None;
    let mut cookies = Zeroizing::new(String::with_capacity(room(credentials)));
    for (location, secret) in credentials {
        let name = location.name();
        // Where a key is the user name, the password is often empty.
        if secret.expose().is_empty() && *location != CredentialLocation::BasicPassword {
            return Err(format!("the credential `{name}` is empty"));
        }
        if secret.expose().chars().any(|c| c.is_control() && c != '\t') {
            return Err(format!("the credential `{name}` contains a control character such as a line break"));
        }
        let not_in_header =
            || format!("the credential `{name}` has a character that is not allowed in a header, such as `é`");
        match location {
            CredentialLocation::Header(name) => {
                let value = header_value(secret).ok_or_else(not_in_header)?;
                let name =
                    HeaderName::try_from(*name).map_err(|_| format!("`{name}` is not a valid name of a header"))?;
                headers.insert(name, value);
            }
            CredentialLocation::Bearer => {
                if secret.expose().contains([' ', '\t']) {
                    return Err(format!("the credential `{name}` contains a space: leave out `Bearer`"));
                }
                let value = header_value(&joined(["Bearer ", secret.expose()])).ok_or_else(not_in_header)?;
                headers.insert(AUTHORIZATION, value);
            }
            CredentialLocation::BasicUser if secret.expose().contains(':') => {
                return Err(format!("the credential `{name}` contains a colon, which ends a user name"));
            }
            CredentialLocation::BasicUser => user = Some(secret),
            CredentialLocation::BasicPassword => {
                let pair = joined([user.map_or("", Secret::expose), ":", secret.expose()]);
                let pair = Zeroizing::new(BASE64_STANDARD.encode(pair.expose()));
                headers.extend(header_value(&joined(["Basic ", &pair])).map(|value| (AUTHORIZATION, value)));
            }
            CredentialLocation::Cookie(name) => {
                if secret.expose().chars().any(|c| !c.is_ascii_graphic() || "\",;\\".contains(c)) {
                    return Err(format!("the credential `{name}` has a character that is not allowed in a cookie"));
                }
                let between = if cookies.is_empty() { "" } else { "; " };
                cookies.extend([between, name, "=", secret.expose()]);
            }
            CredentialLocation::Parameter(_) => {}
        }
    }
    if !cookies.is_empty() {
        headers.extend(header_value(&Secret::new(cookies.as_str())).map(|value| (COOKIE, value)));
    }
    Ok(headers)
}

/// Returns the text that basic authentication sends in Base64. Its parts can be too short to be found in that.
pub(crate) fn basic_pair(credentials: &[(CredentialLocation, Secret)]) -> Option<Secret> {
    let find = |location| credentials.iter().find(|(other, _)| *other == location).map(|(_, secret)| secret.expose());
    let user = find(CredentialLocation::BasicUser)?;
    Some(joined([user, ":", find(CredentialLocation::BasicPassword)?]))
}

/// Returns a secret that consists of these pieces.
fn joined<const N: usize>(pieces: [&str; N]) -> Secret {
    Secret::new(pieces.concat())
}

/// Returns a credential as the value of a header. All copies share one text, which is wiped with the last of them.
fn header_value(secret: &Secret) -> Option<HeaderValue> {
    let shown = |byte: u8| byte == b'\t' || matches!(byte, b' '..=b'~');
    let text = Bytes::from_owner(Zeroizing::new(secret.expose().to_owned()));
    let value = HeaderValue::from_maybe_shared(text).ok();
    let mut value = value.filter(|_| secret.expose().bytes().all(shown))?;
    // `Debug` does not show it, and HTTP/2 does not add it to its table of headers.
    value.set_sensitive(true);
    Some(value)
}

/// Returns enough room for all credentials, because a text that grows leaves copies behind that are not wiped.
fn room(credentials: &[(CredentialLocation, Secret)]) -> usize {
    credentials.iter().map(|(location, secret)| 3 * (location.name().len() + secret.expose().len()) + 64).sum()
}

/// Returns the credentials that are parameters as an urlencoded query. `write` adds each value.
fn auth_query(credentials: &[(CredentialLocation, Secret)], write: impl Fn(&mut String, &Secret)) -> Zeroizing<String> {
    let mut auth_query = Zeroizing::new(String::with_capacity(room(credentials)));
    for (location, secret) in credentials {
        if let CredentialLocation::Parameter(name) = location {
            if !auth_query.is_empty() {
                auth_query.push('&');
            }
            auth_query.extend(encoded(name));
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
    fn the_name_of_a_parameter_is_escaped_as_its_value_is() {
        let credentials = [(CredentialLocation::Parameter("api key&x=y#"), Secret::new("a&b"))];
        let auth = Auth::of(&crate::spec::api::tests::API, &credentials).unwrap();
        assert_eq!(*auth.query, "api%20key%26x%3Dy%23=a%26b");
        assert_eq!(*auth.masked_query, "api%20key%26x%3Dy%23=***");
    }

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
