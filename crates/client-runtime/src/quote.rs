//! Finding a secret in a text, however it is encoded there.
//!
//! Text and secret are read side by side, and each character of the secret may stand in the text in
//! any of the ways that servers write it. So no encoded copy of a secret is ever made.

/// A shorter piece of a secret is no proof that it is one; PHP's traces quote 15 characters.
const SHORTEST_START: usize = 12;

/// How often a text may have been escaped again: a JSON string in a JSON string.
const DEEPEST: usize = 3;

/// The length of the quote of `secret` that `text` begins with: of all of it, or of its first
/// [`SHORTEST_START`] characters or more, where the text says or shows that it was cut there.
pub(crate) fn length(text: &str, secret: &str) -> Option<usize> {
    let (first, begins) = (text.chars().next()?, secret.chars().next()?);
    if first != begins && !matches!(first, '%' | '\\' | '&' | '+') {
        return None;
    }
    // More than one where what is read can be an escape or stand for itself.
    let mut ends = vec![0];
    let mut next = Vec::new();
    let mut cut = None;
    for (index, wanted) in secret.chars().enumerate() {
        for &end in &ends {
            readings(&text[end..], &mut |c, length| {
                if c == wanted && !next.contains(&(end + length)) {
                    next.push(end + length);
                }
            });
        }
        std::mem::swap(&mut ends, &mut next);
        next.clear();
        if ends.is_empty() {
            return cut;
        }
        if index + 1 >= SHORTEST_START {
            let stops = |end: &usize| {
                let rest = &text[*end..];
                rest.is_empty() || rest.starts_with("...") || rest.starts_with('…')
            };
            cut = ends.iter().copied().filter(stops).max().or(cut);
        }
    }
    ends.into_iter().max()
}

/// Every character that the beginning of `text` can stand for, with the length of what stands for it.
pub(crate) fn readings(text: &str, each: &mut dyn FnMut(char, usize)) {
    let Some(first) = text.chars().next() else { return };
    each(first, first.len_utf8());
    match first {
        '+' => each(' ', 1),
        '%' => {
            for depth in 0..=DEEPEST {
                if let Some((c, length)) = percent(text, depth) {
                    each(c, length);
                }
            }
        }
        '\\' => backslash(text, each),
        '&' => entity(text, each),
        _ => {}
    }
}

/// `%C3%A7`, or `%25C3%25A7` at depth 1.
fn percent(text: &str, depth: usize) -> Option<(char, usize)> {
    let triplet = |text: &str| {
        let mut digits = text.strip_prefix('%')?;
        for _ in 0..depth {
            digits = digits.strip_prefix("25")?;
        }
        Some((u8::try_from(hex(digits, 2)?).ok()?, text.len() - digits.len() + 2))
    };
    let (mut bytes, mut length) = ([0; 4], 0);
    for count in 1..=4 {
        let (byte, more) = triplet(&text[length..])?;
        bytes[count - 1] = byte;
        length += more;
        if let Ok(decoded) = std::str::from_utf8(&bytes[..count]) {
            return Some((decoded.chars().next()?, length));
        }
    }
    None
}

/// `\/`, `\n`, `\u00e7`, `\u{e7}`, `\xe7`; after more backslashes if escaped again.
fn backslash(text: &str, each: &mut dyn FnMut(char, usize)) {
    let most = text.bytes().take(1 << DEEPEST).take_while(|byte| *byte == b'\\').count();
    for count in 1..=most {
        let (slashes, escaped) = text.split_at(count);
        let Some(letter) = escaped.chars().next() else { return };
        let after = &escaped[letter.len_utf8()..];
        each(letter, count + letter.len_utf8());
        let simple = match letter {
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            'b' => Some('\u{8}'),
            'f' => Some('\u{c}'),
            '0' => Some('\0'),
            _ => None,
        };
        if let Some(c) = simple {
            each(c, count + 1);
        }
        let unit = match letter {
            'u' => hex(after, 4).map(|unit| (unit, 4)),
            'x' => hex(after, 2).map(|unit| (unit, 2)),
            _ => None,
        };
        if let Some((high, digits)) = unit {
            let end = count + 1 + digits;
            if let Some(c) = char::from_u32(high) {
                each(c, end);
            }
            // Half of a character outside the first plane; the other half follows.
            let low = text[end..].strip_prefix(slashes).and_then(|rest| hex(rest.strip_prefix('u')?, 4));
            if let Some(low @ 0xdc00..=0xdfff) = low
                && let 0xd800..=0xdbff = high
                && let Some(c) = char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00))
            {
                each(c, end + count + 5);
            }
        }
        if letter == 'u'
            && let Some(inside) = after.strip_prefix('{')
            && let Some(digits) = inside.bytes().take(8).position(|byte| byte == b'}')
            && let Some(c) = character(&inside[..digits], 16)
        {
            each(c, count + 1 + digits + 2);
        }
    }
}

/// `&quot;`, `&#039;`, `&#x27;`; `&amp;quot;` if escaped again.
fn entity(text: &str, each: &mut dyn FnMut(char, usize)) {
    let mut name = &text[1..];
    for _ in 0..=DEEPEST {
        // No name that is known here is longer.
        let Some(end) = name.bytes().take(10).position(|byte| byte == b';') else { return };
        let (word, rest) = (&name[..end], &name[end + 1..]);
        let c = match word {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => match word.strip_prefix('#').map(|digits| (digits, digits.strip_prefix(['x', 'X']))) {
                Some((_, Some(digits))) => character(digits, 16),
                Some((digits, None)) => character(digits, 10),
                None => None,
            },
        };
        if let Some(c) = c {
            each(c, text.len() - rest.len());
        }
        if word != "amp" {
            return;
        }
        name = rest;
    }
}

/// The first `count` characters as a hexadecimal number.
fn hex(text: &str, count: usize) -> Option<u32> {
    number(text.get(..count)?, 16)
}

/// The character with this number.
fn character(digits: &str, radix: u32) -> Option<char> {
    char::from_u32(number(digits, radix)?)
}

/// Digits, of which no quote has more than seven, as a number.
fn number(digits: &str, radix: u32) -> Option<u32> {
    if digits.is_empty() || digits.len() > 7 {
        return None;
    }
    digits.chars().try_fold(0, |sum, c| Some(sum * radix + c.to_digit(radix)?))
}
