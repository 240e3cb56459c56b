//! Reads ChatGuru's text about a chat that was added ([C8](chatguru_client::facts#c8)).

use crate::PhoneNumber;

/// Returns the number under which the chat exists, if the text says that the requested one was corrected: it ends in
/// `corrigido para` and the number.
pub(super) fn corrected_number(description: &str) -> Option<PhoneNumber> {
    let text = description.to_lowercase();
    let (_, number) = text.rsplit_once("corrigido para")?;
    let number = number.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '"' | '\'' | '!'));
    // The provider writes international numbers, mostly without a plus sign.
    format!("+{}", number.trim_start_matches('+')).parse().ok()
}

/// Returns whether the text says that the chat existed before.
pub(super) fn says_it_exists(description: &str) -> bool {
    // The accent may be missing, or a character of its own.
    let text = description.to_lowercase().replace('\u{301}', "");
    let words: Vec<_> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(2).any(|pair| matches!(pair, ["já" | "ja", "existe"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corrected_number_is_at_the_end() {
        for (text, digits) in [
            ("Chat adicionado, número corrigido para 553191234567.", Some("553191234567")),
            ("Número corrigido para: +55 31 9123-4567", Some("553191234567")),
            ("CORRIGIDO PARA 5511987654321", Some("5511987654321")),
            ("corrigido para 5511987654321, depois corrigido para 551187654321.", Some("551187654321")),
            ("Chat adicionado com sucesso!", None),
            ("corrigido para", None),
            ("corrigido para outro número.", None),
            ("corrigido para 5511987654321 ou 551187654321", None),
            ("553191234567", None),
        ] {
            assert_eq!(corrected_number(text).map(|number| number.digits()).as_deref(), digits, "{text}");
        }
    }

    #[test]
    fn a_text_that_the_chat_exists_is_found_in_any_spelling() {
        for text in ["Chat já existe.", "CHAT JÁ EXISTE", "o chat ja existe nesta conta", "Chat ja\u{301} existe"] {
            assert!(says_it_exists(text), "{text}");
        }
        for text in ["", "Chat não existe", "Chat adicionado", "haja existencia"] {
            assert!(!says_it_exists(text), "{text}");
        }
    }
}
