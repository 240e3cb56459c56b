//! What descriptions are made of: words, code, quotations.

use std::borrow::Cow;

/// A text with its code spans blanked.
pub(super) fn without_code(text: &str) -> Cow<'_, str> {
    if !text.contains('`') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('`') {
        plain.push_str(&rest[..start]);
        let ticks = rest[start..].bytes().take_while(|byte| *byte == b'`').count();
        let (fence, after) = rest[start..].split_at(ticks);
        if let Some(end) = closing(after, ticks) {
            plain.push(' ');
            rest = &after[end + ticks..];
        } else {
            plain.push_str(fence);
            rest = after;
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// Where a run of exactly so many backticks starts.
fn closing(text: &str, ticks: usize) -> Option<usize> {
    let mut from = 0;
    while let Some(start) = text[from..].find('`').map(|start| start + from) {
        let run = text[start..].bytes().take_while(|byte| *byte == b'`').count();
        if run == ticks {
            return Some(start);
        }
        from = start + run;
    }
    None
}

/// A text with its quotations blanked.
fn without_quotes(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.is_ascii() && !text.contains('"') {
        return text;
    }
    let parts = text.split(['"', '“', '”', '„', '«', '»']).enumerate();
    Cow::Owned(parts.map(|(index, part)| if index % 2 == 0 { part } else { " " }).collect())
}

/// The words of a text. Byte by byte, for all descriptions are gone through at each generation.
pub(super) fn words(text: &str, is_part: fn(u8) -> bool) -> Vec<&str> {
    let bytes = text.as_bytes();
    let mut words = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at <= bytes.len() {
        if at == bytes.len() || !is_part(bytes[at]) {
            if start < at {
                words.push(&text[start..at]);
            }
            start = at + 1;
        }
        at += 1;
    }
    words
}

/// How long the longest of these is.
const LONGEST: usize = 11;

/// Words that occur in Portuguese, Spanish, French, German or Italian text and in no English one, sorted. They
/// are compared in lower case as they stand, so that names are none of them.
// One a line would be a page.
#[rustfmt::skip]
const FOREIGN: [&str; 95] = [
    "ao", "aos", "arquivo", "arquivos", "atendimento", "auf", "avec", "campo", "campos", "cette", "chave", "chaves",
    "che", "cliente", "clientes", "contacto", "contato", "contatos", "conversa", "conversas", "cuando", "dans",
    "das", "della", "der", "dos", "eine", "einen", "el", "ela", "ele", "enviado", "enviar", "este", "etiqueta",
    "etiquetas", "fecha", "foi", "gli", "grupo", "grupos", "ist", "las", "les", "lista", "listas", "los", "mais",
    "mensagem", "mensagens", "mensaje", "mensajes", "modelos", "nascimento", "nel", "nicht", "nombre", "nome",
    "nota", "notas", "numero", "oder", "para", "pela", "pelo", "pero", "por", "quando", "que", "quem", "sein",
    "senha", "seu", "seus", "siempre", "sind", "somente", "sua", "suas", "telefone", "telefones", "telefono",
    "texto", "textos", "uma", "una", "und", "une", "usuario", "usuarios", "valores", "votre", "vous", "werden",
    "wird",
];

/// Words of the same kind that occur in English text as well, if seldom: two different ones are not English.
const WEAK: [&str; 7] = ["com", "da", "de", "do", "em", "se", "um"];

/// Units, with either of the characters that look alike.
const UNITS: [&str; 2] = ["\u{b5}s", "\u{3bc}s"];

/// What in a text is not English, in words for people.
pub(super) fn foreign(text: &str) -> Option<String> {
    let plain = without_quotes(without_code(text));
    let is_foreign = |word: &&str| {
        if word.is_ascii() {
            // Names begin with a capital, and English has many words that are longer than these.
            word.as_bytes()[0] > b'Z' && word.len() <= LONGEST && FOREIGN.binary_search(word).is_ok()
        } else {
            word.chars().all(char::is_alphabetic) && !word.starts_with(char::is_uppercase) && !UNITS.contains(word)
        }
    };
    let words = words(&plain, |byte| !byte.is_ascii() || byte.is_ascii_alphabetic());
    let is_capital = |at: usize| words.get(at).is_some_and(|word| word.starts_with(char::is_uppercase));
    // Not those in a name, such as `Rio de Janeiro`.
    let is_weak = |at: usize| WEAK.contains(&words[at]) && !(at > 0 && is_capital(at - 1) && is_capital(at + 1));
    let two_weak = || {
        let mut weak = (0..words.len()).filter(|at| is_weak(*at)).map(|at| words[at]);
        let first = weak.next()?;
        let second = weak.find(|word| *word != first)?;
        Some(format!("`{first}` and `{second}` are not both English words"))
    };
    words.iter().find(|word| is_foreign(word)).map(|word| format!("`{word}` is no English word")).or_else(two_weak)
}

#[cfg(test)]
mod tests {
    use super::{FOREIGN, LONGEST, foreign, without_code};

    #[test]
    fn foreign_words_are_sorted() {
        assert!(FOREIGN.is_sorted());
        assert_eq!(FOREIGN.iter().map(|word| word.len()).max(), Some(LONGEST));
    }

    #[test]
    fn what_is_quoted_is_not_ours() {
        assert_eq!(foreign("Answers `não` and \"Diálogo executado\" in Brasília."), None);
        assert_eq!(foreign("Envia uma mensagem."), Some("`uma` is no English word".to_owned()));
        assert_eq!(foreign("The café."), Some("`café` is no English word".to_owned()));
    }

    #[test]
    fn weak_words_count_in_pairs() {
        assert_eq!(foreign("Lista de contatos."), Some("`contatos` is no English word".to_owned()));
        assert_eq!(foreign("Data de nascer do gato."), Some("`de` and `do` are not both English words".to_owned()));
        assert_eq!(foreign("What you do, do it as they do in Rio de Janeiro."), None);
        assert_eq!(foreign("Do as they do: pour it within 5 µs."), None);
    }

    #[test]
    fn code_ends_with_as_many_backticks_as_it_starts_with() {
        assert_eq!(without_code("a `b` c ``d ` e`` f ` g"), "a   c   f ` g");
    }
}
