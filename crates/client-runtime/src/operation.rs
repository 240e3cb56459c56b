//! What a spec says of an operation, as data: the generated clients hold a table of these.

use reqwest::Method;

use crate::base_url::HostName;
use crate::rule::Rule;

/// Whether an operation changes something at the provider (the spec's `x-safety`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Safety {
    /// Only reads. Repeating it does no harm.
    Read,
    /// Changes something: sends a message, stores a contact. Repeating it may do it twice.
    Change,
}

/// How a list is paged (the spec's `x-pagination`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// Query parameter with the number of the page, from 1.
    pub page: &'static str,
    /// Query parameter with the number of items on a page.
    pub page_size: &'static str,
    /// Where the items are in an answer: property names, outermost first.
    pub items: &'static [&'static str],
    /// Where an answer says the number of the last page.
    pub last_page: &'static [&'static str],
    /// Where an answer says how many items there are on all pages, if it does.
    pub total: Option<&'static [&'static str]>,
    /// Property that tells an item from every other, where the items have one.
    pub key: Option<&'static str>,
}

/// One operation of an API.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// Name in the spec (`operationId`), and of the client's method.
    pub id: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Path below the base URL, with `{name}` for each path parameter.
    pub path: &'static str,
    /// Whether it changes something.
    pub safety: Safety,
    /// One line on what it does.
    pub summary: &'static str,
    /// Parameters with only one possible value, sent with every call.
    pub constants: &'static [(&'static str, &'static str)],
    /// How its answers are paged, where they are.
    pub pagination: Option<Pagination>,
    /// What a caller fills in, by name on the wire: parameters, then the form's fields.
    pub fields: &'static [&'static str],
    /// What a request must hold, checked before it is sent.
    pub rules: &'static [Rule],
}

impl Operation {
    /// An operation without constants or pages.
    #[must_use]
    pub const fn new(
        id: &'static str,
        method: Method,
        path: &'static str,
        safety: Safety,
        summary: &'static str,
    ) -> Self {
        Self { id, method, path, safety, summary, constants: &[], pagination: None, fields: &[], rules: &[] }
    }

    /// The same with constant parameters.
    #[must_use]
    pub const fn with_constants(mut self, constants: &'static [(&'static str, &'static str)]) -> Self {
        self.constants = constants;
        self
    }

    /// The same with these fields to fill in.
    #[must_use]
    pub const fn with_fields(mut self, fields: &'static [&'static str]) -> Self {
        self.fields = fields;
        self
    }

    /// The same with these rules to hold.
    #[must_use]
    pub const fn with_rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// The same with a paged answer.
    #[must_use]
    pub const fn with_pagination(mut self, pagination: Pagination) -> Self {
        self.pagination = Some(pagination);
        self
    }

    /// Whether it may be repeated without harm.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.safety == Safety::Read
    }
}

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

/// What a client needs to know of its API besides the operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Api {
    /// `User-Agent` of every call.
    pub user_agent: &'static str,
    /// How answers say how it went.
    pub envelope: Envelope,
    /// Whether the server cuts off spaces around texts and takes an empty text for none.
    pub trims: bool,
    /// The operations' paths below the base URL, each once. A base URL that ends in one of them is a mistake.
    pub paths: &'static [&'static str],
}

/// One installation of an API: a name for people and the base URL. Its `Debug` shows the URL's host
/// alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Instance {
    /// Shown in errors.
    pub name: String,
    /// Everything before an operation's path, for instance `https://zap.example/external-api`.
    pub base_url: String,
    /// What was put into the base URL and must be the name of a host.
    pub(crate) host_names: Vec<HostName>,
}

impl Instance {
    /// An installation that the spec does not list.
    #[must_use]
    pub fn new(name: impl Into<String>, base_url: impl Into<String>) -> Self {
        Self { name: name.into(), base_url: base_url.into(), host_names: Vec::new() }
    }

    /// The same with a value in its base URL that must be the name of a host; for generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn with_host_name(mut self, variable: &'static str, value: String, example: &'static str) -> Self {
        self.host_names.push(HostName { variable, value, example });
        self
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An API for tests.
    pub(crate) const API: Api = Api {
        user_agent: "test/1",
        envelope: Envelope {
            status: "status",
            success: "success",
            error: "error",
            remark: None,
            texts: &[],
            refusals: Refusals::All,
            validation: None,
            reasons: &[],
        },
        trims: false,
        paths: &[],
    };

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
