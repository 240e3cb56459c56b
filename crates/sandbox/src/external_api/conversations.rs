//! Conversations: list, details, change of status.

use std::cmp::Reverse;

use serde_json::{Value, json};

use crate::{answer::Answer, clock, php, sql, world::Conversation};

use super::{Context, contact_rules, contacts, envelope, paginate, rows, state::State};

pub(super) fn list(state: &State, context: &Context<'_>) -> Answer {
    let input = context.input;
    let search = input.value("search");
    let needle = input.truthy("search").then(|| php::text_of(search));
    if needle == Some(None) {
        return envelope::exception("Array to string conversion");
    }
    let needle = needle.flatten();
    if input.get("status").is_some_and(is_nested) {
        return envelope::exception("Nested arrays may not be passed to whereIn method.");
    }
    let matches = |row: &&Conversation| {
        row.user_id == context.user_id
            && input.get("status").is_none_or(|wanted| has_status(row, wanted))
            && needle.as_deref().is_none_or(|needle| {
                state.contact(row.contact_id).is_some_and(|contact| contacts::mentions(contact, needle))
            })
    };
    let mut found: Vec<&Conversation> = state.conversations.iter().filter(matches).collect();
    // Newest first, those without a message last. Times of this one form sort as texts do.
    found.sort_by_key(|row| Reverse(row.last_message_at.as_deref()));
    paginate::answer(context, &found, ("inbox", "Conversation data fetched successfully", "conversation"), |row| {
        rows::conversation(state, row, context.origin)
    })
}

/// A list matches any of its entries. A word is 0 to the database.
fn has_status(row: &Conversation, wanted: &Value) -> bool {
    match wanted {
        Value::Array(list) => list.iter().any(|wanted| sql::id_matches(row.status, wanted)),
        Value::Object(map) => map.values().any(|wanted| sql::id_matches(row.status, wanted)),
        one => sql::id_matches(row.status, one),
    }
}

/// A list of lists, which the database cannot be asked for.
fn is_nested(value: &Value) -> bool {
    let is_list = |value: &Value| value.is_array() || value.is_object();
    match value {
        Value::Array(list) => list.iter().any(is_list),
        Value::Object(map) => map.values().any(is_list),
        _ => false,
    }
}

pub(super) fn details(state: &State, context: &Context<'_>) -> Answer {
    let Some(row) = state.conversations.iter().find(|row| is_asked_for(row, context)) else {
        return envelope::refusal("not_found", "Conversation not found");
    };
    let mut shown = rows::conversation(state, row, context.origin);
    if let Some(contact) = shown.get_mut("contact").and_then(Value::as_object_mut) {
        contact.insert("tags".to_owned(), rows::groups_of(&state.tags, row.contact_id, "contact_tag_id").into());
        contact.insert("lists".to_owned(), rows::groups_of(&state.lists, row.contact_id, "contact_list_id").into());
    }
    envelope::success_with(
        "conversation_details",
        "Conversation details fetched successfully.",
        json!({"conversation": shown}),
    )
}

pub(super) fn change_status(state: &mut State, context: &Context<'_>) -> Answer {
    let status = match wanted_status(context) {
        Ok(status) => status,
        Err(complaints) => return envelope::invalid(&complaints),
    };
    let Some(row) = state.conversations.iter_mut().find(|row| is_asked_for(row, context)) else {
        return envelope::refusal("not_found", "Conversation not found");
    };
    if row.status != status {
        row.status = status;
        row.updated_at = Some(clock::column_time(context.now));
    }
    envelope::success("status_updated", "Status updated successfully")
}

/// The docs offer 4; the server takes 0 to 3.
fn wanted_status(context: &Context<'_>) -> Result<i64, Vec<String>> {
    if !context.input.has("status") {
        return Err(vec![contact_rules::required("status")]);
    }
    let value = context.input.value("status");
    let whole = php::filter_int(value);
    let offered = (0..=3).find(|status: &i64| php::loosely_equal(&status.to_string(), value));
    let offered = offered.filter(|_| value.is_string() || value.is_number() || *value == json!(true));
    let mut complaints = Vec::new();
    if whole.is_none() {
        complaints.push("O campo status deve ser um número inteiro.".to_owned());
    }
    if offered.is_none() {
        complaints.push("O status selecionado é inválido.".to_owned());
    }
    match whole.filter(|_| complaints.is_empty()) {
        Some(status) => Ok(status),
        None => Err(complaints),
    }
}

fn is_asked_for(row: &Conversation, context: &Context<'_>) -> bool {
    row.user_id == context.user_id && sql::id_equals(row.id, context.id)
}
