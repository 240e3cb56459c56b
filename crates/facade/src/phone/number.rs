//! The phone number itself: its parts, forms and formats.

use std::fmt;

use super::forms;

/// A phone number in international form, which is possible in the numbering plan of its country.
///
/// `"+55 11 98765-4321".parse()` reads international notation;
/// [`parse_in`](Self::parse_in) also reads numbers as people of a country write them.
///
/// # What is accepted
///
/// A text is either read exactly or refused:
///
/// - Spaces of any kind, hyphens, dashes, dots and balanced parentheses may stand between the digits, and `tel:` in
///   front of them.
/// - Invisible characters, such as marks for the direction of writing, are skipped.
/// - Digits of other scripts (full-width, Arabic, Devanagari and others) are converted to ASCII if all digits of the
///   number are of the same script.
/// - A trunk zero in parentheses after the calling code, as in `+44 (0)20 7946 0018`, is removed.
/// - Letters, extensions, masked digits and a second number are refused.
///   [`InvalidPhoneNumber`](crate::InvalidPhoneNumber) has a variant for each reason.
/// - The number must be possible in the numbering plan of its country, according to Google's libphonenumber.
///
/// # The ninth digit
///
/// Brazilian mobile numbers exist with and without the ninth digit, and a chat has only one of the two
/// ([C15](chatguru_client::facts#c15)). The number is sent as given; [`variants`](Self::variants) returns both.
///
/// # Formats
///
/// `Display` and serde write E.164 (`+5511987654321`), and serde reads what `parse` does. `Debug` masks all but the last
/// four digits. Numbers are ordered by their digits as text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhoneNumber {
    /// Calling code and national number.
    digits: String,
    /// Length of the calling code.
    code: usize,
}

impl PhoneNumber {
    pub(super) fn of(code: &str, national: &str) -> Self {
        Self { digits: format!("{code}{national}"), code: code.len() }
    }

    fn parts(&self) -> (&str, &str) {
        self.digits.split_at(self.code)
    }

    /// Returns the calling code of the country, digits only: `55`.
    #[must_use]
    pub fn country_code(&self) -> String {
        self.parts().0.to_owned()
    }

    /// Returns the number within the country, digits only: `11987654321`.
    #[must_use]
    pub fn national_number(&self) -> String {
        self.parts().1.to_owned()
    }

    /// Returns the whole number, digits only: `5511987654321`.
    #[must_use]
    pub fn digits(&self) -> String {
        self.digits.clone()
    }

    /// Returns whether a mobile phone can have this number.
    ///
    /// In some countries, such as the USA and Mexico, the numbers of mobile phones and landlines do not differ; there
    /// it returns `true` for both. An Argentine number without the 9 is that of a landline.
    #[must_use]
    pub fn is_mobile(&self) -> bool {
        let (code, national) = self.parts();
        forms::is_mobile(code, national)
    }

    /// Returns the forms under which this number may be registered, starting with this one. Most numbers have one form.
    ///
    /// - Brazil: a mobile number with and without its ninth digit.
    /// - Mexico: ten digits, and the same after the `1` that mobile numbers had until 2019.
    /// - Argentina: ten digits, and the same after the `9` of mobile numbers.
    ///
    /// No method chooses between them, because a message to the wrong form does not arrive. Ask the person, or try the
    /// second form if the first is refused because it is not a chat or contact. Only this method returns Mexico's older
    /// form; parsing converts it to the newer one.
    ///
    /// ```
    /// # use zap_facade::PhoneNumber;
    /// let number: PhoneNumber = "+55 11 98765-4321".parse()?;
    /// let digits: Vec<_> = number.variants().iter().map(PhoneNumber::digits).collect();
    /// assert_eq!(digits, ["5511987654321", "551187654321"]);
    /// # Ok::<(), zap_facade::InvalidPhoneNumber>(())
    /// ```
    #[must_use]
    pub fn variants(&self) -> Vec<Self> {
        let (code, national) = self.parts();
        let other = forms::other(code, national).map(|other| Self::of(code, &other));
        std::iter::once(self.clone()).chain(other).collect()
    }

    /// Returns a text that is the same for all forms of this number, and different for any other number.
    ///
    /// Use it to find out whether two entries of a list are the same recipient. It has the digits of one of the
    /// [`variants`](Self::variants): Brazil's with the ninth digit, Mexico's and Argentina's with ten digits after the
    /// calling code. Do not send to it; send to the number as given.
    ///
    /// ```
    /// # use zap_facade::PhoneNumber;
    /// let with: PhoneNumber = "+55 11 98765-4321".parse()?;
    /// let without: PhoneNumber = "+55 11 8765-4321".parse()?;
    /// assert_ne!(with, without);
    /// assert_eq!(with.key(), without.key());
    /// # Ok::<(), zap_facade::InvalidPhoneNumber>(())
    /// ```
    #[must_use]
    pub fn key(&self) -> String {
        let (code, national) = self.parts();
        format!("{code}{}", forms::key(code, national))
    }
}

/// Writes international notation without spaces: `+5511987654321`.
impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.digits)
    }
}

/// Masks all but the last four digits, because a phone number is personal data and `Debug` output ends up in logs.
impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (masked, shown) = self.digits.split_at(self.digits.len().saturating_sub(4));
        write!(f, "PhoneNumber(+{}{shown})", "*".repeat(masked.len()))
    }
}
