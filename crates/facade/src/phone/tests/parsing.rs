//! What is read, and what is refused.

use super::InvalidPhoneNumber::{
    Ambiguous, HasExtension, Impossible, MoreThanOneNumber, NoAreaCode, NotANumber, NotInternational, TooLong,
    TooShort, UnknownCallingCode, UnknownRegion,
};
use super::read;

#[test]
fn a_number_is_what_was_typed() {
    let cases = [
        ("+55 11 98765-4321", "5511987654321"),
        (" +55 (11) 98765.4321 ", "5511987654321"),
        ("(+55) 11 98765–4321", "5511987654321"),
        ("+55 11 8765-4321", "551187654321"),
        ("\u{202a}+55 21 99876-5432\u{202c}", "5521998765432"),
        ("\u{feff}+55\u{2066}21\u{2069} 9987\u{ad}6\u{200b}5432\u{200e}", "5521998765432"),
        ("\u{ff0b}5521998765432", "5521998765432"),
        ("＋５５（２１）９９８７６－５４３２", "5521998765432"),
        ("+٥٥ ٢١ ٩٩٨٧٦ ٥٤٣٢", "5521998765432"),
        ("+۵۵۲۱۹۹۸۷۶۵۴۳۲", "5521998765432"),
        ("+५५ २१ ९९८७६ ५४३२", "5521998765432"),
        ("+55\u{a0}21\u{2009}9\u{3000}9876\u{202f}5432\t", "5521998765432"),
        ("tel:+55-21-99876-5432", "5521998765432"),
        ("TEL: +55.(21).99876-5432", "5521998765432"),
        ("+39 06 6982 1234", "390669821234"),
        ("+44 (0)20 7946 0018", "442079460018"),
        ("+39 (0)6 6982 1234", "390669821234"),
        ("+351 912 345 678", "351912345678"),
        ("+52 1 33 1234 5678", "523312345678"),
        ("+52 33 1234 5678", "523312345678"),
        ("+54 9 351 234-5678", "5493512345678"),
        ("+54 351 234-5678", "543512345678"),
        ("+800 1234 5678", "80012345678"),
    ];
    for (text, digits) in cases {
        assert_eq!(read(text, "-"), Ok(digits.to_owned()), "{text}");
    }
}

#[test]
fn what_is_not_one_number_is_refused_by_name() {
    let cases = [
        ("21998765432", NotInternational),
        ("0055 21 99876-5432", NotInternational),
        ("tel:21-99876-5432;phone-context=+55", NotANumber),
        ("", NotANumber),
        ("+", NotANumber),
        ("+ola", NotANumber),
        ("Ana", NotANumber),
        ("+55 21 99876-54З2", NotANumber),
        ("+55 21 9987l-5432", NotANumber),
        ("+55 21 9****-5432", NotANumber),
        ("+55 21 9xxxx-xxxx", NotANumber),
        ("+55 21 9____-5432", NotANumber),
        ("+55 () 99876-5432", NotANumber),
        ("+55 (21 99876-5432", NotANumber),
        ("+55 21) 99876-5432", NotANumber),
        ("+55 ((21)) 99876-5432", NotANumber),
        ("++5521998765432", NotANumber),
        ("-5521998765432", NotANumber),
        ("+55 2১ 99876-5432", NotANumber),
        ("+1 800 FLOWERS", NotANumber),
        ("+55 21 99876-5432 Bia", NotANumber),
        ("+55 21 99876-5432?", NotANumber),
        ("+55 21 99876-5432,", NotANumber),
        ("+55 21 99876-5432;", NotANumber),
        ("https://wa.me/5521998765432", NotANumber),
        ("+55 21 3333-4444 ext 5", HasExtension),
        ("+55 21 3333-4444 Ramal: 105", HasExtension),
        ("+55 21 3333-4444 (ramal 105)", HasExtension),
        ("+49 30 1234567.0", NotANumber),
        ("5.52199E+12", NotANumber),
        ("+55 21 3333-4444 r. 105", HasExtension),
        ("+55 21 3333-4444x105", HasExtension),
        ("+55 21 3333-4444 #105", HasExtension),
        ("+55 21 3333-4444,105", HasExtension),
        ("+55 21 3333-4444;105", HasExtension),
        ("+55 21 3333-4444p105", HasExtension),
        ("tel:+55-21-3333-4444;ext=105", HasExtension),
        ("tel:+55-21-3333-4444;isub=105", HasExtension),
        ("+55 21 99876-5432 / 99876-5433", MoreThanOneNumber),
        ("+55 21 99876-5432/33", MoreThanOneNumber),
        ("+55 21 99876-5432, +55 21 99876-5433", MoreThanOneNumber),
        ("+5521998765432;+5521998765433", MoreThanOneNumber),
        ("+55 21 99876-5432 ou 99876-5433", MoreThanOneNumber),
        ("+55 21 99876-5432 e 99876-5433", MoreThanOneNumber),
        ("+5521998765432 +5521998765433", MoreThanOneNumber),
        ("+5521998765432\n5521998765433", MoreThanOneNumber),
        ("+55 21 99876-5432 99876-5433", TooLong),
        ("+55 99876-5432", NoAreaCode),
        ("+1 441-5515", NoAreaCode),
        ("+44 752458", NoAreaCode),
        ("+55 21 9", TooShort),
        ("+5", UnknownCallingCode),
        ("+999 21 99876-5432", UnknownCallingCode),
        ("+0055 21 99876-5432", UnknownCallingCode),
        ("+55 021 99876-5432", TooLong),
        ("+55 (0xx21) 99876-5432", NotANumber),
        ("+55 21 1765-4321", Impossible),
        ("+55 20 99876-5432", Impossible),
        ("+55 20 9876-5432", Impossible),
        ("+44 7946 0018 (0)20", TooLong),
        // A pattern that matches its beginning is not enough.
        ("+20 3 3756 7890", Impossible),
        ("+213 10 01 23 456", Impossible),
    ];
    for (text, why) in cases {
        assert_eq!(read(text, "-"), Err(why), "{text}");
    }
    assert_eq!(read(&format!("+{}", "1".repeat(100_000)), "-"), Err(TooLong));
}

#[test]
fn a_region_reads_numbers_as_its_people_write_them() {
    let cases = [
        ("(21) 99876-5432", "BR", Ok("5521998765432")),
        ("21998765432", "br", Ok("5521998765432")),
        ("021998765432", "BR", Ok("5521998765432")),
        ("(021) 99876-5432", "BR", Ok("5521998765432")),
        ("0xx21 99876-5432", "BR", Ok("5521998765432")),
        ("(0XX21) 99876-5432", "BR", Ok("5521998765432")),
        ("0 xx 21 99876 5432", "BR", Ok("5521998765432")),
        ("0 15 21 99876-5432", "BR", Ok("5521998765432")),
        ("041 21 99876-5432", "BR", Ok("5521998765432")),
        ("041 99876-5432", "BR", Ok("5541998765432")),
        ("0 21 3333-4444", "BR", Ok("552133334444")),
        ("(21) 9876-5432", "BR", Ok("552198765432")),
        ("5521998765432", "BR", Ok("5521998765432")),
        ("55 (21) 3333-4444", "BR", Ok("552133334444")),
        ("55 99876-5432", "BR", Ok("5555998765432")),
        ("+55 021 99876-5432", "BR", Ok("5521998765432")),
        ("+55 (0xx21) 99876-5432", "BR", Ok("5521998765432")),
        ("00 55 21 99876-5432", "BR", Ok("5521998765432")),
        // With 55 as the carrier it would be a number in Germany.
        ("0055 49 98765-4321", "BR", Ok("5549987654321")),
        ("00 15 1 202 555 0123", "BR", Ok("12025550123")),
        ("00 351 912 345 678", "BR", Ok("351912345678")),
        ("+1 202 555 0123", "BR", Ok("12025550123")),
        ("99876-5432", "BR", Err(NoAreaCode)),
        ("3333-4444", "BR", Err(NoAreaCode)),
        ("0 99876-5432", "BR", Err(NoAreaCode)),
        ("(xx21) 99876-5432", "BR", Err(NotANumber)),
        ("0xx21 9xxxx-5432", "BR", Err(NotANumber)),
        ("(21) 99876-5432 ramal 3", "BR", Err(HasExtension)),
        ("(21) 99876-5432 / (21) 3333-4444", "BR", Err(MoreThanOneNumber)),
        ("(20) 99876-5432", "BR", Err(Impossible)),
        ("(21) 99876-54321", "BR", Err(TooLong)),
        ("(202) 555-0123", "US", Ok("12025550123")),
        ("1-202-555-0123", "US", Ok("12025550123")),
        ("011 55 21 99876-5432", "US", Ok("5521998765432")),
        ("555-0123", "US", Err(NoAreaCode)),
        ("441-5515", "BM", Err(NoAreaCode)),
        ("752458", "IM", Err(NoAreaCode)),
        ("912 345 678", "PT", Ok("351912345678")),
        ("351 912 345 678", "PT", Ok("351912345678")),
        ("00351 912345678", "PT", Ok("351912345678")),
        ("33 1234 5678", "MX", Ok("523312345678")),
        ("044 33 1234 5678", "MX", Ok("523312345678")),
        ("01 33 1234 5678", "MX", Ok("523312345678")),
        ("52 1 33 1234 5678", "MX", Ok("523312345678")),
        ("1234 5678", "MX", Err(NoAreaCode)),
        ("011 15 2345-6789", "AR", Ok("5491123456789")),
        ("(0351) 15 234-5678", "AR", Ok("5493512345678")),
        ("0351 15-234-5678", "AR", Ok("5493512345678")),
        ("9 351 234-5678", "AR", Ok("5493512345678")),
        ("(011) 4321-5678", "AR", Ok("541143215678")),
        ("+54 9 351 234-5678", "AR", Ok("5493512345678")),
        ("+54 351 15 234-5678", "AR", Ok("5493512345678")),
        ("15 2345-6789", "AR", Err(NoAreaCode)),
        ("020 7946 0018", "GB", Ok("442079460018")),
        ("06 6982 1234", "IT", Ok("390669821234")),
        ("8 (912) 345-67-89", "RU", Ok("79123456789")),
        ("21998765432", "XX", Err(UnknownRegion)),
        ("+5521998765432", "Brazil", Err(UnknownRegion)),
        ("+5521998765432", "001", Err(UnknownRegion)),
        ("+5521998765432", "", Err(UnknownRegion)),
    ];
    for (text, region, right) in cases {
        assert_eq!(read(text, region), right.map(str::to_owned), "{text} in {region}");
    }
}

#[test]
fn what_can_be_read_in_two_ways_is_refused() {
    // A mobile number with its calling code, or a landline of the area 04915 whose zero is missing.
    assert_eq!(read("49 151 23456789", "DE"), Err(Ambiguous));
    assert_eq!(read("+49 151 23456789", "DE"), Ok("4915123456789".to_owned()));
    assert_eq!(read("0049 151 23456789", "DE"), Ok("4915123456789".to_owned()));
    assert_eq!(read("04915 1234567", "DE"), Ok("4949151234567".to_owned()));
    assert_eq!(read("318001234", "NL"), Err(Ambiguous));
    // 00 and the carrier 21 before a number, or 00 alone; only one of the two can be one.
    assert_eq!(read("00 21 2 650 123456", "BR"), Ok("212650123456".to_owned()));
}
