//! The programs that send a list. Each is a process of its own.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Seek as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::ValueEnum;
use tokio::sync::Notify;
use zap_facade::{BoxFuture, Capabilities, Error, Messenger, PhoneNumber, Receipt};
use zap_outbox::Outbox;

use super::fixture::{messenger, open};
use super::lists::{self, TEXT};
use super::usage::Meter;
use crate::load::{Failure, runtime};

/// What sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Who {
    /// `zap-outbox` with SQLite.
    Outbox,
    /// A loop with the client that writes its progress to a file.
    Naive,
    /// The same, and the file is flushed to the disk.
    NaiveFlushed,
    /// A loop with the client that writes nothing.
    Client,
}

/// Sends to the first `count` recipients that are left in a folder, `at_once` at the same time, and prints what this
/// used.
pub fn send(who: Who, folder: &Path, count: usize, at_once: usize) -> Result<(), Failure> {
    let meter = Meter::start()?;
    runtime().block_on(async {
        match who {
            Who::Outbox => outbox(folder, count, at_once).await,
            Who::Naive => naive(folder, count, at_once, Some(Progress::open(folder, false)?)).await,
            Who::NaiveFlushed => naive(folder, count, at_once, Some(Progress::open(folder, true)?)).await,
            Who::Client => naive(folder, count, at_once, None).await,
        }
    })?;
    meter.print()
}

async fn outbox(folder: &Path, count: usize, at_once: usize) -> Result<(), Failure> {
    let enough = Arc::new(Notify::new());
    let counted = Counted { messenger: messenger()?, left: AtomicUsize::new(count), enough: Arc::clone(&enough) };
    let counted: Arc<dyn Messenger> = Arc::new(counted);
    let builder = Outbox::builder(open(folder).await?, counted).concurrency(at_once.try_into()?);
    builder.open().await?.work_until_done(enough.notified()).await?;
    Ok(())
}

/// A messenger that says when enough was sent.
#[derive(Debug)]
struct Counted {
    messenger: Box<dyn Messenger>,
    left: AtomicUsize,
    enough: Arc<Notify>,
}

impl Messenger for Counted {
    fn provider(&self) -> &str {
        self.messenger.provider()
    }

    fn capabilities(&self) -> Capabilities {
        self.messenger.capabilities()
    }

    fn send_text<'a>(&'a self, to: &'a PhoneNumber, text: &'a str) -> BoxFuture<'a, Result<Receipt, Error>> {
        if self.left.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.enough.notify_one();
        }
        self.messenger.send_text(to, text)
    }
}

/// Sends as a program without an outbox does: a batch at a time, and then it writes how many lines of the list were
/// sent. If it is killed in between, the next process sends the batch again.
async fn naive(folder: &Path, count: usize, at_once: usize, mut progress: Option<Progress>) -> Result<(), Failure> {
    let messenger: Arc<dyn Messenger> = messenger()?.into();
    let sent = progress.as_ref().map_or(0, |progress| progress.sent);
    let list = BufReader::new(File::open(lists::list(folder))?);
    let mut lines = list.lines().skip(1 + sent).take(count);
    loop {
        let batch = lines.by_ref().take(at_once).collect::<Result<Vec<_>, _>>()?;
        if batch.is_empty() {
            return Ok(());
        }
        let mut calls = tokio::task::JoinSet::new();
        for line in &batch {
            let (to, text) = message(line)?;
            let messenger = Arc::clone(&messenger);
            calls.spawn(async move { messenger.send_text(&to, &text).await });
        }
        while let Some(call) = calls.join_next().await {
            call??;
        }
        if let Some(progress) = &mut progress {
            progress.add(batch.len())?;
        }
    }
}

/// Returns the number and the text of a line.
fn message(line: &str) -> Result<(PhoneNumber, String), Failure> {
    let mut fields = line.split(',');
    let mut next = || fields.next().ok_or("a line has three fields");
    let (number, name, coupon) = (next()?, next()?, next()?);
    Ok((number.parse()?, TEXT.replace("{nome}", name).replace("{cupom}", coupon)))
}

/// The file with the number of lines that were sent.
struct Progress {
    file: File,
    sent: usize,
    is_flushed: bool,
}

impl Progress {
    fn open(folder: &Path, is_flushed: bool) -> Result<Self, Failure> {
        let path = folder.join("progress");
        let sent = fs::read_to_string(&path).unwrap_or_default().trim().parse().unwrap_or(0);
        let file = File::options().create(true).truncate(false).write(true).open(path)?;
        Ok(Self { file, sent, is_flushed })
    }

    fn add(&mut self, sent: usize) -> Result<(), Failure> {
        self.sent += sent;
        self.file.rewind()?;
        // The numbers only get longer.
        writeln!(self.file, "{}", self.sent)?;
        if self.is_flushed {
            self.file.sync_data()?;
        }
        Ok(())
    }
}
