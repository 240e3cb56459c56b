//! Runs the parts, and prints their tables.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use clap::ValueEnum;
use zap_outbox::sqlite::rusqlite::Connection;
use zap_outbox::sqlite::rusqlite::config::DbConfig;

use super::fixture::{self, Variables};
use super::usage::Usage;
use super::{kills, lists, peer, postgres};
use crate::load::Failure;
use crate::process::{Server, Tool, output, root, scratch};
use crate::table::{Better, Row, markdown};

/// The parts that can be measured separately, in the order of a complete run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Messages per second and core.
    Rates,
    /// The import of a list.
    Import,
    /// The first message after a restart.
    First,
    /// Time per message and size of the ledger, of few and of many messages.
    Growth,
    /// Messages per second of 1, 2 and 4 workers that share a ledger in Postgres.
    Workers,
    /// The import, the first message and the growth of a ledger in Postgres.
    Postgres,
    /// Messages that arrive twice, or not at all, if the sender is killed.
    Kills,
}

/// How much is measured.
#[derive(Clone, Copy)]
pub struct Extent {
    pub rounds: usize,
    /// Messages that each sender sends in a round.
    pub messages: usize,
    /// Messages in a small ledger.
    pub few: usize,
    /// Messages in a large ledger.
    pub many: usize,
    pub kills: usize,
}

const QUICK: Extent = Extent { rounds: 1, messages: 2_000, few: 10_000, many: 100_000, kills: 10 };
const FULL: Extent = Extent { rounds: 3, messages: 5_000, few: 10_000, many: 1_000_000, kills: 50 };

/// Measures `parts`, or all if there are none. Only a complete run writes into the repository.
pub fn measure(quick: bool, parts: &[Part]) -> Result<(), Failure> {
    let parts = if parts.is_empty() { Part::value_variants() } else { parts };
    let extent = if quick { QUICK } else { FULL };
    let has_peer = parts.iter().any(|part| matches!(part, Part::Rates | Part::Kills));
    if has_peer && quick {
        println!("The job engine is for the whole run: `bench outbox`.");
    }
    let bench = Bench::new(extent, has_peer && !quick)?;
    let whole = !quick && parts == Part::value_variants();
    let folder = if whole { root().join("crates/bench/results") } else { bench.folder.join("results") };
    fs::create_dir_all(&folder)?;
    let mut text = crate::run::preface("outbox", quick, "Median (range).")?;
    for part in parts {
        let (title, rows) = match part {
            Part::Rates => ("Messages a second and core", bench.rates()?),
            Part::Import => ("Import", bench.import()?),
            Part::First => ("First message after a restart", bench.first()?),
            Part::Growth => ("Growth", bench.growth()?),
            Part::Workers => ("Workers on Postgres", postgres::workers(bench.extent, &bench.folder, &bench.account())?),
            Part::Postgres => ("A ledger in Postgres", postgres::large(bench.extent, &bench.folder, &bench.account())?),
            Part::Kills => ("Kills", kills::measure(&bench.folder, bench.apalis.as_deref(), bench.extent.kills)?),
        };
        let section = format!("## {title}\n\n{}\n", markdown(&rows));
        println!("{section}");
        text.push_str(&section);
        fs::write(folder.join("outbox.md"), &text)?;
    }
    println!("Tables: {}", folder.join("outbox.md").canonicalize()?.display());
    Ok(())
}

struct Bench {
    extent: Extent,
    folder: PathBuf,
    /// The program with the job engine, in a whole run, if a part needs it.
    apalis: Option<PathBuf>,
    server: Server,
    /// Whether the large ledger was imported.
    has_imported: Cell<bool>,
}

impl Bench {
    fn new(extent: Extent, has_peer: bool) -> Result<Self, Failure> {
        let scratch = scratch()?;
        let apalis = has_peer.then(|| peer::build(&scratch)).transpose()?;
        Ok(Self {
            extent,
            folder: scratch.join("outbox"),
            apalis,
            server: Server::start()?,
            has_imported: Cell::new(false),
        })
    }

    fn folder(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn account(&self) -> Variables {
        fixture::account(&self.server.origin)
    }

    /// Measures messages per second of the processor, ten at a time and one at a time.
    fn rates(&self) -> Result<Vec<Row>, Failure> {
        let mut rows = Vec::new();
        for at_once in [10, 1] {
            let mut cpu = Row::of_differences(format!("{at_once} at a time, messages/s and core"), Better::More);
            let mut wall = Row::of_differences(format!("{at_once} at a time, messages/s"), Better::More);
            for _ in 0..self.extent.rounds {
                for (who, usage) in self.round(at_once)? {
                    cpu.add(who, per(self.extent.messages, usage.cpu));
                    wall.add(who, per(self.extent.messages, usage.wall));
                }
            }
            rows.extend([cpu, wall]);
        }
        Ok(rows)
    }

    /// Lets each sender send a new list once.
    fn round(&self, at_once: usize) -> Result<Vec<(&'static str, Usage)>, Failure> {
        let folder = self.folder("rates");
        fixture::running(&folder, self.extent.messages)?;
        let mut usages = Vec::new();
        for who in ["outbox", "naive", "naive-flushed", "client"] {
            // They have the same file.
            let _ = fs::remove_file(folder.join("progress"));
            usages.push((who, self.send(who, &folder, self.extent.messages, at_once)?));
        }
        if let Some(apalis) = &self.apalis {
            peer::fill(apalis, &folder)?;
            let mut command = Command::new(apalis);
            command.arg("send").arg(&folder).args([self.extent.messages, at_once].map(|n| n.to_string()));
            usages.push((peer::APALIS, Usage::parse(&output(command.envs(self.account()))?.out)?));
        }
        Ok(usages)
    }

    fn send(&self, who: &str, folder: &Path, messages: usize, at_once: usize) -> Result<Usage, Failure> {
        let mut command = own("send")?;
        command.arg(who).arg(folder).args([messages, at_once].map(|n| n.to_string()));
        Usage::parse(&output(command.envs(self.account()))?.out)
    }

    fn import(&self) -> Result<Vec<Row>, Failure> {
        let named = |what: &str| Row::of_differences(format!("{} recipients: {what}", self.extent.many), Better::Less);
        let mut rows = [named("seconds of the processor"), named("seconds"), named("KiB of memory")];
        let folder = self.folder("import");
        fixture::fresh(&folder)?;
        lists::write(&folder, self.extent.many)?;
        let usage = Usage::parse(&output(own("import")?.arg(&folder))?.out)?;
        self.has_imported.set(true);
        for (row, value) in rows.iter_mut().zip([usage.cpu, usage.wall, usage.peak]) {
            row.add("outbox", value);
        }
        Ok(rows.into())
    }

    /// Returns a folder with a large ledger that is used by one part only.
    fn large(&self, name: &str) -> Result<PathBuf, Failure> {
        if !self.has_imported.get() {
            self.import()?;
        }
        let folder = self.folder(name);
        fixture::fresh(&folder)?;
        fs::copy(fixture::ledger(&self.folder("import")), fixture::ledger(&folder))?;
        Ok(folder)
    }

    /// Measures the time from opening the ledger to the first message that begins: after a shutdown, and after a worker
    /// was killed, when its last transactions are only in the journal.
    fn first(&self) -> Result<Vec<Row>, Failure> {
        let named = |what| Row::of_differences(format!("{} recipients, {what}: ms", self.extent.many), Better::Less);
        let (mut after_end, mut after_kill) = (named("after a shutdown"), named("after kill -9"));
        let mut journal = Row::of_differences("the journal that is read after kill -9, KiB", Better::Less);
        let folder = self.large("first")?;
        let first = || one_number(own("first")?.arg(&folder));
        for _ in 0..self.extent.rounds.max(3) {
            after_end.add("outbox", first()?);
        }
        for _ in 0..self.extent.rounds {
            // A reader keeps SQLite from moving the journal into the database, as a backup does.
            let reader = Connection::open(fixture::ledger(&folder))?;
            reader.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
            reader.execute_batch("BEGIN; SELECT count(*) FROM zap_campaign")?;
            let mut command = own("send")?;
            command.arg("outbox").arg(&folder).args([self.extent.many, 10].map(|n| n.to_string()));
            let mut child = command.envs(self.account()).stdout(Stdio::null()).spawn()?;
            std::thread::sleep(Duration::from_secs(5));
            child.kill()?;
            child.wait()?;
            drop(reader);
            let size = fs::metadata(folder.join("ledger.db-wal"))?.len();
            journal.add("outbox", kib(size));
            after_kill.add("outbox", first()?);
        }
        Ok(vec![after_end, after_kill, journal])
    }

    /// Measures whether a message costs more in a large ledger: at the start of the list, and near its end.
    fn growth(&self) -> Result<Vec<Row>, Failure> {
        let Extent { rounds, few, many, .. } = self.extent;
        let mut ratio = Row::of_differences(format!("time per message, {many} recipients to {few}"), Better::Less);
        let mut at_end = Row::of_differences("the same, at the end of the list", Better::Less);
        let mut size = Row::of_differences(format!("bytes of the ledger per message, of {many}"), Better::Less);
        let (small, large) = (self.folder("small"), self.large("large")?);
        let bytes = kib(fs::metadata(fixture::ledger(&large))?.len()) * 1024.0;
        size.add("outbox", bytes / count(many));
        let rounds = rounds * 2 - 1;
        for (row, is_end) in [(&mut ratio, false), (&mut at_end, true)] {
            if is_end {
                fixture::settle_all_but(&large, few * rounds)?;
            }
            for round in 0..rounds {
                fixture::running(&small, few)?;
                let cpu = |folder| Ok::<_, Failure>(self.send("outbox", folder, few, 10)?.cpu);
                // What runs first must not matter.
                let (in_small, in_large) = if round % 2 == 0 {
                    let in_small = cpu(&small)?;
                    (in_small, cpu(&large)?)
                } else {
                    let in_large = cpu(&large)?;
                    (cpu(&small)?, in_large)
                };
                row.add("outbox", in_large / in_small);
            }
        }
        Ok(vec![ratio, at_end, size])
    }
}

/// Returns the instructions of a message that the outbox sends to those of a message that the client sends alone.
///
/// One at a time, so that each message needs the same transactions. Each count is the difference between a long and a
/// short run.
pub fn instructions(server: &Server) -> Result<f64, Failure> {
    const SHORT: usize = 50;
    const LONG: usize = 250;
    let folder = scratch()?.join("outbox/instructions");
    let program = std::env::current_exe()?;
    let total = |who: &str, messages: usize| {
        fixture::running(&folder, messages)?;
        let mut command = Tool::Instructions.counting(&program);
        command.args(["send", who]).arg(&folder).args([&messages.to_string(), "1"]);
        Tool::Instructions.count(&output(command.envs(fixture::account(&server.origin)))?)
    };
    let each = |who: &str| Ok::<_, Failure>(total(who, LONG)? - total(who, SHORT)?);
    Ok(each("outbox")? / each("client")?)
}

/// Returns a command of this program.
pub fn own(command: &str) -> Result<Command, Failure> {
    let mut program = Command::new(std::env::current_exe()?);
    program.arg(command);
    Ok(program)
}

/// Returns the number that a command prints.
pub fn one_number(command: &mut Command) -> Result<f64, Failure> {
    Ok(output(command)?.out.trim().parse()?)
}

pub fn per(messages: usize, seconds: f64) -> f64 {
    count(messages) / seconds
}

#[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
fn count(messages: usize) -> f64 {
    messages as f64
}

#[allow(clippy::cast_precision_loss, reason = "far below 2^52 bytes")]
fn kib(bytes: u64) -> f64 {
    bytes as f64 / 1024.0
}
