//! Encodings, delimiters, line breaks and headers.

use zap_outbox::recipients::Encoding;

use super::{csv, error, numbers, problems, read, read_for};

const LIST: &str = "telefone;nome\r\n11900000001;João\r\n11900000002;Conceição\r\n";

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
}

fn windows_1252(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

#[test]
fn every_encoding_gives_the_same_recipients() {
    let cases = [
        (Encoding::Utf8, LIST.as_bytes().to_vec()),
        (Encoding::Utf8, [b"\xef\xbb\xbf", LIST.as_bytes()].concat()),
        (Encoding::Windows1252, windows_1252(LIST)),
        (Encoding::Utf16Le, utf16(LIST, u16::to_le_bytes)),
        (Encoding::Utf16Be, utf16(LIST, u16::to_be_bytes)),
    ];
    for (encoding, bytes) in cases {
        let (recipients, report) = read_for(csv(bytes), "{nome}").unwrap();
        let names: Vec<_> = recipients.iter().map(|recipient| &*recipient.params["nome"]).collect();
        assert_eq!(names, ["João", "Conceição"], "{encoding}");
        assert_eq!(report.encoding, encoding);
        assert!(report.is_clean(), "{report}");
    }
}

#[test]
fn the_encoding_is_found_however_late_the_first_accent_is() {
    // Also lets characters and line breaks fall on every position relative to the pieces that are read.
    for padding in 0..4 {
        let mut list = format!("number,name\r\n+5511900000000,{}\r\n", "x".repeat(padding));
        list.extend((1..2_500).map(|at| format!("+55119{at:08},Maria da Silva\r\n")));
        let ascii = list.len();
        list += &"+5511980000000,Conceição\r\n".repeat(2_500);
        let expect = |bytes: Vec<u8>, encoding| {
            let (recipients, report) = read_for(csv(bytes), "{name}").unwrap();
            let found = recipients.iter().rfind(|recipient| recipient.params["name"] == "Conceição");
            assert_eq!(report.encoding, encoding);
            assert_eq!((report.rows, report.invalid), (5_000, u64::from(padding == 0)), "{report}");
            assert_eq!(found.unwrap().line, 2_502);
        };
        expect(list.clone().into_bytes(), Encoding::Utf8);
        expect(windows_1252(&list), Encoding::Windows1252);
        expect(utf16(&list, u16::to_le_bytes), Encoding::Utf16Le);
        assert!(ascii > 64 * 1024, "the first accent is not in the first piece");
    }
}

#[test]
fn rows_in_a_second_encoding_are_reported_with_their_lines() {
    let list = [b"number,name\n11900000001,Jo\xc3\xa3o\n11900000002,Jo\xe3o\n11900000003,Ana\n".as_slice()].concat();
    let (recipients, report) = read_for(csv(&list), "{name}").unwrap();
    assert_eq!(recipients.len(), 2);
    assert_eq!(report.problems[0].line, 3);
    assert!(report.problems[0].text.contains("mixes encodings"), "{report}");
    // The message does not use the name.
    assert!(read(csv(list)).1.is_clean());
}

#[test]
fn letters_of_other_encodings_are_reported() {
    // `Conceição` as DOS and old Macs write it, and UTF-8 that was read as Windows-1252 and saved again.
    let dos = b"number,name\n11900000001,Concei\x87\xc6o\n";
    let mac = b"number,name\n11900000001,Concei\x8d\x8bo\n";
    for (list, text) in
        [(&dos[..], "neither"), (mac, "neither"), ("number,name\n11900000001,ConceiÃ§Ã£o\n".as_bytes(), "saved again")]
    {
        let (recipients, report) = read_for(csv(list), "{name}").unwrap();
        assert!(recipients.is_empty());
        assert!(report.problems[0].text.contains(text), "{report}");
    }
    let fine = "number,name\n11900000001,SÃO JOÃO “d’água” – 5 € • ™\n";
    assert!(read_for(csv(fine), "{name}").unwrap().1.is_clean());
}

#[test]
fn files_that_are_not_a_text_are_named() {
    let unmarked: Vec<u8> = LIST.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf32: Vec<u8> = "\u{feff}number".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    for (bytes, text) in [
        (b"PK\x03\x04\x14\0\x06\0".to_vec(), "a workbook (such as .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1".to_vec(), "an old workbook"),
        (b"%PDF-1.7\n".to_vec(), "a PDF document"),
        (unmarked, "UTF-16 without a byte order mark"),
        (utf32, "UTF-32"),
        (vec![0; 500], "a binary file"),
        ((0..=255).cycle().map(|byte: u8| byte.wrapping_mul(77)).take(5_000).collect(), "a binary file"),
    ] {
        let message = error(csv(bytes));
        assert!(message.contains(text) && message.contains("save the list as a CSV file in UTF-8"), "{message}");
    }
}

#[test]
fn the_delimiter_is_found_despite_commas_in_texts() {
    let text = "Olá, Ana, tudo bem, amiga, hoje";
    for delimiter in [',', ';', '\t', '|'] {
        let field = if delimiter == ',' { format!("\"{text}\"") } else { text.to_owned() };
        let list = format!("Texto, longo{delimiter}celular\n").replace(", longo,", ",");
        let list = list + &format!("{field}{delimiter}11900000001\n{field}{delimiter}11900000002\n");
        let (recipients, report) = read(csv(list));
        assert_eq!((report.delimiter, recipients.len()), (delimiter, 2), "{report}");
    }
}

#[test]
fn a_list_of_numbers_only_needs_no_delimiter() {
    let (recipients, report) = read(csv("celular\n11 90000-0001\n11 90000-0002, 11 90000-0003\n"));
    assert_eq!(numbers(&recipients), ["+5511900000001"]);
    assert_eq!(report.totals.len(), 1);
    assert!(report.problems[0].text.contains("more than one number"), "{report}");
}

#[test]
fn a_first_line_for_excel_declares_the_delimiter() {
    let (recipients, report) = read(csv("sep=:\r\nnumber:name\r\n11900000001:Ana\r\n"));
    assert_eq!((report.delimiter, recipients[0].line), (':', 3));
    let (_, report) = read(csv("a;number\n1;11900000001\n").delimiter(';'));
    assert_eq!(report.delimiter, ';');
    let message = error(csv(LIST).delimiter('x'));
    assert!(message.contains("`x` cannot separate fields"), "{message}");
}

#[test]
fn all_line_breaks_count_and_become_lf_in_values() {
    for end in ["\n", "\r\n", "\r"] {
        let list =
            "number,text\n\n11900000001,\"a\n\nb\"\n\n\n11900000002,c\nx,d\n11900000003,\"e\nf\"".replace('\n', end);
        let (recipients, report) = read_for(csv(list), "{text}").unwrap();
        let found: Vec<_> = recipients.iter().map(|one| (one.line, &*one.params["text"])).collect();
        assert_eq!(found, [(3, "a\n\nb"), (8, "c"), (10, "e\nf")], "{end:?}");
        assert_eq!(report.problems[0].line, 9);
    }
}

#[test]
fn names_of_columns_are_compared_without_case_accents_and_space() {
    let list = "\u{feff}  TELEFONE ;Nome  Completo;CUPOM\n11900000001; Ana ;A1\n";
    let (recipients, report) = read_for(csv(list), "{ nome completo } {cúpom} {CUPOM}").unwrap();
    assert_eq!(recipients[0].params["nome completo"], "Ana");
    assert_eq!(recipients[0].params["cúpom"], "A1");
    assert_eq!(recipients[0].params.len(), 2);
    assert_eq!(report.number_column, "TELEFONE");
    let decomposed = "nu\u{301}mero,x\n11900000001,1\n";
    assert_eq!(read(csv(decomposed).number_column("NÚMERO")).0.len(), 1);
}

#[test]
fn without_a_column_for_the_number_the_columns_are_listed() {
    let message = error(csv("nome;whatsapp\nAna;11900000001\n"));
    assert_eq!(
        message,
        "list.csv: no column is called `number`, `phone`, `telefone`, `celular`; the columns are `nome`, `whatsapp`: \
         name the one with the phone number (`--number-column NAME`)"
    );
    assert_eq!(read(csv("nome;whatsapp\nAna;11900000001\n").number_column("WhatsApp")).0.len(), 1);
    let message = error(csv(LIST).number_column("fone"));
    assert!(message.contains("there is no column `fone`; the columns are `telefone`, `nome`"), "{message}");
    for list in ["telefone;celular\n1;2\n", "phone;PHONE\n1;2\n"] {
        let message = error(csv(list));
        assert!(message.contains("can all have the phone number"), "{message}");
    }
    assert_eq!(read(csv("telefone;celular\n;11900000001\n").number_column("celular")).0.len(), 1);
}

#[test]
fn a_missing_header_is_reported_without_showing_the_number() {
    for list in ["11900000001;Ana\n11900000002;Bia\n", "\n+55 11 90000-0001\n", "Ana,5.51199E+12\n"] {
        let message = error(csv(list));
        assert!(message.contains("has a phone number instead of names"), "{message}");
        assert!(!message.contains("0000"), "{message}");
    }
    // The number may not be recognised as one.
    let message = error(csv("Ana;1190000000199\n"));
    assert!(message.contains("`*********0199`"), "{message}");
}

#[test]
fn empty_lists_are_refused_and_a_header_alone_is_a_problem() {
    for list in ["", "\n\r\n\n", "\u{feff}", ";;;\n;;;\n", "sep=;\n"] {
        assert!(error(csv(list)).contains("the list is empty"), "{list:?}");
    }
    for list in ["number,name", "number,name\r\n\r\n", "\n\nnumber,\n,\n"] {
        let (_, report) = read(csv(list));
        assert!(!report.is_clean());
        assert!(report.problems[0].text.contains("a header and no rows"), "{report}");
    }
    assert_eq!(problems(&read(csv("\n\nnumber\n")).1)[0].0, 3);
}
