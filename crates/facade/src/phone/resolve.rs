//! Finds the number that typed digits mean.

use super::forms;
use super::grammar::Typed;
use super::invalid::InvalidPhoneNumber;
use super::number::PhoneNumber;
use super::plan::{self, Plan};

/// Resolves a number in international form: exactly the digits after its plus sign.
pub(super) fn international(typed: &Typed) -> Result<PhoneNumber, InvalidPhoneNumber> {
    let (code, national) = plan::split(&typed.digits).ok_or(InvalidPhoneNumber::UnknownCallingCode)?;
    // `+44 (0)20 …`: the zero is dialled only within the country.
    let has_trunk = plan::of_code(code).iter().any(|plan| plan.trunk() == Some("0"));
    let bracketed = has_trunk && typed.bracketed_zero == Some(code.len());
    checked(code, if bracketed { &national[1..] } else { national })
}

/// Resolves a number as people in a region write it.
pub(super) fn in_region(typed: &Typed, plan: &Plan) -> Result<PhoneNumber, InvalidPhoneNumber> {
    let code = plan.code();
    let after_code = typed.digits.strip_prefix(&*code);
    if typed.international {
        let exact = international(typed);
        // `+55 0 11 …`: for a number of the region itself, the region's prefixes can be removed.
        return match after_code.filter(|_| exact.is_err()) {
            Some(national) => one_of(readings(plan, national)).unwrap_or(exact),
            None => exact,
        };
    }
    let abroad = || {
        let rests = plan.without_international_prefix(&typed.digits);
        let own = rests.iter().filter_map(|rest| rest.strip_prefix(&*code)).flat_map(|rest| readings(plan, rest));
        let any = rests.iter().filter_map(|rest| {
            let (code, national) = plan::split(rest)?;
            checked(code, national).ok()
        });
        one_of(own.collect()).or_else(|| one_of(any.collect()))
    };
    // In some countries the same digits can be a national number, or a calling code with a number: 49 15… in Germany.
    let here = readings(plan, &typed.digits).into_iter();
    let here = here.chain(after_code.into_iter().flat_map(|national| readings(plan, national)));
    one_of(here.collect()).or_else(abroad).unwrap_or_else(|| Err(why_not(plan, &code, &typed.digits)))
}

/// Returns the numbers that digits can mean within a country: as they are, and without the country's prefixes.
fn readings(plan: &Plan, digits: &str) -> Vec<PhoneNumber> {
    let code = plan.code();
    let stripped = plan.without_prefix(digits);
    let readings = std::iter::once(digits).chain(stripped.as_deref());
    readings.filter_map(|national| checked(&code, national).ok()).collect()
}

/// Returns the number if all readings agree, `None` if there are none.
fn one_of(mut numbers: Vec<PhoneNumber>) -> Option<Result<PhoneNumber, InvalidPhoneNumber>> {
    numbers.sort();
    numbers.dedup();
    let first = numbers.pop()?;
    Some(if numbers.is_empty() { Ok(first) } else { Err(InvalidPhoneNumber::Ambiguous) })
}

/// Returns the number of a calling code, if it is possible.
fn checked(code: &str, national: &str) -> Result<PhoneNumber, InvalidPhoneNumber> {
    if plan::line(code, national).is_some() {
        return Ok(PhoneNumber::of(code, national));
    }
    forms::accepted(code, national)
        .map(|national| PhoneNumber::of(code, &national))
        .ok_or_else(|| wrong(code, national))
}

/// Returns why these digits cannot be read as a number.
fn why_not(plan: &Plan, code: &str, digits: &str) -> InvalidPhoneNumber {
    let national = plan.without_prefix(digits).unwrap_or_else(|| digits.to_owned());
    // In Argentina, 15 is dialled before a mobile number in the same area.
    let local = national.strip_prefix("15").filter(|_| plan.region() == "AR").unwrap_or(&national);
    if plan::is_local_length(code, local.len()) { InvalidPhoneNumber::NoAreaCode } else { wrong(code, &national) }
}

/// Returns why a number is not possible.
fn wrong(code: &str, national: &str) -> InvalidPhoneNumber {
    let length = national.len();
    let (shortest, longest) = plan::lengths(code)
        .fold((usize::MAX, 0), |(shortest, longest), possible| (shortest.min(possible), longest.max(possible)));
    if plan::is_local_length(code, length) {
        InvalidPhoneNumber::NoAreaCode
    } else if length < shortest {
        InvalidPhoneNumber::TooShort
    } else if length > longest {
        InvalidPhoneNumber::TooLong
    } else {
        InvalidPhoneNumber::Impossible
    }
}
