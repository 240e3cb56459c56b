//! The steps of a guide.

use std::fs;

use crate::copy::root;

pub enum Step {
    /// A line of an `sh` block: a command.
    Run(String),
    /// A `text` block: lines that the command before it prints.
    See(Vec<String>),
    /// A `diff` block: edits of files.
    Edit(Vec<String>),
}

/// Returns the steps of the guide with this title in `CONTRIBUTING.md`.
pub fn guide(title: &str) -> Vec<Step> {
    let text = fs::read_to_string(root().join("CONTRIBUTING.md")).expect("the file with the guides can be read");
    let heading = format!("### {title}");
    let mut lines = text.lines().skip_while(|line| *line != heading).skip(1).peekable();
    assert!(lines.peek().is_some(), "there is no guide `{title}`");
    let (mut steps, mut block) = (Vec::new(), None);
    for line in lines {
        match (&mut block, line.strip_prefix("```")) {
            (None, Some(language)) => block = Some((language, Vec::new())),
            (None, None) if line.starts_with("## ") || line.starts_with("### ") => break,
            (None, None) => {}
            (Some((language, lines)), Some("")) => {
                match *language {
                    "sh" => steps.extend(lines.drain(..).map(Step::Run)),
                    "text" => steps.push(Step::See(std::mem::take(lines))),
                    "diff" => steps.push(Step::Edit(std::mem::take(lines))),
                    other => panic!("guide `{title}`: the language of a block must be sh, text or diff, not `{other}`"),
                }
                block = None;
            }
            (Some((_, lines)), _) => lines.push(line.to_owned()),
        }
    }
    assert!(steps.iter().any(|step| matches!(step, Step::See(_))), "guide `{title}` shows no output");
    steps
}
