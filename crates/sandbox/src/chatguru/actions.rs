//! The handlers of the operations.

use serde_json::json;

use crate::{
    answer::Answer,
    ledger::{DeliveryKind, Draft},
};

use super::{context::Context, draft, params::Params, reply, send_date, state::State};

const NO_CHAT: &str = "Chat não encontrado.";
pub(super) fn message_send(state: &mut State, context: &Context<'_>) -> Answer {
    let Context { world, params, now } = *context;
    let goes_out_at = match params.get("send_date") {
        None => now.saturating_add(world.message_delay_ms),
        Some(text) => match send_date::parse(text) {
            // A date in the past counts as none.
            Some(date) => date.max(now.saturating_add(world.message_delay_ms)),
            None => return reply::error("send_date inválida"),
        },
    };
    if !has_chat(state, params) {
        return reply::error(NO_CHAT);
    }
    let id = state.add_message(now, goes_out_at);
    let draft = draft::to_chat(world, state, params, DeliveryKind::Text);
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
        None => reply::error("Mensagem não encontrada."),
    }
}

pub(super) fn chat_add(state: &mut State, context: &Context<'_>) -> Answer {
    let Context { world, params, now } = *context;
    if !world.add_chats {
        return reply::error("Adicionar Chats não está ativo nesta conta.");
    }
    if params.get("dialog_id").is_some_and(|id| !world.dialogs.iter().any(|known| known == id)) {
        return reply::error("Diálogo não encontrado.");
    }
    let number = params.get("chat_number").unwrap_or_default();
    let done_at = now.saturating_add(world.chat_add_delay_ms);
    let drafts = draft::of_new_chat(world, state, params, done_at);
    let id = state.add_chat(number, params.get("name"), now, done_at);
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
    let Context { params, .. } = *context;
    let id = params.get("chat_add_id").unwrap_or_default();
    let (status, description) = match state.job_is_done(id) {
        Some(true) => ("done", "Chat adicionado com sucesso!"),
        Some(false) => ("pending", "Chat aguardando inclusão."),
        None => return reply::error("Cadastro de chat não encontrado."),
    };
    reply::success(
        200,
        json!({"chat_add_id": id, "chat_add_status": status, "chat_add_status_description": description}),
    )
}

pub(super) fn chat_update_custom_fields(state: &mut State, context: &Context<'_>) -> Answer {
    let Context { world, params, .. } = *context;
    let Some(chat) = state.chat(params.get("chat_number").unwrap_or_default()) else {
        return reply::error(NO_CHAT);
    };
    if params.custom_fields().next().is_none() {
        return reply::error("Nenhum campo personalizado informado.");
    }
    // The API never returns custom fields, so only the ledger keeps them.
    let draft = draft::to_chat(world, state, params, DeliveryKind::CustomFields);
    reply::success(200, json!({"chat_id": chat.id, "description": "Campos personalizados foram salvos."}))
        .delivering([Draft { text: Some(draft::lines(params.custom_fields())), ..draft }])
}

/// Sets variables of the chatbot. The shape of the answer is a guess.
pub(super) fn chat_update_context(state: &mut State, context: &Context<'_>) -> Answer {
    let Context { world, params, .. } = *context;
    let Some(chat) = state.chat(params.get("chat_number").unwrap_or_default()) else {
        return reply::error(NO_CHAT);
    };
    if params.variables().next().is_none() {
        return reply::error("Nenhuma variável informada.");
    }
    let draft = draft::to_chat(world, state, params, DeliveryKind::Context);
    reply::success(200, json!({"chat_id": chat.id, "description": "Contexto atualizado."}))
        .delivering([Draft { text: Some(draft::lines(params.variables())), ..draft }])
}

/// Changes the name of a chat. The shape of the answer is a guess.
pub(super) fn chat_update_name(state: &mut State, context: &Context<'_>) -> Answer {
    let Context { world, params, .. } = *context;
    let name = params.get("chat_name").unwrap_or_default();
    let Some(chat_id) = state.rename(params.get("chat_number").unwrap_or_default(), name) else {
        return reply::error(NO_CHAT);
    };
    let draft = draft::to_chat(world, state, params, DeliveryKind::ChatName);
    reply::success(200, json!({"chat_id": chat_id, "description": "Nome atualizado."}))
        .delivering([Draft { text: text(params, "chat_name"), ..draft }])
}

pub(super) fn note_add(state: &mut State, context: &Context<'_>) -> Answer {
    let Context { world, params, now } = *context;
    if !has_chat(state, params) {
        return reply::error(NO_CHAT);
    }
    let id = state.new_id(now);
    let draft = draft::to_chat(world, state, params, DeliveryKind::Note);
    reply::success(200, json!({"description": "Anotação criada com sucesso", "note_id": id}))
        .delivering([Draft { text: text(params, "note_text"), ..draft }])
}

pub(super) fn dialog_execute(state: &mut State, context: &Context<'_>) -> Answer {
    let Context { world, params, .. } = *context;
    if !has_chat(state, params) {
        return reply::error(NO_CHAT);
    }
    let id = params.get("dialog_id").unwrap_or_default();
    if !world.dialogs.iter().any(|known| known == id) {
        return reply::error_in("dialog_execution_return", "Diálogo não encontrado");
    }
    let draft = draft::to_chat(world, state, params, DeliveryKind::Dialog);
    reply::success(200, json!({"dialog_execution_return": "Diálogo Executado"}))
        .delivering([Draft { text: Some(id.to_owned()), ..draft }])
}

/// Sends a file. The documentation does not show this answer, so its shape is a guess.
pub(super) fn message_file_send(state: &mut State, context: &Context<'_>) -> Answer {
    let Context { world, params, now } = *context;
    let url = params.get("file_url").unwrap_or_default();
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    if host.is_empty() || host.starts_with('/') {
        return reply::error("file_url inválida");
    }
    if !has_chat(state, params) {
        return reply::error(NO_CHAT);
    }
    let goes_out_at = now.saturating_add(world.message_delay_ms);
    let id = state.add_message(now, goes_out_at);
    let draft = draft::to_chat(world, state, params, DeliveryKind::FileUrl);
    reply::success(
        201,
        json!({"description": "Arquivo cadastrado com sucesso!", "message_id": id, "message_status": "scheduled"}),
    )
    .delivering([Draft {
        text: text(params, "caption"),
        url: Some(url.to_owned()),
        due: Some(goes_out_at),
        ..draft
    }])
}

fn text(params: &Params, name: &str) -> Option<String> {
    params.get(name).map(str::to_owned)
}

fn has_chat(state: &State, params: &Params) -> bool {
    state.chat(params.get("chat_number").unwrap_or_default()).is_some()
}
