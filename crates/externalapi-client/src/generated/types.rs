// Generated from specs/externalapi.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! The types of requests and answers.

pub mod builder;

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
    /// Source: observed ([E15](crate::facts#e15)).
    pub status: crate::types::ConversationStatus,
}

impl ChangeConversationStatusBody {
    /// Returns a builder of [`ChangeConversationStatusBody`] without any value.
    pub fn builder() -> builder::ChangeConversationStatusBody {
        Default::default()
    }
}

/// The answer to setting a conversation's status. It never has `data`.
///
/// Source: observed ([E6](crate::facts#e6)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E21](crate::facts#e21)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E21](crate::facts#e21)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E6](crate::facts#e6)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E21](crate::facts#e21)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E16](crate::facts#e16)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E21](crate::facts#e21)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E6](crate::facts#e6), [E16](crate::facts#e16)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E16](crate::facts#e16)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
    /// Source: observed ([E3](crate::facts#e3)).
    pub address: Option<String>,
    /// City.
    ///
    /// Source: observed ([E3](crate::facts#e3)).
    pub city: Option<String>,
    /// First name. The server removes spaces around it.
    ///
    /// Checked before sending: at most 40 characters; not empty.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E5](crate::facts#e5), [E24](crate::facts#e24)).
    pub firstname: String,
    /// Last name. The server removes spaces around it.
    ///
    /// Checked before sending: not empty.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E5](crate::facts#e5)).
    pub lastname: String,
    /// Mobile number without the calling code, digits only. The server refuses anything else.
    ///
    /// Checked before sending: at most 40 characters; not empty; digits only.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E21](crate::facts#e21), [E24](crate::facts#e24)).
    pub mobile: String,
    /// Calling code of the country, digits only, such as `55`. The server does not check this: it stores a `+`
    /// as sent, and then a message to the same code without `+` does not find the contact.
    ///
    /// Checked before sending: at most 40 characters; not empty.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E12](crate::facts#e12), [E21](crate::facts#e21),
    /// [E24](crate::facts#e24)).
    pub mobile_code: String,
    /// Postal code.
    ///
    /// Source: observed ([E3](crate::facts#e3)).
    pub post_code: Option<String>,
    /// Picture, JPEG or PNG. The server judges it by its content rather than by its name. If the server cannot
    /// read the picture and its name ends in `jpg`, `jpeg` or `png`, it refuses it with `image_upload_error`;
    /// with another name it stores the file as it is. No size limit is documented. The recorded server accepted
    /// 3 MB, but a server with PHP's own limits refuses files over 2 MB, and answers those over 8 MB with
    /// `exception`.
    ///
    /// Checked before sending: of type jpg, jpeg, png, by its name or its content; not empty; at most 104857600 bytes
    /// (100 MiB).
    ///
    /// Source: observed ([E3](crate::facts#e3), [E5](crate::facts#e5), [E8](crate::facts#e8), [E24](crate::facts#e24),
    /// [E30](crate::facts#e30)).
    pub profile_image: Option<::zap_client_runtime::File>,
    /// State or province.
    ///
    /// Source: observed ([E3](crate::facts#e3)).
    pub state: Option<String>,
}

impl ContactStoreBody {
    /// Returns a builder of [`ContactStoreBody`] without any value.
    pub fn builder() -> builder::ContactStoreBody {
        Default::default()
    }
}

/// The result of creating a contact.
///
/// Source: observed ([E21](crate::facts#e21)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E6](crate::facts#e6), [E21](crate::facts#e21)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E21](crate::facts#e21)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E21](crate::facts#e21)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
    /// Source: observed ([E3](crate::facts#e3), [E13](crate::facts#e13)).
    pub address: Option<String>,
    /// City. The server erases it if you omit it.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E13](crate::facts#e13)).
    pub city: Option<String>,
    /// First name. The providers' pages call it optional in an update, but the server requires it.
    ///
    /// Checked before sending: not empty.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E5](crate::facts#e5), [E13](crate::facts#e13)).
    pub firstname: String,
    /// Last name. The providers' pages call it optional in an update, but the server requires it.
    ///
    /// Checked before sending: not empty.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E5](crate::facts#e5), [E13](crate::facts#e13)).
    pub lastname: String,
    /// Mobile number without the calling code, digits only. The providers' pages call it optional in an update,
    /// but the server requires it. The server refuses a number that another contact has.
    ///
    /// Checked before sending: at most 40 characters; not empty; digits only.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E13](crate::facts#e13), [E21](crate::facts#e21),
    /// [E24](crate::facts#e24)).
    pub mobile: String,
    /// Calling code of the country, digits only, such as `55`. The providers' pages call it optional in an
    /// update, but the server requires it.
    ///
    /// Checked before sending: at most 40 characters; not empty.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E13](crate::facts#e13), [E21](crate::facts#e21),
    /// [E24](crate::facts#e24)).
    pub mobile_code: String,
    /// Postal code. The server erases it if you omit it.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E13](crate::facts#e13)).
    pub post_code: Option<String>,
    /// Picture, JPEG or PNG, which replaces the current one. If you omit it, the current one stays. If the
    /// server cannot read the new picture, it refuses the update, but the old picture is lost.
    ///
    /// Checked before sending: of type jpg, jpeg, png, by its name or its content; not empty; at most 104857600 bytes
    /// (100 MiB).
    ///
    /// Source: observed ([E3](crate::facts#e3), [E5](crate::facts#e5), [E10](crate::facts#e10),
    /// [E13](crate::facts#e13), [E24](crate::facts#e24), [E30](crate::facts#e30)).
    pub profile_image: Option<::zap_client_runtime::File>,
    /// State or province. The server erases it if you omit it.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E13](crate::facts#e13)).
    pub state: Option<String>,
}

impl ContactUpdateBody {
    /// Returns a builder of [`ContactUpdateBody`] without any value.
    pub fn builder() -> builder::ContactUpdateBody {
        Default::default()
    }
}

/// The result of updating a contact.
///
/// Source: observed ([E21](crate::facts#e21)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E6](crate::facts#e6), [E21](crate::facts#e21)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E15](crate::facts#e15), [E21](crate::facts#e21)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E6](crate::facts#e6)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E6](crate::facts#e6)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E16](crate::facts#e16)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E6](crate::facts#e6), [E16](crate::facts#e16)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E16](crate::facts#e16)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E2](crate::facts#e2), [E6](crate::facts#e6), [E7](crate::facts#e7), [E8](crate::facts#e8)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct ErrorResponse {
    /// Human-readable texts; one string in the answer to a wrong base path. Validation texts are in the
    /// language of the instance, all others in English, so do not match on them.
    ///
    /// They can contain secrets: the caller's own credentials if the server's database is down, or an access
    /// token if the server cannot reach WhatsApp. Never log them unmasked.
    ///
    /// Source: observed ([E2](crate::facts#e2), [E4](crate::facts#e4), [E11](crate::facts#e11),
    /// [E23](crate::facts#e23)).
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
/// Source: observed ([E19](crate::facts#e19), [E21](crate::facts#e21)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E17](crate::facts#e17), [E21](crate::facts#e21)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E21](crate::facts#e21)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E16](crate::facts#e16)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// - at least one of `cta_url_id`, `interactive_list_id`, `image`, `document`, `video`, `audio`, `latitude`,
///   `longitude`, `product`, `created_order_data`, `message` is given
/// - `latitude`, `longitude` are given together
/// - at most one of `cta_url_id`, `interactive_list_id`, `image`, `document`, `video`, `audio`, `latitude`,
///   `product`, `created_order_data` is given
/// - `message` is not given together with `cta_url_id`, `interactive_list_id`, `audio`, `latitude`, `product`,
///   `created_order_data`
/// - `name`, `address` are given together
/// - `name` is given only with `latitude`, `longitude`
#[derive(Clone)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct SendMessageBody {
    /// Address of the location, shown with it. Give it together with `name`. Undocumented.
    ///
    /// Source: observed ([E17](crate::facts#e17), [E35](crate::facts#e35)).
    pub address: Option<String>,
    /// Audio, up to 16 MB. The server may allow less. Audio has no caption. The server does not check the type
    /// of the file, so WhatsApp may later refuse a file that the server accepted.
    ///
    /// Checked before sending: at most 16777216 bytes (16 MiB); not empty.
    ///
    /// Source: observed ([E5](crate::facts#e5), [E17](crate::facts#e17), [E24](crate::facts#e24),
    /// [E35](crate::facts#e35), [E30](crate::facts#e30)).
    pub audio: Option<::zap_client_runtime::File>,
    /// A shop's order as JSON text: an object with `order_url` and, optionally, `woo_response`, whose
    /// `line_items` each have a `name`. It becomes a message with a link button. Undocumented.
    ///
    /// Checked before sending: JSON; an object with a text or a number for `order_url`.
    ///
    /// Source: observed ([E17](crate::facts#e17), [E26](crate::facts#e26), [E36](crate::facts#e36)).
    pub created_order_data: Option<String>,
    /// Id of a link button (CTA URL), which you create in the dashboard. No operation lists them. Needs a plan
    /// with interactive messages. It takes precedence over any other content. The server treats 0 as absent and
    /// then sends a blank text message.
    ///
    /// Checked before sending: at least 1.
    ///
    /// Source: observed ([E17](crate::facts#e17)).
    pub cta_url_id: Option<i64>,
    /// Document, PDF or Word, up to 100 MB. The server may allow less. WhatsApp shows the file's name. The
    /// server delivers a document whose name has more than 255 characters, but then answers with `exception`.
    ///
    /// Checked before sending: of type pdf, doc, docx, by its name or its content; at most 104857600 bytes (100 MiB); a
    /// name of at most 255 characters; not empty.
    ///
    /// Source: observed ([E5](crate::facts#e5), [E17](crate::facts#e17), [E24](crate::facts#e24),
    /// [E28](crate::facts#e28), [E29](crate::facts#e29)).
    pub document: Option<::zap_client_runtime::File>,
    /// The account's WhatsApp number to send from, exactly as the account has it: `+55 11 4000-0001` and
    /// `551140000001` are not the same. The server refuses any other number with `not_found`.
    ///
    /// If you omit it, the message is sent from the default number according to the providers' pages. The
    /// recorded version uses the account's number with the lowest id, whether it is the default or not.
    ///
    /// Source: observed ([E18](crate::facts#e18)).
    pub from_number: Option<String>,
    /// Picture, JPEG or PNG, up to 5 MB. The server may allow less. It refuses a URL in place of the file.
    ///
    /// Checked before sending: of type jpg, jpeg, png, by its name or its content; at most 5242880 bytes (5 MiB); not
    /// empty.
    ///
    /// Source: observed ([E5](crate::facts#e5), [E17](crate::facts#e17), [E24](crate::facts#e24)).
    pub image: Option<::zap_client_runtime::File>,
    /// Id of an interactive list, which you create in the dashboard. No operation lists them. Needs a plan with
    /// interactive messages.
    ///
    /// Checked before sending: at least 1.
    ///
    /// Source: observed ([E17](crate::facts#e17)).
    pub interactive_list_id: Option<i64>,
    /// Latitude of a location in degrees, positive in the north. Give it together with `longitude`. It must not
    /// be exactly 0, which the server treats as absent. The server checks neither range nor type.
    ///
    /// Checked before sending: at most 90; at least -90; not 0.
    ///
    /// Source: observed ([E17](crate::facts#e17), [E24](crate::facts#e24)).
    pub latitude: Option<f64>,
    /// Longitude of a location in degrees, positive in the east. Give it together with `latitude`. It must not
    /// be exactly 0, which the server treats as absent. The server checks neither range nor type.
    ///
    /// Checked before sending: at most 180; at least -180; not 0.
    ///
    /// Source: observed ([E17](crate::facts#e17), [E24](crate::facts#e24)).
    pub longitude: Option<f64>,
    /// Text of the message, or caption of a picture, document or video. The server removes white space and
    /// invisible characters around it, and treats an empty text as absent. It keeps line breaks.
    ///
    /// Checked before sending: at most 4096 characters; at most 1024 characters beside `image`, `document`, `video`.
    ///
    /// Source: observed ([E5](crate::facts#e5), [E17](crate::facts#e17), [E35](crate::facts#e35)).
    pub message: Option<String>,
    /// Mobile number without the calling code, digits only. The server refuses anything else. It must equal the
    /// number that the contact was stored with.
    ///
    /// Checked before sending: not empty; digits only.
    ///
    /// Source: observed ([E12](crate::facts#e12), [E17](crate::facts#e17), [E21](crate::facts#e21)).
    pub mobile: String,
    /// Calling code of the country, digits only, without `+`. It must equal the code that the contact was
    /// stored with.
    ///
    /// Checked before sending: not empty.
    ///
    /// Source: observed ([E12](crate::facts#e12), [E17](crate::facts#e17)).
    pub mobile_code: String,
    /// Name of the location, shown with it. Give it together with `address`. Undocumented.
    ///
    /// Source: observed ([E17](crate::facts#e17), [E35](crate::facts#e35)).
    pub name: Option<String>,
    /// A shop's product as JSON text: an object with `name`, `description`, `permalink` and, optionally,
    /// `images`. It becomes a message with a link button. The first picture becomes the header if its URL, in
    /// `src`, ends in `jpeg` or `png`. Undocumented.
    ///
    /// Checked before sending: JSON; an object with a text or a number for `name`, `description`, `permalink`.
    ///
    /// Source: observed ([E17](crate::facts#e17), [E26](crate::facts#e26), [E36](crate::facts#e36)).
    pub product: Option<String>,
    /// MP4 video, up to 16 MB. The server may allow less.
    ///
    /// Checked before sending: of type mp4, by its name or its content; at most 16777216 bytes (16 MiB); not empty.
    ///
    /// Source: observed ([E5](crate::facts#e5), [E17](crate::facts#e17), [E24](crate::facts#e24)).
    pub video: Option<::zap_client_runtime::File>,
}

impl SendMessageBody {
    /// Returns a builder of [`SendMessageBody`] without any value.
    pub fn builder() -> builder::SendMessageBody {
        Default::default()
    }
}

/// The result of sending a message.
///
/// Source: observed ([E19](crate::facts#e19)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E6](crate::facts#e6), [E19](crate::facts#e19)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
    /// On the wire: `body_variables[]`.
    ///
    /// Each value, checked before sending: not empty; nothing in double braces, unless the whole value is one of `{{
    /// contactName }}`, `{{ contactMobile }}`; no line break, no tab and no more than four spaces in a row; at most
    /// 1024 characters.
    ///
    /// Source: observed ([E5](crate::facts#e5), [E20](crate::facts#e20), [E27](crate::facts#e27),
    /// [E33](crate::facts#e33)).
    #[cfg_attr(feature = "schemars", schemars(rename = "body_variables[]", default))]
    pub body_variables: Vec<String>,
    /// The account's WhatsApp number to send from. It is documented, but the recorded version ignores it and
    /// always sends from the default number.
    ///
    /// Source: observed ([E18](crate::facts#e18)).
    pub from_number: Option<String>,
    /// Values for the placeholders of the template's header, in order. Undocumented. The server does not check
    /// how many there are. A carousel ignores them. If a whole value is `{{ contactName }}` or `{{
    /// contactMobile }}`, the server sends the contact's name or number instead.
    ///
    /// On the wire: `header_variables[]`.
    ///
    /// Each value, checked before sending: not empty; nothing in double braces, unless the whole value is one of `{{
    /// contactName }}`, `{{ contactMobile }}`; no line break, no tab and no more than four spaces in a row; at most
    /// 1024 characters.
    ///
    /// Source: observed ([E5](crate::facts#e5), [E20](crate::facts#e20), [E27](crate::facts#e27),
    /// [E33](crate::facts#e33)).
    #[cfg_attr(feature = "schemars", schemars(rename = "header_variables[]", default))]
    pub header_variables: Vec<String>,
    /// Mobile number without the calling code, digits only. The server refuses anything else. It must equal the
    /// number that the contact was stored with.
    ///
    /// Checked before sending: not empty; digits only.
    ///
    /// Source: observed ([E12](crate::facts#e12), [E20](crate::facts#e20), [E21](crate::facts#e21)).
    pub mobile: String,
    /// Calling code of the country, digits only, without `+`. It must equal the code that the contact was
    /// stored with.
    ///
    /// Checked before sending: not empty.
    ///
    /// Source: observed ([E12](crate::facts#e12), [E20](crate::facts#e20)).
    pub mobile_code: String,
    /// The `id` of the template in the list of templates, not Meta's `whatsapp_template_id`. One sample on the
    /// providers' pages spells the field `testmplate_id`, which the server does not recognise.
    ///
    /// Checked before sending: at least 1.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E20](crate::facts#e20)).
    pub template_id: i64,
}

impl SendTemplateMessageBody {
    /// Returns a builder of [`SendTemplateMessageBody`] without any value.
    pub fn builder() -> builder::SendTemplateMessageBody {
        Default::default()
    }
}

/// The result of sending a template. It was never seen, and is assumed to be that of sending a message.
///
/// Source: guess ([E9](crate::facts#e9), [E19](crate::facts#e19)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E6](crate::facts#e6), [E9](crate::facts#e9)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
pub struct SendTemplateMessageResponse {
    /// The result. Absent on errors.
    ///
    /// Source: guess ([E9](crate::facts#e9), [E19](crate::facts#e19)).
    pub data: Option<SendTemplateMessageData>,
    /// Human-readable texts about the call, not the message that was sent. Absent if there are none.
    pub message: Option<Vec<String>>,
    /// Machine-readable reason; `template_sent` on success.
    ///
    /// Source: public ([E9](crate::facts#e9), [E34](crate::facts#e34)).
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
/// Source: observed ([E16](crate::facts#e16), [E20](crate::facts#e20)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E20](crate::facts#e20)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E20](crate::facts#e20)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E16](crate::facts#e16)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E6](crate::facts#e6), [E16](crate::facts#e16)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
/// Source: observed ([E16](crate::facts#e16)).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transform = zap_client_runtime::all_optional))]
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
    /// A value that the spec does not name, kept as it was received.
    Unknown(i64),
}

impl ConversationStatus {
    /// Returns the value that is sent and received.
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
    /// A value that the spec does not name, kept as it was received.
    Unknown(i64),
}

impl MessageType {
    /// Returns the value that is sent and received.
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
    /// A value that the spec does not name, kept as it was received.
    Unknown(i64),
}

impl TemplateStatus {
    /// Returns the value that is sent and received.
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

impl From<zap_client_runtime::FieldError> for error::ConversionError {
    fn from(flaw: zap_client_runtime::FieldError) -> Self {
        ::std::string::ToString::to_string(&flaw).into()
    }
}
