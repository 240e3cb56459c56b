//! Measures the time to generate clients from the real specs, and from specs with many operations.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Instant;

use crate::load::Failure;
use crate::peers::Generator;
use crate::process::{output, root};
use crate::table::{Better, Row};

const OURS: &str = "ours";
const SIZES: [usize; 3] = [10, 100, 1000];

/// Wall time and memory of whole commands, `rounds` times.
pub fn measure(scratch: &Path, peers: &[Generator], rounds: usize) -> Result<Vec<Row>, Failure> {
    let target = scratch.parent().ok_or("the scratch folder lies in the target folder")?;
    let build = |arguments: &[&str]| {
        output(
            Command::new("cargo").current_dir(root()).args(["build", "--quiet", "--package", "xtask"]).args(arguments),
        )
    };
    build(&[])?;
    build(&["--release", "--example", "generate"])?;
    let generate = target.join("release/examples/generate");

    let mut rows = Vec::new();
    let mut row = Row::new("real specs, `codegen --check` in debug, ms", Better::Less);
    for _ in 0..rounds {
        let mut check = Command::new(target.join("debug/xtask"));
        row.add(OURS, timed(check.args(["codegen", "--check"]))?);
    }
    rows.push(row);
    rows.push(both(scratch, &generate, peers, rounds)?);
    for spec in ["externalapi", "chatguru"] {
        let folder = copy_of(spec, scratch)?;
        rows.push(side_by_side(&format!("{spec} in release, ms"), &generate, peers, (&folder, spec), rounds)?.0);
    }

    for count in SIZES {
        let folder = scratch.join(format!("codegen-{count}"));
        write_synthetic(&folder, count)?;
        let name = format!("{count} operations in release");
        let (time, memory) = side_by_side(&format!("{name}, ms"), &generate, peers, (&folder, "synthetic"), rounds)?;
        let mut peak = Row::new(format!("{name}, KiB of memory"), Better::Less);
        peak.add(OURS, memory);
        rows.extend([time, peak]);
    }
    rows.push(growth(&rows));
    Ok(rows)
}

/// Compares the cost of an operation among 1000 with its cost among 100.
fn growth(rows: &[Row]) -> Row {
    let mut growth = Row::of_differences("1000 operations to ten times 100, time", Better::Less);
    let time = |count: usize| rows.iter().find(|row| row.name.starts_with(&format!("{count} operations")));
    if let (Some(few), Some(many)) = (time(100), time(1000)) {
        for who in many.names() {
            if let (Some(few), Some(many)) = (few.figure(who), many.figure(who)) {
                growth.add(who, many.median / few.median / 10.0);
            }
        }
    }
    growth
}

/// Ours and, where installed, the peers' on the same spec.
fn side_by_side(
    row: &str,
    generate: &Path,
    peers: &[Generator],
    (folder, spec): (&Path, &str),
    rounds: usize,
) -> Result<(Row, f64), Failure> {
    let mut row = Row::new(row, Better::Less);
    let spec = folder.join(format!("specs/{spec}.yaml"));
    for _ in 0..rounds {
        // As the first time: nothing is up to date.
        let _ = fs::remove_dir_all(folder.join("crates"));
        row.add(OURS, timed(Command::new(generate).arg(folder))?);
        for peer in peers {
            row.add(peer.name(), timed(&mut peer.generate(&spec, &folder.join(peer.name())))?);
        }
    }
    Ok((row, peak(Command::new(generate).arg(folder))?))
}

/// The real specs: ours in one command, each peer's with as few as it can.
fn both(scratch: &Path, generate: &Path, peers: &[Generator], rounds: usize) -> Result<Row, Failure> {
    let mut row = Row::new("both real specs in release, ms", Better::Less);
    let folder = scratch.join("codegen-both");
    let to = folder.join("specs");
    fs::create_dir_all(&to)?;
    for file in ["externalapi.yaml", "chatguru.yaml", "facts.md"] {
        fs::copy(root().join("specs").join(file), to.join(file))?;
    }
    let specs = [to.join("externalapi.yaml"), to.join("chatguru.yaml")];
    for _ in 0..rounds {
        let _ = fs::remove_dir_all(folder.join("crates"));
        row.add(OURS, timed(Command::new(generate).arg(&folder))?);
        for peer in peers {
            let mut milliseconds = 0.0;
            for mut command in peer.generate_all(&specs, &folder.join(peer.name()))? {
                milliseconds += timed(&mut command)?;
            }
            row.add(peer.name(), milliseconds);
        }
    }
    Ok(row)
}

/// Milliseconds from start to end.
fn timed(command: &mut Command) -> Result<f64, Failure> {
    let start = Instant::now();
    let mut child = silent(command).spawn()?;
    ended(command, child.wait()?)?;
    Ok(start.elapsed().as_secs_f64() * 1000.0)
}

/// The peak of memory in KiB as last seen. To look takes time, so that it is another run.
fn peak(command: &mut Command) -> Result<f64, Failure> {
    let mut child = silent(command).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        if let Some(how) = child.try_wait()? {
            ended(command, how)?;
            #[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
            return Ok(peak as f64);
        }
        peak = crate::load::peak(&status).max(peak);
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
}

fn silent(command: &mut Command) -> &mut Command {
    command.stdout(Stdio::null()).stderr(Stdio::null())
}

fn ended(command: &Command, how: ExitStatus) -> Result<(), Failure> {
    if how.success() { Ok(()) } else { Err(format!("{command:?} failed: {how}").into()) }
}

/// The peers take one spec at a time.
fn copy_of(spec: &str, scratch: &Path) -> Result<PathBuf, Failure> {
    let folder = scratch.join(format!("codegen-{spec}"));
    let (from, to) = (root().join("specs"), folder.join("specs"));
    fs::create_dir_all(&to)?;
    fs::copy(from.join(format!("{spec}.yaml")), to.join(format!("{spec}.yaml")))?;
    // A fact of the other API, which no spec cites here, would be an error.
    let facts = fs::read_to_string(from.join("facts.md"))?;
    let sections = facts.split("\n## ");
    let own = sections.filter(|section| section.starts_with('#') || section.to_lowercase().starts_with(spec));
    fs::write(to.join("facts.md"), own.collect::<Vec<_>>().join("\n## "))?;
    Ok(folder)
}

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

fn write_synthetic(folder: &Path, count: usize) -> Result<(), Failure> {
    fs::create_dir_all(folder.join("specs"))?;
    fs::write(folder.join("specs/facts.md"), "#### E1\n\n(docs) Made up.\n")?;
    Ok(fs::write(folder.join("specs/synthetic.yaml"), synthetic(count))?)
}

/// A spec of `count` operations, each with an answer of its own; every second sends a form of its own.
fn synthetic(count: usize) -> String {
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
    use super::*;

    /// Otherwise nothing is generated, and nothing measured.
    #[test]
    fn the_synthetic_spec_can_be_generated() {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/tmp/bench-synthetic");
        write_synthetic(&folder, 10).expect("it can be written");
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(root()).args(["run", "--quiet", "--package", "xtask", "--example", "generate", "--"]);
        output(cargo.arg(folder.canonicalize().expect("it is there"))).expect("the spec follows the lint rules");
    }
}
