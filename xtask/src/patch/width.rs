//! Makes lines as wide as those of the workspace.
//!
//! prettyplease breaks lines at 89 characters, which is not configurable. Each construct that it broke and that fits into
//! [`WIDTH`] becomes one line again. Running rustfmt instead would about double the time, and the generated code would
//! depend on the version of rustfmt. Constructs that do not fit stay as prettyplease broke them, which is not always as
//! rustfmt would. So the generated modules are `#[rustfmt::skip]`.

use crate::emit::WIDTH;

/// Joins lines that fit into one.
pub(super) fn joined(code: &str) -> String {
    let lines: Vec<_> = code.lines().collect();
    let mut text = String::with_capacity(code.len());
    let mut at = 0;
    while at < lines.len() {
        let mut line = lines[at].to_owned();
        at += 1;
        // The joined line may end with the start of another construct.
        while let Some((whole, end)) = whole(&line, &lines, at) {
            line = whole;
            at = end;
        }
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// Returns the construct that begins with `line` and continues in `lines` at `next` as one line, and the number of the
/// line after it. Returns `None` if it is one line already, or does not fit.
fn whole(line: &str, lines: &[&str], next: usize) -> Option<(String, usize)> {
    let first = lines.get(next)?;
    if line.trim_start().starts_with("//") {
        return None;
    }
    let indent = indentation(line);
    let is_deeper = |line: &&&str| indentation(line) > indent && !line.is_empty();
    let end = if line.ends_with(['(', '[', '<', '{']) {
        let close = next + lines[next..].iter().take_while(is_deeper).count();
        let is_block =
            line.ends_with('{') && !is_literal(line, &lines[next..close]) && !is_arm(line, &lines[next..close]);
        if is_block
            || indentation(lines.get(close)?) != indent
            || !lines[close].trim_start().starts_with([')', ']', '>', '}'])
        {
            return None;
        }
        close + 1
    } else if first.trim_start().starts_with('.') && indentation(first) > indent {
        next + lines[next..].iter().take_while(is_deeper).count()
    } else if line.starts_with("impl") && first.starts_with("for ") {
        next + 1
    } else {
        return None;
    };
    let (last, inner) = lines[next..end].split_last()?;
    if inner.iter().any(|line| line.ends_with([';', '}']) || line.trim_start().starts_with(['/', '#'])) {
        return None;
    }
    let mut whole = line.to_owned();
    if is_arm(line, inner) {
        whole.truncate(whole.len() - "{".len());
        whole = format!("{}{},", whole, inner[0].trim());
    } else {
        inner.iter().chain([last]).for_each(|line| add(&mut whole, line.trim()));
    }
    (whole.chars().count() <= WIDTH).then_some((whole, end))
}

/// Appends a line of a construct.
fn add(whole: &mut String, line: &str) {
    if line.starts_with([')', ']', '>', '}']) {
        whole.truncate(whole.trim_end_matches(',').len());
    }
    let is_tight = whole.ends_with(['(', '[', '<']) || line.starts_with([')', ']', '>', '.', '?']);
    if !is_tight {
        whole.push(' ');
    }
    whole.push_str(line);
}

/// Returns whether `line` starts a structure literal, and not a block.
fn is_literal(line: &str, fields: &[&str]) -> bool {
    let is_field = |field: &&str| {
        let name = field.trim_start().split([':', ',']).next().unwrap_or_default();
        name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let is_declaration = ["struct ", "enum ", "match "].iter().any(|word| line.contains(word));
    let indent = fields.first().map(|field| indentation(field));
    let mut outer = fields.iter().filter(|field| Some(indentation(field)) == indent);
    !is_declaration && fields.last().is_some_and(|last| last.ends_with(',')) && outer.next().is_some_and(is_field)
}

/// Returns whether `line` starts an arm of a `match` whose body is one expression.
fn is_arm(line: &str, body: &[&str]) -> bool {
    line.ends_with("=> {") && matches!(body, [one] if !one.ends_with([';', '{']))
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}
