//! Runs the parts, and prints their tables.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ValueEnum;
use zap_outbox::sqlite::rusqlite::Connection;
use zap_outbox::sqlite::rusqlite::config::DbConfig;

use super::fixture::{self, Variables};
use super::usage::Usage;
use super::{kills, lists, peer};
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
    /// Messages that arrive twice, or not at all, if the sender is killed.
    Kills,
}

/// How much is measured.
struct Extent {
    rounds: usize,
    messages: usize,
    recipients: usize,
    kills: usize,
}

const QUICK: Extent = Extent { rounds: 1, messages: 2_000, recipients: 100_000, kills: 20 };
const FULL: Extent = Extent { rounds: 3, messages: 5_000, recipients: 1_000_000, kills: 100 };

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
}

impl Bench {
    fn new(extent: Extent, has_peer: bool) -> Result<Self, Failure> {
        let scratch = scratch()?;
        let apalis = has_peer.then(|| peer::build(&scratch)).transpose()?;
        Ok(Self { extent, folder: scratch.join("outbox"), apalis, server: Server::start()? })
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
            usages.push((who, self.send(who, &folder, at_once)?));
        }
        if let Some(apalis) = &self.apalis {
            peer::fill(apalis, &folder)?;
            let mut command = Command::new(apalis);
            command.arg("send").arg(&folder).args([self.extent.messages, at_once].map(|n| n.to_string()));
            usages.push((peer::APALIS, Usage::parse(&output(command.envs(self.account()))?.out)?));
        }
        Ok(usages)
    }

    fn send(&self, who: &str, folder: &Path, at_once: usize) -> Result<Usage, Failure> {
        let mut command = own("send")?;
        command.arg(who).arg(folder).args([self.extent.messages, at_once].map(|n| n.to_string()));
        Usage::parse(&output(command.envs(self.account()))?.out)
    }

    fn import(&self) -> Result<Vec<Row>, Failure> {
        let (folder, recipients) = (self.folder("import"), self.extent.recipients);
        let named = |what: &str| Row::of_differences(format!("{recipients} recipients: {what}"), Better::Less);
        let mut rows = [named("seconds of the processor"), named("seconds"), named("KiB of memory")];
        fixture::fresh(&folder)?;
        lists::write(&folder, recipients)?;
        let usage = Usage::parse(&output(own("import")?.arg(&folder))?.out)?;
        for (row, value) in rows.iter_mut().zip([usage.cpu, usage.wall, usage.peak]) {
            row.add("outbox", value);
        }
        Ok(rows.into())
    }

    /// Measures the time from opening the ledger to the first message that begins: after a shutdown, and after an
    /// import was killed at its end, when its last batches are only in the journal.
    fn first(&self) -> Result<Vec<Row>, Failure> {
        let recipients = self.extent.recipients;
        let named = |what| Row::of_differences(format!("{recipients} recipients, {what}: ms"), Better::Less);
        let (mut after_end, mut after_kill) = (named("after a shutdown"), named("after kill -9"));
        let mut journal = Row::of_differences("the journal that is read after kill -9, KiB", Better::Less);
        let folder = self.folder("first");
        fixture::running(&folder, recipients)?;
        for _ in 0..self.extent.rounds.max(3) {
            after_end.add("outbox", first(&folder)?);
        }
        for _ in 0..self.extent.rounds {
            // A reader keeps SQLite from moving the journal into the database, as a backup does.
            let reader = Connection::open(fixture::ledger(&folder))?;
            reader.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
            reader.execute_batch("BEGIN; SELECT count(*) FROM zap_campaign")?;
            let mut command = own("send")?;
            command.arg("outbox").arg(&folder).args([recipients.to_string(), "10".into()]).envs(self.account());
            let mut child = command.stdout(std::process::Stdio::null()).spawn()?;
            std::thread::sleep(std::time::Duration::from_secs(5));
            child.kill()?;
            child.wait()?;
            drop(reader);
            let size = fs::metadata(folder.join("ledger.db-wal"))?.len();
            journal.add("outbox", kib(size));
            after_kill.add("outbox", first(&folder)?);
        }
        Ok(vec![after_end, after_kill, journal])
    }

    /// Measures whether a message costs more in a large ledger: at the start of the list, and near its end.
    fn growth(&self) -> Result<Vec<Row>, Failure> {
        let (few, many) = (self.extent.messages, self.extent.recipients);
        let mut ratio = Row::of_differences(format!("time per message, {many} recipients to {few}"), Better::Less);
        let mut at_end = Row::of_differences("the same, at the end of the list", Better::Less);
        let mut size = Row::of_differences(format!("bytes of the ledger per message, of {many}"), Better::Less);
        let (small, large) = (self.folder("small"), self.folder("large"));
        fixture::running(&large, many)?;
        let bytes = kib(fs::metadata(fixture::ledger(&large))?.len()) * 1024.0;
        size.add("outbox", bytes / count(many));
        for _ in 0..self.extent.rounds {
            fixture::running(&small, few)?;
            ratio.add("outbox", self.send("outbox", &large, 10)?.cpu / self.send("outbox", &small, 10)?.cpu);
        }
        fixture::settle_all_but(&large, few * self.extent.rounds)?;
        for _ in 0..self.extent.rounds {
            fixture::running(&small, few)?;
            at_end.add("outbox", self.send("outbox", &large, 10)?.cpu / self.send("outbox", &small, 10)?.cpu);
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

fn first(folder: &Path) -> Result<f64, Failure> {
    Ok(output(own("first")?.arg(folder))?.out.trim().parse()?)
}

fn per(messages: usize, seconds: f64) -> f64 {
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
