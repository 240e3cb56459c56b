// Generated from crates/client-runtime/tests/pardal/pardal.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! The types of requests and answers.

pub mod builder;

/// A button.
///
/// Source: docs ([P1](crate::facts#p1)).
#[derive(Clone)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct Button {
    /// Its text.
    ///
    /// Checked before sending: at most 5 characters; not empty.
    pub label: String,
    /// Its place.
    ///
    /// Checked before sending: at least 1.
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub weight: zap_client_runtime::Nullable<i64>,
}

zap_client_runtime::sent_object! {
    Button {
        "label" => required label,
        "weight" => nullable weight,
    }
}

impl ::std::fmt::Debug for Button {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&::std::format_args!("Button {{ .. }}"), f)
    }
}

impl Button {
    /// Returns a builder of [`Button`] without any value.
    pub fn builder() -> builder::Button {
        Default::default()
    }
}

/// A failure.
///
/// Source: docs ([P1](crate::facts#p1)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct ErrorResponse {
    /// Text for readers.
    pub message: Option<String>,
}

zap_client_runtime::object! {
    ErrorResponse {
        "message" => message,
    }
}

/// A message.
///
/// Source: docs ([P1](crate::facts#p1)).
#[derive(Clone)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct Message {
    /// Its buttons.
    pub buttons: Option<Vec<Button>>,
    /// Its tags.
    ///
    /// Each value, checked before sending: at most 3 characters.
    pub tags: Option<Vec<String>>,
    /// Its text.
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub text: zap_client_runtime::Nullable<String>,
    /// The number.
    ///
    /// Checked before sending: digits only.
    pub to: String,
}

zap_client_runtime::sent_object! {
    Message {
        "to" => required to,
        "text" => nullable text,
        "tags" => optional tags,
        "buttons" => optional buttons,
    }
}

impl ::std::fmt::Debug for Message {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&::std::format_args!("Message {{ .. }}"), f)
    }
}

impl Message {
    /// Returns a builder of [`Message`] without any value.
    pub fn builder() -> builder::Message {
        Default::default()
    }
}

/// The changes.
#[derive(Clone)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct UpdateContactBody {
    /// The button.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub button: zap_client_runtime::Nullable<Button>,
    /// Any buttons.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    pub buttons_by_name: Option<::serde_json::Map<String, ::serde_json::Value>>,
    /// More fields.
    ///
    /// Checked before sending: at least 1 entry.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub extra: zap_client_runtime::Nullable<::std::collections::BTreeMap<String, String>>,
    /// The labels.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub labels: zap_client_runtime::Nullable<Vec<String>>,
    /// The name.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub name: zap_client_runtime::Nullable<String>,
    /// A score.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub score: zap_client_runtime::Nullable<f64>,
}

impl UpdateContactBody {
    /// Returns a builder of [`UpdateContactBody`] without any value.
    pub fn builder() -> builder::UpdateContactBody {
        Default::default()
    }
}

/// The files.
#[derive(Clone)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct UploadBody {
    /// The caption.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    pub caption: Option<Button>,
    /// The files.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    pub files: Vec<::zap_client_runtime::File>,
    /// A note.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    pub note: Option<String>,
    /// Words.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    pub words: Option<::std::collections::BTreeMap<String, String>>,
}

impl UploadBody {
    /// Returns a builder of [`UploadBody`] without any value.
    pub fn builder() -> builder::UploadBody {
        Default::default()
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

impl From<zap_client_runtime::FieldError> for error::ConversionError {
    fn from(flaw: zap_client_runtime::FieldError) -> Self {
        ::std::string::ToString::to_string(&flaw).into()
    }
}
