//! Finds addresses and names of fields in the texts of a refusal.

use std::net::IpAddr;

/// Returns the address in the texts, preferably one in parentheses. A part of a longer word is not an address:
/// `Cache::get` contains `e::`.
pub(super) fn address_in(texts: &[String]) -> Option<IpAddr> {
    let in_parentheses =
        |text: &String| text.split('(').skip(1).find_map(|rest| rest.split_once(')')?.0.trim().parse().ok());
    let in_words = |text: &String| {
        text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':')))
            .find_map(|word| word.trim_end_matches(['.', ':']).parse().ok())
    };
    texts.iter().find_map(in_parentheses).or_else(|| texts.iter().find_map(in_words))
}

/// Returns the fields whose names are in the texts. Laravel writes `mobile_code` as `mobile code`. Where two names match,
/// the longer one counts.
pub(super) fn named(fields: &[&'static str], texts: &[String]) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut by_length: Vec<(&'static str, String)> = Vec::with_capacity(fields.len());
    for field in fields {
        let longer = by_length.partition_point(|(other, _)| other.len() >= field.len());
        by_length.insert(longer, (field, field.replace('_', " ")));
    }
    for text in texts {
        let mut text = text.to_ascii_lowercase();
        for (field, shown) in &by_length {
            for name in [shown.as_str(), *field] {
                let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
                let alone =
                    |at: usize| !word(text[..at].chars().next_back()) && !word(text[at + name.len()..].chars().next());
                let found_at = text.match_indices(name).map(|(at, _)| at).find(|at| alone(*at));
                if let Some(at) = found_at {
                    text = [&text[..at], "\u{0}", &text[at + name.len()..]].concat();
                    found.push(*field);
                }
            }
        }
    }
    fields.iter().copied().filter(|field| found.contains(field)).collect()
}
