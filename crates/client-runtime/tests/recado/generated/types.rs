// Generated from crates/client-runtime/tests/recado/recado.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! The types of requests and answers.

/// An error.
///
/// Source: docs ([R2](crate::facts#r2)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct ErrorResponse {
    /// Number of the error.
    pub code: Option<i64>,
    /// What is wrong with each field.
    pub errors: Vec<String>,
    /// What went wrong.
    pub message: Option<String>,
}

zap_client_runtime::object! {
    ErrorResponse {
        "code" => code,
        "errors" => errors,
        "message" => message,
    }
}

/// A message.
///
/// Source: docs ([R3](crate::facts#r3)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct MessageResponse {
    /// Its id.
    pub id: Option<String>,
    /// Its state.
    pub state: Option<crate::types::State>,
    /// Its text.
    pub text: Option<String>,
}

zap_client_runtime::object! {
    MessageResponse {
        "id" => id,
        "state" => state,
        "text" => text,
    }
}

/// State of a message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(from = "::std::string::String", into = "::std::string::String"))]
pub enum State {
    /// Not sent yet. On the wire: `queued`.
    Queued,
    /// On its way. On the wire: `sent`.
    Sent,
    /// A value that the spec does not name, kept as it was received.
    Unknown(String),
}

impl State {
    /// Returns the value that is sent and received.
    pub fn value(&self) -> &str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for State {
    fn from(value: &str) -> Self {
        match value {
            "queued" => Self::Queued,
            "sent" => Self::Sent,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

impl From<String> for State {
    fn from(value: String) -> Self {
        value.as_str().into()
    }
}

impl From<State> for String {
    fn from(value: State) -> Self {
        value.value().to_owned()
    }
}

zap_client_runtime::open_enum!(State as String);

impl zap_client_runtime::Answer for MessageResponse {}
