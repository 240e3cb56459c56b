//! The document that `ChatGuru` posts for a message.

use bytes::Bytes;

use crate::{IncomingKind, chatguru::ReceivingChat, clock};

use super::{message::IncomingMessage, python_json::Object};

/// The host of the account's dashboard, which is invented.
const DASHBOARD: &str = "https://s0.chatguru.example";

/// Returns the payload of a message that is posted at `time`, in microseconds after the epoch.
///
/// Its keys are in the recorded order. `url_arquivo` is present only with a file.
pub(super) fn payload(chat: &ReceivingChat, message: &IncomingMessage, file_url: Option<&str>, time: u64) -> Bytes {
    let written = Object::new()
        .text("campanha_id", "")
        .text("campanha_nome", "")
        .text("origem", message.origin.as_deref().unwrap_or_default())
        .text("email", &chat.number)
        .text("nome", chat.chat.name.as_deref().unwrap_or_default())
        .list("tags", chat.tags.iter().map(String::as_str))
        .text("texto_mensagem", message.text.as_deref().unwrap_or_default())
        .object("campos_personalizados", pairs(&chat.custom_fields))
        .object("bot_context", pairs(&chat.context))
        .text("responsavel_nome", "")
        .text("responsavel_email", "")
        .text("link_chat", &format!("{DASHBOARD}/chats#{}", chat.chat.id))
        .text("celular", &chat.number)
        .text("phone_id", &chat.phone_id)
        .text("chat_id", &chat.chat.id)
        .text("chat_created", &clock::brasilia_time(chat.created.saturating_mul(1000)))
        .text("datetime_post", &clock::brasilia_time(time))
        .text("tipo_mensagem", type_name(message.kind));
    let written = match file_url {
        Some(url) => written.text("url_arquivo", url),
        None => written,
    };
    written.finish().into()
}

fn pairs(pairs: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
}

/// Returns the provider's name of a kind.
fn type_name(kind: IncomingKind) -> &'static str {
    match kind {
        IncomingKind::Text => "chat",
        IncomingKind::Image => "image",
        IncomingKind::Voice => "ptt",
        IncomingKind::Audio => "audio",
        IncomingKind::Video => "video",
        IncomingKind::Document => "document",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::ChatOfMessage;

    fn chat() -> ReceivingChat {
        ReceivingChat {
            chat: ChatOfMessage {
                conversation: "chatguru:5511900000001".to_owned(),
                account: "5d0000000000000000000001".to_owned(),
                id: "65a0b639600ce7d9be010001".to_owned(),
                name: Some("Conceição".to_owned()),
            },
            number: "5511900000001".to_owned(),
            phone_id: "65a0b639600ce7d9be010002".to_owned(),
            created: 1_768_261_840_442,
            tags: vec!["Região Exemplo".to_owned()],
            custom_fields: vec![("Info_2".to_owned(), "valor".to_owned())],
            context: Vec::new(),
        }
    }

    #[test]
    fn a_text_has_the_recorded_shape() {
        let message = IncomingMessage::text("5511900000001", "Olá \u{1f600}");
        let expected = concat!(
            r#"{"campanha_id": "", "campanha_nome": "", "origem": "", "email": "5511900000001", "#,
            r#""nome": "Concei\u00e7\u00e3o", "tags": ["Regi\u00e3o Exemplo"], "#,
            r#""texto_mensagem": "Ol\u00e1 \ud83d\ude00", "campos_personalizados": {"Info_2": "valor"}, "#,
            r#""bot_context": {}, "responsavel_nome": "", "responsavel_email": "", "#,
            r#""link_chat": "https://s0.chatguru.example/chats#65a0b639600ce7d9be010001", "#,
            r#""celular": "5511900000001", "phone_id": "65a0b639600ce7d9be010002", "#,
            r#""chat_id": "65a0b639600ce7d9be010001", "chat_created": "2026-01-12 20:50:40.442000", "#,
            r#""datetime_post": "2026-01-12 20:50:40.443001", "tipo_mensagem": "chat"}"#,
        );
        assert_eq!(payload(&chat(), &message, None, 1_768_261_840_443_001), expected);
    }

    #[test]
    fn a_file_has_its_type_and_url() {
        for (kind, name) in IncomingKind::ALL.into_iter().zip(["chat", "image", "ptt", "audio", "video", "document"]) {
            let url = (kind != IncomingKind::Text).then_some("http://h/a");
            let message = IncomingMessage::sample(kind, "5").origin("site");
            let written = payload(&chat(), &message, url, 0);
            let end = match url {
                Some(url) => format!(r#""tipo_mensagem": "{name}", "url_arquivo": "{url}"}}"#),
                None => format!(r#""tipo_mensagem": "{name}"}}"#),
            };
            let written = String::from_utf8(written.to_vec()).unwrap();
            assert!(written.ends_with(&end), "{written}");
            assert!(written.contains(r#""origem": "site""#) && written.contains(r#""texto_mensagem": """#));
        }
    }
}
