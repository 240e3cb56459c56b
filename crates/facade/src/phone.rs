//! Phone numbers, as each provider wants them.

use std::fmt;
use std::str::FromStr;

/// A valid phone number.
///
/// Made from international notation: `"+55 11 98765-4321".parse()`. Brazilian mobile numbers exist
/// with and without the ninth digit, and only one of the two is the one a chat has (fact C15); the
/// number is sent as given, and [`variants`](Self::variants) has the other one.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PhoneNumber(phonenumber::PhoneNumber);

impl PhoneNumber {
    /// Calling code of the country, digits only: `55`.
    #[must_use]
    pub fn country_code(&self) -> String {
        self.0.code().value().to_string()
    }

    /// The number within the country, digits only: `11987654321`.
    #[must_use]
    pub fn national_number(&self) -> String {
        self.0.national().to_string()
    }

    /// The whole number, digits only: `5511987654321`.
    #[must_use]
    pub fn digits(&self) -> String {
        self.country_code() + &self.national_number()
    }

    /// The forms under which this number may be registered, itself first: a Brazilian mobile number
    /// with and without its ninth digit; any other number alone.
    ///
    /// Nothing here chooses between them, since a wrong choice writes to nobody, or to a stranger.
    /// Ask the person, or try the second where the first is refused as no chat or no contact.
    ///
    /// ```
    /// # use facade::PhoneNumber;
    /// let number: PhoneNumber = "+55 11 98765-4321".parse()?;
    /// let digits: Vec<_> = number.variants().iter().map(PhoneNumber::digits).collect();
    /// assert_eq!(digits, ["5511987654321", "551187654321"]);
    /// # Ok::<(), facade::InvalidPhoneNumber>(())
    /// ```
    #[must_use]
    pub fn variants(&self) -> Vec<Self> {
        let other = self.other_brazilian_form().and_then(|digits| digits.parse().ok());
        std::iter::once(self.clone()).chain(other).collect()
    }

    /// With the ninth digit if it has none, without if it has one.
    fn other_brazilian_form(&self) -> Option<String> {
        let national = self.national_number();
        if self.is_old_brazilian_mobile() {
            let (area, number) = national.split_at(2);
            return Some(format!("+55{area}9{number}"));
        }
        // What would begin with 2 to 5 was never a mobile number: it is somebody's landline.
        let (area, number) = (self.country_code() == "55" && national.len() == 11).then(|| national.split_at(2))?;
        let old = number.strip_prefix('9').filter(|old| old.starts_with(['6', '7', '8', '9']))?;
        Some(format!("+55{area}{old}"))
    }
}

/// Why a text is no phone number. It does not quote the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidPhoneNumber {
    /// It does not begin with `+` and a calling code: write it as `+55 11 98765-4321`.
    NotInternational,
    /// It has no digits, or other characters among them.
    NotANumber,
    /// No such number can exist in its country: check its length and area code.
    Impossible,
}

impl fmt::Display for InvalidPhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotInternational => "the phone number is not international: write it as +55 11 98765-4321",
            Self::NotANumber => "this is not a phone number",
            Self::Impossible => "no such phone number can exist in its country",
        })
    }
}

impl std::error::Error for InvalidPhoneNumber {}

impl FromStr for PhoneNumber {
    type Err = InvalidPhoneNumber;

    fn from_str(text: &str) -> Result<Self, InvalidPhoneNumber> {
        if !text.trim_start().starts_with('+') {
            return Err(InvalidPhoneNumber::NotInternational);
        }
        let number = phonenumber::parse(None, text.trim()).map_err(|_| InvalidPhoneNumber::NotANumber)?;
        let number = Self(number);
        if phonenumber::is_valid(&number.0) || number.is_old_brazilian_mobile() {
            Ok(number)
        } else {
            Err(InvalidPhoneNumber::Impossible)
        }
    }
}

impl PhoneNumber {
    /// A Brazilian mobile number without the ninth digit. Numbering plans list it no more, but chats
    /// are still registered under it.
    fn is_old_brazilian_mobile(&self) -> bool {
        let national = self.national_number();
        self.country_code() == "55" && national.len() == 10 && matches!(national.as_bytes()[2], b'6'..=b'9')
    }
}

/// International notation without spaces: `+5511987654321`.
impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.digits())
    }
}

/// All but the last four digits are masked: a phone number is personal data, and `Debug` ends in logs.
impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits();
        let (masked, shown) = digits.split_at(digits.len().saturating_sub(4));
        write!(f, "PhoneNumber(+{}{shown})", "*".repeat(masked.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_split_as_the_providers_want_it() {
        for text in ["+55 11 98765-4321", "+5511987654321", " +55 (11) 98765-4321"] {
            let number: PhoneNumber = text.parse().unwrap();
            assert_eq!((number.country_code().as_str(), number.national_number().as_str()), ("55", "11987654321"));
            assert_eq!(number.digits(), "5511987654321");
            assert_eq!(number.to_string(), "+5511987654321");
        }
        let old: PhoneNumber = "+55 11 8765-4321".parse().unwrap();
        assert_eq!(old.digits(), "551187654321", "without the ninth digit, as given");
        let italian: PhoneNumber = "+39 06 6982 1234".parse().unwrap();
        assert_eq!(italian.digits(), "390669821234", "a leading zero belongs to the number");
    }

    #[test]
    fn only_brazilian_mobile_numbers_have_another_form() {
        let variants = |text: &str| -> Vec<_> {
            text.parse::<PhoneNumber>().unwrap().variants().iter().map(PhoneNumber::digits).collect()
        };
        assert_eq!(variants("+55 11 98765-4321"), ["5511987654321", "551187654321"]);
        assert_eq!(variants("+55 11 8765-4321"), ["551187654321", "5511987654321"]);
        assert_eq!(variants("+55 11 3765-4321"), ["551137654321"], "a landline");
        assert_eq!(variants("+55 11 91234-5678"), ["5511912345678"], "without the 9 it would be no mobile number");
        assert_eq!(variants("+351 912 345 678"), ["351912345678"], "another country");
    }

    #[test]
    fn what_is_no_number_is_named() {
        assert_eq!("11987654321".parse::<PhoneNumber>(), Err(InvalidPhoneNumber::NotInternational));
        assert_eq!("+".parse::<PhoneNumber>(), Err(InvalidPhoneNumber::NotANumber));
        assert_eq!("+ola".parse::<PhoneNumber>(), Err(InvalidPhoneNumber::NotANumber));
        assert_eq!("+55 11 1765-4321".parse::<PhoneNumber>(), Err(InvalidPhoneNumber::Impossible));
        assert_eq!("+55 11 9".parse::<PhoneNumber>(), Err(InvalidPhoneNumber::Impossible));
    }

    #[test]
    fn debug_masks_the_number() {
        let number: PhoneNumber = "+5511987654321".parse().unwrap();
        assert_eq!(format!("{number:?}"), "PhoneNumber(+*********4321)");
    }
}
