//! Rules about webhooks: what the client must know to read what a provider posts.

use super::operations::media_types;
use super::rule::{Diagnostics, Rule};
use crate::document::At;
use crate::spec_index::{NodeKind, Spec, referred};

pub(super) const RULES: &[Rule] = &[
    Rule::of_spec(
        "webhook-post",
        "A webhook is a request that the provider makes, and all of them are posts.",
        "Describe what the provider posts below `post`.",
        post,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "webhook-body",
        "The client reads the body of a webhook into a type.",
        "Write a `requestBody` with the media type `application/json` and nothing else, whose `schema` is the name of \
         an object that is not part of a request.",
        body,
    )
    .needed_by_generator(),
    Rule::of_spec(
        "webhook-answer",
        "A receiver confirms a webhook with its status alone.",
        "Write exactly the answer `2XX`, with a `description`.",
        answer,
    ),
];

fn post(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for webhook in spec.of_kind(NodeKind::Webhook) {
        if webhook.get("post").is_none_or(|post| post.as_entries().is_none()) {
            diagnostics.at(&webhook.at, format!("the webhook `{}` has no `post`", webhook.key));
        }
    }
}

fn body(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for post in spec.of_kind(NodeKind::WebhookPost) {
        let Some(body) = post.get("requestBody") else {
            diagnostics.at(&post.at, "the webhook has no `requestBody`");
            continue;
        };
        let content = body.get("content");
        let media = content.as_ref().and_then(At::as_entries).unwrap_or_default();
        let names: Vec<_> = media.iter().map(|(name, _)| *name).collect();
        let ([(_, media)], ["application/json"]) = (media.as_slice(), names.as_slice()) else {
            diagnostics.at(content.as_ref().unwrap_or(body), media_types("the body", &names));
            continue;
        };
        let Some(schema) = media.get("schema") else {
            diagnostics.at(media, "the body has no `schema`");
            continue;
        };
        // `schema-inline` reports a schema without a name, and the generator a reference to nothing.
        let Some((name, target)) = referred(&schema).zip(schema.resolve().ok()) else { continue };
        if spec.requests.contains(name) {
            diagnostics.at(&schema, format!("the schema `{name}` is part of a request as well"));
        } else if target.get("properties").is_none() {
            diagnostics.at(&schema, format!("the schema `{name}` is not an object"));
        }
    }
}

fn answer(spec: &Spec<'_>, diagnostics: &mut Diagnostics) {
    for post in spec.of_kind(NodeKind::WebhookPost) {
        let Some(responses) = post.get("responses") else {
            diagnostics.at(&post.at, "the webhook has no `responses`");
            continue;
        };
        let keys: Vec<_> = responses.as_entries().unwrap_or_default().iter().map(|(key, _)| *key).collect();
        if keys != ["2XX"] {
            let keys =
                if keys.is_empty() { "no answers".to_owned() } else { format!("the answers {}", keys.join(", ")) };
            diagnostics.at(responses, format!("the webhook has {keys}"));
        }
    }
}
