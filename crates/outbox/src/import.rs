//! Imports a whole list.

use std::sync::Arc;

use crate::content::ContentError;
use crate::error::LedgerError;
use crate::ledger::Ledger;
use crate::model::CampaignRefusal;
use crate::records::{CampaignId, NewCampaign, NewMessage};
use crate::transactions::Imported;

/// How many messages one transaction adds.
const BATCH: usize = 10_000;

/// An import of a list into a campaign that is a draft.
///
/// Messages are added in batches. The campaign cannot be started before [`finish`](Self::finish) has returned. If the
/// import breaks off, import the same list again: it adds what is missing.
#[derive(Debug)]
pub struct Import {
    ledger: Ledger,
    campaign: CampaignId,
    /// The plan of the campaign, once it was read.
    plan: Option<Arc<NewCampaign>>,
    batch: Vec<NewMessage>,
    read: u64,
    imported: Imported,
    /// Whether a message could not be added, so that the list can never be whole.
    is_broken: bool,
}

impl Import {
    /// Adds the next message of the list.
    ///
    /// A message without a [line](NewMessage::line) gets its position in the list, counted from 1, by which a repeated
    /// import recognises it.
    ///
    /// # Errors
    ///
    /// Returns an error if a message of this batch is invalid. Then the batch was not added, and the import cannot go on.
    pub async fn add(&mut self, mut message: NewMessage) -> Result<(), LedgerError> {
        self.read += 1;
        let line = Some(*message.line.get_or_insert(self.read));
        // Also if this future is dropped.
        let was_broken = std::mem::replace(&mut self.is_broken, true);
        if self.plan.is_none() {
            self.plan = Some(self.ledger.campaign(self.campaign).await?.plan);
        }
        if let Some(plan) = &self.plan {
            plan.content.record_file(&mut message.params).await.or_else(|error| match error {
                ContentError::File(error) => Err(LedgerError::File { error, line }),
                // Found with the batch.
                _ => Ok(()),
            })?;
        }
        self.is_broken = was_broken;
        self.batch.push(message);
        if self.batch.len() >= BATCH { self.flush().await } else { Ok(()) }
    }

    /// Returns what the import has done so far, without the batch that is not full.
    #[must_use]
    pub fn so_far(&self) -> Imported {
        self.imported
    }

    /// Adds the last messages, and records that the list is whole.
    ///
    /// # Errors
    ///
    /// Returns an error as [`add`](Self::add) does.
    pub async fn finish(mut self) -> Result<Imported, LedgerError> {
        self.flush().await?;
        self.ledger.complete_import(self.campaign).await?;
        Ok(self.imported)
    }

    async fn flush(&mut self) -> Result<(), LedgerError> {
        if self.is_broken {
            return Err(CampaignRefusal::Incomplete.into());
        }
        if !self.batch.is_empty() {
            let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(BATCH));
            // Also if this future is dropped.
            self.is_broken = true;
            let imported = self.ledger.import_batch(self.campaign, batch).await?;
            self.is_broken = false;
            self.imported.add(imported);
        }
        Ok(())
    }
}

impl Ledger {
    /// Begins the import of a list.
    #[must_use]
    pub fn start_import(&self, campaign: CampaignId) -> Import {
        let (ledger, batch) = (self.clone(), Vec::new());
        Import { ledger, campaign, plan: None, batch, read: 0, imported: Imported::default(), is_broken: false }
    }

    /// Imports a whole list. See [`Import`].
    ///
    /// # Errors
    ///
    /// Returns an error if a message is invalid. Correct the list, and import it again.
    pub async fn import(
        &self,
        campaign: CampaignId,
        messages: impl IntoIterator<Item = NewMessage>,
    ) -> Result<Imported, LedgerError> {
        let mut import = self.start_import(campaign);
        for message in messages {
            import.add(message).await?;
        }
        import.finish().await
    }
}
