//! How many objects and lists an answer may have.

/// Whether the objects and lists of an answer are so many and so small that to decode them takes
/// many times its size in memory: `{},` is three bytes, and a contact several hundred. Those of
/// real answers take more than 100 bytes each.
pub(crate) fn is_hollow(body: &str) -> bool {
    let most = 10_000 + body.len() / 32;
    // `[],` is the shortest there can be many of. The plain count is an upper bound, at a fraction of
    // the cost; in such pieces it fits a byte, and many are counted at once.
    let openers = |piece: &[u8]| usize::from(piece.iter().map(|byte| u8::from(byte | 0x20 == b'{')).sum::<u8>());
    if body.len() <= 29_000 || body.as_bytes().chunks(255).map(openers).sum::<usize>() <= most {
        return false;
    }
    let (mut count, mut text, mut escaped) = (0, false, false);
    for byte in body.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = text,
            b'"' => text = !text,
            b'{' | b'[' if !text => count += 1,
            _ => {}
        }
    }
    count > most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hollow_answers_are_told_from_full_ones() {
        let list = |item: &str, count: usize| format!("[{}0]", format!("{item},").repeat(count));
        assert!(is_hollow(&list("{}", 1_000_000)));
        assert!(is_hollow(&list("[]", 1_000_000)));
        assert!(!is_hollow(&list("{}", 9_000)), "few do no harm");
        assert!(!is_hollow(&list(r#"{"id":123456789,"name":"somebody"}"#, 1_000_000)));
        assert!(!is_hollow(&list(r#""{[{[{[{[{[\"{[{[{""#, 1_000_000)), "a text holds what it likes");
    }
}
