// Generated from specs/chatguru.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! The client: its instances, its credentials, and a method for each operation.

use super::builder;

static API: zap_client_runtime::Api = zap_client_runtime::Api {
    user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
    envelope: zap_client_runtime::Envelope {
        status: "result",
        success: "success",
        error: "error",
        remark: None,
        texts: &["description", "dialog_execution_return", "message_file_send_return"],
        refusals: zap_client_runtime::Refusals::All,
        validation: None,
        reasons: &[
            zap_client_runtime::RefusalText {
                text: "Chat não encontrado",
                reason: zap_client_runtime::RefusalReason::NotFound,
                fields: &[],
            },
            zap_client_runtime::RefusalText {
                text: "Mensagem não encontrada",
                reason: zap_client_runtime::RefusalReason::NotFound,
                fields: &[],
            },
            zap_client_runtime::RefusalText {
                text: "message_id inválida",
                reason: zap_client_runtime::RefusalReason::NotFound,
                fields: &[],
            },
            zap_client_runtime::RefusalText {
                text: "…Nenhum campo personalizado…",
                reason: zap_client_runtime::RefusalReason::NotFound,
                fields: &[],
            },
            zap_client_runtime::RefusalText {
                text: "key ou account_id não informado(s)",
                reason: zap_client_runtime::RefusalReason::Credentials,
                fields: &[],
            },
            zap_client_runtime::RefusalText {
                text: "key inválida",
                reason: zap_client_runtime::RefusalReason::Credentials,
                fields: &[],
            },
            zap_client_runtime::RefusalText {
                text: "account_id inválida",
                reason: zap_client_runtime::RefusalReason::Credentials,
                fields: &[],
            },
            zap_client_runtime::RefusalText {
                text: "phone_id inválida",
                reason: zap_client_runtime::RefusalReason::Credentials,
                fields: &[],
            },
            zap_client_runtime::RefusalText {
                text: "ação inválida",
                reason: zap_client_runtime::RefusalReason::Unavailable,
                fields: &[],
            },
            zap_client_runtime::RefusalText {
                text: "Mensagem inicial inválida",
                reason: zap_client_runtime::RefusalReason::Validation,
                fields: &["text"],
            },
            zap_client_runtime::RefusalText {
                text: "Texto inválido",
                reason: zap_client_runtime::RefusalReason::Validation,
                fields: &["text", "note_text"],
            },
            zap_client_runtime::RefusalText {
                text: "Diálogo não foi executado pois o contexto não foi validado…",
                reason: zap_client_runtime::RefusalReason::NotReady,
                fields: &[],
            },
        ],
    },
    trims: false,
    paths: &["/api/v1"],
};

/// An instance of the API that the spec lists.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Provider {
    /// The account's server. It differs from account to account.
    ///
    /// Base URL: `https://{server}` with the fields inserted.
    ChatGuru {
        /// Host name of the account's server, as the account's page shows it. Other known servers are
        /// `app3.zap.guru`, hosts such as `s12.chatguru.app`, and those of white labels.
        ///
        /// Example: `app.zap.guru`.
        server: String,
    },
}

impl Provider {
    /// Returns the name of the instance.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ChatGuru { .. } => "ChatGuru",
        }
    }

    /// Returns the base URL, to which each call appends the path of its operation.
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
            Provider::ChatGuru { server } => instance.with_host_name("server", server, "app.zap.guru"),
        }
    }
}

/// The credentials that every call carries. They are never shown, and this copy is wiped from memory when it is
/// dropped.
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
    /// Creates credentials from these values. Each must be exactly as the provider shows it.
    pub fn new(
        key: impl Into<zap_client_runtime::Secret>,
        account_id: impl Into<zap_client_runtime::Secret>,
        phone_id: impl Into<zap_client_runtime::Secret>,
    ) -> Self {
        Self { key: key.into(), account_id: account_id.into(), phone_id: phone_id.into() }
    }
}

impl zap_client_runtime::Credentials for Credentials {
    fn into_parts(self) -> Vec<(zap_client_runtime::CredentialLocation, zap_client_runtime::Secret)> {
        Vec::from([
            (zap_client_runtime::CredentialLocation::Parameter("key"), self.key),
            (zap_client_runtime::CredentialLocation::Parameter("account_id"), self.account_id),
            (zap_client_runtime::CredentialLocation::Parameter("phone_id"), self.phone_id),
        ])
    }
}

/// Typed client of ChatGuru.
///
/// Messages, chats, custom fields, notes and dialogs of a ChatGuru account, in ten actions. The API must be
/// activated for the account first. It has no sandbox, no idempotency keys and no documented rate limit.
///
/// A success means that ChatGuru has queued the request, not that WhatsApp has delivered anything.
///
/// As documented, credentials and contents are query parameters, so keep URLs out of logs. A very long text can
/// make the URL longer than the server accepts (414).
///
/// Cloning is cheap. Clones share connections.
#[derive(Clone, Debug)]
pub struct Client {
    raw: zap_client_runtime::RawClient,
}

impl Client {
    /// Returns a builder of a client for `instance`, which is a [`Provider`] or a
    /// [custom instance](zap_client_runtime::Instance).
    pub fn builder(
        instance: impl Into<zap_client_runtime::Instance>,
        credentials: Credentials,
    ) -> zap_client_runtime::ClientBuilder<Self> {
        zap_client_runtime::ClientBuilder::new(&API, instance.into(), credentials)
    }

    /// Returns the name of the instance that this client calls.
    pub fn provider(&self) -> &str {
        self.raw.provider()
    }

    /// Returns the untyped client that this client uses. With it you can call an operation that
    /// the spec does not list: write an [`Operation`](zap_client_runtime::Operation) of your own.
    pub fn raw_client(&self) -> &zap_client_runtime::RawClient {
        &self.raw
    }
}

impl From<zap_client_runtime::RawClient> for Client {
    fn from(raw: zap_client_runtime::RawClient) -> Self {
        Self { raw }
    }
}

impl Client {
    /// Add a chat, with a first message
    ///
    /// The feature "Adicionar Chats" must be active in the account. Adding a chat takes 1 to 30 seconds, and 45 to
    /// 90 under load. Until its status is `done`, ChatGuru refuses other calls to the chat with `Chat não
    /// encontrado.` Ask for the status with the answer's `chat_add_id`, which is not the chat's own id.
    ///
    /// If the chat already exists, ChatGuru only updates its contact, and does not run the dialog.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: docs ([C1](crate::facts#c1), [C3](crate::facts#c3), [C7](crate::facts#c7), [C15](crate::facts#c15)).
    ///
    /// Sends a `POST` request to `/api/v1`
    ///
    /// # Arguments
    ///
    /// - `chat_number` (required): The chat's full international number, digits only: calling code, area code and
    ///   number. ChatGuru refuses punctuation.
    /// - `name` (required): Name of the chat.
    /// - `text` (required): Text of the first message. ChatGuru refuses the call without it, but accepts a single
    ///   space. Two integrators saw ChatGuru refuse a long text for a phone connected through WhatsApp's official API.
    /// - `user_id`: Id of the ChatGuru user who gets the chat.
    /// - `dialog_id`: Id of the chatbot dialog to run when the chat has been added. It is not run if the chat already
    ///   exists.
    /// - `send_date`: When to send the first message, as `YYYY-MM-DD HH:MM`. The page does not have this parameter
    ///   here, but one client sends it and recorded a success. The time zone is probably that of `message_send`.
    pub fn chat_add(&self) -> builder::ChatAdd<'_> {
        builder::ChatAdd::new(self)
    }

    /// Get the status of adding a chat
    ///
    /// This call changes nothing, although it is a POST. Public clients ask every 1 to 3 seconds.
    ///
    /// ChatGuru can add the chat under a corrected number. The status is then `done`, and its description ends in
    /// `corrigido para` and that number. The chat is found only under the corrected number.
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Source: docs ([C1](crate::facts#c1), [C3](crate::facts#c3), [C8](crate::facts#c8)).
    ///
    /// Sends a `POST` request to `/api/v1`
    ///
    /// # Arguments
    ///
    /// - `chat_number`: The chat's full international number, digits only. The provider's page asks for it in every
    ///   request, but its own sample of this action has none, and public clients omit it.
    /// - `chat_add_id` (required): The `chat_add_id` from the answer to adding the chat.
    pub fn chat_add_status(&self) -> builder::ChatAddStatus<'_> {
        builder::ChatAddStatus::new(self)
    }

    /// Set variables of the chatbot in a chat
    ///
    /// Sets one or more variables, which dialogs can use. The chat must already exist. The stored page of the
    /// provider does not have this action, but public clients use it. No sample of its answer is published.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: public ([C1](crate::facts#c1), [C3](crate::facts#c3), [C15](crate::facts#c15), [C18](crate::facts#c18)).
    ///
    /// Sends a `POST` request to `/api/v1`
    ///
    /// # Arguments
    ///
    /// - `chat_number` (required): The chat's full international number, digits only: calling code, area code and
    ///   number. ChatGuru refuses punctuation.
    /// - `variables` (required): The new values by the variables' names, at least one. Each value is sent as a separate
    ///   parameter named `var__` and the name. The client adds the prefix to names without it.
    pub fn chat_update_context(&self) -> builder::ChatUpdateContext<'_> {
        builder::ChatUpdateContext::new(self)
    }

    /// Set custom fields of a chat
    ///
    /// Sets one or more fields. The chat must already exist.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: docs ([C1](crate::facts#c1), [C3](crate::facts#c3), [C9](crate::facts#c9), [C15](crate::facts#c15)).
    ///
    /// Sends a `POST` request to `/api/v1`
    ///
    /// # Arguments
    ///
    /// - `chat_number` (required): The chat's full international number, digits only: calling code, area code and
    ///   number. ChatGuru refuses punctuation.
    /// - `custom_fields` (required): The new values by the fields' ids, at least one. The account's manager of custom
    ///   fields shows the ids. Each value is sent as a separate parameter named `field__` and the id. The client adds
    ///   the prefix to ids without it.
    pub fn chat_update_custom_fields(&self) -> builder::ChatUpdateCustomFields<'_> {
        builder::ChatUpdateCustomFields::new(self)
    }

    /// Change the name of a chat
    ///
    /// The chat must already exist. The stored page of the provider does not have this action, but public clients use
    /// it. No sample of its answer is published.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: public ([C1](crate::facts#c1), [C3](crate::facts#c3), [C15](crate::facts#c15), [C19](crate::facts#c19)).
    ///
    /// Sends a `POST` request to `/api/v1`
    ///
    /// # Arguments
    ///
    /// - `chat_number` (required): The chat's full international number, digits only: calling code, area code and
    ///   number. ChatGuru refuses punctuation.
    /// - `chat_name` (required): The new name.
    pub fn chat_update_name(&self) -> builder::ChatUpdateName<'_> {
        builder::ChatUpdateName::new(self)
    }

    /// Run a chatbot dialog in a chat
    ///
    /// The chat must already exist. An error of this action can have its text in `dialog_execution_return` and no
    /// `description`. A success does not mean that the dialog did anything: its actions may all be switched off.
    ///
    /// ChatGuru can refuse the first call because it has not validated the context of the dialog. The same call then
    /// works immediately afterwards.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: docs ([C1](crate::facts#c1), [C3](crate::facts#c3), [C11](crate::facts#c11), [C15](crate::facts#c15)).
    ///
    /// Sends a `POST` request to `/api/v1`
    ///
    /// # Arguments
    ///
    /// - `chat_number` (required): The chat's full international number, digits only: calling code, area code and
    ///   number. ChatGuru refuses punctuation.
    /// - `dialog_id` (required): Id of the dialog.
    pub fn dialog_execute(&self) -> builder::DialogExecute<'_> {
        builder::DialogExecute::new(self)
    }

    /// Send a file to a chat, from a public URL
    ///
    /// The chat must already exist. ChatGuru downloads the file. No sample of the answer is published. It is known
    /// only that public clients read `message_file_send_return` or `message_id` from it.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: docs ([C1](crate::facts#c1), [C3](crate::facts#c3), [C12](crate::facts#c12), [C15](crate::facts#c15)).
    ///
    /// Sends a `POST` request to `/api/v1`
    ///
    /// # Arguments
    ///
    /// - `chat_number` (required): The chat's full international number, digits only: calling code, area code and
    ///   number. ChatGuru refuses punctuation.
    /// - `file_url` (required): URL of the file, which must be public. According to one public client, it should end in
    ///   the file's extension, such as `.pdf`.
    /// - `caption`: Caption of the file. The provider's page calls it the name of the file, but public clients use it
    ///   as a caption, as its name suggests. WhatsApp's official API accepts up to 1024 characters. It is not known
    ///   what ChatGuru does with a longer caption.
    pub fn message_file_send(&self) -> builder::MessageFileSend<'_> {
        builder::MessageFileSend::new(self)
    }

    /// Send a text to a chat, now or later
    ///
    /// The chat must already exist. The answer has the message's id, with which you can ask for its status.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: docs ([C1](crate::facts#c1), [C3](crate::facts#c3), [C5](crate::facts#c5), [C15](crate::facts#c15)).
    ///
    /// Sends a `POST` request to `/api/v1`
    ///
    /// # Arguments
    ///
    /// - `chat_number` (required): The chat's full international number, digits only: calling code, area code and
    ///   number. ChatGuru refuses punctuation.
    /// - `text` (required): The text. WhatsApp's official API accepts up to 4096 characters. It is not known what
    ///   ChatGuru does with a longer text.
    /// - `send_date`: When to send the text, as `YYYY-MM-DD HH:MM`. By default it is sent immediately. The time zone is
    ///   not documented; two integrators take it as that of Brasília.
    pub fn message_send(&self) -> builder::MessageSend<'_> {
        builder::MessageSend::new(self)
    }

    /// Get the status of a message
    ///
    /// This call changes nothing, although it is a POST.
    ///
    /// Changes nothing, so it is safe to repeat.
    ///
    /// Source: docs ([C1](crate::facts#c1), [C3](crate::facts#c3), [C6](crate::facts#c6)).
    ///
    /// Sends a `POST` request to `/api/v1`
    ///
    /// # Arguments
    ///
    /// - `chat_number`: The chat's full international number, digits only. The provider's page asks for it in every
    ///   request, but its own sample of this action has none, and public clients omit it.
    /// - `message_id` (required): Id of the message, from the answer to sending it.
    pub fn message_status(&self) -> builder::MessageStatus<'_> {
        builder::MessageStatus::new(self)
    }

    /// Add a note to a chat
    ///
    /// The note is internal: the person in the chat does not see it. The chat must already exist.
    ///
    /// Changes data. After an error, its `outcome()` tells you whether the change took effect, and so whether it is
    /// safe to send the request again.
    ///
    /// Source: docs ([C1](crate::facts#c1), [C3](crate::facts#c3), [C10](crate::facts#c10), [C15](crate::facts#c15)).
    ///
    /// Sends a `POST` request to `/api/v1`
    ///
    /// # Arguments
    ///
    /// - `chat_number` (required): The chat's full international number, digits only: calling code, area code and
    ///   number. ChatGuru refuses punctuation.
    /// - `note_text` (required): Text of the note.
    pub fn note_add(&self) -> builder::NoteAdd<'_> {
        builder::NoteAdd::new(self)
    }
}
