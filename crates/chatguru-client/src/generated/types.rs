// Generated from specs/chatguru.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! The types of requests and answers.

/// The answer to adding a chat.
///
/// Source: docs ([C7](crate::facts#c7), [C13](crate::facts#c13)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct ChatAddResponse {
    /// Id with which you can ask for the status of adding the chat. It is not the chat's own id.
    pub chat_add_id: Option<String>,
    /// The status of adding the chat.
    pub chat_add_status: Option<crate::types::ChatAddStatus>,
    /// Code of the result, 201 on success. It seems to equal the HTTP status.
    pub code: Option<i64>,
    /// Human-readable text, in Portuguese.
    pub description: Option<String>,
    /// `success` or `error`. The client relies on this word and not on the HTTP status.
    pub result: Option<String>,
}

zap_client_runtime::object! {
    ChatAddResponse {
        "chat_add_id" => chat_add_id,
        "chat_add_status" => chat_add_status,
        "code" => code,
        "description" => description,
        "result" => result,
    }
}

/// The answer to asking whether a chat has been added.
///
/// Source: docs ([C8](crate::facts#c8), [C13](crate::facts#c13)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct ChatAddStatusResponse {
    /// The `chat_add_id` of the request.
    pub chat_add_id: Option<String>,
    /// The status of adding the chat.
    pub chat_add_status: Option<crate::types::ChatAddStatus>,
    /// Human-readable text about the status, in Portuguese. If the chat was not added, it says why. If the number
    /// was corrected, it ends in `corrigido para` and the number.
    pub chat_add_status_description: Option<String>,
    /// Code of the result, 200 on success. It seems to equal the HTTP status.
    pub code: Option<i64>,
    /// Human-readable text, in Portuguese. Not in the sample of a success.
    ///
    /// Source: docs ([C13](crate::facts#c13)).
    pub description: Option<String>,
    /// Result of this call, `success` or `error`, not the status of adding the chat. The client relies on this
    /// word and not on the HTTP status.
    pub result: Option<String>,
}

zap_client_runtime::object! {
    ChatAddStatusResponse {
        "chat_add_id" => chat_add_id,
        "chat_add_status" => chat_add_status,
        "chat_add_status_description" => chat_add_status_description,
        "code" => code,
        "description" => description,
        "result" => result,
    }
}

/// The answer to setting variables. It was never published, and is assumed to be that of setting custom fields.
///
/// Source: guess ([C13](crate::facts#c13), [C18](crate::facts#c18)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct ChatUpdateContextResponse {
    /// Id of the chat.
    pub chat_id: Option<String>,
    /// Code of the result. It seems to equal the HTTP status.
    ///
    /// Source: docs ([C13](crate::facts#c13)).
    pub code: Option<i64>,
    /// Human-readable text, in Portuguese.
    ///
    /// Source: docs ([C13](crate::facts#c13)).
    pub description: Option<String>,
    /// `success` or `error`. The client relies on this word and not on the HTTP status.
    ///
    /// Source: docs ([C13](crate::facts#c13)).
    pub result: Option<String>,
}

zap_client_runtime::object! {
    ChatUpdateContextResponse {
        "chat_id" => chat_id,
        "code" => code,
        "description" => description,
        "result" => result,
    }
}

/// The answer to setting custom fields.
///
/// Source: docs ([C9](crate::facts#c9), [C13](crate::facts#c13)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct ChatUpdateCustomFieldsResponse {
    /// Id of the chat.
    pub chat_id: Option<String>,
    /// Code of the result, 200 on success. It seems to equal the HTTP status.
    pub code: Option<i64>,
    /// Human-readable text, in Portuguese.
    pub description: Option<String>,
    /// `success` or `error`. The client relies on this word and not on the HTTP status.
    pub result: Option<String>,
}

zap_client_runtime::object! {
    ChatUpdateCustomFieldsResponse {
        "chat_id" => chat_id,
        "code" => code,
        "description" => description,
        "result" => result,
    }
}

/// The answer to changing a name. It was never published, and is assumed to be that of setting custom fields.
///
/// Source: guess ([C13](crate::facts#c13), [C19](crate::facts#c19)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct ChatUpdateNameResponse {
    /// Id of the chat.
    pub chat_id: Option<String>,
    /// Code of the result. It seems to equal the HTTP status.
    ///
    /// Source: docs ([C13](crate::facts#c13)).
    pub code: Option<i64>,
    /// Human-readable text, in Portuguese.
    ///
    /// Source: docs ([C13](crate::facts#c13)).
    pub description: Option<String>,
    /// `success` or `error`. The client relies on this word and not on the HTTP status.
    ///
    /// Source: docs ([C13](crate::facts#c13)).
    pub result: Option<String>,
}

zap_client_runtime::object! {
    ChatUpdateNameResponse {
        "chat_id" => chat_id,
        "code" => code,
        "description" => description,
        "result" => result,
    }
}

/// The answer to running a dialog.
///
/// Source: docs ([C11](crate::facts#c11), [C13](crate::facts#c13)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct DialogExecuteResponse {
    /// Code of the result, 200 on success. It seems to equal the HTTP status.
    pub code: Option<i64>,
    /// Human-readable text, in Portuguese. Not in the sample of a success.
    ///
    /// Source: docs ([C13](crate::facts#c13)).
    pub description: Option<String>,
    /// Human-readable text about the result, in Portuguese, also for errors.
    pub dialog_execution_return: Option<String>,
    /// `success` or `error`. The client relies on this word and not on the HTTP status.
    pub result: Option<String>,
}

zap_client_runtime::object! {
    DialogExecuteResponse {
        "code" => code,
        "description" => description,
        "dialog_execution_return" => dialog_execution_return,
        "result" => result,
    }
}

/// An error. Errors with a success status look the same, but use the schema of the operation.
///
/// Source: public ([C13](crate::facts#c13)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct ErrorResponse {
    /// Code of the result, such as 400. It seems to equal the HTTP status.
    pub code: Option<i64>,
    /// Human-readable text, in Portuguese.
    pub description: Option<String>,
    /// Human-readable text. Running a dialog can use it in place of `description`.
    ///
    /// Source: public ([C11](crate::facts#c11)).
    pub dialog_execution_return: Option<String>,
    /// Human-readable text. Sending a file may use it in place of `description`.
    ///
    /// Source: guess ([C12](crate::facts#c12)).
    pub message_file_send_return: Option<String>,
    /// `error`. The client relies on this word and not on the HTTP status.
    pub result: Option<String>,
}

zap_client_runtime::object! {
    ErrorResponse {
        "code" => code,
        "description" => description,
        "dialog_execution_return" => dialog_execution_return,
        "message_file_send_return" => message_file_send_return,
        "result" => result,
    }
}

/// The answer to sending a file. It was never published. Public clients read `message_file_send_return` or
/// `message_id`; the status is assumed to be there as in the answer to sending a text.
///
/// Source: guess ([C12](crate::facts#c12), [C13](crate::facts#c13)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct MessageFileSendResponse {
    /// Code of the result. It seems to equal the HTTP status.
    ///
    /// Source: docs ([C13](crate::facts#c13)).
    pub code: Option<i64>,
    /// Human-readable text, in Portuguese.
    ///
    /// Source: docs ([C13](crate::facts#c13)).
    pub description: Option<String>,
    /// Human-readable text about the result. Its values are not known.
    ///
    /// Source: public ([C12](crate::facts#c12)).
    pub message_file_send_return: Option<String>,
    /// Id of the message, with which you can ask for its status.
    ///
    /// Source: public ([C12](crate::facts#c12)).
    pub message_id: Option<String>,
    /// The status of the message.
    pub message_status: Option<crate::types::MessageStatus>,
    /// `success` or `error`. The client relies on this word and not on the HTTP status.
    ///
    /// Source: docs ([C13](crate::facts#c13)).
    pub result: Option<String>,
}

zap_client_runtime::object! {
    MessageFileSendResponse {
        "code" => code,
        "description" => description,
        "message_file_send_return" => message_file_send_return,
        "message_id" => message_id,
        "message_status" => message_status,
        "result" => result,
    }
}

/// The answer to sending a text.
///
/// Source: docs ([C5](crate::facts#c5), [C13](crate::facts#c13)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct MessageSendResponse {
    /// Code of the result, 201 on success. It seems to equal the HTTP status.
    pub code: Option<i64>,
    /// Human-readable text, in Portuguese.
    pub description: Option<String>,
    /// Id of the message, with which you can ask for its status.
    pub message_id: Option<String>,
    /// The status of the message.
    pub message_status: Option<crate::types::MessageStatus>,
    /// `success` or `error`. The client relies on this word and not on the HTTP status.
    pub result: Option<String>,
}

zap_client_runtime::object! {
    MessageSendResponse {
        "code" => code,
        "description" => description,
        "message_id" => message_id,
        "message_status" => message_status,
        "result" => result,
    }
}

/// The answer to asking for a message's status.
///
/// Source: docs ([C6](crate::facts#c6), [C13](crate::facts#c13)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct MessageStatusResponse {
    /// Code of the result, 200 on success. It seems to equal the HTTP status.
    pub code: Option<i64>,
    /// Human-readable text, in Portuguese. Not in the sample of a success.
    ///
    /// Source: docs ([C13](crate::facts#c13)).
    pub description: Option<String>,
    /// The status of the message.
    pub message_status: Option<crate::types::MessageStatus>,
    /// Result of this call, `success` or `error`, not the status of the message. The client relies on this word
    /// and not on the HTTP status.
    pub result: Option<String>,
}

zap_client_runtime::object! {
    MessageStatusResponse {
        "code" => code,
        "description" => description,
        "message_status" => message_status,
        "result" => result,
    }
}

/// The answer to adding a note.
///
/// Source: docs ([C10](crate::facts#c10), [C13](crate::facts#c13)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct NoteAddResponse {
    /// Code of the result, 200 on success. It seems to equal the HTTP status.
    pub code: Option<i64>,
    /// Human-readable text, in Portuguese.
    pub description: Option<String>,
    /// Id of the note.
    pub note_id: Option<String>,
    /// `success` or `error`. The client relies on this word and not on the HTTP status.
    pub result: Option<String>,
}

zap_client_runtime::object! {
    NoteAddResponse {
        "code" => code,
        "description" => description,
        "note_id" => note_id,
        "result" => result,
    }
}

/// The body of a dialog's post: a chat, and the message that started the dialog.
///
/// A property is absent if ChatGuru leaves it out, sends it empty, or sends a value that cannot be read: a
/// message is not lost because of one property. Properties that are not listed here are ignored, so keep the
/// body as well if you need them.
///
/// Source: public ([C24](crate::facts#c24)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct Webhook {
    /// The chatbot's variables by name, as `chat_update_context` sets them. Values are kept as they come.
    pub bot_context: ::serde_json::Map<String, ::serde_json::Value>,
    /// Id of the campaign that the chat came from.
    pub campanha_id: Option<String>,
    /// Name of the campaign that the chat came from.
    pub campanha_nome: Option<String>,
    /// The chat's custom fields by name, as `chat_update_custom_fields` sets them. Values are kept as they come.
    pub campos_personalizados: ::serde_json::Map<String, ::serde_json::Value>,
    /// Number of the contact, digits only, with or without the ninth digit.
    pub celular: Option<String>,
    /// When the chat was created, as `YYYY-MM-DD HH:MM:SS.ffffff`. It has no time zone; that of Brasília is
    /// assumed.
    ///
    /// Source: guess ([C24](crate::facts#c24)).
    pub chat_created: Option<String>,
    /// Id of the chat. The same number has a different one for each `phone_id`. The oldest sample has none.
    ///
    /// Source: public ([C21](crate::facts#c21), [C24](crate::facts#c24)).
    pub chat_id: Option<String>,
    /// When the post was made, as `YYYY-MM-DD HH:MM:SS.ffffff`. It has no time zone; that of Brasília is assumed.
    ///
    /// Source: guess ([C24](crate::facts#c24)).
    pub datetime_post: Option<String>,
    /// Not an e-mail address: the number of the contact, in older posts with `@c.us` after it. `celular` is the
    /// number alone.
    pub email: Option<String>,
    /// URL of the chat's page on the account's server. It ends in `#` and the id of the chat.
    pub link_chat: Option<String>,
    /// Name of the contact.
    pub nome: Option<String>,
    /// A text that the account's administrator types into the dialog's action. No other property distinguishes the
    /// actions of an account.
    pub origem: Option<String>,
    /// Id of the account's phone that the chat belongs to. The oldest sample has none.
    pub phone_id: Option<String>,
    /// E-mail address of the user in charge of the chat. Absent if nobody is.
    pub responsavel_email: Option<String>,
    /// Name of the user in charge of the chat. Absent if nobody is.
    pub responsavel_nome: Option<String>,
    /// The chat's tags.
    pub tags: Vec<String>,
    /// The text of the message. Absent if someone ran the dialog by hand, and probably for a file without a
    /// caption.
    pub texto_mensagem: Option<String>,
    /// The kind of the message. Posts of 2021 have none.
    pub tipo_mensagem: Option<crate::types::MessageType>,
    /// URL of the file, if the message has one. No recorded post has this property, but two receivers read it.
    pub url_arquivo: Option<String>,
}

zap_client_runtime::object! {
    Webhook as salvaged_unless_empty {
        "bot_context" => bot_context,
        "campanha_id" => campanha_id,
        "campanha_nome" => campanha_nome,
        "campos_personalizados" => campos_personalizados,
        "celular" => celular,
        "chat_created" => chat_created,
        "chat_id" => chat_id,
        "datetime_post" => datetime_post,
        "email" => email,
        "link_chat" => link_chat,
        "nome" => nome,
        "origem" => origem,
        "phone_id" => phone_id,
        "responsavel_email" => responsavel_email,
        "responsavel_nome" => responsavel_nome,
        "tags" => tags,
        "texto_mensagem" => texto_mensagem,
        "tipo_mensagem" => tipo_mensagem,
        "url_arquivo" => url_arquivo,
    }
}

/// Status of a message. The set is open: ChatGuru may send other words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(from = "::std::string::String", into = "::std::string::String"))]
pub enum MessageStatus {
    /// Queued; not sent yet. On the wire: `scheduled`.
    Scheduled,
    /// Sent. On the wire: `sent`.
    Sent,
    /// A value that the spec does not name, kept as it was received.
    Unknown(String),
}

impl MessageStatus {
    /// Returns the value that is sent and received.
    pub fn value(&self) -> &str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Sent => "sent",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for MessageStatus {
    fn from(value: &str) -> Self {
        match value {
            "scheduled" => Self::Scheduled,
            "sent" => Self::Sent,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

impl From<String> for MessageStatus {
    fn from(value: String) -> Self {
        value.as_str().into()
    }
}

impl From<MessageStatus> for String {
    fn from(value: MessageStatus) -> Self {
        value.value().to_owned()
    }
}

zap_client_runtime::open_enum!(MessageStatus as String);

/// Status of adding a chat. The set is open: ChatGuru may send other words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(from = "::std::string::String", into = "::std::string::String"))]
pub enum ChatAddStatus {
    /// Queued. On the wire: `pending`.
    Pending,
    /// Being added; known from public clients only. On the wire: `fetched`.
    Fetched,
    /// Added. You can use the chat, perhaps under a corrected number. On the wire: `done`.
    Done,
    /// Added; known from public clients only. On the wire: `success`.
    Success,
    /// Not added; known from public clients only. On the wire: `invalid`.
    Invalid,
    /// Not added; known from public clients only. On the wire: `error`.
    Error,
    /// A value that the spec does not name, kept as it was received.
    Unknown(String),
}

impl ChatAddStatus {
    /// Returns the value that is sent and received.
    pub fn value(&self) -> &str {
        match self {
            Self::Pending => "pending",
            Self::Fetched => "fetched",
            Self::Done => "done",
            Self::Success => "success",
            Self::Invalid => "invalid",
            Self::Error => "error",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ChatAddStatus {
    fn from(value: &str) -> Self {
        match value {
            "pending" => Self::Pending,
            "fetched" => Self::Fetched,
            "done" => Self::Done,
            "success" => Self::Success,
            "invalid" => Self::Invalid,
            "error" => Self::Error,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

impl From<String> for ChatAddStatus {
    fn from(value: String) -> Self {
        value.as_str().into()
    }
}

impl From<ChatAddStatus> for String {
    fn from(value: ChatAddStatus) -> Self {
        value.value().to_owned()
    }
}

zap_client_runtime::open_enum!(ChatAddStatus as String);

/// Kind of an incoming message. The set is open: ChatGuru may send other words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(from = "::std::string::String", into = "::std::string::String"))]
pub enum MessageType {
    /// A text. On the wire: `chat`.
    Chat,
    /// A picture; known from code that handles it. On the wire: `image`.
    Image,
    /// A voice note; known from code that handles it. On the wire: `ptt`.
    Ptt,
    /// An audio file; known from code that handles it. On the wire: `audio`.
    Audio,
    /// A video; known from code that handles it. On the wire: `video`.
    Video,
    /// A document; known from code that handles it. On the wire: `document`.
    Document,
    /// A value that the spec does not name, kept as it was received.
    Unknown(String),
}

impl MessageType {
    /// Returns the value that is sent and received.
    pub fn value(&self) -> &str {
        match self {
            Self::Chat => "chat",
            Self::Image => "image",
            Self::Ptt => "ptt",
            Self::Audio => "audio",
            Self::Video => "video",
            Self::Document => "document",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for MessageType {
    fn from(value: &str) -> Self {
        match value {
            "chat" => Self::Chat,
            "image" => Self::Image,
            "ptt" => Self::Ptt,
            "audio" => Self::Audio,
            "video" => Self::Video,
            "document" => Self::Document,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

impl From<String> for MessageType {
    fn from(value: String) -> Self {
        value.as_str().into()
    }
}

impl From<MessageType> for String {
    fn from(value: MessageType) -> Self {
        value.value().to_owned()
    }
}

zap_client_runtime::open_enum!(MessageType as String);

impl Webhook {
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

impl zap_client_runtime::Answer for ChatAddResponse {
    fn verdict(&self) -> Option<&str> {
        self.result.as_deref()
    }
}

impl zap_client_runtime::Answer for ChatAddStatusResponse {
    fn verdict(&self) -> Option<&str> {
        self.result.as_deref()
    }
}

impl zap_client_runtime::Answer for ChatUpdateContextResponse {
    fn verdict(&self) -> Option<&str> {
        self.result.as_deref()
    }
}

impl zap_client_runtime::Answer for ChatUpdateCustomFieldsResponse {
    fn verdict(&self) -> Option<&str> {
        self.result.as_deref()
    }
}

impl zap_client_runtime::Answer for ChatUpdateNameResponse {
    fn verdict(&self) -> Option<&str> {
        self.result.as_deref()
    }
}

impl zap_client_runtime::Answer for DialogExecuteResponse {
    fn verdict(&self) -> Option<&str> {
        self.result.as_deref()
    }
}

impl zap_client_runtime::Answer for MessageFileSendResponse {
    fn verdict(&self) -> Option<&str> {
        self.result.as_deref()
    }
}

impl zap_client_runtime::Answer for MessageSendResponse {
    fn verdict(&self) -> Option<&str> {
        self.result.as_deref()
    }
}

impl zap_client_runtime::Answer for MessageStatusResponse {
    fn verdict(&self) -> Option<&str> {
        self.result.as_deref()
    }
}

impl zap_client_runtime::Answer for NoteAddResponse {
    fn verdict(&self) -> Option<&str> {
        self.result.as_deref()
    }
}
