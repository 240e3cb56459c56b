//! Validates and quotes the names of files.
//!
//! PHP, in which ExternalApi is written, ignores a file with an empty name, keeps only the part of a name after its
//! last slash or backslash, and ends a name at a NUL (facts [E28], [E29]). Other servers behave similarly. So a name
//! that would arrive changed is refused.
//!
//! [E28]: https://docs.rs/externalapi-client/latest/externalapi_client/facts/#e28
//! [E29]: https://docs.rs/externalapi-client/latest/externalapi_client/facts/#e29

use std::borrow::Cow;

/// The longest name in bytes; file systems allow less. PHP reads a header line that is as long as its buffer of 5 KB as
/// two lines (fact [E29]), and other servers have limits of their own.
///
/// [E29]: https://docs.rs/externalapi-client/latest/externalapi_client/facts/#e29
const MOST_BYTES: usize = 1024;

/// Returns why a name would not arrive unchanged, and the fix.
pub(crate) fn problem(name: &str) -> Option<Cow<'static, str>> {
    if name.is_empty() {
        return Some("it is empty, and servers then ignore the file; set a name with `File::with_name`".into());
    }
    if name.len() > MOST_BYTES {
        let text = format!(
            "it takes {} bytes, and at most {MOST_BYTES} are allowed; set a shorter name with `File::with_name`",
            name.len()
        );
        return Some(text.into());
    }
    let (index, wrong) = name.chars().enumerate().find(|(_, c)| matches!(c, '/' | '\\') || c.is_control())?;
    let (shown, why) = match wrong {
        '/' | '\\' => (format!("`{wrong}`"), "and servers keep only the part after it"),
        _ => (format!("the control character U+{:04X}", u32::from(wrong)), "which is not allowed in a header"),
    };
    let text = format!("its character {} is {shown}, {why}; set another name with `File::with_name`", index + 1);
    Some(text.into())
}

/// Escapes a name for the quotes of a part's header. PHP reads a quote after a backslash as a part of the name, and
/// does not decode `%22`. Characters that [`problem`] refuses are encoded as a last resort.
pub(crate) fn quoted(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| matches!(byte, b'"' | b'\r' | b'\n')) {
        Cow::Owned(name.replace('"', "\\\"").replace('\r', "%0D").replace('\n', "%0A"))
    } else {
        Cow::Borrowed(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_would_arrive_as_another_is_refused() {
        for right in [
            "a.pdf",
            "a\"b.pdf",
            " a ",
            ".",
            "..",
            "%2F",
            "r\u{e9}sum\u{e9}.pdf",
            "\u{1f600}",
            "a'b;c=d",
            &"a".repeat(1024),
        ] {
            assert_eq!(problem(right), None, "{right}");
        }
        for (wrong, why) in [
            ("", "it is empty"),
            ("a/b.pdf", "its character 2 is `/`"),
            ("\u{e9}\\b.pdf", "its character 2 is `\\`"),
            ("nota.pdf/", "its character 9 is `/`"),
            ("a\0.pdf", "its character 2 is the control character U+0000"),
            ("a\r\n", "U+000D"),
            ("\t", "U+0009"),
            ("\x7f", "U+007F"),
            ("\u{85}", "U+0085"),
            (&"\u{e9}".repeat(513), "it takes 1026 bytes"),
        ] {
            let found = problem(wrong).expect(wrong);
            assert!(found.contains(why) && found.contains("`File::with_name`"), "{wrong:?}: {found}");
        }
    }

    #[test]
    fn a_quote_is_escaped_and_nothing_breaks_out_of_the_header() {
        assert_eq!(quoted("a\"b.pdf"), "a\\\"b.pdf");
        assert_eq!(quoted("a%22b.pdf"), "a%22b.pdf");
        assert_eq!(quoted("a\r\nb"), "a%0D%0Ab");
    }
}
