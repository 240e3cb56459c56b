//! A case for each rule: what it refuses, and the nearest that it takes.

use zap_client_runtime::Constraint;

use crate::preflight::call::Change;
use crate::preflight::call::Given::{Bytes, Entries, Nothing, Stream, Text, Times};

pub struct Case {
    pub operations: &'static [&'static str],
    pub fields: &'static [&'static str],
    pub rule: Constraint,
    pub refused: Change,
    pub accepted: Change,
}

/// The name of a field: an identifier, or a text where the name is none.
macro_rules! field {
    ($name:ident) => {
        stringify!($name)
    };
    ($name:literal) => {
        $name
    };
}

macro_rules! cases {
    ($([$($operation:ident)*] [$($field:tt)*] $rule:expr => $refused:expr, $accepted:expr;)*) => {
        pub const CASES: &[Case] = &[$(Case {
            operations: &[$(stringify!($operation)),*],
            fields: &[$(field!($field)),*],
            rule: $rule,
            refused: &$refused,
            accepted: &$accepted,
        }),*];
    };
}

use Constraint::{
    AllOrNone, AtLeastOne, AtMostOne, Digits, FileTypes, Json, JsonObject, MaxBytes, MaxLength, MaxLengthBeside,
    MaxNameLength, Maximum, MinBytes, MinEntries, MinLength, Minimum, Minute, NoPlaceholder, NotBeside, NotZero,
    OneLine, OnlyWith, Required,
};

const PICTURES: Constraint = FileTypes(&["jpg", "jpeg", "png"]);
const GIF: &[u8] = b"GIF89a";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const FORTY: &str = "1234567890123456789012345678901234567890";
const FORTY_ONE: &str = "12345678901234567890123456789012345678901";
const CONTACT: Constraint = NoPlaceholder(&["{{ contactName }}", "{{ contactMobile }}"]);
const PRODUCT: &str = r#"{"name": "Bolo", "description": "", "permalink": "https://loja.example/bolo"}"#;
const ORDER: &str = r#"{"order_url": "https://loja.example/pedido"}"#;
const NAME_OF_255: &str = "ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé.pdf";
const NAME_OF_256: &str = "éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé.pdf";
const MIB: u64 = 1024 * 1024;

cases! {
    // ExternalApi: what must be there.
    [contact_store contact_update] [firstname] Required => [("firstname", Nothing)], [("firstname", Text("A"))];
    [contact_store contact_update] [lastname] Required => [("lastname", Nothing)], [("lastname", Text("S"))];
    [contact_store contact_update send_message send_template_message] [mobile_code] Required
        => [("mobile_code", Nothing)], [("mobile_code", Text("1"))];
    [contact_store contact_update send_message send_template_message] [mobile] Required
        => [("mobile", Nothing)], [("mobile", Text("1"))];
    [contact_update contact_delete] [contact_id] Required => [("contact_id", Nothing)], [("contact_id", Text("1"))];
    [conversation_details change_conversation_status] [conversation_id] Required
        => [("conversation_id", Nothing)], [("conversation_id", Text("1"))];
    [change_conversation_status] [status] Required => [("status", Nothing)], [("status", Text("0"))];
    [send_template_message] [template_id] Required => [("template_id", Nothing)], [("template_id", Text("1"))];

    // Lengths: spaces do not count.
    [contact_store contact_update] [firstname] MinLength(1) => [("firstname", Text(" "))], [("firstname", Text(" A"))];
    [contact_store contact_update] [lastname] MinLength(1) => [("lastname", Text(""))], [("lastname", Text(" é "))];
    [contact_store contact_update send_message send_template_message] [mobile_code] MinLength(1)
        => [("mobile_code", Text("\t"))], [("mobile_code", Text("+55"))];
    [contact_store contact_update send_message send_template_message] [mobile] MinLength(1)
        => [("mobile", Text("   "))], [("mobile", Text(" 1 "))];
    [contact_store contact_update] [mobile_code] MaxLength(40)
        => [("mobile_code", Text(FORTY_ONE))], [("mobile_code", Text(FORTY))];
    [contact_store contact_update] [mobile] MaxLength(40)
        => [("mobile", Text(FORTY_ONE))], [("mobile", Text(FORTY))];
    [contact_store] [firstname] MaxLength(40)
        => [("firstname", Times("é", 41))], [("firstname", Times("é", 40))];
    [send_message] [message] MaxLength(4096) => [("message", Times("é", 4097))], [("message", Times("é", 4096))];
    [send_message] [message] MaxLengthBeside(1024, &["image", "document", "video"])
        => [("message", Times("é", 1025)), ("video", Bytes("a.mp4", b"x"))],
           [("message", Times("é", 1024)), ("video", Bytes("a.mp4", b"x"))];

    // Numbers.
    [contact_store contact_update send_message send_template_message] [mobile] Digits
        => [("mobile", Text("+5511987654321"))], [("mobile", Text("01988"))];
    [contact_list conversation_list template_list] [page] Minimum(1) => [("page", Text("0"))], [("page", Text("1"))];
    [contact_list conversation_list template_list] [paginate] Minimum(1)
        => [("paginate", Text("-1"))], [("paginate", Text("1"))];
    [contact_update contact_delete] [contact_id] Minimum(1) => [("contact_id", Text("0"))], [("contact_id", Text("1"))];
    [conversation_details change_conversation_status] [conversation_id] Minimum(1)
        => [("conversation_id", Text("-1"))], [("conversation_id", Text("1"))];
    [conversation_list] [status] Minimum(0) => [("status", Text("-1"))], [("status", Text("0"))];
    [conversation_list] [status] Maximum(4) => [("status", Text("5"))], [("status", Text("4"))];
    [change_conversation_status] [status] Minimum(0) => [("status", Text("-1"))], [("status", Text("0"))];
    [change_conversation_status] [status] Maximum(3) => [("status", Text("4"))], [("status", Text("3"))];
    [send_template_message] [template_id] Minimum(1) => [("template_id", Text("0"))], [("template_id", Text("1"))];
    [send_message] [cta_url_id] Minimum(1) => [("cta_url_id", Text("0"))], [("cta_url_id", Text("1"))];
    [send_message] [interactive_list_id] Minimum(1)
        => [("interactive_list_id", Text("0"))], [("interactive_list_id", Text("1"))];

    // Places.
    [send_message] [latitude] Minimum(-90)
        => [("latitude", Text("-90.1")), ("longitude", Text("1"))], [("latitude", Text("-90")), ("longitude", Text("1"))];
    [send_message] [latitude] Maximum(90)
        => [("latitude", Text("90.1")), ("longitude", Text("1"))], [("latitude", Text("90")), ("longitude", Text("1"))];
    [send_message] [longitude] Minimum(-180)
        => [("latitude", Text("1")), ("longitude", Text("-180.5"))],
           [("latitude", Text("1")), ("longitude", Text("-180"))];
    [send_message] [longitude] Maximum(180)
        => [("latitude", Text("1")), ("longitude", Text("181"))], [("latitude", Text("1")), ("longitude", Text("180"))];
    [send_message] [latitude] NotZero
        => [("latitude", Text("0")), ("longitude", Text("1"))],
           [("latitude", Text("-0.00001")), ("longitude", Text("1"))];
    [send_message] [longitude] NotZero
        => [("latitude", Text("1")), ("longitude", Text("-0.0"))],
           [("latitude", Text("1")), ("longitude", Text("0.00001"))];
    [send_message] [latitude longitude] AllOrNone
        => [("latitude", Text("1"))], [("latitude", Text("1")), ("longitude", Text("1"))];

    // Contents.
    [send_message] [
        cta_url_id interactive_list_id image document video audio latitude longitude product created_order_data message
    ] AtLeastOne => [("message", Text("\u{2800} \u{200b}"))], [("message", Text("\u{2801}"))];
    [send_message] [
        cta_url_id interactive_list_id image document video audio latitude product created_order_data
    ] AtMostOne => [("image", Bytes("a.png", b"x")), ("document", Bytes("a.pdf", b"x"))],
        [("image", Bytes("a.png", b"x"))];
    [send_message] [message cta_url_id interactive_list_id audio latitude product created_order_data] NotBeside
        => [("message", Text("Oi")), ("audio", Bytes("a.ogg", b"x"))], [("message", Text("Oi")), ("video", Bytes("a.mp4", b"x"))];
    [send_message] [name address] AllOrNone
        => [("latitude", Text("1")), ("longitude", Text("1")), ("address", Text("Rua A, 1"))],
           [("latitude", Text("1")), ("longitude", Text("1")), ("name", Text(" ")), ("address", Text("\u{2800}"))];
    [send_message] [name latitude longitude] OnlyWith
        => [("name", Text("Loja")), ("address", Text("Rua A, 1"))],
           [("latitude", Text("1")), ("longitude", Text("1")), ("name", Text("Loja")), ("address", Text("Rua A, 1"))];
    [send_message] [product] Json => [("product", Text("{"))], [("product", Text(PRODUCT))];
    [send_message] [product] JsonObject(&["name", "description", "permalink"])
        => [("product", Text("{\"name\": \"Bolo\", \"description\": \"\"}"))], [("product", Text(PRODUCT))];
    [send_message] [created_order_data] Json
        => [("created_order_data", Text("abc"))], [("created_order_data", Text(ORDER))];
    [send_message] [created_order_data] JsonObject(&["order_url"])
        => [("created_order_data", Text("{}"))], [("created_order_data", Text(ORDER))];

    // Variables of templates.
    [send_template_message] ["header_variables[]"] MinLength(1)
        => [("header_variables[]", Text("\u{200b} "))], [("header_variables[]", Text("0"))];
    [send_template_message] ["body_variables[]"] MinLength(1)
        => [("body_variables[]", Text(""))], [("body_variables[]", Text(" . "))];
    [send_template_message] ["header_variables[]"] MaxLength(1024)
        => [("header_variables[]", Times("é", 1025))], [("header_variables[]", Times("é", 1024))];
    [send_template_message] ["body_variables[]"] MaxLength(1024)
        => [("body_variables[]", Times("é", 1025))], [("body_variables[]", Times("é", 1024))];
    [send_template_message] ["header_variables[]"] OneLine
        => [("header_variables[]", Text("a\tb"))], [("header_variables[]", Text("a\t"))];
    [send_template_message] ["body_variables[]"] OneLine
        => [("body_variables[]", Text("a     b"))], [("body_variables[]", Text("a    b"))];
    [send_template_message] ["header_variables[]"] CONTACT
        => [("header_variables[]", Text("Olá {{ contactName }}"))], [("header_variables[]", Text("{{ contactName }}"))];
    [send_template_message] ["body_variables[]"] CONTACT
        => [("body_variables[]", Text("{{contactMobile}}"))], [("body_variables[]", Text("{ {x} }"))];

    // Files.
    [contact_store contact_update] [profile_image] PICTURES
        => [("profile_image", Bytes("a.gif", GIF))], [("profile_image", Bytes("a.txt", PNG))];
    [contact_store contact_update] [profile_image] MinBytes(1)
        => [("profile_image", Bytes("a.png", b""))], [("profile_image", Bytes("a.png", b"x"))];
    [contact_store contact_update] [profile_image] MaxBytes(104_857_600)
        => [("profile_image", Stream("a.png", Some(100 * MIB + 1)))],
           [("profile_image", Stream("a.png", Some(100 * MIB)))];
    [send_message] [image] PICTURES => [("image", Stream("a.gif", None))], [("image", Stream("A.JPEG", None))];
    [send_message] [image] MinBytes(1) => [("image", Stream("a.png", Some(0)))], [("image", Stream("a.png", Some(1)))];
    [send_message] [image] MaxBytes(5_242_880)
        => [("image", Stream("a.png", Some(5 * MIB + 1)))], [("image", Stream("a.png", Some(5 * MIB)))];
    [send_message] [document] FileTypes(&["pdf", "doc", "docx"])
        => [("document", Bytes("note.txt", b"hello\n"))], [("document", Bytes("note", b"hello\n"))];
    [send_message] [document] MaxBytes(104_857_600)
        => [("document", Stream("a.pdf", Some(100 * MIB + 1)))], [("document", Stream("a.pdf", Some(100 * MIB)))];
    [send_message] [document] MinBytes(1)
        => [("document", Bytes("a.pdf", b""))], [("document", Bytes("a.pdf", b"x"))];
    [send_message] [document] MaxNameLength(255)
        => [("document", Bytes(NAME_OF_256, b"x"))], [("document", Bytes(NAME_OF_255, b"x"))];
    [send_message] [video] MinBytes(1) => [("video", Bytes("a.mp4", b""))], [("video", Bytes("a.mp4", b"x"))];
    [send_message] [audio] MinBytes(1) => [("audio", Bytes("a.ogg", b""))], [("audio", Bytes("a.ogg", b"x"))];
    [send_message] [video] FileTypes(&["mp4"])
        => [("video", Bytes("a.avi", b"RIFF----AVI "))], [("video", Bytes("a.avi", b"\0\0\0\x20ftypisom"))];
    [send_message] [video] MaxBytes(16_777_216)
        => [("video", Stream("a.mp4", Some(16 * MIB + 1)))], [("video", Stream("a.mp4", Some(16 * MIB)))];
    [send_message] [audio] MaxBytes(16_777_216)
        => [("audio", Stream("a.txt", Some(16 * MIB + 1)))], [("audio", Stream("a.txt", Some(16 * MIB)))];

    // ChatGuru: a space is a text.
    [message_send message_file_send chat_add chat_update_custom_fields note_add dialog_execute] [chat_number] Required
        => [("chat_number", Nothing)], [("chat_number", Text("5"))];
    [
        message_send message_status message_file_send chat_add chat_add_status chat_update_custom_fields note_add
        dialog_execute
    ] [chat_number] MinLength(1) => [("chat_number", Text(""))], [("chat_number", Text("5"))];
    [
        message_send message_status message_file_send chat_add chat_add_status chat_update_custom_fields note_add
        dialog_execute
    ] [chat_number] Digits => [("chat_number", Text("+55 11 98765-4321"))], [("chat_number", Text("5511987654321"))];
    [message_send chat_add] [text] Required => [("text", Nothing)], [("text", Text(" "))];
    [message_send chat_add] [text] MinLength(1) => [("text", Text(""))], [("text", Text(" "))];
    [message_send] [send_date] Minute
        => [("send_date", Text("2026-02-29 10:00"))], [("send_date", Text("2028-02-29 10:00"))];
    [message_status] [message_id] Required => [("message_id", Nothing)], [("message_id", Text("m"))];
    [message_status] [message_id] MinLength(1) => [("message_id", Text(""))], [("message_id", Text("m"))];
    [message_file_send] [file_url] Required => [("file_url", Nothing)], [("file_url", Text("u"))];
    [message_file_send] [file_url] MinLength(1) => [("file_url", Text(""))], [("file_url", Text("u"))];
    [chat_add] [name] Required => [("name", Nothing)], [("name", Text("A"))];
    [chat_add] [name] MinLength(1) => [("name", Text(""))], [("name", Text("A"))];
    [chat_add_status] [chat_add_id] Required => [("chat_add_id", Nothing)], [("chat_add_id", Text("c"))];
    [chat_add_status] [chat_add_id] MinLength(1) => [("chat_add_id", Text(""))], [("chat_add_id", Text("c"))];
    [chat_update_custom_fields] [custom_fields] Required
        => [("custom_fields", Nothing)], [("custom_fields", Entries(&[("a", "")]))];
    [chat_update_custom_fields] [custom_fields] MinEntries(1)
        => [("custom_fields", Entries(&[]))], [("custom_fields", Entries(&[("field__a", "1")]))];
    [note_add] [note_text] Required => [("note_text", Nothing)], [("note_text", Text("n"))];
    [note_add] [note_text] MinLength(1) => [("note_text", Text(""))], [("note_text", Text("n"))];
    [dialog_execute] [dialog_id] Required => [("dialog_id", Nothing)], [("dialog_id", Text("d"))];
    [dialog_execute] [dialog_id] MinLength(1) => [("dialog_id", Text(""))], [("dialog_id", Text("d"))];
}
