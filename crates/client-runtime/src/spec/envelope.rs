//! How an API reports success and failure inside its answers.

/// The in-band errors that prove that nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusals {
    /// All of them: an error of this API always means that it did not do what was requested.
    All,
    /// Those with one of these remarks, each with its reason. Any other error leaves the outcome unknown.
    Listed(&'static [(&'static str, RefusalReason)]),
}

impl Refusals {
    /// Returns the reason of an error with this remark, if the remark is listed.
    pub(crate) fn reason(&self, remark: Option<&str>) -> Option<RefusalReason> {
        match self {
            Self::All => None,
            Self::Listed(list) => list.iter().find(|(listed, _)| Some(*listed) == remark).map(|(_, reason)| *reason),
        }
    }
}

/// The reason why the provider refused a request, as far as its remark or a known text shows (the spec's `refusals` and
/// `reasons`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RefusalReason {
    /// The credentials or this machine's address are not accepted; see
    /// [`Error::refused_address`](crate::Error::refused_address).
    Credentials,
    /// The provider does not accept the values in
    /// [`Error::refused_fields`](crate::Error::refused_fields). Fix them.
    Validation,
    /// Something that the call names does not exist. With ExternalApi it may also be blocked or over a limit of the
    /// plan, because the remark is the same for all three (fact [E8]); read the messages to find out. With ChatGuru, a
    /// chat that is being added does not exist until it has been added (fact [C7]).
    ///
    /// [E8]: https://docs.rs/externalapi-client/latest/externalapi_client/facts/#e8
    /// [C7]: https://docs.rs/chatguru-client/latest/chatguru_client/facts/#c7
    NotFound,
    /// The state of the target does not allow it: for example, a contact with messages cannot be deleted.
    Conflict,
    /// The account's limit of contacts is used up. Delete some, or change the plan.
    Limit,
    /// The account has no plan, or it has expired. Renew it.
    Plan,
    /// A part of the service does not work, or is not available to this account. Ask the provider.
    Unavailable,
    /// Another reason; read the messages.
    Other,
}

/// Describes how an API reports success and failure inside the body of its answers (the spec's `x-envelope`).
///
/// Both APIs report failures with HTTP 200, so the HTTP status alone means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The property with the status.
    pub status: &'static str,
    /// The status that means success.
    pub success: &'static str,
    /// The status that means failure. Any other status leaves the outcome unknown.
    pub error: &'static str,
    /// The property with a failure's machine-readable reason, if the API has one. An API with this property answers
    /// HTTP 404 only for unknown routes (fact [E7]).
    ///
    /// [E7]: https://docs.rs/externalapi-client/latest/externalapi_client/facts/#e7
    pub remark: Option<&'static str>,
    /// The properties with text for people, the most useful first. Each is a text, a list of texts, or an object of
    /// texts or lists of texts.
    pub texts: &'static [&'static str],
    /// The failures that prove that nothing was done.
    pub refusals: Refusals,
    /// How the framework below the API refuses values, without using the properties above.
    pub validation: Option<ValidationAnswer>,
    /// Texts of refusals without a remark, each with its reason. Case, accents and a final full stop are ignored. They
    /// only set the reason of an error, and never its outcome.
    pub reasons: &'static [(&'static str, RefusalReason)],
}

impl Envelope {
    /// Returns the reason of a refusal with these texts, if one of them is known.
    pub(crate) fn reason_of(&self, texts: &[String]) -> Option<RefusalReason> {
        let is = |known: &str| texts.iter().any(|text| folded(text) == folded(known));
        self.reasons.iter().find(|(known, _)| is(known)).map(|(_, reason)| *reason)
    }
}

/// Returns `text` in lower case, without the accents of Portuguese and Spanish and without a final full stop.
fn folded(text: &str) -> String {
    let letters = text.trim().trim_end_matches('.').chars().flat_map(char::to_lowercase);
    letters
        .filter(|letter| !matches!(letter, '\u{300}'..='\u{36f}'))
        .map(|letter| match letter {
            'à'..='ä' => 'a',
            'ç' => 'c',
            'è'..='ë' => 'e',
            'ì'..='ï' => 'i',
            'ñ' => 'n',
            'ò'..='ö' => 'o',
            'ù'..='ü' => 'u',
            other => other,
        })
        .collect()
}

/// The answer with which an API's framework refuses values before the API does any work (the spec's `x-envelope`,
/// `validation`). It does not have the status property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValidationAnswer {
    /// The HTTP status.
    pub http_status: u16,
    /// The property with an object that has the texts for each refused field.
    pub errors: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::api::tests::API;

    #[test]
    fn a_known_text_gives_a_reason_however_it_is_spelt() {
        let envelope = Envelope { reasons: &[("Chat não encontrado", RefusalReason::NotFound)], ..API.envelope };
        let reason = |text: &str| envelope.reason_of(&["x".to_owned(), text.to_owned()]);
        for known in
            ["Chat não encontrado.", "chat nao encontrado", " CHAT NÃO ENCONTRADO. ", "Chat na\u{303}o encontrado"]
        {
            assert_eq!(reason(known), Some(RefusalReason::NotFound), "{known}");
        }
        for other in ["", ".", "Chat encontrado.", "Chat não encontrado. Tente de novo.", "Mensagem não encontrada"] {
            assert_eq!(reason(other), None, "{other}");
        }
    }
}
