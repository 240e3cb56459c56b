//! `zap report`

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use zap_outbox::{Count, ReportError};

use crate::campaign_view::States;
use crate::console::{self, note};
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::{Failure, Result};

/// Write what happened to each message as a CSV file
///
/// The columns are number, state, evidence, attempt, settled_at, line, key,
/// provider_id, error and note. The states are ready, sending, done, not_done,
/// unknown and skipped. The exit code describes the campaign, as that of `zap
/// status NAME`.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Report {
    /// The name of the campaign
    name: String,

    /// The file, or `-` for standard output
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Debug, Serialize)]
struct Reported {
    campaign: String,
    file: String,
    total: u64,
    messages: States,
}

impl Report {
    pub async fn run(self, cx: &Context) -> Result<Exit> {
        let account = cx.account().await?;
        let campaign = account.campaign(&self.name).await?;
        if self.output == Path::new("-") {
            if cx.console.json {
                return Err(Failure::usage("with --json, the report needs a file").fix("write it with -o report.csv"));
            }
            let written = account.ledger.report(campaign.id, Pipe(io::stdout())).await;
            return Ok(Exit::of(&written.map_err(|error| failed(error, "standard output"))?));
        }
        let file = self.output.display().to_string();
        let unwritable = |error: io::Error| {
            Failure::new(format!("{file} cannot be written: {error}")).fix("check the path and its permissions")
        };
        let mut writer = BufWriter::new(create(&self.output).map_err(unwritable)?);
        let counts: Vec<Count> =
            account.ledger.report(campaign.id, &mut writer).await.map_err(|error| failed(error, &file))?;
        writer.into_inner().map_err(|error| unwritable(error.into_error()))?.sync_all().map_err(unwritable)?;
        let messages = States::of(&counts);
        let reported = Reported { campaign: self.name, file, total: messages.total(), messages };
        cx.console.data(&reported, || {
            let Reported { file, total, messages, .. } = &reported;
            format!("{file}: {}: {messages}", console::count(*total, "message"))
        })?;
        if messages.unknown > 0 {
            note("the outcome of some messages is unknown: see `zap unknown --help`");
        }
        Ok(Exit::of(&counts))
    }
}

/// Creates a file that only its owner can read, because it has phone numbers. A file that is there keeps its
/// permissions.
fn create(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn failed(error: ReportError, file: &str) -> Failure {
    match error {
        ReportError::Ledger(error) => error.into(),
        ReportError::Write(error) => Failure::new(format!("{file} cannot be written: {error}")),
        error => Failure::new(error.to_string()),
    }
}

/// Writes to a pipe. It is not an error if nobody reads the rest.
struct Pipe<W>(W);

impl<W: Write> Write for Pipe<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(bytes.len()),
            result => result,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.0.flush() {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            result => result,
        }
    }
}
