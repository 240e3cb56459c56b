//! Campaigns.

use super::{Ledger, Result};
use crate::error::LedgerError;
use crate::model::{CampaignChange, PauseReason};
use crate::records::{AccountId, Campaign, CampaignId, Count, NewCampaign, NewMessage, Progress};
use crate::tables::Scope;
use crate::transactions::{self, Imported};

impl Ledger {
    /// Creates a campaign or a stream. If the account has one with exactly this plan, returns that one, so that you can
    /// continue an import that broke off. The plan cannot be changed later.
    ///
    /// The ledger does not know what the account's provider supports: call [`Outbox::check`](crate::Outbox::check)
    /// first.
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
    /// Returns an error if the campaign's list was not imported to the end, or if the number of messages to send is not
    /// the expected one.
    pub async fn start_campaign(&self, id: CampaignId, expected: u64, by: impl Into<String>) -> Result<()> {
        let by = by.into();
        self.write(Scope::Campaign(id), move |tables| transactions::start(tables, id, expected, &by)).await
    }

    /// Pauses a campaign (T7). When this returns, no message of the campaign begins any more.
    pub async fn pause_campaign(&self, id: CampaignId, detail: impl Into<String>, by: impl Into<String>) -> Result<()> {
        self.change(id, CampaignChange::Pause(PauseReason::Person), by.into(), Some(detail.into())).await
    }

    /// Resumes a campaign.
    pub async fn resume_campaign(&self, id: CampaignId, by: impl Into<String>) -> Result<()> {
        self.change(id, CampaignChange::Resume, by.into(), None).await
    }

    /// Cancels a campaign. When this returns, no message of the campaign begins any more. The next
    /// [`sweep`](Self::sweep) skips the messages that were not sent.
    pub async fn cancel_campaign(&self, id: CampaignId, by: impl Into<String>) -> Result<()> {
        self.change(id, CampaignChange::Cancel, by.into(), None).await
    }

    /// Accepts a ledger that was restored from a backup or copied, or whose standby server has taken over. All running
    /// campaigns and streams are paused; resume each of them with [`resume_campaign`](Self::resume_campaign). Returns
    /// how many were running.
    ///
    /// Call this only on a person's explicit command. The ledger does not know what was sent after the backup. When you
    /// resume a campaign, those messages are sent again. In Postgres, nothing else can be written until this was
    /// called; see [`LedgerError::Restored`]. In the other databases, the library cannot detect that a ledger was
    /// restored.
    pub async fn accept_restored(&self, by: impl Into<String>) -> Result<u64> {
        let by = by.into();
        self.write(Scope::Restored, move |tables| transactions::pause_restored(tables, &by)).await
    }

    async fn change(&self, id: CampaignId, change: CampaignChange, by: String, note: Option<String>) -> Result<()> {
        self.write(Scope::Campaign(id), move |tables| transactions::change(tables, id, change, &by, note.as_deref()))
            .await
    }

    /// Returns the progress of a campaign, what blocks it, and what its end depends on; see
    /// [`Progress::forecast`].
    ///
    /// This reads a few rows, even if the campaign has a million messages, so you can call it every second.
    ///
    /// ```
    /// # use zap_outbox::{Clock, Content, Ledger, NewCampaign, NewMessage, model::{MessageState, Rate}};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let ledger = Ledger::in_memory(Clock::manual("2027-03-05T17:59Z".parse()?));
    /// let account = ledger.open_account("EscalaZap", Some(Rate::per_second(1.0)?)).await?;
    /// let plan = NewCampaign::bulk("spring", Content::text("Olá!")?, "2027-04-01T00:00Z".parse()?);
    /// let plan = plan.with_hours("Mon-Fri 09:00-18:00".parse()?);
    /// # let campaign = ledger.create_campaign(account, plan).await?.id;
    /// # let messages = (0..90).map(|at| NewMessage::new(format!("+55119000000{at:02}").parse().unwrap()));
    /// # ledger.import(campaign, messages).await?;
    ///
    /// // It is Friday, a minute before six, and 90 messages are ready.
    /// let progress = ledger.progress(campaign).await?;
    /// assert_eq!((progress.messages(MessageState::Ready), progress.total()), (90, 90));
    /// let forecast = progress.forecast().ok_or("the account has no rate")?;
    /// assert_eq!(forecast.ends_at, Some("2027-03-08T09:00:29Z".parse()?));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn progress(&self, campaign: CampaignId) -> Result<Progress> {
        self.read(move |tables| transactions::progress(tables, campaign)).await
    }

    /// Returns how many messages of a campaign are in which state, by evidence.
    pub async fn counts(&self, campaign: CampaignId) -> Result<Vec<Count>> {
        self.read(move |tables| tables.counts(campaign)).await
    }
}
