//! Sequences of requests, which show what calls do to each other.

use std::{collections::BTreeMap, fs, io::Write as _, path::Path, time::Duration};

use serde_json::Value;
use zap_sandbox::{Sandbox, World};

use super::{Run, folder, known};

/// The least that must agree in everything, of a thousand.
const REQUIRED: usize = 995;
/// How much of the clock passes between two requests, so that none are at the same time.
const PAUSE: Duration = Duration::from_secs(2);

#[tokio::test]
async fn recorded_sequences_are_answered_and_delivered_again() {
    let (Some(folder), Some(base)) = (folder("SEQUENCES"), folder("RECORDINGS")) else { return };
    let world: Value = serde_json::from_slice(&fs::read(base.join("world.json")).unwrap()).unwrap();
    let sandbox = Sandbox::builder().world(World::from_json(&world.to_string()).unwrap()).start().await.unwrap();
    let fixtures = base.join("fixtures");
    let (mut requests, mut agree, mut agree_on_effects) = (0, 0, 0);
    let mut expected = BTreeMap::new();
    let mut unknown = Vec::new();
    for lines in sequences(&folder) {
        let mut run = Run::start(&sandbox, &world, &fixtures).await;
        for line in lines {
            let differences = run.replay(&line).await;
            sandbox.clock().advance(PAUSE);
            requests += 1;
            agree += usize::from(differences.is_empty());
            agree_on_effects += usize::from(!differences.iter().any(|difference| difference.is_effect));
            for difference in differences {
                match known(&difference) {
                    Some(name) => *expected.entry(name).or_insert(0) += 1,
                    None => unknown.push(format!("{} {}: {difference}", line["sequence"], line["step"])),
                }
            }
        }
    }
    let _ = writeln!(
        std::io::stderr(),
        "{}: {agree} of {requests} requests agree in everything, {agree_on_effects} on outcome and effects; \
         known to differ: {expected:?}",
        folder.display()
    );
    assert!(requests >= 3000, "the sequences are not all there: {requests}");
    assert!(unknown.is_empty(), "{} differ:\n{}", unknown.len(), unknown.join("\n"));
    assert!(agree * 1000 >= requests * REQUIRED, "only {agree} of {requests} agree");
}

/// The sequences, each with its requests.
fn sequences(folder: &Path) -> Vec<Vec<Value>> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    paths.sort();
    let read = |path| fs::read_to_string(path).unwrap();
    // Lines end with a line feed only: texts hold other ends of lines.
    let lines = |text: String| {
        let lines = text.split('\n').filter(|line| !line.is_empty());
        lines.map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    paths.into_iter().map(read).map(lines).collect()
}
