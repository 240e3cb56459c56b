//! Summaries in the third person, such as `Sends a text.`, in the imperative.

/// Verbs that summaries begin with, which are read as verbs even if no article follows.
const VERBS: [&str; 44] = [
    "accepts",
    "adds",
    "applies",
    "archives",
    "assigns",
    "cancels",
    "changes",
    "checks",
    "closes",
    "configures",
    "connects",
    "creates",
    "deletes",
    "disables",
    "downloads",
    "edits",
    "enables",
    "fetches",
    "finds",
    "forwards",
    "generates",
    "gets",
    "joins",
    "leaves",
    "lists",
    "modifies",
    "obtains",
    "publishes",
    "reads",
    "registers",
    "rejects",
    "removes",
    "replaces",
    "replies",
    "retrieves",
    "returns",
    "revokes",
    "sends",
    "sets",
    "shows",
    "starts",
    "stops",
    "updates",
    "verifies",
];

/// Words that follow a verb and not a noun.
const ARTICLES: [&str; 14] = [
    "a",
    "an",
    "the",
    "all",
    "any",
    "each",
    "every",
    "one",
    "your",
    "this",
    "its",
    "several",
    "multiple",
    "information",
];

/// Words that follow a noun, as in `Lists of contacts`.
const AFTER_NOUNS: [&str; 8] = ["of", "and", "in", "are", "is", "per", "that", "&"];

/// Words in `s` that are no verbs in the third person, or have another imperative.
const GUARDED: [&str; 14] = [
    "is", "has", "was", "does", "this", "its", "whether", "always", "across", "lets", "needs", "means", "allows",
    "less",
];

/// Returns a sentence that begins with a verb in the third person with this verb in the imperative.
pub(super) fn imperative(sentence: &str) -> Option<String> {
    let (word, rest) = sentence.split_once(' ')?;
    let verb = word.to_ascii_lowercase();
    let next = rest.split_whitespace().next().unwrap_or_default().to_lowercase();
    let is_verb = VERBS.contains(&verb.as_str()) && !AFTER_NOUNS.contains(&next.as_str())
        || ARTICLES.contains(&next.as_str()) && verb.len() > 3;
    if !is_verb || GUARDED.contains(&verb.as_str()) || !word.chars().all(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    Some(format!("{} {rest}", infinitive(word)?))
}

/// Returns the verb whose third person this is.
fn infinitive(word: &str) -> Option<String> {
    let stem = word.strip_suffix('s')?;
    if let Some(stem) = stem.strip_suffix("ie").filter(|stem| stem.len() > 1) {
        return Some(format!("{stem}y"));
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| stem.ends_with(ending));
    // `Caches` is the only common verb in `-che`.
    if ends(&["sse", "she", "che", "xe", "oe"]) && !stem.eq_ignore_ascii_case("cache") {
        return stem.strip_suffix('e').map(str::to_owned);
    }
    // `Process` and `Focus` are no third persons.
    (!ends(&["s", "u"])).then(|| stem.to_owned())
}

#[cfg(test)]
mod tests {
    use super::imperative;

    #[test]
    fn a_verb_in_the_third_person_becomes_one_in_the_imperative() {
        for (third, order) in [
            ("Sends a text message.", "Send a text message."),
            ("Gets chats.", "Get chats."),
            ("Fetches the QR code.", "Fetch the QR code."),
            ("Replies to a message.", "Reply to a message."),
            ("Lists contacts.", "List contacts."),
            ("Processes a file.", "Process a file."),
            ("Authorizes a device.", "Authorize a device."),
            ("Caches the answer.", "Cache the answer."),
            ("Pushes all events.", "Push all events."),
            ("Undoes the change.", "Undo the change."),
        ] {
            assert_eq!(imperative(third).as_deref(), Some(order));
        }
    }

    #[test]
    fn nouns_and_other_words_in_s_stay() {
        for other in [
            "Lists of contacts.",
            "Messages of a chat.",
            "Contacts.",
            "Settings for webhooks.",
            "Is the number registered.",
            "Process the file.",
            "Status the server has.",
            "Whether a chat exists.",
            "Updates and news.",
        ] {
            assert_eq!(imperative(other), None, "{other}");
        }
    }
}
