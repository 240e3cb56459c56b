//! The row of a message, as the answer to a send operation shows it.

use serde::Serialize;
use serde_json::Value;

use crate::clock;

use super::{
    content::{Content, Media},
    context::Context,
    state::State,
};

/// A row of the table of messages. It is serialized directly, without a JSON tree, because most calls are answered with
/// it. Its fields are in alphabetical order, like those of all JSON here.
#[derive(Serialize)]
pub(super) struct MessageRow<'a> {
    agent_id: i64,
    conversation_id: i64,
    created_at: String,
    cta_url_id: i64,
    id: i64,
    interactive_list_id: i64,
    location: Option<&'a Value>,
    media_caption: Option<&'a Value>,
    media_filename: Option<&'a str>,
    media_id: Option<String>,
    media_path: Option<String>,
    media_type: Option<&'static str>,
    media_url: Option<String>,
    message: &'a Value,
    message_type: i64,
    mime_type: Option<&'static str>,
    ordering: String,
    product_data: Option<&'a Value>,
    status: i64,
    r#type: i64,
    updated_at: String,
    user_id: i64,
    whatsapp_account_id: i64,
    whatsapp_message_id: String,
}

/// The data in the answer to a send operation.
#[derive(Serialize)]
pub(super) struct Data<'a> {
    conversation_id: i64,
    message: &'a MessageRow<'a>,
}

/// Stores a message and returns its row.
pub(super) fn store<'a>(
    state: &mut State,
    context: &Context<'a>,
    account_id: i64,
    conversation_id: i64,
    chosen: &'a Content,
) -> MessageRow<'a> {
    let id = state.messages.add(conversation_id);
    let now = clock::column_time(context.now);
    if let Some(row) = state.conversations.iter_mut().find(|row| row.id == conversation_id) {
        row.last_message_at.get_or_insert_default().clone_from(&now);
        row.updated_at.get_or_insert_default().clone_from(&now);
        row.needs_human_reply = 1;
    }
    let message = context.input.value("message");
    let row = MessageRow {
        agent_id: 0,
        conversation_id,
        created_at: now.clone(),
        cta_url_id: if let Content::Cta(id) = chosen { *id } else { 0 },
        id,
        interactive_list_id: if let Content::List(id) = chosen { *id } else { 0 },
        location: if let Content::Location(place) = chosen { Some(place) } else { None },
        media_caption: None,
        media_filename: None,
        media_id: None,
        media_path: None,
        media_type: None,
        media_url: None,
        message,
        message_type: chosen.number(),
        mime_type: None,
        ordering: clock::precise_time(context.now),
        product_data: if let Content::Product(button) | Content::Order(button) = chosen { Some(button) } else { None },
        status: 1,
        r#type: 1,
        updated_at: now,
        user_id: context.user_id,
        whatsapp_account_id: account_id,
        whatsapp_message_id: format!("wamid.SANDBOX{id:06}"),
    };
    if let Content::Media(media) = chosen { row.with_media(media, context.origin) } else { row }
}

impl<'a> MessageRow<'a> {
    fn with_media(self, media: &'a Media, origin: &str) -> Self {
        let id = (300_000_000_000_000 + self.id).to_string();
        Self {
            media_caption: Some(self.message),
            media_filename: media.file_name.as_deref(),
            media_path: media.is_copied.then(|| id.clone()),
            media_type: Some(media.kind),
            media_url: Some(format!("{origin}/assets/media/{id}")),
            mime_type: Some(media.mime_type),
            media_id: Some(id),
            ..self
        }
    }

    /// Returns the row as the answer's data.
    pub(super) fn as_data(&self) -> Data<'_> {
        Data { conversation_id: self.conversation_id, message: self }
    }
}
