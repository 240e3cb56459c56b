//! The operations of the `ExternalApi`: id, method, path and handler of each. Add an operation here.

use crate::{answer::Answer, operation::Operation};

use super::{contacts, context::Context, conversations, send, state::State, templates};

/// Runs an operation for a user who is signed in.
pub(super) type Handler = fn(&mut State, &Context<'_>) -> Answer;

/// An operation and its handler.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) operation: Operation,
    pub(super) handler: Handler,
}

pub(super) static ROUTES: [Route; 10] = [
    route("contact_list", "GET", "contact/list", contacts::list),
    route("contact_store", "POST", "contact/store", contacts::store),
    route("contact_update", "POST", "contact/update/{id}", contacts::update),
    route("contact_delete", "DELETE", "contact/delete/{id}", contacts::delete),
    route("conversation_list", "GET", "inbox/conversation-list", conversations::list),
    route("conversation_details", "GET", "inbox/conversation-details/{id}", conversations::details),
    route("change_conversation_status", "POST", "inbox/change-conversation-status/{id}", conversations::change_status),
    route("send_message", "POST", "inbox/send-message", send::message),
    route("send_template_message", "POST", "inbox/send-template-message", send::template),
    route("template_list", "GET", "inbox/template-list", templates::list),
];

const fn route(id: &'static str, method: &'static str, path: &'static str, handler: Handler) -> Route {
    Route { operation: Operation { id, method, path }, handler }
}

/// Returns the operations.
pub(crate) fn operations() -> impl Iterator<Item = &'static Operation> {
    ROUTES.iter().map(|route| &route.operation)
}

/// Returns the route of a decoded path below `external-api/`, and the id in the path, which is empty for a route
/// without one.
pub(super) fn find(path: &str) -> Option<(&'static Route, &str)> {
    ROUTES.iter().find_map(|route| Some((route, id_in(path, route.operation.path)?)))
}

/// The id in a path that matches the pattern.
fn id_in<'a>(path: &'a str, pattern: &str) -> Option<&'a str> {
    match pattern.strip_suffix("{id}") {
        Some(prefix) => path.strip_prefix(prefix).filter(|id| !id.is_empty() && !id.contains('/')),
        None => (path == pattern).then_some(""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exact_paths_match() {
        let found = |path| find(path).map(|(route, id)| (route.operation.id, id));
        assert_eq!(found("contact/list"), Some(("contact_list", "")));
        assert_eq!(found("contact/update/3abc"), Some(("contact_update", "3abc")));
        assert_eq!(found("contact/update/{id}"), Some(("contact_update", "{id}")));
        for no in ["CONTACT/LIST", "contact//list", "contact/update", "contact/update/", "contact/update/1/2", ""] {
            assert_eq!(found(no), None, "{no}");
        }
    }
}
