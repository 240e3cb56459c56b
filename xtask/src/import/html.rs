//! The HTML in providers' texts as Markdown.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The tags that come in pairs, and what each end becomes.
const PAIRS: [(&str, &str, &str); 15] = [
    ("b", "**", "**"),
    ("strong", "**", "**"),
    ("i", "*", "*"),
    ("em", "*", "*"),
    ("code", "`", "`"),
    ("tt", "`", "`"),
    ("kbd", "`", "`"),
    ("h1", "\n\n**", "**\n\n"),
    ("h2", "\n\n**", "**\n\n"),
    ("h3", "\n\n**", "**\n\n"),
    ("h4", "\n\n**", "**\n\n"),
    ("span", "", ""),
    ("font", "", ""),
    ("u", "", ""),
    ("small", "", ""),
];

/// The other tags. They need no end.
const SINGLE: [(&str, &str); 10] = [
    ("br", "\n"),
    ("hr", "\n\n"),
    ("p", "\n\n"),
    ("/p", "\n\n"),
    ("div", "\n\n"),
    ("/div", "\n\n"),
    ("ul", "\n"),
    ("/ul", "\n\n"),
    ("li", "\n- "),
    ("/li", ""),
];

const ENTITIES: [(&str, &str); 7] =
    [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&amp;", "&")];

/// Returns a text with the common tags of HTML as Markdown. Other words in angle brackets, such as `<phone>`, stay.
pub(super) fn without_html(text: &str) -> Cow<'_, str> {
    let has_tag = text.contains('<') && text.contains('>');
    if !has_tag && !ENTITIES.iter().any(|(entity, _)| text.contains(entity)) {
        return Cow::Borrowed(text);
    }
    let lower = text.to_ascii_lowercase();
    let count = |tag: String| lower.matches(&tag).count();
    let is_balanced =
        |name: &&str| count(format!("<{name}>")) + count(format!("<{name} ")) == count(format!("</{name}>"));
    let pairs: Vec<_> = PAIRS.iter().map(|(name, ..)| *name).filter(is_balanced).collect();
    // An odd backtick starts no code.
    let has_code = text.matches('`').count().is_multiple_of(2);
    let mut markdown = String::with_capacity(text.len());
    for (index, part) in text.split('`').enumerate() {
        if index > 0 {
            markdown.push('`');
        }
        if has_code && index % 2 == 1 {
            markdown.push_str(part);
        } else {
            push(part, &pairs, &mut markdown);
        }
    }
    Cow::Owned(markdown)
}

/// Adds a text outside code. `pairs` are the tags that have as many ends as starts.
fn push(text: &str, pairs: &[&str], markdown: &mut String) {
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        push_words(&rest[..start], markdown);
        rest = &rest[start..];
        let Some((tag, after)) = tag(rest) else {
            markdown.push('<');
            rest = &rest[1..];
            continue;
        };
        rest = push_tag(&tag, after, pairs, markdown).unwrap_or_else(|| {
            markdown.push_str(&rest[..rest.len() - after.len()]);
            after
        });
    }
    push_words(rest, markdown);
}

/// A tag: its name in lower case, with a slash if it is the end of a pair, and its attributes.
struct Tag<'t> {
    name: String,
    attributes: &'t str,
}

/// Reads the tag that a text begins with. Returns the text after it, too.
fn tag(text: &str) -> Option<(Tag<'_>, &str)> {
    let (inner, after) = text.strip_prefix('<')?.split_once('>')?;
    let inner = inner.trim().trim_end_matches('/').trim_end();
    let (name, attributes) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric());
    is_name(name.strip_prefix('/').unwrap_or(name))
        .then(|| (Tag { name: name.to_ascii_lowercase(), attributes }, after))
}

/// Adds what a tag becomes. Returns the text after it, or `None` for a tag that stays.
fn push_tag<'t>(tag: &Tag<'_>, after: &'t str, pairs: &[&str], markdown: &mut String) -> Option<&'t str> {
    let name = tag.name.as_str();
    if let Some((_, sign)) = SINGLE.iter().find(|(single, _)| *single == name) {
        markdown.push_str(sign);
        return Some(after);
    }
    if ["ol", "/ol"].contains(&name) {
        markdown.push_str("\n\n");
        return Some(after);
    }
    if name == "pre" {
        let (code, after) = split_end(after, "pre")?;
        let lines = plain(code);
        let _ = write!(markdown, "\n```\n{}\n```\n", lines.trim_matches('\n').replace('`', "'"));
        return Some(after);
    }
    if name == "a" {
        let (label, after) = split_end(after, "a")?;
        let label = plain(label);
        match href(tag.attributes) {
            Some(url) if url != label => markdown.extend([&label, " (", url, ")"]),
            _ => markdown.push_str(&label),
        }
        return Some(after);
    }
    let plain_name = name.strip_prefix('/').unwrap_or(name);
    let (_, start, end) = PAIRS.iter().find(|(pair, ..)| *pair == plain_name)?;
    if !pairs.contains(&plain_name) {
        return None;
    }
    markdown.push_str(if name.starts_with('/') { end } else { start });
    Some(after)
}

/// Splits a text at the end of a pair.
fn split_end<'t>(text: &'t str, name: &str) -> Option<(&'t str, &'t str)> {
    let end = format!("</{name}>");
    let is_end =
        |start: &usize| text.get(*start..*start + end.len()).is_some_and(|part| part.eq_ignore_ascii_case(&end));
    let start = text.match_indices("</").map(|(start, _)| start).find(is_end)?;
    Some((&text[..start], &text[start + end.len()..]))
}

/// Returns a text without its tags.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        push_words(&rest[..start], &mut plain);
        rest = &rest[start..];
        match tag(rest) {
            Some((tag, after)) if is_known(&tag.name) => {
                plain.push_str(if tag.name == "br" { "\n" } else { "" });
                rest = after;
            }
            _ => {
                plain.push('<');
                rest = &rest[1..];
            }
        }
    }
    push_words(rest, &mut plain);
    plain
}

fn is_known(name: &str) -> bool {
    let plain = name.strip_prefix('/').unwrap_or(name);
    PAIRS.iter().any(|(pair, ..)| *pair == plain) || SINGLE.iter().any(|(single, _)| *single == name)
}

fn href(attributes: &str) -> Option<&str> {
    let (_, value) = attributes.split_once("href=")?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(value[1..].split_once(quote)?.0).filter(|url| !url.is_empty() && !url.contains(char::is_whitespace))
}

/// Adds words with their entities as the characters that they stand for.
fn push_words(text: &str, markdown: &mut String) {
    if !text.contains('&') {
        markdown.push_str(text);
        return;
    }
    let mut words = text.to_owned();
    for (entity, sign) in ENTITIES {
        words = words.replace(entity, sign);
    }
    markdown.push_str(&words);
}

#[cfg(test)]
mod tests {
    use super::without_html;

    #[test]
    fn common_tags_become_markdown_and_other_words_in_angle_brackets_stay() {
        for (html, markdown) in [
            ("Sends a <b>text</b>.<br>Done", "Sends a **text**.\nDone"),
            ("One<br/>two<BR />three", "One\ntwo\nthree"),
            ("<p>One</p><p>two</p>", "\n\nOne\n\n\n\ntwo\n\n"),
            ("Use <code>a[0]</code> &amp; <em>b</em>", "Use `a[0]` & *b*"),
            ("See <a href=\"https://api.example/a\">the page</a>.", "See the page (https://api.example/a)."),
            ("<a href='https://api.example'>https://api.example</a>", "https://api.example"),
            ("<ul><li>one</li><li>two</li></ul>", "\n\n- one\n- two\n\n"),
            ("<pre><code>{&quot;a&quot;: 1}<br>x</code></pre>", "\n```\n{\"a\": 1}\nx\n```\n"),
            ("to <phone>, <b>unclosed", "to <phone>, <b>unclosed"),
            ("`<b>code</b>` and <b>bold</b>", "`<b>code</b>` and **bold**"),
            ("1 < 2 > 0 <", "1 < 2 > 0 <"),
            ("<a>no address</a> <pre>no end", "no address <pre>no end"),
            ("plain & simple", "plain & simple"),
            ("<span style=\"color: red\">red</span>", "red"),
        ] {
            assert_eq!(without_html(html), markdown, "{html}");
        }
    }
}
