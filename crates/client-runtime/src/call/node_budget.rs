//! Limits how many objects and lists an answer may have.

/// Returns whether an answer has so many small objects and lists that decoding takes many times its size in memory: `{},`
/// has three bytes, but takes several hundred as a contact. The objects of real answers have more than 100 bytes each.
pub(crate) fn exceeds_node_budget(body: &str) -> bool {
    let most = 10_000 + body.len() / 32;
    // Counting all brackets gives an upper bound at a fraction of the cost, because a count for 255 bytes fits into a byte
    // and the compiler counts many bytes at once. The shortest value is `[],`, so shorter texts cannot exceed the limit.
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
    fn answers_of_many_empty_values_exceed_the_budget() {
        let list = |item: &str, count: usize| format!("[{}0]", format!("{item},").repeat(count));
        assert!(exceeds_node_budget(&list("{}", 1_000_000)));
        assert!(exceeds_node_budget(&list("[]", 1_000_000)));
        assert!(!exceeds_node_budget(&list("{}", 9_000)), "a few are harmless");
        assert!(!exceeds_node_budget(&list(r#"{"id":123456789,"name":"somebody"}"#, 1_000_000)));
        assert!(!exceeds_node_budget(&list(r#""{[{[{[{[{[\"{[{[{""#, 1_000_000)), "brackets in a text do not count");
    }
}
