//! Cases that say more than those that follow from a rule's constraint (`derived.rs`): what a rule refuses, and the
//! nearest that it accepts. They replace the derived ones.

use zap_client_runtime::Constraint;

use super::call::Field;
use super::call::Given::{Bytes, Stream, Text};

pub struct Case {
    pub operations: &'static [&'static str],
    pub fields: &'static [&'static str],
    pub rule: Constraint,
    pub refused: &'static [Field],
    pub accepted: &'static [Field],
}

/// The name of a field: an identifier, or a text if the name is not an identifier.
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
    AllOrNone, AtLeastOne, Digits, FileTypes, Maximum, MinLength, Minimum, NoPlaceholder, NotBeside, NotZero, OneLine,
};

const PICTURES: Constraint = FileTypes(&["jpg", "jpeg", "png"]);
const GIF: &[u8] = b"GIF89a";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const CONTACT: Constraint = NoPlaceholder(&["{{ contactName }}", "{{ contactMobile }}"]);

cases! {
    // Lengths: spaces do not count.
    [contact_store contact_update] [firstname] MinLength(1) => [("firstname", Text(" "))], [("firstname", Text(" A"))];
    [contact_store contact_update] [lastname] MinLength(1) => [("lastname", Text(""))], [("lastname", Text(" é "))];
    [contact_store contact_update send_message send_template_message] [mobile_code] MinLength(1)
        => [("mobile_code", Text("\t"))], [("mobile_code", Text("+55"))];
    [contact_store contact_update send_message send_template_message] [mobile] MinLength(1)
        => [("mobile", Text("   "))], [("mobile", Text(" 1 "))];
    // Numbers.
    [contact_store contact_update send_message send_template_message] [mobile] Digits
        => [("mobile", Text("+5511987654321"))], [("mobile", Text("01988"))];
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
    // Contents.
    [send_message] [
        cta_url_id interactive_list_id image document video audio latitude longitude product created_order_data message
    ] AtLeastOne => [("message", Text("\u{2800} \u{200b}"))], [("message", Text("\u{2801}"))];
    [send_message] [message cta_url_id interactive_list_id audio latitude product created_order_data] NotBeside
        => [("message", Text("Oi")), ("audio", Bytes("a.ogg", b"x"))], [("message", Text("Oi")), ("video", Bytes("a.mp4", b"x"))];
    [send_message] [name address] AllOrNone
        => [("latitude", Text("1")), ("longitude", Text("1")), ("address", Text("Rua A, 1"))],
           [("latitude", Text("1")), ("longitude", Text("1")), ("name", Text(" ")), ("address", Text("\u{2800}"))];
    // Variables of templates.
    [send_template_message] ["header_variables[]"] MinLength(1)
        => [("header_variables[]", Text("\u{200b} "))], [("header_variables[]", Text("0"))];
    [send_template_message] ["body_variables[]"] MinLength(1)
        => [("body_variables[]", Text(""))], [("body_variables[]", Text(" . "))];
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
    [send_message] [image] PICTURES => [("image", Stream("a.gif", None))], [("image", Stream("A.JPEG", None))];
    [send_message] [document] FileTypes(&["pdf", "doc", "docx"])
        => [("document", Bytes("note.txt", b"hello\n"))], [("document", Bytes("note", b"hello\n"))];
    [send_message] [video] FileTypes(&["mp4"])
        => [("video", Bytes("a.avi", b"RIFF----AVI "))], [("video", Bytes("a.avi", b"\0\0\0\x20ftypisom"))];
    // ChatGuru: a space is a text.
    [message_send chat_add] [text] MinLength(1) => [("text", Text(""))], [("text", Text(" "))];
}
