//! The deliveries of the send operations.

use serde_json::Value;

use crate::{
    body::Upload,
    ledger::{DeliveredFile, DeliveryKind, Draft, Location, TemplateUse},
    php,
    world::{Contact, DashboardItem, Template},
};

use super::{content::Content, context::Context, rows, state::State};

/// Returns the delivery of a message with any content but a template.
pub(super) fn of_message(state: &State, context: &Context<'_>, contact_id: i64, chosen: &Content) -> Option<Draft> {
    let draft = to_contact(state, context, contact_id)?;
    let text = || shown(context.input.value("message"));
    Some(match chosen {
        Content::Text => Draft { text: text(), ..draft },
        Content::Media(media) => {
            let (kind, text) = match media.kind {
                "image" => (DeliveryKind::Image, text()),
                "document" => (DeliveryKind::Document, text()),
                "video" => (DeliveryKind::Video, text()),
                // An audio message has no caption.
                _ => (DeliveryKind::Audio, None),
            };
            Draft { kind, text, file: context.input.file(media.kind).map(file), ..draft }
        }
        Content::Location(place) => Draft { kind: DeliveryKind::Location, location: Some(location(place)), ..draft },
        Content::Cta(id) => made(&state.cta_urls, *id, Draft { kind: DeliveryKind::CtaUrl, ..draft }),
        Content::List(id) => {
            made(&state.interactive_lists, *id, Draft { kind: DeliveryKind::InteractiveList, ..draft })
        }
        Content::Product(button) => of_shop(button, Draft { kind: DeliveryKind::Product, ..draft }),
        Content::Order(button) => of_shop(button, Draft { kind: DeliveryKind::Order, ..draft }),
    })
}

/// Returns the delivery of a template message.
pub(super) fn of_template(
    state: &State,
    context: &Context<'_>,
    contact_id: i64,
    template: &Template,
    used: Used,
) -> Option<Draft> {
    let draft = to_contact(state, context, contact_id)?;
    Some(Draft {
        kind: DeliveryKind::Template,
        text: Some(filled_in(template.text("body"), &used.variables)).filter(|text| !text.is_empty()),
        template: Some(TemplateUse {
            id: template.id,
            name: template.text("name").to_owned(),
            variables: used.variables,
            header_variables: used.header_variables,
        }),
        ..draft
    })
}

/// A template and the values that fill it.
pub(super) struct Used {
    pub(super) variables: Vec<String>,
    pub(super) header_variables: Vec<String>,
}

/// Returns a blank message to the contact.
fn to_contact(state: &State, context: &Context<'_>, contact_id: i64) -> Option<Draft> {
    let Partner { account, conversation, number, name } =
        partner(state, context.slug, context.user_id, state.contact(contact_id)?);
    Some(Draft {
        account,
        conversation,
        to: number,
        name,
        kind: DeliveryKind::Text,
        text: None,
        file: None,
        url: None,
        location: None,
        template: None,
        due: None,
    })
}

/// A user and a contact, as the ledger names them.
pub(super) struct Partner {
    pub(super) account: String,
    pub(super) conversation: String,
    pub(super) number: String,
    pub(super) name: Option<String>,
}

pub(super) fn partner(state: &State, slug: &str, user_id: i64, contact: &Contact) -> Partner {
    let (code, mobile) = (&contact.mobile_code, &contact.mobile);
    let account = state.user(user_id).and_then(|user| user.name.clone());
    let nameless = contact.firstname.is_none() && contact.lastname.is_none();
    Partner {
        account: account.unwrap_or_else(|| format!("user {user_id}")),
        conversation: php::lossy(&[slug, &user_id.to_string(), code, mobile].join(":")).into_owned(),
        number: number_of(contact),
        name: (!nameless).then(|| php::lossy(&rows::full_name(contact)).into_owned()),
    }
}

/// Returns the digits of a contact's number.
pub(super) fn number_of(contact: &Contact) -> String {
    let mut number = [contact.mobile_code.as_str(), &contact.mobile].concat();
    number.retain(|letter| letter.is_ascii_digit());
    number
}

fn file(upload: &Upload) -> (DeliveredFile, Option<bytes::Bytes>) {
    let bytes = upload.bytes();
    let file = DeliveredFile {
        name: php::lossy(&upload.file_name).into_owned(),
        media_type: upload.media_type().to_owned(),
        size: upload.size,
        sha256: upload.sha256.clone(),
        kept: bytes.is_some(),
    };
    (file, bytes)
}

/// The server sends name and address only together.
fn location(place: &Value) -> Location {
    let text = |name: &str| place.get(name).and_then(shown).unwrap_or_default();
    let label = |name: &str| place.get(name).filter(|value| php::truthy(value)).and_then(shown);
    let (name, address) = label("name").zip(label("address")).unzip();
    Location { latitude: text("latitude"), longitude: text("longitude"), name, address }
}

/// Returns a value as the ledger shows it: a number or a list as JSON, and an empty text as `None`.
fn shown(value: &Value) -> Option<String> {
    let text = if value.is_number() { None } else { php::text_of(value) };
    text.or_else(|| Some(value.to_string())).filter(|text| !text.is_empty())
}

/// Adds the text of an item that was created in the dashboard.
fn made(rows: &[DashboardItem], id: i64, draft: Draft) -> Draft {
    match rows.iter().find(|row| row.id == id) {
        Some(row) => Draft { text: row.body.clone(), url: row.url.clone(), ..draft },
        None => draft,
    }
}

fn of_shop(button: &Value, draft: Draft) -> Draft {
    let text = |path: &str| button.pointer(path).and_then(shown);
    Draft { text: text("/body/text"), url: text("/action/parameters/url"), ..draft }
}

/// Replaces `{{1}}` with the first variable, and so on. Placeholders without a variable stay.
fn filled_in(body: &str, variables: &[String]) -> String {
    let mut text = String::new();
    let mut rest = body;
    while let Some((before, after)) = rest.split_once("{{") {
        text.push_str(before);
        let known = after.split_once("}}").and_then(|(number, after)| {
            let index = number.trim().parse::<usize>().ok()?.checked_sub(1)?;
            Some((variables.get(index)?.as_str(), after))
        });
        let (value, after) = known.unwrap_or(("{{", after));
        text.push_str(value);
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_label_of_a_location_goes_out_only_whole() {
        let labels = |name: Value, address: Value| {
            let place = json!({"latitude": "1", "longitude": "2", "name": name, "address": address});
            let Location { name, address, .. } = location(&place);
            (name, address)
        };
        let both = (Some("Sé".to_owned()), Some("[\"Praça\"]".to_owned()));
        assert_eq!(labels(json!("Sé"), json!(["Praça"])), both);
        for (name, address) in [(json!("Sé"), json!("")), (json!(""), json!("Praça")), (json!("0"), json!("Praça"))]
        {
            assert_eq!(labels(name, address), (None, None));
        }
    }

    #[test]
    fn variables_as_far_as_they_are_given() {
        let variables = ["Ana".to_owned(), "{{1}}".to_owned()];
        for (body, expected) in [
            ("Olá {{1}}, pedido {{2}}, {{3}}.", "Olá Ana, pedido {{1}}, {{3}}."),
            ("{{ 1 }}{{0}}{{x}}{{", "Ana{{0}}{{x}}{{"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(filled_in(body, &variables), expected);
        }
    }
}
