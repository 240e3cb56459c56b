//! Finds misspelt names of settings, which must not be ignored.

use super::names::{Naming, Setting, prefix};
use crate::Provider;

/// Returns the setting that the name of a variable is similar to, if there is one.
///
/// Variables of other programs often begin with a provider's name, such as those that Kubernetes sets for a service
/// called `chatguru`. They are not similar to any setting.
pub(super) fn variable<'s>(
    name: &str,
    provider: Provider,
    settings: impl Iterator<Item = &'s Setting> + Clone,
) -> Option<&'s Setting> {
    let begins = |prefix: &str| name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let ours = prefix(provider);
    if begins(&ours) {
        return key(&name[ours.len()..], settings);
    }
    let letters = letters(name);
    let whole =
        |setting: &&Setting| distance(&letters, &self::letters(&Naming::Variables.call(provider, setting.name)));
    settings.into_iter().find(|setting| !has_digit(name) && whole(setting) <= 1)
}

/// Returns the setting that a key is similar to, if there is one.
pub(super) fn key<'s>(name: &str, settings: impl Iterator<Item = &'s Setting> + Clone) -> Option<&'s Setting> {
    let letters = letters(name);
    let same = settings.clone().find(|setting| self::letters(setting.name) == letters);
    // No setting has a digit. A name with one, such as `KEY_2`, is another program's.
    same.or_else(|| settings.into_iter().find(|setting| !has_digit(name) && is_near(name, &letters, setting.name)))
}

fn is_near(name: &str, letters: &str, known: &str) -> bool {
    // Two or more words of the name, in any order: `TIMEOUT_SECONDS`.
    let (given, known_words) = (words(name), words(known));
    if given.len() > 1 && given.iter().all(|word| known_words.contains(word)) {
        return true;
    }
    let known = self::letters(known);
    let slips = match known.len() {
        0..8 => 1,
        8..13 => 2,
        _ => 3,
    };
    distance(letters, &known) <= slips
}

fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_uppercase).collect()
}

/// Returns a name without the separators between its words.
fn letters(name: &str) -> String {
    words(name).concat()
}

fn has_digit(name: &str) -> bool {
    name.bytes().any(|byte| byte.is_ascii_digit())
}

/// Counts the letters that were left out, added, replaced or swapped with the next one.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut previous = vec![0; b.len() + 1];
    let mut current: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut next = vec![i];
        for j in 1..=b.len() {
            let replaced = current[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut slips = replaced.min(current[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                slips = slips.min(previous[j - 2] + 1);
            }
            next.push(slips);
        }
        previous = std::mem::replace(&mut current, next);
    }
    current[b.len()]
}

#[cfg(test)]
mod tests {
    use super::super::names::SETTINGS;
    use super::*;

    #[test]
    fn slips_are_counted() {
        let cases =
            [("", "", 0), ("KEY", "KEYS", 1), ("KEY", "KY", 1), ("KEY", "KYE", 1), ("KEY", "HEY", 1), ("", "AB", 2)];
        for (a, b, slips) in cases {
            assert_eq!((distance(a, b), distance(b, a)), (slips, slips), "{a} {b}");
        }
    }

    #[test]
    fn settings_are_far_from_each_other() {
        for setting in &SETTINGS {
            let others = SETTINGS.iter().filter(|other| other.name != setting.name);
            let near = others.filter(|other| is_near(setting.name, &letters(setting.name), other.name));
            assert_eq!(near.map(|near| near.name).collect::<Vec<_>>(), [""; 0], "{}", setting.name);
        }
    }
}
