//! Rows as answers show them.

use serde_json::{Value, json};

use crate::world::{Contact, Conversation, Group, Note};

use super::state::State;

/// Returns a contact with all its columns, as lists and updates show it.
pub(super) fn contact(row: &Contact, origin: &str) -> Value {
    json!({
        "id": row.id,
        "user_id": row.user_id,
        "firstname": row.firstname,
        "lastname": row.lastname,
        "mobile_code": row.mobile_code,
        "mobile": row.mobile,
        "image": row.image,
        "address": row.address,
        "status": row.status,
        "details": row.details,
        "is_customer": row.is_customer,
        "is_blocked": row.is_blocked,
        "blocked_by": row.blocked_by,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "image_src": image_src(origin),
        "full_name": full_name(row),
    })
}

/// Returns the address of a picture. The server shows the default picture for files that it does not find.
pub(super) fn image_src(origin: &str) -> String {
    format!("{origin}/assets/images/avatar.jpg")
}

/// Returns the contact's name, or its number if it has no name.
pub(super) fn full_name(row: &Contact) -> String {
    let name =
        format!("{} {}", row.firstname.as_deref().unwrap_or_default(), row.lastname.as_deref().unwrap_or_default());
    match name.trim() {
        "" => format!("+{}{}", row.mobile_code, row.mobile),
        name => name.to_owned(),
    }
}

/// Returns a conversation with its contact, which is null if it was deleted, and its notes, newest first.
pub(super) fn conversation(state: &State, row: &Conversation, origin: &str) -> Value {
    let notes: Vec<Value> = state.notes.iter().rev().filter(|note| note.conversation_id == row.id).map(note).collect();
    json!({
        "id": row.id,
        "user_id": row.user_id,
        "contact_id": row.contact_id,
        "status": row.status,
        "whatsapp_account_id": row.whatsapp_account_id,
        "last_message_at": row.last_message_at,
        "needs_human_reply": row.needs_human_reply,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "contact": state.contact(row.contact_id).map(|found| contact(found, origin)),
        "notes": notes,
    })
}

/// Returns the tags or lists that contain a contact. `column` names the group's id in the joining table.
pub(super) fn groups_of(groups: &[Group], contact_id: i64, column: &str) -> Vec<Value> {
    let holds = |group: &&Group| group.contacts.contains(&contact_id);
    let show = |group: &Group| {
        json!({
            "id": group.id,
            "user_id": group.user_id,
            "name": group.name,
            "created_at": group.created_at,
            "updated_at": group.updated_at.as_ref().or(group.created_at.as_ref()),
            "pivot": {"contact_id": contact_id, column: group.id},
        })
    };
    groups.iter().filter(holds).map(show).collect()
}

fn note(row: &Note) -> Value {
    json!({
        "id": row.id,
        "user_id": row.user_id,
        "conversation_id": row.conversation_id,
        "note": row.note,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    })
}
