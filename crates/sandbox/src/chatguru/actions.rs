//! The eight actions, and what is checked before each.

use serde_json::json;

use crate::{answer::Answer, world::ChatGuruWorld};

use super::{params::Params, reply, send_date, state::State};

const NO_CHAT: &str = "Chat não encontrado.";

/// Checks the account, finds the action and runs it.
pub(super) fn run(world: &ChatGuruWorld, state: &mut State, params: &Params, now: u64) -> Answer {
    let action = params.get("action").unwrap_or_default();
    // The operation is noted also when the request is refused, so that a ledger can tell.
    let known = operation(action);
    let mut answer = checked(world, state, params, now, known);
    answer.operation = known;
    answer
}

fn checked(world: &ChatGuruWorld, state: &mut State, params: &Params, now: u64, action: Option<&str>) -> Answer {
    for (name, right, wrong) in [
        ("key", &world.key, "key inválida"),
        ("account_id", &world.account_id, "account_id inválida"),
        ("phone_id", &world.phone_id, "phone_id inválido"),
    ] {
        if params.get(name) != Some(right.as_str()) {
            return reply::error(wrong);
        }
    }
    let Some(action) = action else {
        return reply::error(if params.has("action") { "action inválida" } else { "action é obrigatório" });
    };
    if let Some(chat_number) = params.get("chat_number") {
        if !chat_number.bytes().all(|byte| byte.is_ascii_digit()) {
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
        "chat_update_custom_fields" => chat_update_custom_fields(state, params),
        "note_add" => note_add(state, params, now),
        "dialog_execute" => dialog_execute(world, state, params),
        _ => message_file_send(world, state, params, now),
    }
}

fn operation(action: &str) -> Option<&'static str> {
    [
        "message_send",
        "message_status",
        "chat_add",
        "chat_add_status",
        "chat_update_custom_fields",
        "note_add",
        "dialog_execute",
        "message_file_send",
    ]
    .into_iter()
    .find(|known| *known == action)
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
    reply::success(
        201,
        json!({"description": "Mensagem cadastrada com sucesso!", "message_id": id, "message_status": "scheduled"}),
    )
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
    let id = state.add_chat(number, now, done_at);
    reply::success(
        201,
        json!({
            "description": "Chat cadastrado para inclusão com sucesso!",
            "chat_add_id": id,
            "chat_add_status": "pending",
        }),
    )
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

fn chat_update_custom_fields(state: &mut State, params: &Params) -> Answer {
    let Some(chat) = state.chat(params.get("chat_number").unwrap_or_default()) else {
        return reply::error(NO_CHAT);
    };
    if params.custom_fields().next().is_none() {
        return reply::error("Nenhum campo personalizado informado.");
    }
    for (name, value) in params.custom_fields() {
        // What one chat remembers is bounded too.
        if chat.custom_fields.len() < 1000 || chat.custom_fields.contains_key(name) {
            chat.custom_fields.insert(name.to_owned(), value.to_owned());
        }
    }
    reply::success(200, json!({"chat_id": chat.id, "description": "Campos personalizados foram salvos."}))
}

fn note_add(state: &mut State, params: &Params, now: u64) -> Answer {
    if !has_chat(state, params) {
        return reply::error(NO_CHAT);
    }
    let id = state.new_id(now);
    reply::success(200, json!({"description": "Anotação criada com sucesso", "note_id": id}))
}

fn dialog_execute(world: &ChatGuruWorld, state: &mut State, params: &Params) -> Answer {
    if !has_chat(state, params) {
        return reply::error(NO_CHAT);
    }
    let id = params.get("dialog_id").unwrap_or_default();
    if !world.dialogs.iter().any(|known| known == id) {
        return reply::error_in("dialog_execution_return", "Diálogo não encontrado");
    }
    reply::success(200, json!({"dialog_execution_return": "Diálogo executado"}))
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
    let id = state.add_message(now, now.saturating_add(world.message_delay_ms));
    reply::success(
        201,
        json!({"description": "Arquivo cadastrado com sucesso!", "message_id": id, "message_status": "scheduled"}),
    )
}

fn has_chat(state: &mut State, params: &Params) -> bool {
    state.chat(params.get("chat_number").unwrap_or_default()).is_some()
}
