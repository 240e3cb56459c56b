//! Taking secrets out of texts that others wrote.
//!
//! Providers quote a caller's own credentials in their errors, and URLs with access tokens of
//! others (fact E11). Every text of theirs passes here before it reaches an error or a log.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

use crate::secret::Secret;

/// What stands where a secret stood.
pub(crate) const MASK: &str = "***";

/// Knows a client's credentials in every form in which a server may quote them.
pub(crate) struct Scrubber {
    /// The longest first, so that none is left half.
    needles: Vec<Zeroizing<String>>,
}

impl Scrubber {
    pub(crate) fn new<'s>(secrets: impl Iterator<Item = &'s Secret>) -> Self {
        let mut needles: Vec<_> =
            secrets.map(Secret::expose).filter(|secret| !secret.is_empty()).flat_map(forms).collect();
        needles.sort_by(|left, right| right.len().cmp(&left.len()).then_with(|| left.cmp(right)));
        needles.dedup();
        Self { needles }
    }

    /// `text` without the client's credentials and without anything shaped like a token.
    pub(crate) fn scrub(&self, text: &str) -> String {
        // Own secrets first and whole, then the cap: no cut may halve one.
        let mut text = self.mask(text);
        if let Some((cut, _)) = text.char_indices().nth(MAX_TEXT) {
            text.truncate(cut);
            text.push('…');
        }
        without_tokens(&text)
    }

    /// `text` without the client's credentials, and else as it is.
    pub(crate) fn mask(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for needle in &self.needles {
            if text.contains(needle.as_str()) {
                text = text.replace(needle.as_str(), MASK);
            }
        }
        text
    }
}

/// A secret as it is, percent-encoded (as a path, as a form, with digits of either case), in a JSON
/// string (ours and PHP's), in Rust's `Debug` (decoding errors quote so) and in HTML.
fn forms(secret: &str) -> Vec<Zeroizing<String>> {
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let query = utf8_percent_encode(secret, crate::call::ENCODED).to_string();
    let json = serde_json::Value::from(secret).to_string();
    let html = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    [
        secret.to_owned(),
        lower_hex(&percent),
        percent,
        query.replace("%20", "+"),
        lower_hex(&query),
        query,
        php_json(secret),
        json.trim_matches('"').to_owned(),
        format!("{secret:?}").trim_matches('"').to_owned(),
        html.replace('\'', "&#039;"),
        html,
    ]
    .map(Zeroizing::new)
    .into()
}

/// Percent-encoded text with its hexadecimal digits in lower case.
fn lower_hex(encoded: &str) -> String {
    let mut digits = 0;
    let lower = |c: char| {
        let digit = digits > 0;
        digits = if c == '%' {
            2
        } else if digit {
            digits - 1
        } else {
            0
        };
        if digit { c.to_ascii_lowercase() } else { c }
    };
    encoded.chars().map(lower).collect()
}

/// As PHP writes JSON unless told otherwise: `\/` and `\u00e7`.
fn php_json(secret: &str) -> String {
    let json = serde_json::Value::from(secret).to_string().replace('/', "\\/");
    let mut escaped = String::with_capacity(json.len());
    for c in json.trim_matches('"').chars() {
        if c.is_ascii() {
            escaped.push(c);
        } else {
            let mut units = [0; 2];
            escaped.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    escaped
}

/// A server's text of more characters says no more to anybody.
const MAX_TEXT: usize = 8 * 1024;

/// Names whose value is a secret, wherever they stand in a longer name.
const SECRET_NAMES: [&str; 9] =
    ["token", "secret", "password", "passwd", "apikey", "api_key", "signature", "authorization", "credential"];

/// Text of this length without a space, with letters and digits, is a token rather than a word.
/// The providers' ids (24 hexadecimal digits) are shorter, access tokens are longer.
const TOKEN_LENGTH: usize = 32;

/// `text` with the values of secret names, the queries of URLs and long random words redacted.
fn without_tokens(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    // The last word was a secret's name, and what has come since allows its value to follow.
    let mut expect_value = false;
    while let Some(first) = rest.chars().next() {
        let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        if length == 0 {
            let separates = matches!(first, '=' | ':' | ' ' | '"' | '\'' | '`' | '>' | '[' | '(');
            expect_value &= separates;
            clean.push(first);
            rest = &rest[first.len_utf8()..];
            if first == '?' && clean.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains("://")) {
                let end = rest
                    .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | ')'))
                    .unwrap_or(rest.len());
                clean.push_str(MASK);
                rest = &rest[end..];
            }
            continue;
        }
        let (word, after) = rest.split_at(length);
        let lower = word.to_lowercase();
        let scheme = matches!(&*lower, "bearer" | "basic");
        if expect_value && scheme {
            clean.push_str(word);
        } else if expect_value || is_token(word) {
            clean.push_str(MASK);
            expect_value = false;
        } else {
            clean.push_str(word);
            let assigned = after.trim_start_matches(['"', '\'', '`', ' ', ']']).starts_with(['=', ':']);
            let named = lower == "key" || SECRET_NAMES.iter().any(|name| lower.contains(name));
            expect_value = (named && assigned) || (lower == "bearer" && after.starts_with(' '));
        }
        rest = after;
    }
    clean
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '+' | '/' | '%' | '*' | '~')
}

fn is_token(word: &str) -> bool {
    // A path is long too; its parts are judged one by one.
    word.split('/').any(|part| {
        part.len() >= TOKEN_LENGTH
            && part.bytes().any(|byte| byte.is_ascii_digit())
            && part.bytes().any(|byte| byte.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scrub(secrets: &[&str], text: &str) -> String {
        let secrets: Vec<_> = secrets.iter().map(|secret| Secret::new(*secret)).collect();
        Scrubber::new(secrets.iter()).scrub(text)
    }

    #[test]
    fn own_secrets_go_in_every_form() {
        let secret = "a&b \"ç\"/1";
        for quoted in [
            "a&b \"ç\"/1",
            "a%26b%20%22%C3%A7%22%2F1",
            "a%26b+%22%C3%A7%22%2F1",
            r#"a&b \"ç\"/1"#,
            r#"a&b \"\u00e7\"\/1"#,
            "a%26b%20%22%c3%a7%22%2f1",
            "a&amp;b &quot;ç&quot;/1",
        ] {
            assert_eq!(scrub(&[secret], &format!("id is <{quoted}> here")), "id is <***> here", "{quoted}");
        }
        assert_eq!(scrub(&["abc", "abcdef", ""], "abcdef abc"), "*** ***", "the longest first");
        assert_eq!(scrub(&["abc"], "nothing here"), "nothing here");
    }

    #[test]
    fn what_is_shaped_like_a_token_goes() {
        for (text, clean) in [
            ("where `client_secret` = s3cr3t limit 1", "where `client_secret` = *** limit 1"),
            ("{\"access_token\":\"EAAB\",\"a\":1}", "{\"access_token\":\"***\",\"a\":1}"),
            ("Authorization: Bearer abc.def", "Authorization: Bearer ***"),
            ("sent with bearer abc", "sent with bearer ***"),
            ("password=hunter2&x=1", "password=***&x=1"),
            (
                "cURL error 6 for https://graph.example/v1/me?access_token=a&b=c (see https://x.example/d)",
                "cURL error 6 for https://graph.example/v1/me?*** (see https://x.example/d)",
            ),
            ("got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2ln here", "got *** here"),
        ] {
            assert_eq!(without_tokens(text), clean);
        }
    }

    #[test]
    fn ordinary_texts_stay() {
        for text in [
            "O campo mobile code é obrigatório.",
            "account_id inválida",
            "key inválida",
            "The POST method is not supported for route external-api/inbox/change-conversation-status/1. Supported methods: GET, HEAD.",
            "(#131030) Recipient phone number not in allowed list",
            "message 5dd69cde00078e1be17fffd4 was not found?",
            "add your IP address (127.0.0.2) to the white list",
            "Invalid OAuth access token - Cannot parse access token",
            "",
        ] {
            assert_eq!(without_tokens(text), text);
        }
    }
}
