//! The spellings of Brazilian mobile numbers: with and without the ninth digit.
//!
//! Until 2016, mobile numbers got a ninth digit, a 9 in front of the other eight. `WhatsApp` knows the numbers of some
//! area codes with this digit and the others without it, and `ChatGuru` stores a chat under the spelling of `WhatsApp`.

/// Area codes up to this one keep the ninth digit, the others drop it. Sources say 28 or 30, which is the same: Brazil
/// has no area codes 29 and 30.
const LAST_WITH_NINTH_DIGIT: u8 = 28;

/// A Brazilian mobile number.
struct Mobile<'a> {
    area: &'a str,
    /// The number in the area, without the ninth digit.
    eight_digits: &'a str,
    has_ninth_digit: bool,
}

impl<'a> Mobile<'a> {
    /// Reads a number, or returns `None` if it is not a Brazilian mobile number.
    fn read(number: &'a str) -> Option<Self> {
        let (area, rest) = number.strip_prefix("55")?.split_at_checked(2)?;
        // Area codes are 11 to 99, without zeros.
        if area.contains('0') || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        match (rest.len(), rest.bytes().next()?) {
            (9, b'9') => Some(Self { area, eight_digits: rest.get(1..)?, has_ninth_digit: true }),
            // Landlines, whose numbers begin with 2 to 5, never had a ninth digit.
            (8, b'2'..=b'5') => None,
            (8, _) => Some(Self { area, eight_digits: rest, has_ninth_digit: false }),
            _ => None,
        }
    }

    fn keeps_ninth_digit(&self) -> bool {
        self.area.parse::<u8>().is_ok_and(|area| area <= LAST_WITH_NINTH_DIGIT)
    }

    fn spelled(&self, with_ninth_digit: bool) -> String {
        format!("55{}{}{}", self.area, if with_ninth_digit { "9" } else { "" }, self.eight_digits)
    }
}

/// Returns the other spelling of a Brazilian mobile number, or `None` for other numbers.
pub(super) fn other_spelling(number: &str) -> Option<String> {
    let mobile = Mobile::read(number)?;
    Some(mobile.spelled(!mobile.has_ninth_digit))
}

/// Returns the spelling that `WhatsApp` uses. Other numbers stay as they are.
pub(super) fn usual_spelling(number: &str) -> String {
    Mobile::read(number).map_or_else(|| number.to_owned(), |mobile| mobile.spelled(mobile.keeps_ninth_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mobile_numbers_have_two_spellings_of_which_the_area_selects_one() {
        for (with, without, keeps) in [
            ("5511987654321", "551187654321", true),
            ("5521900001111", "552100001111", true),
            ("5528999990000", "552899990000", true),
            ("5531977770003", "553177770003", false),
            ("5548988887777", "554888887777", false),
            ("5599961234567", "559961234567", false),
        ] {
            assert_eq!(other_spelling(with).as_deref(), Some(without));
            assert_eq!(other_spelling(without).as_deref(), Some(with));
            let usual = if keeps { with } else { without };
            assert_eq!((usual_spelling(with).as_str(), usual_spelling(without).as_str()), (usual, usual));
        }
    }

    #[test]
    fn other_numbers_have_one_spelling() {
        for number in [
            "551133334444",
            "5511833334444",
            "5510987654321",
            "5501987654321",
            "55119876543",
            "55119876543210",
            "351912345678",
            "14155550100",
            "55",
            "5",
            "",
        ] {
            assert_eq!((other_spelling(number), usual_spelling(number).as_str()), (None, number));
        }
    }
}
