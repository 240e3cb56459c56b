//! What a send delivers, as the ledger tells it.

use serde_json::{Map, Value};

use crate::{
    body::Upload,
    ledger::{DeliveredFile, DeliveryKind, Draft, Location, TemplateUse},
    php,
    world::Made,
};

use super::{Context, content::Content, input::Input, rows, state::State};

/// A message of any content but a template.
pub(super) fn of_message(state: &State, context: &Context<'_>, contact_id: i64, chosen: &Content) -> Option<Draft> {
    let draft = to_contact(state, context, contact_id)?;
    let text = php::text_of(context.input.value("message")).filter(|text| !text.is_empty());
    Some(match chosen {
        Content::Text => Draft { text, ..draft },
        Content::Media(media) => {
            let kind = match media.kind {
                "image" => DeliveryKind::Image,
                "document" => DeliveryKind::Document,
                "video" => DeliveryKind::Video,
                _ => DeliveryKind::Audio,
            };
            Draft { kind, text, file: context.input.file(media.kind).map(file), ..draft }
        }
        Content::Location(place) => {
            Draft { kind: DeliveryKind::Location, text, location: Some(location(place)), ..draft }
        }
        Content::Cta(id) => made(&state.cta_urls, *id, Draft { kind: DeliveryKind::CtaUrl, ..draft }),
        Content::List(id) => {
            made(&state.interactive_lists, *id, Draft { kind: DeliveryKind::InteractiveList, ..draft })
        }
        Content::Product(button) => of_shop(button, Draft { kind: DeliveryKind::Product, ..draft }),
        Content::Order(button) => of_shop(button, Draft { kind: DeliveryKind::Order, ..draft }),
    })
}

/// A template message.
pub(super) fn of_template(state: &State, context: &Context<'_>, contact_id: i64, template_id: i64) -> Option<Draft> {
    let draft = to_contact(state, context, contact_id)?;
    let template = state.templates.iter().find(|row| row.id == template_id)?;
    let variables = texts(context.input, "body_variables");
    Some(Draft {
        kind: DeliveryKind::Template,
        text: Some(filled_in(template.text("body"), &variables)).filter(|text| !text.is_empty()),
        template: Some(TemplateUse {
            id: template.id,
            name: template.text("name").to_owned(),
            variables,
            header_variables: texts(context.input, "header_variables"),
        }),
        ..draft
    })
}

/// A blank message to the contact.
fn to_contact(state: &State, context: &Context<'_>, contact_id: i64) -> Option<Draft> {
    let contact = state.contact(contact_id)?;
    let (code, mobile) = (&contact.mobile_code, &contact.mobile);
    let name = state.user(context.user_id).and_then(|user| user.name.clone());
    let mut to = [code.as_str(), mobile].concat();
    to.retain(|letter| letter.is_ascii_digit());
    let nameless = contact.firstname.is_none() && contact.lastname.is_none();
    Some(Draft {
        account: name.unwrap_or_else(|| format!("user {}", context.user_id)),
        conversation: [context.slug, &context.user_id.to_string(), code, mobile].join(":"),
        to,
        name: (!nameless).then(|| rows::full_name(contact)),
        kind: DeliveryKind::Text,
        text: None,
        file: None,
        url: None,
        location: None,
        template: None,
        due: None,
    })
}

fn file(upload: &Upload) -> (DeliveredFile, Option<bytes::Bytes>) {
    let bytes = upload.bytes();
    let file = DeliveredFile {
        name: upload.file_name.clone(),
        media_type: upload.media_type().to_owned(),
        size: upload.size,
        sha256: upload.sha256.clone(),
        kept: bytes.is_some(),
    };
    (file, bytes)
}

fn location(place: &Value) -> Location {
    let text = |name: &str| place.get(name).and_then(php::text_of).unwrap_or_default();
    let label = |name: &str| Some(text(name)).filter(|label| !label.is_empty());
    Location {
        latitude: text("latitude"),
        longitude: text("longitude"),
        name: label("name"),
        address: label("address"),
    }
}

/// What was made in the dashboard carries its own text.
fn made(rows: &[Made], id: i64, draft: Draft) -> Draft {
    match rows.iter().find(|row| row.id == id) {
        Some(row) => Draft { text: row.body.clone(), url: row.url.clone(), ..draft },
        None => draft,
    }
}

fn of_shop(button: &Value, draft: Draft) -> Draft {
    let text = |path: &str| button.pointer(path).and_then(Value::as_str).map(str::to_owned);
    Draft { text: text("/body/text"), url: text("/action/parameters/url"), ..draft }
}

/// The entries of a list, as texts.
fn texts(input: &Input, name: &str) -> Vec<String> {
    let text = |value: &Value| php::text_of(value).unwrap_or_default();
    match input.get(name) {
        Some(Value::Array(list)) => list.iter().map(text).collect(),
        Some(Value::Object(map)) => in_order(map).map(text).collect(),
        _ => Vec::new(),
    }
}

/// `a[2]` goes before `a[10]`, though not as texts do.
fn in_order(map: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    let mut entries: Vec<(&String, &Value)> = map.iter().collect();
    entries.sort_by_key(|(key, _)| key.parse::<u64>().unwrap_or(u64::MAX));
    entries.into_iter().map(|(_, value)| value)
}

/// `{{1}}` becomes the first variable, and so on; those that were not given stay.
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
    use super::{super::input::input_of, *};
    use serde_json::json;

    #[test]
    fn numbered_entries_are_in_the_order_of_their_numbers() {
        let input = input_of(json!({"v": {"10": "k", "2": "c", "0": "a"}, "w": "x"}));
        assert_eq!(texts(&input, "v"), ["a", "c", "k"]);
        assert!(texts(&input, "w").is_empty());
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
