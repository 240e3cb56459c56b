//! The routes of the `ExternalApi`. They are matched before anyone signs in.

/// An operation, named as in the spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    ContactList,
    ContactStore,
    ContactUpdate,
    ContactDelete,
    ConversationList,
    ConversationDetails,
    ChangeConversationStatus,
    SendMessage,
    SendTemplateMessage,
    TemplateList,
}

/// An operation and the id in its path, empty where it takes none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Route {
    pub(super) operation: Operation,
    pub(super) id: String,
}

/// The names of the operations.
pub(crate) const OPERATIONS: &[&str] = &[
    "contact_list",
    "contact_store",
    "contact_update",
    "contact_delete",
    "conversation_list",
    "conversation_details",
    "change_conversation_status",
    "send_message",
    "send_template_message",
    "template_list",
];

impl Operation {
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::ContactList => "contact_list",
            Self::ContactStore => "contact_store",
            Self::ContactUpdate => "contact_update",
            Self::ContactDelete => "contact_delete",
            Self::ConversationList => "conversation_list",
            Self::ConversationDetails => "conversation_details",
            Self::ChangeConversationStatus => "change_conversation_status",
            Self::SendMessage => "send_message",
            Self::SendTemplateMessage => "send_template_message",
            Self::TemplateList => "template_list",
        }
    }

    pub(super) fn method(self) -> &'static str {
        match self {
            Self::ContactList | Self::ConversationList | Self::ConversationDetails | Self::TemplateList => "GET",
            Self::ContactDelete => "DELETE",
            _ => "POST",
        }
    }
}

/// The path without slashes at its ends: how the server names it in its answers.
pub(super) fn plain_path(path: &str) -> String {
    path.trim_matches('/').to_owned()
}

/// Finds the operation for a decoded path below `external-api/`.
pub(super) fn find(path: &str) -> Option<Route> {
    let segments: Vec<&str> = path.split('/').collect();
    let (operation, id) = match segments.as_slice() {
        ["contact", "list"] => (Operation::ContactList, ""),
        ["contact", "store"] => (Operation::ContactStore, ""),
        ["contact", "update", id] => (Operation::ContactUpdate, *id),
        ["contact", "delete", id] => (Operation::ContactDelete, *id),
        ["inbox", "conversation-list"] => (Operation::ConversationList, ""),
        ["inbox", "conversation-details", id] => (Operation::ConversationDetails, *id),
        ["inbox", "change-conversation-status", id] => (Operation::ChangeConversationStatus, *id),
        ["inbox", "send-message"] => (Operation::SendMessage, ""),
        ["inbox", "send-template-message"] => (Operation::SendTemplateMessage, ""),
        ["inbox", "template-list"] => (Operation::TemplateList, ""),
        _ => return None,
    };
    let takes_id = segments.len() == 3;
    (takes_id != id.is_empty()).then(|| Route { operation, id: id.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exact_paths_match() {
        let found = |path: &str| find(path).map(|route| (route.operation, route.id));
        assert_eq!(found("contact/update/3abc"), Some((Operation::ContactUpdate, "3abc".to_owned())));
        assert_eq!(found("contact/update/{id}"), Some((Operation::ContactUpdate, "{id}".to_owned())));
        for no in ["CONTACT/LIST", "contact//list", "contact/update", "contact/update/", "contact/update/1/2", ""] {
            assert_eq!(found(no), None, "{no}");
        }
    }
}
