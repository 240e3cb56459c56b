//! Redacts everything that looks like a secret: values of secret names, queries of URLs, and random words.

use std::ops::Range;

use crate::redact::encoded_match::Unescaped;
use crate::redact::secret::MASK;

/// Names of secrets, also as a part of a longer name. `-` counts as `_`.
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

/// The minimum length of a token: a text without spaces that has letters and digits. The providers' ids (24 hexadecimal
/// digits) are shorter, and access tokens are longer.
const TOKEN_LENGTH: usize = 32;

/// The maximum length of an escape. No character is escaped so many times.
const LONGEST_ESCAPE: usize = 32;

/// Masks values of secret names, queries and user names of URLs, and long random words in `text`.
pub(crate) fn without_tokens(text: &str) -> String {
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

/// Returns the range of the secret's value in the text after its name.
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

/// Returns the range up to the closing quotation mark. An escaped quotation mark closes the value if the opening one is
/// escaped, too.
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

/// Returns the length up to a space, a quotation mark, a `&` or a bracket that closes the surrounding text.
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

/// Returns the length of `user:password` before the `@` of a URL.
fn user_info(url: &str) -> usize {
    let end = until(url, &|c| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '`'));
    let Some(at) = url[..end].rfind('@') else { return 0 };
    // A password may contain a `/` that is not encoded, and a path may contain an `@`.
    let Some(authority) = url[..at].find(['/', '?', '#']) else { return at };
    match url[..authority].rsplit_once(':') {
        Some((_, port)) if port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit()) => at,
        _ => url[..authority].rfind('@').unwrap_or(0),
    }
}

/// Returns the length up to a character for which `ends` is true.
///
/// `ends` is called through a pointer, here and below. Speed does not matter here, and each program would otherwise contain
/// a copy of the loop for each caller.
fn until(text: &str, ends: &dyn Fn(char) -> bool) -> usize {
    text.char_indices().find(|(_, c)| ends(*c)).map_or(text.len(), |(at, _)| at)
}

/// Skips characters from `start` on. Returns the end, and the last skipped character.
fn skip(text: &str, start: usize, skips: &dyn Fn(char) -> bool) -> (usize, Option<char>) {
    let (mut end, mut last) = (start, None);
    while let Some((c, length)) = step(&text[end..]).filter(|(c, _)| skips(*c)) {
        end += length;
        last = Some(c);
    }
    (end, last)
}

/// Returns the first character and its length. Escapes such as `%3D`, `&quot;` and `\u0026` count as one character if it
/// separates words.
fn step(text: &str) -> Option<(char, usize)> {
    let first = text.chars().next()?;
    if matches!(first, '%' | '&') || text.starts_with("\\u") {
        let mut end = text.len().min(LONGEST_ESCAPE);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let mut reading = Unescaped::of(&text[..end]);
        // Repeats this for an escape of an escape.
        while let Some(next) = reading.begins_with().and_then(|scheme| reading.without(scheme)) {
            let c = next.text.chars().next()?;
            let length = next.source(0..c.len_utf8()).end;
            if length <= reading.source(0..1).end {
                break;
            }
            if !is_word(c) && c != '\\' {
                return Some((c, length));
            }
            reading = next;
        }
    }
    Some((first, first.len_utf8()))
}

/// Returns the character that separates words and its length, which is 0 at the beginning of a word.
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
    // Paths are long too, so their segments are checked separately.
    word.split('/').any(|part| {
        part.len() >= TOKEN_LENGTH
            && part.bytes().any(|byte| byte.is_ascii_digit())
            && part.bytes().any(|byte| byte.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
