//! The fixture of a case: a ledger with a clock that stands still, and an account.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use zap_outbox::jiff::Timestamp;
use zap_outbox::model::{MessageState, Rate, Verdict};
use zap_outbox::zap_facade::PhoneNumber;
use zap_outbox::{
    AccountId, Begun, Campaign, CampaignId, Claim, Clock, Content, Finish, Ledger, MessageId, NewCampaign, NewMessage,
};
use zap_postgres_server::Server;

pub(crate) struct Fixture {
    pub(crate) ledger: Ledger,
    pub(crate) clock: Clock,
    pub(crate) account: AccountId,
    _folder: Option<Folder>,
}

/// The start of all cases: a Friday, 12:00 in UTC and 09:00 in São Paulo.
pub(crate) fn start() -> Timestamp {
    time("2027-03-05T12:00Z")
}

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().expect("it is a time")
}

/// Returns one of a thousand numbers.
pub(crate) fn number(at: u32) -> PhoneNumber {
    format!("+5511900000{at:03}").parse().expect("it is a number")
}

impl Fixture {
    pub(crate) async fn memory() -> Self {
        let clock = Clock::manual(start());
        Self::of(Ledger::in_memory(clock.clone()), clock, None).await
    }

    pub(crate) async fn sqlite() -> Self {
        let clock = Clock::manual(start());
        let folder = Folder::new();
        let ledger = Ledger::open_with_clock(&folder.url(), clock.clone()).await.expect("a new file is opened");
        Self::of(ledger, clock, Some(folder)).await
    }

    /// Returns `None` if Postgres is not installed.
    pub(crate) async fn postgres() -> Option<Self> {
        let server = Server::shared()?;
        let clock = Clock::manual(start());
        let url = server.url(&server.new_schema());
        let ledger = Ledger::open_with_clock(&url, clock.clone()).await.expect("an empty schema is opened");
        Some(Self::of(ledger, clock, None).await)
    }

    async fn of(ledger: Ledger, clock: Clock, folder: Option<Folder>) -> Self {
        let account = ledger.open_account("EscalaZap", None).await.expect("an account is created");
        Self { ledger, clock, account, _folder: folder }
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    pub(crate) fn plan(name: &str) -> NewCampaign {
        NewCampaign::bulk(name, Content::text("Olá!").unwrap(), time("2027-04-01T00:00Z"))
    }

    /// Creates, imports and starts a campaign.
    pub(crate) async fn running(&self, plan: NewCampaign, messages: Vec<NewMessage>) -> CampaignId {
        let Campaign { id, .. } = self.ledger.create_campaign(self.account, plan).await.unwrap();
        let imported = self.ledger.import_batch(id, messages).await.unwrap();
        self.ledger.complete_import(id).await.unwrap();
        self.ledger.start_campaign(id, imported.added, "Ana").await.unwrap();
        id
    }

    /// Starts a campaign to as many recipients.
    pub(crate) async fn campaign(&self, recipients: u32) -> CampaignId {
        self.running(Self::plan("campaign"), (0..recipients).map(|at| NewMessage::new(number(at))).collect()).await
    }

    pub(crate) async fn rate(&self, rate: Rate) {
        self.ledger.open_account("EscalaZap", Some(rate)).await.unwrap();
    }

    pub(crate) async fn begin(&self, limit: u32) -> Begun {
        self.ledger.begin(self.account, limit).await.unwrap()
    }

    /// Begins one message.
    pub(crate) async fn one(&self) -> Claim {
        let mut begun = self.begin(1).await;
        begun.claims.pop().unwrap_or_else(|| panic!("nothing begins: {:?}", begun.next))
    }

    pub(crate) async fn finish(&self, claim: &Claim, verdict: Verdict) -> MessageState {
        let states = self.ledger.finish(vec![Finish::of(claim, verdict)]).await.unwrap();
        states[0].unwrap_or_else(|refusal| panic!("it is not recorded: {refusal}"))
    }

    pub(crate) async fn state(&self, message: MessageId) -> MessageState {
        self.ledger.message(message).await.unwrap().status.state
    }

    /// Returns how many messages are in each state, such as `2 done, 1 ready`.
    pub(crate) async fn states(&self, campaign: CampaignId) -> String {
        let counts = self.ledger.counts(campaign).await.unwrap();
        let counts = counts.iter().map(|count| match count.evidence {
            Some(evidence) => format!("{} {} ({evidence})", count.messages, count.state),
            None => format!("{} {}", count.messages, count.state),
        });
        counts.collect::<Vec<_>>().join(", ")
    }
}

/// A folder that is deleted with its fixture.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("zap-outbox-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("the folder for temporary files is writable");
        Self(folder)
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.0.join("ledger.db")
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn url(&self) -> String {
        format!("sqlite:{}", self.file().display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
