//! Accounts and ledgers.

use std::path::{Path, PathBuf};

use zap_facade::{Config, Messenger, Provider, connect};
use zap_outbox::jiff::{Timestamp, ToSpan as _};
use zap_outbox::recipients::Csv;
use zap_outbox::sqlite::rusqlite::Connection;
use zap_outbox::{CampaignId, Content, Imported, Ledger, NewCampaign, NewMessage};

use super::lists::{self, TEXT};
use crate::load::Failure;

/// The provider of all measurements.
const PROVIDER: Provider = Provider::EscalaZap;

/// Its account in every ledger.
pub const ACCOUNT: &str = "EscalaZap";

/// The URL of the ledger, if it is not a file in the folder of the list.
pub const LEDGER: &str = "BENCH_LEDGER";

/// The settings of an account, as variables.
pub type Variables = Vec<(String, String)>;

/// Returns the settings of an account at the bench's own server.
pub fn account(origin: &str) -> Variables {
    let settings =
        [("BASE_URL", format!("{origin}/external-api")), ("CLIENT_ID", "bench".into()), ("CLIENT_SECRET", "x".into())];
    settings.into_iter().map(|(name, value)| (format!("ESCALAZAP_{name}"), value)).collect()
}

/// Returns the settings of an account in a sandbox.
pub fn sandbox_account(sandbox: &zap_sandbox::Sandbox) -> Variables {
    zap_facade::contract::Account::of(sandbox, PROVIDER).variables()
}

/// Returns a messenger for the account in the environment.
pub fn messenger() -> Result<Box<dyn Messenger>, Failure> {
    Ok(connect(Config::from_env_of(PROVIDER)?)?)
}

/// Returns the path of the ledger in a folder.
pub fn ledger(folder: &Path) -> PathBuf {
    folder.join("ledger.db")
}

/// Returns the URL of the ledger in a folder.
pub fn url(folder: &Path) -> String {
    format!("sqlite:{}", ledger(folder).display())
}

/// Opens the ledger of which the variable [`LEDGER`] is the URL, or else the one in a folder.
pub async fn open(folder: &Path) -> Result<Ledger, Failure> {
    Ok(Ledger::open(&std::env::var(LEDGER).unwrap_or_else(|_| url(folder))).await?)
}

/// Imports the list in a folder into its ledger.
pub async fn import(folder: &Path) -> Result<(Ledger, CampaignId, Imported), Failure> {
    let ledger = open(folder).await?;
    let account = ledger.open_account(ACCOUNT, None).await?;
    let plan = NewCampaign::bulk("campaign", Content::text(TEXT)?, Timestamp::now() + 48.hours());
    let campaign = ledger.create_campaign(account, plan.clone()).await?.id;
    let mut recipients = Csv::open(lists::list(folder))?.read(plan.content.texts())?;
    let mut import = ledger.start_import(campaign);
    for recipient in &mut recipients {
        import.add(NewMessage::from(recipient?).with_zone("America/Sao_Paulo")).await?;
    }
    recipients.finish()?;
    let imported = import.finish().await?;
    Ok((ledger, campaign, imported))
}

/// Creates a folder with a list and a ledger in which its campaign runs.
pub fn running(folder: &Path, recipients: usize) -> Result<(), Failure> {
    fresh(folder)?;
    lists::write(folder, recipients)?;
    crate::load::runtime().block_on(async {
        let (ledger, campaign, imported) = import(folder).await?;
        ledger.start_campaign(campaign, imported.added, "bench").await?;
        Ok(())
    })
}

/// Marks all messages as done but the last `rest`, as if they had been sent.
pub fn settle_all_but(folder: &Path, rest: usize) -> Result<(), Failure> {
    let connection = Connection::open(ledger(folder))?;
    connection.execute(
        "UPDATE zap_message SET state = 'done', evidence = 'answer', attempt = 1, settled_at = 0
         WHERE state <> 'done' AND id <= (SELECT max(id) FROM zap_message) - ?1",
        [i64::try_from(rest)?],
    )?;
    Ok(connection.execute_batch(
        "DELETE FROM zap_count; INSERT INTO zap_count (campaign, state, evidence, zone, messages)
         SELECT campaign, state, ifnull(evidence, ''), zone, count(*) FROM zap_message GROUP BY 1, 2, 3, 4",
    )?)
}

/// Creates an empty folder.
pub fn fresh(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    Ok(std::fs::create_dir_all(folder)?)
}
