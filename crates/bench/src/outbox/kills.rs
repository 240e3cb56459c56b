//! Kills senders while they send, until their list is sent. The sandbox says what arrived.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use zap_outbox::jiff::{Timestamp, ToSpan as _};
use zap_outbox::{CampaignId, Clock, Ledger, MessageId};
use zap_sandbox::{Fault, Profile, Sandbox};

use super::fixture::{self, Variables};
use super::measure::own;
use super::peer;
use crate::load::{Failure, runtime};
use crate::table::{Better, Row};

/// The sandbox keeps 10,000 deliveries.
const RECIPIENTS: usize = 4_000;
const AT_ONCE: usize = 10;

/// How long the sandbox waits before and after half of the requests.
const DELAY: Duration = Duration::from_millis(5);

/// After this time without a message, a sender has nothing more to send.
const IDLE: Duration = Duration::from_secs(5);

/// Kills each sender this often.
pub fn measure(folder: &Path, apalis: Option<&Path>, kills: usize) -> Result<Vec<Row>, Failure> {
    let named =
        |what: &str| Row::of_differences(format!("{kills} kills, {RECIPIENTS} recipients: {what}"), Better::Less);
    let mut rows = [named("sent twice"), named("neither sent nor reported"), named("reported as unknown")];
    let senders = ["outbox", "naive", "naive-flushed"].into_iter().map(|who| (who, None));
    for (who, program) in senders.chain(apalis.map(|program| (peer::APALIS, Some(program)))) {
        let round = Round::new(who, program, folder.join("kills"))?;
        for (row, value) in rows.iter_mut().zip(round.run(kills)?) {
            row.add(who, value);
        }
    }
    Ok(rows.into())
}

/// One sender with its list, and a sandbox.
struct Round<'a> {
    who: &'static str,
    apalis: Option<&'a Path>,
    folder: PathBuf,
    sandbox: Sandbox,
    account: Variables,
    // The sandbox runs on it.
    _runtime: tokio::runtime::Runtime,
}

impl<'a> Round<'a> {
    fn new(who: &'static str, apalis: Option<&'a Path>, folder: PathBuf) -> Result<Self, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let sandbox = runtime.block_on(Sandbox::builder().profile(Profile::Documented).start())?;
        // So that kills hit requests on their way, before and after they are processed.
        for fault in [Fault::delay(DELAY).before(), Fault::delay(DELAY).after()] {
            sandbox.faults().add(fault.always().probability(0.5, 1).operation("send_message"))?;
        }
        fixture::running(&folder, RECIPIENTS)?;
        if let Some(apalis) = apalis {
            peer::fill(apalis, &folder)?;
        }
        let account = fixture::sandbox_account(&sandbox);
        Ok(Self { who, apalis, folder, sandbox, account, _runtime: runtime })
    }

    /// Returns how many messages were sent twice, are missing, and are unknown.
    fn run(&self, kills: usize) -> Result<[f64; 3], Failure> {
        let mut pause = 1_u64;
        for _ in 0..kills {
            let arrived = self.sandbox.deliveries().len();
            let mut sender = self.start()?;
            let start = Instant::now();
            // A kill before it sends shows nothing. A job engine waits until it believes that the last worker is dead.
            while self.sandbox.deliveries().len() == arrived {
                if sender.try_wait()?.is_some() || start.elapsed() > Duration::from_secs(30) {
                    break;
                }
                std::thread::sleep(Duration::from_millis(1));
            }
            pause = pause.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            std::thread::sleep(Duration::from_millis((pause >> 33) % 40));
            // It fails if it has ended.
            let _ = sender.kill();
            sender.wait()?;
        }
        self.send_the_rest()?;
        let mut arrived: BTreeMap<String, u32> = BTreeMap::new();
        for delivery in self.sandbox.deliveries() {
            *arrived.entry(delivery.to).or_default() += 1;
        }
        let twice = arrived.values().filter(|times| **times > 1).count();
        let unknown = if self.who == "outbox" { runtime().block_on(self.unknown())? } else { Vec::new() };
        let reported = unknown.iter().filter(|number| !arrived.contains_key(*number)).count();
        let missing = RECIPIENTS - arrived.len() - reported;
        Ok([twice, missing, unknown.len()].map(|count| f64::from(u32::try_from(count).unwrap_or(u32::MAX))))
    }

    /// Lets a sender work until nothing more arrives.
    fn send_the_rest(&self) -> Result<(), Failure> {
        let mut sender = self.start()?;
        let (mut arrived, mut last) = (self.sandbox.deliveries().len(), Instant::now());
        while sender.try_wait()?.is_none() && last.elapsed() < IDLE {
            std::thread::sleep(Duration::from_millis(50));
            let now = self.sandbox.deliveries().len();
            if now > arrived {
                (arrived, last) = (now, Instant::now());
            }
        }
        // It fails if it has ended.
        let _ = sender.kill();
        sender.wait()?;
        Ok(())
    }

    /// Returns the recipients of the messages that the ledger reports as unknown, once they are overdue.
    async fn unknown(&self) -> Result<Vec<String>, Failure> {
        let later = Clock::manual(Timestamp::now() + 10.minutes());
        let ledger = Ledger::open_with_clock(&fixture::url(&self.folder), later).await?;
        ledger.sweep().await?;
        let unknown = ledger.unknown(CampaignId(1), MessageId(0), RECIPIENTS.try_into()?).await?;
        Ok(unknown.iter().map(|message| message.number.digits()).collect())
    }

    fn start(&self) -> Result<Child, Failure> {
        let mut command = self.apalis.map_or_else(|| own("send"), |program| Ok(Command::new(program)))?;
        command.arg(if self.apalis.is_some() { "send" } else { self.who });
        command.arg(&self.folder).args([RECIPIENTS, AT_ONCE].map(|n| n.to_string()));
        Ok(command.envs(self.account.clone()).stdout(Stdio::null()).spawn()?)
    }
}
