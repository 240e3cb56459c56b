// Generated from crates/client-runtime/tests/pardal/pardal.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! Builders of the JSON objects and forms.

/// A builder of [`Button`](super::Button).
#[derive(Clone)]
pub struct Button {
    label: Result<String, zap_client_runtime::FieldError>,
    weight: zap_client_runtime::Nullable<i64>,
}

impl Default for Button {
    fn default() -> Self {
        Self { label: Err(zap_client_runtime::FieldError::Missing("label")), weight: Default::default() }
    }
}

impl Button {
    /// Its text.
    ///
    /// Checked before sending: at most 5 characters; not empty.
    pub fn label<T>(mut self, value: T) -> Self
    where
        T: TryInto<String>,
        T::Error: ::std::fmt::Display,
    {
        self.label = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("label"));
        self
    }

    /// Its place.
    ///
    /// Checked before sending: at least 1.
    pub fn weight(mut self, value: impl Into<zap_client_runtime::Optional<i64>>) -> Self {
        self.weight = value.into().into_option().into();
        self
    }

    /// Sends null as `weight`.
    pub fn weight_null(mut self) -> Self {
        self.weight = zap_client_runtime::Nullable::Null;
        self
    }
}

impl TryFrom<Button> for super::Button {
    type Error = super::error::ConversionError;
    fn try_from(value: Button) -> Result<Self, super::error::ConversionError> {
        Ok(Self { label: value.label?, weight: value.weight })
    }
}

impl From<super::Button> for Button {
    fn from(value: super::Button) -> Self {
        Self { label: Ok(value.label), weight: value.weight }
    }
}

impl ::std::fmt::Debug for Button {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&::std::format_args!("Button {{ .. }}"), f)
    }
}

/// A builder of [`Message`](super::Message).
#[derive(Clone)]
pub struct Message {
    buttons: Result<Option<Vec<super::Button>>, zap_client_runtime::FieldError>,
    tags: Option<Vec<String>>,
    text: zap_client_runtime::Nullable<String>,
    to: Result<String, zap_client_runtime::FieldError>,
}

impl Default for Message {
    fn default() -> Self {
        Self {
            buttons: Ok(Default::default()),
            tags: Default::default(),
            text: Default::default(),
            to: Err(zap_client_runtime::FieldError::Missing("to")),
        }
    }
}

impl Message {
    /// Its buttons.
    pub fn buttons<T>(mut self, values: impl IntoIterator<Item = T>) -> Self
    where
        T: TryInto<super::Button>,
        T::Error: ::std::fmt::Display,
    {
        let values = values.into_iter().map(TryInto::try_into);
        self.buttons = values
            .collect::<Result<Vec<_>, _>>()
            .map(Some)
            .map_err(|error| zap_client_runtime::FieldError::of_object("buttons", error));
        self
    }

    /// Its tags.
    ///
    /// Each value, checked before sending: at most 3 characters.
    pub fn tags(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.tags = Some(values.into_iter().map(Into::into).collect());
        self
    }

    /// Its text.
    pub fn text(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.text = value.into().into_option().into();
        self
    }

    /// Sends null as `text`.
    pub fn text_null(mut self) -> Self {
        self.text = zap_client_runtime::Nullable::Null;
        self
    }

    /// The number.
    ///
    /// Checked before sending: digits only.
    pub fn to<T>(mut self, value: T) -> Self
    where
        T: TryInto<String>,
        T::Error: ::std::fmt::Display,
    {
        self.to = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("to"));
        self
    }
}

impl TryFrom<Message> for super::Message {
    type Error = super::error::ConversionError;
    fn try_from(value: Message) -> Result<Self, super::error::ConversionError> {
        Ok(Self { buttons: value.buttons?, tags: value.tags, text: value.text, to: value.to? })
    }
}

impl From<super::Message> for Message {
    fn from(value: super::Message) -> Self {
        Self { buttons: Ok(value.buttons), tags: value.tags, text: value.text, to: Ok(value.to) }
    }
}

impl ::std::fmt::Debug for Message {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&::std::format_args!("Message {{ .. }}"), f)
    }
}

/// A builder of [`UpdateContactBody`](super::UpdateContactBody).
#[derive(Clone)]
pub struct UpdateContactBody {
    button: Result<zap_client_runtime::Nullable<super::Button>, zap_client_runtime::FieldError>,
    buttons_by_name: Option<::serde_json::Map<String, ::serde_json::Value>>,
    extra: zap_client_runtime::Nullable<::std::collections::BTreeMap<String, String>>,
    labels: zap_client_runtime::Nullable<Vec<String>>,
    name: zap_client_runtime::Nullable<String>,
    score: zap_client_runtime::Nullable<f64>,
}

impl Default for UpdateContactBody {
    fn default() -> Self {
        Self {
            button: Ok(Default::default()),
            buttons_by_name: Default::default(),
            extra: Default::default(),
            labels: Default::default(),
            name: Default::default(),
            score: zap_client_runtime::Nullable::Absent,
        }
    }
}

impl UpdateContactBody {
    /// The button.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    pub fn button<T>(mut self, value: T) -> Self
    where
        T: TryInto<super::Button>,
        T::Error: ::std::fmt::Display,
    {
        self.button = value
            .try_into()
            .map(zap_client_runtime::Nullable::Value)
            .map_err(|error| zap_client_runtime::FieldError::of_object("button", error));
        self
    }

    /// Sends null as `button`.
    pub fn button_null(mut self) -> Self {
        self.button = Ok(zap_client_runtime::Nullable::Null);
        self
    }

    /// Any buttons.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    pub fn buttons_by_name(
        mut self,
        value: impl Into<zap_client_runtime::Optional<::serde_json::Map<String, ::serde_json::Value>>>,
    ) -> Self {
        self.buttons_by_name = value.into().into_option();
        self
    }

    /// More fields.
    ///
    /// Checked before sending: at least 1 entry.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    pub fn extra(mut self, entries: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        self.extra = zap_client_runtime::Nullable::Value(
            entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect(),
        );
        self
    }

    /// Sends null as `extra`.
    pub fn extra_null(mut self) -> Self {
        self.extra = zap_client_runtime::Nullable::Null;
        self
    }

    /// The labels.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    pub fn labels(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.labels = zap_client_runtime::Nullable::Value(values.into_iter().map(Into::into).collect());
        self
    }

    /// Sends null as `labels`.
    pub fn labels_null(mut self) -> Self {
        self.labels = zap_client_runtime::Nullable::Null;
        self
    }

    /// The name.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    pub fn name(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.name = value.into().into_option().into();
        self
    }

    /// Sends null as `name`.
    pub fn name_null(mut self) -> Self {
        self.name = zap_client_runtime::Nullable::Null;
        self
    }

    /// A score.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    pub fn score(mut self, value: impl Into<zap_client_runtime::Optional<f64>>) -> Self {
        self.score = value.into().into_option().into();
        self
    }

    /// Sends null as `score`.
    pub fn score_null(mut self) -> Self {
        self.score = zap_client_runtime::Nullable::Null;
        self
    }
}

impl TryFrom<UpdateContactBody> for super::UpdateContactBody {
    type Error = super::error::ConversionError;
    fn try_from(value: UpdateContactBody) -> Result<Self, super::error::ConversionError> {
        Ok(Self {
            button: value.button?,
            buttons_by_name: value.buttons_by_name,
            extra: value.extra,
            labels: value.labels,
            name: value.name,
            score: zap_client_runtime::given(value.score, "score")?,
        })
    }
}

impl From<super::UpdateContactBody> for UpdateContactBody {
    fn from(value: super::UpdateContactBody) -> Self {
        Self {
            button: Ok(value.button),
            buttons_by_name: value.buttons_by_name,
            extra: value.extra,
            labels: value.labels,
            name: value.name,
            score: value.score,
        }
    }
}

/// A builder of [`UploadBody`](super::UploadBody).
#[derive(Clone)]
pub struct UploadBody {
    caption: Result<Option<super::Button>, zap_client_runtime::FieldError>,
    files: Option<Vec<::zap_client_runtime::File>>,
    note: Option<String>,
    words: Option<::std::collections::BTreeMap<String, String>>,
}

impl Default for UploadBody {
    fn default() -> Self {
        Self { caption: Ok(Default::default()), files: None, note: Default::default(), words: Default::default() }
    }
}

impl UploadBody {
    /// The caption.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    pub fn caption<T>(mut self, value: T) -> Self
    where
        T: TryInto<super::Button>,
        T::Error: ::std::fmt::Display,
    {
        self.caption = value
            .try_into()
            .map(Some)
            .map_err(|error| zap_client_runtime::FieldError::of_object("caption", error));
        self
    }

    /// The files.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    pub fn files(mut self, values: impl IntoIterator<Item = impl Into<::zap_client_runtime::File>>) -> Self {
        self.files = Some(values.into_iter().map(Into::into).collect());
        self
    }

    /// A note.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    pub fn note(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.note = value.into().into_option();
        self
    }

    /// Words.
    ///
    /// Source: docs ([P1](crate::facts#p1)).
    pub fn words(mut self, entries: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        self.words = Some(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect());
        self
    }
}

impl TryFrom<UploadBody> for super::UploadBody {
    type Error = super::error::ConversionError;
    fn try_from(value: UploadBody) -> Result<Self, super::error::ConversionError> {
        Ok(Self {
            caption: value.caption?,
            files: value.files.ok_or(zap_client_runtime::FieldError::Missing("files"))?,
            note: value.note,
            words: value.words,
        })
    }
}

impl From<super::UploadBody> for UploadBody {
    fn from(value: super::UploadBody) -> Self {
        Self { caption: Ok(value.caption), files: Some(value.files), note: value.note, words: value.words }
    }
}

impl ::std::fmt::Debug for UpdateContactBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl ::std::fmt::Debug for super::UpdateContactBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl From<UpdateContactBody> for zap_client_runtime::Form {
    fn from(form: UpdateContactBody) -> Self {
        Self::json()
            .nullable_of("name", Ok(form.name))
            .nullable_of("score", Ok(form.score))
            .nullable_of("labels", Ok(form.labels))
            .nullable_of("extra", Ok(form.extra))
            .nullable_of("button", form.button)
            .json_of("buttons_by_name", Ok(form.buttons_by_name))
    }
}

impl From<super::UpdateContactBody> for zap_client_runtime::Form {
    fn from(form: super::UpdateContactBody) -> Self {
        UpdateContactBody::from(form).into()
    }
}

impl ::std::fmt::Debug for UploadBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl ::std::fmt::Debug for super::UploadBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl From<UploadBody> for zap_client_runtime::Form {
    fn from(form: UploadBody) -> Self {
        Self::new()
            .file("files", form.files.into_iter().flatten())
            .json_of("caption", form.caption)
            .json_of("words", Ok(form.words))
            .text_of("note", Ok(form.note))
    }
}

impl From<super::UploadBody> for zap_client_runtime::Form {
    fn from(form: super::UploadBody) -> Self {
        UploadBody::from(form).into()
    }
}
