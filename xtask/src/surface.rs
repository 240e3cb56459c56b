//! Lists everything that a user's code can use in a generated client. Reviewers read the listing first.
//!
//! It comes from the code and not from the model, so that it shows what is really there. Public items of unknown kinds are
//! listed as they are, so that none is missing.

mod assemble;
mod chain;
mod collect;
mod operations;
mod public_type;
mod setters;
mod short;
mod types;

use self::assemble::assemble;
use self::collect::Code;

use crate::client_code::ClientCode;

/// Lists the surface of a generated client, without documentation.
///
/// Fails if the code does not parse, or is not what the generator writes.
pub fn surface(code: &ClientCode) -> Result<String, syn::Error> {
    let items = assemble(code)?;
    let code = Code::collect(&items)?;
    let sections = [
        ("Instances", types::instances(&code)),
        ("Credentials", types::credentials(&code)),
        ("Client", types::client(&code)),
        ("Answers", types::envelope(&code)?),
        ("Operations", operations::operations(&code)?),
        ("Forms", types::forms(&code)?),
        ("Models", types::models(&code)),
        ("Open enums", types::enums(&code)),
        ("Others", types::others(&code)),
    ];
    let sections = sections.iter().filter(|(_, text)| !text.is_empty());
    let sections: Vec<_> = sections.map(|(title, text)| format!("# {title}\n\n{text}")).collect();
    Ok(sections.join("\n\n") + "\n")
}

/// Returns an error at code that the generator would not write.
fn unexpected(at: &impl quote::ToTokens, what: &str) -> syn::Error {
    syn::Error::new_spanned(at, format!("{what}: the listing does not know this code"))
}

/// Prints entries below headings. Those with the same heading are together.
fn grouped(entries: impl IntoIterator<Item = (String, String)>) -> String {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for (heading, entry) in entries {
        match groups.iter_mut().find(|(other, _)| *other == heading) {
            Some((_, group)) => group.push(entry),
            None => groups.push((heading, vec![entry])),
        }
    }
    let group = |(heading, entries): &(String, Vec<String>)| format!("{heading}\n\n{}", entries.join("\n\n"));
    groups.iter().map(group).collect::<Vec<_>>().join("\n\n")
}

/// Prints a name with its contents, one a line.
fn block(name: &str, lines: &[String]) -> String {
    if lines.is_empty() { format!("{name} {{}}") } else { format!("{name} {{\n    {}\n}}", lines.join("\n    ")) }
}
