//! The send operations: they find the recipient and the sender, and deliver.

use serde_json::{Value, json};

use crate::{
    Profile,
    answer::Answer,
    clock, php, sql,
    world::{Contact, Conversation, DashboardItem, Template},
};

use super::{
    contact_rules::stored,
    contacts,
    content::{self, Content},
    context::Context,
    countries,
    draft::{self, Used},
    envelope,
    failure::Failure,
    input::has_invalid_utf8,
    message_row::{self, MessageRow},
    rows, send_rules, shop,
    state::State,
    variables,
};

const BLOCKED: &str = "You cannot send or receive messages with this contact because they have been blocked.";
/// The length of the column for a document's name.
const FILE_NAME_COLUMN: usize = 255;
/// The highest id of a template language that the provider knows (guessed from Meta's list).
const LANGUAGES: i64 = 100;

/// Sends any content but a template.
pub(super) fn message(state: &mut State, context: &Context<'_>) -> Answer {
    let input = context.input;
    let complaints = send_rules::message(input);
    if !complaints.is_empty() {
        return envelope::invalid(&complaints);
    }
    let from = input.truthy("from_number").then(|| input.value("from_number"));
    // Without a number the server takes the first account by id, even if another one is the default.
    let account = state.accounts.iter().find(|row| {
        row.user_id == context.user_id && from.is_none_or(|number| sql::text_matches(&row.phone_number, number))
    });
    let Some(account_id) = account.map(|row| row.id) else {
        return envelope::refusal("not_found", "The whatsapp account is not found");
    };
    let recipient = match conversation_with(state, context) {
        Ok(recipient) => recipient,
        Err(refusal) => return refusal,
    };
    let chosen = match choose(state, context) {
        Ok(chosen) => chosen,
        Err(refusal) => return refusal,
    };
    if let Err(failure) = hand_over(context, &chosen) {
        return failure.answer(context.raw);
    }
    // The message has been sent by now, even if its row cannot be stored.
    let draft = draft::of_message(state, context, recipient.contact_id, &chosen);
    if let Err(failure) = insert(context, &chosen) {
        return failure.answer(context.raw).delivering(draft);
    }
    let row = message_row::store(state, context, account_id, recipient.conversation_id, &chosen);
    sent(&row).delivering(draft)
}

/// Sends a message, or returns why it cannot be built.
fn hand_over(context: &Context<'_>, chosen: &Content) -> Result<(), Failure> {
    let input = context.input;
    let malformed = match chosen {
        Content::Text => input.has_invalid_utf8(&["message"]),
        Content::Media(media) => {
            if input.file(media.kind).is_some_and(|upload| upload.size == 0) {
                return Err(Failure::exception("A 'contents' key is required"));
            }
            media.kind != "audio" && input.has_invalid_utf8(&["message"])
                || media.file_name.as_deref().is_some_and(php::has_invalid_utf8)
        }
        Content::Location(_) => {
            // The server omits name and address if one of them is missing.
            let labelled = input.truthy("name") && input.truthy("address");
            input.has_invalid_utf8(&["latitude", "longitude"])
                || labelled && input.has_invalid_utf8(&["name", "address"])
        }
        Content::Cta(_) | Content::List(_) | Content::Product(_) | Content::Order(_) => false,
    };
    if malformed { Err(Failure::exception("json_encode error: Malformed UTF-8 characters")) } else { Ok(()) }
}

/// Returns the database's error for the row of a message that has been sent.
fn insert(context: &Context<'_>, chosen: &Content) -> Result<(), Failure> {
    let text = context.input.value("message");
    if text.is_array() || text.is_object() {
        return Err(Failure::exception("Array to string conversion"));
    }
    if text.as_str().is_some_and(|text| !sql::takes(text))
        || matches!(chosen, Content::Location(place) if has_invalid_utf8(place))
    {
        return Err(Failure::malformed());
    }
    let Content::Media(media) = chosen else { return Ok(()) };
    if media.file_name.as_ref().is_some_and(|name| name.chars().count() > FILE_NAME_COLUMN) {
        return Err(Failure::exception(
            "SQLSTATE[22001]: String data, right truncated: 1406 Data too long for column 'media_filename'",
        ));
    }
    Ok(())
}

/// Chooses the content: a button, then a product or order, then a list, then the contents that need no lookup.
fn choose(state: &State, context: &Context<'_>) -> Result<Content, Answer> {
    let input = context.input;
    let lookup = |name: &str, rows: &[DashboardItem], message: &str| -> Result<Option<i64>, Answer> {
        if !input.truthy(name) {
            return Ok(None);
        }
        let wanted = input.value(name);
        let mine = rows.iter().find(|row| row.user_id == context.user_id && sql::id_matches(row.id, wanted));
        mine.map(|row| Some(row.id)).ok_or_else(|| envelope::refusal("not_found", message))
    };
    let cta = lookup("cta_url_id", &state.cta_urls, "The cta url is not found")?;
    let list = lookup("interactive_list_id", &state.interactive_lists, "The interactive list is not found")?;
    let goods = shop::goods(input).map_err(|failure| failure.answer(context.raw))?;
    if cta.is_none() && list.is_none() && goods.is_none() {
        return Ok(content::plain(input));
    }
    let user = state.user(context.user_id);
    if !user.is_some_and(|user| user.interactive_messages) {
        return Err(envelope::refusal(
            "not_found",
            "Your current plan does not support interactive messages. Please upgrade your plan.",
        ));
    }
    match (cta, goods, list) {
        (Some(id), _, _) => Ok(Content::Cta(id)),
        (None, Some(_), _) if !user.is_some_and(|user| user.ecommerce) => Err(envelope::refusal(
            "not_found",
            "Your current plan does not support e-commerce configured messages. Please upgrade your plan.",
        )),
        (None, Some(goods), _) => shop::button(&goods).map_err(|failure| failure.answer(context.raw)),
        (None, None, Some(id)) => Ok(Content::List(id)),
        (None, None, None) => Ok(Content::Text),
    }
}

/// Sends a template.
pub(super) fn template(state: &mut State, context: &Context<'_>) -> Answer {
    let input = context.input;
    let complaints = send_rules::template(input);
    if !complaints.is_empty() {
        return envelope::invalid(&complaints);
    }
    let recipient = match conversation_with(state, context) {
        Ok(recipient) => recipient,
        Err(refusal) => return refusal,
    };
    let wanted = input.value("template_id");
    let mine = |row: &&Template| row.user_id == context.user_id && sql::id_matches(row.id, wanted);
    let Some(template) = state.templates.iter().find(|row| mine(row) && row.status == 1).cloned() else {
        return envelope::refusal("not_found", "The template is not found");
    };
    // The server ignores the sender's number: templates are sent from the default account.
    let account = state.accounts.iter().find(|row| row.user_id == context.user_id && row.is_default);
    let Some(account_id) = account.map(|row| row.id) else {
        return envelope::refusal("not_found", "Please connect your whatsapp account first");
    };
    let used = match fill(state, context, &template, recipient.contact_id) {
        Ok(used) => used,
        Err(failure) => return failure.answer(context.raw),
    };
    message_row::store(state, context, account_id, recipient.conversation_id, &Content::Text);
    let draft = draft::of_template(state, context, recipient.contact_id, &template, used);
    if context.profile == Profile::Observed {
        // The message is sent and stored before the server fails.
        return envelope::exception("Undefined variable $conversationId").delivering(draft);
    }
    let data = json!({"conversation_id": recipient.conversation_id});
    envelope::success_with("template_sent", "Template message sent successfully", data).delivering(draft)
}

/// Fills a template for a contact.
fn fill(state: &State, context: &Context<'_>, template: &Template, contact_id: i64) -> Result<Used, Failure> {
    let contact = state.contact(contact_id);
    let name = contact.map(rows::full_name).unwrap_or_default();
    let number = contact.map(|row| [row.mobile_code.as_str(), &row.mobile].concat()).unwrap_or_default();
    let recipient = variables::Recipient { name: &name, number: &number };
    let body = variables::of(context.input, "body_variables", &recipient)?;
    let header = variables::of(context.input, "header_variables", &recipient)?;
    if !(1..=LANGUAGES).contains(&template.language_id) {
        return Err(Failure::exception("Attempt to read property \"code\" on null"));
    }
    // The headers of a template with cards are in its cards.
    Ok(Used { variables: body, header_variables: if template.has_cards() { Vec::new() } else { header } })
}

fn sent(row: &MessageRow<'_>) -> Answer {
    envelope::success_with("success", "Message sent successfully", row.as_data())
}

/// The recipient of a message.
struct Recipient {
    contact_id: i64,
    conversation_id: i64,
}

/// Returns the conversation with the recipient, which is created if needed, or why nothing can be sent.
fn conversation_with(state: &mut State, context: &Context<'_>) -> Result<Recipient, Answer> {
    let (code, mobile) = (context.input.value("mobile_code"), context.input.value("mobile"));
    let known = state.contacts.iter().find(|row| {
        row.user_id == context.user_id
            && sql::text_matches(&row.mobile_code, code)
            && sql::text_matches(&row.mobile, mobile)
    });
    let (contact_id, is_blocked) = match known {
        Some(row) => (row.id, row.is_blocked != 0),
        None if context.profile == Profile::Documented => (new_contact(state, context, code, mobile)?, false),
        None => {
            return Err(envelope::exception(
                "SQLSTATE[23000]: Integrity constraint violation: 1048 Column 'contact_id' cannot be null",
            ));
        }
    };
    let found = state.conversations.iter().find(|row| row.user_id == context.user_id && row.contact_id == contact_id);
    let conversation_id = match found {
        Some(row) => row.id,
        None => new_conversation(state, context.user_id, contact_id, context.now),
    };
    // The conversation exists by now, even if the contact is blocked.
    if is_blocked {
        return Err(envelope::refusal("not_found", BLOCKED));
    }
    Ok(Recipient { contact_id, conversation_id })
}

/// Creates an empty conversation.
pub(super) fn new_conversation(state: &mut State, user_id: i64, contact_id: i64, now: u64) -> i64 {
    let now = Some(clock::column_time(now));
    state.add_conversation(Conversation {
        id: 0,
        user_id,
        contact_id,
        status: 0,
        whatsapp_account_id: 0,
        last_message_at: None,
        needs_human_reply: 0,
        created_at: now.clone(),
        updated_at: now,
    })
}

/// Creates a contact for an unknown number, as the documentation promises.
fn new_contact(state: &mut State, context: &Context<'_>, code: &Value, mobile: &Value) -> Result<i64, Answer> {
    let (Some(mobile_code), Some(stored_mobile)) = (stored(code), stored(mobile)) else {
        return Err(envelope::exception("Array to string conversion"));
    };
    if [&mobile_code, &stored_mobile].iter().any(|text| text.chars().count() > contacts::COLUMN) {
        return Err(envelope::exception(contacts::TOO_LONG));
    }
    let country = countries::of_code(code).unwrap_or_default();
    let row = nameless_contact(context.user_id, (mobile_code, stored_mobile), country, context.now);
    Ok(state.add_contact(row))
}

/// Returns a contact of which only the number and the country are known.
pub(super) fn nameless_contact(user_id: i64, number: (String, String), country: &str, now: u64) -> Contact {
    let now = Some(clock::column_time(now));
    let (mobile_code, mobile) = number;
    Contact {
        id: 0,
        user_id,
        firstname: None,
        lastname: None,
        mobile_code,
        mobile,
        image: None,
        address: json!({"city": "", "state": "", "post_code": "", "address": "", "country": country}),
        status: 0,
        details: Value::Null,
        is_customer: 0,
        is_blocked: 0,
        blocked_by: 0,
        created_at: now.clone(),
        updated_at: now,
    }
}
