//! How answers say how a call went.

/// The spec's `x-envelope`.
#[derive(Debug)]
pub struct Envelope {
    /// Property with the verdict. Empty if the HTTP status is the verdict, as are the two words.
    pub status: String,
    /// The verdict that means success.
    pub success: String,
    /// The verdict that means failure.
    pub error: String,
    /// Property with the reason.
    pub remark: Option<String>,
    /// Properties with text for people.
    pub texts: Vec<String>,
    /// The errors that prove a refusal.
    pub refusals: Refusals,
    /// HTTP status of a refusal by the framework, and its property with the refused fields.
    pub validation: Option<(u16, String)>,
    /// The known texts of refusals without a remark.
    pub reasons: Vec<RefusalText>,
}

impl Envelope {
    /// Whether the HTTP status says how a call went.
    #[must_use]
    pub fn is_by_status(&self) -> bool {
        matches!(self.refusals, Refusals::Statuses(_))
    }
}

/// The errors that prove a refusal.
#[derive(Debug)]
pub enum Refusals {
    /// Any error.
    All,
    /// Those with one of these remarks, each with its reason.
    Remarks(Vec<(String, String)>),
    /// Those with one of these HTTP statuses, each with its reason. The HTTP status says how a call went.
    Statuses(Vec<(u16, String)>),
}

/// A known text of a refusal. A `…` at its beginning or end stands for any text.
#[derive(Debug)]
pub struct RefusalText {
    /// The text.
    pub text: String,
    /// The reason of a refusal with this text.
    pub reason: String,
    /// The fields that such a refusal is about.
    pub fields: Vec<String>,
}
