//! Numbers as people and spreadsheets write them.

use zap_outbox::recipients::{ProblemKind, Repair};

use super::{csv, error, numbers, read};

/// A list with one cell.
fn cell(cell: &str) -> zap_outbox::recipients::Csv {
    csv(format!("number\tx\n\"{}\"\ty\n", cell.replace('"', "\"\""))).delimiter('\t')
}

#[test]
fn numbers_are_read_as_people_of_the_region_type_them() {
    for text in
        ["11900000001", "(11) 90000-0001", "011 90000-0001", "+55 11 90000-0001", "55 11 90000.0001", " 11 90000 0001 "]
    {
        let (recipients, report) = read(cell(text));
        assert_eq!(numbers(&recipients), ["+5511900000001"], "{text}");
        assert!(report.repairs.is_empty(), "{text}: {report}");
    }
    assert_eq!(numbers(&read(cell("912 000 001").region("pt")).0), ["+351912000001"]);
    assert_eq!(numbers(&read(cell("+351 912 000 001")).0), ["+351912000001"]);
    assert!(error(cell("1").region("Brazil")).contains("`Brazil` is not a region"));
}

#[test]
fn what_spreadsheets_do_without_loss_is_undone_and_counted() {
    for (text, repair) in [
        ("'11900000001", Repair::Apostrophe),
        ("’+55 11 90000-0001", Repair::Apostrophe),
        ("=\"5511900000001\"", Repair::Formula),
        ("11900000001.0", Repair::Decimal),
        ("5511900000001,00", Repair::Decimal),
        ("5.511900000001E12", Repair::Exponent),
        ("5,511900000001e+12", Repair::Exponent),
        ("5511900000001", Repair::LostPlus),
    ] {
        let (recipients, report) = read(cell(text));
        assert_eq!(numbers(&recipients), ["+5511900000001"], "{text}: {report}");
        assert_eq!(report.repairs.into_iter().collect::<Vec<_>>(), [(repair, 1)], "{text}");
    }
}

#[test]
fn numbers_that_lost_digits_are_named() {
    for (text, kind, message) in [
        ("5.51199E+12", ProblemKind::DamagedNumber, "replaced digits of the number by an exponent"),
        ("5,51E12", ProblemKind::DamagedNumber, "exponent"),
        ("5.511900000001E-12", ProblemKind::DamagedNumber, "exponent"),
        ("#REF!", ProblemKind::DamagedNumber, "shows an error"),
        ("########", ProblemKind::DamagedNumber, "widen the column"),
        ("11 90000-0001 / 11 90000-0002", ProblemKind::SeveralNumbers, "more than one number"),
        ("11 90000-0001\n11 90000-0002", ProblemKind::SeveralNumbers, "more than one number"),
        ("11 90000-0001; 11 90000-0002", ProblemKind::SeveralNumbers, "more than one number"),
        ("11900000001 11900000002", ProblemKind::InvalidNumber, "is there a second number in it?"),
        ("351912000001", ProblemKind::InvalidNumber, "if it is of another country, write it with +"),
        ("98000-0001", ProblemKind::InvalidNumber, "no area code"),
        ("Ana", ProblemKind::InvalidNumber, "not a phone number"),
        ("   ", ProblemKind::NoNumber, "has no number"),
        ("'", ProblemKind::NoNumber, "has no number"),
        ("11 9000X-XXXX", ProblemKind::InvalidNumber, "not a phone number"),
    ] {
        let (recipients, report) = read(cell(text));
        assert!(recipients.is_empty(), "{text}");
        assert_eq!(report.problems[0].kind, kind, "{text}: {report}");
        assert!(report.problems[0].text.contains(message), "{text}: {report}");
    }
}

#[test]
fn at_most_four_digits_of_a_number_are_shown() {
    for (text, shown) in [
        ("1190000000199", "*********0199"),
        ("5.51199E+12", "*.***99x+12"),
        ("Ana 11 9000", "xxx ** *000"),
        ("1234", "**34"),
        ("１１９０００", "***０００"),
        ("a\u{7}b\u{1b}", "x?x?"),
    ] {
        let (_, report) = read(cell(text));
        assert_eq!(report.problems[0].value.as_deref(), Some(shown), "{text}: {report}");
    }
    let (_, report) = read(cell(&"1".repeat(500)));
    let value = report.problems[0].value.clone().unwrap();
    assert_eq!((value.chars().count(), value.matches('1').count()), (31, 4), "{value}");
}
