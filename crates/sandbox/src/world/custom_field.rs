//! The names of `ChatGuru`'s custom fields.

use icu_normalizer::{DecomposingNormalizerBorrowed, properties::CanonicalCombiningClassMapBorrowed};

/// What precedes the name of a custom field in a request.
const PREFIX: &str = "field__";

/// Returns the name that a custom field has in requests, without its prefix: a vertical bar becomes two underscores, a
/// space one, and accents are dropped. Spaces around a bar do not count: `CRM | Link negócio` is `CRM__Link_negocio`.
///
/// A name that is already in this form, with or without its prefix, stays as it is.
pub(crate) fn wire_name(name: &str) -> String {
    let name = name.trim();
    let name = name.strip_prefix(PREFIX).unwrap_or(name);
    let parts: Vec<String> = name.split('|').map(|part| without_accents(part.trim()).replace(' ', "_")).collect();
    parts.join("__")
}

fn without_accents(text: &str) -> String {
    let classes = CanonicalCombiningClassMapBorrowed::new();
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize_iter(text.chars());
    decomposed.filter(|letter| classes.get_u8(*letter) == 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_on_the_screen_become_names_on_the_wire() {
        for (screen, wire) in [
            ("CRM | Link negócio", "CRM__Link_negocio"),
            ("CRM|Link negócio", "CRM__Link_negocio"),
            ("Funil | Etapa | Última ação", "Funil__Etapa__Ultima_acao"),
            ("Email", "Email"),
            (" Data de nascimento ", "Data_de_nascimento"),
            ("ENDEREÇO", "ENDERECO"),
            ("CEP-1", "CEP-1"),
        ] {
            assert_eq!(wire_name(screen), wire, "{screen}");
            assert_eq!(wire_name(wire), wire, "a name on the wire stays");
            assert_eq!(wire_name(&format!("field__{wire}")), wire);
        }
    }
}
