//! Numbers that have two forms: with and without Brazil's ninth digit, Mexico's 1 and Argentina's 9.

use super::plan::{self, Line};

/// Returns the national number for a number that its plan does not have, or has in another form. `None` if the number
/// is not possible.
pub(super) fn accepted(code: &str, national: &str) -> Option<String> {
    match code {
        // Numbers have ten digits since 2019. Before that, mobile numbers had a 1 in front of them.
        "52" => new_mexican(national).map(str::to_owned),
        // Chats are still registered under numbers without the digit that the plan requires.
        "55" | "54" => longer(code, national).map(|_| national.to_owned()),
        _ => None,
    }
}

/// Returns the other form under which a number may be registered.
pub(super) fn other(code: &str, national: &str) -> Option<String> {
    match code {
        "52" => new_mexican(national).map(str::to_owned).or_else(|| {
            let mobile = national.len() == 10 && plan::line(code, national) == Some(Line::Mobile);
            mobile.then(|| format!("1{national}"))
        }),
        "55" | "54" => longer(code, national).or_else(|| shorter(code, national)),
        _ => None,
    }
}

/// Returns the form that is the same for all forms of a number.
pub(super) fn key(code: &str, national: &str) -> String {
    let other = match code {
        "52" => new_mexican(national).map(str::to_owned),
        "55" => longer(code, national),
        "54" => shorter(code, national),
        _ => None,
    };
    other.unwrap_or_else(|| national.to_owned())
}

/// Returns whether a mobile phone can have a number.
pub(super) fn is_mobile(code: &str, national: &str) -> bool {
    let brazilian = || code == "55" && longer(code, national).is_some();
    let line = plan::line(code, new_mexican(national).filter(|_| code == "52").unwrap_or(national));
    line == Some(Line::Mobile) || brazilian()
}

/// Returns a Mexican mobile number of the form used until 2019 without the 1 in front of it.
fn new_mexican(national: &str) -> Option<&str> {
    let new = national.strip_prefix('1').filter(|new| new.len() == 10)?;
    (plan::line("52", new) == Some(Line::Mobile)).then_some(new)
}

/// Returns a Brazilian or Argentine mobile number with the 9 that it lacks.
fn longer(code: &str, national: &str) -> Option<String> {
    if national.len() != 10 {
        return None;
    }
    let longer = match (code, national.split_at(2)) {
        // A number that begins with 2 to 5 after the area code is a landline, and never was a mobile number.
        ("55", (area, number)) if number.starts_with(['6', '7', '8', '9']) => format!("{area}9{number}"),
        ("54", _) => format!("9{national}"),
        _ => return None,
    };
    (plan::line(code, &longer) == Some(Line::Mobile)).then_some(longer)
}

/// Returns a number without its 9, if the number has such a form: the reverse of [`longer`].
fn shorter(code: &str, national: &str) -> Option<String> {
    let shorter = match code {
        "55" if national.len() == 11 && &national[2..3] == "9" => format!("{}{}", &national[..2], &national[3..]),
        "54" if national.len() == 11 => national.strip_prefix('9')?.to_owned(),
        _ => return None,
    };
    (longer(code, &shorter).as_deref() == Some(national)).then_some(shorter)
}
