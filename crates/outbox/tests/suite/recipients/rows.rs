//! Rows with problems, duplicates and opt-outs, and the report.

use std::collections::HashSet;

use serde_json::{Value, json};
use zap_outbox::recipients::{Csv, ProblemKind, Template};

use super::{csv, error, numbers, problems, read, read_for};

#[test]
fn all_problems_of_a_list_are_in_one_report() {
    let list = "celular;nome;cupom\n\
                11900000001;Ana;A1\n\
                1190000;;B2\n\
                11900000003;Caio\n\
                11900000004;Davi;D4;x\n\
                ;Eva;E5\n\
                \n\
                11900000006;\"Fabi;F6\n";
    let (recipients, report) = read_for(csv(list), "{nome}: {cupom}").unwrap();
    assert_eq!(numbers(&recipients), ["+5511900000001"]);
    let expected = [
        (3, ProblemKind::InvalidNumber),
        (3, ProblemKind::EmptyValue),
        (4, ProblemKind::Fields),
        (5, ProblemKind::Fields),
        (6, ProblemKind::NoNumber),
        (8, ProblemKind::Quote),
    ];
    assert_eq!(problems(&report), expected, "{report}");
    assert_eq!((report.rows, report.good, report.invalid), (6, 1, 5));
    assert_eq!(report.totals[&ProblemKind::Fields], 2);
}

#[test]
fn a_quotation_mark_that_is_not_closed_hides_no_other_row() {
    let mut list = "number,name\n11980000000,\"Ana\n".to_owned();
    list.extend((0..20_000).map(|at| format!("119{at:08},Maria\n")));
    assert!(list.len() > 256 * 1024);
    let (recipients, report) = read_for(csv(list), "{name}").unwrap();
    assert_eq!(problems(&report), [(2, ProblemKind::Quote)]);
    assert_eq!(recipients.len(), 20_000);
    assert_eq!(recipients[0].line, 3);
}

#[test]
fn quotes_that_swallow_rows_are_reported_with_both_lines() {
    let list = "number,name\n11900000001,\"Ana\n11900000002,Bia\n11900000003,\"Caio,x\n11900000004,Davi\n";
    let (recipients, report) = read_for(csv(list), "{name}").unwrap();
    assert_eq!(problems(&report), [(2, ProblemKind::Fields)]);
    assert!(report.problems[0].text.contains("it ends in line 4: is a quotation mark missing"), "{report}");
    assert_eq!(recipients[0].line, 5);
}

#[test]
fn a_row_that_is_too_long_is_skipped() {
    let list = format!("number,name\n11900000001,{}\n11900000002,Bia\n", "x".repeat(3_000_000));
    let (recipients, report) = read_for(csv(list), "{name}").unwrap();
    assert_eq!(problems(&report), [(2, ProblemKind::TooLong)]);
    assert_eq!(recipients[0].line, 3);
    let header = error(csv("x".repeat(3_000_000)));
    assert!(header.contains("the header in line 1 is too long"), "{header}");
    let many = format!("number{}\n11900000001{}\n", ",".repeat(10_000), ",".repeat(10_000));
    assert_eq!(read(csv(many)).0.len(), 1);
}

#[test]
fn empty_fields_beyond_the_header_and_rows_without_text_are_ignored() {
    let (recipients, report) = read(csv("number;name;;\n11900000001;Ana;;;;\n;;;\n ; ;\n11900000002;Bia\n"));
    assert_eq!((recipients.len(), report.blank, report.rows), (2, 2, 2));
    assert!(report.is_clean(), "{report}");
}

#[test]
fn control_characters_in_used_values_are_reported() {
    let list = "number,name,note\n11900000001,A\0na,\n11900000002,B\u{1b}[31mia,\n11900000003,Caio,\0\n";
    let (recipients, report) = read_for(csv(list), "{name}").unwrap();
    assert_eq!(problems(&report), [(2, ProblemKind::Characters), (3, ProblemKind::Characters)]);
    assert_eq!(recipients.len(), 1);
    assert!(!report.to_string().contains(['\0', '\u{1b}']));
}

#[test]
fn the_first_of_several_rows_for_a_recipient_stays() {
    // With and without the ninth digit, in two spellings.
    let list = "number,name\n11 90000-0001,\n(11) 90000-0001,Ana\n+55 11 8000-0002,Bia\n5511980000002,Bia 2\n\
                11900000001,Ana 3\n11900000001,Ana 4\n";
    let (recipients, report) = read_for(csv(list), "{name}").unwrap();
    // The row without a name is invalid, so the next one is the first.
    let found: Vec<_> = recipients.iter().map(|one| (one.line, &*one.params["name"])).collect();
    assert_eq!(found, [(3, "Ana"), (4, "Bia")]);
    assert_eq!((report.duplicates, report.good, report.invalid), (3, 2, 1));
    let skipped: Vec<_> = report.problems.iter().filter(|one| one.kind == ProblemKind::Duplicate).collect();
    assert_eq!(skipped.iter().map(|one| one.line).collect::<Vec<_>>(), [5, 6, 7]);
    assert_eq!(skipped[0].text, "the recipient is the same as in line 4");
    assert_eq!(skipped[1].text, "the recipient is the same as in line 3");
}

#[test]
fn opted_out_recipients_are_counted_once_and_not_returned() {
    let keys = HashSet::from(["5511900000002".to_owned()]);
    let list = csv("number\n11900000001\n1190000-0002\n11900000002\n").opted_out(move |key| keys.contains(key));
    let (recipients, report) = read(list);
    assert_eq!(numbers(&recipients), ["+5511900000001"]);
    assert_eq!((report.opted_out, report.duplicates), (1, 1));
    assert!(report.is_clean());
}

#[test]
fn the_totals_are_exact_and_the_list_of_problems_is_bounded() {
    let list = "number\n".to_owned() + &"1\n".repeat(500) + &"\"\"\n11900000001\n".repeat(2) + "x\n";
    let (_, report) = read(csv(list).problems_per_kind(3));
    assert_eq!(report.totals[&ProblemKind::InvalidNumber], 501);
    assert_eq!(report.problems.len(), 3 + 1);
    assert!(report.to_string().contains("and 498 more of the kind invalid_number"), "{report}");
}

#[test]
fn a_placeholder_without_a_column_is_named_and_the_rows_are_checked() {
    let list = "number;nome;cidade\n11900000001;Ana;\n119;Bia;x\n";
    let (recipients, report) = read_for(csv(list), "{nome} {cupom}").unwrap();
    assert!(recipients.is_empty());
    assert_eq!(problems(&report), [(1, ProblemKind::NoColumn), (3, ProblemKind::InvalidNumber)]);
    assert!(
        report.problems[0].text.contains("there is no column `cupom`; the columns are `number`, `nome`, `cidade`"),
        "{report}"
    );
    assert_eq!(report.unused_columns, ["cidade"]);
    assert_eq!((report.good, report.invalid), (0, 2));
}

#[test]
fn a_placeholder_with_two_columns_is_refused() {
    let (_, report) = read_for(csv("number;nome;Nome\n11900000001;a;b\n"), "{nome}").unwrap();
    assert_eq!(problems(&report), [(1, ProblemKind::SeveralColumns)]);
    assert!(read_for(csv("number;nome;x;x\n11900000001;a;b;c\n"), "{nome}").unwrap().1.is_clean());
}

#[test]
fn empty_values_can_be_allowed_and_extra_columns_may_be_empty() {
    let list = "number;nome;fuso\n11900000001;;\n";
    assert_eq!(read_for(csv(list), "{nome}").unwrap().1.invalid, 1);
    let (recipients, report) = read_for(csv(list).allow_empty(true).extra_column("Fuso"), "{nome}").unwrap();
    assert_eq!((&*recipients[0].params["nome"], &*recipients[0].extra["Fuso"]), ("", ""));
    assert!(report.is_clean() && report.unused_columns.is_empty(), "{report}");
}

#[test]
fn a_recipient_can_be_refused_later() {
    let mut recipients = csv("number\n11900000001\n11900000002\nx\n").read([]).unwrap();
    let first = recipients.next().unwrap().unwrap();
    recipients.next().unwrap().unwrap();
    recipients.refuse(&first, "the text is too long");
    let report = recipients.finish().unwrap();
    assert_eq!((report.rows, report.good, report.invalid), (3, 1, 2));
    assert_eq!(problems(&report), [(2, ProblemKind::Refused), (4, ProblemKind::InvalidNumber)]);
}

#[test]
fn the_report_reads_well_and_has_no_personal_data() {
    let list = "Celular;Nome;Ort\n11900000001;Ana;\n11900000001;Ana;\n11 9000-00;Bia;\n'11900000003;Caio;\n;;\n";
    let (_, report) = read_for(Csv::from_reader("lista.csv", list.as_bytes()), "{nome}").unwrap();
    assert_eq!(
        report.to_string(),
        "lista.csv: UTF-8, fields separated by `;`, numbers in column `Celular`\n\
         4 rows: 2 good, 1 duplicated, 0 opted out, 1 with problems (1 row without text ignored)\n\
         Problems:\n  \
         line 4, column `Celular` (** **00-00): the phone number has no area code: add it\n\
         Skipped:\n  \
         line 3, column `Celular` (+*********0001): the recipient is the same as in line 2\n\
         1 row: an apostrophe before the number was removed\n\
         Unused columns: `Ort`"
    );
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["totals"], json!({"invalid_number": 1, "duplicate": 1}));
    assert_eq!(json["repairs"], json!({"apostrophe": 1}));
    assert_eq!(json["encoding"], "UTF-8");
    assert_eq!(json["problems"][1]["value"], "** **00-00");
    assert!(matches!(&json["digest"], Value::String(digest) if digest.len() == 64));
    for text in [report.to_string(), json.to_string(), format!("{report:?}")] {
        assert!(!text.contains("90000") && !text.contains("Ana") && !text.contains("Bia"), "{text}");
    }
}

#[test]
fn several_texts_share_their_placeholders() {
    let texts = ["{nome}", "{cupom} para {nome}", "{{ contactName }}"].map(|text| Template::parse_value(text).unwrap());
    let mut recipients = csv("number,nome,cupom\n11900000001,Ana,A1\n").read(&texts).unwrap();
    let one = recipients.next().unwrap().unwrap();
    let filled: Vec<_> = texts.iter().map(|text| text.fill(&one.params).unwrap()).collect();
    assert_eq!(filled, ["Ana", "A1 para Ana", "{{ contactName }}"]);
}
