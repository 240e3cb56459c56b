//! Contacts: list, store, update, delete.

use serde_json::{Value, json};

use crate::{Profile, answer::Answer, clock, php, sql, world::Contact};

use super::{
    contact_rules::{self, stored},
    context::Context,
    countries, envelope, paginate, rows,
    state::State,
};

/// The fields that are stored unchanged, and those that are stored together as JSON in one column.
const TEXTS: [&str; 4] = ["firstname", "lastname", "mobile_code", "mobile"];
const ADDRESS: [&str; 4] = ["city", "state", "post_code", "address"];
/// PHP's error for JSON with text that is not UTF-8.
const MALFORMED: &str = "Malformed UTF-8 characters, possibly incorrectly encoded";
/// The length of a column for names and numbers.
pub(super) const COLUMN: usize = 40;
/// The database's error for a longer value.
pub(super) const TOO_LONG: &str = "SQLSTATE[22001]: String data, right truncated: 1406 Data too long for column";
/// The length of the column for addresses, in bytes of JSON.
const ADDRESS_COLUMN: usize = 65_535;

pub(super) fn list(state: &mut State, context: &Context<'_>) -> Answer {
    let search = context.input.value("search");
    if !search.is_null() && !search.is_string() {
        return envelope::invalid(&[contact_rules::no_text("search")]);
    }
    let searches = context.input.truthy("search");
    if searches && context.profile == Profile::Observed {
        // The server searches in a column that does not exist.
        return envelope::exception("SQLSTATE[42S22]: Column not found: 1054 Unknown column 'email' in 'WHERE'");
    }
    let needle = search.as_str().unwrap_or_default();
    if php::has_invalid_utf8(needle) {
        return envelope::exception(MALFORMED);
    }
    let pattern = sql::Pattern::containing(needle);
    let found: Vec<&Contact> = state
        .contacts
        .iter()
        .rev()
        .filter(|row| row.user_id == context.user_id && (!searches || mentions(row, &pattern)))
        .collect();
    paginate::answer(context, &found, ("contact-list", "Contact data fetched successfully.", "contacts"), |row| {
        rows::contact(row, context.origin)
    })
}

/// Whether a search finds the contact: by first name, last name or number.
pub(super) fn mentions(row: &Contact, pattern: &sql::Pattern) -> bool {
    [row.firstname.as_deref(), row.lastname.as_deref(), Some(row.mobile.as_str())]
        .into_iter()
        .flatten()
        .any(|column| pattern.matches(column))
}

pub(super) fn store(state: &mut State, context: &Context<'_>) -> Answer {
    save(state, context, None)
}

pub(super) fn update(state: &mut State, context: &Context<'_>) -> Answer {
    // The server treats an id of 0 as missing and stores a new contact.
    save(state, context, Some(context.id).filter(|id| *id != "0"))
}

/// Stores a contact, or updates the one with the id.
fn save(state: &mut State, context: &Context<'_>, id: Option<&str>) -> Answer {
    let input = context.input;
    let partial = id.is_some() && context.profile == Profile::Documented;
    let existing = id.and_then(|id| position(state, context.user_id, id));
    let complaints = contact_rules::complaints(input, partial, || {
        let old = existing.filter(|_| partial).map(|at| &state.contacts[at]);
        let code = input.get("mobile_code").cloned().or_else(|| old.map(|row| json!(row.mobile_code)));
        let mobile = input.get("mobile").cloned().or_else(|| old.map(|row| json!(row.mobile)));
        let others =
            |row: &&Contact| row.user_id == context.user_id && !id.is_some_and(|id| sql::id_equals(row.id, id));
        state.contacts.iter().filter(others).any(|row| is_number(row, code.as_ref(), mobile.as_ref()))
    });
    if !complaints.is_empty() {
        return envelope::invalid(&complaints);
    }
    let limit = state.user(context.user_id).map_or(0, |user| user.contact_limit);
    if id.is_none() && limit < 1 && limit != -1 {
        return envelope::refusal(
            "contact_limit_error",
            "You’ve reached your  contact limit. Please upgrade your plan to continue.",
        );
    }
    if id.is_some() && existing.is_none() {
        return envelope::refusal("unknown_contact", "The contact is not found");
    }
    let picture = match input.file("profile_image") {
        None => None,
        Some(upload) if upload.is_named_like_image() && !upload.is_whole_image() => {
            return envelope::refusal("image_upload_error", "Couldn't upload your image");
        }
        Some(upload) => Some(picture_name(context.now, &upload.file_name)),
    };
    let old = existing.map(|at| state.contacts[at].clone());
    let row = match new_row(context, old.as_ref(), partial, picture.clone()) {
        Ok(row) => row,
        Err(complaint) => return envelope::exception(complaint),
    };
    if let Some(at) = existing { replace(state, context, at, row) } else { insert(state, context, row, picture) }
}

fn insert(state: &mut State, context: &Context<'_>, row: Contact, picture: Option<String>) -> Answer {
    // A new row shows only the columns that were set. A row that was read from the database shows all.
    let mut shown = json!({
        "user_id": row.user_id,
        "firstname": row.firstname,
        "lastname": row.lastname,
        "mobile_code": context.input.value("mobile_code"),
        "mobile": context.input.value("mobile"),
        "address": row.address,
        "updated_at": row.updated_at,
        "created_at": row.created_at,
        "image_src": rows::image_src(context.origin),
        "full_name": rows::full_name(&row),
    });
    if let (Some(picture), Some(shown)) = (picture, shown.as_object_mut()) {
        shown.insert("image".to_owned(), json!(picture));
    }
    shown["id"] = json!(state.add_contact(row));
    envelope::success_with("contact_created", "Contact created successfully", json!({"contact": shown}))
}

fn replace(state: &mut State, context: &Context<'_>, at: usize, row: Contact) -> Answer {
    let mut shown = rows::contact(&row, context.origin);
    // Numbers that were sent as JSON numbers are shown as numbers.
    for name in ["mobile_code", "mobile"] {
        if let Some(value) = context.input.get(name) {
            shown[name] = value.clone();
        }
    }
    state.replace_contact(at, row);
    if let Some(user) = state.user_mut(context.user_id).filter(|user| user.contact_limit != -1) {
        user.contact_limit = user.contact_limit.saturating_sub(1);
    }
    envelope::success_with("contact_created", " Contact updated successfully", json!({"contact": shown}))
}

/// Returns the row to be written, or the database's error.
fn new_row(
    context: &Context<'_>,
    old: Option<&Contact>,
    partial: bool,
    picture: Option<String>,
) -> Result<Contact, &'static str> {
    let input = context.input;
    if input.has_invalid_utf8(&ADDRESS) {
        return Err(
            "Unable to encode attribute [address] for model [App\\Models\\Contact] to JSON: Malformed UTF-8 characters",
        );
    }
    if TEXTS.iter().filter_map(|name| input.text(name)).any(|text| !sql::takes(text)) {
        return Err(MALFORMED);
    }
    let kept = old.filter(|_| partial);
    let code = input.get("mobile_code").cloned().or_else(|| kept.map(|row| json!(row.mobile_code))).unwrap_or_default();
    let mobile = input.get("mobile").cloned().or_else(|| kept.map(|row| json!(row.mobile))).unwrap_or_default();
    let (Some(stored_code), Some(stored_mobile)) = (stored(&code), stored(&mobile)) else {
        return Err("Array to string conversion");
    };
    if [&stored_code, &stored_mobile].iter().any(|text| text.chars().count() > COLUMN) {
        return Err(TOO_LONG);
    }
    let part = |name: &str| -> String {
        let old = kept.and_then(|row| row.address.get(name)).and_then(Value::as_str).unwrap_or_default();
        input.text(name).unwrap_or(old).to_owned()
    };
    let address = json!({
        "city": part("city"),
        "state": part("state"),
        "post_code": part("post_code"),
        "address": part("address"),
        "country": countries::of_code(&code).unwrap_or_default(),
    });
    if php_json_length(&address.to_string()) > ADDRESS_COLUMN {
        return Err("SQLSTATE[22001]: String data, right truncated: 1406 Data too long for column 'address'");
    }
    let name = |field: &str, old: Option<&String>| input.text(field).map(str::to_owned).or_else(|| old.cloned());
    let now = Some(clock::column_time(context.now));
    Ok(Contact {
        id: old.map_or(0, |row| row.id),
        user_id: context.user_id,
        firstname: name("firstname", kept.and_then(|row| row.firstname.as_ref())),
        lastname: name("lastname", kept.and_then(|row| row.lastname.as_ref())),
        mobile_code: stored_code,
        mobile: stored_mobile,
        image: picture.or_else(|| old.and_then(|row| row.image.clone())),
        address,
        status: old.map_or(0, |row| row.status),
        details: old.map_or(Value::Null, |row| row.details.clone()),
        is_customer: old.map_or(0, |row| row.is_customer),
        is_blocked: old.map_or(0, |row| row.is_blocked),
        blocked_by: old.map_or(0, |row| row.blocked_by),
        created_at: old.map_or_else(|| now.clone(), |row| row.created_at.clone()),
        updated_at: now,
    })
}

pub(super) fn delete(state: &mut State, context: &Context<'_>) -> Answer {
    let Some(at) = position(state, context.user_id, context.id) else {
        return envelope::refusal("not_found", "The contact not found");
    };
    let id = state.contacts[at].id;
    // A contact normally has one conversation. A second one is ignored.
    let conversation = state.conversations.iter().find(|row| row.contact_id == id);
    if conversation.is_some_and(|row| state.messages.any_in(row.id)) {
        return envelope::refusal("contact_error", "Unable to delete contact with messages");
    }
    if state.contacts[at].is_blocked != 0 {
        return envelope::refusal("contact_error", "Unable to delete contact which is blocked");
    }
    for group in state.tags.iter_mut().chain(&mut state.lists) {
        group.contacts.retain(|member| *member != id);
    }
    state.remove_contact(at);
    envelope::success("contact_deleted", "Contact deleted successfully")
}

/// Returns the position of the user's contact with an id, read as the database reads it: `3abc` is 3.
fn position(state: &State, user_id: i64, id: &str) -> Option<usize> {
    state.contacts.iter().position(|row| row.user_id == user_id && sql::id_equals(row.id, id))
}

/// Whether the contact has this code and number.
fn is_number(row: &Contact, code: Option<&Value>, mobile: Option<&Value>) -> bool {
    let (Some(code), Some(mobile)) = (code, mobile) else { return false };
    sql::text_matches(&row.mobile_code, code) && sql::text_matches(&row.mobile, mobile)
}

/// Returns a new name for the picture, with the extension of the sent name.
fn picture_name(now: u64, sent_as: &str) -> String {
    let extension = sent_as.rsplit_once('.').map_or("", |(_, extension)| extension);
    let extension: String = extension.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    format!("{now:013x}.{extension}")
}

/// Returns the length of a text as JSON as PHP writes it, with escapes for slashes and for characters beyond ASCII.
fn php_json_length(text: &str) -> usize {
    text.chars()
        .map(|c| {
            if c == '/' {
                2
            } else if c.is_ascii() {
                1
            } else {
                6 * c.len_utf16()
            }
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_measured_as_php_writes_it() {
        assert_eq!(php_json_length("a/é😀"), 1 + 2 + 6 + 12);
    }

    #[test]
    fn pictures_keep_their_extension_but_nothing_else() {
        assert_eq!(picture_name(1, "../../x.p/n\"g"), "0000000000001.png");
    }
}
