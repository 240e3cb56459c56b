//! Measures what calls cost: instructions, allocations, time and memory.

use std::path::Path;

use crate::load::Failure;
use crate::process::{Contender, Server, Tool};
use crate::table::{Better, Row};

const CALLS: [(&str, &str); 2] = [("list", "GET contact/list"), ("text", "POST send-message (text)")];

/// Measures instructions and allocations per request, `rounds` times.
pub fn counts(contenders: &[Contender], server: &Server, rounds: usize) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for (tool, unit) in [(Tool::Instructions, "instructions"), (Tool::Allocations, "allocations")] {
        for (what, name) in CALLS {
            let mut row = Row::new(format!("{name}, {unit} a request"), Better::Less);
            for _ in 0..rounds {
                for contender in contenders {
                    row.add(contender.name, contender.each(tool, what, &server.origin)?);
                }
            }
            rows.push(row);
        }
    }
    Ok(rows)
}

/// Measures requests per second. In each round every client has its turn, so that changes of the machine's speed affect
/// all of them.
pub fn rates(contenders: &[Contender], server: &Server, rounds: usize, count: usize) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for (what, name) in CALLS {
        let mut row = Row::new(format!("{name}, requests/s at 64 at once"), Better::More);
        for round in 0..=rounds {
            for contender in contenders {
                let (seconds, _) = contender.call(what, count, 64, &server.origin)?;
                // The first round warms the machine up.
                if round > 0 {
                    row.add(contender.name, per(count, seconds));
                }
            }
        }
        rows.push(row);
    }
    Ok(rows)
}

const MIB: usize = 100;

/// Measures the upload of a file of 100 MiB, and its memory above that of a text message.
pub fn upload(contenders: &[Contender], server: &Server, scratch: &Path, rounds: usize) -> Result<Vec<Row>, Failure> {
    let path = scratch.join("upload.pdf");
    let content: Vec<u8> = (0..1 << 20).map(|byte: u32| byte.to_le_bytes()[0]).collect();
    std::fs::write(&path, content.repeat(MIB))?;
    let what = format!("upload:{}", path.display());
    let mut speed = Row::new("100 MiB upload from a path, MiB/s", Better::More);
    let mut memory = Row::of_differences("100 MiB upload, KiB of memory above a text message", Better::Less);
    for _ in 0..rounds {
        for contender in contenders.iter().filter(|contender| !["untyped", "hyper"].contains(&contender.name)) {
            let (_, text) = contender.call("text", 1, 1, &server.origin)?;
            let (seconds, peak) = contender.call(&what, 1, 1, &server.origin)?;
            speed.add(contender.name, per(MIB, seconds));
            memory.add(contender.name, peak - text);
        }
    }
    std::fs::remove_file(&path)?;
    Ok(vec![speed, memory])
}

/// Measures whether time and memory per call grow with the number of calls.
pub fn growth(ours: &Contender, server: &Server, sends: usize, contacts: usize) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    let mut grow = |name: &str, count: usize, run: &dyn Fn(usize) -> Result<(f64, f64), Failure>| {
        let (little, much) = (run(count / 10)?, run(count)?);
        let mut time = Row::new(format!("{name} {count}: time to that of a tenth, a piece"), Better::Less);
        time.add(ours.name, much.0 / little.0 / 10.0);
        let mut memory = Row::of_differences(format!("{name} {count}: KiB of memory above a tenth"), Better::Less);
        memory.add(ours.name, much.1 - little.1);
        rows.extend([time, memory]);
        Ok::<_, Failure>(())
    };
    grow("sends through one client", sends, &|count| ours.call("text", count, 64, &server.origin))?;
    grow("a stream of contacts", contacts, &|count| ours.call(&format!("contacts:{count}"), 1, 1, &server.origin))?;
    Ok(rows)
}

#[allow(clippy::cast_precision_loss, reason = "a small count")]
fn per(count: usize, seconds: f64) -> f64 {
    count as f64 / seconds
}
