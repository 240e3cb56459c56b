// Generated from specs/externalapi.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

#[allow(unused_imports)]
use zap_client_runtime::{Error, File, Form, ResponseValue};
static API: zap_client_runtime::Api = zap_client_runtime::Api {
    user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
    envelope: zap_client_runtime::Envelope {
        status: "status",
        success: "success",
        error: "error",
        remark: Some("remark"),
        texts: &["message"],
        refusals: zap_client_runtime::Refusals::Listed(
            &[
                ("Unauthorized", zap_client_runtime::RefusalReason::Credentials),
                ("validation_error", zap_client_runtime::RefusalReason::Validation),
                ("not_found", zap_client_runtime::RefusalReason::NotFound),
                ("unknown_contact", zap_client_runtime::RefusalReason::NotFound),
                ("contact_error", zap_client_runtime::RefusalReason::Conflict),
                ("contact_limit_error", zap_client_runtime::RefusalReason::Limit),
                ("image_upload_error", zap_client_runtime::RefusalReason::Unavailable),
                ("subscription_required", zap_client_runtime::RefusalReason::Plan),
                ("not_available", zap_client_runtime::RefusalReason::Unavailable),
                ("user_error", zap_client_runtime::RefusalReason::Other),
            ],
        ),
        validation: Some(zap_client_runtime::ValidationAnswer {
            http_status: 422u16,
            errors: "errors",
        }),
        reasons: &[],
    },
    trims: true,
    paths: &[
        "/contact/delete/{contact_id}",
        "/contact/list",
        "/contact/store",
        "/contact/update/{contact_id}",
        "/inbox/change-conversation-status/{conversation_id}",
        "/inbox/conversation-details/{conversation_id}",
        "/inbox/conversation-list",
        "/inbox/send-message",
        "/inbox/send-template-message",
        "/inbox/template-list",
    ],
};

/// The instances that the spec lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Provider {
    /// EscalaZap.
    ///
    /// Base URL: `https://www.escalazap.com/external-api`.
    EscalaZap,
    /// WaziMe. Its page shows this doubled host name.
    ///
    /// Base URL: `https://www.wazime.com.br.socorreaki.com.br/external-api`.
    WaziMe,
    /// WapiFlow.
    ///
    /// Base URL: `https://wapiflow.cloud/external-api`.
    WapiFlow,
}

impl Provider {
    /// Every instance that the spec lists.
    pub const ALL: &'static [Self] = &[Self::EscalaZap, Self::WaziMe, Self::WapiFlow];
    /// Its name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::EscalaZap => "EscalaZap",
            Self::WaziMe => "WaziMe",
            Self::WapiFlow => "WapiFlow",
        }
    }

    /// Where its operations are.
    pub fn base_url(&self) -> String {
        match self {
            Self::EscalaZap => "https://www.escalazap.com/external-api".to_owned(),
            Self::WaziMe => {
                "https://www.wazime.com.br.socorreaki.com.br/external-api".to_owned()
            }
            Self::WapiFlow => "https://wapiflow.cloud/external-api".to_owned(),
        }
    }
}

impl From<Provider> for zap_client_runtime::Instance {
    fn from(provider: Provider) -> Self {
        Self::new(provider.name(), provider.base_url())
    }
}

/// What every call is signed with. It is never shown, and this copy is wiped from memory when dropped.
///
/// - `client_id`: The account's client id, from the dashboard under Developer Tools.
///
///   The address that the request comes from must be on the account's IP whitelist, too. If it is not, the text
///   of the 401 names the address that the server saw. Forwarding headers do not change it.
/// - `client_secret`: The account's client secret, from the dashboard under Developer Tools.
#[derive(Clone, Debug)]
pub struct Credentials {
    client_id: zap_client_runtime::Secret,
    client_secret: zap_client_runtime::Secret,
}

impl Credentials {
    /// Takes over the values; each must be as the provider shows it.
    pub fn new(
        client_id: impl Into<zap_client_runtime::Secret>,
        client_secret: impl Into<zap_client_runtime::Secret>,
    ) -> Self {
        Self {
            client_id: client_id.into(),
            client_secret: client_secret.into(),
        }
    }
}

impl zap_client_runtime::Credentials for Credentials {
    fn into_parts(
        self,
    ) -> Vec<(zap_client_runtime::CredentialLocation, zap_client_runtime::Secret)> {
        vec![
            (zap_client_runtime::CredentialLocation::Header("client-id"), self
            .client_id),
            (zap_client_runtime::CredentialLocation::Header("client-secret"), self
            .client_secret)
        ]
    }
}

/// Client for ExternalApi.
///
/// Contacts, conversations and messages of a WhatsApp Business account, in ten operations. The API has no sandbox:
/// every message that you send reaches a real phone. It has no idempotency keys, no webhooks and no documented rate
/// limit.
///
/// **Errors come with HTTP 200.** The body reports what went wrong: `status` is `error`, and `remark` holds the
/// reason. The providers' pages promise standard status codes, but only wrong credentials (401), unknown routes
/// (404) and errors of PHP itself (500) have them.
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

    /// `contact_list`: List the account's contacts, newest first.
    pub static CONTACT_LIST: Operation =
        Operation::new("contact_list", Method::GET, "/contact/list", Safety::Read, "List the account's contacts, newest first.")
            .with_fields(&["page", "paginate", "search"])
            .with_rules(&[
                Rule::new(&["page"], Constraint::Minimum(1), Evidence::Observed, &["E3", "E16"], "Pages are numbered from 1. The server treats 0 and negative numbers as 1."),
                Rule::new(&["paginate"], Constraint::Minimum(1), Evidence::Observed, &["E3", "E16"], "The server treats 0 as 15, and fails with `exception` on a negative number."),
            ])
            .with_pagination(Pagination {
                page: "page",
                page_size: "paginate",
                items: &["data", "contacts", "data"],
                last_page: &["data", "contacts", "last_page"],
                total: Some(&["data", "contacts", "total"]),
                key: Some("id"),
            });

    /// `contact_store`: Create a contact.
    pub static CONTACT_STORE: Operation =
        Operation::new("contact_store", Method::POST, "/contact/store", Safety::Change, "Create a contact.")
            .with_fields(&["firstname", "lastname", "mobile_code", "mobile", "city", "state", "post_code", "address", "profile_image"])
            .with_rules(&[
                Rule::new(&["firstname"], Constraint::Required, Evidence::Observed, &["E3", "E5", "E24"], ""),
                Rule::new(&["firstname"], Constraint::MaxLength(40), Evidence::Observed, &["E3", "E5", "E24"], "The server removes spaces around it, and refuses an empty name and one of more than 40 characters."),
                Rule::new(&["firstname"], Constraint::MinLength(1), Evidence::Observed, &["E3", "E5", "E24"], "The server removes spaces around it, and refuses an empty name and one of more than 40 characters."),
                Rule::new(&["lastname"], Constraint::Required, Evidence::Observed, &["E3", "E5"], ""),
                Rule::new(&["lastname"], Constraint::MinLength(1), Evidence::Observed, &["E3", "E5"], "The server removes spaces around it, and refuses an empty name."),
                Rule::new(&["mobile_code"], Constraint::Required, Evidence::Observed, &["E3", "E12", "E21", "E24"], ""),
                Rule::new(&["mobile_code"], Constraint::MaxLength(40), Evidence::Observed, &["E3", "E12", "E21", "E24"], "The server refuses an empty calling code, and fails with `exception` on one of more than 40 characters."),
                Rule::new(&["mobile_code"], Constraint::MinLength(1), Evidence::Observed, &["E3", "E12", "E21", "E24"], "The server refuses an empty calling code, and fails with `exception` on one of more than 40 characters."),
                Rule::new(&["mobile"], Constraint::Required, Evidence::Observed, &["E3", "E21", "E24"], ""),
                Rule::new(&["mobile"], Constraint::MaxLength(40), Evidence::Observed, &["E3", "E21", "E24"], "The server refuses anything but digits, and fails with `exception` on more than 40 of them."),
                Rule::new(&["mobile"], Constraint::MinLength(1), Evidence::Observed, &["E3", "E21", "E24"], "The server refuses anything but digits, and fails with `exception` on more than 40 of them."),
                Rule::new(&["mobile"], Constraint::Digits, Evidence::Observed, &["E3", "E21", "E24"], "The server refuses anything but digits, and fails with `exception` on more than 40 of them."),
                Rule::new(&["profile_image"], Constraint::FileTypes(&["jpg", "jpeg", "png"]), Evidence::Observed, &["E3", "E5", "E8", "E24", "E30"], "The server refuses an empty file, and pictures of other types, such as GIF and WebP."),
                Rule::new(&["profile_image"], Constraint::MinBytes(1), Evidence::Observed, &["E3", "E5", "E8", "E24", "E30"], "The server refuses an empty file, and pictures of other types, such as GIF and WebP."),
                Rule::new(&["profile_image"], Constraint::MaxBytes(104857600), Evidence::Guess, &["E17", "E30"], "The providers' pages allow no larger file. The server answered a file over its upload limit with `exception`."),
            ]);

    /// `contact_update`: Replace a contact's data.
    pub static CONTACT_UPDATE: Operation =
        Operation::new("contact_update", Method::POST, "/contact/update/{contact_id}", Safety::Change, "Replace a contact's data.")
            .with_fields(&["contact_id", "firstname", "lastname", "mobile_code", "mobile", "city", "state", "post_code", "address", "profile_image"])
            .with_rules(&[
                Rule::new(&["contact_id"], Constraint::Required, Evidence::Observed, &["E8", "E21"], ""),
                Rule::new(&["contact_id"], Constraint::Minimum(1), Evidence::Observed, &["E8", "E21"], "Ids start at 1, so the server finds nothing for a smaller number."),
                Rule::new(&["firstname"], Constraint::Required, Evidence::Observed, &["E3", "E5", "E13"], ""),
                Rule::new(&["firstname"], Constraint::MinLength(1), Evidence::Observed, &["E3", "E5", "E13"], "The server removes spaces around it, and refuses an empty name."),
                Rule::new(&["lastname"], Constraint::Required, Evidence::Observed, &["E3", "E5", "E13"], ""),
                Rule::new(&["lastname"], Constraint::MinLength(1), Evidence::Observed, &["E3", "E5", "E13"], "The server removes spaces around it, and refuses an empty name."),
                Rule::new(&["mobile_code"], Constraint::Required, Evidence::Observed, &["E3", "E13", "E21", "E24"], ""),
                Rule::new(&["mobile_code"], Constraint::MaxLength(40), Evidence::Observed, &["E3", "E13", "E21", "E24"], "The server refuses an empty calling code, and fails with `exception` on one of more than 40 characters."),
                Rule::new(&["mobile_code"], Constraint::MinLength(1), Evidence::Observed, &["E3", "E13", "E21", "E24"], "The server refuses an empty calling code, and fails with `exception` on one of more than 40 characters."),
                Rule::new(&["mobile"], Constraint::Required, Evidence::Observed, &["E3", "E13", "E21", "E24"], ""),
                Rule::new(&["mobile"], Constraint::MaxLength(40), Evidence::Observed, &["E3", "E13", "E21", "E24"], "The server refuses anything but digits, and fails with `exception` on more than 40 of them."),
                Rule::new(&["mobile"], Constraint::MinLength(1), Evidence::Observed, &["E3", "E13", "E21", "E24"], "The server refuses anything but digits, and fails with `exception` on more than 40 of them."),
                Rule::new(&["mobile"], Constraint::Digits, Evidence::Observed, &["E3", "E13", "E21", "E24"], "The server refuses anything but digits, and fails with `exception` on more than 40 of them."),
                Rule::new(&["profile_image"], Constraint::FileTypes(&["jpg", "jpeg", "png"]), Evidence::Observed, &["E3", "E5", "E10", "E13", "E24", "E30"], "The server refuses an empty file, and pictures of other types, such as GIF and WebP."),
                Rule::new(&["profile_image"], Constraint::MinBytes(1), Evidence::Observed, &["E3", "E5", "E10", "E13", "E24", "E30"], "The server refuses an empty file, and pictures of other types, such as GIF and WebP."),
                Rule::new(&["profile_image"], Constraint::MaxBytes(104857600), Evidence::Guess, &["E17", "E30"], "The providers' pages allow no larger file. The server answered a file over its upload limit with `exception`."),
            ]);

    /// `contact_delete`: Delete a contact.
    pub static CONTACT_DELETE: Operation =
        Operation::new("contact_delete", Method::DELETE, "/contact/delete/{contact_id}", Safety::Change, "Delete a contact.")
            .with_fields(&["contact_id"])
            .with_rules(&[
                Rule::new(&["contact_id"], Constraint::Required, Evidence::Observed, &["E8", "E21"], ""),
                Rule::new(&["contact_id"], Constraint::Minimum(1), Evidence::Observed, &["E8", "E21"], "Ids start at 1, so the server finds nothing for a smaller number."),
            ]);

    /// `conversation_list`: List the conversations, the one with the latest message first.
    pub static CONVERSATION_LIST: Operation =
        Operation::new("conversation_list", Method::GET, "/inbox/conversation-list", Safety::Read, "List the conversations, the one with the latest message first.")
            .with_fields(&["status", "page", "paginate", "search"])
            .with_rules(&[
                Rule::new(&["status"], Constraint::Maximum(4), Evidence::Observed, &["E15"], "For any other number the server finds nothing, and reports an empty list as a success."),
                Rule::new(&["status"], Constraint::Minimum(0), Evidence::Observed, &["E15"], "For any other number the server finds nothing, and reports an empty list as a success."),
                Rule::new(&["page"], Constraint::Minimum(1), Evidence::Observed, &["E3", "E16"], "Pages are numbered from 1. The server treats 0 and negative numbers as 1."),
                Rule::new(&["paginate"], Constraint::Minimum(1), Evidence::Observed, &["E3", "E16"], "The server treats 0 as 15, and fails with `exception` on a negative number."),
            ])
            .with_pagination(Pagination {
                page: "page",
                page_size: "paginate",
                items: &["data", "conversation", "data"],
                last_page: &["data", "conversation", "last_page"],
                total: Some(&["data", "conversation", "total"]),
                key: Some("id"),
            });

    /// `conversation_details`: Fetch one conversation with its contact, notes, tags and lists.
    pub static CONVERSATION_DETAILS: Operation =
        Operation::new("conversation_details", Method::GET, "/inbox/conversation-details/{conversation_id}", Safety::Read, "Fetch one conversation with its contact, notes, tags and lists.")
            .with_fields(&["conversation_id"])
            .with_rules(&[
                Rule::new(&["conversation_id"], Constraint::Required, Evidence::Observed, &["E8", "E21"], ""),
                Rule::new(&["conversation_id"], Constraint::Minimum(1), Evidence::Observed, &["E8", "E21"], "Ids start at 1, so the server finds nothing for a smaller number."),
            ]);

    /// `change_conversation_status`: Set the status of a conversation.
    pub static CHANGE_CONVERSATION_STATUS: Operation =
        Operation::new("change_conversation_status", Method::POST, "/inbox/change-conversation-status/{conversation_id}", Safety::Change, "Set the status of a conversation.")
            .with_fields(&["conversation_id", "status"])
            .with_rules(&[
                Rule::new(&["conversation_id"], Constraint::Required, Evidence::Observed, &["E8", "E21"], ""),
                Rule::new(&["conversation_id"], Constraint::Minimum(1), Evidence::Observed, &["E8", "E21"], "Ids start at 1, so the server finds nothing for a smaller number."),
                Rule::new(&["status"], Constraint::Required, Evidence::Observed, &["E15"], ""),
                Rule::new(&["status"], Constraint::Maximum(3), Evidence::Observed, &["E15"], "The server refuses any other number."),
                Rule::new(&["status"], Constraint::Minimum(0), Evidence::Observed, &["E15"], "The server refuses any other number."),
            ]);

    /// `send_message`: Send a text, a file, a location or an interactive message.
    pub static SEND_MESSAGE: Operation =
        Operation::new("send_message", Method::POST, "/inbox/send-message", Safety::Change, "Send a text, a file, a location or an interactive message.")
            .with_fields(&["mobile_code", "mobile", "from_number", "cta_url_id", "interactive_list_id", "image", "document", "video", "audio", "latitude", "longitude", "name", "address", "product", "created_order_data", "message"])
            .with_rules(&[
                Rule::new(&["mobile_code"], Constraint::Required, Evidence::Observed, &["E12", "E17"], ""),
                Rule::new(&["mobile_code"], Constraint::MinLength(1), Evidence::Observed, &["E12", "E17"], "The server refuses an empty calling code."),
                Rule::new(&["mobile"], Constraint::Required, Evidence::Observed, &["E12", "E17", "E21"], ""),
                Rule::new(&["mobile"], Constraint::MinLength(1), Evidence::Observed, &["E12", "E17", "E21"], "The server refuses anything but digits."),
                Rule::new(&["mobile"], Constraint::Digits, Evidence::Observed, &["E12", "E17", "E21"], "The server refuses anything but digits."),
                Rule::new(&["cta_url_id"], Constraint::Minimum(1), Evidence::Observed, &["E17"], "The server treats 0 as absent, reports success and sends a blank text message."),
                Rule::new(&["interactive_list_id"], Constraint::Minimum(1), Evidence::Observed, &["E17"], "Ids start at 1."),
                Rule::new(&["image"], Constraint::FileTypes(&["jpg", "jpeg", "png"]), Evidence::Observed, &["E5", "E17", "E24"], "The server refuses an empty or larger file, and pictures of other types, such as GIF and WebP."),
                Rule::new(&["image"], Constraint::MaxBytes(5242880), Evidence::Observed, &["E5", "E17", "E24"], "The server refuses an empty or larger file, and pictures of other types, such as GIF and WebP."),
                Rule::new(&["image"], Constraint::MinBytes(1), Evidence::Observed, &["E5", "E17", "E24"], "The server refuses an empty or larger file, and pictures of other types, such as GIF and WebP."),
                Rule::new(&["document"], Constraint::FileTypes(&["pdf", "doc", "docx"]), Evidence::Observed, &["E5", "E17", "E24", "E28", "E29"], "The server refuses an empty or larger file and a file of another type. It delivers a file with a longer name, but answers with `exception`."),
                Rule::new(&["document"], Constraint::MaxBytes(104857600), Evidence::Observed, &["E5", "E17", "E24", "E28", "E29"], "The server refuses an empty or larger file and a file of another type. It delivers a file with a longer name, but answers with `exception`."),
                Rule::new(&["document"], Constraint::MaxNameLength(255), Evidence::Observed, &["E5", "E17", "E24", "E28", "E29"], "The server refuses an empty or larger file and a file of another type. It delivers a file with a longer name, but answers with `exception`."),
                Rule::new(&["document"], Constraint::MinBytes(1), Evidence::Observed, &["E5", "E17", "E24", "E28", "E29"], "The server refuses an empty or larger file and a file of another type. It delivers a file with a longer name, but answers with `exception`."),
                Rule::new(&["video"], Constraint::FileTypes(&["mp4"]), Evidence::Observed, &["E5", "E17", "E24"], "The server refuses an empty or larger file and a file of another type."),
                Rule::new(&["video"], Constraint::MaxBytes(16777216), Evidence::Observed, &["E5", "E17", "E24"], "The server refuses an empty or larger file and a file of another type."),
                Rule::new(&["video"], Constraint::MinBytes(1), Evidence::Observed, &["E5", "E17", "E24"], "The server refuses an empty or larger file and a file of another type."),
                Rule::new(&["audio"], Constraint::MaxBytes(16777216), Evidence::Observed, &["E5", "E17", "E24", "E35", "E30"], "The server refuses a larger file, and fails with `exception` on an empty one."),
                Rule::new(&["audio"], Constraint::MinBytes(1), Evidence::Observed, &["E5", "E17", "E24", "E35", "E30"], "The server refuses a larger file, and fails with `exception` on an empty one."),
                Rule::new(&["latitude"], Constraint::Maximum(90), Evidence::Observed, &["E17", "E24"], "A latitude is between -90 and 90. The server does not check it, and forwards it to WhatsApp."),
                Rule::new(&["latitude"], Constraint::Minimum(-90), Evidence::Observed, &["E17", "E24"], "A latitude is between -90 and 90. The server does not check it, and forwards it to WhatsApp."),
                Rule::new(&["longitude"], Constraint::Maximum(180), Evidence::Observed, &["E17", "E24"], "A longitude is between -180 and 180. The server does not check it, and forwards it to WhatsApp."),
                Rule::new(&["longitude"], Constraint::Minimum(-180), Evidence::Observed, &["E17", "E24"], "A longitude is between -180 and 180. The server does not check it, and forwards it to WhatsApp."),
                Rule::new(&["product"], Constraint::Json, Evidence::Observed, &["E17", "E26", "E36"], "For any other text the server fails, or reports success and sends a blank text message, as for an empty object or 0."),
                Rule::new(&["product"], Constraint::JsonObject(&["name", "description", "permalink"]), Evidence::Observed, &["E17", "E26", "E36"], "For any other text the server fails, or reports success and sends a blank text message, as for an empty object or 0."),
                Rule::new(&["created_order_data"], Constraint::Json, Evidence::Observed, &["E17", "E26", "E36"], "For any other text the server fails, or reports success and sends a blank text message, as for an empty object or 0."),
                Rule::new(&["created_order_data"], Constraint::JsonObject(&["order_url"]), Evidence::Observed, &["E17", "E26", "E36"], "For any other text the server fails, or reports success and sends a blank text message, as for an empty object or 0."),
                Rule::new(&["cta_url_id", "interactive_list_id", "image", "document", "video", "audio", "latitude", "longitude", "product", "created_order_data", "message"], Constraint::AtLeastOne, Evidence::Observed, &["E17"], "The server refuses a message without content."),
                Rule::new(&["latitude", "longitude"], Constraint::AllOrNone, Evidence::Observed, &["E17"], "With only one coordinate the server reports success and sends a blank text message."),
                Rule::new(&["latitude"], Constraint::NotZero, Evidence::Observed, &["E17"], "With a coordinate of 0 the server reports success and sends a blank text message."),
                Rule::new(&["longitude"], Constraint::NotZero, Evidence::Observed, &["E17"], "With a coordinate of 0 the server reports success and sends a blank text message."),
                Rule::new(&["cta_url_id", "interactive_list_id", "image", "document", "video", "audio", "latitude", "product", "created_order_data"], Constraint::AtMostOne, Evidence::Observed, &["E17"], "If there are several contents, the server sends one, drops the others and reports success."),
                Rule::new(&["message", "cta_url_id", "interactive_list_id", "audio", "latitude", "product", "created_order_data"], Constraint::NotBeside, Evidence::Observed, &["E17", "E35"], "Only a picture, a document and a video can have a caption. With any other content the server drops the text and reports success. Send the text in a separate call."),
                Rule::new(&["name", "address"], Constraint::AllOrNone, Evidence::Observed, &["E35"], "The server labels a location only if both are given. It drops one alone and reports success."),
                Rule::new(&["name", "latitude", "longitude"], Constraint::OnlyWith, Evidence::Observed, &["E17", "E35"], "It is the label of a location. Without a location the server drops it and reports success."),
                Rule::new(&["message"], Constraint::MaxLength(4096), Evidence::Public, &["E31", "E32"], "The provider accepts a longer text and reports success, and then WhatsApp refuses it. Characters are Unicode code points."),
                Rule::new(&["message"], Constraint::MaxLengthBeside(1024, &["image", "document", "video"]), Evidence::Public, &["E31", "E32"], "The provider accepts a longer caption and reports success, and then WhatsApp refuses it. Characters are Unicode code points."),
            ]);

    /// `send_template_message`: Send an approved template.
    pub static SEND_TEMPLATE_MESSAGE: Operation =
        Operation::new("send_template_message", Method::POST, "/inbox/send-template-message", Safety::Change, "Send an approved template.")
            .with_fields(&["mobile_code", "mobile", "from_number", "template_id", "header_variables[]", "body_variables[]"])
            .with_rules(&[
                Rule::new(&["mobile_code"], Constraint::Required, Evidence::Observed, &["E12", "E20"], ""),
                Rule::new(&["mobile_code"], Constraint::MinLength(1), Evidence::Observed, &["E12", "E20"], "The server refuses an empty calling code."),
                Rule::new(&["mobile"], Constraint::Required, Evidence::Observed, &["E12", "E20", "E21"], ""),
                Rule::new(&["mobile"], Constraint::MinLength(1), Evidence::Observed, &["E12", "E20", "E21"], "The server refuses anything but digits."),
                Rule::new(&["mobile"], Constraint::Digits, Evidence::Observed, &["E12", "E20", "E21"], "The server refuses anything but digits."),
                Rule::new(&["template_id"], Constraint::Required, Evidence::Observed, &["E3", "E20"], ""),
                Rule::new(&["template_id"], Constraint::Minimum(1), Evidence::Observed, &["E3", "E20"], "Ids start at 1, so the server finds nothing for a smaller number."),
                Rule::new(&["header_variables[]"], Constraint::MinLength(1), Evidence::Observed, &["E5", "E20", "E27", "E33"], "The server treats an empty value as absent, and WhatsApp refuses a variable without a value."),
                Rule::new(&["body_variables[]"], Constraint::MinLength(1), Evidence::Observed, &["E5", "E20", "E27", "E33"], "The server treats an empty value as absent, and WhatsApp refuses a variable without a value."),
                Rule::new(&["header_variables[]"], Constraint::NoPlaceholder(&["{{ contactName }}", "{{ contactMobile }}"]), Evidence::Observed, &["E27"], "The server treats such a value as a placeholder. It fails, or sends one space in place of the whole value."),
                Rule::new(&["body_variables[]"], Constraint::NoPlaceholder(&["{{ contactName }}", "{{ contactMobile }}"]), Evidence::Observed, &["E27"], "The server treats such a value as a placeholder. It fails, or sends one space in place of the whole value."),
                Rule::new(&["header_variables[]"], Constraint::OneLine, Evidence::Public, &["E33"], "WhatsApp refuses such a value after the provider has accepted it."),
                Rule::new(&["body_variables[]"], Constraint::OneLine, Evidence::Public, &["E33"], "WhatsApp refuses such a value after the provider has accepted it."),
                Rule::new(&["header_variables[]"], Constraint::MaxLength(1024), Evidence::Public, &["E32"], "WhatsApp refuses a longer value after the provider has accepted it. Characters are Unicode code points."),
                Rule::new(&["body_variables[]"], Constraint::MaxLength(1024), Evidence::Public, &["E32"], "WhatsApp refuses a longer value after the provider has accepted it. Characters are Unicode code points."),
            ]);

    /// `template_list`: List the account's message templates, approved or not.
    pub static TEMPLATE_LIST: Operation =
        Operation::new("template_list", Method::GET, "/inbox/template-list", Safety::Read, "List the account's message templates, approved or not.")
            .with_fields(&["page", "paginate"])
            .with_rules(&[
                Rule::new(&["page"], Constraint::Minimum(1), Evidence::Observed, &["E3", "E16"], "Pages are numbered from 1. The server treats 0 and negative numbers as 1."),
                Rule::new(&["paginate"], Constraint::Minimum(1), Evidence::Observed, &["E3", "E16"], "The server treats 0 as 15, and fails with `exception` on a negative number."),
            ])
            .with_pagination(Pagination {
                page: "page",
                page_size: "paginate",
                items: &["data", "templates", "data"],
                last_page: &["data", "templates", "last_page"],
                total: Some(&["data", "templates", "total"]),
                key: Some("id"),
            });

    /// All of them, in the order of the spec.
    pub static ALL: &[&Operation] = &[
        &CONTACT_LIST,
        &CONTACT_STORE,
        &CONTACT_UPDATE,
        &CONTACT_DELETE,
        &CONVERSATION_LIST,
        &CONVERSATION_DETAILS,
        &CHANGE_CONVERSATION_STATUS,
        &SEND_MESSAGE,
        &SEND_TEMPLATE_MESSAGE,
        &TEMPLATE_LIST,
    ];
}

impl Client {
    /// Delete a contact
    ///
    /// The server refuses to delete a contact that has messages or is blocked, with `contact_error`. It does delete
    /// a contact whose conversation has no messages. The conversation remains, and its `contact` is null from then
    /// on.
    ///
    /// The providers' sample sends a body. It has no meaning, and the client does not send one.
    ///
    /// Changes something: an error's `outcome()` says whether it did, and so whether it may be sent again.
    ///
    /// Source: observed (E1, E5, E6, E8).
    ///
    /// Sends a `DELETE` request to `/contact/delete/{contact_id}`
    ///
    /// # Arguments
    ///
    /// - `contact_id` (required): Id of the contact, as in the list of contacts. The server refuses unknown ids and those of other accounts.
    pub fn contact_delete(&self) -> builder::ContactDelete<'_> {
        builder::ContactDelete::new(self)
    }

    /// List the account's contacts, newest first
    ///
    /// Returns one page at a time. The list includes blocked contacts.
    ///
    /// Only reads: repeating it does no harm.
    ///
    /// Source: observed (E1, E3, E5, E16).
    ///
    /// Sends a `GET` request to `/contact/list`
    ///
    /// # Arguments
    ///
    /// - `page`: Number of the page, from 1. The default is the first page. Beyond the last page the list is empty, which is not an error.
    /// - `paginate`: Number of items on a page. The default is 20. No upper limit is known: a huge number returns everything. The server treats 0 as 15, and fails with `exception` on a negative number.
    /// - `search`: Part of a first name, last name or mobile number.
    pub fn contact_list(&self) -> builder::ContactList<'_> {
        builder::ContactList::new(self)
    }

    /// Create a contact
    ///
    /// The server refuses a number that the account already has, blocked or not, with `validation_error`. If the
    /// account has reached its contact limit, the server refuses the contact with `contact_limit_error`. Two
    /// accounts may have the same number.
    ///
    /// Store a contact before you write to its number. Not every instance creates the contact when you send a
    /// message.
    ///
    /// Changes something: an error's `outcome()` says whether it did, and so whether it may be sent again.
    ///
    /// Source: observed (E1, E3, E5, E12, E21).
    ///
    /// Sends a `POST` request to `/contact/store`
    ///
    /// # Arguments
    ///
    /// - `body` (required): the form, [`types::ContactStoreBody`]; `body_map` fills it in place
    pub fn contact_store(&self) -> builder::ContactStore<'_> {
        builder::ContactStore::new(self)
    }

    /// Replace a contact's data
    ///
    /// Send the whole contact. The providers' pages say that omitted fields keep their values, but the server
    /// requires the four required fields again, and erases `city`, `state`, `post_code` and `address` if you omit
    /// them. It keeps only the picture.
    ///
    /// Each successful update takes 1 from what remains of the account's contact limit, even if no value changes.
    /// You can update blocked contacts. On success the remark is `contact_created`.
    ///
    /// Changes something: an error's `outcome()` says whether it did, and so whether it may be sent again.
    ///
    /// Source: observed (E1, E3, E5, E13, E21).
    ///
    /// Sends a `POST` request to `/contact/update/{contact_id}`
    ///
    /// # Arguments
    ///
    /// - `contact_id` (required): Id of the contact, as in the list of contacts. The server refuses unknown ids and those of other accounts.
    /// - `body` (required): the form, [`types::ContactUpdateBody`]; `body_map` fills it in place
    pub fn contact_update(&self) -> builder::ContactUpdate<'_> {
        builder::ContactUpdate::new(self)
    }

    /// Set the status of a conversation
    ///
    /// Setting the status that a conversation already has succeeds.
    ///
    /// Changes something: an error's `outcome()` says whether it did, and so whether it may be sent again.
    ///
    /// Source: observed (E1, E5, E6, E15).
    ///
    /// Sends a `POST` request to `/inbox/change-conversation-status/{conversation_id}`
    ///
    /// # Arguments
    ///
    /// - `conversation_id` (required): Id of the conversation, as in the list of conversations or in the answer to a sent message. The server refuses unknown ids with `not_found`.
    /// - `body` (required): the form, [`types::ChangeConversationStatusBody`]; `body_map` fills it in place
    pub fn change_conversation_status(&self) -> builder::ChangeConversationStatus<'_> {
        builder::ChangeConversationStatus::new(self)
    }

    /// Fetch one conversation with its contact, notes, tags and lists
    ///
    /// The tags and lists are in the contact. The answer does not include messages, and no operation lists them.
    ///
    /// The providers' sample sends a body. It has no meaning, and the client does not send one.
    ///
    /// Only reads: repeating it does no harm.
    ///
    /// Source: observed (E1, E5).
    ///
    /// Sends a `GET` request to `/inbox/conversation-details/{conversation_id}`
    ///
    /// # Arguments
    ///
    /// - `conversation_id` (required): Id of the conversation, as in the list of conversations or in the answer to a sent message. The server refuses unknown ids with `not_found`.
    pub fn conversation_details(&self) -> builder::ConversationDetails<'_> {
        builder::ConversationDetails::new(self)
    }

    /// List the conversations, the one with the latest message first
    ///
    /// Returns one page at a time, each conversation with its contact and its notes. Conversations without a
    /// message come last. The page is in `data.conversation`, which is singular.
    ///
    /// Only reads: repeating it does no harm.
    ///
    /// Source: observed (E1, E5, E15, E16).
    ///
    /// Sends a `GET` request to `/inbox/conversation-list`
    ///
    /// # Arguments
    ///
    /// - `status`: Lists only conversations with this status, from 0 to 4. By default, lists all conversations. The recorded version also accepts several statuses as `status[]`, which is undocumented and not supported by the client.
    /// - `page`: Number of the page, from 1. The default is the first page. Beyond the last page the list is empty, which is not an error.
    /// - `paginate`: Number of items on a page. The default is 20. No upper limit is known: a huge number returns everything. The server treats 0 as 15, and fails with `exception` on a negative number.
    /// - `search`: Part of the contact's name or mobile number. Letter case and accents do not matter. You can combine it with `status`. It is undocumented, but works on the recorded version.
    pub fn conversation_list(&self) -> builder::ConversationList<'_> {
        builder::ConversationList::new(self)
    }

    /// Send a text, a file, a location or an interactive message
    ///
    /// Each call sends one message. If a request has several contents, the server sends the first in this order:
    /// `cta_url_id`, `interactive_list_id`, `image`, `document`, `video`, `audio`, the location, `message`. It
    /// silently drops the others and reports success. The exception is a `message` beside a picture, document or
    /// video, which is sent as its caption. The client therefore refuses several contents before sending. `product`
    /// and `created_order_data` take precedence over an interactive list and files; their precedence over
    /// `cta_url_id` is not known.
    ///
    /// The number must be a contact of the account. The providers' pages promise that an unknown number becomes a
    /// contact with a conversation, but the recorded version answers `exception`, creates nothing and sends
    /// nothing. Storing the contact first works in both cases. If the contact has no conversation, the server
    /// creates one, which remains even if the server then refuses the message.
    ///
    /// The server answers `not_found` if the contact is blocked, if the plan has no interactive messages, or if the
    /// sender is unknown. The remark `exception` proves nothing: the message may or may not have been sent. The API
    /// has no idempotency keys, so a second call may send the message twice.
    ///
    /// Changes something: an error's `outcome()` says whether it did, and so whether it may be sent again.
    ///
    /// Source: observed (E1, E5, E9, E10, E12, E17, E18, E19, E22, E36).
    ///
    /// Sends a `POST` request to `/inbox/send-message`
    ///
    /// # Arguments
    ///
    /// - `body` (required): the form, [`types::SendMessageBody`]; `body_map` fills it in place
    pub fn send_message(&self) -> builder::SendMessage<'_> {
        builder::SendMessage::new(self)
    }

    /// Send an approved template
    ///
    /// **The recorded version reports an error for a template that it delivered:** `status` is `error` and `remark`
    /// is `exception`, although the message was sent and stored. A delivery that failed gets the same remark. The
    /// answer alone cannot tell you which of the two happened, so do not send again because of it.
    ///
    /// The number must be a contact of the account, as for sending a message. The server answers `not_found` if the
    /// contact is blocked, or if the template is unknown, rejected or of another account.
    ///
    /// Changes something: an error's `outcome()` says whether it did, and so whether it may be sent again.
    ///
    /// Source: observed (E1, E5, E9, E10, E12, E18, E20, E22).
    ///
    /// Sends a `POST` request to `/inbox/send-template-message`
    ///
    /// # Arguments
    ///
    /// - `body` (required): the form, [`types::SendTemplateMessageBody`]; `body_map` fills it in place
    pub fn send_template_message(&self) -> builder::SendTemplateMessage<'_> {
        builder::SendTemplateMessage::new(self)
    }

    /// List the account's message templates, approved or not
    ///
    /// Returns one page at a time, although the providers' pages mention neither pages nor their parameters. The
    /// server ignores `search`.
    ///
    /// Only reads: repeating it does no harm.
    ///
    /// Source: observed (E1, E16, E20).
    ///
    /// Sends a `GET` request to `/inbox/template-list`
    ///
    /// # Arguments
    ///
    /// - `page`: Number of the page, from 1. The default is the first page. Beyond the last page the list is empty, which is not an error.
    /// - `paginate`: Number of items on a page. The default is 20. No upper limit is known: a huge number returns everything. The server treats 0 as 15, and fails with `exception` on a negative number.
    pub fn template_list(&self) -> builder::TemplateList<'_> {
        builder::TemplateList::new(self)
    }
}

/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    /// The status to set.
    #[derive(Clone)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    pub struct ChangeConversationStatusBody {
        /// The new status, from 0 to 3. The providers' pages also offer 4 (`Unread`), but the recorded version
        /// refuses it with `validation_error`. It accepts 0 (`Unset`), which those pages do not mention.
        ///
        /// Checked before sending: at most 3; at least 0.
        ///
        /// Source: observed (E15).
        pub status: crate::types::ConversationStatus,
    }

    impl ChangeConversationStatusBody {
        pub fn builder() -> builder::ChangeConversationStatusBody {
            Default::default()
        }
    }

    /// The answer to setting a conversation's status. It never has `data`.
    ///
    /// Source: observed (E6).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ChangeConversationStatusResponse {
        /// Human-readable texts. Absent if there are none.
        pub message: Option<Vec<String>>,
        /// Machine-readable reason; `status_updated` on success.
        pub remark: Option<String>,
        /// Result of the call, `success` or `error`. This is not the status of the conversation.
        pub status: Option<String>,
    }

    zap_client_runtime::object! {
        ChangeConversationStatusResponse {
            "message" => message,
            "remark" => remark,
            "status" => status,
        }
    }

    /// A contact. Which fields are present depends on the operation. A contact that was just created has no `image`
    /// (unless one was sent), `status`, `details`, `is_customer`, `is_blocked` or `blocked_by`. Only the details of
    /// a conversation include `tags` and `lists`.
    ///
    /// Source: observed (E21).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct Contact {
        /// Postal address. Null or an empty array if there is none.
        pub address: Option<ContactAddress>,
        /// Id of the user who blocked the contact; 0 if it is not blocked.
        pub blocked_by: Option<i64>,
        /// When the contact was created, in UTC, such as `2026-01-01T21:04:05.000000Z`; may be null.
        pub created_at: Option<String>,
        /// Custom attributes by name, as set in the dashboard. This API cannot set them. Null or an empty array if
        /// there are none.
        pub details: ::serde_json::Map<String, ::serde_json::Value>,
        /// First name; may be null.
        pub firstname: Option<String>,
        /// First and last name. If both are missing, `+`, the calling code and the mobile number.
        pub full_name: Option<String>,
        /// Id of the contact.
        pub id: Option<i64>,
        /// File name of the picture, chosen by the server; null if there is no picture.
        pub image: Option<String>,
        /// URL of the picture. Only the URL of a placeholder was seen, even for contacts with a picture.
        pub image_src: Option<String>,
        /// 1 if the contact is blocked, else 0. You can neither write to a blocked contact nor delete it.
        pub is_blocked: Option<i64>,
        /// 1 if the contact is marked as a customer, else 0.
        pub is_customer: Option<i64>,
        /// Last name; may be null.
        pub lastname: Option<String>,
        /// The contact lists that include the contact.
        pub lists: Option<Vec<ContactList>>,
        /// Mobile number without the calling code, as it was stored. The server returns a number if this call sent
        /// a JSON number.
        pub mobile: Option<String>,
        /// Calling code of the country, as it was stored. The server returns a number if this call sent a JSON
        /// number.
        pub mobile_code: Option<String>,
        /// Only 0 was seen. The meaning is not known.
        pub status: Option<i64>,
        /// The contact's tags.
        pub tags: Option<Vec<ContactTag>>,
        /// When the contact was last changed, in UTC, such as `2026-01-01T21:04:05.000000Z`; may be null.
        pub updated_at: Option<String>,
        /// Id of the account that owns the contact.
        pub user_id: Option<i64>,
    }

    zap_client_runtime::object! {
        Contact {
            "address" => address,
            "blocked_by" => blocked_by,
            "created_at" => created_at,
            "details" => details,
            "firstname" => firstname,
            "full_name" => full_name,
            "id" => id,
            "image" => image,
            "image_src" => image_src,
            "is_blocked" => is_blocked,
            "is_customer" => is_customer,
            "lastname" => lastname,
            "lists" => lists,
            "mobile" => mobile,
            "mobile_code" => mobile_code,
            "status" => status,
            "tags" => tags,
            "updated_at" => updated_at,
            "user_id" => user_id,
        }
    }

    /// Postal address of a contact. Parts that were not sent are empty strings.
    ///
    /// Source: observed (E21).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ContactAddress {
        /// Street and number.
        pub address: Option<String>,
        /// City.
        pub city: Option<String>,
        /// English name of the country. The server derives it from the calling code; it is empty for an unknown
        /// code. If several countries share a code, the server takes the first in its list: for `1` that is Canada.
        pub country: Option<String>,
        /// Postal code.
        pub post_code: Option<String>,
        /// State or province.
        pub state: Option<String>,
    }

    zap_client_runtime::object! {
        ContactAddress {
            "address" => address,
            "city" => city,
            "country" => country,
            "post_code" => post_code,
            "state" => state,
        }
    }

    /// The answer to deleting a contact. It never has `data`.
    ///
    /// Source: observed (E6).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ContactDeleteResponse {
        /// Human-readable texts. Absent if there are none.
        pub message: Option<Vec<String>>,
        /// Machine-readable reason; `contact_deleted` on success.
        pub remark: Option<String>,
        /// `success` or `error`.
        pub status: Option<String>,
    }

    zap_client_runtime::object! {
        ContactDeleteResponse {
            "message" => message,
            "remark" => remark,
            "status" => status,
        }
    }

    /// A contact list that includes a contact.
    ///
    /// Source: observed (E21).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ContactList {
        /// When the list was created, in UTC, such as `2025-12-31T18:00:00.000000Z`.
        pub created_at: Option<String>,
        /// Id of the list.
        pub id: Option<i64>,
        /// Name of the list.
        pub name: Option<String>,
        /// The link between the contact and the list.
        pub pivot: Option<ContactListPivot>,
        /// When the list was last changed, in UTC, such as `2025-12-31T18:00:00.000000Z`.
        pub updated_at: Option<String>,
        /// Id of the account that owns the list.
        pub user_id: Option<i64>,
    }

    zap_client_runtime::object! {
        ContactList {
            "created_at" => created_at,
            "id" => id,
            "name" => name,
            "pivot" => pivot,
            "updated_at" => updated_at,
            "user_id" => user_id,
        }
    }

    /// The result of listing contacts.
    ///
    /// Source: observed (E16).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ContactListData {
        /// The page.
        pub contacts: Option<ContactPage>,
    }

    zap_client_runtime::object! {
        ContactListData {
            "contacts" => contacts,
        }
    }

    /// The link between a contact and a contact list.
    ///
    /// Source: observed (E21).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ContactListPivot {
        /// Id of the contact.
        pub contact_id: Option<i64>,
        /// Id of the list.
        pub contact_list_id: Option<i64>,
    }

    zap_client_runtime::object! {
        ContactListPivot {
            "contact_id" => contact_id,
            "contact_list_id" => contact_list_id,
        }
    }

    /// The answer to listing contacts.
    ///
    /// Source: observed (E6, E16).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ContactListResponse {
        /// The result. Absent on errors.
        pub data: Option<ContactListData>,
        /// Human-readable texts. Absent if there are none.
        pub message: Option<Vec<String>>,
        /// Machine-readable reason; `contact-list` on success.
        pub remark: Option<String>,
        /// `success` or `error`.
        pub status: Option<String>,
    }

    zap_client_runtime::object! {
        ContactListResponse {
            "data" => data,
            "message" => message,
            "remark" => remark,
            "status" => status,
        }
    }

    /// One page of contacts.
    ///
    /// Source: observed (E16).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ContactPage {
        /// Number of this page, from 1.
        pub current_page: Option<i64>,
        /// The contacts on this page; empty beyond the last page.
        pub data: Option<Vec<Contact>>,
        /// URL of the first page. It has the parameter `page` only, and none of the request's other parameters.
        pub first_page_url: Option<String>,
        /// Position in the whole list of the first item on this page, from 1; null if the page is empty.
        pub from: Option<i64>,
        /// Number of the last page.
        pub last_page: Option<i64>,
        /// URL of the last page. It has the parameter `page` only, and none of the request's other parameters.
        pub last_page_url: Option<String>,
        /// The links of a page bar, as shown on a web page.
        pub links: Option<Vec<PageLink>>,
        /// URL of the next page; null on the last page.
        pub next_page_url: Option<String>,
        /// URL of the list, without parameters.
        pub path: Option<String>,
        /// Items per page.
        pub per_page: Option<i64>,
        /// URL of the previous page; null on the first page.
        pub prev_page_url: Option<String>,
        /// Position in the whole list of the last item on this page, from 1; null if the page is empty.
        pub to: Option<i64>,
        /// Number of items on all pages.
        pub total: Option<i64>,
    }

    zap_client_runtime::object! {
        ContactPage {
            "current_page" => current_page,
            "data" => data,
            "first_page_url" => first_page_url,
            "from" => from,
            "last_page" => last_page,
            "last_page_url" => last_page_url,
            "links" => links,
            "next_page_url" => next_page_url,
            "path" => path,
            "per_page" => per_page,
            "prev_page_url" => prev_page_url,
            "to" => to,
            "total" => total,
        }
    }

    /// The contact to create.
    #[derive(Clone)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    pub struct ContactStoreBody {
        /// Street and number. The whole address must fit into a database column. An address of 70,000 characters
        /// did not.
        ///
        /// Source: observed (E3).
        pub address: Option<String>,
        /// City.
        ///
        /// Source: observed (E3).
        pub city: Option<String>,
        /// First name. The server removes spaces around it.
        ///
        /// Checked before sending: at most 40 characters; not empty.
        ///
        /// Source: observed (E3, E5, E24).
        pub firstname: String,
        /// Last name. The server removes spaces around it.
        ///
        /// Checked before sending: not empty.
        ///
        /// Source: observed (E3, E5).
        pub lastname: String,
        /// Mobile number without the calling code, digits only. The server refuses anything else.
        ///
        /// Checked before sending: at most 40 characters; not empty; digits alone.
        ///
        /// Source: observed (E3, E21, E24).
        pub mobile: String,
        /// Calling code of the country, digits only, such as `55`. The server does not check this: it stores a `+`
        /// as sent, and then a message to the same code without `+` does not find the contact.
        ///
        /// Checked before sending: at most 40 characters; not empty.
        ///
        /// Source: observed (E3, E12, E21, E24).
        pub mobile_code: String,
        /// Postal code.
        ///
        /// Source: observed (E3).
        pub post_code: Option<String>,
        /// Picture, JPEG or PNG. The server judges it by its content rather than by its name. If the server cannot
        /// read the picture and its name ends in `jpg`, `jpeg` or `png`, it refuses it with `image_upload_error`;
        /// with another name it stores the file as it is. No size limit is documented. The recorded server accepted
        /// 3 MB, but a server with PHP's own limits refuses files over 2 MB, and answers those over 8 MB with
        /// `exception`.
        ///
        /// Checked before sending: of type jpg, jpeg, png, by its name or its content; not empty; at most 104857600 bytes (100 MiB).
        ///
        /// Source: observed (E3, E5, E8, E24, E30).
        pub profile_image: Option<::zap_client_runtime::File>,
        /// State or province.
        ///
        /// Source: observed (E3).
        pub state: Option<String>,
    }

    impl ContactStoreBody {
        pub fn builder() -> builder::ContactStoreBody {
            Default::default()
        }
    }

    /// The result of creating a contact.
    ///
    /// Source: observed (E21).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ContactStoreData {
        /// The new contact.
        pub contact: Option<Contact>,
    }

    zap_client_runtime::object! {
        ContactStoreData {
            "contact" => contact,
        }
    }

    /// The answer to creating a contact.
    ///
    /// Source: observed (E6, E21).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ContactStoreResponse {
        /// The result. Absent on errors.
        pub data: Option<ContactStoreData>,
        /// Human-readable texts. Absent if there are none.
        pub message: Option<Vec<String>>,
        /// Machine-readable reason; `contact_created` on success.
        pub remark: Option<String>,
        /// `success` or `error`.
        pub status: Option<String>,
    }

    zap_client_runtime::object! {
        ContactStoreResponse {
            "data" => data,
            "message" => message,
            "remark" => remark,
            "status" => status,
        }
    }

    /// A tag on a contact.
    ///
    /// Source: observed (E21).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ContactTag {
        /// When the tag was created, in UTC, such as `2025-12-31T18:00:00.000000Z`.
        pub created_at: Option<String>,
        /// Id of the tag.
        pub id: Option<i64>,
        /// The tag.
        pub name: Option<String>,
        /// The link between the contact and the tag.
        pub pivot: Option<ContactTagPivot>,
        /// When the tag was last changed, in UTC, such as `2025-12-31T18:00:00.000000Z`.
        pub updated_at: Option<String>,
        /// Id of the account that owns the tag.
        pub user_id: Option<i64>,
    }

    zap_client_runtime::object! {
        ContactTag {
            "created_at" => created_at,
            "id" => id,
            "name" => name,
            "pivot" => pivot,
            "updated_at" => updated_at,
            "user_id" => user_id,
        }
    }

    /// The link between a contact and a tag.
    ///
    /// Source: observed (E21).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ContactTagPivot {
        /// Id of the contact.
        pub contact_id: Option<i64>,
        /// Id of the tag.
        pub contact_tag_id: Option<i64>,
    }

    zap_client_runtime::object! {
        ContactTagPivot {
            "contact_id" => contact_id,
            "contact_tag_id" => contact_tag_id,
        }
    }

    /// The whole contact, with its new values. The server erases optional fields that you omit, except the picture.
    #[derive(Clone)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    pub struct ContactUpdateBody {
        /// Street and number. The server erases it if you omit it.
        ///
        /// Source: observed (E3, E13).
        pub address: Option<String>,
        /// City. The server erases it if you omit it.
        ///
        /// Source: observed (E3, E13).
        pub city: Option<String>,
        /// First name. The providers' pages call it optional in an update, but the server requires it.
        ///
        /// Checked before sending: not empty.
        ///
        /// Source: observed (E3, E5, E13).
        pub firstname: String,
        /// Last name. The providers' pages call it optional in an update, but the server requires it.
        ///
        /// Checked before sending: not empty.
        ///
        /// Source: observed (E3, E5, E13).
        pub lastname: String,
        /// Mobile number without the calling code, digits only. The providers' pages call it optional in an update,
        /// but the server requires it. The server refuses a number that another contact has.
        ///
        /// Checked before sending: at most 40 characters; not empty; digits alone.
        ///
        /// Source: observed (E3, E13, E21, E24).
        pub mobile: String,
        /// Calling code of the country, digits only, such as `55`. The providers' pages call it optional in an
        /// update, but the server requires it.
        ///
        /// Checked before sending: at most 40 characters; not empty.
        ///
        /// Source: observed (E3, E13, E21, E24).
        pub mobile_code: String,
        /// Postal code. The server erases it if you omit it.
        ///
        /// Source: observed (E3, E13).
        pub post_code: Option<String>,
        /// Picture, JPEG or PNG, which replaces the current one. If you omit it, the current one stays. If the
        /// server cannot read the new picture, it refuses the update, but the old picture is lost.
        ///
        /// Checked before sending: of type jpg, jpeg, png, by its name or its content; not empty; at most 104857600 bytes (100 MiB).
        ///
        /// Source: observed (E3, E5, E10, E13, E24, E30).
        pub profile_image: Option<::zap_client_runtime::File>,
        /// State or province. The server erases it if you omit it.
        ///
        /// Source: observed (E3, E13).
        pub state: Option<String>,
    }

    impl ContactUpdateBody {
        pub fn builder() -> builder::ContactUpdateBody {
            Default::default()
        }
    }

    /// The result of updating a contact.
    ///
    /// Source: observed (E21).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ContactUpdateData {
        /// The updated contact.
        pub contact: Option<Contact>,
    }

    zap_client_runtime::object! {
        ContactUpdateData {
            "contact" => contact,
        }
    }

    /// The answer to updating a contact.
    ///
    /// Source: observed (E6, E21).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ContactUpdateResponse {
        /// The result. Absent on errors.
        pub data: Option<ContactUpdateData>,
        /// Human-readable texts. Absent if there are none.
        pub message: Option<Vec<String>>,
        /// Machine-readable reason; `contact_created` on success, as for a new contact.
        pub remark: Option<String>,
        /// `success` or `error`.
        pub status: Option<String>,
    }

    zap_client_runtime::object! {
        ContactUpdateResponse {
            "data" => data,
            "message" => message,
            "remark" => remark,
            "status" => status,
        }
    }

    /// A conversation with one contact. It does not include the messages.
    ///
    /// Source: observed (E15, E21).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct Conversation {
        /// The contact; null if it was deleted.
        pub contact: Option<Contact>,
        /// Id of the contact, even if the contact was deleted.
        pub contact_id: Option<i64>,
        /// When the conversation was created, in UTC, such as `2026-01-01T21:04:05.000000Z`.
        pub created_at: Option<String>,
        /// Id of the conversation.
        pub id: Option<i64>,
        /// When the latest message was received or sent, in UTC, such as `2026-01-05T04:00:00.000000Z`; null if
        /// there is no message.
        pub last_message_at: Option<String>,
        /// 1 if the conversation waits for a reply by a human, else 0.
        pub needs_human_reply: Option<i64>,
        /// The notes on the conversation, newest first.
        pub notes: Option<Vec<Note>>,
        /// The status of the conversation.
        pub status: Option<crate::types::ConversationStatus>,
        /// When the conversation was last changed, in UTC, such as `2026-01-01T21:04:05.000000Z`.
        pub updated_at: Option<String>,
        /// Id of the account that owns the conversation.
        pub user_id: Option<i64>,
        /// Id of the account's WhatsApp number that the conversation uses.
        pub whatsapp_account_id: Option<i64>,
    }

    zap_client_runtime::object! {
        Conversation {
            "contact" => contact,
            "contact_id" => contact_id,
            "created_at" => created_at,
            "id" => id,
            "last_message_at" => last_message_at,
            "needs_human_reply" => needs_human_reply,
            "notes" => notes,
            "status" => status,
            "updated_at" => updated_at,
            "user_id" => user_id,
            "whatsapp_account_id" => whatsapp_account_id,
        }
    }

    /// The result of fetching a conversation.
    ///
    /// Source: observed (E6).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ConversationDetailsData {
        /// The conversation. Its contact includes tags and lists.
        pub conversation: Option<Conversation>,
    }

    zap_client_runtime::object! {
        ConversationDetailsData {
            "conversation" => conversation,
        }
    }

    /// The answer to fetching a conversation.
    ///
    /// Source: observed (E6).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ConversationDetailsResponse {
        /// The result. Absent on errors.
        pub data: Option<ConversationDetailsData>,
        /// Human-readable texts. Absent if there are none.
        pub message: Option<Vec<String>>,
        /// Machine-readable reason; `conversation_details` on success.
        pub remark: Option<String>,
        /// `success` or `error`.
        pub status: Option<String>,
    }

    zap_client_runtime::object! {
        ConversationDetailsResponse {
            "data" => data,
            "message" => message,
            "remark" => remark,
            "status" => status,
        }
    }

    /// The result of listing conversations.
    ///
    /// Source: observed (E16).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ConversationListData {
        /// The page, although the name is singular.
        pub conversation: Option<ConversationPage>,
    }

    zap_client_runtime::object! {
        ConversationListData {
            "conversation" => conversation,
        }
    }

    /// The answer to listing conversations.
    ///
    /// Source: observed (E6, E16).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ConversationListResponse {
        /// The result. Absent on errors.
        pub data: Option<ConversationListData>,
        /// Human-readable texts. Absent if there are none.
        pub message: Option<Vec<String>>,
        /// Machine-readable reason; `inbox` on success.
        pub remark: Option<String>,
        /// `success` or `error`.
        pub status: Option<String>,
    }

    zap_client_runtime::object! {
        ConversationListResponse {
            "data" => data,
            "message" => message,
            "remark" => remark,
            "status" => status,
        }
    }

    /// One page of conversations.
    ///
    /// Source: observed (E16).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ConversationPage {
        /// Number of this page, from 1.
        pub current_page: Option<i64>,
        /// The conversations on this page; empty beyond the last page.
        pub data: Option<Vec<Conversation>>,
        /// URL of the first page. It has the parameter `page` only, and none of the request's other parameters.
        pub first_page_url: Option<String>,
        /// Position in the whole list of the first item on this page, from 1; null if the page is empty.
        pub from: Option<i64>,
        /// Number of the last page.
        pub last_page: Option<i64>,
        /// URL of the last page. It has the parameter `page` only, and none of the request's other parameters.
        pub last_page_url: Option<String>,
        /// The links of a page bar, as shown on a web page.
        pub links: Option<Vec<PageLink>>,
        /// URL of the next page; null on the last page.
        pub next_page_url: Option<String>,
        /// URL of the list, without parameters.
        pub path: Option<String>,
        /// Items per page.
        pub per_page: Option<i64>,
        /// URL of the previous page; null on the first page.
        pub prev_page_url: Option<String>,
        /// Position in the whole list of the last item on this page, from 1; null if the page is empty.
        pub to: Option<i64>,
        /// Number of items on all pages.
        pub total: Option<i64>,
    }

    zap_client_runtime::object! {
        ConversationPage {
            "current_page" => current_page,
            "data" => data,
            "first_page_url" => first_page_url,
            "from" => from,
            "last_page" => last_page,
            "last_page_url" => last_page_url,
            "links" => links,
            "next_page_url" => next_page_url,
            "path" => path,
            "per_page" => per_page,
            "prev_page_url" => prev_page_url,
            "to" => to,
            "total" => total,
        }
    }

    /// An error with its own HTTP status. Errors with HTTP 200 look the same, but use the schema of the operation.
    ///
    /// Source: observed (E2, E6, E7, E8).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct ErrorResponse {
        /// Human-readable texts; one string in the answer to a wrong base path. Validation texts are in the
        /// language of the instance, all others in English, so do not match on them.
        ///
        /// They can contain secrets: the caller's own credentials if the server's database is down, or an access
        /// token if the server cannot reach WhatsApp. Never log them unmasked.
        ///
        /// Source: observed (E2, E4, E11, E23).
        pub message: Vec<String>,
        /// Machine-readable reason: `Unauthorized` with HTTP 401, `not_found` with 404. Absent in the answer to a
        /// wrong base path.
        pub remark: Option<String>,
        /// `error`. Absent in the answer to a wrong base path.
        pub status: Option<String>,
    }

    zap_client_runtime::object! {
        ErrorResponse {
            "message" => message,
            "remark" => remark,
            "status" => status,
        }
    }

    /// A message that WhatsApp has accepted. This API does not report whether it was delivered.
    ///
    /// Source: observed (E19, E21).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct Message {
        /// Id of the agent who sent it; 0 for messages sent through this API.
        pub agent_id: Option<i64>,
        /// Id of the conversation.
        pub conversation_id: Option<i64>,
        /// When the message was stored, in UTC, such as `2026-01-05T04:00:00.000000Z`.
        pub created_at: Option<String>,
        /// Id of the link button that was sent; 0 if none was.
        pub cta_url_id: Option<i64>,
        /// Id of the message in this service.
        pub id: Option<i64>,
        /// Id of the interactive list that was sent; 0 if none was.
        pub interactive_list_id: Option<i64>,
        /// The location that was sent; null if none was.
        pub location: Option<MessageLocation>,
        /// Caption of the file; null without one.
        pub media_caption: Option<String>,
        /// Name of the file. Only documents have it.
        pub media_filename: Option<String>,
        /// WhatsApp's id of the file; null without one.
        pub media_id: Option<String>,
        /// Path of the file on the server; null without one, and for documents.
        pub media_path: Option<String>,
        /// Type of the file: `image`, `document`, `video` or `audio`; null without one.
        pub media_type: Option<String>,
        /// URL of the file at WhatsApp, as WhatsApp returned it; null without a file.
        pub media_url: Option<String>,
        /// The text as it was sent, of the type that it was sent with; null if there was none.
        pub message: Option<String>,
        /// The type of content that was sent. Use it to detect a location that the server turned into a blank text.
        pub message_type: Option<crate::types::MessageType>,
        /// Media type of the file, such as `image/jpeg`; null without one.
        pub mime_type: Option<String>,
        /// The time by which messages are sorted, in UTC, such as `2026-01-05T04:00:00.215538Z`.
        pub ordering: Option<String>,
        /// The message that the server made of a product or an order, as it was passed to WhatsApp: `type`,
        /// `header`, `body` and `action`. Null for all other messages.
        pub product_data: Option<::serde_json::Map<String, ::serde_json::Value>>,
        /// Only 1 was seen, on every message that was accepted.
        pub status: Option<i64>,
        /// Only 1 was seen, on every message that was sent.
        #[cfg_attr(feature = "schemars", schemars(rename = "type"))]
        pub type_: Option<i64>,
        /// When the message was last changed, in UTC, such as `2026-01-05T04:00:00.000000Z`.
        pub updated_at: Option<String>,
        /// Id of the account.
        pub user_id: Option<i64>,
        /// Id of the account's WhatsApp number that sent it.
        pub whatsapp_account_id: Option<i64>,
        /// WhatsApp's own id of the message. It begins with `wamid.`.
        pub whatsapp_message_id: Option<String>,
    }

    zap_client_runtime::object! {
        Message {
            "agent_id" => agent_id,
            "conversation_id" => conversation_id,
            "created_at" => created_at,
            "cta_url_id" => cta_url_id,
            "id" => id,
            "interactive_list_id" => interactive_list_id,
            "location" => location,
            "media_caption" => media_caption,
            "media_filename" => media_filename,
            "media_id" => media_id,
            "media_path" => media_path,
            "media_type" => media_type,
            "media_url" => media_url,
            "message" => message,
            "message_type" => message_type,
            "mime_type" => mime_type,
            "ordering" => ordering,
            "product_data" => product_data,
            "status" => status,
            "type" => type_,
            "updated_at" => updated_at,
            "user_id" => user_id,
            "whatsapp_account_id" => whatsapp_account_id,
            "whatsapp_message_id" => whatsapp_message_id,
        }
    }

    /// A location that was sent.
    ///
    /// Source: observed (E17, E21).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct MessageLocation {
        /// Address of the location; empty if none was sent.
        pub address: Option<String>,
        /// Latitude in degrees, of the type that it was sent with. It is text if it was sent in a form.
        pub latitude: Option<String>,
        /// Longitude in degrees, of the type that it was sent with. It is text if it was sent in a form.
        pub longitude: Option<String>,
        /// Name of the location; empty if none was sent.
        pub name: Option<String>,
    }

    zap_client_runtime::object! {
        MessageLocation {
            "address" => address,
            "latitude" => latitude,
            "longitude" => longitude,
            "name" => name,
        }
    }

    /// An internal note on a conversation. The contact does not see it.
    ///
    /// Source: observed (E21).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct Note {
        /// Id of the conversation.
        pub conversation_id: Option<i64>,
        /// When the note was written, in UTC, such as `2026-01-05T04:02:00.000000Z`.
        pub created_at: Option<String>,
        /// Id of the note.
        pub id: Option<i64>,
        /// The text.
        pub note: Option<String>,
        /// When the note was last changed, in UTC, such as `2026-01-05T04:02:00.000000Z`.
        pub updated_at: Option<String>,
        /// Id of the account that owns the note.
        pub user_id: Option<i64>,
    }

    zap_client_runtime::object! {
        Note {
            "conversation_id" => conversation_id,
            "created_at" => created_at,
            "id" => id,
            "note" => note,
            "updated_at" => updated_at,
            "user_id" => user_id,
        }
    }

    /// One link of a page bar.
    ///
    /// Source: observed (E16).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct PageLink {
        /// Whether this is the current page.
        pub active: Option<bool>,
        /// The text to show: a page number, an arrow or an ellipsis.
        pub label: Option<String>,
        /// URL of the page; null if there is none, as before the first page and at an ellipsis.
        pub url: Option<String>,
    }

    zap_client_runtime::object! {
        PageLink {
            "active" => active,
            "label" => label,
            "url" => url,
        }
    }

    /// The message to send, and its recipient. Give exactly one content. If there are several, the server sends one
    /// and drops the others, so the client refuses them.
    ///
    /// Checked before sending:
    ///
    /// - at least one of `cta_url_id`, `interactive_list_id`, `image`, `document`, `video`, `audio`, `latitude`, `longitude`, `product`, `created_order_data`, `message` is given
    /// - `latitude`, `longitude` are given together
    /// - at most one of `cta_url_id`, `interactive_list_id`, `image`, `document`, `video`, `audio`, `latitude`, `product`, `created_order_data` is given
    /// - `message` is not given beside `cta_url_id`, `interactive_list_id`, `audio`, `latitude`, `product`, `created_order_data`
    /// - `name`, `address` are given together
    /// - `name` is given only with `latitude`, `longitude`
    #[derive(Clone)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    pub struct SendMessageBody {
        /// Address of the location, shown with it. Give it together with `name`. Undocumented.
        ///
        /// Source: observed (E17, E35).
        pub address: Option<String>,
        /// Audio, up to 16 MB. The server may allow less. Audio has no caption. The server does not check the type
        /// of the file, so WhatsApp may later refuse a file that the server accepted.
        ///
        /// Checked before sending: at most 16777216 bytes (16 MiB); not empty.
        ///
        /// Source: observed (E5, E17, E24, E35, E30).
        pub audio: Option<::zap_client_runtime::File>,
        /// A shop's order as JSON text: an object with `order_url` and, optionally, `woo_response`, whose
        /// `line_items` each have a `name`. It becomes a message with a link button. Undocumented.
        ///
        /// Checked before sending: JSON; an object with a text or a number for `order_url`.
        ///
        /// Source: observed (E17, E26, E36).
        pub created_order_data: Option<String>,
        /// Id of a link button (CTA URL), which you create in the dashboard. No operation lists them. Needs a plan
        /// with interactive messages. It takes precedence over any other content. The server treats 0 as absent and
        /// then sends a blank text message.
        ///
        /// Checked before sending: at least 1.
        ///
        /// Source: observed (E17).
        pub cta_url_id: Option<i64>,
        /// Document, PDF or Word, up to 100 MB. The server may allow less. WhatsApp shows the file's name. The
        /// server delivers a document whose name has more than 255 characters, but then answers with `exception`.
        ///
        /// Checked before sending: of type pdf, doc, docx, by its name or its content; at most 104857600 bytes (100 MiB); a name of at most 255 characters; not empty.
        ///
        /// Source: observed (E5, E17, E24, E28, E29).
        pub document: Option<::zap_client_runtime::File>,
        /// The account's WhatsApp number to send from, exactly as the account has it: `+55 11 4000-0001` and
        /// `551140000001` are not the same. The server refuses any other number with `not_found`.
        ///
        /// If you omit it, the message is sent from the default number according to the providers' pages. The
        /// recorded version uses the account's number with the lowest id, whether it is the default or not.
        ///
        /// Source: observed (E18).
        pub from_number: Option<String>,
        /// Picture, JPEG or PNG, up to 5 MB. The server may allow less. It refuses a URL in place of the file.
        ///
        /// Checked before sending: of type jpg, jpeg, png, by its name or its content; at most 5242880 bytes (5 MiB); not empty.
        ///
        /// Source: observed (E5, E17, E24).
        pub image: Option<::zap_client_runtime::File>,
        /// Id of an interactive list, which you create in the dashboard. No operation lists them. Needs a plan with
        /// interactive messages.
        ///
        /// Checked before sending: at least 1.
        ///
        /// Source: observed (E17).
        pub interactive_list_id: Option<i64>,
        /// Latitude of a location in degrees, positive in the north. Give it together with `longitude`. It must not
        /// be exactly 0, which the server treats as absent. The server checks neither range nor type.
        ///
        /// Checked before sending: at most 90; at least -90; not 0.
        ///
        /// Source: observed (E17, E24).
        pub latitude: Option<f64>,
        /// Longitude of a location in degrees, positive in the east. Give it together with `latitude`. It must not
        /// be exactly 0, which the server treats as absent. The server checks neither range nor type.
        ///
        /// Checked before sending: at most 180; at least -180; not 0.
        ///
        /// Source: observed (E17, E24).
        pub longitude: Option<f64>,
        /// Text of the message, or caption of a picture, document or video. The server removes white space and
        /// invisible characters around it, and treats an empty text as absent. It keeps line breaks.
        ///
        /// Checked before sending: at most 4096 characters; at most 1024 characters beside `image`, `document`, `video`.
        ///
        /// Source: observed (E5, E17, E35).
        pub message: Option<String>,
        /// Mobile number without the calling code, digits only. The server refuses anything else. It must equal the
        /// number that the contact was stored with.
        ///
        /// Checked before sending: not empty; digits alone.
        ///
        /// Source: observed (E12, E17, E21).
        pub mobile: String,
        /// Calling code of the country, digits only, without `+`. It must equal the code that the contact was
        /// stored with.
        ///
        /// Checked before sending: not empty.
        ///
        /// Source: observed (E12, E17).
        pub mobile_code: String,
        /// Name of the location, shown with it. Give it together with `address`. Undocumented.
        ///
        /// Source: observed (E17, E35).
        pub name: Option<String>,
        /// A shop's product as JSON text: an object with `name`, `description`, `permalink` and, optionally,
        /// `images`. It becomes a message with a link button. The first picture becomes the header if its URL, in
        /// `src`, ends in `jpeg` or `png`. Undocumented.
        ///
        /// Checked before sending: JSON; an object with a text or a number for `name`, `description`, `permalink`.
        ///
        /// Source: observed (E17, E26, E36).
        pub product: Option<String>,
        /// MP4 video, up to 16 MB. The server may allow less.
        ///
        /// Checked before sending: of type mp4, by its name or its content; at most 16777216 bytes (16 MiB); not empty.
        ///
        /// Source: observed (E5, E17, E24).
        pub video: Option<::zap_client_runtime::File>,
    }

    impl SendMessageBody {
        pub fn builder() -> builder::SendMessageBody {
            Default::default()
        }
    }

    /// The result of sending a message.
    ///
    /// Source: observed (E19).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct SendMessageData {
        /// Id of the conversation, which this call may have created.
        pub conversation_id: Option<i64>,
        /// The message as the server stored it.
        pub message: Option<Message>,
    }

    zap_client_runtime::object! {
        SendMessageData {
            "conversation_id" => conversation_id,
            "message" => message,
        }
    }

    /// The answer to sending a message.
    ///
    /// Source: observed (E6, E19).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct SendMessageResponse {
        /// The result. Absent on errors.
        pub data: Option<SendMessageData>,
        /// Human-readable texts about the call, not the message that was sent. Absent if there are none.
        pub message: Option<Vec<String>>,
        /// Machine-readable reason; `success` on success.
        pub remark: Option<String>,
        /// `success` or `error`.
        pub status: Option<String>,
    }

    zap_client_runtime::object! {
        SendMessageResponse {
            "data" => data,
            "message" => message,
            "remark" => remark,
            "status" => status,
        }
    }

    /// The template to send, and its recipient.
    #[derive(Clone)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    pub struct SendTemplateMessageBody {
        /// Values for the placeholders of the template's body, in order. Undocumented. The server does not check
        /// how many there are. If a whole value is `{{ contactName }}` or `{{ contactMobile }}`, the server sends
        /// the contact's name or number instead.
        ///
        /// Each value, checked before sending: not empty; nothing in double braces, unless all of it is one of `{{ contactName }}`, `{{ contactMobile }}`; no line break, no tab and no more than four spaces in a row; at most 1024 characters.
        ///
        /// Source: observed (E5, E20, E27, E33).
        #[cfg_attr(feature = "schemars", schemars(rename = "body_variables[]", default))]
        pub body_variables: Vec<String>,
        /// The account's WhatsApp number to send from. It is documented, but the recorded version ignores it and
        /// always sends from the default number.
        ///
        /// Source: observed (E18).
        pub from_number: Option<String>,
        /// Values for the placeholders of the template's header, in order. Undocumented. The server does not check
        /// how many there are. A carousel ignores them. If a whole value is `{{ contactName }}` or `{{
        /// contactMobile }}`, the server sends the contact's name or number instead.
        ///
        /// Each value, checked before sending: not empty; nothing in double braces, unless all of it is one of `{{ contactName }}`, `{{ contactMobile }}`; no line break, no tab and no more than four spaces in a row; at most 1024 characters.
        ///
        /// Source: observed (E5, E20, E27, E33).
        #[cfg_attr(
            feature = "schemars",
            schemars(rename = "header_variables[]", default)
        )]
        pub header_variables: Vec<String>,
        /// Mobile number without the calling code, digits only. The server refuses anything else. It must equal the
        /// number that the contact was stored with.
        ///
        /// Checked before sending: not empty; digits alone.
        ///
        /// Source: observed (E12, E20, E21).
        pub mobile: String,
        /// Calling code of the country, digits only, without `+`. It must equal the code that the contact was
        /// stored with.
        ///
        /// Checked before sending: not empty.
        ///
        /// Source: observed (E12, E20).
        pub mobile_code: String,
        /// The `id` of the template in the list of templates, not Meta's `whatsapp_template_id`. One sample on the
        /// providers' pages spells the field `testmplate_id`, which the server does not recognise.
        ///
        /// Checked before sending: at least 1.
        ///
        /// Source: observed (E3, E20).
        pub template_id: i64,
    }

    impl SendTemplateMessageBody {
        pub fn builder() -> builder::SendTemplateMessageBody {
            Default::default()
        }
    }

    /// The result of sending a template. It was never seen, and is assumed to be that of sending a message.
    ///
    /// Source: guess (E9, E19).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct SendTemplateMessageData {
        /// Id of the conversation, which this call may have created.
        pub conversation_id: Option<i64>,
        /// The message as the server stored it.
        pub message: Option<Message>,
    }

    zap_client_runtime::object! {
        SendTemplateMessageData {
            "conversation_id" => conversation_id,
            "message" => message,
        }
    }

    /// The answer to sending a template. With the remark `exception`, the template may have been delivered. A
    /// success was never seen.
    ///
    /// Source: observed (E6, E9).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct SendTemplateMessageResponse {
        /// The result. Absent on errors.
        ///
        /// Source: guess (E9, E19).
        pub data: Option<SendTemplateMessageData>,
        /// Human-readable texts about the call, not the message that was sent. Absent if there are none.
        pub message: Option<Vec<String>>,
        /// Machine-readable reason; `template_sent` on success.
        ///
        /// Source: public (E9, E34).
        pub remark: Option<String>,
        /// `success` or `error`.
        pub status: Option<String>,
    }

    zap_client_runtime::object! {
        SendTemplateMessageResponse {
            "data" => data,
            "message" => message,
            "remark" => remark,
            "status" => status,
        }
    }

    /// A message template of WhatsApp Business.
    ///
    /// Source: observed (E16, E20).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct Template {
        /// 1 if WhatsApp adds its advice not to share a one-time code, else 0.
        pub add_security_recommendation: Option<i64>,
        /// The text, with placeholders such as `{{1}}`. Null for templates whose text WhatsApp writes, such as
        /// those for one-time codes.
        pub body: Option<String>,
        /// The buttons; empty or null if there are none.
        pub buttons: Option<Vec<TemplateButton>>,
        /// Id of the category in this service's own table. The ids 1, 2 and 3 were seen.
        pub category_id: Option<i64>,
        /// Minutes until a one-time code expires; null for other templates.
        pub code_expiration_minutes: Option<i64>,
        /// When the template was created, in UTC, such as `2025-12-31T18:00:00.000000Z`; may be null.
        pub created_at: Option<String>,
        /// The small text below the body; null if there is none.
        pub footer: Option<String>,
        /// The header; null if there is none.
        pub header: Option<TemplateHeader>,
        /// Type of the header in Meta's terms, such as `TEXT` or `IMAGE`; null if there is none.
        pub header_format: Option<String>,
        /// File name of the header's picture or other file; null if there is none.
        pub header_media: Option<String>,
        /// Id of the template in this service. Sending a template needs it.
        pub id: Option<i64>,
        /// Id of the language in this service's own table.
        pub language_id: Option<i64>,
        /// Name of the template.
        pub name: Option<String>,
        /// Meta's reason for rejecting the template, such as `INVALID_FORMAT`; null if it was not rejected.
        pub rejected_reason: Option<String>,
        /// Whether WhatsApp has approved the template.
        pub status: Option<crate::types::TemplateStatus>,
        /// When the template was last changed, in UTC, such as `2025-12-31T18:00:00.000000Z`; may be null.
        pub updated_at: Option<String>,
        /// Id of the account that owns the template.
        pub user_id: Option<i64>,
        /// Id of the account's WhatsApp number that the template belongs to.
        pub whatsapp_account_id: Option<i64>,
        /// Meta's id of the template. Sending does not accept it.
        pub whatsapp_template_id: Option<String>,
    }

    zap_client_runtime::object! {
        Template {
            "add_security_recommendation" => add_security_recommendation,
            "body" => body,
            "buttons" => buttons,
            "category_id" => category_id,
            "code_expiration_minutes" => code_expiration_minutes,
            "created_at" => created_at,
            "footer" => footer,
            "header" => header,
            "header_format" => header_format,
            "header_media" => header_media,
            "id" => id,
            "language_id" => language_id,
            "name" => name,
            "rejected_reason" => rejected_reason,
            "status" => status,
            "updated_at" => updated_at,
            "user_id" => user_id,
            "whatsapp_account_id" => whatsapp_account_id,
            "whatsapp_template_id" => whatsapp_template_id,
        }
    }

    /// A button of a template. Its fields depend on its type.
    ///
    /// Source: observed (E20).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct TemplateButton {
        /// How a button of type `OTP` passes the code, such as `COPY_CODE`.
        pub otp_type: Option<String>,
        /// The label.
        pub text: Option<String>,
        /// Type of the button in Meta's terms, such as `QUICK_REPLY`, `URL` or `OTP`.
        #[cfg_attr(feature = "schemars", schemars(rename = "type"))]
        pub type_: Option<String>,
        /// URL that a button of type `URL` opens.
        pub url: Option<String>,
    }

    zap_client_runtime::object! {
        TemplateButton {
            "otp_type" => otp_type,
            "text" => text,
            "type" => type_,
            "url" => url,
        }
    }

    /// Header of a template. Its fields depend on its format.
    ///
    /// Source: observed (E20).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct TemplateHeader {
        /// Sample values for the placeholders, by Meta's names, such as `header_text`.
        pub example: ::serde_json::Map<String, ::serde_json::Value>,
        /// Meta's handle of the sample file of a media header.
        pub handle: Option<String>,
        /// The text of a text header, with placeholders such as `{{1}}`.
        pub text: Option<String>,
    }

    zap_client_runtime::object! {
        TemplateHeader {
            "example" => example,
            "handle" => handle,
            "text" => text,
        }
    }

    /// The result of listing templates.
    ///
    /// Source: observed (E16).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct TemplateListData {
        /// The page.
        pub templates: Option<TemplatePage>,
    }

    zap_client_runtime::object! {
        TemplateListData {
            "templates" => templates,
        }
    }

    /// The answer to listing templates.
    ///
    /// Source: observed (E6, E16).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct TemplateListResponse {
        /// The result. Absent on errors.
        pub data: Option<TemplateListData>,
        /// Human-readable texts. Absent if there are none.
        pub message: Option<Vec<String>>,
        /// Machine-readable reason; `inbox` on success, as for conversations.
        pub remark: Option<String>,
        /// `success` or `error`.
        pub status: Option<String>,
    }

    zap_client_runtime::object! {
        TemplateListResponse {
            "data" => data,
            "message" => message,
            "remark" => remark,
            "status" => status,
        }
    }

    /// One page of templates.
    ///
    /// Source: observed (E16).
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = zap_client_runtime::all_optional)
    )]
    pub struct TemplatePage {
        /// Number of this page, from 1.
        pub current_page: Option<i64>,
        /// The templates on this page; empty beyond the last page.
        pub data: Option<Vec<Template>>,
        /// URL of the first page. It has the parameter `page` only, and none of the request's other parameters.
        pub first_page_url: Option<String>,
        /// Position in the whole list of the first item on this page, from 1; null if the page is empty.
        pub from: Option<i64>,
        /// Number of the last page.
        pub last_page: Option<i64>,
        /// URL of the last page. It has the parameter `page` only, and none of the request's other parameters.
        pub last_page_url: Option<String>,
        /// The links of a page bar, as shown on a web page.
        pub links: Option<Vec<PageLink>>,
        /// URL of the next page; null on the last page.
        pub next_page_url: Option<String>,
        /// URL of the list, without parameters.
        pub path: Option<String>,
        /// Items per page.
        pub per_page: Option<i64>,
        /// URL of the previous page; null on the first page.
        pub prev_page_url: Option<String>,
        /// Position in the whole list of the last item on this page, from 1; null if the page is empty.
        pub to: Option<i64>,
        /// Number of items on all pages.
        pub total: Option<i64>,
    }

    zap_client_runtime::object! {
        TemplatePage {
            "current_page" => current_page,
            "data" => data,
            "first_page_url" => first_page_url,
            "from" => from,
            "last_page" => last_page,
            "last_page_url" => last_page_url,
            "links" => links,
            "next_page_url" => next_page_url,
            "path" => path,
            "per_page" => per_page,
            "prev_page_url" => prev_page_url,
            "to" => to,
            "total" => total,
        }
    }

    /// Types for composing complex structures.
    pub mod builder {
        #[derive(Clone)]
        pub struct ChangeConversationStatusBody {
            status: Result<crate::types::ConversationStatus, zap_client_runtime::Flaw>,
        }

        impl Default for ChangeConversationStatusBody {
            fn default() -> Self {
                Self {
                    status: Err(zap_client_runtime::Flaw::Missing("status")),
                }
            }
        }

        impl ChangeConversationStatusBody {
            /// The new status, from 0 to 3. The providers' pages also offer 4 (`Unread`), but the recorded version
            /// refuses it with `validation_error`. It accepts 0 (`Unset`), which those pages do not mention.
            ///
            /// Checked before sending: at most 3; at least 0.
            ///
            /// Source: observed (E15).
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: TryInto<crate::types::ConversationStatus>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|_| zap_client_runtime::Flaw::WrongType("status"));
                self
            }
        }

        impl TryFrom<ChangeConversationStatusBody>
        for super::ChangeConversationStatusBody {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ChangeConversationStatusBody,
            ) -> Result<Self, super::error::ConversionError> {
                Ok(Self { status: value.status? })
            }
        }

        impl From<super::ChangeConversationStatusBody> for ChangeConversationStatusBody {
            fn from(value: super::ChangeConversationStatusBody) -> Self {
                Self { status: Ok(value.status) }
            }
        }

        #[derive(Clone)]
        pub struct ContactStoreBody {
            address: Result<Option<String>, zap_client_runtime::Flaw>,
            city: Result<Option<String>, zap_client_runtime::Flaw>,
            firstname: Result<String, zap_client_runtime::Flaw>,
            lastname: Result<String, zap_client_runtime::Flaw>,
            mobile: Result<String, zap_client_runtime::Flaw>,
            mobile_code: Result<String, zap_client_runtime::Flaw>,
            post_code: Result<Option<String>, zap_client_runtime::Flaw>,
            profile_image: Result<
                Option<::zap_client_runtime::File>,
                zap_client_runtime::Flaw,
            >,
            state: Result<Option<String>, zap_client_runtime::Flaw>,
        }

        impl Default for ContactStoreBody {
            fn default() -> Self {
                Self {
                    address: Ok(Default::default()),
                    city: Ok(Default::default()),
                    firstname: Err(zap_client_runtime::Flaw::Missing("firstname")),
                    lastname: Err(zap_client_runtime::Flaw::Missing("lastname")),
                    mobile: Err(zap_client_runtime::Flaw::Missing("mobile")),
                    mobile_code: Err(zap_client_runtime::Flaw::Missing("mobile_code")),
                    post_code: Ok(Default::default()),
                    profile_image: Ok(Default::default()),
                    state: Ok(Default::default()),
                }
            }
        }

        impl ContactStoreBody {
            /// Street and number. The whole address must fit into a database column. An address of 70,000 characters
            /// did not.
            ///
            /// Source: observed (E3).
            pub fn address(
                mut self,
                value: impl Into<zap_client_runtime::Optional<String>>,
            ) -> Self {
                self.address = Ok(value.into().into_option());
                self
            }
            /// City.
            ///
            /// Source: observed (E3).
            pub fn city(
                mut self,
                value: impl Into<zap_client_runtime::Optional<String>>,
            ) -> Self {
                self.city = Ok(value.into().into_option());
                self
            }
            /// First name. The server removes spaces around it.
            ///
            /// Checked before sending: at most 40 characters; not empty.
            ///
            /// Source: observed (E3, E5, E24).
            pub fn firstname<T>(mut self, value: T) -> Self
            where
                T: TryInto<String>,
                T::Error: ::std::fmt::Display,
            {
                self.firstname = value
                    .try_into()
                    .map_err(|_| zap_client_runtime::Flaw::WrongType("firstname"));
                self
            }
            /// Last name. The server removes spaces around it.
            ///
            /// Checked before sending: not empty.
            ///
            /// Source: observed (E3, E5).
            pub fn lastname<T>(mut self, value: T) -> Self
            where
                T: TryInto<String>,
                T::Error: ::std::fmt::Display,
            {
                self.lastname = value
                    .try_into()
                    .map_err(|_| zap_client_runtime::Flaw::WrongType("lastname"));
                self
            }
            /// Mobile number without the calling code, digits only. The server refuses anything else.
            ///
            /// Checked before sending: at most 40 characters; not empty; digits alone.
            ///
            /// Source: observed (E3, E21, E24).
            pub fn mobile<T>(mut self, value: T) -> Self
            where
                T: TryInto<String>,
                T::Error: ::std::fmt::Display,
            {
                self.mobile = value
                    .try_into()
                    .map_err(|_| zap_client_runtime::Flaw::WrongType("mobile"));
                self
            }
            /// Calling code of the country, digits only, such as `55`. The server does not check this: it stores a `+`
            /// as sent, and then a message to the same code without `+` does not find the contact.
            ///
            /// Checked before sending: at most 40 characters; not empty.
            ///
            /// Source: observed (E3, E12, E21, E24).
            pub fn mobile_code<T>(mut self, value: T) -> Self
            where
                T: TryInto<String>,
                T::Error: ::std::fmt::Display,
            {
                self.mobile_code = value
                    .try_into()
                    .map_err(|_| zap_client_runtime::Flaw::WrongType("mobile_code"));
                self
            }
            /// Postal code.
            ///
            /// Source: observed (E3).
            pub fn post_code(
                mut self,
                value: impl Into<zap_client_runtime::Optional<String>>,
            ) -> Self {
                self.post_code = Ok(value.into().into_option());
                self
            }
            /// Picture, JPEG or PNG. The server judges it by its content rather than by its name. If the server cannot
            /// read the picture and its name ends in `jpg`, `jpeg` or `png`, it refuses it with `image_upload_error`;
            /// with another name it stores the file as it is. No size limit is documented. The recorded server accepted
            /// 3 MB, but a server with PHP's own limits refuses files over 2 MB, and answers those over 8 MB with
            /// `exception`.
            ///
            /// Checked before sending: of type jpg, jpeg, png, by its name or its content; not empty; at most 104857600 bytes (100 MiB).
            ///
            /// Source: observed (E3, E5, E8, E24, E30).
            pub fn profile_image(
                mut self,
                value: impl Into<
                    zap_client_runtime::Optional<::zap_client_runtime::File>,
                >,
            ) -> Self {
                self.profile_image = Ok(value.into().into_option());
                self
            }
            /// State or province.
            ///
            /// Source: observed (E3).
            pub fn state(
                mut self,
                value: impl Into<zap_client_runtime::Optional<String>>,
            ) -> Self {
                self.state = Ok(value.into().into_option());
                self
            }
        }

        impl TryFrom<ContactStoreBody> for super::ContactStoreBody {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ContactStoreBody,
            ) -> Result<Self, super::error::ConversionError> {
                Ok(Self {
                    address: value.address?,
                    city: value.city?,
                    firstname: value.firstname?,
                    lastname: value.lastname?,
                    mobile: value.mobile?,
                    mobile_code: value.mobile_code?,
                    post_code: value.post_code?,
                    profile_image: value.profile_image?,
                    state: value.state?,
                })
            }
        }

        impl From<super::ContactStoreBody> for ContactStoreBody {
            fn from(value: super::ContactStoreBody) -> Self {
                Self {
                    address: Ok(value.address),
                    city: Ok(value.city),
                    firstname: Ok(value.firstname),
                    lastname: Ok(value.lastname),
                    mobile: Ok(value.mobile),
                    mobile_code: Ok(value.mobile_code),
                    post_code: Ok(value.post_code),
                    profile_image: Ok(value.profile_image),
                    state: Ok(value.state),
                }
            }
        }

        #[derive(Clone)]
        pub struct ContactUpdateBody {
            address: Result<Option<String>, zap_client_runtime::Flaw>,
            city: Result<Option<String>, zap_client_runtime::Flaw>,
            firstname: Result<String, zap_client_runtime::Flaw>,
            lastname: Result<String, zap_client_runtime::Flaw>,
            mobile: Result<String, zap_client_runtime::Flaw>,
            mobile_code: Result<String, zap_client_runtime::Flaw>,
            post_code: Result<Option<String>, zap_client_runtime::Flaw>,
            profile_image: Result<
                Option<::zap_client_runtime::File>,
                zap_client_runtime::Flaw,
            >,
            state: Result<Option<String>, zap_client_runtime::Flaw>,
        }

        impl Default for ContactUpdateBody {
            fn default() -> Self {
                Self {
                    address: Ok(Default::default()),
                    city: Ok(Default::default()),
                    firstname: Err(zap_client_runtime::Flaw::Missing("firstname")),
                    lastname: Err(zap_client_runtime::Flaw::Missing("lastname")),
                    mobile: Err(zap_client_runtime::Flaw::Missing("mobile")),
                    mobile_code: Err(zap_client_runtime::Flaw::Missing("mobile_code")),
                    post_code: Ok(Default::default()),
                    profile_image: Ok(Default::default()),
                    state: Ok(Default::default()),
                }
            }
        }

        impl ContactUpdateBody {
            /// Street and number. The server erases it if you omit it.
            ///
            /// Source: observed (E3, E13).
            pub fn address(
                mut self,
                value: impl Into<zap_client_runtime::Optional<String>>,
            ) -> Self {
                self.address = Ok(value.into().into_option());
                self
            }
            /// City. The server erases it if you omit it.
            ///
            /// Source: observed (E3, E13).
            pub fn city(
                mut self,
                value: impl Into<zap_client_runtime::Optional<String>>,
            ) -> Self {
                self.city = Ok(value.into().into_option());
                self
            }
            /// First name. The providers' pages call it optional in an update, but the server requires it.
            ///
            /// Checked before sending: not empty.
            ///
            /// Source: observed (E3, E5, E13).
            pub fn firstname<T>(mut self, value: T) -> Self
            where
                T: TryInto<String>,
                T::Error: ::std::fmt::Display,
            {
                self.firstname = value
                    .try_into()
                    .map_err(|_| zap_client_runtime::Flaw::WrongType("firstname"));
                self
            }
            /// Last name. The providers' pages call it optional in an update, but the server requires it.
            ///
            /// Checked before sending: not empty.
            ///
            /// Source: observed (E3, E5, E13).
            pub fn lastname<T>(mut self, value: T) -> Self
            where
                T: TryInto<String>,
                T::Error: ::std::fmt::Display,
            {
                self.lastname = value
                    .try_into()
                    .map_err(|_| zap_client_runtime::Flaw::WrongType("lastname"));
                self
            }
            /// Mobile number without the calling code, digits only. The providers' pages call it optional in an update,
            /// but the server requires it. The server refuses a number that another contact has.
            ///
            /// Checked before sending: at most 40 characters; not empty; digits alone.
            ///
            /// Source: observed (E3, E13, E21, E24).
            pub fn mobile<T>(mut self, value: T) -> Self
            where
                T: TryInto<String>,
                T::Error: ::std::fmt::Display,
            {
                self.mobile = value
                    .try_into()
                    .map_err(|_| zap_client_runtime::Flaw::WrongType("mobile"));
                self
            }
            /// Calling code of the country, digits only, such as `55`. The providers' pages call it optional in an
            /// update, but the server requires it.
            ///
            /// Checked before sending: at most 40 characters; not empty.
            ///
            /// Source: observed (E3, E13, E21, E24).
            pub fn mobile_code<T>(mut self, value: T) -> Self
            where
                T: TryInto<String>,
                T::Error: ::std::fmt::Display,
            {
                self.mobile_code = value
                    .try_into()
                    .map_err(|_| zap_client_runtime::Flaw::WrongType("mobile_code"));
                self
            }
            /// Postal code. The server erases it if you omit it.
            ///
            /// Source: observed (E3, E13).
            pub fn post_code(
                mut self,
                value: impl Into<zap_client_runtime::Optional<String>>,
            ) -> Self {
                self.post_code = Ok(value.into().into_option());
                self
            }
            /// Picture, JPEG or PNG, which replaces the current one. If you omit it, the current one stays. If the
            /// server cannot read the new picture, it refuses the update, but the old picture is lost.
            ///
            /// Checked before sending: of type jpg, jpeg, png, by its name or its content; not empty; at most 104857600 bytes (100 MiB).
            ///
            /// Source: observed (E3, E5, E10, E13, E24, E30).
            pub fn profile_image(
                mut self,
                value: impl Into<
                    zap_client_runtime::Optional<::zap_client_runtime::File>,
                >,
            ) -> Self {
                self.profile_image = Ok(value.into().into_option());
                self
            }
            /// State or province. The server erases it if you omit it.
            ///
            /// Source: observed (E3, E13).
            pub fn state(
                mut self,
                value: impl Into<zap_client_runtime::Optional<String>>,
            ) -> Self {
                self.state = Ok(value.into().into_option());
                self
            }
        }

        impl TryFrom<ContactUpdateBody> for super::ContactUpdateBody {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ContactUpdateBody,
            ) -> Result<Self, super::error::ConversionError> {
                Ok(Self {
                    address: value.address?,
                    city: value.city?,
                    firstname: value.firstname?,
                    lastname: value.lastname?,
                    mobile: value.mobile?,
                    mobile_code: value.mobile_code?,
                    post_code: value.post_code?,
                    profile_image: value.profile_image?,
                    state: value.state?,
                })
            }
        }

        impl From<super::ContactUpdateBody> for ContactUpdateBody {
            fn from(value: super::ContactUpdateBody) -> Self {
                Self {
                    address: Ok(value.address),
                    city: Ok(value.city),
                    firstname: Ok(value.firstname),
                    lastname: Ok(value.lastname),
                    mobile: Ok(value.mobile),
                    mobile_code: Ok(value.mobile_code),
                    post_code: Ok(value.post_code),
                    profile_image: Ok(value.profile_image),
                    state: Ok(value.state),
                }
            }
        }

        #[derive(Clone)]
        pub struct SendMessageBody {
            address: Result<Option<String>, zap_client_runtime::Flaw>,
            audio: Result<Option<::zap_client_runtime::File>, zap_client_runtime::Flaw>,
            created_order_data: Result<Option<String>, zap_client_runtime::Flaw>,
            cta_url_id: Result<Option<i64>, zap_client_runtime::Flaw>,
            document: Result<
                Option<::zap_client_runtime::File>,
                zap_client_runtime::Flaw,
            >,
            from_number: Result<Option<String>, zap_client_runtime::Flaw>,
            image: Result<Option<::zap_client_runtime::File>, zap_client_runtime::Flaw>,
            interactive_list_id: Result<Option<i64>, zap_client_runtime::Flaw>,
            latitude: Result<Option<f64>, zap_client_runtime::Flaw>,
            longitude: Result<Option<f64>, zap_client_runtime::Flaw>,
            message: Result<Option<String>, zap_client_runtime::Flaw>,
            mobile: Result<String, zap_client_runtime::Flaw>,
            mobile_code: Result<String, zap_client_runtime::Flaw>,
            name: Result<Option<String>, zap_client_runtime::Flaw>,
            product: Result<Option<String>, zap_client_runtime::Flaw>,
            video: Result<Option<::zap_client_runtime::File>, zap_client_runtime::Flaw>,
        }

        impl Default for SendMessageBody {
            fn default() -> Self {
                Self {
                    address: Ok(Default::default()),
                    audio: Ok(Default::default()),
                    created_order_data: Ok(Default::default()),
                    cta_url_id: Ok(Default::default()),
                    document: Ok(Default::default()),
                    from_number: Ok(Default::default()),
                    image: Ok(Default::default()),
                    interactive_list_id: Ok(Default::default()),
                    latitude: Ok(Default::default()),
                    longitude: Ok(Default::default()),
                    message: Ok(Default::default()),
                    mobile: Err(zap_client_runtime::Flaw::Missing("mobile")),
                    mobile_code: Err(zap_client_runtime::Flaw::Missing("mobile_code")),
                    name: Ok(Default::default()),
                    product: Ok(Default::default()),
                    video: Ok(Default::default()),
                }
            }
        }

        impl SendMessageBody {
            /// Address of the location, shown with it. Give it together with `name`. Undocumented.
            ///
            /// Source: observed (E17, E35).
            pub fn address(
                mut self,
                value: impl Into<zap_client_runtime::Optional<String>>,
            ) -> Self {
                self.address = Ok(value.into().into_option());
                self
            }
            /// Audio, up to 16 MB. The server may allow less. Audio has no caption. The server does not check the type
            /// of the file, so WhatsApp may later refuse a file that the server accepted.
            ///
            /// Checked before sending: at most 16777216 bytes (16 MiB); not empty.
            ///
            /// Source: observed (E5, E17, E24, E35, E30).
            pub fn audio(
                mut self,
                value: impl Into<
                    zap_client_runtime::Optional<::zap_client_runtime::File>,
                >,
            ) -> Self {
                self.audio = Ok(value.into().into_option());
                self
            }
            /// A shop's order as JSON text: an object with `order_url` and, optionally, `woo_response`, whose
            /// `line_items` each have a `name`. It becomes a message with a link button. Undocumented.
            ///
            /// Checked before sending: JSON; an object with a text or a number for `order_url`.
            ///
            /// Source: observed (E17, E26, E36).
            pub fn created_order_data(
                mut self,
                value: impl Into<zap_client_runtime::Optional<String>>,
            ) -> Self {
                self.created_order_data = Ok(value.into().into_option());
                self
            }
            /// Id of a link button (CTA URL), which you create in the dashboard. No operation lists them. Needs a plan
            /// with interactive messages. It takes precedence over any other content. The server treats 0 as absent and
            /// then sends a blank text message.
            ///
            /// Checked before sending: at least 1.
            ///
            /// Source: observed (E17).
            pub fn cta_url_id(
                mut self,
                value: impl Into<zap_client_runtime::Optional<i64>>,
            ) -> Self {
                self.cta_url_id = Ok(value.into().into_option());
                self
            }
            /// Document, PDF or Word, up to 100 MB. The server may allow less. WhatsApp shows the file's name. The
            /// server delivers a document whose name has more than 255 characters, but then answers with `exception`.
            ///
            /// Checked before sending: of type pdf, doc, docx, by its name or its content; at most 104857600 bytes (100 MiB); a name of at most 255 characters; not empty.
            ///
            /// Source: observed (E5, E17, E24, E28, E29).
            pub fn document(
                mut self,
                value: impl Into<
                    zap_client_runtime::Optional<::zap_client_runtime::File>,
                >,
            ) -> Self {
                self.document = Ok(value.into().into_option());
                self
            }
            /// The account's WhatsApp number to send from, exactly as the account has it: `+55 11 4000-0001` and
            /// `551140000001` are not the same. The server refuses any other number with `not_found`.
            ///
            /// If you omit it, the message is sent from the default number according to the providers' pages. The
            /// recorded version uses the account's number with the lowest id, whether it is the default or not.
            ///
            /// Source: observed (E18).
            pub fn from_number(
                mut self,
                value: impl Into<zap_client_runtime::Optional<String>>,
            ) -> Self {
                self.from_number = Ok(value.into().into_option());
                self
            }
            /// Picture, JPEG or PNG, up to 5 MB. The server may allow less. It refuses a URL in place of the file.
            ///
            /// Checked before sending: of type jpg, jpeg, png, by its name or its content; at most 5242880 bytes (5 MiB); not empty.
            ///
            /// Source: observed (E5, E17, E24).
            pub fn image(
                mut self,
                value: impl Into<
                    zap_client_runtime::Optional<::zap_client_runtime::File>,
                >,
            ) -> Self {
                self.image = Ok(value.into().into_option());
                self
            }
            /// Id of an interactive list, which you create in the dashboard. No operation lists them. Needs a plan with
            /// interactive messages.
            ///
            /// Checked before sending: at least 1.
            ///
            /// Source: observed (E17).
            pub fn interactive_list_id(
                mut self,
                value: impl Into<zap_client_runtime::Optional<i64>>,
            ) -> Self {
                self.interactive_list_id = Ok(value.into().into_option());
                self
            }
            /// Latitude of a location in degrees, positive in the north. Give it together with `longitude`. It must not
            /// be exactly 0, which the server treats as absent. The server checks neither range nor type.
            ///
            /// Checked before sending: at most 90; at least -90; not 0.
            ///
            /// Source: observed (E17, E24).
            pub fn latitude(
                mut self,
                value: impl Into<zap_client_runtime::Optional<f64>>,
            ) -> Self {
                self.latitude = Ok(value.into().into_option());
                self
            }
            /// Longitude of a location in degrees, positive in the east. Give it together with `latitude`. It must not
            /// be exactly 0, which the server treats as absent. The server checks neither range nor type.
            ///
            /// Checked before sending: at most 180; at least -180; not 0.
            ///
            /// Source: observed (E17, E24).
            pub fn longitude(
                mut self,
                value: impl Into<zap_client_runtime::Optional<f64>>,
            ) -> Self {
                self.longitude = Ok(value.into().into_option());
                self
            }
            /// Text of the message, or caption of a picture, document or video. The server removes white space and
            /// invisible characters around it, and treats an empty text as absent. It keeps line breaks.
            ///
            /// Checked before sending: at most 4096 characters; at most 1024 characters beside `image`, `document`, `video`.
            ///
            /// Source: observed (E5, E17, E35).
            pub fn message(
                mut self,
                value: impl Into<zap_client_runtime::Optional<String>>,
            ) -> Self {
                self.message = Ok(value.into().into_option());
                self
            }
            /// Mobile number without the calling code, digits only. The server refuses anything else. It must equal the
            /// number that the contact was stored with.
            ///
            /// Checked before sending: not empty; digits alone.
            ///
            /// Source: observed (E12, E17, E21).
            pub fn mobile<T>(mut self, value: T) -> Self
            where
                T: TryInto<String>,
                T::Error: ::std::fmt::Display,
            {
                self.mobile = value
                    .try_into()
                    .map_err(|_| zap_client_runtime::Flaw::WrongType("mobile"));
                self
            }
            /// Calling code of the country, digits only, without `+`. It must equal the code that the contact was
            /// stored with.
            ///
            /// Checked before sending: not empty.
            ///
            /// Source: observed (E12, E17).
            pub fn mobile_code<T>(mut self, value: T) -> Self
            where
                T: TryInto<String>,
                T::Error: ::std::fmt::Display,
            {
                self.mobile_code = value
                    .try_into()
                    .map_err(|_| zap_client_runtime::Flaw::WrongType("mobile_code"));
                self
            }
            /// Name of the location, shown with it. Give it together with `address`. Undocumented.
            ///
            /// Source: observed (E17, E35).
            pub fn name(
                mut self,
                value: impl Into<zap_client_runtime::Optional<String>>,
            ) -> Self {
                self.name = Ok(value.into().into_option());
                self
            }
            /// A shop's product as JSON text: an object with `name`, `description`, `permalink` and, optionally,
            /// `images`. It becomes a message with a link button. The first picture becomes the header if its URL, in
            /// `src`, ends in `jpeg` or `png`. Undocumented.
            ///
            /// Checked before sending: JSON; an object with a text or a number for `name`, `description`, `permalink`.
            ///
            /// Source: observed (E17, E26, E36).
            pub fn product(
                mut self,
                value: impl Into<zap_client_runtime::Optional<String>>,
            ) -> Self {
                self.product = Ok(value.into().into_option());
                self
            }
            /// MP4 video, up to 16 MB. The server may allow less.
            ///
            /// Checked before sending: of type mp4, by its name or its content; at most 16777216 bytes (16 MiB); not empty.
            ///
            /// Source: observed (E5, E17, E24).
            pub fn video(
                mut self,
                value: impl Into<
                    zap_client_runtime::Optional<::zap_client_runtime::File>,
                >,
            ) -> Self {
                self.video = Ok(value.into().into_option());
                self
            }
        }

        impl TryFrom<SendMessageBody> for super::SendMessageBody {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SendMessageBody,
            ) -> Result<Self, super::error::ConversionError> {
                Ok(Self {
                    address: value.address?,
                    audio: value.audio?,
                    created_order_data: value.created_order_data?,
                    cta_url_id: value.cta_url_id?,
                    document: value.document?,
                    from_number: value.from_number?,
                    image: value.image?,
                    interactive_list_id: value.interactive_list_id?,
                    latitude: value.latitude?,
                    longitude: value.longitude?,
                    message: value.message?,
                    mobile: value.mobile?,
                    mobile_code: value.mobile_code?,
                    name: value.name?,
                    product: value.product?,
                    video: value.video?,
                })
            }
        }

        impl From<super::SendMessageBody> for SendMessageBody {
            fn from(value: super::SendMessageBody) -> Self {
                Self {
                    address: Ok(value.address),
                    audio: Ok(value.audio),
                    created_order_data: Ok(value.created_order_data),
                    cta_url_id: Ok(value.cta_url_id),
                    document: Ok(value.document),
                    from_number: Ok(value.from_number),
                    image: Ok(value.image),
                    interactive_list_id: Ok(value.interactive_list_id),
                    latitude: Ok(value.latitude),
                    longitude: Ok(value.longitude),
                    message: Ok(value.message),
                    mobile: Ok(value.mobile),
                    mobile_code: Ok(value.mobile_code),
                    name: Ok(value.name),
                    product: Ok(value.product),
                    video: Ok(value.video),
                }
            }
        }

        #[derive(Clone)]
        pub struct SendTemplateMessageBody {
            body_variables: Result<Vec<String>, zap_client_runtime::Flaw>,
            from_number: Result<Option<String>, zap_client_runtime::Flaw>,
            header_variables: Result<Vec<String>, zap_client_runtime::Flaw>,
            mobile: Result<String, zap_client_runtime::Flaw>,
            mobile_code: Result<String, zap_client_runtime::Flaw>,
            template_id: Result<i64, zap_client_runtime::Flaw>,
        }

        impl Default for SendTemplateMessageBody {
            fn default() -> Self {
                Self {
                    body_variables: Ok(Default::default()),
                    from_number: Ok(Default::default()),
                    header_variables: Ok(Default::default()),
                    mobile: Err(zap_client_runtime::Flaw::Missing("mobile")),
                    mobile_code: Err(zap_client_runtime::Flaw::Missing("mobile_code")),
                    template_id: Err(zap_client_runtime::Flaw::Missing("template_id")),
                }
            }
        }

        impl SendTemplateMessageBody {
            /// Values for the placeholders of the template's body, in order. Undocumented. The server does not check
            /// how many there are. If a whole value is `{{ contactName }}` or `{{ contactMobile }}`, the server sends
            /// the contact's name or number instead.
            ///
            /// Each value, checked before sending: not empty; nothing in double braces, unless all of it is one of `{{ contactName }}`, `{{ contactMobile }}`; no line break, no tab and no more than four spaces in a row; at most 1024 characters.
            ///
            /// Source: observed (E5, E20, E27, E33).
            pub fn body_variables(
                mut self,
                values: impl IntoIterator<Item = impl Into<String>>,
            ) -> Self {
                self.body_variables = Ok(values.into_iter().map(Into::into).collect());
                self
            }
            /// The account's WhatsApp number to send from. It is documented, but the recorded version ignores it and
            /// always sends from the default number.
            ///
            /// Source: observed (E18).
            pub fn from_number(
                mut self,
                value: impl Into<zap_client_runtime::Optional<String>>,
            ) -> Self {
                self.from_number = Ok(value.into().into_option());
                self
            }
            /// Values for the placeholders of the template's header, in order. Undocumented. The server does not check
            /// how many there are. A carousel ignores them. If a whole value is `{{ contactName }}` or `{{
            /// contactMobile }}`, the server sends the contact's name or number instead.
            ///
            /// Each value, checked before sending: not empty; nothing in double braces, unless all of it is one of `{{ contactName }}`, `{{ contactMobile }}`; no line break, no tab and no more than four spaces in a row; at most 1024 characters.
            ///
            /// Source: observed (E5, E20, E27, E33).
            pub fn header_variables(
                mut self,
                values: impl IntoIterator<Item = impl Into<String>>,
            ) -> Self {
                self.header_variables = Ok(values.into_iter().map(Into::into).collect());
                self
            }
            /// Mobile number without the calling code, digits only. The server refuses anything else. It must equal the
            /// number that the contact was stored with.
            ///
            /// Checked before sending: not empty; digits alone.
            ///
            /// Source: observed (E12, E20, E21).
            pub fn mobile<T>(mut self, value: T) -> Self
            where
                T: TryInto<String>,
                T::Error: ::std::fmt::Display,
            {
                self.mobile = value
                    .try_into()
                    .map_err(|_| zap_client_runtime::Flaw::WrongType("mobile"));
                self
            }
            /// Calling code of the country, digits only, without `+`. It must equal the code that the contact was
            /// stored with.
            ///
            /// Checked before sending: not empty.
            ///
            /// Source: observed (E12, E20).
            pub fn mobile_code<T>(mut self, value: T) -> Self
            where
                T: TryInto<String>,
                T::Error: ::std::fmt::Display,
            {
                self.mobile_code = value
                    .try_into()
                    .map_err(|_| zap_client_runtime::Flaw::WrongType("mobile_code"));
                self
            }
            /// The `id` of the template in the list of templates, not Meta's `whatsapp_template_id`. One sample on the
            /// providers' pages spells the field `testmplate_id`, which the server does not recognise.
            ///
            /// Checked before sending: at least 1.
            ///
            /// Source: observed (E3, E20).
            pub fn template_id<T>(mut self, value: T) -> Self
            where
                T: TryInto<i64>,
                T::Error: ::std::fmt::Display,
            {
                self.template_id = value
                    .try_into()
                    .map_err(|_| zap_client_runtime::Flaw::WrongType("template_id"));
                self
            }
        }

        impl TryFrom<SendTemplateMessageBody> for super::SendTemplateMessageBody {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SendTemplateMessageBody,
            ) -> Result<Self, super::error::ConversionError> {
                Ok(Self {
                    body_variables: value.body_variables?,
                    from_number: value.from_number?,
                    header_variables: value.header_variables?,
                    mobile: value.mobile?,
                    mobile_code: value.mobile_code?,
                    template_id: value.template_id?,
                })
            }
        }

        impl From<super::SendTemplateMessageBody> for SendTemplateMessageBody {
            fn from(value: super::SendTemplateMessageBody) -> Self {
                Self {
                    body_variables: Ok(value.body_variables),
                    from_number: Ok(value.from_number),
                    header_variables: Ok(value.header_variables),
                    mobile: Ok(value.mobile),
                    mobile_code: Ok(value.mobile_code),
                    template_id: Ok(value.template_id),
                }
            }
        }

        impl ::std::fmt::Debug for ContactStoreBody {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
            }
        }

        impl ::std::fmt::Debug for super::ContactStoreBody {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
            }
        }

        impl From<ContactStoreBody> for zap_client_runtime::Form {
            fn from(form: ContactStoreBody) -> Self {
                Self::new()
                    .text_of("firstname", form.firstname.map(Some))
                    .text_of("lastname", form.lastname.map(Some))
                    .text_of("mobile_code", form.mobile_code.map(Some))
                    .text_of("mobile", form.mobile.map(Some))
                    .text_of("city", form.city)
                    .text_of("state", form.state)
                    .text_of("post_code", form.post_code)
                    .text_of("address", form.address)
                    .file_of("profile_image", form.profile_image)
            }
        }

        impl From<super::ContactStoreBody> for zap_client_runtime::Form {
            fn from(form: super::ContactStoreBody) -> Self {
                ContactStoreBody::from(form).into()
            }
        }

        impl ::std::fmt::Debug for ContactUpdateBody {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
            }
        }

        impl ::std::fmt::Debug for super::ContactUpdateBody {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
            }
        }

        impl From<ContactUpdateBody> for zap_client_runtime::Form {
            fn from(form: ContactUpdateBody) -> Self {
                Self::new()
                    .text_of("firstname", form.firstname.map(Some))
                    .text_of("lastname", form.lastname.map(Some))
                    .text_of("mobile_code", form.mobile_code.map(Some))
                    .text_of("mobile", form.mobile.map(Some))
                    .text_of("city", form.city)
                    .text_of("state", form.state)
                    .text_of("post_code", form.post_code)
                    .text_of("address", form.address)
                    .file_of("profile_image", form.profile_image)
            }
        }

        impl From<super::ContactUpdateBody> for zap_client_runtime::Form {
            fn from(form: super::ContactUpdateBody) -> Self {
                ContactUpdateBody::from(form).into()
            }
        }

        impl ::std::fmt::Debug for ChangeConversationStatusBody {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
            }
        }

        impl ::std::fmt::Debug for super::ChangeConversationStatusBody {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
            }
        }

        impl From<ChangeConversationStatusBody> for zap_client_runtime::Form {
            fn from(form: ChangeConversationStatusBody) -> Self {
                Self::new().text_of("status", form.status.map(Some))
            }
        }

        impl From<super::ChangeConversationStatusBody> for zap_client_runtime::Form {
            fn from(form: super::ChangeConversationStatusBody) -> Self {
                ChangeConversationStatusBody::from(form).into()
            }
        }

        impl ::std::fmt::Debug for SendMessageBody {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
            }
        }

        impl ::std::fmt::Debug for super::SendMessageBody {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
            }
        }

        impl From<SendMessageBody> for zap_client_runtime::Form {
            fn from(form: SendMessageBody) -> Self {
                Self::new()
                    .text_of("mobile_code", form.mobile_code.map(Some))
                    .text_of("mobile", form.mobile.map(Some))
                    .text_of("from_number", form.from_number)
                    .text_of("cta_url_id", form.cta_url_id)
                    .text_of("interactive_list_id", form.interactive_list_id)
                    .file_of("image", form.image)
                    .file_of("document", form.document)
                    .file_of("video", form.video)
                    .file_of("audio", form.audio)
                    .text_of("latitude", form.latitude)
                    .text_of("longitude", form.longitude)
                    .text_of("name", form.name)
                    .text_of("address", form.address)
                    .text_of("product", form.product)
                    .text_of("created_order_data", form.created_order_data)
                    .text_of("message", form.message)
            }
        }

        impl From<super::SendMessageBody> for zap_client_runtime::Form {
            fn from(form: super::SendMessageBody) -> Self {
                SendMessageBody::from(form).into()
            }
        }

        impl ::std::fmt::Debug for SendTemplateMessageBody {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
            }
        }

        impl ::std::fmt::Debug for super::SendTemplateMessageBody {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
            }
        }

        impl From<SendTemplateMessageBody> for zap_client_runtime::Form {
            fn from(form: SendTemplateMessageBody) -> Self {
                Self::new()
                    .text_of("mobile_code", form.mobile_code.map(Some))
                    .text_of("mobile", form.mobile.map(Some))
                    .text_of("from_number", form.from_number)
                    .text_of("template_id", form.template_id.map(Some))
                    .text_of("header_variables[]", form.header_variables)
                    .text_of("body_variables[]", form.body_variables)
            }
        }

        impl From<super::SendTemplateMessageBody> for zap_client_runtime::Form {
            fn from(form: super::SendTemplateMessageBody) -> Self {
                SendTemplateMessageBody::from(form).into()
            }
        }
    }

    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
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

    /// Status of a conversation. The set is open: the server may send other numbers.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(from = "i64", into = "i64"))]
    pub enum ConversationStatus {
        /// No status; new conversations have this one. Undocumented. On the wire: `0`.
        Unset,
        /// Finished. On the wire: `1`.
        Done,
        /// Waiting. On the wire: `2`.
        Pending,
        /// Marked as important. On the wire: `3`.
        Important,
        /// Not read yet. The recorded version refuses to set it. On the wire: `4`.
        Unread,
        /// A value that the spec does not name, kept as it came.
        Unknown(i64),
    }

    impl ConversationStatus {
        /// The value on the wire.
        pub const fn value(self) -> i64 {
            match self {
                Self::Unset => 0,
                Self::Done => 1,
                Self::Pending => 2,
                Self::Important => 3,
                Self::Unread => 4,
                Self::Unknown(value) => value,
            }
        }
    }

    impl From<i64> for ConversationStatus {
        fn from(value: i64) -> Self {
            match value {
                0 => Self::Unset,
                1 => Self::Done,
                2 => Self::Pending,
                3 => Self::Important,
                4 => Self::Unread,
                other => Self::Unknown(other),
            }
        }
    }

    impl From<ConversationStatus> for i64 {
        fn from(value: ConversationStatus) -> Self {
            value.value()
        }
    }

    zap_client_runtime::open_enum!(ConversationStatus as i64);
    /// Type of a message's content. The set is open: the server may send other numbers.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(from = "i64", into = "i64"))]
    pub enum MessageType {
        /// Text, including the blank text that a faulty location becomes. On the wire: `1`.
        Text,
        /// Picture. On the wire: `2`.
        Image,
        /// Video. On the wire: `3`.
        Video,
        /// Document. On the wire: `4`.
        Document,
        /// Audio. On the wire: `5`.
        Audio,
        /// Link button, including one made of a product or an order. On the wire: `6`.
        CtaUrl,
        /// Location. On the wire: `8`.
        Location,
        /// Interactive list. On the wire: `9`.
        InteractiveList,
        /// A value that the spec does not name, kept as it came.
        Unknown(i64),
    }

    impl MessageType {
        /// The value on the wire.
        pub const fn value(self) -> i64 {
            match self {
                Self::Text => 1,
                Self::Image => 2,
                Self::Video => 3,
                Self::Document => 4,
                Self::Audio => 5,
                Self::CtaUrl => 6,
                Self::Location => 8,
                Self::InteractiveList => 9,
                Self::Unknown(value) => value,
            }
        }
    }

    impl From<i64> for MessageType {
        fn from(value: i64) -> Self {
            match value {
                1 => Self::Text,
                2 => Self::Image,
                3 => Self::Video,
                4 => Self::Document,
                5 => Self::Audio,
                6 => Self::CtaUrl,
                8 => Self::Location,
                9 => Self::InteractiveList,
                other => Self::Unknown(other),
            }
        }
    }

    impl From<MessageType> for i64 {
        fn from(value: MessageType) -> Self {
            value.value()
        }
    }

    zap_client_runtime::open_enum!(MessageType as i64);
    /// Whether WhatsApp has approved a template. The set is open: the server may send other numbers.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(from = "i64", into = "i64"))]
    pub enum TemplateStatus {
        /// Not decided yet. On the wire: `0`.
        Pending,
        /// Approved. You can send it. On the wire: `1`.
        Approved,
        /// Rejected, with the reason in `rejected_reason`. You cannot send it. On the wire: `2`.
        Rejected,
        /// A value that the spec does not name, kept as it came.
        Unknown(i64),
    }

    impl TemplateStatus {
        /// The value on the wire.
        pub const fn value(self) -> i64 {
            match self {
                Self::Pending => 0,
                Self::Approved => 1,
                Self::Rejected => 2,
                Self::Unknown(value) => value,
            }
        }
    }

    impl From<i64> for TemplateStatus {
        fn from(value: i64) -> Self {
            match value {
                0 => Self::Pending,
                1 => Self::Approved,
                2 => Self::Rejected,
                other => Self::Unknown(other),
            }
        }
    }

    impl From<TemplateStatus> for i64 {
        fn from(value: TemplateStatus) -> Self {
            value.value()
        }
    }

    zap_client_runtime::open_enum!(TemplateStatus as i64);
    impl zap_client_runtime::Answer for ChangeConversationStatusResponse {
        fn verdict(&self) -> Option<&str> {
            self.status.as_deref()
        }
    }

    impl zap_client_runtime::Answer for ContactDeleteResponse {
        fn verdict(&self) -> Option<&str> {
            self.status.as_deref()
        }
    }

    impl zap_client_runtime::Answer for ContactListResponse {
        fn verdict(&self) -> Option<&str> {
            self.status.as_deref()
        }
    }

    impl zap_client_runtime::Answer for ContactStoreResponse {
        fn verdict(&self) -> Option<&str> {
            self.status.as_deref()
        }
    }

    impl zap_client_runtime::Answer for ContactUpdateResponse {
        fn verdict(&self) -> Option<&str> {
            self.status.as_deref()
        }
    }

    impl zap_client_runtime::Answer for ConversationDetailsResponse {
        fn verdict(&self) -> Option<&str> {
            self.status.as_deref()
        }
    }

    impl zap_client_runtime::Answer for ConversationListResponse {
        fn verdict(&self) -> Option<&str> {
            self.status.as_deref()
        }
    }

    impl zap_client_runtime::Answer for SendMessageResponse {
        fn verdict(&self) -> Option<&str> {
            self.status.as_deref()
        }
    }

    impl zap_client_runtime::Answer for SendTemplateMessageResponse {
        fn verdict(&self) -> Option<&str> {
            self.status.as_deref()
        }
    }

    impl zap_client_runtime::Answer for TemplateListResponse {
        fn verdict(&self) -> Option<&str> {
            self.status.as_deref()
        }
    }

    impl From<zap_client_runtime::Flaw> for error::ConversionError {
        fn from(flaw: zap_client_runtime::Flaw) -> Self {
            ::std::string::ToString::to_string(&flaw).into()
        }
    }
}

/// Types for composing operation parameters.
#[allow(clippy::all)]
pub mod builder {
    #[allow(unused_imports)]
    use super::{Error, ResponseValue, operations, types};
    /// Builder for [`Client::contact_delete`]
    ///
    /// [`Client::contact_delete`]: super::Client::contact_delete
    #[derive(Clone)]
    pub struct ContactDelete<'a> {
        client: &'a super::Client,
        contact_id: Result<i64, zap_client_runtime::Flaw>,
    }

    impl<'a> ContactDelete<'a> {
        pub(super) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                contact_id: Err(zap_client_runtime::Flaw::Missing("contact_id")),
            }
        }

        /// Id of the contact, as in the list of contacts. The server refuses unknown ids and those of other accounts.
        ///
        /// Checked before sending: at least 1.
        ///
        /// Source: observed (E8, E21).
        pub fn contact_id<V>(mut self, value: V) -> Self
        where
            V: TryInto<i64>,
        {
            self.contact_id = value
                .try_into()
                .map_err(|_| zap_client_runtime::Flaw::WrongType("contact_id"));
            self
        }

        /// Sends the call once, and again only if the request provably never left this machine. Dropping the future stops waiting; what was sent by then stays sent.
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ContactDeleteResponse>, Error> {
            self.into_call().send().await
        }

        /// The request that `send` would make, with every secret masked; nothing is sent. The same rules are
        /// checked, and files are looked at, but no stream is read.
        pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
            self.into_call().dry_run().await
        }

        fn into_call(self) -> zap_client_runtime::Call<'a> {
            let Self { client, contact_id } = self;
            client
                .raw
                .call(&operations::CONTACT_DELETE)
                .path_of("contact_id", contact_id)
        }
    }

    /// Builder for [`Client::contact_list`]
    ///
    /// [`Client::contact_list`]: super::Client::contact_list
    #[derive(Clone)]
    pub struct ContactList<'a> {
        client: &'a super::Client,
        page: Result<Option<i64>, zap_client_runtime::Flaw>,
        paginate: Result<Option<i64>, zap_client_runtime::Flaw>,
        search: Result<Option<String>, zap_client_runtime::Flaw>,
    }

    impl<'a> ContactList<'a> {
        pub(super) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                page: Ok(None),
                paginate: Ok(None),
                search: Ok(None),
            }
        }

        /// Number of the page, from 1. The default is the first page. Beyond the last page the list is empty, which is
        /// not an error.
        ///
        /// Checked before sending: at least 1.
        ///
        /// Source: observed (E3, E16).
        pub fn page(
            mut self,
            value: impl Into<zap_client_runtime::Optional<i64>>,
        ) -> Self {
            self.page = Ok(value.into().into_option());
            self
        }

        /// Number of items on a page. The default is 20. No upper limit is known: a huge number returns everything. The
        /// server treats 0 as 15, and fails with `exception` on a negative number.
        ///
        /// Checked before sending: at least 1.
        ///
        /// Source: observed (E3, E16).
        pub fn paginate(
            mut self,
            value: impl Into<zap_client_runtime::Optional<i64>>,
        ) -> Self {
            self.paginate = Ok(value.into().into_option());
            self
        }

        /// Part of a first name, last name or mobile number.
        ///
        /// Do not rely on it. It is documented, but on the recorded version every search that is not empty fails
        /// with the remark `exception`, because the server queries a database column that does not exist.
        ///
        /// Source: observed (E3, E14).
        pub fn search(
            mut self,
            value: impl Into<zap_client_runtime::Optional<String>>,
        ) -> Self {
            self.search = Ok(value.into().into_option());
            self
        }

        /// Sends the call, and again if it fails in passing, as the client's [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ContactListResponse>, Error> {
            self.into_call().send().await
        }

        /// The request that `send` would make, with every secret masked; nothing is sent. The same rules are
        /// checked, and files are looked at, but no stream is read.
        pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
            self.into_call().dry_run().await
        }

        fn into_call(self) -> zap_client_runtime::Call<'a> {
            let Self { client, page, paginate, search } = self;
            client
                .raw
                .call(&operations::CONTACT_LIST)
                .query_of("page", page)
                .query_of("paginate", paginate)
                .query_of("search", search)
        }

        /// The items of all pages, each page fetched when it is needed: one call a page. See
        /// [`Items`](zap_client_runtime::Items) for what may be missed while the list changes.
        pub fn items(self) -> zap_client_runtime::Items<'a, types::Contact> {
            let first = self.page.unwrap_or_default();
            zap_client_runtime::Items::new(
                self.client.raw_client(),
                &operations::CONTACT_LIST,
                first,
                move |number| {
                    let call = self.clone().page(number).into_call();
                    ::std::boxed::Box::pin(async move {
                        let answer = call
                            .send::<types::ContactListResponse>()
                            .await?
                            .into_inner();
                        let last_page = answer
                            .data
                            .as_ref()
                            .and_then(|value| value.contacts.as_ref())
                            .and_then(|value| value.last_page);
                        let total = answer
                            .data
                            .as_ref()
                            .and_then(|value| value.contacts.as_ref())
                            .and_then(|value| value.total);
                        let items: Vec<types::Contact> = answer
                            .data
                            .and_then(|value| value.contacts)
                            .map(|value| zap_client_runtime::List::list(value.data))
                            .unwrap_or_default();
                        let items = items
                            .into_iter()
                            .map(|item| (
                                zap_client_runtime::Key::of(
                                    item.id.clone().map(Into::into),
                                    &item,
                                ),
                                item,
                            ))
                            .collect();
                        Ok(zap_client_runtime::Page {
                            items,
                            last_page,
                            total,
                        })
                    })
                },
            )
        }
    }

    /// Builder for [`Client::contact_store`]
    ///
    /// [`Client::contact_store`]: super::Client::contact_store
    #[derive(Clone)]
    pub struct ContactStore<'a> {
        client: &'a super::Client,
        body: types::builder::ContactStoreBody,
    }

    impl<'a> ContactStore<'a> {
        pub(super) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Default::default(),
            }
        }

        /// Sets the whole form.
        pub fn body(
            mut self,
            value: impl Into<types::builder::ContactStoreBody>,
        ) -> Self {
            self.body = value.into();
            self
        }

        /// Fills in the form.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::ContactStoreBody,
            ) -> types::builder::ContactStoreBody,
        {
            self.body = f(self.body);
            self
        }

        /// Sends the call once, and again only if the request provably never left this machine. Dropping the future stops waiting; what was sent by then stays sent.
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ContactStoreResponse>, Error> {
            self.into_call().send().await
        }

        /// The request that `send` would make, with every secret masked; nothing is sent. The same rules are
        /// checked, and files are looked at, but no stream is read.
        pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
            self.into_call().dry_run().await
        }

        fn into_call(self) -> zap_client_runtime::Call<'a> {
            let Self { client, body } = self;
            client.raw.call(&operations::CONTACT_STORE).form(body)
        }
    }

    /// Builder for [`Client::contact_update`]
    ///
    /// [`Client::contact_update`]: super::Client::contact_update
    #[derive(Clone)]
    pub struct ContactUpdate<'a> {
        client: &'a super::Client,
        contact_id: Result<i64, zap_client_runtime::Flaw>,
        body: types::builder::ContactUpdateBody,
    }

    impl<'a> ContactUpdate<'a> {
        pub(super) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                contact_id: Err(zap_client_runtime::Flaw::Missing("contact_id")),
                body: Default::default(),
            }
        }

        /// Id of the contact, as in the list of contacts. The server refuses unknown ids and those of other accounts.
        ///
        /// Checked before sending: at least 1.
        ///
        /// Source: observed (E8, E21).
        pub fn contact_id<V>(mut self, value: V) -> Self
        where
            V: TryInto<i64>,
        {
            self.contact_id = value
                .try_into()
                .map_err(|_| zap_client_runtime::Flaw::WrongType("contact_id"));
            self
        }

        /// Sets the whole form.
        pub fn body(
            mut self,
            value: impl Into<types::builder::ContactUpdateBody>,
        ) -> Self {
            self.body = value.into();
            self
        }

        /// Fills in the form.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::ContactUpdateBody,
            ) -> types::builder::ContactUpdateBody,
        {
            self.body = f(self.body);
            self
        }

        /// Sends the call once, and again only if the request provably never left this machine. Dropping the future stops waiting; what was sent by then stays sent.
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ContactUpdateResponse>, Error> {
            self.into_call().send().await
        }

        /// The request that `send` would make, with every secret masked; nothing is sent. The same rules are
        /// checked, and files are looked at, but no stream is read.
        pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
            self.into_call().dry_run().await
        }

        fn into_call(self) -> zap_client_runtime::Call<'a> {
            let Self { client, contact_id, body } = self;
            client
                .raw
                .call(&operations::CONTACT_UPDATE)
                .path_of("contact_id", contact_id)
                .form(body)
        }
    }

    /// Builder for [`Client::change_conversation_status`]
    ///
    /// [`Client::change_conversation_status`]: super::Client::change_conversation_status
    #[derive(Clone)]
    pub struct ChangeConversationStatus<'a> {
        client: &'a super::Client,
        conversation_id: Result<i64, zap_client_runtime::Flaw>,
        body: types::builder::ChangeConversationStatusBody,
    }

    impl<'a> ChangeConversationStatus<'a> {
        pub(super) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                conversation_id: Err(
                    zap_client_runtime::Flaw::Missing("conversation_id"),
                ),
                body: Default::default(),
            }
        }

        /// Id of the conversation, as in the list of conversations or in the answer to a sent message. The server
        /// refuses unknown ids with `not_found`.
        ///
        /// Checked before sending: at least 1.
        ///
        /// Source: observed (E8, E21).
        pub fn conversation_id<V>(mut self, value: V) -> Self
        where
            V: TryInto<i64>,
        {
            self.conversation_id = value
                .try_into()
                .map_err(|_| zap_client_runtime::Flaw::WrongType("conversation_id"));
            self
        }

        /// Sets the whole form.
        pub fn body(
            mut self,
            value: impl Into<types::builder::ChangeConversationStatusBody>,
        ) -> Self {
            self.body = value.into();
            self
        }

        /// Fills in the form.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::ChangeConversationStatusBody,
            ) -> types::builder::ChangeConversationStatusBody,
        {
            self.body = f(self.body);
            self
        }

        /// Sends the call once, and again only if the request provably never left this machine. Dropping the future stops waiting; what was sent by then stays sent.
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ChangeConversationStatusResponse>, Error> {
            self.into_call().send().await
        }

        /// The request that `send` would make, with every secret masked; nothing is sent. The same rules are
        /// checked, and files are looked at, but no stream is read.
        pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
            self.into_call().dry_run().await
        }

        fn into_call(self) -> zap_client_runtime::Call<'a> {
            let Self { client, conversation_id, body } = self;
            client
                .raw
                .call(&operations::CHANGE_CONVERSATION_STATUS)
                .path_of("conversation_id", conversation_id)
                .form(body)
        }
    }

    /// Builder for [`Client::conversation_details`]
    ///
    /// [`Client::conversation_details`]: super::Client::conversation_details
    #[derive(Clone)]
    pub struct ConversationDetails<'a> {
        client: &'a super::Client,
        conversation_id: Result<i64, zap_client_runtime::Flaw>,
    }

    impl<'a> ConversationDetails<'a> {
        pub(super) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                conversation_id: Err(
                    zap_client_runtime::Flaw::Missing("conversation_id"),
                ),
            }
        }

        /// Id of the conversation, as in the list of conversations or in the answer to a sent message. The server
        /// refuses unknown ids with `not_found`.
        ///
        /// Checked before sending: at least 1.
        ///
        /// Source: observed (E8, E21).
        pub fn conversation_id<V>(mut self, value: V) -> Self
        where
            V: TryInto<i64>,
        {
            self.conversation_id = value
                .try_into()
                .map_err(|_| zap_client_runtime::Flaw::WrongType("conversation_id"));
            self
        }

        /// Sends the call, and again if it fails in passing, as the client's [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ConversationDetailsResponse>, Error> {
            self.into_call().send().await
        }

        /// The request that `send` would make, with every secret masked; nothing is sent. The same rules are
        /// checked, and files are looked at, but no stream is read.
        pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
            self.into_call().dry_run().await
        }

        fn into_call(self) -> zap_client_runtime::Call<'a> {
            let Self { client, conversation_id } = self;
            client
                .raw
                .call(&operations::CONVERSATION_DETAILS)
                .path_of("conversation_id", conversation_id)
        }
    }

    /// Builder for [`Client::conversation_list`]
    ///
    /// [`Client::conversation_list`]: super::Client::conversation_list
    #[derive(Clone)]
    pub struct ConversationList<'a> {
        client: &'a super::Client,
        page: Result<Option<i64>, zap_client_runtime::Flaw>,
        paginate: Result<Option<i64>, zap_client_runtime::Flaw>,
        search: Result<Option<String>, zap_client_runtime::Flaw>,
        status: Result<
            Option<crate::types::ConversationStatus>,
            zap_client_runtime::Flaw,
        >,
    }

    impl<'a> ConversationList<'a> {
        pub(super) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                page: Ok(None),
                paginate: Ok(None),
                search: Ok(None),
                status: Ok(None),
            }
        }

        /// Number of the page, from 1. The default is the first page. Beyond the last page the list is empty, which is
        /// not an error.
        ///
        /// Checked before sending: at least 1.
        ///
        /// Source: observed (E3, E16).
        pub fn page(
            mut self,
            value: impl Into<zap_client_runtime::Optional<i64>>,
        ) -> Self {
            self.page = Ok(value.into().into_option());
            self
        }

        /// Number of items on a page. The default is 20. No upper limit is known: a huge number returns everything. The
        /// server treats 0 as 15, and fails with `exception` on a negative number.
        ///
        /// Checked before sending: at least 1.
        ///
        /// Source: observed (E3, E16).
        pub fn paginate(
            mut self,
            value: impl Into<zap_client_runtime::Optional<i64>>,
        ) -> Self {
            self.paginate = Ok(value.into().into_option());
            self
        }

        /// Part of the contact's name or mobile number. Letter case and accents do not matter. You can combine it
        /// with `status`. It is undocumented, but works on the recorded version.
        ///
        /// Source: observed (E14).
        pub fn search(
            mut self,
            value: impl Into<zap_client_runtime::Optional<String>>,
        ) -> Self {
            self.search = Ok(value.into().into_option());
            self
        }

        /// Lists only conversations with this status, from 0 to 4. By default, lists all conversations. The
        /// recorded version also accepts several statuses as `status[]`, which is undocumented and not supported by
        /// the client.
        ///
        /// Checked before sending: at most 4; at least 0.
        ///
        /// Source: observed (E15).
        pub fn status(
            mut self,
            value: impl Into<
                zap_client_runtime::Optional<crate::types::ConversationStatus>,
            >,
        ) -> Self {
            self.status = Ok(value.into().into_option());
            self
        }

        /// Sends the call, and again if it fails in passing, as the client's [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ConversationListResponse>, Error> {
            self.into_call().send().await
        }

        /// The request that `send` would make, with every secret masked; nothing is sent. The same rules are
        /// checked, and files are looked at, but no stream is read.
        pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
            self.into_call().dry_run().await
        }

        fn into_call(self) -> zap_client_runtime::Call<'a> {
            let Self { client, page, paginate, search, status } = self;
            client
                .raw
                .call(&operations::CONVERSATION_LIST)
                .query_of("status", status)
                .query_of("page", page)
                .query_of("paginate", paginate)
                .query_of("search", search)
        }

        /// The items of all pages, each page fetched when it is needed: one call a page. See
        /// [`Items`](zap_client_runtime::Items) for what may be missed while the list changes.
        pub fn items(self) -> zap_client_runtime::Items<'a, types::Conversation> {
            let first = self.page.unwrap_or_default();
            zap_client_runtime::Items::new(
                self.client.raw_client(),
                &operations::CONVERSATION_LIST,
                first,
                move |number| {
                    let call = self.clone().page(number).into_call();
                    ::std::boxed::Box::pin(async move {
                        let answer = call
                            .send::<types::ConversationListResponse>()
                            .await?
                            .into_inner();
                        let last_page = answer
                            .data
                            .as_ref()
                            .and_then(|value| value.conversation.as_ref())
                            .and_then(|value| value.last_page);
                        let total = answer
                            .data
                            .as_ref()
                            .and_then(|value| value.conversation.as_ref())
                            .and_then(|value| value.total);
                        let items: Vec<types::Conversation> = answer
                            .data
                            .and_then(|value| value.conversation)
                            .map(|value| zap_client_runtime::List::list(value.data))
                            .unwrap_or_default();
                        let items = items
                            .into_iter()
                            .map(|item| (
                                zap_client_runtime::Key::of(
                                    item.id.clone().map(Into::into),
                                    &item,
                                ),
                                item,
                            ))
                            .collect();
                        Ok(zap_client_runtime::Page {
                            items,
                            last_page,
                            total,
                        })
                    })
                },
            )
        }
    }

    /// Builder for [`Client::send_message`]
    ///
    /// [`Client::send_message`]: super::Client::send_message
    #[derive(Clone)]
    pub struct SendMessage<'a> {
        client: &'a super::Client,
        body: types::builder::SendMessageBody,
    }

    impl<'a> SendMessage<'a> {
        pub(super) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Default::default(),
            }
        }

        /// Sets the whole form.
        pub fn body(
            mut self,
            value: impl Into<types::builder::SendMessageBody>,
        ) -> Self {
            self.body = value.into();
            self
        }

        /// Fills in the form.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::SendMessageBody,
            ) -> types::builder::SendMessageBody,
        {
            self.body = f(self.body);
            self
        }

        /// Sends the call once, and again only if the request provably never left this machine. Dropping the future stops waiting; what was sent by then stays sent.
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::SendMessageResponse>, Error> {
            self.into_call().send().await
        }

        /// The request that `send` would make, with every secret masked; nothing is sent. The same rules are
        /// checked, and files are looked at, but no stream is read.
        pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
            self.into_call().dry_run().await
        }

        fn into_call(self) -> zap_client_runtime::Call<'a> {
            let Self { client, body } = self;
            client.raw.call(&operations::SEND_MESSAGE).form(body)
        }
    }

    /// Builder for [`Client::send_template_message`]
    ///
    /// [`Client::send_template_message`]: super::Client::send_template_message
    #[derive(Clone)]
    pub struct SendTemplateMessage<'a> {
        client: &'a super::Client,
        body: types::builder::SendTemplateMessageBody,
    }

    impl<'a> SendTemplateMessage<'a> {
        pub(super) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Default::default(),
            }
        }

        /// Sets the whole form.
        pub fn body(
            mut self,
            value: impl Into<types::builder::SendTemplateMessageBody>,
        ) -> Self {
            self.body = value.into();
            self
        }

        /// Fills in the form.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::SendTemplateMessageBody,
            ) -> types::builder::SendTemplateMessageBody,
        {
            self.body = f(self.body);
            self
        }

        /// Sends the call once, and again only if the request provably never left this machine. Dropping the future stops waiting; what was sent by then stays sent.
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::SendTemplateMessageResponse>, Error> {
            self.into_call().send().await
        }

        /// The request that `send` would make, with every secret masked; nothing is sent. The same rules are
        /// checked, and files are looked at, but no stream is read.
        pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
            self.into_call().dry_run().await
        }

        fn into_call(self) -> zap_client_runtime::Call<'a> {
            let Self { client, body } = self;
            client.raw.call(&operations::SEND_TEMPLATE_MESSAGE).form(body)
        }
    }

    /// Builder for [`Client::template_list`]
    ///
    /// [`Client::template_list`]: super::Client::template_list
    #[derive(Clone)]
    pub struct TemplateList<'a> {
        client: &'a super::Client,
        page: Result<Option<i64>, zap_client_runtime::Flaw>,
        paginate: Result<Option<i64>, zap_client_runtime::Flaw>,
    }

    impl<'a> TemplateList<'a> {
        pub(super) fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                page: Ok(None),
                paginate: Ok(None),
            }
        }

        /// Number of the page, from 1. The default is the first page. Beyond the last page the list is empty, which is
        /// not an error.
        ///
        /// Checked before sending: at least 1.
        ///
        /// Source: observed (E3, E16).
        pub fn page(
            mut self,
            value: impl Into<zap_client_runtime::Optional<i64>>,
        ) -> Self {
            self.page = Ok(value.into().into_option());
            self
        }

        /// Number of items on a page. The default is 20. No upper limit is known: a huge number returns everything. The
        /// server treats 0 as 15, and fails with `exception` on a negative number.
        ///
        /// Checked before sending: at least 1.
        ///
        /// Source: observed (E3, E16).
        pub fn paginate(
            mut self,
            value: impl Into<zap_client_runtime::Optional<i64>>,
        ) -> Self {
            self.paginate = Ok(value.into().into_option());
            self
        }

        /// Sends the call, and again if it fails in passing, as the client's [`RetryPolicy`](zap_client_runtime::RetryPolicy) says.
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::TemplateListResponse>, Error> {
            self.into_call().send().await
        }

        /// The request that `send` would make, with every secret masked; nothing is sent. The same rules are
        /// checked, and files are looked at, but no stream is read.
        pub async fn dry_run(self) -> Result<zap_client_runtime::DryRun, Error> {
            self.into_call().dry_run().await
        }

        fn into_call(self) -> zap_client_runtime::Call<'a> {
            let Self { client, page, paginate } = self;
            client
                .raw
                .call(&operations::TEMPLATE_LIST)
                .query_of("page", page)
                .query_of("paginate", paginate)
        }

        /// The items of all pages, each page fetched when it is needed: one call a page. See
        /// [`Items`](zap_client_runtime::Items) for what may be missed while the list changes.
        pub fn items(self) -> zap_client_runtime::Items<'a, types::Template> {
            let first = self.page.unwrap_or_default();
            zap_client_runtime::Items::new(
                self.client.raw_client(),
                &operations::TEMPLATE_LIST,
                first,
                move |number| {
                    let call = self.clone().page(number).into_call();
                    ::std::boxed::Box::pin(async move {
                        let answer = call
                            .send::<types::TemplateListResponse>()
                            .await?
                            .into_inner();
                        let last_page = answer
                            .data
                            .as_ref()
                            .and_then(|value| value.templates.as_ref())
                            .and_then(|value| value.last_page);
                        let total = answer
                            .data
                            .as_ref()
                            .and_then(|value| value.templates.as_ref())
                            .and_then(|value| value.total);
                        let items: Vec<types::Template> = answer
                            .data
                            .and_then(|value| value.templates)
                            .map(|value| zap_client_runtime::List::list(value.data))
                            .unwrap_or_default();
                        let items = items
                            .into_iter()
                            .map(|item| (
                                zap_client_runtime::Key::of(
                                    item.id.clone().map(Into::into),
                                    &item,
                                ),
                                item,
                            ))
                            .collect();
                        Ok(zap_client_runtime::Page {
                            items,
                            last_page,
                            total,
                        })
                    })
                },
            )
        }
    }

    impl ::std::fmt::Debug for ContactDelete<'_> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
        }
    }

    impl ::std::fmt::Debug for ContactList<'_> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
        }
    }

    impl ::std::fmt::Debug for ContactStore<'_> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
        }
    }

    impl ::std::fmt::Debug for ContactUpdate<'_> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
        }
    }

    impl ::std::fmt::Debug for ChangeConversationStatus<'_> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
        }
    }

    impl ::std::fmt::Debug for ConversationDetails<'_> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
        }
    }

    impl ::std::fmt::Debug for ConversationList<'_> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
        }
    }

    impl ::std::fmt::Debug for SendMessage<'_> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
        }
    }

    impl ::std::fmt::Debug for SendTemplateMessage<'_> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
        }
    }

    impl ::std::fmt::Debug for TemplateList<'_> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            ::std::fmt::Debug::fmt(&self.clone().into_call(), f)
        }
    }
}
