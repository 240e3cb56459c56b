//! Replays sequences of requests, in which earlier calls affect later ones.

use std::{collections::BTreeMap, fs, io::Write as _, path::Path, time::Duration};

use serde_json::Value;
use zap_sandbox::{Sandbox, World};

use super::{Run, folder, known};

/// How many of a thousand requests must agree completely.
const REQUIRED: usize = 995;
/// The time between two requests on the sandbox's clock, so that no two are at the same time.
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
        "{}: {agree} of {requests} requests agree completely, {agree_on_effects} on outcome and effects; \
         known to differ: {expected:?}",
        folder.display()
    );
    assert!(requests >= 3000, "some sequences are missing: {requests}");
    assert!(unknown.is_empty(), "{} differ:\n{}", unknown.len(), unknown.join("\n"));
    assert!(agree * 1000 >= requests * REQUIRED, "only {agree} of {requests} agree");
}

/// The sequences, each with its requests.
fn sequences(folder: &Path) -> Vec<Vec<Value>> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    paths.sort();
    let read = |path| fs::read_to_string(path).unwrap();
    // Split at line feeds only, because texts contain other line breaks.
    let lines = |text: String| {
        let lines = text.split('\n').filter(|line| !line.is_empty());
        lines.map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    paths.into_iter().map(read).map(lines).collect()
}
