//! Taking secrets out of texts that others wrote.
//!
//! Providers quote a caller's own credentials in their errors, and URLs with access tokens of
//! others (fact E11). Every text of theirs passes here before it reaches an error or a log.

use std::ops::Range;

use crate::quote::{self, readings};
use crate::secret::Secret;

/// What stands where a secret stood.
pub(crate) const MASK: &str = "***";

/// A secret of fewer characters is masked as a whole word only: `1` stands in every second text.
const SHORT: usize = 6;

/// Knows a client's credentials in every form in which a server may quote them.
pub(crate) struct Scrubber {
    secrets: Vec<Secret>,
}

impl Scrubber {
    pub(crate) fn new<'s>(secrets: impl Iterator<Item = &'s Secret>) -> Self {
        Self { secrets: secrets.cloned().collect() }
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
        let mut masked = String::with_capacity(text.len());
        let mut copied = 0;
        let mut at = 0;
        while let Some(first) = text[at..].chars().next() {
            // The longest, so that none is left half.
            let length = self.secrets.iter().filter_map(|secret| quoted(text, at, secret.expose())).max();
            if let Some(length) = length {
                masked.push_str(&text[copied..at]);
                masked.push_str(MASK);
                copied = at + length;
            }
            at += length.unwrap_or(first.len_utf8());
        }
        masked + &text[copied..]
    }
}

/// The length of the quote of `secret` at `at`, if one is there.
fn quoted(text: &str, at: usize, secret: &str) -> Option<usize> {
    let length = quote::length(&text[at..], secret)?;
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let alone = || !word(text[..at].chars().next_back()) && !word(text[at + length..].chars().next());
    (secret.chars().nth(SHORT - 1).is_some() || alone()).then_some(length)
}

/// A server's text of more characters says no more to anybody.
const MAX_TEXT: usize = 8 * 1024;

/// Names whose value is a secret, wherever they stand in a longer name; `-` counts as `_`.
const SECRET_NAMES: [&str; 15] = [
    "token",
    "secret",
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "apikey",
    "api_key",
    "access_key",
    "signature",
    "authorization",
    "credential",
    "cookie",
    "sessid",
    "session_id",
];

/// Text of this length without a space, with letters and digits, is a token rather than a word.
/// The providers' ids (24 hexadecimal digits) are shorter, access tokens are longer.
const TOKEN_LENGTH: usize = 32;

/// `text` with the values of secret names, the queries and the user names of URLs and long random
/// words redacted.
fn without_tokens(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    let mut in_url = false;
    while let Some((first, length)) = separator(rest) {
        if length > 0 {
            let (mut shown, mut hidden) = (length, 0);
            if let Some(url) = rest.strip_prefix("://") {
                in_url = true;
                (shown, hidden) = ("://".len(), user_info(url));
            } else if first == '?' && in_url {
                let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | ')');
                hidden = until(&rest[shown..], &ends);
            }
            in_url &= !first.is_whitespace();
            clean.push_str(&rest[..shown]);
            if hidden > 0 {
                clean.push_str(MASK);
            }
            rest = &rest[shown + hidden..];
            continue;
        }
        let (word, after) = rest.split_at(word_length(rest));
        clean.push_str(if is_token(word) { MASK } else { word });
        rest = after;
        if let Some(value) = value_after(word, after) {
            clean.push_str(&after[..value.start]);
            clean.push_str(MASK);
            rest = &after[value.end..];
        }
    }
    clean
}

/// Where the value of the secret named `name` is in what follows the name.
fn value_after(name: &str, after: &str) -> Option<Range<usize>> {
    let name: String = name.chars().map(|c| if c == '-' { '_' } else { c.to_ascii_lowercase() }).collect();
    let named = name == "key" || name == "pass" || name.ends_with("_key");
    let named = named || SECRET_NAMES.iter().any(|secret| name.contains(secret));
    let mut start = skip(after, 0, &|c| matches!(c, '"' | '\'' | '`' | ' ' | ']' | '\\')).0;
    if named && separator(&after[start..]).is_some_and(|(c, length)| length > 0 && matches!(c, '=' | ':')) {
        let before = |c: char| matches!(c, '=' | ':' | ' ' | '"' | '\'' | '`' | '>' | '[' | '(' | '\\');
        let last;
        (start, last) = skip(after, start, &before);
        let word = &after[start..start + word_length(&after[start..])];
        if ["bearer", "basic"].iter().any(|scheme| word.eq_ignore_ascii_case(scheme))
            && after[start + word.len()..].starts_with(' ')
        {
            start += word.len() + 1;
        } else if let Some(quote @ ('"' | '\'' | '`')) = last {
            return quoted_value(after, start, quote);
        } else if name.contains("cookie") || name.contains("authorization") {
            return some(start, start + until(&after[start..], &|c| matches!(c, '\n' | '"' | '\'')));
        }
    } else if name == "bearer" && after.starts_with(' ') {
        start = 1;
    } else {
        return None;
    }
    some(start, start + plain_value(&after[start..]))
}

fn some(start: usize, end: usize) -> Option<Range<usize>> {
    (start < end).then_some(start..end)
}

/// Up to the quotation mark that closes it; an escaped one does if the one that opened it was.
fn quoted_value(text: &str, start: usize, quote: char) -> Option<Range<usize>> {
    let escaped = |at: usize| text[..at].ends_with('\\');
    let opening = escaped(text[..start].char_indices().next_back().map_or(0, |(at, _)| at));
    let mut end = start;
    while let Some((c, length)) = step(&text[end..]).filter(|(c, _)| *c != '\n') {
        if c == quote && escaped(end) == opening {
            return some(start, end - usize::from(opening));
        }
        end += length;
    }
    some(start, end)
}

/// Up to a space, a quotation mark, a `&` or a bracket that closes the whole.
fn plain_value(text: &str) -> usize {
    let mut end = 0;
    while let Some((c, length)) = step(&text[end..]) {
        let closes = |c: char| matches!(c, ',' | ';' | '.' | ')' | ']' | '}');
        let ends = |c: char| c.is_whitespace() || matches!(c, '&' | '"' | '\'' | '`' | '<' | '>');
        let last = || text[end + length..].trim_start_matches(closes).chars().next().is_none_or(ends);
        if ends(c) || closes(c) && last() {
            break;
        }
        end += length;
    }
    end
}

/// The length of `user:password` before the `@` of a URL.
fn user_info(url: &str) -> usize {
    let end = until(url, &|c| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '`'));
    let Some(at) = url[..end].rfind('@') else { return 0 };
    // A password may hold a `/` that nobody encoded, and a path may hold an `@`.
    let Some(authority) = url[..at].find(['/', '?', '#']) else { return at };
    match url[..authority].rsplit_once(':') {
        Some((_, port)) if port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit()) => at,
        _ => url[..authority].rfind('@').unwrap_or(0),
    }
}

/// The length of what comes before a character that `ends` it. Called through a pointer, here and below: this is no
/// place to be fast, and a copy of the loop for each caller is what every program would carry.
fn until(text: &str, ends: &dyn Fn(char) -> bool) -> usize {
    text.char_indices().find(|(_, c)| ends(*c)).map_or(text.len(), |(at, _)| at)
}

/// Passes what `skips` from `start` on: where that ends, and the last character of it.
fn skip(text: &str, start: usize, skips: &dyn Fn(char) -> bool) -> (usize, Option<char>) {
    let (mut end, mut last) = (start, None);
    while let Some((c, length)) = step(&text[end..]).filter(|(c, _)| skips(*c)) {
        end += length;
        last = Some(c);
    }
    (end, last)
}

/// The first character and its length; `%3D`, `&quot;` and `\u0026` are one each where they stand for
/// something between words.
fn step(text: &str) -> Option<(char, usize)> {
    let first = text.chars().next()?;
    let mut found = (first, first.len_utf8());
    if matches!(first, '%' | '&') || text.starts_with("\\u") {
        readings(text, &mut |c, length| {
            // A longer one is an escape of an escape.
            if length > found.1 && !is_word(c) && c != '\\' && found.1 == first.len_utf8() {
                found = (c, length);
            }
        });
    }
    Some(found)
}

/// What stands between words, and its length; 0 at the beginning of a word.
fn separator(text: &str) -> Option<(char, usize)> {
    step(text).map(|(c, length)| (c, if is_word(c) { 0 } else { length }))
}

fn word_length(text: &str) -> usize {
    let mut length = 0;
    while let Some((c, 0)) = separator(&text[length..]) {
        length += c.len_utf8();
    }
    length
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
    fn own_secrets_go_however_they_are_quoted() {
        let secret = "p&a'ç<\"/1 \\𝄞";
        for quoted in [
            "p&a'ç<\"/1 \\𝄞",
            "p%26a%27%C3%A7%3C%22%2F1%20%5C%F0%9D%84%9E",
            "p%26a'%c3%a7%3c%22%2f1+%5c%f0%9d%84%9e",
            "p%2526a%2527%25C3%25A7%253C%2522%252F1%2520%255C%25F0%259D%2584%259E",
            r#"p&a'ç<\"/1 \\𝄞"#,
            r"p\u0026a\u0027\u00e7\u003c\u0022\/1 \\\ud834\udd1e",
            r#"p&a'\u00E7<\"\/1 \\\uD834\uDD1E"#,
            r#"p&a\'ç<\"/1 \\\u{1d11e}"#,
            r#"p&a'\\u00e7<\\\"\\/1 \\\\\\ud834\\udd1e"#,
            "p&amp;a&#039;ç&lt;&quot;/1 \\𝄞",
            "p&amp;a&#39;&#xE7;&lt;&#34;&#x2F;1 \\&#119070;",
            "p&#38;a&apos;ç&lt;&amp;quot;/1 \\𝄞",
        ] {
            assert_eq!(scrub(&[secret], &format!("id is <{quoted}> here")), "id is <***> here", "{quoted}");
        }
        assert_eq!(scrub(&["abcdef", "abcdefghi", ""], "abcdefghi abcdef"), "*** ***", "the longest first");
        assert_eq!(scrub(&["abc"], "nothing here"), "nothing here");
    }

    #[test]
    fn the_start_of_an_own_secret_goes_where_it_was_cut() {
        let secret = "9f86d081884c7d659a2feaa0c55ad015";
        for (text, clean) in [
            ("#0 Auth->check('9f86d081884c7d6...', '')", "#0 Auth->check('***...', '')"),
            ("9f86d081884c… and", "***… and"),
            ("near '9f86d081884c7d65", "near '***"),
            ("9f86d081884...", "9f86d081884..."),
            ("9f86d081884c7d6 is another", "9f86d081884c7d6 is another"),
        ] {
            assert_eq!(scrub(&[secret], text), clean);
        }
    }

    #[test]
    fn a_short_secret_goes_as_a_word_only() {
        assert_eq!(scrub(&["20"], "id 20: 203.0.113.20, 2020, id_20 (20)"), "id ***: 203.0.113.***, 2020, id_20 (***)");
        assert_eq!(scrub(&["abcde"], "abcdef"), "abcdef");
        assert_eq!(scrub(&["abcdef"], "xabcdefx"), "x***x");
    }

    #[test]
    fn no_text_breaks_it() {
        let pieces = [
            "a", "é", "𝄞", "%", "%2", "%25", "%C3", "%A7", "%F0%9D", "\\", "\\u", "\\u{", "\\ud834", "}", "&", "&#",
            "&#x", "amp;", "quot;", "1", ";", "://", "@", "?", "/", ":", "=", " ", "\n", "\"", "'", "token", "cookie",
            "Bearer ", "...", "…", "+", "\\\\", "p&a'ç", "", "key", "\u{0}",
        ];
        let mut state = 1_u64;
        let mut below = |end: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % end
        };
        for _ in 0..20_000 {
            let mut text = || (0..below(16)).map(|_| pieces[below(pieces.len())]).collect::<String>();
            let (secret, text) = (text(), text());
            let clean = scrub(&[&secret], &format!("{text} {secret} {text}"));
            let plain = secret.chars().all(char::is_alphanumeric) && secret.chars().count() >= SHORT;
            assert!(!plain || !clean.contains(&secret), "{secret:?} in {clean:?}");
        }
        let slow = ["\\".repeat(20_000), "%25".repeat(10_000), "&amp;".repeat(10_000), "a".repeat(40_000)];
        for text in slow {
            Scrubber::new([Secret::new("\\\\&%25aaaaaaaaaaaaaaaaaaaaaaaaab")].iter()).mask(&text);
            without_tokens(&text[..MAX_TEXT]);
        }
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
            ("mysql://forge:hunter2@127.0.0.1/app down", "mysql://***@127.0.0.1/app down"),
            ("'redis://:hun/ter2@cache:6379'", "'redis://***@cache:6379'"),
            ("https://zap.example:8443/users/@ana", "https://zap.example:8443/users/@ana"),
            ("https://ana@zap.example/b@c?d=e", "https://***@zap.example/b@c?***"),
            ("x-api-key: hunter2, b", "x-api-key: ***, b"),
            ("api-key=hunter2", "api-key=***"),
            ("APP_KEY=base64:aGk=", "APP_KEY=***"),
            ("DB_PWD=hun!ter2;", "DB_PWD=***;"),
            ("pwd=!hunter2 x", "pwd=*** x"),
            ("Cookie: PHPSESSID=r4nd0m; laravel_session=x\nHost: a", "Cookie: ***\nHost: a"),
            ("PHPSESSID=r4nd0m;", "PHPSESSID=***;"),
            ("access_token%3Dhunter2%26a%3Db", "access_token%3D***%26a%3Db"),
            ("{&quot;password&quot;:&quot;hunter2&quot;}", "{&quot;password&quot;:&quot;***&quot;}"),
            (r#"{\"password\":\"hun ter2\",\"a\":1}"#, r#"{\"password\":\"***\",\"a\":1}"#),
            (r#"{"password":"hun\"ter2","a":1}"#, r#"{"password":"***","a":1}"#),
            (r"token\u0022:\u0022hunter2\u0022 x", r"token\u0022:\u0022***\u0022 x"),
            ("[password] => hunter2\n[a] => b", "[password] => ***\n[a] => b"),
            ("Authorization: AWS4 a=b, c=d\nHost: a", "Authorization: ***\nHost: a"),
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
            "Illuminate\\Cache\\Repository::get('users:1') failed, 50%25 & more",
            "see https://zap.example/docs",
            "Invalid OAuth access token - Cannot parse access token",
            "",
        ] {
            assert_eq!(without_tokens(text), text);
        }
    }
}
