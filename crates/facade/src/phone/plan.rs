//! Numbering plans: which numbers can exist, from the metadata of libphonenumber.
//!
//! Only the metadata of the `phonenumber` crate is used. Its parser is made to find a number in any
//! text: it turns letters into digits, drops extensions and adds area codes that nobody typed. Its
//! patterns are matched here, from end to end.

use std::sync::{LazyLock, OnceLock};

use phonenumber::Metadata;
use phonenumber::metadata::{DATABASE, Descriptor};
use regex::{Regex, RegexBuilder};

/// The numbering plan of a region.
pub(super) struct Plan {
    metadata: &'static Metadata,
    patterns: OnceLock<Patterns>,
}

/// The patterns of a plan, compiled when the first number of its calling code comes.
struct Patterns {
    /// Of all its numbers.
    general: Option<Regex>,
    /// Of mobile phones.
    mobile: Option<(&'static Descriptor, Regex)>,
    /// Of everything else that can be called from abroad.
    others: Vec<(&'static Descriptor, Regex)>,
    national_prefix: Option<Regex>,
    international_prefix: Option<Regex>,
}

/// What a valid number may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// A mobile phone. In some countries, such as the USA, all but special numbers may be one.
    Mobile,
    /// Something else.
    Other,
}

/// By calling code; of those that share one, the main country first.
static PLANS: LazyLock<Vec<Plan>> = LazyLock::new(|| {
    let of_code = |code: u16| DATABASE.by_code(&code).unwrap_or_default();
    (1..1000).flat_map(of_code).map(|metadata| Plan { metadata, patterns: OnceLock::new() }).collect()
});

/// The plan of a region by its ISO 3166 code, in capitals or not.
pub(super) fn of_region(region: &str) -> Option<&'static Plan> {
    let letters = region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_alphabetic());
    PLANS.iter().find(|plan| letters && plan.metadata.id().eq_ignore_ascii_case(region))
}

/// The plans that share a calling code; none if there is no such code.
pub(super) fn of_code(code: &str) -> &'static [Plan] {
    let Ok(code) = code.parse::<u16>() else { return &[] };
    let start = PLANS.partition_point(|plan| plan.metadata.country_code() < code);
    let end = PLANS.partition_point(|plan| plan.metadata.country_code() <= code);
    &PLANS[start..end]
}

/// The calling code that international digits begin with, and the number after it.
pub(super) fn split(digits: &str) -> Option<(&str, &str)> {
    // No code begins with another.
    (1..=digits.len().min(3)).map(|at| digits.split_at(at)).find(|(code, _)| !of_code(code).is_empty())
}

/// What a number is in one of the plans of a calling code, or `None` if it cannot exist.
pub(super) fn line(code: &str, national: &str) -> Option<Line> {
    of_code(code).iter().find_map(|plan| plan.line(national))
}

/// Every length that numbers of a calling code can have.
pub(super) fn lengths(code: &str) -> impl Iterator<Item = usize> {
    of_code(code)
        .iter()
        .flat_map(Plan::descriptors)
        .flat_map(Descriptor::possible_length)
        .map(|length| (*length).into())
}

/// Whether numbers of this length are dialled within their area only.
pub(super) fn is_local_length(code: &str, length: usize) -> bool {
    of_code(code).iter().any(|plan| {
        let kinds = plan.metadata.descriptors();
        let kinds = kinds.fixed_line().into_iter().chain(kinds.mobile());
        kinds.flat_map(Descriptor::possible_local_length).any(|local| usize::from(*local) == length)
    })
}

impl Plan {
    /// The region's ISO 3166 code.
    pub(super) fn region(&self) -> &'static str {
        self.metadata.id()
    }

    /// The calling code.
    pub(super) fn code(&self) -> String {
        self.metadata.country_code().to_string()
    }

    /// What is dialled before a number within the country, if anything.
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

    /// A number without what is dialled before it within the country (a trunk zero, the code of a
    /// carrier), or `None` if nothing of the kind stands there.
    pub(super) fn without_prefix(&self, digits: &str) -> Option<String> {
        let found = self.patterns().national_prefix.as_ref()?.captures(digits)?;
        let (whole, groups) = (found.get(0)?, found.len() - 1);
        let rest = &digits[whole.end()..];
        match self.metadata.national_prefix_transform_rule() {
            Some(rule) if groups > 0 && found.get(groups).is_some() => {
                // Most rules with digits of their own add an area code that was not typed. Argentina's
                // writes its mobile prefix, 15 after the area code, as 9 before it: `9$1`.
                let adds = rule.split('$').next() != Some("") && self.region() != "AR";
                let mut national = String::new();
                found.expand(rule, &mut national);
                (!adds).then(|| national + rest)
            }
            _ if whole.is_empty() => None,
            _ => Some(rest.to_owned()),
        }
    }

    /// Digits without what is dialled before a calling code, in each way that they can be read.
    pub(super) fn without_international_prefix<'d>(&self, digits: &'d str) -> Vec<&'d str> {
        let dialled = self.patterns().international_prefix.as_ref().and_then(|prefix| prefix.find(digits));
        // Where a carrier is dialled after 00, people leave it out when they write a number down.
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

    /// The kinds of numbers that can be called from abroad.
    fn descriptors(&self) -> impl Iterator<Item = &'static Descriptor> + use<> {
        self.metadata.descriptors().mobile().into_iter().chain(self.other_descriptors())
    }

    /// The same without mobile phones.
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

/// What was dialled before the ten digits of a Mexican number until 2019, and is still written.
const OLD_MEXICAN: Option<&str> = Some("01|04[45]|1");

fn has_length(kind: &Descriptor, national: &str) -> bool {
    let lengths = kind.possible_length();
    lengths.is_empty() || lengths.iter().any(|length| usize::from(*length) == national.len())
}

/// A pattern of the metadata, which writes some over several lines. One that cannot be compiled
/// matches nothing, so that its numbers are refused.
fn pattern(text: &str) -> Option<Regex> {
    RegexBuilder::new(text).ignore_whitespace(true).unicode(false).build().ok()
}
