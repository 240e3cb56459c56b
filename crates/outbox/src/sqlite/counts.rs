//! How the numbers of messages by state change within a transaction.

use crate::model::{Evidence, MessageState, MessageStatus};
use crate::records::CampaignId;

/// Changes of counts that are not written yet. A transaction writes each of them once, however many messages it changes.
#[derive(Default)]
pub(super) struct CountChanges(Vec<(Key, String, i64)>);

pub(super) type Key = (CampaignId, MessageState, Option<Evidence>);

impl CountChanges {
    /// Adds a message in a state, or removes it.
    pub(super) fn add(&mut self, campaign: CampaignId, zone: &str, status: &MessageStatus, messages: i64) {
        let key = (campaign, status.state, status.evidence);
        match self.0.iter_mut().find(|(known, of, _)| *known == key && of == zone) {
            Some((.., sum)) => *sum += messages,
            None => self.0.push((key, zone.to_owned(), messages)),
        }
    }
    /// Returns the changes, with how many messages there are more or less.
    pub(super) fn take(&mut self) -> impl Iterator<Item = (Key, String, i64)> + use<> {
        std::mem::take(&mut self.0).into_iter().filter(|(.., messages)| *messages != 0)
    }
}
