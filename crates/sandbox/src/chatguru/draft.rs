//! The deliveries of the operations.

use crate::{
    ledger::{DeliveryKind, Draft},
    world::ChatGuruWorld,
};

use super::{params::Params, state::State};

/// Returns a delivery to the chat that the request names.
pub(super) fn to_chat(world: &ChatGuruWorld, state: &State, params: &Params, kind: DeliveryKind) -> Draft {
    let number = params.get("chat_number").unwrap_or_default();
    Draft {
        account: world.account_id.clone(),
        conversation: conversation(number),
        to: number.to_owned(),
        name: state.chat(number).and_then(|chat| chat.name.clone()),
        kind,
        text: None,
        file: None,
        url: None,
        location: None,
        template: None,
        due: None,
    }
}

/// Returns the chat with a number, as the ledger names it.
pub(super) fn conversation(number: &str) -> String {
    format!("chatguru:{number}")
}

/// Returns what a new chat begins with: its first message, unless that is blank, and the requested dialog. A chat that
/// already exists does not run the dialog.
pub(super) fn of_new_chat(world: &ChatGuruWorld, state: &State, params: &Params, done_at: u64) -> Vec<Draft> {
    let begins_with = |kind: DeliveryKind, name: &str| {
        let text = params.get(name).filter(|text| !text.trim().is_empty())?;
        let draft = to_chat(world, state, params, kind);
        let partner = draft.name.clone().or_else(|| params.get("name").map(str::to_owned));
        Some(Draft { text: Some(text.to_owned()), name: partner, due: Some(done_at), ..draft })
    };
    let is_new = state.chat(params.get("chat_number").unwrap_or_default()).is_none();
    let message = begins_with(DeliveryKind::Text, "text");
    let dialog = is_new.then(|| begins_with(DeliveryKind::Dialog, "dialog_id")).flatten();
    message.into_iter().chain(dialog).collect()
}

/// Returns named values, one per line.
pub(super) fn lines<'p>(values: impl Iterator<Item = (&'p str, &'p str)>) -> String {
    let lines: Vec<String> = values.map(|(name, value)| format!("{name}: {value}")).collect();
    lines.join("\n")
}
