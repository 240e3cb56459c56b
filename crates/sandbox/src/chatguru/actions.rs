//! The eight actions, and what is checked before each.

use serde_json::json;

use crate::{
    answer::Answer,
    ledger::{DeliveryKind, Draft},
    world::ChatGuruWorld,
};

use super::{draft, params::Params, reply, send_date, state::State};

const NO_CHAT: &str = "Chat não encontrado.";
/// No number of a telephone has more digits than 15; what is far beyond is refused (a guess).
const LONGEST_NUMBER: usize = 32;

/// Checks the account, finds the action and runs it.
pub(super) fn run(world: &ChatGuruWorld, state: &mut State, params: &Params, now: u64) -> Answer {
    for (name, right, wrong) in [
        ("key", &world.key, "key inválida"),
        ("account_id", &world.account_id, "account_id inválida"),
        ("phone_id", &world.phone_id, "phone_id inválido"),
    ] {
        if params.get(name) != Some(right.as_str()) {
            return reply::error(wrong);
        }
    }
    let Some(action) = params.get("action").and_then(operation) else {
        return reply::error(if params.has("action") { "action inválida" } else { "action é obrigatório" });
    };
    if let Some(chat_number) = params.get("chat_number") {
        if chat_number.len() > LONGEST_NUMBER || !chat_number.bytes().all(|byte| byte.is_ascii_digit()) {
            return reply::error("chat_number inválido");
        }
    } else if !matches!(action, "message_status" | "chat_add_status") {
        return reply::missing("chat_number");
    }
    let required: &[&str] = match action {
        "message_send" => &["text"],
        "message_status" => &["message_id"],
        "chat_add" => &["name", "text"],
        "chat_add_status" => &["chat_add_id"],
        "note_add" => &["note_text"],
        "dialog_execute" => &["dialog_id"],
        "message_file_send" => &["file_url"],
        _ => &[],
    };
    if let Some(name) = required.iter().find(|name| params.get(name).is_none()) {
        return reply::missing(name);
    }
    state.settle(now);
    match action {
        "message_send" => message_send(world, state, params, now),
        "message_status" => message_status(state, params, now),
        "chat_add" => chat_add(world, state, params, now),
        "chat_add_status" => chat_add_status(state, params),
        "chat_update_custom_fields" => chat_update_custom_fields(world, state, params),
        "note_add" => note_add(world, state, params, now),
        "dialog_execute" => dialog_execute(world, state, params),
        _ => message_file_send(world, state, params, now),
    }
}

/// The names of the actions, which are the operations.
pub(crate) const OPERATIONS: &[&str] = &[
    "message_send",
    "message_status",
    "chat_add",
    "chat_add_status",
    "chat_update_custom_fields",
    "note_add",
    "dialog_execute",
    "message_file_send",
];

pub(super) fn operation(action: &str) -> Option<&'static str> {
    OPERATIONS.iter().copied().find(|known| *known == action)
}

fn message_send(world: &ChatGuruWorld, state: &mut State, params: &Params, now: u64) -> Answer {
    let goes_out_at = match params.get("send_date") {
        None => now.saturating_add(world.message_delay_ms),
        Some(text) => match send_date::parse(text) {
            // A date in the past is as good as none.
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

fn message_status(state: &State, params: &Params, now: u64) -> Answer {
    match state.message_is_out(params.get("message_id").unwrap_or_default(), now) {
        Some(out) => reply::success(200, json!({"message_status": if out { "sent" } else { "scheduled" }})),
        None => reply::error("Mensagem não encontrada."),
    }
}

fn chat_add(world: &ChatGuruWorld, state: &mut State, params: &Params, now: u64) -> Answer {
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

fn chat_add_status(state: &State, params: &Params) -> Answer {
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

fn chat_update_custom_fields(world: &ChatGuruWorld, state: &State, params: &Params) -> Answer {
    let Some(chat) = state.chat(params.get("chat_number").unwrap_or_default()) else {
        return reply::error(NO_CHAT);
    };
    if params.custom_fields().next().is_none() {
        return reply::error("Nenhum campo personalizado informado.");
    }
    // The API never reads them back, so that the ledger is the only place that keeps them.
    let draft = draft::to_chat(world, state, params, DeliveryKind::CustomFields);
    reply::success(200, json!({"chat_id": chat.id, "description": "Campos personalizados foram salvos."}))
        .delivering([Draft { text: Some(draft::lines(params)), ..draft }])
}

fn note_add(world: &ChatGuruWorld, state: &mut State, params: &Params, now: u64) -> Answer {
    if !has_chat(state, params) {
        return reply::error(NO_CHAT);
    }
    let id = state.new_id(now);
    let draft = draft::to_chat(world, state, params, DeliveryKind::Note);
    reply::success(200, json!({"description": "Anotação criada com sucesso", "note_id": id}))
        .delivering([Draft { text: text(params, "note_text"), ..draft }])
}

fn dialog_execute(world: &ChatGuruWorld, state: &State, params: &Params) -> Answer {
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

/// The answer's shape is a guess: the documentation shows none.
fn message_file_send(world: &ChatGuruWorld, state: &mut State, params: &Params, now: u64) -> Answer {
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
