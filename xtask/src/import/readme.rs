//! The README of an imported client, which is also the front page of its documentation.

use super::first_call::{FirstCall, first_call};
use crate::document::Document;
use crate::names::title_in_sentence;
use crate::read::read;

/// The README of a client whose features are those of every client.
const OTHER: &str = include_str!("../../../crates/chatguru-client/README.md");

/// Writes the README. `spec` is the text of the spec.
pub(super) fn readme(name: &str, title: &str, spec: &str) -> String {
    let first = Document::parse(name, spec).and_then(|document| Ok(first_call(&document, &read(&document)?)));
    let call = first.ok().flatten().map(|call| section(name, &call)).unwrap_or_default();
    // A title is not Markdown.
    let title = title.replace(['[', ']', '<', '>', '*', '_'], " ");
    format!(
        "# {name}-client\n\n\
         Typed client of {}. Every error tells you whether the call took effect, and no output shows a secret.\n\n\
         {call}{OUTCOMES}{}\
         ## Where things are\n\n\
         - The methods of `Client` are the operations. `Credentials` says where each credential is sent.\n\
         - The client is generated from `specs/{name}.yaml`, which was imported from the provider's own document.\n  \
         In this spec you change names and texts, and what the client may repeat.\n\
         - The documentation cites facts by number. The module `facts` lists them, and states how each is known.\n\n\
         {}",
        title_in_sentence(title.trim()),
        CALLS,
        features(),
    )
}

const OUTCOMES: &str = "\
## What an error tells you

`Error::outcome` has three values:

| outcome | what it means | what to do |
|---|---|---|
| `NotDone` | The call had no effect. | If `is_transient()` is true, try again later. Otherwise fix the cause first. |
| `Unknown` | The call may have had its effect, for example because no answer arrived. | Check before you send it again. |
| `Done` | The call had its effect, but the answer could not be read. | Do not send it again. |

";

const CALLS: &str = "\
## Before a call is sent

Each call is validated against the rules of the spec, such as its required values. The error lists all violations. Call
`dry_run` in place of `send` to get the exact request, with every secret masked. It sends nothing.

To call another server, such as one on your machine, give its address to the builder of the client:
`Client::builder(provider, credentials).base_url(\"http://127.0.0.1:8080\")`.

";

fn section(name: &str, first: &FirstCall) -> String {
    let FirstCall { credentials, provider, call, unset } = first;
    let package = name.replace('-', "_");
    let comment = if unset.is_empty() {
        String::new()
    } else {
        let names: Vec<_> = unset.iter().map(|name| format!("`{name}`")).collect();
        format!("    // Set these values, too: {}.\n", names.join(", "))
    };
    format!(
        "## A first call\n\n\
         ```rust,no_run\n\
         use {package}_client::{{Client, Credentials, Error, Outcome, Provider}};\n\n\
         #[tokio::main(flavor = \"current_thread\")]\n\
         async fn main() -> Result<(), Error> {{\n    \
         let credentials = {credentials};\n    \
         let provider = {provider};\n    \
         let client = Client::builder(provider, credentials).build()?;\n\n\
         {comment}    \
         let call = {call};\n    \
         println!(\"{{}}\", call.clone().dry_run().await?);\n    \
         match call.send().await {{\n        \
         Ok(answer) => println!(\"done: {{answer:?}}\"),\n        \
         Err(error) => match error.outcome() {{\n            \
         Outcome::NotDone if error.is_transient() => println!(\"not done; try again later: {{error}}\"),\n            \
         Outcome::NotDone => println!(\"not done; fix the cause first: {{error}}\"),\n            \
         Outcome::Unknown => println!(\"perhaps done; check before you send it again: {{error}}\"),\n            \
         Outcome::Done => println!(\"done; do not send it again: {{error}}\"),\n        \
         }},\n    \
         }}\n    \
         Ok(())\n\
         }}\n\
         ```\n\n\
         You need Rust 1.85 or newer. Calls run on [tokio](https://docs.rs/tokio).\n\n"
    )
}

/// The section on the features, and what follows it.
fn features() -> String {
    let start = OTHER.find("## Features").unwrap_or(OTHER.len());
    let section = OTHER[start..].lines().filter(|line| !line.starts_with("[`"));
    let section: Vec<_> = section.collect();
    section.join("\n").trim_end().to_owned() + "\n"
}
