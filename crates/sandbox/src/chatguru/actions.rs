//! The handlers of the operations.

use serde_json::json;

use crate::{
    answer::Answer,
    ledger::{DeliveryKind, Draft},
};

use super::{
    context::Context,
    details::Kind,
    draft,
    job::Progress,
    params::Params,
    reply::{self, BAD_FIRST_TEXT, NO_CHAT},
    send_date,
    state::{State, shortened},
};

/// The longest first text on a phone of `WhatsApp`'s official API, in characters. The real limit is not known.
const OFFICIAL_FIRST_TEXT: usize = 256;

pub(super) fn message_send(state: &mut State, context: &Context<'_>) -> Answer {
    let Context { params, now, .. } = *context;
    let Some(goes_out_at) = send_date(params, context.soon()) else {
        return reply::error(BAD_DATE);
    };
    if !has_chat(state, context) {
        return reply::error(NO_CHAT);
    }
    let id = state.add_message(now, goes_out_at);
    let draft = draft::to_chat(context, state, DeliveryKind::Text);
    reply::success(
        201,
        json!({"description": "Mensagem cadastrada com sucesso!", "message_id": id, "message_status": "scheduled"}),
    )
    .delivering([Draft { text: text(params, "text"), due: Some(goes_out_at), ..draft }])
}

pub(super) fn message_status(state: &mut State, context: &Context<'_>) -> Answer {
    let Context { params, now, .. } = *context;
    match state.message_is_out(params.get("message_id").unwrap_or_default(), now) {
        Some(out) => reply::success(200, json!({"message_status": if out { "sent" } else { "scheduled" }})),
        None => reply::error("Mensagem não encontrada"),
    }
}

pub(super) fn chat_add(state: &mut State, context: &Context<'_>) -> Answer {
    let Context { world, params, now, .. } = *context;
    if !world.add_chats {
        return reply::error("Adicionar Chats não está ativo nesta conta.");
    }
    let text = params.get("text").unwrap_or_default();
    if context.official_api && text.chars().nth(OFFICIAL_FIRST_TEXT).is_some() {
        return reply::error(BAD_FIRST_TEXT);
    }
    if params.get("dialog_id").is_some_and(|id| !world.dialogs.iter().any(|known| known == id)) {
        return reply::error("Diálogo não encontrado.");
    }
    let done_at = now.saturating_add(world.chat_add_delay_ms);
    let Some(text_due) = send_date(params, done_at) else {
        return reply::error(BAD_DATE);
    };
    let asked = context.chat_key();
    let key = state.chat_to_add(&asked);
    let name = shortened(params.get("name").unwrap_or_default());
    let addition = draft::Addition { key: &key, name: &name, done_at, text_due };
    let drafts = draft::of_added_chat(context, state, &addition);
    let id = state.add_chat(key, &asked, name, now, done_at);
    reply::success(
        201,
        json!({
            "description": "Chat cadastrado para inclusão com sucesso!",
            "chat_add_id": id,
            "chat_add_status": "pending",
        }),
    )
    .delivering(drafts)
}

pub(super) fn chat_add_status(state: &mut State, context: &Context<'_>) -> Answer {
    let Context { params, now, .. } = *context;
    let id = params.get("chat_add_id").unwrap_or_default();
    let (status, description) = match state.progress(id, now) {
        Some(Progress::Pending) => ("pending", "Chat aguardando inclusão.".to_owned()),
        Some(Progress::Fetched) => ("fetched", "Chat em processo de inclusão.".to_owned()),
        Some(Progress::Done(None)) => ("done", "Chat adicionado com sucesso!".to_owned()),
        Some(Progress::Done(Some(number))) => ("done", format!("Chat adicionado, número corrigido para {number}.")),
        None => return reply::error("Cadastro de chat não encontrado."),
    };
    reply::success(
        200,
        json!({"chat_add_id": id, "chat_add_status": status, "chat_add_status_description": description}),
    )
}

pub(super) fn chat_update_custom_fields(state: &mut State, context: &Context<'_>) -> Answer {
    let Context { world, params, .. } = *context;
    let Some(chat) = state.chat(&context.chat_key()) else {
        return reply::error(NO_CHAT);
    };
    if params.custom_fields().next().is_none() {
        return reply::error("Nenhum campo personalizado informado.");
    }
    if let Some((unknown, _)) = params.custom_fields().find(|(name, _)| !world.has_custom_field(name)) {
        return reply::error(&format!("Nenhum campo personalizado encontrado: {}", shortened(unknown)));
    }
    let saved = json!({"chat_id": chat.id, "description": "Campos personalizados foram salvos."});
    state.details.set(&context.chat_key(), Kind::CustomFields, params.custom_fields());
    let draft = draft::to_chat(context, state, DeliveryKind::CustomFields);
    reply::success(200, saved).delivering([Draft { text: Some(draft::lines(params.custom_fields())), ..draft }])
}

pub(super) fn chat_update_context(state: &mut State, context: &Context<'_>) -> Answer {
    let Some(chat) = state.chat(&context.chat_key()) else {
        return reply::error(NO_CHAT);
    };
    let variables = || context.params.variables();
    if variables().next().is_none() {
        return reply::error("Nenhuma variável de contexto informada.");
    }
    let saved = json!({"chat_id": chat.id, "description": "Variáveis de contexto foram salvas."});
    state.details.set(&context.chat_key(), Kind::Context, variables());
    let draft = draft::to_chat(context, state, DeliveryKind::Context);
    reply::success(200, saved).delivering([Draft { text: Some(draft::lines(variables())), ..draft }])
}

pub(super) fn chat_update_name(state: &mut State, context: &Context<'_>) -> Answer {
    // Three public clients send `name`. Whether ChatGuru accepts it is not known.
    let Some(name) = context.params.get("chat_name").or_else(|| context.params.get("name")) else {
        return reply::missing("chat_update_name", "chat_name");
    };
    let Some(chat) = state.rename(&context.chat_key(), name) else {
        return reply::error(NO_CHAT);
    };
    let fields = json!({"chat_id": chat.id, "description": "Nome do chat foi salvo."});
    let draft = draft::to_chat(context, state, DeliveryKind::ChatName);
    reply::success(200, fields).delivering([Draft { text: draft.name.clone(), ..draft }])
}

pub(super) fn note_add(state: &mut State, context: &Context<'_>) -> Answer {
    if !has_chat(state, context) {
        return reply::error(NO_CHAT);
    }
    let id = state.new_id(context.now);
    let draft = draft::to_chat(context, state, DeliveryKind::Note);
    reply::success(200, json!({"description": "Anotação criada com sucesso", "note_id": id}))
        .delivering([Draft { text: text(context.params, "note_text"), ..draft }])
}

pub(super) fn dialog_execute(state: &mut State, context: &Context<'_>) -> Answer {
    if !has_chat(state, context) {
        return reply::error(NO_CHAT);
    }
    let id = context.params.get("dialog_id").unwrap_or_default();
    if !context.world.dialogs.iter().any(|known| known == id) {
        return reply::error_in(reply::DIALOG, "Diálogo não encontrado");
    }
    let draft = draft::to_chat(context, state, DeliveryKind::Dialog);
    reply::success(200, json!({reply::DIALOG: "Diálogo Executado"}))
        .delivering([Draft { text: Some(id.to_owned()), ..draft }])
}

/// Sends a file. No sample of the answer is published: clients read `message_file_send_return` or `message_id`.
pub(super) fn message_file_send(state: &mut State, context: &Context<'_>) -> Answer {
    let Context { params, now, .. } = *context;
    let url = params.get("file_url").unwrap_or_default();
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    if host.is_empty() || host.starts_with('/') {
        return reply::error("file_url inválida");
    }
    if !has_chat(state, context) {
        return reply::error(NO_CHAT);
    }
    let goes_out_at = context.soon();
    let id = state.add_message(now, goes_out_at);
    let draft = draft::to_chat(context, state, DeliveryKind::FileUrl);
    let accepted = "Arquivo cadastrado com sucesso!";
    reply::success(
        200,
        json!({
            "description": accepted,
            "message_file_send_return": accepted,
            "message_id": id,
            "message_status": "scheduled",
        }),
    )
    .delivering([Draft {
        text: text(params, "caption"),
        url: Some(url.to_owned()),
        due: Some(goes_out_at),
        ..draft
    }])
}

const BAD_DATE: &str = "send_date inválida";

/// Returns when a message is due, which is not before `earliest`, or `None` if its `send_date` is not a date. A date in
/// the past counts as none.
fn send_date(params: &Params, earliest: u64) -> Option<u64> {
    match params.get("send_date") {
        None => Some(earliest),
        Some(text) => send_date::parse(text).map(|date| date.max(earliest)),
    }
}

fn text(params: &Params, name: &str) -> Option<String> {
    params.get(name).map(str::to_owned)
}

fn has_chat(state: &State, context: &Context<'_>) -> bool {
    state.chat(&context.chat_key()).is_some()
}
