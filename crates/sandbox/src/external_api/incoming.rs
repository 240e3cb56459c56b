//! A message from a customer. The API does not show it, but it shows that its conversation moved.

use crate::{clock, ledger::ChatOfMessage, world::Contact};

use super::{
    Instance, countries, draft,
    send::{nameless_contact, new_conversation},
    state::State,
};

/// The status of a conversation with unread messages.
const UNREAD: i64 = 4;
/// The length of the column for a contact's first name.
const NAME_COLUMN: usize = 40;

impl Instance {
    /// Moves the conversation with this number, which is created with its contact if needed. Returns why the message
    /// is dropped otherwise. The receiver is the user whose credentials the sandbox hands out.
    pub(crate) fn receive(&self, number: &str, name: Option<&str>) -> Result<ChatOfMessage, String> {
        let now = self.clock.millis();
        let user_id = self.world.main_user().map_or(0, |user| user.id);
        let mut state = self.lock();
        let known = state.contacts.iter().find(|row| row.user_id == user_id && draft::number_of(row) == number);
        let contact_id = match known {
            Some(row) if row.is_blocked != 0 => {
                return Err(format!("contact {} is blocked, so its messages are dropped", row.id));
            }
            Some(row) => row.id,
            None => new_contact(&mut state, user_id, number, name, now),
        };
        let found = state.conversations.iter().find(|row| row.user_id == user_id && row.contact_id == contact_id);
        let conversation_id = match found {
            Some(row) => row.id,
            None => new_conversation(&mut state, user_id, contact_id, now),
        };
        state.messages.add(conversation_id);
        let time = clock::column_time(now);
        if let Some(row) = state.conversations.iter_mut().find(|row| row.id == conversation_id) {
            row.status = UNREAD;
            row.needs_human_reply = 1;
            row.last_message_at = Some(time.clone());
            row.updated_at = Some(time);
        }
        let contact = state.contact(contact_id).ok_or("the instance has no room for another contact")?;
        let partner = draft::partner(&state, self.provider.slug(), user_id, contact);
        Ok(ChatOfMessage {
            account: partner.account,
            conversation: partner.conversation,
            id: conversation_id.to_string(),
            name: partner.name,
        })
    }
}

fn new_contact(state: &mut State, user_id: i64, number: &str, name: Option<&str>, now: u64) -> i64 {
    let (code, mobile, country) = countries::split(number);
    let row = nameless_contact(user_id, (code.to_owned(), mobile.to_owned()), country, now);
    let firstname = name.map(|name| name.chars().take(NAME_COLUMN).collect());
    state.add_contact(Contact { firstname, ..row })
}
