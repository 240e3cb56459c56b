//! How answers say, inside the body, how the call went.

/// Which in-band errors prove that nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusals {
    /// Any: an error of this API always means that it did not do what was asked.
    All,
    /// Those with one of these remarks, each with what it is about. Any other leaves the outcome
    /// unknown.
    Listed(&'static [(&'static str, RefusalReason)]),
}

impl Refusals {
    /// What an error with this remark is about, if it is listed.
    pub(crate) fn reason(&self, remark: Option<&str>) -> Option<RefusalReason> {
        match self {
            Self::All => None,
            Self::Listed(list) => list.iter().find(|(listed, _)| Some(*listed) == remark).map(|(_, reason)| *reason),
        }
    }
}

/// What a refusal is about, as far as the provider's remark or a known text tells (the spec's `refusals` and
/// `reasons`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RefusalReason {
    /// The credentials or this machine's address; see
    /// [`Error::refused_address`](crate::Error::refused_address).
    Credentials,
    /// Values that the provider does not take; see
    /// [`Error::refused_fields`](crate::Error::refused_fields). Fix them.
    Validation,
    /// What the call names does not exist. With ExternalApi it may also be blocked, or over a limit
    /// of the plan: its remark is the same for all three (fact E8). The messages say which, to a
    /// person. With ChatGuru, a chat that is being added does not exist until that is done (fact C7).
    NotFound,
    /// It cannot be done to this thing as it is: a contact with messages cannot be deleted.
    Conflict,
    /// The account's limit of contacts is used up. Delete some, or change the plan.
    Limit,
    /// The account has no plan, or it has expired. Renew it.
    Plan,
    /// A part of the provider does not work or is not for this account. Ask the provider.
    Unavailable,
    /// Something else; the messages say what, to a person.
    Other,
}

/// How an API's answers say, inside the body, how it went (the spec's `x-envelope`).
///
/// Both APIs report failures under HTTP 200, so the HTTP status alone says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Property with the verdict.
    pub status: &'static str,
    /// The verdict that means success.
    pub success: &'static str,
    /// The verdict that means failure. Any other means nothing, and leaves the outcome unknown.
    pub error: &'static str,
    /// Property with a failure's machine-readable reason, where the API has one. Such an API answers
    /// HTTP 404 for nothing but unknown routes (fact E7).
    pub remark: Option<&'static str>,
    /// Properties with text for people, the most useful first. Each is a string, a list of them, or an object with
    /// texts or lists of them.
    pub texts: &'static [&'static str],
    /// Which failures prove that nothing was done.
    pub refusals: Refusals,
    /// How the framework below the API refuses values, without the properties above.
    pub validation: Option<ValidationAnswer>,
    /// Texts of refusals that have no remark, each with what it is about. Case, accents and a final stop do not count.
    /// They give an error its reason and decide nothing else.
    pub reasons: &'static [(&'static str, RefusalReason)],
}

impl Envelope {
    /// What a refusal with these texts is about, if one of them is known.
    pub(crate) fn reason_of(&self, texts: &[String]) -> Option<RefusalReason> {
        let is = |known: &str| texts.iter().any(|text| folded(text) == folded(known));
        self.reasons.iter().find(|(known, _)| is(known)).map(|(_, reason)| *reason)
    }
}

/// A text without what differs between spellings of it: case, the accents of Portuguese and Spanish, a final stop.
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

/// A refusal of values by an API's framework, given before the API does any work (the spec's `x-envelope`,
/// `validation`). It has no verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValidationAnswer {
    /// HTTP status.
    pub http_status: u16,
    /// Property with an object: the refused fields by name, each with its texts.
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
