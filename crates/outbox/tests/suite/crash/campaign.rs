//! A campaign whose workers crash.

use std::future::pending;

use zap_outbox::jiff::{Timestamp, ToSpan};
use zap_outbox::zap_facade::contract::Account;
use zap_outbox::zap_facade::{Provider, connect};
use zap_outbox::{CampaignId, Content, Message, MessageId, NewCampaign, NewMessage, Outbox, Stopped};
use zap_sandbox::{Fault, Profile, Sandbox};

use super::store::Store;
use crate::contract::fixture::{Folder, number};

pub(crate) struct Crashing {
    pub(crate) store: Store,
    pub(crate) sandbox: Sandbox,
    pub(crate) campaign: CampaignId,
    pub(crate) recipients: u32,
    /// For files of the test.
    pub(crate) scratch: Folder,
}

impl Crashing {
    /// Starts a campaign to at most a thousand recipients.
    pub(crate) async fn start(store: Store, recipients: u32) -> Self {
        let sandbox = Sandbox::builder().profile(Profile::Documented).start().await.unwrap();
        let ledger = store.open().await;
        let account = ledger.open_account("EscalaZap", None).await.unwrap();
        let plan = NewCampaign::bulk("campaign", Content::text("Olá!").unwrap(), Timestamp::now() + 48.hours());
        let campaign = ledger.create_campaign(account, plan).await.unwrap().id;
        let imported = ledger.import(campaign, (0..recipients).map(|at| NewMessage::new(number(at)))).await.unwrap();
        assert_eq!(imported.added, u64::from(recipients));
        ledger.start_campaign(campaign, imported.added, "Ana").await.unwrap();
        Self { store, sandbox, campaign, recipients, scratch: Folder::new() }
    }

    pub(crate) fn fault(&self, fault: Fault) {
        self.sandbox.faults().add(fault.operation("send_message")).unwrap();
    }

    /// Returns all messages.
    pub(crate) async fn messages(&self) -> Vec<Message> {
        let ledger = self.store.open().await;
        let messages = ledger.messages(self.campaign, MessageId(0), self.recipients + 1).await.unwrap();
        assert_eq!(messages.len(), self.recipients as usize, "nobody is missing, and nobody was added");
        messages
    }

    /// Sends the rest, without faults and without crashes.
    pub(crate) async fn send_the_rest(&self) {
        self.sandbox.faults().clear();
        self.store.hurry();
        let messenger = connect(Account::of(&self.sandbox, Provider::EscalaZap).config()).unwrap();
        let outbox = Outbox::builder(self.store.open().await, messenger).open().await.unwrap();
        assert_eq!(outbox.work_until_done(pending()).await.unwrap(), Stopped::Done);
    }
}
