//! Conversations: list, details, status change.

use std::{cmp::Reverse, collections::HashMap};

use serde_json::{Value, json};

use crate::{answer::Answer, clock, php, sql, world::Conversation};

use super::{contact_rules, contacts, context::Context, envelope, paginate, rows, state::State};

pub(super) fn list(state: &mut State, context: &Context<'_>) -> Answer {
    let input = context.input;
    let search = input.value("search");
    let needle = input.truthy("search").then(|| php::text_of(search));
    if needle == Some(None) {
        return envelope::exception("Array to string conversion");
    }
    let pattern = needle.flatten().map(|needle| sql::Pattern::containing(&needle));
    if let Some(complaint) = input.get("status").and_then(complaint_about_list) {
        return envelope::exception(complaint);
    }
    // There are many rows with few different states, and the requested list can be long.
    let mut known = HashMap::new();
    let mut fits = |row: &Conversation| {
        let wanted = input.get("status");
        *known.entry(row.status).or_insert_with(|| wanted.is_none_or(|wanted| has_status(row, wanted)))
    };
    let matches = |row: &&Conversation| {
        row.user_id == context.user_id
            && fits(row)
            && pattern.as_ref().is_none_or(|pattern| {
                state.contact(row.contact_id).is_some_and(|contact| contacts::mentions(contact, pattern))
            })
    };
    let mut found: Vec<&Conversation> = state.conversations.iter().filter(matches).collect();
    // Newest first, conversations without a message last. Times in this format sort like text.
    found.sort_by_key(|row| Reverse(row.last_message_at.as_deref()));
    paginate::answer(context, &found, ("inbox", "Conversation data fetched successfully", "conversation"), |row| {
        rows::conversation(state, row, context.origin)
    })
}

/// Whether the status matches. A list matches any of its entries, and the database reads a word as 0.
fn has_status(row: &Conversation, wanted: &Value) -> bool {
    match entries(wanted) {
        Some(list) => list.into_iter().any(|wanted| has_status(row, wanted)),
        None => sql::id_matches(row.status, wanted),
    }
}

/// Returns the error for a list that the framework cannot query. It flattens nested lists and needs as many values as
/// entries. It checks the first level itself, and the database checks the rest.
fn complaint_about_list(value: &Value) -> Option<&'static str> {
    let list = entries(value)?;
    let flattened: usize = list.iter().map(|entry| entries(entry).map_or(1, |deeper| deeper.len())).sum();
    if flattened != list.len() {
        return Some("Nested arrays may not be passed to whereIn method.");
    }
    (leaves(value) != list.len()).then_some("SQLSTATE[HY093]: Invalid parameter number")
}

fn leaves(value: &Value) -> usize {
    entries(value).map_or(1, |list| list.into_iter().map(leaves).sum())
}

fn entries(value: &Value) -> Option<Vec<&Value>> {
    match value {
        Value::Array(list) => Some(list.iter().collect()),
        Value::Object(map) => Some(map.values().collect()),
        _ => None,
    }
}

pub(super) fn details(state: &mut State, context: &Context<'_>) -> Answer {
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

/// The documentation offers 0 to 4. The server accepts 0 to 3.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_lists_are_flattened_if_their_number_fits() {
        for fine in
            [json!("1"), json!([]), json!(["1", "2"]), json!([["1"]]), json!({"a": {"b": ["1"]}}), json!([null])]
        {
            assert_eq!(complaint_about_list(&fine), None, "{fine}");
        }
        for wrong in [json!([["1", "2"]]), json!([[]]), json!([[["1", "2"]]]), json!([[[]]])] {
            assert!(complaint_about_list(&wrong).is_some(), "{wrong}");
        }
        let row: Conversation =
            serde_json::from_value(json!({"id": 1, "user_id": 1, "contact_id": 1, "status": 2})).unwrap();
        assert!(has_status(&row, &json!([[["2"]], "7"])) && !has_status(&row, &json!([["1"]])));
    }
}
