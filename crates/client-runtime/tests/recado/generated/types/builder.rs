// Generated from crates/client-runtime/tests/recado/specs/recado.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! Builders of the JSON objects and forms.

/// A builder of [`ContactAddBody`](super::ContactAddBody).
#[derive(Clone)]
pub struct ContactAddBody {
    address: Result<Option<super::ContactAddress>, zap_client_runtime::FieldError>,
    labels: Option<Vec<String>>,
    name: Result<String, zap_client_runtime::FieldError>,
    notes: Option<::std::collections::BTreeMap<String, String>>,
}

impl Default for ContactAddBody {
    fn default() -> Self {
        Self {
            address: Ok(Default::default()),
            labels: None,
            name: Err(zap_client_runtime::FieldError::Missing("name")),
            notes: Default::default(),
        }
    }
}

impl ContactAddBody {
    /// An address.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn address<T>(mut self, value: T) -> Self
    where
        T: TryInto<super::ContactAddress>,
        T::Error: ::std::fmt::Display,
    {
        self.address = value
            .try_into()
            .map(Some)
            .map_err(|error| zap_client_runtime::FieldError::of_object("address", error));
        self
    }

    /// Labels.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn labels(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.labels = Some(values.into_iter().map(Into::into).collect());
        self
    }

    /// The name.
    ///
    /// Checked before sending: at most 9 characters.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn name<T>(mut self, value: T) -> Self
    where
        T: TryInto<String>,
        T::Error: ::std::fmt::Display,
    {
        self.name = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("name"));
        self
    }

    /// Notes by name.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn notes(mut self, entries: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        self.notes = Some(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect());
        self
    }
}

impl TryFrom<ContactAddBody> for super::ContactAddBody {
    type Error = super::error::ConversionError;
    fn try_from(value: ContactAddBody) -> Result<Self, super::error::ConversionError> {
        Ok(Self {
            address: value.address?,
            labels: value.labels.ok_or(zap_client_runtime::FieldError::Missing("labels"))?,
            name: value.name?,
            notes: value.notes,
        })
    }
}

impl From<super::ContactAddBody> for ContactAddBody {
    fn from(value: super::ContactAddBody) -> Self {
        Self { address: Ok(value.address), labels: Some(value.labels), name: Ok(value.name), notes: value.notes }
    }
}

/// A builder of [`ContactAddress`](super::ContactAddress).
#[derive(Clone)]
pub struct ContactAddress {
    floors: Vec<i64>,
    number: Option<i64>,
    street: Option<String>,
}

impl Default for ContactAddress {
    fn default() -> Self {
        Self { floors: Default::default(), number: Default::default(), street: Default::default() }
    }
}

impl ContactAddress {
    /// The floors.
    pub fn floors(mut self, values: impl IntoIterator<Item = impl Into<i64>>) -> Self {
        self.floors = values.into_iter().map(Into::into).collect();
        self
    }

    /// The number.
    pub fn number(mut self, value: impl Into<zap_client_runtime::Optional<i64>>) -> Self {
        self.number = value.into().into_option();
        self
    }

    /// The street.
    pub fn street(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.street = value.into().into_option();
        self
    }
}

impl TryFrom<ContactAddress> for super::ContactAddress {
    type Error = super::error::ConversionError;
    fn try_from(value: ContactAddress) -> Result<Self, super::error::ConversionError> {
        Ok(Self { floors: value.floors, number: value.number, street: value.street })
    }
}

impl From<super::ContactAddress> for ContactAddress {
    fn from(value: super::ContactAddress) -> Self {
        Self { floors: value.floors, number: value.number, street: value.street }
    }
}

impl ::std::fmt::Debug for ContactAddress {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&::std::format_args!("ContactAddress {{ .. }}"), f)
    }
}

/// A builder of [`MediaUploadBody`](super::MediaUploadBody).
#[derive(Clone)]
pub struct MediaUploadBody {
    caption: Option<String>,
    file: Result<::zap_client_runtime::File, zap_client_runtime::FieldError>,
}

impl Default for MediaUploadBody {
    fn default() -> Self {
        Self { caption: Default::default(), file: Err(zap_client_runtime::FieldError::Missing("file")) }
    }
}

impl MediaUploadBody {
    /// Text below it.
    ///
    /// Checked before sending: at most 30 characters.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn caption(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.caption = value.into().into_option();
        self
    }

    /// The medium.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn file<T>(mut self, value: T) -> Self
    where
        T: TryInto<::zap_client_runtime::File>,
        T::Error: ::std::fmt::Display,
    {
        self.file = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("file"));
        self
    }
}

impl TryFrom<MediaUploadBody> for super::MediaUploadBody {
    type Error = super::error::ConversionError;
    fn try_from(value: MediaUploadBody) -> Result<Self, super::error::ConversionError> {
        Ok(Self { caption: value.caption, file: value.file? })
    }
}

impl From<super::MediaUploadBody> for MediaUploadBody {
    fn from(value: super::MediaUploadBody) -> Self {
        Self { caption: value.caption, file: Ok(value.file) }
    }
}

/// A builder of [`MessageButton`](super::MessageButton).
#[derive(Clone)]
pub struct MessageButton {
    label: Result<String, zap_client_runtime::FieldError>,
    type_: Result<String, zap_client_runtime::FieldError>,
}

impl Default for MessageButton {
    fn default() -> Self {
        Self {
            label: Err(zap_client_runtime::FieldError::Missing("label")),
            type_: Err(zap_client_runtime::FieldError::Missing("type_")),
        }
    }
}

impl MessageButton {
    /// Its text.
    ///
    /// Checked before sending: at most 20 characters.
    pub fn label<T>(mut self, value: T) -> Self
    where
        T: TryInto<String>,
        T::Error: ::std::fmt::Display,
    {
        self.label = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("label"));
        self
    }

    /// Its type.
    pub fn type_<T>(mut self, value: T) -> Self
    where
        T: TryInto<String>,
        T::Error: ::std::fmt::Display,
    {
        self.type_ = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("type_"));
        self
    }
}

impl TryFrom<MessageButton> for super::MessageButton {
    type Error = super::error::ConversionError;
    fn try_from(value: MessageButton) -> Result<Self, super::error::ConversionError> {
        Ok(Self { label: value.label?, type_: value.type_? })
    }
}

impl From<super::MessageButton> for MessageButton {
    fn from(value: super::MessageButton) -> Self {
        Self { label: Ok(value.label), type_: Ok(value.type_) }
    }
}

impl ::std::fmt::Debug for MessageButton {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&::std::format_args!("MessageButton {{ .. }}"), f)
    }
}

/// A builder of [`MessageOptions`](super::MessageOptions).
#[derive(Clone)]
pub struct MessageOptions {
    link_preview: Option<bool>,
    presence: Result<String, zap_client_runtime::FieldError>,
    tags: Option<Vec<String>>,
}

impl Default for MessageOptions {
    fn default() -> Self {
        Self {
            link_preview: Default::default(),
            presence: Err(zap_client_runtime::FieldError::Missing("presence")),
            tags: Default::default(),
        }
    }
}

impl MessageOptions {
    /// Whether links have a preview.
    pub fn link_preview(mut self, value: impl Into<zap_client_runtime::Optional<bool>>) -> Self {
        self.link_preview = value.into().into_option();
        self
    }

    /// What the recipient sees meanwhile.
    pub fn presence<T>(mut self, value: T) -> Self
    where
        T: TryInto<String>,
        T::Error: ::std::fmt::Display,
    {
        self.presence = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("presence"));
        self
    }

    /// Names of tags.
    pub fn tags(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.tags = Some(values.into_iter().map(Into::into).collect());
        self
    }
}

impl TryFrom<MessageOptions> for super::MessageOptions {
    type Error = super::error::ConversionError;
    fn try_from(value: MessageOptions) -> Result<Self, super::error::ConversionError> {
        Ok(Self { link_preview: value.link_preview, presence: value.presence?, tags: value.tags })
    }
}

impl From<super::MessageOptions> for MessageOptions {
    fn from(value: super::MessageOptions) -> Self {
        Self { link_preview: value.link_preview, presence: Ok(value.presence), tags: value.tags }
    }
}

impl ::std::fmt::Debug for MessageOptions {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&::std::format_args!("MessageOptions {{ .. }}"), f)
    }
}

/// A builder of [`MessageQuoted`](super::MessageQuoted).
#[derive(Clone)]
pub struct MessageQuoted {
    id: Option<String>,
    options: Result<Option<super::MessageOptions>, zap_client_runtime::FieldError>,
}

impl Default for MessageQuoted {
    fn default() -> Self {
        Self { id: Default::default(), options: Ok(Default::default()) }
    }
}

impl MessageQuoted {
    /// Its id.
    pub fn id(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.id = value.into().into_option();
        self
    }

    /// How a message is shown.
    pub fn options<T>(mut self, value: T) -> Self
    where
        T: TryInto<super::MessageOptions>,
        T::Error: ::std::fmt::Display,
    {
        self.options = value
            .try_into()
            .map(Some)
            .map_err(|error| zap_client_runtime::FieldError::of_object("options", error));
        self
    }
}

impl TryFrom<MessageQuoted> for super::MessageQuoted {
    type Error = super::error::ConversionError;
    fn try_from(value: MessageQuoted) -> Result<Self, super::error::ConversionError> {
        Ok(Self { id: value.id, options: value.options? })
    }
}

impl From<super::MessageQuoted> for MessageQuoted {
    fn from(value: super::MessageQuoted) -> Self {
        Self { id: value.id, options: Ok(value.options) }
    }
}

impl ::std::fmt::Debug for MessageQuoted {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&::std::format_args!("MessageQuoted {{ .. }}"), f)
    }
}

/// A builder of [`MessageSendBody`](super::MessageSendBody).
#[derive(Clone)]
pub struct MessageSendBody {
    buttons: Result<Vec<super::MessageButton>, zap_client_runtime::FieldError>,
    delay: Option<i64>,
    headers: Option<::std::collections::BTreeMap<String, String>>,
    media: Option<::serde_json::Value>,
    mentions: Option<Vec<String>>,
    number: Result<String, zap_client_runtime::FieldError>,
    options: Result<super::MessageOptions, zap_client_runtime::FieldError>,
    quoted: Result<Option<super::MessageQuoted>, zap_client_runtime::FieldError>,
    state: Option<crate::types::State>,
    text: Option<String>,
    weight: Option<f64>,
}

impl Default for MessageSendBody {
    fn default() -> Self {
        Self {
            buttons: Err(zap_client_runtime::FieldError::Missing("buttons")),
            delay: Default::default(),
            headers: Default::default(),
            media: Default::default(),
            mentions: Default::default(),
            number: Err(zap_client_runtime::FieldError::Missing("number")),
            options: Err(zap_client_runtime::FieldError::Missing("options")),
            quoted: Ok(Default::default()),
            state: Default::default(),
            text: Default::default(),
            weight: Default::default(),
        }
    }
}

impl MessageSendBody {
    /// The buttons.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn buttons<T>(mut self, values: impl IntoIterator<Item = T>) -> Self
    where
        T: TryInto<super::MessageButton>,
        T::Error: ::std::fmt::Display,
    {
        let values = values.into_iter().map(TryInto::try_into);
        self.buttons = values
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| zap_client_runtime::FieldError::of_object("buttons", error));
        self
    }

    /// Seconds before it is sent.
    ///
    /// Checked before sending: at most 60; at least 0.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn delay(mut self, value: impl Into<zap_client_runtime::Optional<i64>>) -> Self {
        self.delay = value.into().into_option();
        self
    }

    /// Headers for the webhook.
    ///
    /// Checked before sending: at least 1 entry.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn headers(mut self, entries: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        self.headers = Some(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect());
        self
    }

    /// Any JSON that the engine accepts.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn media(mut self, value: impl Into<zap_client_runtime::Optional<::serde_json::Value>>) -> Self {
        self.media = value.into().into_option();
        self
    }

    /// Numbers that are mentioned.
    ///
    /// Each value, checked before sending: at most 14 characters.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn mentions(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.mentions = Some(values.into_iter().map(Into::into).collect());
        self
    }

    /// Number of the recipient.
    ///
    /// Checked before sending: digits only.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn number<T>(mut self, value: T) -> Self
    where
        T: TryInto<String>,
        T::Error: ::std::fmt::Display,
    {
        self.number = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("number"));
        self
    }

    /// How a message is shown.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn options<T>(mut self, value: T) -> Self
    where
        T: TryInto<super::MessageOptions>,
        T::Error: ::std::fmt::Display,
    {
        self.options = value.try_into().map_err(|error| zap_client_runtime::FieldError::of_object("options", error));
        self
    }

    /// The message that it answers.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn quoted<T>(mut self, value: T) -> Self
    where
        T: TryInto<super::MessageQuoted>,
        T::Error: ::std::fmt::Display,
    {
        self.quoted = value
            .try_into()
            .map(Some)
            .map_err(|error| zap_client_runtime::FieldError::of_object("quoted", error));
        self
    }

    /// State of a message.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn state(mut self, value: impl Into<zap_client_runtime::Optional<crate::types::State>>) -> Self {
        self.state = value.into().into_option();
        self
    }

    /// The text.
    ///
    /// Checked before sending: at most 20 characters; not empty.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn text(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.text = value.into().into_option();
        self
    }

    /// How important it is.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn weight(mut self, value: impl Into<zap_client_runtime::Optional<f64>>) -> Self {
        self.weight = value.into().into_option();
        self
    }
}

impl TryFrom<MessageSendBody> for super::MessageSendBody {
    type Error = super::error::ConversionError;
    fn try_from(value: MessageSendBody) -> Result<Self, super::error::ConversionError> {
        Ok(Self {
            buttons: value.buttons?,
            delay: value.delay,
            headers: value.headers,
            media: value.media,
            mentions: value.mentions,
            number: value.number?,
            options: value.options?,
            quoted: value.quoted?,
            state: value.state,
            text: value.text,
            weight: value.weight,
        })
    }
}

impl From<super::MessageSendBody> for MessageSendBody {
    fn from(value: super::MessageSendBody) -> Self {
        Self {
            buttons: Ok(value.buttons),
            delay: value.delay,
            headers: value.headers,
            media: value.media,
            mentions: value.mentions,
            number: Ok(value.number),
            options: Ok(value.options),
            quoted: Ok(value.quoted),
            state: value.state,
            text: value.text,
            weight: value.weight,
        }
    }
}

/// A builder of [`NumberSearchBody`](super::NumberSearchBody).
#[derive(Clone)]
pub struct NumberSearchBody {
    numbers: Option<Vec<String>>,
}

impl Default for NumberSearchBody {
    fn default() -> Self {
        Self { numbers: None }
    }
}

impl NumberSearchBody {
    /// The numbers.
    ///
    /// Each value, checked before sending: at most 14 characters.
    ///
    /// Source: docs ([R1](crate::facts#r1)).
    pub fn numbers(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.numbers = Some(values.into_iter().map(Into::into).collect());
        self
    }
}

impl TryFrom<NumberSearchBody> for super::NumberSearchBody {
    type Error = super::error::ConversionError;
    fn try_from(value: NumberSearchBody) -> Result<Self, super::error::ConversionError> {
        Ok(Self { numbers: value.numbers.ok_or(zap_client_runtime::FieldError::Missing("numbers"))? })
    }
}

impl From<super::NumberSearchBody> for NumberSearchBody {
    fn from(value: super::NumberSearchBody) -> Self {
        Self { numbers: Some(value.numbers) }
    }
}

impl ::std::fmt::Debug for ContactAddBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl ::std::fmt::Debug for super::ContactAddBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl From<ContactAddBody> for zap_client_runtime::Form {
    fn from(form: ContactAddBody) -> Self {
        Self::urlencoded()
            .text_of("name", form.name.map(Some))
            .text_of("labels", Ok(form.labels.into_iter().flatten()))
            .json_of("address", form.address)
            .json_of("notes", Ok(form.notes))
    }
}

impl From<super::ContactAddBody> for zap_client_runtime::Form {
    fn from(form: super::ContactAddBody) -> Self {
        ContactAddBody::from(form).into()
    }
}

impl ::std::fmt::Debug for MediaUploadBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl ::std::fmt::Debug for super::MediaUploadBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl From<MediaUploadBody> for zap_client_runtime::Form {
    fn from(form: MediaUploadBody) -> Self {
        Self::new().file_of("file", form.file.map(Some)).text_of("caption", Ok(form.caption))
    }
}

impl From<super::MediaUploadBody> for zap_client_runtime::Form {
    fn from(form: super::MediaUploadBody) -> Self {
        MediaUploadBody::from(form).into()
    }
}

impl ::std::fmt::Debug for MessageSendBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl ::std::fmt::Debug for super::MessageSendBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl From<MessageSendBody> for zap_client_runtime::Form {
    fn from(form: MessageSendBody) -> Self {
        Self::json()
            .json_of("number", form.number.map(Some))
            .json_of("text", Ok(form.text))
            .json_of("delay", Ok(form.delay))
            .json_of("weight", Ok(form.weight))
            .json_of("options", form.options.map(Some))
            .json_of("quoted", form.quoted)
            .json_of("buttons", form.buttons.map(Some))
            .json_of("mentions", Ok(form.mentions))
            .json_of("headers", Ok(form.headers))
            .json_of("media", Ok(form.media))
            .json_of("state", Ok(form.state))
    }
}

impl From<super::MessageSendBody> for zap_client_runtime::Form {
    fn from(form: super::MessageSendBody) -> Self {
        MessageSendBody::from(form).into()
    }
}

impl ::std::fmt::Debug for NumberSearchBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl ::std::fmt::Debug for super::NumberSearchBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl From<NumberSearchBody> for zap_client_runtime::Form {
    fn from(form: NumberSearchBody) -> Self {
        Self::json().json_of("numbers", Ok(form.numbers))
    }
}

impl From<super::NumberSearchBody> for zap_client_runtime::Form {
    fn from(form: super::NumberSearchBody) -> Self {
        NumberSearchBody::from(form).into()
    }
}
