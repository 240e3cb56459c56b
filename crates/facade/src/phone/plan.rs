//! Numbering plans: which numbers are possible, according to libphonenumber's metadata.
//!
//! This module uses only the metadata of the `phonenumber` crate, and matches its patterns against whole numbers. The
//! crate's parser is made to find a number in any text: it turns letters into digits, drops extensions and adds area
//! codes that were not typed.

use std::sync::{LazyLock, OnceLock};

use phonenumber::Metadata;
use phonenumber::metadata::{DATABASE, Descriptor};
use regex::{Regex, RegexBuilder};

/// The numbering plan of a region.
pub(super) struct Plan {
    metadata: &'static Metadata,
    patterns: OnceLock<Patterns>,
}

/// The patterns of a plan, compiled when the first number with its calling code is read.
struct Patterns {
    /// For all numbers.
    general: Option<Regex>,
    /// For mobile phones.
    mobile: Option<(&'static Descriptor, Regex)>,
    /// For all other kinds of numbers that can be called from abroad.
    others: Vec<(&'static Descriptor, Regex)>,
    national_prefix: Option<Regex>,
    international_prefix: Option<Regex>,
}

/// The kind of a possible number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// A mobile phone. In some countries, such as the USA, this includes landlines.
    Mobile,
    /// Something else.
    Other,
}

/// All plans, ordered by calling code. Of those that share one, the main country comes first.
static PLANS: LazyLock<Vec<Plan>> = LazyLock::new(|| {
    let of_code = |code: u16| DATABASE.by_code(&code).unwrap_or_default();
    (1..1000).flat_map(of_code).map(|metadata| Plan { metadata, patterns: OnceLock::new() }).collect()
});

/// Returns the plan of a region by its ISO 3166 code, in upper or lower case.
pub(super) fn of_region(region: &str) -> Option<&'static Plan> {
    let letters = region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_alphabetic());
    PLANS.iter().find(|plan| letters && plan.metadata.id().eq_ignore_ascii_case(region))
}

/// Returns the plans that share a calling code, none if the code does not exist.
pub(super) fn of_code(code: &str) -> &'static [Plan] {
    let Ok(code) = code.parse::<u16>() else { return &[] };
    let start = PLANS.partition_point(|plan| plan.metadata.country_code() < code);
    let end = PLANS.partition_point(|plan| plan.metadata.country_code() <= code);
    &PLANS[start..end]
}

/// Splits international digits into the calling code and the national number.
pub(super) fn split(digits: &str) -> Option<(&str, &str)> {
    // No calling code is the beginning of another one.
    (1..=digits.len().min(3)).map(|at| digits.split_at(at)).find(|(code, _)| !of_code(code).is_empty())
}

/// Returns what a number is in one of the plans of a calling code, or `None` if it is not possible.
pub(super) fn line(code: &str, national: &str) -> Option<Line> {
    of_code(code).iter().find_map(|plan| plan.line(national))
}

/// Returns every length that numbers of a calling code can have.
pub(super) fn lengths(code: &str) -> impl Iterator<Item = usize> {
    of_code(code)
        .iter()
        .flat_map(Plan::descriptors)
        .flat_map(Descriptor::possible_length)
        .map(|length| (*length).into())
}

/// Returns whether a number of this length lacks its area code.
pub(super) fn is_local_length(code: &str, length: usize) -> bool {
    of_code(code).iter().any(|plan| {
        let kinds = plan.metadata.descriptors();
        let kinds = kinds.fixed_line().into_iter().chain(kinds.mobile());
        kinds.flat_map(Descriptor::possible_local_length).any(|local| usize::from(*local) == length)
    })
}

impl Plan {
    /// Returns the region's ISO 3166 code.
    pub(super) fn region(&self) -> &'static str {
        self.metadata.id()
    }

    /// Returns the calling code.
    pub(super) fn code(&self) -> String {
        self.metadata.country_code().to_string()
    }

    /// Returns what is dialled before a number within the country, if there is such a prefix.
    pub(super) fn trunk(&self) -> Option<&'static str> {
        self.metadata.national_prefix()
    }

    fn line(&self, national: &str) -> Option<Line> {
        let patterns = self.patterns();
        if !patterns.general.as_ref().is_some_and(|general| general.is_match(national)) {
            return None;
        }
        let is_of = |(kind, pattern): &(&Descriptor, Regex)| has_length(kind, national) && pattern.is_match(national);
        if patterns.mobile.as_ref().is_some_and(is_of) {
            return Some(Line::Mobile);
        }
        patterns.others.iter().any(is_of).then_some(Line::Other)
    }

    /// Removes what is dialled before a number within the country: a trunk zero, the code of a carrier. Returns `None`
    /// if the digits do not begin with such a prefix.
    pub(super) fn without_prefix(&self, digits: &str) -> Option<String> {
        let found = self.patterns().national_prefix.as_ref()?.captures(digits)?;
        let (whole, groups) = (found.get(0)?, found.len() - 1);
        let rest = &digits[whole.end()..];
        match self.metadata.national_prefix_transform_rule() {
            Some(rule) if groups > 0 && found.get(groups).is_some() => {
                // Most rules that contain digits add an area code that was not typed. Argentina's `9$1` only moves the
                // mobile prefix: 15 after the area code becomes 9 before it.
                let adds = rule.split('$').next() != Some("") && self.region() != "AR";
                let mut national = String::new();
                found.expand(rule, &mut national);
                (!adds).then(|| national + rest)
            }
            _ if whole.is_empty() => None,
            _ => Some(rest.to_owned()),
        }
    }

    /// Removes what is dialled before a calling code, and returns every possible result.
    pub(super) fn without_international_prefix<'d>(&self, digits: &'d str) -> Vec<&'d str> {
        let dialled = self.patterns().international_prefix.as_ref().and_then(|prefix| prefix.find(digits));
        // In countries where a carrier is dialled after 00, people leave it out when they write a number down.
        let plain = self.metadata.international_prefix().is_some_and(|prefix| prefix.as_str().starts_with("00"));
        let plain = digits.strip_prefix("00").filter(|_| plain);
        dialled.map(|dialled| &digits[dialled.end()..]).into_iter().chain(plain).collect()
    }

    fn patterns(&self) -> &Patterns {
        self.patterns.get_or_init(|| {
            let kinds = self.metadata.descriptors();
            let whole = |kind: &Descriptor| pattern(&format!("^(?:{})$", kind.national_number().as_str()));
            let with_kind = |kind: &'static Descriptor| Some((kind, whole(kind)?));
            let start = |prefix: &str| pattern(&format!("^(?:{prefix})"));
            let national_prefix = match self.metadata.national_prefix_for_parsing() {
                Some(prefix) => Some(prefix.as_str()),
                None => self.trunk().or(OLD_MEXICAN.filter(|_| self.region() == "MX")),
            };
            Patterns {
                general: whole(kinds.general()),
                mobile: kinds.mobile().and_then(with_kind),
                others: self.other_descriptors().filter_map(with_kind).collect(),
                national_prefix: national_prefix.and_then(start),
                international_prefix: self.metadata.international_prefix().and_then(|prefix| start(prefix.as_str())),
            }
        })
    }

    /// Returns the kinds of numbers that can be called from abroad.
    fn descriptors(&self) -> impl Iterator<Item = &'static Descriptor> + use<> {
        self.metadata.descriptors().mobile().into_iter().chain(self.other_descriptors())
    }

    /// Returns those kinds without mobile phones.
    fn other_descriptors(&self) -> impl Iterator<Item = &'static Descriptor> + use<> {
        let kinds = self.metadata.descriptors();
        [
            kinds.fixed_line(),
            kinds.toll_free(),
            kinds.premium_rate(),
            kinds.shared_cost(),
            kinds.personal_number(),
            kinds.voip(),
            kinds.pager(),
            kinds.uan(),
            kinds.voicemail(),
        ]
        .into_iter()
        .flatten()
    }
}

/// What was dialled before the ten digits of a Mexican number until 2019. People still write it.
const OLD_MEXICAN: Option<&str> = Some("01|04[45]|1");

fn has_length(kind: &Descriptor, national: &str) -> bool {
    let lengths = kind.possible_length();
    lengths.is_empty() || lengths.iter().any(|length| usize::from(*length) == national.len())
}

/// Compiles a pattern of the metadata, some of which span several lines. `None` matches nothing, so that the numbers of
/// a pattern that cannot be compiled are refused.
fn pattern(text: &str) -> Option<Regex> {
    RegexBuilder::new(text).ignore_whitespace(true).unicode(false).build().ok()
}
