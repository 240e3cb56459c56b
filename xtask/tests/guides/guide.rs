//! A guide: what is between its heading and the next.

use std::fs;

use crate::copy::root;

pub enum Step {
    /// A line of a block `sh`.
    Run(String),
    /// A block `text`: what the command before it prints.
    See(Vec<String>),
}

/// The steps of a guide of `CONTRIBUTING.md`.
pub fn guide(title: &str) -> Vec<Step> {
    let text = fs::read_to_string(root().join("CONTRIBUTING.md")).expect("the guides are there");
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
                    other => panic!("guide `{title}`: a block of `{other}` is neither done nor seen"),
                }
                block = None;
            }
            (Some((_, lines)), _) => lines.push(line.to_owned()),
        }
    }
    assert!(steps.iter().any(|step| matches!(step, Step::See(_))), "guide `{title}` shows nothing");
    steps
}
