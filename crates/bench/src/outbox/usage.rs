//! What this process uses. The programs around the peers include this file.

use std::time::Instant;

use crate::load::{Failure, peak};

/// The unit of times in `/proc/PID/stat`, for every program on Linux.
const TICKS_A_SECOND: f64 = 100.0;

/// What a process has used for some work.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Seconds of the processor, by all threads, in the program and in the system for it.
    pub cpu: f64,
    /// Seconds that passed.
    pub wall: f64,
    /// The peak memory in KiB.
    pub peak: f64,
}

impl Usage {
    /// Reads what [`Meter::print`] has printed.
    pub fn parse(printed: &str) -> Result<Self, Failure> {
        let mut values = printed.split_whitespace().map(str::parse);
        let mut next = || values.next().ok_or("a measured program prints three numbers")?.map_err(Failure::from);
        Ok(Self { cpu: next()?, wall: next()?, peak: next()? })
    }
}

/// Measures this process from now on.
pub struct Meter {
    cpu: f64,
    start: Instant,
}

impl Meter {
    pub fn start() -> Result<Self, Failure> {
        Ok(Self { cpu: cpu()?, start: Instant::now() })
    }

    pub fn print(&self) -> Result<(), Failure> {
        println!("{} {} {}", cpu()? - self.cpu, self.start.elapsed().as_secs_f64(), peak("/proc/self/status"));
        Ok(())
    }
}

/// Returns the seconds of the processor that this process has used so far.
fn cpu() -> Result<f64, Failure> {
    Ok(times("self")?.iter().take(2).sum())
}

/// Returns the seconds of the processor that a process and its children have used so far. Children that have ended count,
/// and those of children only then.
pub fn cpu_of_all(process: &str) -> Result<f64, Failure> {
    let children = std::fs::read_to_string(format!("/proc/{process}/task/{process}/children"))?;
    let mut seconds = times(process)?.iter().sum();
    for child in children.split_whitespace() {
        // It may have ended just now.
        seconds += times(child).map_or(0.0, |times| times.iter().sum());
    }
    Ok(seconds)
}

/// Returns the seconds of a process in the program and in the system, and the same for its children that have ended.
fn times(process: &str) -> Result<Vec<f64>, Failure> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name of the program, in parentheses, can have spaces.
    let (_, fields) = stat.rsplit_once(')').ok_or("/proc/PID/stat has the name of the program")?;
    let ticks: Vec<f64> = fields.split_whitespace().skip(11).take(4).map(str::parse).collect::<Result<_, _>>()?;
    Ok(ticks.into_iter().map(|ticks| ticks / TICKS_A_SECOND).collect())
}
