//! Names under which credentials are sent.

use percent_encoding::percent_decode_str;

/// How often a name is decoded: `k%2565y` is `key`, encoded twice.
const LAYERS: usize = 4;

/// Parts of the names of credentials, without separators and in lower case. `client-id`, `client-secret`, `key`,
/// `account_id` and `phone_id` are in the specs. HTTP clients also send the others.
const PARTS: [&str; 13] = [
    "clientid",
    "accountid",
    "phoneid",
    "key",
    "secret",
    "token",
    "password",
    "passwd",
    "senha",
    "credential",
    "authorization",
    "cookie",
    "bearer",
];

/// The names of credentials in the specs, and the usual names of others.
const CREDENTIALS: [&str; 12] = [
    "clientid",
    "clientsecret",
    "key",
    "accountid",
    "phoneid",
    "apikey",
    "xapikey",
    "token",
    "accesstoken",
    "secret",
    "password",
    "authorization",
];

/// Whether the name of a header, a parameter, a field or a JSON key is that of a credential, in any case, with any
/// separators and encoding, alone or as part of a longer name.
pub(crate) fn is_secret(name: &str) -> bool {
    let plain = plain(name);
    plain.ends_with("auth") || PARTS.iter().any(|part| plain.contains(part))
}

/// Whether a text is exactly the name of a credential. Its value is then near it.
pub(super) fn is_credential(text: &str) -> bool {
    text.len() <= 64 && CREDENTIALS.contains(&plain(text).as_str())
}

/// Returns the letters and digits in lower case, with percent-encoding decoded.
fn plain(name: &str) -> String {
    let mut name = name.to_owned();
    for _ in 0..LAYERS {
        if !name.contains('%') {
            break;
        }
        name = percent_decode_str(&name).decode_utf8_lossy().into_owned();
    }
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_any_spelling() {
        for name in [
            "Client-Id",
            "client_secret",
            "clientSecret",
            "KEY",
            "ke%79",
            "k%2565y",
            "account_id",
            "AccountId",
            "phone.id",
            "credentials[phone_id]",
            "x-api-key",
            "Authorization",
            "set-cookie",
            "X-Auth",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["mobile", "message", "chat_number", "action", "author", "client", "", "%"] {
            assert!(!is_secret(name), "{name}");
        }
        assert!(is_credential("Client-Secret") && !is_credential("the key of the house"));
    }
}
