// Generated from specs/chatguru.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

#[allow(unused_imports)]
use zap_client_runtime::{Error, File, Form, ResponseValue};
static API: zap_client_runtime::Api = zap_client_runtime::Api {
    user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
    envelope: zap_client_runtime::Envelope {
        status: "result",
        success: "success",
        error: "error",
        remark: None,
        texts: &["description", "dialog_execution_return"],
        refusals: zap_client_runtime::Refusals::All,
        validation: None,
        reasons: &[
            ("Chat não encontrado", zap_client_runtime::RefusalReason::NotFound),
            ("account_id inválida", zap_client_runtime::RefusalReason::Credentials),
        ],
    },
    trims: false,
    paths: &["/api/v1"],
};

/// The instances that the spec lists.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Provider {
    /// The account's server. It differs from account to account.
    ///
    /// Base URL: `https://{server}` with the fields put in.
    ChatGuru {
        /// Host name of the account's server, as the account's page shows it. Other known servers are
        /// `app3.zap.guru`, `s12.chatguru.app` and those of white labels.
        ///
        /// For instance `app.zap.guru`.
        server: String,
    },
}

impl Provider {
    /// Its name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ChatGuru { .. } => "ChatGuru",
        }
    }

    /// Where its operations are.
    pub fn base_url(&self) -> String {
        match self {
            Self::ChatGuru { server } => "https://{server}".replace("{server}", server),
        }
    }
}

impl From<Provider> for zap_client_runtime::Instance {
    fn from(provider: Provider) -> Self {
        let instance = Self::new(provider.name(), provider.base_url());
        match provider {
            Provider::ChatGuru { server } => {
                instance.with_host_name("server", server, "app.zap.guru")
            }
        }
    }
}

/// What every call is signed with. It is never shown, and this copy is wiped from memory when dropped.
///
/// - `key`: The account's API key. Administrators find it on the account's page "Celulares".
/// - `account_id`: Id of the ChatGuru account. Administrators find it on the account's page "Celulares".
/// - `phone_id`: Id of the account's phone to use. Administrators find it on the account's page "Celulares".
#[derive(Clone, Debug)]
pub struct Credentials {
    key: zap_client_runtime::Secret,
    account_id: zap_client_runtime::Secret,
    phone_id: zap_client_runtime::Secret,
}

impl Credentials {
    /// Takes over the values; each must be as the provider shows it.
    pub fn new(
        key: impl Into<zap_client_runtime::Secret>,
        account_id: impl Into<zap_client_runtime::Secret>,
        phone_id: impl Into<zap_client_runtime::Secret>,
    ) -> Self {
        Self {
            key: key.into(),
            account_id: account_id.into(),
            phone_id: phone_id.into(),
        }
    }
}

impl zap_client_runtime::Credentials for Credentials {
    fn into_parts(
        self,
    ) -> Vec<(zap_client_runtime::CredentialLocation, zap_client_runtime::Secret)> {
        vec![
            (zap_client_runtime::CredentialLocation::Parameter("key"), self.key),
            (zap_client_runtime::CredentialLocation::Parameter("account_id"), self
            .account_id), (zap_client_runtime::CredentialLocation::Parameter("phone_id"),
            self.phone_id)
        ]
    }
}

/// Client for ChatGuru.
///
/// Messages, chats, custom fields, notes and dialogs of a ChatGuru account, in eight actions. The API must be
/// activated for the account first. It has no sandbox, no idempotency keys and no documented rate limit.
///
/// A success means that ChatGuru has queued the request, not that WhatsApp has delivered anything.
///
/// As documented, credentials and contents are query parameters, so keep URLs out of logs. A very long text can
/// make the URL longer than the server accepts (414).
///
/// Cloning is cheap: the clones share connections.
#[derive(Clone, Debug)]
pub struct Client {
    raw: zap_client_runtime::RawClient,
}

impl Client {
    /// Settings of a client for `instance`: a [`Provider`], or a
    /// [custom instance](zap_client_runtime::Instance).
    pub fn builder(
        instance: impl Into<zap_client_runtime::Instance>,
        credentials: Credentials,
    ) -> zap_client_runtime::ClientBuilder<Self> {
        zap_client_runtime::ClientBuilder::new(&API, instance.into(), credentials)
    }

    /// Name of the instance that is called.
    pub fn provider(&self) -> &str {
        self.raw.provider()
    }

    /// What the calls of this client share: for calling an operation that the spec does not
    /// list, with an [`Operation`](zap_client_runtime::Operation) of your own.
    pub fn raw_client(&self) -> &zap_client_runtime::RawClient {
        &self.raw
    }
}

impl From<zap_client_runtime::RawClient> for Client {
    fn from(raw: zap_client_runtime::RawClient) -> Self {
        Self { raw }
    }
}

/// The operations as data: method, path, safety, rules, pages.
pub mod operations {
    use zap_client_runtime::reqwest::Method;
    #[allow(unused_imports)]
    use zap_client_runtime::{Constraint, Evidence, Operation, Pagination, Rule, Safety};

    /// `message_send`: Send a text to a chat, now or later.
    pub static MESSAGE_SEND: Operation =
        Operation::new("message_send", Method::POST, "/api/v1", Safety::Change, "Send a text to a chat, now or later.")
            .with_fields(&["chat_number", "text", "send_date"])
            .with_constants(&[("action", "message_send")])
            .with_rules(&[
                Rule::new(&["chat_number"], Constraint::Required, Evidence::Docs, &["C4", "C15"], ""),
                Rule::new(&["chat_number"], Constraint::MinLength(1), Evidence::Docs, &["C4", "C15"], "ChatGuru refuses punctuation."),
                Rule::new(&["chat_number"], Constraint::Digits, Evidence::Docs, &["C4", "C15"], "ChatGuru refuses punctuation."),
                Rule::new(&["text"], Constraint::Required, Evidence::Docs, &["C5", "C16", "C17"], ""),
                Rule::new(&["text"], Constraint::MinLength(1), Evidence::Docs, &["C5", "C16", "C17"], ""),
                Rule::new(&["send_date"], Constraint::Minute, Evidence::Docs, &["C5"], "No other format is documented."),
            ]);

    /// `message_status`: Get the status of a message.
    pub static MESSAGE_STATUS: Operation =
        Operation::new("message_status", Method::POST, "/api/v1", Safety::Read, "Get the status of a message.")
            .with_fields(&["chat_number", "message_id"])
            .with_constants(&[("action", "message_status")])
            .with_rules(&[
                Rule::new(&["chat_number"], Constraint::MinLength(1), Evidence::Docs, &["C4"], "ChatGuru refuses punctuation."),
                Rule::new(&["chat_number"], Constraint::Digits, Evidence::Docs, &["C4"], "ChatGuru refuses punctuation."),
                Rule::new(&["message_id"], Constraint::Required, Evidence::Docs, &["C6"], ""),
                Rule::new(&["message_id"], Constraint::MinLength(1), Evidence::Docs, &["C6"], ""),
            ]);

    /// `message_file_send`: Send a file to a chat, from a public URL.
    pub static MESSAGE_FILE_SEND: Operation =
        Operation::new("message_file_send", Method::POST, "/api/v1", Safety::Change, "Send a file to a chat, from a public URL.")
            .with_fields(&["chat_number", "file_url", "caption"])
            .with_constants(&[("action", "message_file_send")])
            .with_rules(&[
                Rule::new(&["chat_number"], Constraint::Required, Evidence::Docs, &["C4", "C15"], ""),
                Rule::new(&["chat_number"], Constraint::MinLength(1), Evidence::Docs, &["C4", "C15"], "ChatGuru refuses punctuation."),
                Rule::new(&["chat_number"], Constraint::Digits, Evidence::Docs, &["C4", "C15"], "ChatGuru refuses punctuation."),
                Rule::new(&["file_url"], Constraint::Required, Evidence::Docs, &["C12"], ""),
                Rule::new(&["file_url"], Constraint::MinLength(1), Evidence::Docs, &["C12"], ""),
            ]);

    /// `chat_add`: Add a chat, with a first message.
    pub static CHAT_ADD: Operation =
        Operation::new("chat_add", Method::POST, "/api/v1", Safety::Change, "Add a chat, with a first message.")
            .with_fields(&["chat_number", "name", "text", "user_id", "dialog_id"])
            .with_constants(&[("action", "chat_add")])
            .with_rules(&[
                Rule::new(&["chat_number"], Constraint::Required, Evidence::Docs, &["C4", "C15"], ""),
                Rule::new(&["chat_number"], Constraint::MinLength(1), Evidence::Docs, &["C4", "C15"], "ChatGuru refuses punctuation."),
                Rule::new(&["chat_number"], Constraint::Digits, Evidence::Docs, &["C4", "C15"], "ChatGuru refuses punctuation."),
                Rule::new(&["name"], Constraint::Required, Evidence::Docs, &["C7"], ""),
                Rule::new(&["name"], Constraint::MinLength(1), Evidence::Docs, &["C7"], ""),
                Rule::new(&["text"], Constraint::Required, Evidence::Docs, &["C7", "C16", "C17"], ""),
                Rule::new(&["text"], Constraint::MinLength(1), Evidence::Docs, &["C7", "C16", "C17"], "ChatGuru refuses the call without a text, but accepts a single space."),
            ]);

    /// `chat_add_status`: Get the status of adding a chat.
    pub static CHAT_ADD_STATUS: Operation =
        Operation::new("chat_add_status", Method::POST, "/api/v1", Safety::Read, "Get the status of adding a chat.")
            .with_fields(&["chat_number", "chat_add_id"])
            .with_constants(&[("action", "chat_add_status")])
            .with_rules(&[
                Rule::new(&["chat_number"], Constraint::MinLength(1), Evidence::Docs, &["C4"], "ChatGuru refuses punctuation."),
                Rule::new(&["chat_number"], Constraint::Digits, Evidence::Docs, &["C4"], "ChatGuru refuses punctuation."),
                Rule::new(&["chat_add_id"], Constraint::Required, Evidence::Docs, &["C8"], ""),
                Rule::new(&["chat_add_id"], Constraint::MinLength(1), Evidence::Docs, &["C8"], ""),
            ]);

    /// `chat_update_custom_fields`: Set custom fields of a chat.
    pub static CHAT_UPDATE_CUSTOM_FIELDS: Operation =
        Operation::new("chat_update_custom_fields", Method::POST, "/api/v1", Safety::Change, "Set custom fields of a chat.")
            .with_fields(&["chat_number", "custom_fields"])
            .with_constants(&[("action", "chat_update_custom_fields")])
            .with_rules(&[
                Rule::new(&["chat_number"], Constraint::Required, Evidence::Docs, &["C4", "C15"], ""),
                Rule::new(&["chat_number"], Constraint::MinLength(1), Evidence::Docs, &["C4", "C15"], "ChatGuru refuses punctuation."),
                Rule::new(&["chat_number"], Constraint::Digits, Evidence::Docs, &["C4", "C15"], "ChatGuru refuses punctuation."),
                Rule::new(&["custom_fields"], Constraint::Required, Evidence::Docs, &["C9"], ""),
                Rule::new(&["custom_fields"], Constraint::MinEntries(1), Evidence::Docs, &["C9"], ""),
            ]);

    /// `note_add`: Add a note to a chat.
    pub static NOTE_ADD: Operation =
        Operation::new("note_add", Method::POST, "/api/v1", Safety::Change, "Add a note to a chat.")
            .with_fields(&["chat_number", "note_text"])
            .with_constants(&[("action", "note_add")])
            .with_rules(&[
                Rule::new(&["chat_number"], Constraint::Required, Evidence::Docs, &["C4", "C15"], ""),
                Rule::new(&["chat_number"], Constraint::MinLength(1), Evidence::Docs, &["C4", "C15"], "ChatGuru refuses punctuation."),
                Rule::new(&["chat_number"], Constraint::Digits, Evidence::Docs, &["C4", "C15"], "ChatGuru refuses punctuation."),
                Rule::new(&["note_text"], Constraint::Required, Evidence::Docs, &["C10", "C16"], ""),
                Rule::new(&["note_text"], Constraint::MinLength(1), Evidence::Docs, &["C10", "C16"], ""),
            ]);

    /// `dialog_execute`: Run a chatbot dialog in a chat.
    pub static DIALOG_EXECUTE: Operation =
        Operation::new("dialog_execute", Method::POST, "/api/v1", Safety::Change, "Run a chatbot dialog in a chat.")
            .with_fields(&["chat_number", "dialog_id"])
            .with_constants(&[("action", "dialog_execute")])
            .with_rules(&[
                Rule::new(&["chat_number"], Constraint::Required, Evidence::Docs, &["C4", "C15"], ""),
                Rule::new(&["chat_number"], Constraint::MinLength(1), Evidence::Docs, &["C4", "C15"], "ChatGuru refuses punctuation."),
                Rule::new(&["chat_number"], Constraint::Digits, Evidence::Docs, &["C4", "C15"], "ChatGuru refuses punctuation."),
                Rule::new(&["dialog_id"], Constraint::Required, Evidence::Docs, &["C11"], ""),
                Rule::new(&["dialog_id"], Constraint::MinLength(1), Evidence::Docs, &["C11"], ""),
            ]);

    /// All of them, in the order of the spec.
    pub static ALL: &[&Operation] = &[
        &MESSAGE_SEND,
        &MESSAGE_STATUS,
        &MESSAGE_FILE_SEND,
        &CHAT_ADD,
        &CHAT_ADD_STATUS,
        &CHAT_UPDATE_CUSTOM_FIELDS,
        &NOTE_ADD,
        &DIALOG_EXECUTE,
    ];
}

impl Client {
    /// Add a chat, with a first message
    ///
    /// The feature "Adicionar Chats" must be active in the account. Adding a chat takes 1 to 30 seconds. Until its
    /// status is `done`, ChatGuru refuses other calls to the chat with `Chat não encontrado.` Ask for the status
    /// with the answer's `chat_add_id`, which is not the chat's own id.
    ///
    /// Changes something: an error's `outcome()` says whether it did, and so whether it may be sent again.
    ///
    /// Source: docs (C1, C3, C7, C15).
    ///
    /// Sends a `POST` request to `/api/v1`
    ///
    /// # Arguments
    ///
    /// - `chat_number` (required): The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses punctuation.
    /// - `name` (required): Name of the chat.
    /// - `text` (required): Text of the first message. ChatGuru refuses the call without it, but accepts a single space. Two integrators saw ChatGuru refuse a long text for a phone connected through WhatsApp's official API.
    /// - `user_id`: Id of the ChatGuru user who gets the chat.
    /// - `dialog_id`: Id of the chatbot dialog to run when the chat has been added.
    pub fn chat_add(&self) -> builder::ChatAdd<'_> {
        builder::ChatAdd::new(self)
    }

    /// Get the status of adding a chat
    ///
    /// This call changes nothing, although it is a POST.
    ///
    /// Only reads: repeating it does no harm.
    ///
    /// Source: docs (C1, C3, C8).
    ///
    /// Sends a `POST` request to `/api/v1`
    ///
    /// # Arguments
    ///
    /// - `chat_number`: The chat's full international number, digits only. The provider's page asks for it in every request, but its own sample of this action has none, and public clients omit it.
    /// - `chat_add_id` (required): The `chat_add_id` from the answer to adding the chat.
    pub fn chat_add_status(&self) -> builder::ChatAddStatus<'_> {
        builder::ChatAddStatus::new(self)
    }

    /// Set custom fields of a chat
    ///
    /// Sets one or more fields. The chat must already exist.
    ///
    /// Changes something: an error's `outcome()` says whether it did, and so whether it may be sent again.
    ///
    /// Source: docs (C1, C3, C9, C15).
    ///
    /// Sends a `POST` request to `/api/v1`
    ///
    /// # Arguments
    ///
    /// - `chat_number` (required): The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses punctuation.
    /// - `custom_fields` (required): The new values by the fields' ids, at least one. The account's manager of custom fields shows the ids. Each value is sent as a separate parameter named `field__` and the id. The client adds the prefix to ids without it.
    pub fn chat_update_custom_fields(&self) -> builder::ChatUpdateCustomFields<'_> {
        builder::ChatUpdateCustomFields::new(self)
    }

    /// Run a chatbot dialog in a chat
    ///
    /// The chat must already exist. An error of this action can have its text in `dialog_execution_return` and no
    /// `description`.
    ///
    /// Changes something: an error's `outcome()` says whether it did, and so whether it may be sent again.
    ///
    /// Source: docs (C1, C3, C11, C15).
    ///
    /// Sends a `POST` request to `/api/v1`
    ///
    /// # Arguments
    ///
    /// - `chat_number` (required): The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses punctuation.
    /// - `dialog_id` (required): Id of the dialog.
    pub fn dialog_execute(&self) -> builder::DialogExecute<'_> {
        builder::DialogExecute::new(self)
    }

    /// Send a file to a chat, from a public URL
    ///
    /// The chat must already exist. ChatGuru downloads the file. No sample of the answer is published; it is
    /// assumed to be that of sending a text.
    ///
    /// Changes something: an error's `outcome()` says whether it did, and so whether it may be sent again.
    ///
    /// Source: docs (C1, C3, C12, C15).
    ///
    /// Sends a `POST` request to `/api/v1`
    ///
    /// # Arguments
    ///
    /// - `chat_number` (required): The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses punctuation.
    /// - `file_url` (required): URL of the file, which must be public. According to one public client, it should end in the file's extension, such as `.pdf`.
    /// - `caption`: Caption of the file. The provider's page calls it the name of the file, but public clients use it as a caption, as its name suggests. WhatsApp's official API accepts up to 1024 characters. It is not known what ChatGuru does with a longer caption.
    pub fn message_file_send(&self) -> builder::MessageFileSend<'_> {
        builder::MessageFileSend::new(self)
    }

    /// Send a text to a chat, now or later
    ///
    /// The chat must already exist. The answer has the message's id, with which you can ask for its status.
    ///
    /// Changes something: an error's `outcome()` says whether it did, and so whether it may be sent again.
    ///
    /// Source: docs (C1, C3, C5, C15).
    ///
    /// Sends a `POST` request to `/api/v1`
    ///
    /// # Arguments
    ///
    /// - `chat_number` (required): The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses punctuation.
    /// - `text` (required): The text. WhatsApp's official API accepts up to 4096 characters. It is not known what ChatGuru does with a longer text.
    /// - `send_date`: When to send the text, as `YYYY-MM-DD HH:MM`. By default it is sent immediately. The time zone is not documented; one integrator assumes that of Brasília.
    pub fn message_send(&self) -> builder::MessageSend<'_> {
        builder::MessageSend::new(self)
    }

    /// Get the status of a message
    ///
    /// This call changes nothing, although it is a POST.
    ///
    /// Only reads: repeating it does no harm.
    ///
    /// Source: docs (C1, C3, C6).
    ///
    /// Sends a `POST` request to `/api/v1`
    ///
    /// # Arguments
    ///
    /// - `chat_number`: The chat's full international number, digits only. The provider's page asks for it in every request, but its own sample of this action has none, and public clients omit it.
    /// - `message_id` (required): Id of the message, from the answer to sending it.
    pub fn message_status(&self) -> builder::MessageStatus<'_> {
        builder::MessageStatus::new(self)
    }

    /// Add a note to a chat
    ///
    /// The note is internal: the person in the chat does not see it. The chat must already exist.
    ///
    /// Changes something: an error's `outcome()` says whether it did, and so whether it may be sent again.
    ///
    /// Source: docs (C1, C3, C10, C15).
    ///
    /// Sends a `POST` request to `/api/v1`
    ///
    /// # Arguments
    ///
    /// - `chat_number` (required): The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses punctuation.
    /// - `note_text` (required): Text of the note.
    pub fn note_add(&self) -> builder::NoteAdd<'_> {
        builder::NoteAdd::new(self)
    }
}

/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    /// The answer to adding a chat.
    ///
    /// Source: docs (C7, C13).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
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
    /// Source: docs (C8, C13).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ChatAddStatusResponse {
        /// The `chat_add_id` of the request.
        pub chat_add_id: Option<String>,
        /// The status of adding the chat.
        pub chat_add_status: Option<crate::types::ChatAddStatus>,
        /// Human-readable text about the status, in Portuguese. If the chat was not added, it says why.
        pub chat_add_status_description: Option<String>,
        /// Code of the result, 200 on success. It seems to equal the HTTP status.
        pub code: Option<i64>,
        /// Human-readable text, in Portuguese. Not in the sample of a success.
        ///
        /// Source: docs (C13).
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

    /// The answer to setting custom fields.
    ///
    /// Source: docs (C9, C13).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
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

    /// The answer to running a dialog.
    ///
    /// Source: docs (C11, C13).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct DialogExecuteResponse {
        /// Code of the result, 200 on success. It seems to equal the HTTP status.
        pub code: Option<i64>,
        /// Human-readable text, in Portuguese. Not in the sample of a success.
        ///
        /// Source: docs (C13).
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
    /// Source: public (C13).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ErrorResponse {
        /// Code of the result, such as 400. It seems to equal the HTTP status.
        pub code: Option<i64>,
        /// Human-readable text, in Portuguese.
        pub description: Option<String>,
        /// Human-readable text. Running a dialog can use it in place of `description`.
        ///
        /// Source: public (C11).
        pub dialog_execution_return: Option<String>,
        /// `error`. The client relies on this word and not on the HTTP status.
        pub result: Option<String>,
    }

    zap_client_runtime::object! {
        ErrorResponse {
            "code" => code,
            "description" => description,
            "dialog_execution_return" => dialog_execution_return,
            "result" => result,
        }
    }

    /// The answer to sending a file. It was never published, and is assumed to be that of sending a text.
    ///
    /// Source: guess (C12, C13).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct MessageFileSendResponse {
        /// Code of the result. It seems to equal the HTTP status.
        ///
        /// Source: docs (C13).
        pub code: Option<i64>,
        /// Human-readable text, in Portuguese.
        ///
        /// Source: docs (C13).
        pub description: Option<String>,
        /// Id of the message, with which you can ask for its status.
        pub message_id: Option<String>,
        /// The status of the message.
        pub message_status: Option<crate::types::MessageStatus>,
        /// `success` or `error`. The client relies on this word and not on the HTTP status.
        ///
        /// Source: docs (C13).
        pub result: Option<String>,
    }

    zap_client_runtime::object! {
        MessageFileSendResponse {
            "code" => code,
            "description" => description,
            "message_id" => message_id,
            "message_status" => message_status,
            "result" => result,
        }
    }

    /// The answer to sending a text.
    ///
    /// Source: docs (C5, C13).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
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
    /// Source: docs (C6, C13).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct MessageStatusResponse {
        /// Code of the result, 200 on success. It seems to equal the HTTP status.
        pub code: Option<i64>,
        /// Human-readable text, in Portuguese. Not in the sample of a success.
        ///
        /// Source: docs (C13).
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
    /// Source: docs (C10, C13).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
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

    /// Status of a message. The set is open: ChatGuru may send other words.
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(from = "::std::string::String", into = "::std::string::String")
    )]
    pub enum MessageStatus {
        /// Queued; not sent yet. On the wire: `scheduled`.
        Scheduled,
        /// Sent. On the wire: `sent`.
        Sent,
        /// A value that the spec does not name, kept as it came.
        Unknown(String),
    }

    impl MessageStatus {
        /// The value on the wire.
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
    #[cfg_attr(
        feature = "schemars",
        schemars(from = "::std::string::String", into = "::std::string::String")
    )]
    pub enum ChatAddStatus {
        /// Queued. On the wire: `pending`.
        Pending,
        /// Being added; known from a public client only. On the wire: `fetched`.
        Fetched,
        /// Added. You can use the chat. On the wire: `done`.
        Done,
        /// Not added; known from a public client only. On the wire: `error`.
        Error,
        /// A value that the spec does not name, kept as it came.
        Unknown(String),
    }

    impl ChatAddStatus {
        /// The value on the wire.
        pub fn value(&self) -> &str {
            match self {
                Self::Pending => "pending",
                Self::Fetched => "fetched",
                Self::Done => "done",
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

    impl zap_client_runtime::Answer for ChatUpdateCustomFieldsResponse {
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
}

/// Types for composing operation parameters.
#[allow(clippy::all)]
pub mod builder {
    #[allow(unused_imports)]
    use super::{Error, ResponseValue, operations, types};
    /// Builder for [`Client::chat_add`]
    ///
    /// [`Client::chat_add`]: super::Client::chat_add
    #[derive(Clone)]
    pub struct ChatAdd<'a> {
        client: &'a super::Client,
        chat_number: Result<String, zap_client_runtime::Flaw>,
        dialog_id: Result<Option<String>, zap_client_runtime::Flaw>,
        name: Result<String, zap_client_runtime::Flaw>,
        text: Result<String, zap_client_runtime::Flaw>,
        user_id: Result<Option<String>, zap_client_runtime::Flaw>,
    }

    impl<'a> ChatAdd<'a> {
        pub(super) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                chat_number: Err(zap_client_runtime::Flaw::Missing("chat_number")),
                dialog_id: Ok(None),
                name: Err(zap_client_runtime::Flaw::Missing("name")),
                text: Err(zap_client_runtime::Flaw::Missing("text")),
                user_id: Ok(None),
            }
        }

        /// The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses
        /// punctuation.
        ///
        /// A Brazilian mobile number can be written with and without its ninth digit, but only one of the two finds the
        /// chat.
        ///
        /// Checked before sending: not empty; digits alone.
        ///
        /// Source: docs (C4, C15).
        pub fn chat_number<V>(mut self, value: V) -> Self
        where
            V: TryInto<String>,
        {
            self.chat_number = value
                .try_into()
                .map_err(|_| zap_client_runtime::Flaw::WrongType("chat_number"));
            self
        }

        /// Id of the chatbot dialog to run when the chat has been added.
        ///
        /// Source: docs (C7).
        pub fn dialog_id(
            mut self,
            value: impl Into<zap_client_runtime::Optional<String>>,
        ) -> Self {
            self.dialog_id = Ok(value.into().into_option());
            self
        }

        /// Name of the chat.
        ///
        /// Checked before sending: not empty.
        ///
        /// Source: docs (C7).
        pub fn name<V>(mut self, value: V) -> Self
        where
            V: TryInto<String>,
        {
            self.name = value
                .try_into()
                .map_err(|_| zap_client_runtime::Flaw::WrongType("name"));
            self
        }

        /// Text of the first message. ChatGuru refuses the call without it, but accepts a single space. Two
        /// integrators saw ChatGuru refuse a long text for a phone connected through WhatsApp's official API.
        ///
        /// Checked before sending: not empty.
        ///
        /// Source: docs (C7, C16, C17).
        pub fn text<V>(mut self, value: V) -> Self
        where
            V: TryInto<String>,
        {
            self.text = value
                .try_into()
                .map_err(|_| zap_client_runtime::Flaw::WrongType("text"));
            self
        }

        /// Id of the ChatGuru user who gets the chat.
        ///
        /// Source: docs (C7).
        pub fn user_id(
            mut self,
            value: impl Into<zap_client_runtime::Optional<String>>,
        ) -> Self {
            self.user_id = Ok(value.into().into_option());
            self
        }

        /// Sends the call once, and again only if the request provably never left this machine. Dropping the future stops waiting; what was sent by then stays sent.
        pub async fn send(self) -> Result<ResponseValue<types::ChatAddResponse>, Error> {
            self.into_call().send().await
        }

        /// The request that `send` would make, with every secret masked; nothing is sent. The same rules are
        /// checked, and files are looked at, but no stream is read.
        pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
            self.into_call().dry_run().await
        }

        fn into_call(self) -> zap_client_runtime::Call<'a> {
            let Self { client, chat_number, dialog_id, name, text, user_id } = self;
            client
                .raw
                .call(&operations::CHAT_ADD)
                .query_of("chat_number", chat_number.map(Some))
                .query_of("name", name.map(Some))
                .query_of("text", text.map(Some))
                .query_of("user_id", user_id)
                .query_of("dialog_id", dialog_id)
        }
    }

    /// Builder for [`Client::chat_add_status`]
    ///
    /// [`Client::chat_add_status`]: super::Client::chat_add_status
    #[derive(Clone)]
    pub struct ChatAddStatus<'a> {
        client: &'a super::Client,
        chat_add_id: Result<String, zap_client_runtime::Flaw>,
        chat_number: Result<Option<String>, zap_client_runtime::Flaw>,
    }

    impl<'a> ChatAddStatus<'a> {
        pub(super) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                chat_add_id: Err(zap_client_runtime::Flaw::Missing("chat_add_id")),
                chat_number: Ok(None),
            }
        }

        /// The `chat_add_id` from the answer to adding the chat.
        ///
        /// Checked before sending: not empty.
        ///
        /// Source: docs (C8).
        pub fn chat_add_id<V>(mut self, value: V) -> Self
        where
            V: TryInto<String>,
        {
            self.chat_add_id = value
                .try_into()
                .map_err(|_| zap_client_runtime::Flaw::WrongType("chat_add_id"));
            self
        }

        /// The chat's full international number, digits only. The provider's page asks for it in every request, but its
        /// own sample of this action has none, and public clients omit it.
        ///
        /// Checked before sending: not empty; digits alone.
        ///
        /// Source: docs (C4).
        pub fn chat_number(
            mut self,
            value: impl Into<zap_client_runtime::Optional<String>>,
        ) -> Self {
            self.chat_number = Ok(value.into().into_option());
            self
        }

        /// Sends the call, and again if it fails in passing, as the client's [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ChatAddStatusResponse>, Error> {
            self.into_call().send().await
        }

        /// The request that `send` would make, with every secret masked; nothing is sent. The same rules are
        /// checked, and files are looked at, but no stream is read.
        pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
            self.into_call().dry_run().await
        }

        fn into_call(self) -> zap_client_runtime::Call<'a> {
            let Self { client, chat_add_id, chat_number } = self;
            client
                .raw
                .call(&operations::CHAT_ADD_STATUS)
                .query_of("chat_number", chat_number)
                .query_of("chat_add_id", chat_add_id.map(Some))
        }
    }

    /// Builder for [`Client::chat_update_custom_fields`]
    ///
    /// [`Client::chat_update_custom_fields`]: super::Client::chat_update_custom_fields
    #[derive(Clone)]
    pub struct ChatUpdateCustomFields<'a> {
        client: &'a super::Client,
        chat_number: Result<String, zap_client_runtime::Flaw>,
        custom_fields: Result<
            ::std::collections::BTreeMap<String, String>,
            zap_client_runtime::Flaw,
        >,
    }

    impl<'a> ChatUpdateCustomFields<'a> {
        pub(super) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                chat_number: Err(zap_client_runtime::Flaw::Missing("chat_number")),
                custom_fields: Err(zap_client_runtime::Flaw::Missing("custom_fields")),
            }
        }

        /// The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses
        /// punctuation.
        ///
        /// A Brazilian mobile number can be written with and without its ninth digit, but only one of the two finds the
        /// chat.
        ///
        /// Checked before sending: not empty; digits alone.
        ///
        /// Source: docs (C4, C15).
        pub fn chat_number<V>(mut self, value: V) -> Self
        where
            V: TryInto<String>,
        {
            self.chat_number = value
                .try_into()
                .map_err(|_| zap_client_runtime::Flaw::WrongType("chat_number"));
            self
        }

        /// The new values by the fields' ids, at least one. The account's manager of custom fields shows the ids.
        /// Each value is sent as a separate parameter named `field__` and the id. The client adds the prefix to ids
        /// without it.
        ///
        /// Checked before sending: at least 1 entry.
        ///
        /// Source: docs (C9).
        pub fn custom_fields(
            mut self,
            entries: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
        ) -> Self {
            self.custom_fields = Ok(
                entries
                    .into_iter()
                    .map(|(key, value)| (key.into(), value.into()))
                    .collect(),
            );
            self
        }

        /// Sends the call once, and again only if the request provably never left this machine. Dropping the future stops waiting; what was sent by then stays sent.
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ChatUpdateCustomFieldsResponse>, Error> {
            self.into_call().send().await
        }

        /// The request that `send` would make, with every secret masked; nothing is sent. The same rules are
        /// checked, and files are looked at, but no stream is read.
        pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
            self.into_call().dry_run().await
        }

        fn into_call(self) -> zap_client_runtime::Call<'a> {
            let Self { client, chat_number, custom_fields } = self;
            client
                .raw
                .call(&operations::CHAT_UPDATE_CUSTOM_FIELDS)
                .query_of("chat_number", chat_number.map(Some))
                .query_map_of("custom_fields", "field__", custom_fields.map(Some))
        }
    }

    /// Builder for [`Client::dialog_execute`]
    ///
    /// [`Client::dialog_execute`]: super::Client::dialog_execute
    #[derive(Clone)]
    pub struct DialogExecute<'a> {
        client: &'a super::Client,
        chat_number: Result<String, zap_client_runtime::Flaw>,
        dialog_id: Result<String, zap_client_runtime::Flaw>,
    }

    impl<'a> DialogExecute<'a> {
        pub(super) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                chat_number: Err(zap_client_runtime::Flaw::Missing("chat_number")),
                dialog_id: Err(zap_client_runtime::Flaw::Missing("dialog_id")),
            }
        }

        /// The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses
        /// punctuation.
        ///
        /// A Brazilian mobile number can be written with and without its ninth digit, but only one of the two finds the
        /// chat.
        ///
        /// Checked before sending: not empty; digits alone.
        ///
        /// Source: docs (C4, C15).
        pub fn chat_number<V>(mut self, value: V) -> Self
        where
            V: TryInto<String>,
        {
            self.chat_number = value
                .try_into()
                .map_err(|_| zap_client_runtime::Flaw::WrongType("chat_number"));
            self
        }

        /// Id of the dialog.
        ///
        /// Checked before sending: not empty.
        ///
        /// Source: docs (C11).
        pub fn dialog_id<V>(mut self, value: V) -> Self
        where
            V: TryInto<String>,
        {
            self.dialog_id = value
                .try_into()
                .map_err(|_| zap_client_runtime::Flaw::WrongType("dialog_id"));
            self
        }

        /// Sends the call once, and again only if the request provably never left this machine. Dropping the future stops waiting; what was sent by then stays sent.
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::DialogExecuteResponse>, Error> {
            self.into_call().send().await
        }

        /// The request that `send` would make, with every secret masked; nothing is sent. The same rules are
        /// checked, and files are looked at, but no stream is read.
        pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
            self.into_call().dry_run().await
        }

        fn into_call(self) -> zap_client_runtime::Call<'a> {
            let Self { client, chat_number, dialog_id } = self;
            client
                .raw
                .call(&operations::DIALOG_EXECUTE)
                .query_of("chat_number", chat_number.map(Some))
                .query_of("dialog_id", dialog_id.map(Some))
        }
    }

    /// Builder for [`Client::message_file_send`]
    ///
    /// [`Client::message_file_send`]: super::Client::message_file_send
    #[derive(Clone)]
    pub struct MessageFileSend<'a> {
        client: &'a super::Client,
        caption: Result<Option<String>, zap_client_runtime::Flaw>,
        chat_number: Result<String, zap_client_runtime::Flaw>,
        file_url: Result<String, zap_client_runtime::Flaw>,
    }

    impl<'a> MessageFileSend<'a> {
        pub(super) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                caption: Ok(None),
                chat_number: Err(zap_client_runtime::Flaw::Missing("chat_number")),
                file_url: Err(zap_client_runtime::Flaw::Missing("file_url")),
            }
        }

        /// Caption of the file. The provider's page calls it the name of the file, but public clients use it as a
        /// caption, as its name suggests. WhatsApp's official API accepts up to 1024 characters. It is not known
        /// what ChatGuru does with a longer caption.
        ///
        /// Source: docs (C12, C17).
        pub fn caption(
            mut self,
            value: impl Into<zap_client_runtime::Optional<String>>,
        ) -> Self {
            self.caption = Ok(value.into().into_option());
            self
        }

        /// The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses
        /// punctuation.
        ///
        /// A Brazilian mobile number can be written with and without its ninth digit, but only one of the two finds the
        /// chat.
        ///
        /// Checked before sending: not empty; digits alone.
        ///
        /// Source: docs (C4, C15).
        pub fn chat_number<V>(mut self, value: V) -> Self
        where
            V: TryInto<String>,
        {
            self.chat_number = value
                .try_into()
                .map_err(|_| zap_client_runtime::Flaw::WrongType("chat_number"));
            self
        }

        /// URL of the file, which must be public. According to one public client, it should end in the file's
        /// extension, such as `.pdf`.
        ///
        /// Checked before sending: not empty.
        ///
        /// Source: docs (C12).
        pub fn file_url<V>(mut self, value: V) -> Self
        where
            V: TryInto<String>,
        {
            self.file_url = value
                .try_into()
                .map_err(|_| zap_client_runtime::Flaw::WrongType("file_url"));
            self
        }

        /// Sends the call once, and again only if the request provably never left this machine. Dropping the future stops waiting; what was sent by then stays sent.
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::MessageFileSendResponse>, Error> {
            self.into_call().send().await
        }

        /// The request that `send` would make, with every secret masked; nothing is sent. The same rules are
        /// checked, and files are looked at, but no stream is read.
        pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
            self.into_call().dry_run().await
        }

        fn into_call(self) -> zap_client_runtime::Call<'a> {
            let Self { client, caption, chat_number, file_url } = self;
            client
                .raw
                .call(&operations::MESSAGE_FILE_SEND)
                .query_of("chat_number", chat_number.map(Some))
                .query_of("file_url", file_url.map(Some))
                .query_of("caption", caption)
        }
    }

    /// Builder for [`Client::message_send`]
    ///
    /// [`Client::message_send`]: super::Client::message_send
    #[derive(Clone)]
    pub struct MessageSend<'a> {
        client: &'a super::Client,
        chat_number: Result<String, zap_client_runtime::Flaw>,
        send_date: Result<Option<String>, zap_client_runtime::Flaw>,
        text: Result<String, zap_client_runtime::Flaw>,
    }

    impl<'a> MessageSend<'a> {
        pub(super) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                chat_number: Err(zap_client_runtime::Flaw::Missing("chat_number")),
                send_date: Ok(None),
                text: Err(zap_client_runtime::Flaw::Missing("text")),
            }
        }

        /// The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses
        /// punctuation.
        ///
        /// A Brazilian mobile number can be written with and without its ninth digit, but only one of the two finds the
        /// chat.
        ///
        /// Checked before sending: not empty; digits alone.
        ///
        /// Source: docs (C4, C15).
        pub fn chat_number<V>(mut self, value: V) -> Self
        where
            V: TryInto<String>,
        {
            self.chat_number = value
                .try_into()
                .map_err(|_| zap_client_runtime::Flaw::WrongType("chat_number"));
            self
        }

        /// When to send the text, as `YYYY-MM-DD HH:MM`. By default it is sent immediately. The time zone is not
        /// documented; one integrator assumes that of Brasília.
        ///
        /// Checked before sending: `YYYY-MM-DD HH:MM`, of a day that there is.
        ///
        /// Source: docs (C5).
        pub fn send_date(
            mut self,
            value: impl Into<zap_client_runtime::Optional<String>>,
        ) -> Self {
            self.send_date = Ok(value.into().into_option());
            self
        }

        /// The text. WhatsApp's official API accepts up to 4096 characters. It is not known what ChatGuru does with
        /// a longer text.
        ///
        /// Checked before sending: not empty.
        ///
        /// Source: docs (C5, C16, C17).
        pub fn text<V>(mut self, value: V) -> Self
        where
            V: TryInto<String>,
        {
            self.text = value
                .try_into()
                .map_err(|_| zap_client_runtime::Flaw::WrongType("text"));
            self
        }

        /// Sends the call once, and again only if the request provably never left this machine. Dropping the future stops waiting; what was sent by then stays sent.
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::MessageSendResponse>, Error> {
            self.into_call().send().await
        }

        /// The request that `send` would make, with every secret masked; nothing is sent. The same rules are
        /// checked, and files are looked at, but no stream is read.
        pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
            self.into_call().dry_run().await
        }

        fn into_call(self) -> zap_client_runtime::Call<'a> {
            let Self { client, chat_number, send_date, text } = self;
            client
                .raw
                .call(&operations::MESSAGE_SEND)
                .query_of("chat_number", chat_number.map(Some))
                .query_of("text", text.map(Some))
                .query_of("send_date", send_date)
        }
    }

    /// Builder for [`Client::message_status`]
    ///
    /// [`Client::message_status`]: super::Client::message_status
    #[derive(Clone)]
    pub struct MessageStatus<'a> {
        client: &'a super::Client,
        chat_number: Result<Option<String>, zap_client_runtime::Flaw>,
        message_id: Result<String, zap_client_runtime::Flaw>,
    }

    impl<'a> MessageStatus<'a> {
        pub(super) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                chat_number: Ok(None),
                message_id: Err(zap_client_runtime::Flaw::Missing("message_id")),
            }
        }

        /// The chat's full international number, digits only. The provider's page asks for it in every request, but its
        /// own sample of this action has none, and public clients omit it.
        ///
        /// Checked before sending: not empty; digits alone.
        ///
        /// Source: docs (C4).
        pub fn chat_number(
            mut self,
            value: impl Into<zap_client_runtime::Optional<String>>,
        ) -> Self {
            self.chat_number = Ok(value.into().into_option());
            self
        }

        /// Id of the message, from the answer to sending it.
        ///
        /// Checked before sending: not empty.
        ///
        /// Source: docs (C6).
        pub fn message_id<V>(mut self, value: V) -> Self
        where
            V: TryInto<String>,
        {
            self.message_id = value
                .try_into()
                .map_err(|_| zap_client_runtime::Flaw::WrongType("message_id"));
            self
        }

        /// Sends the call, and again if it fails in passing, as the client's [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::MessageStatusResponse>, Error> {
            self.into_call().send().await
        }

        /// The request that `send` would make, with every secret masked; nothing is sent. The same rules are
        /// checked, and files are looked at, but no stream is read.
        pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
            self.into_call().dry_run().await
        }

        fn into_call(self) -> zap_client_runtime::Call<'a> {
            let Self { client, chat_number, message_id } = self;
            client
                .raw
                .call(&operations::MESSAGE_STATUS)
                .query_of("chat_number", chat_number)
                .query_of("message_id", message_id.map(Some))
        }
    }

    /// Builder for [`Client::note_add`]
    ///
    /// [`Client::note_add`]: super::Client::note_add
    #[derive(Clone)]
    pub struct NoteAdd<'a> {
        client: &'a super::Client,
        chat_number: Result<String, zap_client_runtime::Flaw>,
        note_text: Result<String, zap_client_runtime::Flaw>,
    }

    impl<'a> NoteAdd<'a> {
        pub(super) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                chat_number: Err(zap_client_runtime::Flaw::Missing("chat_number")),
                note_text: Err(zap_client_runtime::Flaw::Missing("note_text")),
            }
        }

        /// The chat's full international number, digits only: calling code, area code and number. ChatGuru refuses
        /// punctuation.
        ///
        /// A Brazilian mobile number can be written with and without its ninth digit, but only one of the two finds the
        /// chat.
        ///
        /// Checked before sending: not empty; digits alone.
        ///
        /// Source: docs (C4, C15).
        pub fn chat_number<V>(mut self, value: V) -> Self
        where
            V: TryInto<String>,
        {
            self.chat_number = value
                .try_into()
                .map_err(|_| zap_client_runtime::Flaw::WrongType("chat_number"));
            self
        }

        /// Text of the note.
        ///
        /// Checked before sending: not empty.
        ///
        /// Source: docs (C10, C16).
        pub fn note_text<V>(mut self, value: V) -> Self
        where
            V: TryInto<String>,
        {
            self.note_text = value
                .try_into()
                .map_err(|_| zap_client_runtime::Flaw::WrongType("note_text"));
            self
        }

        /// Sends the call once, and again only if the request provably never left this machine. Dropping the future stops waiting; what was sent by then stays sent.
        pub async fn send(self) -> Result<ResponseValue<types::NoteAddResponse>, Error> {
            self.into_call().send().await
        }

        /// The request that `send` would make, with every secret masked; nothing is sent. The same rules are
        /// checked, and files are looked at, but no stream is read.
        pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
            self.into_call().dry_run().await
        }

        fn into_call(self) -> zap_client_runtime::Call<'a> {
            let Self { client, chat_number, note_text } = self;
            client
                .raw
                .call(&operations::NOTE_ADD)
                .query_of("chat_number", chat_number.map(Some))
                .query_of("note_text", note_text.map(Some))
        }
    }

    impl ::std::fmt::Debug for ChatAdd<'_> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
        }
    }

    impl ::std::fmt::Debug for ChatAddStatus<'_> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
        }
    }

    impl ::std::fmt::Debug for ChatUpdateCustomFields<'_> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
        }
    }

    impl ::std::fmt::Debug for DialogExecute<'_> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
        }
    }

    impl ::std::fmt::Debug for MessageFileSend<'_> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
        }
    }

    impl ::std::fmt::Debug for MessageSend<'_> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
        }
    }

    impl ::std::fmt::Debug for MessageStatus<'_> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
        }
    }

    impl ::std::fmt::Debug for NoteAdd<'_> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
        }
    }
}
