//! What a reviewer reads first: everything that a user's code can touch in a generated client.
//!
//! The listing is read off the code, not off the model, so that it tells what is really there. What
//! it has no form for it prints as it stands: nothing public goes unlisted.

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

/// An error at a piece of code that the generator would not write.
fn unexpected(at: &impl quote::ToTokens, what: &str) -> syn::Error {
    syn::Error::new_spanned(at, format!("{what}: the listing does not know this code"))
}

/// Entries below headings: those with the same heading together.
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

/// A name with what is in it, one a line.
fn block(name: &str, lines: &[String]) -> String {
    if lines.is_empty() { format!("{name} {{}}") } else { format!("{name} {{\n    {}\n}}", lines.join("\n    ")) }
}
