//! Specs with any number of operations.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::load::Failure;

const HEAD: &str = r#"openapi: 3.0.3
info:
  title: Synthetic
  version: "1"
  description: For measuring.
  x-source: { evidence: docs, facts: [E1] }
servers:
  - url: https://one.example/api
    x-name: One
    description: The one instance.
    x-source: { evidence: docs, facts: [E1] }
security: [{ key: [] }]
tags:
  - { name: Things, description: All of them. }
x-envelope:
  status: status
  success: success
  error: error
  texts: [message]
  refusals: all
  x-source: { evidence: docs, facts: [E1] }
paths:
"#;

const TAIL: &str = r##"    ErrorResponse:
      type: object
      description: An error.
      x-source: { evidence: docs, facts: [E1] }
      properties:
        status: { type: string, description: How it went. }
  securitySchemes:
    key: { type: apiKey, in: header, name: key, description: The key., x-source: { evidence: docs, facts: [E1] } }
  responses:
    Error:
      description: Not done.
      content: { application/json: { schema: { $ref: "#/components/schemas/ErrorResponse" } } }
"##;

/// Writes a spec of `count` operations and its facts.
pub(super) fn write(folder: &Path, count: usize) -> Result<(), Failure> {
    fs::create_dir_all(folder.join("specs"))?;
    fs::write(folder.join("specs/facts.md"), "#### E1\n\n(docs) Made up.\n")?;
    Ok(fs::write(folder.join("specs/synthetic.yaml"), spec(count))?)
}

/// A spec of `count` operations, each with an answer of its own; every second sends a form of its own.
fn spec(count: usize) -> String {
    let (mut paths, mut schemas) = (String::new(), String::from("components:\n  schemas:\n"));
    for number in 0..count {
        let posts = number % 2 == 1;
        let (method, safety) = if posts { ("post", "change") } else { ("get", "read") };
        let _ = write!(
            paths,
            r"  /things{number}:
    {method}:
      operationId: thing{number}
      tags: [Things]
      summary: Do thing {number}.
      description: Does thing {number} in the way that its parameters say.
      x-safety: {safety}
      x-source: {{ evidence: docs, facts: [E1] }}
      parameters:
        - {{ name: page, in: query, description: The page., schema: {{ type: integer, format: int64 }}, x-source: {{ evidence: docs, facts: [E1] }} }}
        - {{ name: search, in: query, description: Part of a name., schema: {{ type: string }}, x-source: {{ evidence: docs, facts: [E1] }} }}
"
        );
        if posts {
            let _ = write!(
                paths,
                "      requestBody:\n        required: true\n        content: {{ multipart/form-data: {{ schema: {{ $ref: \
                 \"#/components/schemas/Thing{number}Body\" }} }} }}\n"
            );
            let _ = write!(
                schemas,
                "    Thing{number}Body:\n      type: object\n      description: Form {number}.\n      required: [title]\n      properties:\n"
            );
            properties(&mut schemas, &["title", "text", "note"], "string", SOURCE);
        }
        let _ = write!(
            paths,
            r##"      responses:
        "2XX":
          description: Done.
          content: {{ application/json: {{ schema: {{ $ref: "#/components/schemas/Thing{number}Response" }} }} }}
        "4XX": {{ $ref: "#/components/responses/Error" }}
        "5XX": {{ $ref: "#/components/responses/Error" }}
"##
        );
        let _ = write!(
            schemas,
            "    Thing{number}Response:\n      type: object\n      description: Answer {number}.\n      x-source: {{ evidence: docs, \
             facts: [E1] }}\n      properties:\n"
        );
        properties(&mut schemas, &["status", "remark", "name", "city"], "string", "");
        properties(&mut schemas, &["id", "count", "from", "last"], "integer, format: int64", "");
    }
    format!("{HEAD}{paths}{schemas}{TAIL}")
}

/// The source of a property of a form. A property of an answer takes that of its schema.
const SOURCE: &str = ", x-source: { evidence: docs, facts: [E1] }";

fn properties(schemas: &mut String, names: &[&str], kind: &str, source: &str) {
    for name in names {
        let _ = writeln!(schemas, "        {name}: {{ type: {kind}, description: The {name}.{source} }}");
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::process::Command;

    use super::*;
    use crate::process::{output, root};

    /// Otherwise nothing is generated, and nothing measured.
    #[test]
    fn the_synthetic_spec_can_be_generated() {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/tmp/bench-synthetic");
        write(&folder, 10).expect("it can be written");
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(root()).args(["run", "--quiet", "--package", "xtask", "--example", "generate", "--"]);
        output(cargo.arg(folder.canonicalize().expect("it is there"))).expect("the spec follows the lint rules");
    }
}
