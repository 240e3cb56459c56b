//! Texts with placeholders.

use std::collections::BTreeMap;

use zap_outbox::recipients::{InvalidTemplate, Template};

fn fill(text: &str) -> String {
    let params = [("nome", "Ana {x} {{y}}"), ("Nome Completo", "Ana Lima")];
    let params: BTreeMap<_, _> = params.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    Template::parse(text).unwrap().fill(&params).unwrap()
}

fn error(text: &str) -> String {
    Template::parse(text).unwrap_err().to_string()
}

#[test]
fn placeholders_are_replaced_and_values_are_not_read_again() {
    assert_eq!(fill("Olá {nome}!"), "Olá Ana {x} {{y}}!");
    assert_eq!(fill("{ nome }{Nome Completo}"), "Ana {x} {{y}}Ana Lima");
    assert_eq!(fill("sem nada"), "sem nada");
    assert_eq!(fill(""), "");
}

#[test]
fn a_name_in_two_spellings_is_one_placeholder() {
    let text = Template::parse("{nome} {NOME} {Nómê} {cupom}").unwrap();
    assert_eq!(text.placeholders().collect::<Vec<_>>(), ["nome", "cupom"]);
    let params = BTreeMap::from([("nome".to_owned(), "Ana".to_owned())]);
    let missing = text.fill(&params).unwrap_err();
    assert_eq!((missing.name(), &*missing.to_string()), ("cupom", "there is no value for the placeholder `{cupom}`"));
}

#[test]
fn values_are_found_in_any_spelling_of_their_names() {
    let text = Template::parse("{Nome Completo} {É}").unwrap();
    let mut params =
        BTreeMap::from([("nome  completo", "Ana"), (" e", "x")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert_eq!(text.fill(&params).unwrap(), "Ana x");
    params.insert("Nome Completo".to_owned(), "Bia".to_owned());
    assert_eq!(text.fill(&params).unwrap(), "Bia x");
}

#[test]
fn doubled_braces_are_braces() {
    assert_eq!(fill("{{ \"a\": 1 }}"), "{ \"a\": 1 }");
    assert_eq!(fill("{{}}"), "{}");
    assert_eq!(fill("{{{nome}}}"), "{Ana {x} {{y}}}");
    assert_eq!(Template::literal("{{nome}} {").fill(&BTreeMap::new()).unwrap(), "{{nome}} {");
}

#[test]
fn names_in_double_braces_are_a_mistake_with_a_fix() {
    assert_eq!(
        error("Olá {{nome}}"),
        "the text has `{{nome}}`, which would be sent as `{nome}`: write `{nome}` for the value of the column `nome`"
    );
    for text in ["{{ nome }}", "{{Nome Completo}}", "{{ contactName }}", "{{user.name}}"] {
        assert!(matches!(Template::parse(text), Err(InvalidTemplate::DoubleBraces(_))), "{text}");
    }
    let message = error("Olá {{1}}");
    assert!(message.contains("`{{1}}`, which WhatsApp's registered templates have"), "{message}");
}

#[test]
fn values_of_templates_keep_what_the_server_replaces() {
    for text in ["{{ contactName }}", "{{ contactMobile }}"] {
        assert_eq!(Template::parse_value(text).unwrap().fill(&BTreeMap::new()).unwrap(), text);
    }
    for text in ["{{contactName}}", "{{ contactName }} x", "{{ userName }}"] {
        assert!(Template::parse_value(text).is_err(), "{text}");
    }
}

#[test]
fn broken_braces_are_named_with_their_position() {
    for (text, message) in [
        ("Olá {nome", "a `{` at character 5 that is not closed"),
        ("é {a {b}", "a `{` at character 3 that is not closed"),
        ("{a\n}", "a `{` at character 1 that is not closed"),
        ("a } b", "a `}` at character 3 without a `{`"),
        ("é{}", "`{}` at character 2"),
        ("{ \u{200b}}", "`{}` at character 1"),
    ] {
        assert!(error(text).contains(message), "{text}: {}", error(text));
    }
}
