//! How an API reports success and failure inside its answers.

/// The in-band errors that prove that nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusals {
    /// All of them: an error of this API always means that it did not do what was requested.
    All,
    /// Those with one of these remarks, each with its reason. Any other error leaves the outcome unknown.
    Listed(&'static [(&'static str, RefusalReason)]),
    /// The HTTP status reports the result, and the body does not. Errors with one of these statuses prove it, each with
    /// its reason, in addition to the statuses that prove it for every API.
    Statuses(&'static [(u16, RefusalReason)]),
}

impl Refusals {
    /// Returns the reason of an error with this HTTP status and this remark, if one of them is listed.
    pub(crate) fn reason(&self, status: u16, remark: Option<&str>) -> Option<RefusalReason> {
        match self {
            Self::All => None,
            Self::Listed(list) => list.iter().find(|(listed, _)| Some(*listed) == remark).map(|(_, reason)| *reason),
            Self::Statuses(list) => list.iter().find(|(listed, _)| *listed == status).map(|(_, reason)| *reason),
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
    /// Something that the call names does not exist. Some APIs give the same answer for something that is blocked, over
    /// a limit of the plan, or still being created; read the messages to find out.
    NotFound,
    /// The state of the target does not allow it: for example, a contact with messages cannot be deleted.
    Conflict,
    /// The account's limit of contacts is used up. Delete some, or change the plan.
    Limit,
    /// The account has no plan, or it has expired. Renew it.
    Plan,
    /// A part of the service does not work, does not exist, or is not available to this account. Ask the provider.
    Unavailable,
    /// The provider was not ready for the call. The same call succeeds if you repeat it at once. The error is
    /// [transient](crate::Error::is_transient), and its [`retry_after`](crate::Error::retry_after) is zero.
    NotReady,
    /// Another reason; read the messages.
    Other,
}

/// Describes how an API reports success and failure (the spec's `x-envelope`): with a property in the body of its answers,
/// or with the HTTP status ([`Envelope::by_http_status`]).
///
/// Some APIs report failures with HTTP 200, so for them the HTTP status alone means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The property with the status. Empty if the HTTP status reports the result.
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
    /// The known texts of refusals without a remark. They only set the reason of an error, and never its outcome.
    pub reasons: &'static [RefusalText],
}

impl Envelope {
    /// The envelope of an API that reports success and failure with the HTTP status. `refusals` has the statuses that
    /// prove that nothing was done, besides 401, 404, 405, 411, 413, 414, 415, 429 and 431.
    ///
    /// A 2xx means success, whatever the body says. The other properties of the envelope are read from errors.
    #[must_use]
    pub const fn by_http_status(refusals: &'static [(u16, RefusalReason)]) -> Self {
        Self {
            status: "",
            success: "",
            error: "",
            remark: None,
            texts: &[],
            refusals: Refusals::Statuses(refusals),
            validation: None,
            reasons: &[],
        }
    }

    /// Returns whether the HTTP status reports the result.
    pub(crate) fn is_by_status(&self) -> bool {
        matches!(self.refusals, Refusals::Statuses(_))
    }

    /// Returns the first known text that a refusal with these texts has.
    pub(crate) fn known_text(&self, texts: &[String]) -> Option<&'static RefusalText> {
        if self.reasons.is_empty() {
            return None;
        }
        let texts: Vec<_> = texts.iter().map(|text| folded(text)).collect();
        self.reasons.iter().find(|known| texts.iter().any(|text| known.matches(text)))
    }
}

/// A known text of a refusal, with what it means (the spec's `x-envelope`, `reasons`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefusalText {
    /// The text. Case, accents and a final full stop are ignored. A `…` at its beginning or end stands for any text.
    pub text: &'static str,
    /// The reason of a refusal with this text.
    pub reason: RefusalReason,
    /// The fields that a refusal with this text is about. Those that the called operation lacks are ignored.
    pub fields: &'static [&'static str],
}

impl RefusalText {
    /// Returns whether a folded text is this one.
    fn matches(&self, text: &str) -> bool {
        let known = self.text.strip_prefix('…');
        let (any_before, known) = (known.is_some(), known.unwrap_or(self.text));
        let known_start = known.strip_suffix('…');
        let (any_after, known) = (known_start.is_some(), folded(known_start.unwrap_or(known)));
        match (any_before, any_after) {
            (false, false) => text == known,
            (false, true) => text.starts_with(&known),
            (true, false) => text.ends_with(&known),
            (true, true) => text.contains(&known),
        }
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
        const CHAT: RefusalText =
            RefusalText { text: "Chat não encontrado", reason: RefusalReason::NotFound, fields: &[] };
        let envelope = Envelope { reasons: &[CHAT], ..API.envelope };
        let reason = |text: &str| Some(envelope.known_text(&["x".to_owned(), text.to_owned()])?.reason);
        for known in
            ["Chat não encontrado.", "chat nao encontrado", " CHAT NÃO ENCONTRADO. ", "Chat na\u{303}o encontrado"]
        {
            assert_eq!(reason(known), Some(RefusalReason::NotFound), "{known}");
        }
        for other in ["", ".", "Chat encontrado.", "Chat não encontrado. Tente de novo.", "Mensagem não encontrada"] {
            assert_eq!(reason(other), None, "{other}");
        }
    }

    #[test]
    fn an_ellipsis_stands_for_any_text() {
        let matches =
            |known, text| RefusalText { text: known, reason: RefusalReason::Other, fields: &[] }.matches(text);
        for (known, matching, others) in [
            ("Não há…", ["nao ha", "nao ha x."], ["sim, nao ha", "nao"]),
            ("…não há", ["nao ha", "x, nao ha"], ["nao ha x", "ha"]),
            ("…não há…", ["nao ha", "x, nao ha y"], ["nao e ha", ""]),
        ] {
            assert!(matching.iter().all(|text| matches(known, text)), "{known}");
            assert!(others.iter().all(|text| !matches(known, text)), "{known}");
        }
    }
}
