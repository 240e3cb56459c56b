//! A message or another effect that reached a chat.

use std::{fmt, time::SystemTime};

use bytes::Bytes;

use crate::{Provider, mask::Secrets};

/// Something that reached a chat, or will reach it when it is due: a message, or another effect.
///
/// It is recorded when the provider accepts it, regardless of the answer: even if the answer is `exception`, or a fault
/// hides it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivery {
    /// The id. It increases with every delivery of this sandbox, also across resets.
    pub id: u64,
    /// When the provider accepted it, on the sandbox's clock.
    pub at: SystemTime,
    /// The provider that delivers it.
    pub provider: Provider,
    /// The id of the [`Call`](crate::Call) that caused it.
    pub call: u64,
    /// The operation's id in the specs, for example `send_message`.
    pub operation: &'static str,
    /// The sender: the name of the world's user, or the id of the `ChatGuru` account.
    pub account: String,
    /// The chat. Equal values mean the same chat, and the value has no other meaning.
    pub conversation: String,
    /// The phone number of the chat's contact, digits only.
    pub to: String,
    /// The contact's name, if it is known.
    pub name: Option<String>,
    /// The kind of the delivery.
    pub kind: DeliveryKind,
    /// The text or the caption. `None` is a blank message.
    ///
    /// For a template, it is its text with the given variables filled in; for buttons and lists, the text that was set
    /// in the dashboard; for custom fields and variables, a line `name: value` for each; for a new name and an added
    /// chat, the name.
    pub text: Option<String>,
    /// The file of an image, document, video or audio.
    pub file: Option<DeliveredFile>,
    /// The address that a button opens, or from which the file can be fetched.
    pub url: Option<String>,
    /// The location, for a location message.
    pub location: Option<Location>,
    /// The template and its variables.
    pub template: Option<TemplateUse>,
    /// The state: scheduled or sent.
    pub state: DeliveryState,
    /// When it is due, or `None` if it was sent at once.
    pub due: Option<SystemTime>,
}

/// The kind of a delivery. More may be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeliveryKind {
    /// A text, which may be blank.
    Text,
    /// A picture.
    Image,
    /// A document.
    Document,
    /// A video.
    Video,
    /// An audio message.
    Audio,
    /// A location.
    Location,
    /// A template message.
    Template,
    /// A button that opens a page.
    CtaUrl,
    /// A list to choose from.
    InteractiveList,
    /// A product of a shop.
    Product,
    /// An order of a shop.
    Order,
    /// A file that the provider fetches from a URL.
    FileUrl,
    /// A dialog of the bot, which is not itself a message.
    Dialog,
    /// A note on the chat, which is not a message.
    Note,
    /// Custom fields of the chat, which are not a message.
    CustomFields,
    /// Variables of the chatbot in the chat, which are not a message.
    Context,
    /// A new name of the chat, which is not a message.
    ChatName,
    /// A chat that was added, which is not a message. Its first message is a delivery of its own.
    ChatAdded,
}

impl DeliveryKind {
    /// Returns the name in the control routes, for example `cta_url`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Image => "image",
            Self::Document => "document",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Location => "location",
            Self::Template => "template",
            Self::CtaUrl => "cta_url",
            Self::InteractiveList => "interactive_list",
            Self::Product => "product",
            Self::Order => "order",
            Self::FileUrl => "file_url",
            Self::Dialog => "dialog",
            Self::Note => "note",
            Self::CustomFields => "custom_fields",
            Self::Context => "context",
            Self::ChatName => "chat_name",
            Self::ChatAdded => "chat_added",
        }
    }

    /// Whether it is a message to the chat's contact. The others are effects that the contact does not see, such as a
    /// note. A dialog is not a message either, because what it sends is not emulated.
    ///
    /// ```
    /// use zap_sandbox::DeliveryKind;
    ///
    /// assert!(DeliveryKind::Text.is_message() && DeliveryKind::FileUrl.is_message());
    /// assert!(!DeliveryKind::Note.is_message() && !DeliveryKind::ChatAdded.is_message());
    /// ```
    #[must_use]
    pub fn is_message(self) -> bool {
        match self {
            Self::Text
            | Self::Image
            | Self::Document
            | Self::Video
            | Self::Audio
            | Self::Location
            | Self::Template
            | Self::CtaUrl
            | Self::InteractiveList
            | Self::Product
            | Self::Order
            | Self::FileUrl => true,
            Self::Dialog | Self::Note | Self::CustomFields | Self::Context | Self::ChatName | Self::ChatAdded => false,
        }
    }
}

impl fmt::Display for DeliveryKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The state of a delivery: scheduled or sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeliveryState {
    /// It is due later, on the sandbox's clock.
    Scheduled,
    /// It has been sent.
    Sent,
}

impl DeliveryState {
    /// Returns the name in the control routes: `scheduled` or `sent`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Sent => "sent",
        }
    }
}

/// A file that was delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeliveredFile {
    /// The file name that the caller sent.
    pub name: String,
    /// The media type, detected from the content.
    pub media_type: String,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// `true` if the sandbox kept its bytes when it arrived. It keeps those of files up to 1 MiB, until newer files need
    /// the memory.
    pub kept: bool,
}

/// A location.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Location {
    /// Degrees north, as they were sent.
    pub latitude: String,
    /// Degrees east, as they were sent.
    pub longitude: String,
    /// The name of the location, if one was sent.
    pub name: Option<String>,
    /// The address, if one was sent.
    pub address: Option<String>,
}

/// A template message's template and variables.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TemplateUse {
    /// The provider's id of the template.
    pub id: i64,
    /// The name of the template.
    pub name: String,
    /// The values for the variables of the text, in order.
    pub variables: Vec<String>,
    /// The values for the variables of the header, in order.
    pub header_variables: Vec<String>,
}

/// About how many bytes an allocation takes besides its content.
const ALLOCATION: usize = 16;

impl Delivery {
    /// Returns the delivery with the credentials of the world masked.
    pub(crate) fn masked(&self, secrets: &Secrets) -> Self {
        let text = |text: &str| secrets.text(text).into_owned();
        let maybe = |value: &Option<String>| value.as_deref().map(text);
        let all = |texts: &[String]| texts.iter().map(|value| text(value)).collect();
        Self {
            account: text(&self.account),
            conversation: text(&self.conversation),
            to: text(&self.to),
            name: maybe(&self.name),
            text: maybe(&self.text),
            file: self.file.as_ref().map(|file| DeliveredFile { name: text(&file.name), ..file.clone() }),
            url: maybe(&self.url),
            location: self.location.as_ref().map(|place| Location {
                latitude: text(&place.latitude),
                longitude: text(&place.longitude),
                name: maybe(&place.name),
                address: maybe(&place.address),
            }),
            template: self.template.as_ref().map(|template| TemplateUse {
                variables: all(&template.variables),
                header_variables: all(&template.header_variables),
                ..template.clone()
            }),
            ..self.clone()
        }
    }

    /// Returns about how many bytes it takes.
    pub(super) fn weight(&self) -> usize {
        let text = |text: &Option<String>| text.as_ref().map_or(0, String::capacity);
        let template = self.template.as_ref().map_or(0, |template| {
            let lists = [&template.variables, &template.header_variables];
            let texts = lists.iter().flat_map(|list| list.iter()).map(String::capacity).sum::<usize>();
            let lists = lists.iter().map(|list| list.capacity() * (size_of::<String>() + ALLOCATION)).sum::<usize>();
            texts + lists + template.name.capacity()
        });
        let location = self.location.as_ref().map_or(0, |place| {
            place.latitude.capacity() + place.longitude.capacity() + text(&place.name) + text(&place.address)
        });
        let file = self
            .file
            .as_ref()
            .map_or(0, |file| file.name.capacity() + file.media_type.capacity() + file.sha256.capacity());
        let who = self.account.capacity() + self.conversation.capacity() + self.to.capacity() + text(&self.name);
        size_of::<Self>() + who + text(&self.text) + text(&self.url) + template + location + file + 12 * ALLOCATION
    }
}

/// A delivery as a provider reports it, before it has an id.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) account: String,
    pub(crate) conversation: String,
    pub(crate) to: String,
    pub(crate) name: Option<String>,
    pub(crate) kind: DeliveryKind,
    pub(crate) text: Option<String>,
    /// The file, and its bytes if they are kept.
    pub(crate) file: Option<(DeliveredFile, Option<Bytes>)>,
    pub(crate) url: Option<String>,
    pub(crate) location: Option<Location>,
    pub(crate) template: Option<TemplateUse>,
    /// Milliseconds after the epoch.
    pub(crate) due: Option<u64>,
}
