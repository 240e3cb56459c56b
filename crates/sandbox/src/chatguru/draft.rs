//! The deliveries of the operations.

use crate::ledger::{DeliveryKind, Draft};

use super::{
    context::Context,
    state::{ChatKey, State},
};

/// Returns a delivery to the chat that the request names.
pub(super) fn to_chat(context: &Context<'_>, state: &State, kind: DeliveryKind) -> Draft {
    let key = context.chat_key();
    let name = state.chat(&key).and_then(|chat| chat.name.clone());
    to(context, &key, name, kind)
}

fn to(context: &Context<'_>, key: &ChatKey, name: Option<String>, kind: DeliveryKind) -> Draft {
    Draft {
        account: context.world.account_id.clone(),
        conversation: key.conversation(),
        to: key.number.clone(),
        name,
        kind,
        text: None,
        file: None,
        url: None,
        location: None,
        template: None,
        due: None,
    }
}

/// A request to add a chat.
pub(super) struct Addition<'a> {
    pub(super) key: &'a ChatKey,
    pub(super) name: &'a str,
    /// When the chat has been added, in milliseconds after the epoch.
    pub(super) done_at: u64,
    /// When the first message is due.
    pub(super) text_due: u64,
}

/// Returns the effects of a request to add a chat: the chat, its first message unless that is blank, and the dialog.
/// For a chat that exists or is being added, only the name changes, and the dialog does not run.
pub(super) fn of_added_chat(context: &Context<'_>, state: &State, added: &Addition<'_>) -> Vec<Draft> {
    let draft = |kind: DeliveryKind, text: &str, due: u64| {
        let draft = to(context, added.key, Some(added.name.to_owned()), kind);
        Draft { text: Some(text.to_owned()), due: Some(due), ..draft }
    };
    let given = |name: &str| context.params.get(name).filter(|text| !text.trim().is_empty());
    let is_known = state.is_known(added.key);
    let mut drafts = Vec::new();
    if !is_known {
        drafts.push(draft(DeliveryKind::ChatAdded, added.name, added.done_at));
    } else if state.later_name(added.key) != Some(added.name) {
        drafts.push(draft(DeliveryKind::ChatName, added.name, added.done_at));
    }
    drafts.extend(given("text").map(|text| draft(DeliveryKind::Text, text, added.text_due)));
    let dialog = given("dialog_id").filter(|_| !is_known);
    drafts.extend(dialog.map(|id| draft(DeliveryKind::Dialog, id, added.done_at)));
    drafts
}

/// Returns named values, one per line.
pub(super) fn lines<'p>(values: impl Iterator<Item = (&'p str, &'p str)>) -> String {
    let lines: Vec<String> = values.map(|(name, value)| format!("{name}: {value}")).collect();
    lines.join("\n")
}
