use std::collections::BTreeSet;

use super::*;
use InvalidPhoneNumber::{
    Ambiguous, HasExtension, Impossible, MoreThanOneNumber, NoAreaCode, NotANumber, NotInternational, TooLong,
    TooShort, UnknownCallingCode, UnknownRegion,
};

/// What a text is read as: its digits, or why it is refused. Region `-` is international form.
fn read(text: &str, region: &str) -> Result<String, InvalidPhoneNumber> {
    number(text, region).map(|number| number.digits())
}

fn number(text: &str, region: &str) -> Result<PhoneNumber, InvalidPhoneNumber> {
    if region == "-" { text.parse() } else { PhoneNumber::parse_in(text, region) }
}

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

#[test]
fn a_number_is_split_as_the_providers_want_it() {
    let number: PhoneNumber = "+55 11 98765-4321".parse().unwrap();
    assert_eq!((number.country_code().as_str(), number.national_number().as_str()), ("55", "11987654321"));
    assert_eq!(number.digits(), "5511987654321");
    assert_eq!(number.to_string(), "+5511987654321");
    let italian: PhoneNumber = "+39 06 6982 1234".parse().unwrap();
    assert_eq!(italian.national_number(), "0669821234", "a leading zero belongs to the number");
}

/// Forms, key, and whether a mobile phone can have it.
#[test]
fn forms_of_one_number_share_a_key() {
    let cases: [(&str, &[&str], &str, bool); 14] = [
        ("+55 21 99876-5432", &["5521998765432", "552198765432"], "5521998765432", true),
        ("+55 21 9876-5432", &["552198765432", "5521998765432"], "5521998765432", true),
        ("+55 21 3876-5432", &["552138765432"], "552138765432", false),
        ("+55 21 93876-5432", &["5521938765432"], "5521938765432", true),
        ("+55 800 123 4567", &["558001234567"], "558001234567", false),
        ("+52 1 33 1234 5678", &["523312345678", "5213312345678"], "523312345678", true),
        ("+52 33 1234 5678", &["523312345678", "5213312345678"], "523312345678", true),
        ("+52 800 123 4567", &["528001234567"], "528001234567", false),
        ("+54 9 351 234-5678", &["5493512345678", "543512345678"], "543512345678", true),
        ("+54 351 234-5678", &["543512345678", "5493512345678"], "543512345678", false),
        ("+54 800 123 4567", &["548001234567"], "548001234567", false),
        ("+351 912 345 678", &["351912345678"], "351912345678", true),
        ("+351 212 345 678", &["351212345678"], "351212345678", false),
        ("+1 202 555 0123", &["12025550123"], "12025550123", true),
    ];
    for (text, forms, key, mobile) in cases {
        let number: PhoneNumber = text.parse().unwrap();
        let variants = number.variants();
        assert_eq!(variants.iter().map(PhoneNumber::digits).collect::<Vec<_>>(), forms, "{text}");
        assert!(variants.iter().all(|variant| variant.key() == key), "{text}: {}", number.key());
        assert_eq!(number.is_mobile(), mobile, "{text}");
    }
    let old = &"+52 33 1234 5678".parse::<PhoneNumber>().unwrap().variants()[1];
    assert_eq!(old.variants().iter().map(PhoneNumber::digits).collect::<Vec<_>>(), ["5213312345678", "523312345678"]);
    assert!(old.is_mobile());
}

#[test]
fn serde_writes_e164_and_quotes_no_number() {
    let number: PhoneNumber = serde_json::from_str(r#""+55 21 99876-5432""#).unwrap();
    assert_eq!(serde_json::to_string(&number).unwrap(), r#""+5521998765432""#);
    let wrong = [
        r#""21998765432""#,
        r#""+55 21 99876-5432 ramal 3""#,
        "5521998765432",
        "-5521998765432",
        "5521998765432.5",
        "18446744073709551615",
        "null",
        "[5521998765432]",
        r#"{"a":5521998765432}"#,
    ];
    for text in wrong {
        let error = serde_json::from_str::<PhoneNumber>(text).unwrap_err().to_string();
        assert!(!error.contains("998765432") && !error.contains("7370955"), "{error}");
    }
}

#[test]
fn debug_masks_the_number() {
    let number: PhoneNumber = "+5511987654321".parse().unwrap();
    assert_eq!(format!("{number:?}"), "PhoneNumber(+*********4321)");
}

/// A generator of our own, so that a failure comes again: xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// Pieces that numbers are made of, and some that they are not.
const PIECES: [&str; 44] = [
    "+",
    "+55",
    "+1",
    "+52",
    "+521",
    "+54",
    "+549",
    "+44",
    "+49",
    "0",
    "00",
    "011",
    "015",
    "55",
    "11",
    "21",
    "98765-4321",
    "8765-4321",
    "3333-4444",
    "15",
    "044",
    "1",
    "2",
    "3",
    "7",
    "9",
    "5",
    " ",
    "-",
    "(",
    ")",
    "(0)",
    ".",
    "x",
    "xx",
    "ext",
    "/",
    ",",
    ";ext=",
    "tel:",
    "\u{200e}",
    "\u{ff11}",
    "٣",
    "e",
];

/// Whether `result` can be made by leaving out some of `typed`.
fn is_subsequence(result: &str, typed: &str) -> bool {
    let mut typed = typed.chars();
    result.chars().all(|digit| typed.any(|other| other == digit))
}

/// No text leads to a digit that nobody typed, but for the calling code of the region and Argentina's 9.
#[test]
fn random_texts_give_what_was_typed_or_nothing() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut accepted = BTreeSet::new();
    for _ in 0..40_000 {
        let text: String = (0..=random.below(9)).map(|_| random.one(&PIECES)).collect();
        let region = random.one(&["-", "-", "BR", "MX", "AR", "US", "BM", "IM", "PT", "DE", "IT"]);
        let Ok(number) = number(&text, region) else { continue };
        let typed: String = text
            .chars()
            .map(|c| match c {
                '\u{ff11}' => '1',
                '٣' => '3',
                c => c,
            })
            .filter(char::is_ascii_digit)
            .collect();
        let digits = number.digits();
        let code = if region == "-" { String::new() } else { plan::of_region(region).unwrap().code() };
        let national = digits.strip_prefix(&*code).unwrap_or(&digits);
        let argentine = region == "AR" && typed.contains("15") && national.starts_with('9');
        let national = if argentine { &national[1..] } else { national };
        assert!(is_subsequence(&digits, &typed) || is_subsequence(national, &typed), "{text} in {region}: {digits}");

        assert_eq!(number.to_string().parse(), Ok(number.clone()), "{text} in {region}");
        let key = number.key();
        assert_eq!(format!("+{key}").parse::<PhoneNumber>().unwrap().key(), key, "{text} in {region}");
        for variant in number.variants() {
            assert_eq!(variant.key(), key, "{text} in {region}");
            assert_eq!(variant.to_string().parse::<PhoneNumber>().unwrap().key(), key);
            assert!(variant.variants().contains(&number), "{text} in {region}");
        }
        accepted.insert(digits);
    }
    assert!(accepted.len() > 100, "{} numbers were read", accepted.len());
}
