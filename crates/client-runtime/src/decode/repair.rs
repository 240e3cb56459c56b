//! Finds an answer's JSON in a body that a server damaged.
//!
//! PHP prints warnings before or after an answer, a file saved with a byte order mark adds it to every answer, and a text
//! that was cut may end in half of a surrogate pair. None of this says anything about the call.

use std::borrow::Cow;

use serde::de::IgnoredAny;

/// The diagnostics that PHP continues after.
const WARNINGS: [&str; 4] = ["Warning", "Notice", "Deprecated", "Strict Standards"];

/// The diagnostics that end a program. Before an answer they mean that something went wrong; after an answer they come
/// from the clean-up.
const FATAL: [&str; 4] = ["Fatal error", "Parse error", "Recoverable fatal error", "Catchable fatal error"];

/// Returns the text of a body. Bytes in a wrong encoding are replaced, because a name in Latin-1 must not turn the answer to a
/// sent message into an error.
pub(crate) fn text(body: &[u8]) -> Cow<'_, str> {
    let units = |unit: fn([u8; 2]) -> u16| {
        let units = body[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        Cow::Owned(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    };
    match body {
        [0xff, 0xfe, ..] => units(u16::from_le_bytes),
        [0xfe, 0xff, ..] => units(u16::from_be_bytes),
        _ => std::str::from_utf8(body).map_or_else(|_| String::from_utf8_lossy(body), Cow::Borrowed),
    }
}

/// Returns the repaired answer if it differs from `text`.
pub(crate) fn repaired(text: &str) -> Option<Cow<'_, str>> {
    let object = object_within(text).unwrap_or(text);
    match without_half_pairs(object) {
        Cow::Borrowed(same) if same.len() == text.len() => None,
        repaired => Some(repaired),
    }
}

/// Returns the JSON object of a body that contains nothing else but white space, byte order marks and PHP's diagnostics.
/// A page that quotes JSON contains more than that.
fn object_within(text: &str) -> Option<&str> {
    let start = noise(text, &WARNINGS);
    let object = &text[start..];
    if !object.starts_with('{') {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(object).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    let (object, rest) = object.split_at(values.byte_offset());
    (noise(rest, &[WARNINGS, FATAL].concat()) == rest.len()).then_some(object)
}

/// Returns the length of the beginning of `text` that is not part of an answer.
fn noise(text: &str, kinds: &[&str]) -> usize {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
        match diagnostic(rest, kinds) {
            Some(length) => rest = &rest[length..],
            None => return text.len() - rest.len(),
        }
    }
}

/// Returns the length of the PHP diagnostic that `text` begins with, as HTML, as Xdebug's HTML or as plain text.
fn diagnostic(text: &str, kinds: &[&str]) -> Option<usize> {
    let length = |rest: &str| text.len() - rest.len();
    let body = line_break(text).unwrap_or(text).trim_start();
    if let Some(table) = body.strip_prefix("<font size='1'><table class='xdebug-error xe-") {
        let kind = table.split(['\'', ' ']).next()?.replace('-', " ");
        kinds.iter().find(|one| one.eq_ignore_ascii_case(&kind))?;
        return Some(length(table.split_once("</table></font>")?.1));
    }
    if let Some(bold) = body.strip_prefix("<b>") {
        let (kind, message) = bold.split_once("</b>:")?;
        kinds.iter().find(|one| **one == kind)?;
        // PHP escapes its messages, so these tags are not part of one.
        let line = message.split_once(" on line <b>")?.1;
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix("</b>")?;
        return Some(length(line_break(rest).unwrap_or(rest)));
    }
    let body = body.strip_prefix("PHP ").unwrap_or(body);
    let mut message = kinds.iter().find_map(|kind| body.strip_prefix(kind)?.strip_prefix(": "))?;
    loop {
        message = message.split_once(" on line ")?.1;
        let rest = message.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.len() < message.len() && (rest.is_empty() || rest.starts_with(['\n', '\r'])) {
            return Some(length(rest));
        }
    }
}

/// Returns what follows the `<br />` that `text` begins with.
fn line_break(text: &str) -> Option<&str> {
    ["<br />", "<br/>", "<br>"].iter().find_map(|tag| text.strip_prefix(tag))
}

/// Returns `json` without the escapes of unpaired surrogates.
fn without_half_pairs(json: &str) -> Cow<'_, str> {
    let unit = |at: usize| {
        let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let (mut kept, mut copied, mut at) = (String::new(), 0, 0);
    while let Some(found) = json[at..].find('\\') {
        at += found;
        at += match unit(at) {
            Some(0xd800..=0xdbff) if matches!(unit(at + 6), Some(0xdc00..=0xdfff)) => 12,
            Some(0xd800..=0xdfff) => {
                kept.push_str(&json[copied..at]);
                copied = at + 6;
                6
            }
            // Another escape: the character after the backslash does not begin one.
            _ => 1 + json[at + 1..].chars().next().map_or(0, char::len_utf8),
        };
    }
    if copied == 0 { Cow::Borrowed(json) } else { Cow::Owned(kept + &json[copied..]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = r#"{"status":"success","a":"}"}"#;

    #[test]
    fn an_answer_is_found_between_what_php_prints() {
        let html = "<br />\n<b>Warning</b>:  Undefined variable $x in <b>/var/www/a.php</b> on line <b>3</b><br />\n";
        let plain = "\nWarning: file(a on line 3b): failed to open in /var/www/a.php on line 12\n";
        let xdebug = "<br />\n<font size='1'><table class='xdebug-error xe-notice' dir='ltr'><tr></table></font>\n";
        let fatal =
            "PHP Fatal error:  Uncaught Error: x in /a.php:3\nStack trace:\n#0 {main}\n  thrown in /a.php on line 3\n";
        for (before, after) in [
            ("\u{feff}\u{feff}", ""),
            (" \u{feff}\r\n\u{feff}\t", "\u{feff}\n\0"),
            (html, ""),
            (plain, ""),
            (xdebug, ""),
            ("", html),
            ("\u{feff}", fatal),
            ("PHP Deprecated:  x in a.php on line 1\n", "\r\nNotice: x in a.php on line 2"),
            (&[html, plain, html].concat(), &[plain, html].concat()),
        ] {
            let body = [before, JSON, after].concat();
            assert_eq!(repaired(&body).as_deref(), Some(JSON), "{body}");
        }
    }

    #[test]
    fn a_page_that_quotes_json_is_no_answer() {
        for (before, after) in [
            ("<pre>", "</pre>"),
            ("<html><body>", ""),
            ("", "<p>ok</p>"),
            ("ok ", ""),
            ("", JSON),
            ("[", "]"),
            ("<!-- a -->", ""),
            ("<b>Warning</b>: x in <b>a</b> on line <b>3</b><br />\n<p>", ""),
            ("<b>Warning</b>: x ", ""),
            ("<b>Fatal error</b>: x in <b>a</b> on line <b>3</b><br />\n", ""),
            ("<b>Success</b>: x in <b>a</b> on line <b>3</b><br />\n", ""),
            ("Warning: x on line 3 ", ""),
            ("Warning: got ", " in a.php on line 3\n"),
        ] {
            let body = [before, JSON, after].concat();
            assert_eq!(repaired(&body), None, "{body}");
        }
        assert_eq!(repaired(&JSON[..JSON.len() - 1]), None);
        assert_eq!(repaired(""), None);
    }

    #[test]
    fn half_a_pair_goes_and_nothing_else() {
        for (json, clean) in [
            (r#"{"a\ud83d":"b \ud83d"}"#, r#"{"a":"b "}"#),
            (r#"{"a":"\uDE00\ud83d\ud83d\ude00\\ud83d"}"#, r#"{"a":"\ud83d\ude00\\ud83d"}"#),
            (r#"{"a":"\\\ud83d\"é\ud83d\u00e7"}"#, r#"{"a":"\\\"é\u00e7"}"#),
        ] {
            assert_eq!(repaired(json).as_deref(), Some(clean));
        }
        for json in [r#"{"a":"\ud83d\ude00 \\ud83d \u00e9"}"#, r#"{"a":"\u+123"}"#, r#"{"a":"\ud8"#, "{\"a\":\"\\"] {
            assert_eq!(repaired(json), None);
        }
    }

    #[test]
    fn an_answer_in_utf_16_is_read() {
        let bytes = |unit: fn(u16) -> [u8; 2]| "\u{feff}{} 😀".encode_utf16().flat_map(unit).collect::<Vec<_>>();
        assert_eq!(text(&bytes(u16::to_le_bytes)), "{} 😀");
        assert_eq!(text(&bytes(u16::to_be_bytes)), "{} 😀");
        assert_eq!(text(b"\xff\xfe"), "");
        assert_eq!(text(b"{\xff}"), "{\u{fffd}}");
    }
}
