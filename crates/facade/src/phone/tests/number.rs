//! What a number returns.

use super::super::plan;
use super::{InvalidPhoneNumber, PhoneNumber};

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

#[test]
fn a_stored_number_is_read_back_as_it_was() {
    // One number of each calling code that has a plan, whatever its length.
    let mut codes = 0;
    for code in (1..1000).map(|code| code.to_string()).filter(|code| !plan::of_code(code).is_empty()) {
        let number = PhoneNumber::of(&code, "12345678");
        assert_eq!(PhoneNumber::from_stored(&number.to_string()), Ok(number));
        codes += 1;
    }
    assert!(codes > 200, "{codes}");
    for text in ["+5511987654321", "+551187654321", "+525512345678", "+442079460018", "+18005550100"] {
        assert_eq!(PhoneNumber::from_stored(text), Ok(text.parse().unwrap()));
    }
}

#[test]
fn what_was_not_stored_is_refused() {
    use InvalidPhoneNumber::{NotANumber, NotInternational, TooLong, TooShort, UnknownCallingCode};

    for (text, error) in [
        ("", NotInternational),
        ("5511987654321", NotInternational),
        (" +5511987654321", NotInternational),
        ("+55 11 98765-4321", NotANumber),
        ("+5511987654321x", NotANumber),
        ("+\u{ff15}511987654321", NotANumber),
        ("+", UnknownCallingCode),
        ("+0511987654321", UnknownCallingCode),
        ("+21", UnknownCallingCode),
        ("+55", TooShort),
        ("+1", TooShort),
    ] {
        assert_eq!(PhoneNumber::from_stored(text), Err(error), "{text}");
    }
    assert_eq!(PhoneNumber::from_stored(&format!("+55{}", "1".repeat(40))), Err(TooLong));
}
