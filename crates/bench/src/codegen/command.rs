//! The time and the memory of a command.

use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::load::{Failure, peak};

/// What a command needs from start to end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cost {
    pub milliseconds: f64,
    /// The peak of its memory with that of the processes that it starts, as last seen.
    pub kibibytes: f64,
}

/// Runs a command twice, because looking at the memory takes time. `prepare` makes it ready for each run.
pub(super) fn cost(mut prepare: impl FnMut() -> Result<Command, Failure>) -> Result<Cost, Failure> {
    Ok(Cost { milliseconds: timed(&mut prepare()?)?, kibibytes: memory(&mut prepare()?)? })
}

/// Milliseconds from start to end.
pub(super) fn timed(command: &mut Command) -> Result<f64, Failure> {
    let start = Instant::now();
    let status = silent(command).status()?;
    if !status.success() {
        return Err(format!("{command:?} failed: {status}").into());
    }
    Ok(start.elapsed().as_secs_f64() * 1000.0)
}

/// The peak of memory in KiB.
fn memory(command: &mut Command) -> Result<f64, Failure> {
    let mut child = silent(command).spawn()?;
    let mut most = 0;
    loop {
        let ended = child.try_wait()?;
        most = most.max(peak_with_children(child.id()));
        match ended {
            // The figure is far below 2^52.
            #[allow(clippy::cast_precision_loss)]
            Some(status) if status.success() => return Ok(most as f64),
            Some(status) => return Err(format!("{command:?} failed: {status}").into()),
            None => sleep(Duration::from_millis(1)),
        }
    }
}

fn peak_with_children(process: u32) -> u64 {
    let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    let children = children.split_whitespace().filter_map(|child| child.parse().ok());
    peak(&format!("/proc/{process}/status")) + children.map(peak_with_children).sum::<u64>()
}

fn silent(command: &mut Command) -> &mut Command {
    command.stdout(Stdio::null()).stderr(Stdio::null())
}
