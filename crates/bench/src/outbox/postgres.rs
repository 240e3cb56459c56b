//! Workers that share a ledger in Postgres.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use zap_postgres_server::{Options, Server};

use super::fixture::{self, LEDGER, Variables};
use super::lists;
use super::measure::{Extent, one_number, own, per};
use super::usage::{Usage, cpu_of_all};
use crate::load::Failure;
use crate::process::output;
use crate::table::{Better, Row};

/// Measures 1, 2 and 4 workers that send one list.
pub fn workers(extent: Extent, folder: &Path, account: &Variables) -> Result<Vec<Row>, Failure> {
    let Some(ledgers) = Ledgers::start(folder, account)? else { return Ok(Vec::new()) };
    let mut rows = Vec::new();
    for at_once in [10, 1] {
        let named = |what: &str| Row::of_differences(format!("{at_once} at a time, {what}"), Better::More);
        let mut measured = [
            named("messages/s"),
            named("messages/s and core of the workers"),
            named("messages/s and core of the workers and the server"),
        ];
        for _ in 0..extent.rounds {
            for workers in [1, 2, 4] {
                let ledger = ledgers.running(extent.messages)?;
                let used = ledgers.send(&ledger, extent.messages, workers, at_once)?;
                let who = if workers == 1 { "1 worker".to_owned() } else { format!("{workers} workers") };
                for (row, seconds) in measured.iter_mut().zip([used.wall, used.workers, used.workers + used.server]) {
                    row.add(&who, per(extent.messages, seconds));
                }
            }
        }
        rows.extend(measured);
    }
    Ok(rows)
}

/// Measures a ledger with many messages: its import, the first message, the count of its messages, and whether a message
/// costs more than in a small one.
pub fn large(extent: Extent, folder: &Path, account: &Variables) -> Result<Vec<Row>, Failure> {
    let Some(ledgers) = Ledgers::start(folder, account)? else { return Ok(Vec::new()) };
    let Extent { rounds, few, many, .. } = extent;
    let mut rows = Vec::new();
    let mut add = |name: String, values: &[f64]| {
        let mut row = Row::of_differences(name, Better::Less);
        for value in values {
            row.add("postgres", *value);
        }
        rows.push(row);
    };
    let server = ledgers.cpu()?;
    let (ledger, import) = ledgers.import(many)?;
    add(format!("import of {many} recipients, seconds"), &[import.wall]);
    add("seconds of the processor, by the program".to_owned(), &[import.cpu]);
    add("seconds of the processor, by the server".to_owned(), &[ledgers.cpu()? - server]);
    // Otherwise the server would begin to do it during a measurement.
    ledgers.server.psql(&format!("VACUUM ANALYZE {}.zap_message", ledger.schema));

    let mut ratios = Vec::new();
    for round in 0..rounds * 2 - 1 {
        let small = ledgers.running(few)?;
        let cpu = |ledger| {
            let used = ledgers.send(ledger, few, 1, 10)?;
            Ok::<_, Failure>(used.workers + used.server)
        };
        // What runs first must not matter.
        let (in_small, in_large) = if round % 2 == 0 {
            let in_small = cpu(&small)?;
            (in_small, cpu(&ledger)?)
        } else {
            let in_large = cpu(&ledger)?;
            (cpu(&small)?, in_large)
        };
        ratios.push(in_large / in_small);
    }
    add(format!("time per message, {many} recipients to {few}"), &ratios);
    let milliseconds = |command: &str| {
        let each = (0..rounds.max(3)).map(|_| one_number(ledgers.own(&ledger, command)?.arg(folder)));
        each.collect::<Result<Vec<_>, Failure>>()
    };
    add(format!("{many} recipients, messages by state: ms"), &milliseconds("counts")?);
    add(format!("{many} recipients, first message: ms"), &milliseconds("first")?);
    Ok(rows)
}

/// A server, and what the programs need.
struct Ledgers<'a> {
    server: Server,
    folder: PathBuf,
    account: &'a Variables,
}

/// A ledger on the server.
struct Ledger {
    schema: String,
    url: String,
}

/// The seconds that some work took.
struct Used {
    wall: f64,
    /// Of the processor, by all workers.
    workers: f64,
    /// Of the processor, by the server.
    server: f64,
}

impl<'a> Ledgers<'a> {
    /// Starts a server whose files are on a disk. Returns `None` if Postgres is not installed.
    fn start(folder: &Path, account: &'a Variables) -> Result<Option<Self>, Failure> {
        let options = Options { folder: Some(std::env::temp_dir()), ..Options::default() };
        let Some(server) = Server::start(&options) else { return Ok(None) };
        println!("{}", server.psql("SELECT version()"));
        let folder = folder.join("postgres");
        fixture::fresh(&folder)?;
        Ok(Some(Self { server, folder, account }))
    }

    fn own(&self, ledger: &Ledger, command: &str) -> Result<Command, Failure> {
        let mut command = own(command)?;
        command.env(LEDGER, &ledger.url).envs(self.account.clone());
        Ok(command)
    }

    /// Returns a ledger in which a campaign with this many recipients runs.
    fn running(&self, recipients: usize) -> Result<Ledger, Failure> {
        Ok(self.import(recipients)?.0)
    }

    fn import(&self, recipients: usize) -> Result<(Ledger, Usage), Failure> {
        lists::write(&self.folder, recipients)?;
        let schema = self.server.new_schema();
        let ledger = Ledger { url: self.server.url(&schema), schema };
        let usage = Usage::parse(&output(self.own(&ledger, "import")?.arg(&self.folder))?.out)?;
        Ok((ledger, usage))
    }

    /// Lets workers send this many messages, each the same part of them.
    fn send(&self, ledger: &Ledger, messages: usize, workers: usize, at_once: usize) -> Result<Used, Failure> {
        let server = self.cpu()?;
        let mut children = Vec::new();
        for _ in 0..workers {
            let mut command = self.own(ledger, "send")?;
            command.arg("outbox").arg(&self.folder).args([messages / workers, at_once].map(|n| n.to_string()));
            children.push(command.stdout(Stdio::piped()).spawn()?);
        }
        let mut used = Used { wall: 0.0, workers: 0.0, server: 0.0 };
        for child in children {
            let output = child.wait_with_output()?;
            let usage = Usage::parse(&String::from_utf8_lossy(&output.stdout))?;
            used.wall = used.wall.max(usage.wall);
            used.workers += usage.cpu;
        }
        used.server = self.cpu()? - server;
        Ok(used)
    }

    /// Returns the seconds of the processor that the server has used.
    fn cpu(&self) -> Result<f64, Failure> {
        let first_line = std::fs::read_to_string(self.server.folder().join("data/postmaster.pid"))?;
        cpu_of_all(first_line.lines().next().ok_or("the server's file has its process")?)
    }
}
