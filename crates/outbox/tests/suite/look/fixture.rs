//! The fixture of a test: an account at a sandbox whose clock differs from the ledger's.

use std::time::{Duration, UNIX_EPOCH};

use zap_outbox::jiff::{SignedDuration, Timestamp};
use zap_outbox::model::{Evidence, MessageState, Rate, Verdict};
use zap_outbox::zap_facade::contract::Account;
use zap_outbox::zap_facade::{Messenger, PhoneNumber, Provider, connect};
use zap_outbox::{
    CampaignId, Claim, Clock, Content, Finish, Ledger, LookedUp, MessageId, NewCampaign, NewMessage, Outbox,
};
use zap_sandbox::{IncomingMessage, Profile, Sandbox};

use crate::contract::fixture::{number, start, time};

pub(super) struct Fixture {
    pub(super) sandbox: Sandbox,
    pub(super) clock: Clock,
    pub(super) outbox: Outbox,
    pub(super) campaign: CampaignId,
}

/// Returns a time that is so many seconds later by the sandbox's clock.
pub(super) fn sandbox_clock(offset: i64) -> zap_sandbox::Clock {
    let at = start() + SignedDuration::from_secs(offset);
    let since = Duration::try_from(at.duration_since(Timestamp::UNIX_EPOCH)).expect("it is after 1970");
    zap_sandbox::Clock::standing_at(UNIX_EPOCH + since)
}

pub(super) fn plan(name: &str) -> NewCampaign {
    NewCampaign::bulk(name, Content::text("Olá, {nome}!").unwrap(), time("2027-04-01T00:00Z"))
}

impl Fixture {
    /// Starts a campaign to recipients who have written an hour before. The provider's clock is ahead by so many
    /// seconds.
    pub(super) async fn new(offset: i64, recipients: u32) -> Self {
        Self::with(async |clock| Ledger::in_memory(clock), offset, recipients).await
    }

    /// The same with a ledger of another kind.
    pub(super) async fn with(ledger: impl AsyncFnOnce(Clock) -> Ledger, offset: i64, recipients: u32) -> Self {
        let clock = sandbox_clock(offset);
        let sandbox = Sandbox::builder().profile(Profile::Documented).clock(clock).start().await.unwrap();
        let clock = Clock::manual(start());
        let ledger = ledger(clock.clone()).await;
        let messenger = connect(Account::of(&sandbox, Provider::EscalaZap).config()).unwrap();
        let outbox = Outbox::builder(ledger.clone(), messenger).read_rate(Rate::UNLIMITED).open().await.unwrap();
        let campaign = ledger.create_campaign(outbox.account(), plan("campaign")).await.unwrap().id;
        let messages = (0..recipients).map(|at| NewMessage::new(number(at)).with_param("nome", format!("N{at}")));
        ledger.import(campaign, messages).await.unwrap();
        ledger.start_campaign(campaign, u64::from(recipients), "Ana").await.unwrap();
        let fixture = Self { sandbox, clock, outbox, campaign };
        for at in 0..recipients {
            fixture.receive(&number(at));
        }
        fixture.pass(3_500);
        fixture
    }

    pub(super) fn ledger(&self) -> &Ledger {
        self.outbox.ledger()
    }

    pub(super) fn messenger(&self) -> &dyn Messenger {
        &**self.outbox.messenger()
    }

    /// Both clocks run.
    pub(super) fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
        self.sandbox.clock().advance(Duration::from_secs(seconds));
    }

    /// The recipient writes.
    pub(super) fn receive(&self, from: &PhoneNumber) {
        let message = IncomingMessage::text(from.digits(), "Oi");
        self.sandbox.receive(zap_sandbox::Provider::EscalaZap, message).unwrap();
    }

    /// A colleague writes, from the dashboard.
    pub(super) async fn colleague(&self, to: &PhoneNumber) {
        self.messenger().send_text(to, "Bom dia!").await.unwrap();
    }

    pub(super) async fn one(&self) -> Claim {
        let mut begun = self.ledger().begin(self.outbox.account(), 1).await.unwrap();
        begun.claims.pop().unwrap_or_else(|| panic!("nothing begins: {:?}", begun.next))
    }

    /// The provider delivers the message of a claim.
    pub(super) async fn deliver(&self, claim: &Claim) {
        let text = format!("Olá, {}!", claim.params["nome"]);
        self.messenger().send_text(&claim.number, &text).await.unwrap();
    }

    pub(super) async fn finish(&self, claim: &Claim, verdict: Verdict) {
        self.ledger().finish(vec![Finish::of(claim, verdict)]).await.unwrap()[0].unwrap();
        // Three in a row pause the account, which these tests are not about.
        self.ledger().resume_account(self.outbox.account(), "Ana").await.unwrap();
    }

    /// Sends a message that is answered.
    pub(super) async fn answered(&self) -> Claim {
        let claim = self.one().await;
        self.deliver(&claim).await;
        self.finish(&claim, Verdict::Done).await;
        claim
    }

    /// Sends a message whose answer is lost.
    pub(super) async fn lost(&self, is_delivered: bool) -> Claim {
        let claim = self.one().await;
        if is_delivered {
            self.deliver(&claim).await;
        }
        self.finish(&claim, Verdict::Unknown).await;
        claim
    }

    pub(super) async fn look(&self) -> LookedUp {
        self.outbox.look_up_unknowns(self.campaign, "Ana").await.unwrap()
    }

    pub(super) async fn state(&self, message: MessageId) -> (MessageState, Option<Evidence>) {
        let status = self.ledger().message(message).await.unwrap().status;
        (status.state, status.evidence)
    }

    /// Returns whether the recipient of a claim got its message.
    pub(super) fn is_delivered(&self, to: &PhoneNumber, name: &str) -> bool {
        let text = format!("Olá, {name}!");
        let mut deliveries = self.sandbox.deliveries().into_iter();
        deliveries.any(|delivery| delivery.to == to.digits() && delivery.text.as_deref() == Some(&*text))
    }
}
