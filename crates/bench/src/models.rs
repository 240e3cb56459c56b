//! Types of the answers as a program by hand has them: the same properties, with serde's derived decoding.

#![allow(dead_code, reason = "they are decoded, and hardly looked at")]
#![allow(clippy::struct_field_names, reason = "so they are called on the wire")]

use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
pub struct ContactListResponse {
    pub data: Option<ContactListData>,
    pub message: Option<Vec<String>>,
    pub remark: Option<String>,
    pub status: Option<String>,
}

#[derive(Deserialize)]
pub struct ContactListData {
    pub contacts: Option<ContactPage>,
}

#[derive(Deserialize)]
pub struct ContactPage {
    pub current_page: Option<i64>,
    pub data: Option<Vec<Contact>>,
    pub first_page_url: Option<String>,
    pub from: Option<i64>,
    pub last_page: Option<i64>,
    pub last_page_url: Option<String>,
    pub links: Option<Vec<PageLink>>,
    pub next_page_url: Option<String>,
    pub path: Option<String>,
    pub per_page: Option<i64>,
    pub prev_page_url: Option<String>,
    pub to: Option<i64>,
    pub total: Option<i64>,
}

#[derive(Deserialize)]
pub struct PageLink {
    pub active: Option<bool>,
    pub label: Option<String>,
    pub url: Option<String>,
}

#[derive(Deserialize)]
pub struct Contact {
    pub address: Option<ContactAddress>,
    pub blocked_by: Option<i64>,
    pub created_at: Option<String>,
    #[serde(default)]
    pub details: Map<String, Value>,
    pub firstname: Option<String>,
    pub full_name: Option<String>,
    pub id: Option<i64>,
    pub image: Option<String>,
    pub image_src: Option<String>,
    pub is_blocked: Option<i64>,
    pub is_customer: Option<i64>,
    pub lastname: Option<String>,
    pub lists: Option<Vec<ContactList>>,
    pub mobile: Option<String>,
    pub mobile_code: Option<String>,
    pub status: Option<i64>,
    pub tags: Option<Vec<ContactTag>>,
    pub updated_at: Option<String>,
    pub user_id: Option<i64>,
}

#[derive(Deserialize)]
pub struct ContactAddress {
    pub address: Option<String>,
    pub city: Option<String>,
    pub country: Option<String>,
    pub post_code: Option<String>,
    pub state: Option<String>,
}

#[derive(Deserialize)]
pub struct ContactList {
    pub created_at: Option<String>,
    pub id: Option<i64>,
    pub name: Option<String>,
    pub pivot: Option<ContactListPivot>,
    pub updated_at: Option<String>,
    pub user_id: Option<i64>,
}

#[derive(Deserialize)]
pub struct ContactListPivot {
    pub contact_id: Option<i64>,
    pub contact_list_id: Option<i64>,
}

#[derive(Deserialize)]
pub struct ContactTag {
    pub created_at: Option<String>,
    pub id: Option<i64>,
    pub name: Option<String>,
    pub pivot: Option<ContactTagPivot>,
    pub updated_at: Option<String>,
    pub user_id: Option<i64>,
}

#[derive(Deserialize)]
pub struct ContactTagPivot {
    pub contact_id: Option<i64>,
    pub contact_tag_id: Option<i64>,
}

#[derive(Deserialize)]
pub struct SendMessageResponse {
    pub data: Option<SendMessageData>,
    pub message: Option<Vec<String>>,
    pub remark: Option<String>,
    pub status: Option<String>,
}

#[derive(Deserialize)]
pub struct SendMessageData {
    pub conversation_id: Option<i64>,
    pub message: Option<Message>,
}

#[derive(Deserialize)]
pub struct Message {
    pub agent_id: Option<i64>,
    pub conversation_id: Option<i64>,
    pub created_at: Option<String>,
    pub cta_url_id: Option<i64>,
    pub id: Option<i64>,
    pub interactive_list_id: Option<i64>,
    pub location: Option<MessageLocation>,
    pub media_caption: Option<String>,
    pub media_filename: Option<String>,
    pub media_id: Option<String>,
    pub media_path: Option<String>,
    pub media_type: Option<String>,
    pub media_url: Option<String>,
    pub message: Option<String>,
    pub message_type: Option<i64>,
    pub mime_type: Option<String>,
    pub ordering: Option<String>,
    pub product_data: Option<Map<String, Value>>,
    pub status: Option<i64>,
    #[serde(rename = "type")]
    pub type_: Option<i64>,
    pub updated_at: Option<String>,
    pub user_id: Option<i64>,
    pub whatsapp_account_id: Option<i64>,
    pub whatsapp_message_id: Option<String>,
}

#[derive(Deserialize)]
pub struct MessageLocation {
    pub address: Option<String>,
    pub latitude: Option<String>,
    pub longitude: Option<String>,
    pub name: Option<String>,
}
