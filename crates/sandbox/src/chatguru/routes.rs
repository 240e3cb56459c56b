//! The operations of `ChatGuru`: id, required parameters and handler of each. Add an operation here.

use crate::{answer::Answer, operation::Operation};

use super::{actions, context::Context, state::State};

/// The method of all operations.
pub(super) const METHOD: &str = "POST";
/// The path of all operations. The parameter `action` names the operation.
pub(super) const PATH: &str = "api/v1";

/// Runs an operation whose required parameters are present.
pub(super) type Handler = fn(&mut State, &Context<'_>) -> Answer;

/// An operation, what it requires, and its handler.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) operation: Operation,
    /// The required parameters, in the order in which they are checked.
    pub(super) required: &'static [&'static str],
    pub(super) handler: Handler,
}

static ROUTES: [Route; 10] = [
    route("message_send", &["chat_number", "text"], actions::message_send),
    route("message_status", &["message_id"], actions::message_status),
    route("chat_add", &["chat_number", "name", "text"], actions::chat_add),
    route("chat_add_status", &["chat_add_id"], actions::chat_add_status),
    route("chat_update_custom_fields", &["chat_number"], actions::chat_update_custom_fields),
    route("chat_update_context", &["chat_number"], actions::chat_update_context),
    route("chat_update_name", &["chat_number"], actions::chat_update_name),
    route("note_add", &["chat_number", "note_text"], actions::note_add),
    route("dialog_execute", &["chat_number", "dialog_id"], actions::dialog_execute),
    route("message_file_send", &["chat_number", "file_url"], actions::message_file_send),
];

const fn route(id: &'static str, required: &'static [&'static str], handler: Handler) -> Route {
    Route { operation: Operation { id, method: METHOD, path: PATH }, required, handler }
}

/// Returns the operations.
pub(crate) fn operations() -> impl Iterator<Item = &'static Operation> {
    ROUTES.iter().map(|route| &route.operation)
}

/// Returns the route that an `action` names.
pub(super) fn find(action: &str) -> Option<&'static Route> {
    ROUTES.iter().find(|route| route.operation.id == action)
}
