//! Campaigns.

use super::{Ledger, Result};
use crate::error::LedgerError;
use crate::model::{CampaignChange, PauseReason};
use crate::records::{AccountId, Campaign, CampaignId, Count, NewCampaign, NewMessage};
use crate::tables::Scope;
use crate::transactions::{self, Imported};

impl Ledger {
    /// Creates a campaign. If the account has one with exactly this plan, returns that one, so that a broken import can
    /// be continued.
    ///
    /// # Errors
    ///
    /// Returns an error if the account has another campaign with this name.
    pub async fn create_campaign(&self, account: AccountId, plan: NewCampaign) -> Result<Campaign> {
        self.write(Scope::Account(account), move |tables| transactions::create(tables, account, &plan)).await
    }

    /// Returns a campaign.
    pub async fn campaign(&self, id: CampaignId) -> Result<Campaign> {
        let found = self.read(move |tables| tables.campaign(id)).await?;
        found.ok_or_else(|| LedgerError::NotFound(format!("campaign {id}")))
    }

    /// Returns the campaign with a name.
    pub async fn campaign_named(&self, account: AccountId, name: impl Into<String>) -> Result<Campaign> {
        let name = name.into();
        let find = name.clone();
        let found = self.read(move |tables| tables.campaign_named(account, &find)).await?;
        found.ok_or_else(|| LedgerError::NotFound(format!("campaign `{name}`")))
    }

    /// Returns all campaigns of an account, in the order of their creation.
    pub async fn campaigns(&self, account: AccountId) -> Result<Vec<Campaign>> {
        self.read(move |tables| tables.campaigns(account)).await
    }

    /// Adds messages to a draft (T1), all or none. Each recipient gets one message: a second one to the same
    /// [key](zap_facade::PhoneNumber::key) is counted and not added.
    ///
    /// To import a whole list, use [`import`](Self::import).
    pub async fn import_batch(&self, id: CampaignId, messages: Vec<NewMessage>) -> Result<Imported> {
        self.write(Scope::Import(id), move |tables| transactions::import(tables, id, &messages)).await
    }

    /// Records that the list of a campaign was imported to the end.
    pub async fn complete_import(&self, id: CampaignId) -> Result<()> {
        self.write(Scope::Campaign(id), move |tables| transactions::complete(tables, id)).await
    }

    /// Starts a campaign.
    ///
    /// # Errors
    ///
    /// Returns an error if its list was not imported to the end, or if it has another number of messages to send than
    /// expected.
    pub async fn start_campaign(&self, id: CampaignId, expected: u64, by: impl Into<String>) -> Result<()> {
        let by = by.into();
        self.write(Scope::Campaign(id), move |tables| transactions::start(tables, id, expected, &by)).await
    }

    /// Pauses a campaign (T7). When this returns, no message of it begins any more.
    pub async fn pause_campaign(&self, id: CampaignId, detail: impl Into<String>, by: impl Into<String>) -> Result<()> {
        self.change(id, CampaignChange::Pause(PauseReason::Person), by.into(), Some(detail.into())).await
    }

    /// Resumes a campaign.
    pub async fn resume_campaign(&self, id: CampaignId, by: impl Into<String>) -> Result<()> {
        self.change(id, CampaignChange::Resume, by.into(), None).await
    }

    /// Cancels a campaign. When this returns, no message of it begins any more. The messages that were not sent are
    /// skipped by the next [`sweep`](Self::sweep).
    pub async fn cancel_campaign(&self, id: CampaignId, by: impl Into<String>) -> Result<()> {
        self.change(id, CampaignChange::Cancel, by.into(), None).await
    }

    async fn change(&self, id: CampaignId, change: CampaignChange, by: String, note: Option<String>) -> Result<()> {
        self.write(Scope::Campaign(id), move |tables| transactions::change(tables, id, change, &by, note.as_deref()))
            .await
    }

    /// Returns how many messages of a campaign are in which state, by evidence.
    pub async fn counts(&self, campaign: CampaignId) -> Result<Vec<Count>> {
        self.read(move |tables| tables.counts(campaign)).await
    }
}
