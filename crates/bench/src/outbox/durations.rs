//! The programs that import a list, and that begin the first message. Each is a process of its own.

use std::path::Path;
use std::time::Instant;

use super::{fixture, usage::Meter};
use crate::load::{Failure, runtime};

/// Imports the list in a folder, and prints what this used.
pub fn import(folder: &Path) -> Result<(), Failure> {
    let meter = Meter::start()?;
    runtime().block_on(async {
        let (ledger, campaign, imported) = fixture::import(folder).await?;
        ledger.start_campaign(campaign, imported.added, "bench").await?;
        Ok::<_, Failure>(())
    })?;
    meter.print()
}

/// Prints the milliseconds from opening the ledger in a folder to the first message that begins.
pub fn first(folder: &Path) -> Result<(), Failure> {
    let start = Instant::now();
    let claims = runtime().block_on(async {
        let ledger = fixture::open(folder).await?;
        let account = ledger.open_account(fixture::ACCOUNT, None).await?;
        Ok::<_, Failure>(ledger.begin(account, 10).await?.claims.len())
    })?;
    let milliseconds = start.elapsed().as_secs_f64() * 1000.0;
    if claims == 0 {
        return Err("nothing begins".into());
    }
    println!("{milliseconds}");
    Ok(())
}

/// Prints the milliseconds in which the ledger counts the messages of its campaign by their states.
pub fn counts(folder: &Path) -> Result<(), Failure> {
    let milliseconds = runtime().block_on(async {
        let ledger = fixture::open(folder).await?;
        let account = ledger.open_account(fixture::ACCOUNT, None).await?;
        let campaigns = ledger.campaigns(account).await?;
        let campaign = campaigns.first().ok_or("no campaign was imported")?.id;
        let start = Instant::now();
        ledger.counts(campaign).await?;
        Ok::<_, Failure>(start.elapsed().as_secs_f64() * 1000.0)
    })?;
    println!("{milliseconds}");
    Ok(())
}
