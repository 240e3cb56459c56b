//! Undoes escapes in a text, so that a secret is found in any encoding.

use std::ops::Range;

/// A text without some of its escapes, and the position of each byte in the original text.
pub(crate) struct Unescaped {
    pub(crate) text: String,
    /// The positions of the bytes, and of the end.
    from: Vec<usize>,
}

/// A way of escaping.
#[derive(Clone, Copy)]
pub(crate) enum Scheme {
    /// `%2F`
    Url,
    /// `\/`, as in JSON and in programs.
    Backslash,
    /// `&sol;`
    Html,
    /// `=2F`, as in mail.
    QuotedPrintable,
}

impl Scheme {
    /// Returns the first character of its escapes.
    fn sign(self) -> char {
        match self {
            Self::Url => '%',
            Self::Backslash => '\\',
            Self::Html => '&',
            Self::QuotedPrintable => '=',
        }
    }

    /// Reads the escape at the beginning of `text`.
    fn escape(self, text: &str) -> Option<Escape> {
        match self {
            Self::Url => url(text),
            Self::Backslash => backslash(text),
            Self::Html => entity(text),
            Self::QuotedPrintable => quoted_printable(text),
        }
    }
}

impl Unescaped {
    /// Creates the reading of a text with all its escapes.
    pub(crate) fn of(text: &str) -> Self {
        Self { text: text.to_owned(), from: (0..=text.len()).collect() }
    }

    /// Returns the range in the original text. It never divides an escape.
    pub(crate) fn source(&self, range: Range<usize>) -> Range<usize> {
        self.from[range.start]..self.from[range.end]
    }

    /// Undoes one layer of escapes. Returns `None` if there are none.
    pub(crate) fn without(&self, scheme: Scheme) -> Option<Self> {
        let first = self.text.find(scheme.sign())?;
        let (mut text, mut from) = (String::with_capacity(self.text.len()), Vec::with_capacity(self.from.len()));
        text.push_str(&self.text[..first]);
        from.extend(&self.from[..first]);
        let (mut at, mut found) = (first, false);
        while let Some(c) = self.text[at..].chars().next() {
            let escape = if c == scheme.sign() { scheme.escape(&self.text[at..]) } else { None };
            found |= escape.is_some();
            let Escape { stands_for, length } = escape.unwrap_or(Escape::of(c, c.len_utf8()));
            text.extend(stands_for);
            from.resize(text.len(), self.from[at]);
            at += length;
        }
        from.push(self.from[at]);
        found.then_some(Self { text, from })
    }

    /// Returns the scheme whose escapes begin with the first character of the text.
    pub(crate) fn begins_with(&self) -> Option<Scheme> {
        let first = self.text.chars().next()?;
        [Scheme::Url, Scheme::Backslash, Scheme::Html].into_iter().find(|scheme| scheme.sign() == first)
    }
}

/// An escape at the beginning of a text.
struct Escape {
    /// `None` for a line break that does not count.
    stands_for: Option<char>,
    length: usize,
}

impl Escape {
    fn of(c: char, length: usize) -> Self {
        Self { stands_for: Some(c), length }
    }
}

/// `%C3%A7`, `%u00e7`
fn url(text: &str) -> Option<Escape> {
    let unit = text.strip_prefix("%u").and_then(|rest| unit(rest, 4)).and_then(char::from_u32);
    unit.map_or_else(|| bytes(text, "%"), |c| Some(Escape::of(c, 6)))
}

/// `=C3=A7`, and line breaks that do not count.
fn quoted_printable(text: &str) -> Option<Escape> {
    let line_break = ["=\r\n", "=\n"].into_iter().find(|one| text.starts_with(one));
    let broken = |line_break: &str| Some(Escape { stands_for: None, length: line_break.len() });
    line_break.map_or_else(|| bytes(text, "="), broken)
}

/// Reads the bytes of a character, each after this `sign`: `%C3%A7`, or `%E7` in Latin-1.
fn bytes(text: &str, sign: &str) -> Option<Escape> {
    let byte = |at: usize| u8::try_from(unit(text.get(at..)?.strip_prefix(sign)?, 2)?).ok();
    let first = byte(0)?;
    let mut utf8 = [first, 0, 0, 0];
    for count in 1..=4 {
        if let Ok(decoded) = std::str::from_utf8(&utf8[..count]) {
            return Some(Escape::of(decoded.chars().next()?, 3 * count));
        }
        match (utf8.get_mut(count), byte(3 * count)) {
            (Some(next), Some(byte)) => *next = byte,
            _ => break,
        }
    }
    Some(Escape::of(char::from(first), 3))
}

/// `\/`, `\n`, `\u00e7`, `\u{e7}`, `\xe7`, `\347`.
fn backslash(text: &str) -> Option<Escape> {
    let rest = &text[1..];
    let letter = rest.chars().next()?;
    let after = &rest[letter.len_utf8()..];
    let numbered = match letter {
        'u' => braced(after).or_else(|| utf16(after)),
        'x' => unit(after, 2).and_then(char::from_u32).map(|c| (c, 2)),
        '0'..='3' => rest.get(..3).and_then(|digits| character(digits, 8)).map(|c| (c, 2)),
        _ => None,
    };
    if let Some((c, digits)) = numbered {
        return Some(Escape::of(c, 2 + digits));
    }
    let c = match letter {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\u{8}',
        'f' => '\u{c}',
        '0' => '\0',
        other => other,
    };
    Some(Escape::of(c, 1 + letter.len_utf8()))
}

/// `{e7}`
fn braced(text: &str) -> Option<(char, usize)> {
    let inside = text.strip_prefix('{')?;
    let digits = inside.bytes().take(8).position(|byte| byte == b'}')?;
    Some((character(&inside[..digits], 16)?, digits + 2))
}

/// `00e7`, or two surrogates.
fn utf16(text: &str) -> Option<(char, usize)> {
    let high = unit(text, 4)?;
    if let Some(c) = char::from_u32(high) {
        return Some((c, 4));
    }
    let low = unit(text[4..].strip_prefix("\\u")?, 4)?;
    let pair = [u16::try_from(high).ok()?, u16::try_from(low).ok()?];
    Some((char::decode_utf16(pair).next()?.ok()?, 10))
}

/// `&quot;`, `&#039;`, `&#x27;`.
fn entity(text: &str) -> Option<Escape> {
    if text.starts_with("&#") {
        return numbered(text);
    }
    // No known name is longer.
    let end = text.bytes().take(20).position(|byte| byte == b';')?;
    Some(Escape::of(named(&text[1..end])?, end + 1))
}

/// `&#039;`, `&#x27;`. As in browsers, the semicolon is optional.
fn numbered(text: &str) -> Option<Escape> {
    let digits = &text["&#".len()..];
    let hexadecimal = digits.strip_prefix(['x', 'X']).map(|digits| (digits, 16));
    let (digits, radix) = hexadecimal.unwrap_or((digits, 10));
    let count = digits.chars().take(8).take_while(|c| c.is_digit(radix)).count();
    let end = text.len() - digits.len() + count;
    let semicolon = usize::from(text[end..].starts_with(';'));
    Some(Escape::of(character(&digits[..count], radix)?, end + semicolon))
}

/// The names of ASCII characters, each after its character. Includes names of dashes, which some programs write for `-`.
const NAMES: [&str; 45] = [
    "\tTab",
    "\nNewLine",
    " nbsp",
    "!excl",
    "\"quot",
    "#num",
    "$dollar",
    "%percnt",
    "&amp",
    "'apos",
    "(lpar",
    ")rpar",
    "*ast",
    "*midast",
    "+plus",
    ",comma",
    "-hyphen",
    "-dash",
    "-minus",
    ".period",
    "/sol",
    ":colon",
    ";semi",
    "<lt",
    "=equals",
    ">gt",
    "?quest",
    "@commat",
    "[lsqb",
    "[lbrack",
    "\\bsol",
    "]rsqb",
    "]rbrack",
    "^Hat",
    "_lowbar",
    "_UnderBar",
    "`grave",
    "`DiacriticalGrave",
    "{lcub",
    "{lbrace",
    "|vert",
    "|verbar",
    "|VerticalLine",
    "}rcub",
    "}rbrace",
];

/// The names of the characters of Latin-1 from U+00A1 on.
const LATIN_1: &str = "iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 \
    acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring \
    AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times \
    Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute \
    ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc \
    uuml yacute thorn yuml";

fn named(name: &str) -> Option<char> {
    let ascii = NAMES.iter().find(|one| one[1..].eq_ignore_ascii_case(name)).and_then(|one| one.chars().next());
    let latin = || LATIN_1.split_whitespace().zip('\u{a1}'..).find(|(one, _)| *one == name).map(|(_, c)| c);
    ascii.or_else(latin)
}

/// Reads the first `count` characters as a hexadecimal number.
fn unit(text: &str, count: usize) -> Option<u32> {
    number(text.get(..count)?, 16)
}

/// Returns the character with this number.
fn character(digits: &str, radix: u32) -> Option<char> {
    char::from_u32(number(digits, radix)?)
}

/// Reads digits as a number. No escape has more than seven.
fn number(digits: &str, radix: u32) -> Option<u32> {
    if digits.is_empty() || digits.len() > 7 {
        return None;
    }
    digits.chars().try_fold(0, |sum, c| Some(sum * radix + c.to_digit(radix)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(scheme: Scheme, text: &str) -> String {
        let Some(reading) = Unescaped::of(text).without(scheme) else { return text.to_owned() };
        assert_eq!(reading.source(0..reading.text.len()), 0..text.len());
        reading.text
    }

    #[test]
    fn a_layer_of_escapes_is_undone() {
        for (scheme, escaped, text) in [
            (Scheme::Url, "a%2Fb%2fc%C3%A7%E7%u00e7%F0%9D%84%9E%252F", "a/b/cççç𝄞%2F"),
            (Scheme::Url, "100% %uD834 %4 %C3", "100% %uD834 %4 Ã"),
            (Scheme::Backslash, r#"\/ \" \n \\n \' \u00e7 \u{1d11e} \xe7 \ud834\udd1e"#, "/ \" \n \\n ' ç 𝄞 ç 𝄞"),
            (Scheme::Backslash, r"\ud834 \ud834x \u{zz} \", r"ud834 ud834x u{zz} \"),
            (Scheme::Html, "&lt;&#039;&#X27;&sol;&ccedil;&Ccedil;&percnt;&bsol;&nbsp;&amp;lt;", "<''/çÇ%\\ &lt;"),
            (Scheme::Html, "a & b &#xD834; &unknown; &;", "a & b &#xD834; &unknown; &;"),
            (Scheme::Html, "&#97&#98;&#X63 &#x64x &#; &#x; &#ç", "abc dx &#; &#x; &#ç"),
            (Scheme::Backslash, r"\101\347\0\18\400\12é", "Aç\u{0}1840012é"),
            (Scheme::QuotedPrintable, "a=C3=A7b=\r\nc=\nd=", "açbcd="),
        ] {
            assert_eq!(without(scheme, escaped), text);
        }
        let reading = Unescaped::of("a%C3%A7b").without(Scheme::Url).unwrap();
        assert_eq!(reading.source(1..3), 1..7);
    }
}
