//! The head of a part of a multipart form, as PHP reads it.

/// The head of a part.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Head {
    /// The name. A part without one is skipped.
    pub(super) name: Option<Vec<u8>>,
    /// The file name. A part with one is a file, even if the name is empty.
    pub(super) file_name: Option<Vec<u8>>,
}

impl Head {
    /// Reads one line of the head.
    pub(super) fn line(&mut self, line: &[u8]) {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { return };
        let (name, value) = line.split_at(colon);
        if !name.trim_ascii().eq_ignore_ascii_case(b"content-disposition") {
            return;
        }
        let mut rest = &value[1..];
        while !rest.is_empty() {
            let (parameter, after) = parameter(rest);
            rest = after;
            let Some(equals) = parameter.iter().position(|byte| *byte == b'=') else { continue };
            let (key, value) = (parameter[..equals].trim_ascii(), parameter[equals + 1..].trim_ascii());
            if key.eq_ignore_ascii_case(b"name") {
                self.name = Some(unquoted(value));
            } else if key.eq_ignore_ascii_case(b"filename") {
                self.file_name = Some(unquoted(value));
            }
        }
    }
}

/// Splits at the next semicolon outside quotes.
fn parameter(text: &[u8]) -> (&[u8], &[u8]) {
    let (mut quote, mut escaped) = (None, false);
    for (at, byte) in text.iter().enumerate() {
        match (quote, byte) {
            (Some(_), b'\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(open), close) if open == *close && !escaped => quote = None,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (None, b';') => return (&text[..at], &text[at + 1..]),
            _ => {}
        }
        escaped = false;
    }
    (text, &[])
}

/// Returns a value without its quotes, up to a NUL. Of the escapes in it, only those of the quote and the backslash are
/// undone.
fn unquoted(value: &[u8]) -> Vec<u8> {
    let value = value.split(|byte| *byte == 0).next().unwrap_or_default();
    let Some((quote, inside)) = value.split_first().filter(|(first, _)| matches!(first, b'"' | b'\'')) else {
        return value.split(u8::is_ascii_whitespace).next().unwrap_or_default().to_vec();
    };
    let mut text = Vec::new();
    let mut bytes = inside.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => match bytes.next_if(|next| next == quote || *next == b'\\') {
                Some(escaped) => text.push(escaped),
                None => text.push(b'\\'),
            },
            close if close == *quote => break,
            other => text.push(other),
        }
    }
    text
}

/// Returns the boundary in a content type.
pub(super) fn boundary(kind: &[u8]) -> Option<Vec<u8>> {
    let lower = kind.to_ascii_lowercase();
    let at = lower.windows(9).position(|part| part == b"boundary=")? + 9;
    let value = kind.get(at..)?;
    let boundary = match value.split_first()? {
        (b'"', quoted) => quoted.split(|byte| *byte == b'"').next(),
        _ => value.split(|byte| matches!(byte, b',' | b';' | b' ')).next(),
    };
    // The standard allows at most 70 bytes.
    boundary.filter(|boundary| (1..=200).contains(&boundary.len())).map(<[u8]>::to_vec)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(line: &str) -> (String, Option<String>) {
        let mut head = Head::default();
        head.line(line.as_bytes());
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (head.name.map(text).unwrap_or_default(), head.file_name.map(text))
    }

    #[test]
    fn names_as_php_reads_them() {
        for (line, name, file_name) in [
            (r#"Content-Disposition: form-data; name="a""#, "a", None),
            ("content-DISPOSITION:form-data;name=a;filename=b.pdf", "a", Some("b.pdf")),
            (r#"Content-Disposition: form-data; name="a"; filename="a\"b.pdf""#, "a", Some("a\"b.pdf")),
            (r#"Content-Disposition: form-data; name="a"; filename="a%22;b\\c.pdf""#, "a", Some("a%22;b\\c.pdf")),
            (r#"Content-Disposition: form-data; name="a"; filename="""#, "a", Some("")),
            (r#"Content-Disposition: form-data; name='a;"'; filename*=UTF-8''b"#, "a;\"", None),
            (r#"Content-Disposition: form-data; name="a"#, "a", None),
            ("Content-Disposition: form-data; name=\"a\0b\"; filename=\"c\0.pdf\"", "a", Some("c")),
            ("Content-Type: text/plain; name=a", "", None),
            ("nothing", "", None),
        ] {
            assert_eq!(head(line), (name.to_owned(), file_name.map(str::to_owned)), "{line}");
        }
    }

    #[test]
    fn boundaries() {
        for (kind, expected) in [
            ("multipart/form-data; boundary=x", Some("x")),
            ("multipart/form-data; BOUNDARY=\"x y\"; a=b", Some("x y")),
            ("multipart/form-data; boundary=x;charset=utf-8", Some("x")),
            ("multipart/form-data; boundary=", None),
            ("multipart/form-data", None),
        ] {
            assert_eq!(boundary(kind.as_bytes()).as_deref(), expected.map(str::as_bytes), "{kind}");
        }
    }
}
