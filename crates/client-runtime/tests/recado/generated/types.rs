// Generated from crates/client-runtime/tests/recado/specs/recado.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! The types of requests and answers.

pub mod builder;

/// The body of `contact_add`.
#[derive(Clone)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct ContactAddBody {
    /// An address.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub address: Option<ContactAddress>,
    /// Labels.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub labels: Vec<String>,
    /// The name.
    ///
    /// Checked before sending: at most 9 characters.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub name: String,
    /// Notes by name.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub notes: Option<::std::collections::BTreeMap<String, String>>,
}

impl ContactAddBody {
    /// Returns a builder of [`ContactAddBody`] without any value.
    pub fn builder() -> builder::ContactAddBody {
        Default::default()
    }
}

/// An address.
///
/// Source: docs ([R1](crate::facts#r1)).
#[derive(Clone, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct ContactAddress {
    /// The floors.
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub floors: Vec<i64>,
    /// The number.
    pub number: Option<i64>,
    /// The street.
    pub street: Option<String>,
}

zap_client_runtime::sent_object! {
    ContactAddress {
        "street" => optional street,
        "number" => optional number,
        "floors" => required floors,
    }
}

impl ::std::fmt::Debug for ContactAddress {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&::std::format_args!("ContactAddress {{ .. }}"), f)
    }
}

impl ContactAddress {
    /// Returns a builder of [`ContactAddress`] without any value.
    pub fn builder() -> builder::ContactAddress {
        Default::default()
    }
}

/// A failure, with the properties of all errors that the document describes.
///
/// Source: docs ([R1](crate::facts#r1)).
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

/// An event.
///
/// Source: docs ([R1](crate::facts#r1)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct Event {
    /// Its id.
    pub id: Option<i64>,
}

zap_client_runtime::object! {
    Event {
        "id" => id,
    }
}

/// A page of events.
///
/// Source: docs ([R1](crate::facts#r1)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct EventsResponse {
    /// The events.
    pub events: Vec<Event>,
    /// The other pages.
    pub paging: Option<Paging>,
}

zap_client_runtime::object! {
    EventsResponse {
        "events" => events,
        "paging" => paging,
    }
}

/// The body of `media_upload`.
#[derive(Clone)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct MediaUploadBody {
    /// Text below it.
    ///
    /// Checked before sending: at most 30 characters.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub caption: Option<String>,
    /// The medium.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub file: ::zap_client_runtime::File,
}

impl MediaUploadBody {
    /// Returns a builder of [`MediaUploadBody`] without any value.
    pub fn builder() -> builder::MediaUploadBody {
        Default::default()
    }
}

/// The answer of `media_upload` and other operations.
///
/// Source: docs ([R1](crate::facts#r1)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct MediumResponse {
    /// Its id.
    pub id: Option<String>,
    /// Number of its bytes.
    pub size: Option<i64>,
}

zap_client_runtime::object! {
    MediumResponse {
        "id" => id,
        "size" => size,
    }
}

/// A button.
///
/// Source: docs ([R1](crate::facts#r1)).
#[derive(Clone)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct MessageButton {
    /// Its text.
    ///
    /// Checked before sending: at most 20 characters.
    pub label: String,
    /// Its type.
    #[cfg_attr(feature = "schemars", schemars(rename = "type"))]
    pub type_: String,
}

zap_client_runtime::sent_object! {
    MessageButton {
        "type" => required type_,
        "label" => required label,
    }
}

impl ::std::fmt::Debug for MessageButton {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&::std::format_args!("MessageButton {{ .. }}"), f)
    }
}

impl MessageButton {
    /// Returns a builder of [`MessageButton`] without any value.
    pub fn builder() -> builder::MessageButton {
        Default::default()
    }
}

/// How a message is shown.
///
/// Source: docs ([R1](crate::facts#r1)).
#[derive(Clone)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct MessageOptions {
    /// Whether links have a preview.
    pub link_preview: Option<bool>,
    /// What the recipient sees meanwhile.
    pub presence: String,
    /// Names of tags.
    pub tags: Option<Vec<String>>,
}

zap_client_runtime::sent_object! {
    MessageOptions {
        "presence" => required presence,
        "link_preview" => optional link_preview,
        "tags" => optional tags,
    }
}

impl ::std::fmt::Debug for MessageOptions {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&::std::format_args!("MessageOptions {{ .. }}"), f)
    }
}

impl MessageOptions {
    /// Returns a builder of [`MessageOptions`] without any value.
    pub fn builder() -> builder::MessageOptions {
        Default::default()
    }
}

/// The message that it answers.
///
/// Source: docs ([R1](crate::facts#r1)).
#[derive(Clone, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct MessageQuoted {
    /// Its id.
    pub id: Option<String>,
    /// How a message is shown.
    pub options: Option<MessageOptions>,
}

zap_client_runtime::sent_object! {
    MessageQuoted {
        "id" => optional id,
        "options" => optional options,
    }
}

impl ::std::fmt::Debug for MessageQuoted {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&::std::format_args!("MessageQuoted {{ .. }}"), f)
    }
}

impl MessageQuoted {
    /// Returns a builder of [`MessageQuoted`] without any value.
    pub fn builder() -> builder::MessageQuoted {
        Default::default()
    }
}

/// An answer, or a part of one.
///
/// Source: docs ([R1](crate::facts#r1)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct MessageReceivedPost {
    /// Number of the sender.
    pub from: Option<String>,
    /// Its id.
    pub id: Option<String>,
    /// State of a message.
    pub state: Option<crate::types::State>,
    /// Its text.
    pub text: Option<String>,
}

zap_client_runtime::object! {
    MessageReceivedPost as salvaged {
        "from" => from,
        "id" => id,
        "state" => state,
        "text" => text,
    }
}

/// The answer of `message_list` and other operations.
///
/// Source: docs ([R1](crate::facts#r1)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct MessageResponse {
    /// Its id.
    pub id: Option<String>,
    /// State of a message.
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

/// A message with buttons.
///
/// Checked before sending:
///
/// - at least one of `text`, `media` is given
#[derive(Clone)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct MessageSendBody {
    /// The buttons.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub buttons: Vec<MessageButton>,
    /// Seconds before it is sent.
    ///
    /// Checked before sending: at most 60; at least 0.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub delay: Option<i64>,
    /// Headers for the webhook.
    ///
    /// Checked before sending: at least 1 entry.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub headers: Option<::std::collections::BTreeMap<String, String>>,
    /// Any JSON that the engine accepts.
    pub media: Option<::serde_json::Value>,
    /// Numbers that are mentioned.
    ///
    /// Each value, checked before sending: at most 14 characters.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub mentions: Option<Vec<String>>,
    /// Number of the recipient.
    ///
    /// Checked before sending: digits only.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub number: String,
    /// How a message is shown.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub options: MessageOptions,
    /// The message that it answers.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub quoted: Option<MessageQuoted>,
    /// State of a message.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub state: Option<crate::types::State>,
    /// The text.
    ///
    /// Checked before sending: at most 20 characters; not empty.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub text: Option<String>,
    /// How important it is.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub weight: Option<f64>,
}

impl MessageSendBody {
    /// Returns a builder of [`MessageSendBody`] without any value.
    pub fn builder() -> builder::MessageSendBody {
        Default::default()
    }
}

/// The body of `number_search`.
#[derive(Clone)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct NumberSearchBody {
    /// The numbers.
    ///
    /// Each value, checked before sending: at most 14 characters.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub numbers: Vec<String>,
}

impl NumberSearchBody {
    /// Returns a builder of [`NumberSearchBody`] without any value.
    pub fn builder() -> builder::NumberSearchBody {
        Default::default()
    }
}

/// The other pages.
///
/// Source: docs ([R1](crate::facts#r1)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct Paging {
    /// Cursor of the next page.
    pub next: Option<String>,
    /// URL of the next page.
    pub next_url: Option<String>,
    /// Number of all events.
    pub total: Option<i64>,
}

zap_client_runtime::object! {
    Paging {
        "next" => next,
        "next_url" => next_url,
        "total" => total,
    }
}

/// Error types.
pub mod error {
    /// Error from a `TryFrom` or `FromStr` implementation.
    pub struct ConversionError(::std::borrow::Cow<'static, str>);
    impl ::std::error::Error for ConversionError {}
    impl ::std::fmt::Display for ConversionError {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> Result<(), ::std::fmt::Error> {
            ::std::fmt::Display::fmt(&self.0, f)
        }
    }

    impl ::std::fmt::Debug for ConversionError {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> Result<(), ::std::fmt::Error> {
            ::std::fmt::Debug::fmt(&self.0, f)
        }
    }

    impl From<&'static str> for ConversionError {
        fn from(value: &'static str) -> Self {
            Self(value.into())
        }
    }

    impl From<String> for ConversionError {
        fn from(value: String) -> Self {
            Self(value.into())
        }
    }
}

/// The values of `state` that the document lists.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(from = "::std::string::String", into = "::std::string::String"))]
pub enum State {
    /// `queued`. On the wire: `queued`.
    Queued,
    /// `sent`. On the wire: `sent`.
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

impl MessageReceivedPost {
    /// Reads the body of a request.
    ///
    /// A property that cannot be read is absent, so that the rest is not lost. Halves of surrogate pairs are
    /// left out, bytes in a wrong encoding are replaced, and a byte order mark is skipped.
    ///
    /// Reading it with `serde_json` also makes a property of a wrong type absent, but fails for a body that is
    /// not valid JSON, and for lists that are nested too deep.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not a JSON object, or if it has more objects and lists than a body of
    /// its size can have. The error may quote the body.
    pub fn from_body(body: &[u8]) -> Result<Self, ::serde_json::Error> {
        zap_client_runtime::read_webhook(body)
    }
}

impl zap_client_runtime::Answer for EventsResponse {}

impl zap_client_runtime::Answer for MediumResponse {}

impl zap_client_runtime::Answer for MessageResponse {}

impl From<zap_client_runtime::FieldError> for error::ConversionError {
    fn from(flaw: zap_client_runtime::FieldError) -> Self {
        ::std::string::ToString::to_string(&flaw).into()
    }
}
