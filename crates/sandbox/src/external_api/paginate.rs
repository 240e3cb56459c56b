//! Laravel's length-aware pagination, including its answers to unusual page sizes.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{answer::Answer, php};

use super::{context::Context, envelope, failure::Failure, input::Input};

/// The default page size.
const DEFAULT: i64 = 20;
/// The page size for a requested size of 0, which is the framework's own default.
const OF_ZERO: i64 = 15;
/// Up to this many pages, every page has a link. Beyond it, those in the middle are omitted.
const ALL_LINKS: i64 = 13;

/// The requested page.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PageRequest {
    page: i64,
    /// The page size as it is shown, and how many rows are read.
    per_page: i64,
    /// The page size as requested. With 2.5, pages are counted and rows are skipped by 2.5.
    exact: f64,
}

/// Answers with one page of `rows`, or with the error for an impossible page size.
pub(super) fn answer<T>(
    context: &Context<'_>,
    rows: &[T],
    (remark, message, key): (&str, &str, &str),
    show: impl Fn(&T) -> Value,
) -> Answer {
    let wanted = wanted(context.input);
    // The second query fails, but without rows the server does not make it.
    if wanted.exact < 0.0 && !rows.is_empty() {
        return envelope::exception(
            "SQLSTATE[42000]: Syntax error or access violation: 1064 You have an error in your SQL syntax near '' at line 1",
        );
    }
    if wanted.exact == 0.0 {
        // PHP refuses to divide by zero.
        return Failure::Error.answer(context.raw);
    }
    let url = format!("{}/{}", context.origin, context.path);
    let page = page(wanted, rows, &url, show);
    // `json!` would copy the page.
    envelope::success_with(remark, message, BTreeMap::from([(key, page)]))
}

#[allow(clippy::cast_precision_loss, reason = "as PHP divides")]
fn wanted(input: &Input) -> PageRequest {
    let page = php::filter_int(input.value("page")).filter(|page| *page >= 1).unwrap_or(1);
    let asked = input.value("paginate");
    let (per_page, exact) = match php::int_of_numeric(asked) {
        None => (DEFAULT, DEFAULT as f64),
        Some(_) if !php::truthy(asked) => (OF_ZERO, OF_ZERO as f64),
        Some(per_page) => {
            let exact = asked.as_f64().or_else(|| php::numeric(asked.as_str().unwrap_or_default()));
            (per_page, exact.unwrap_or(per_page as f64))
        }
    };
    PageRequest { page, per_page, exact }
}

fn page<T>(wanted: PageRequest, rows: &[T], url: &str, show: impl Fn(&T) -> Value) -> Value {
    let PageRequest { page, per_page, .. } = wanted;
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let shown: Vec<Value> =
        rows.iter().skip(skipped(wanted)).take(usize::try_from(per_page).unwrap_or_default()).map(show).collect();
    let count = i64::try_from(shown.len()).unwrap_or(i64::MAX);
    let from = (count > 0).then(|| (page - 1).saturating_mul(per_page).saturating_add(1));
    let last = last_page(total, wanted.exact);
    let link = |number: i64| format!("{url}?page={number}");
    let previous = (page > 1).then(|| link(page - 1));
    let next = (page < last).then(|| link(page + 1));
    let mut page = json!({
        "current_page": page,
        "first_page_url": link(1),
        "from": from,
        "last_page": last,
        "last_page_url": link(last),
        "links": links(page, last, previous.as_ref(), next.as_ref(), &link),
        "next_page_url": next,
        "path": url,
        "per_page": per_page,
        "prev_page_url": previous,
        "to": from.map(|from| from.saturating_add(count - 1)),
        "total": total,
    });
    page["data"] = Value::Array(shown);
    page
}

/// Returns how many rows precede the page.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float saturates, which puts the page beyond the end"
)]
fn skipped(wanted: PageRequest) -> usize {
    ((wanted.page - 1) as f64 * wanted.exact) as usize
}

#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a float saturates, and the number is of pages that exist"
)]
fn last_page(total: i64, exact: f64) -> i64 {
    ((total as f64 / exact).ceil() as i64).max(1)
}

fn links(
    page: i64,
    last: i64,
    previous: Option<&String>,
    next: Option<&String>,
    link: &impl Fn(i64) -> String,
) -> Vec<Value> {
    let mut links = vec![json!({"url": previous, "label": "‹", "active": false})];
    for (n, window) in windows(page, last).into_iter().enumerate() {
        if n > 0 {
            links.push(json!({"url": null, "label": "...", "active": false}));
        }
        for number in window {
            links.push(json!({"url": link(number), "label": number.to_string(), "active": number == page}));
        }
    }
    links.push(json!({"url": next, "label": "›", "active": false}));
    links
}

/// Returns the ranges of page numbers that have a link. `...` separates two ranges.
fn windows(page: i64, last: i64) -> Vec<std::ops::RangeInclusive<i64>> {
    if last <= ALL_LINKS {
        vec![1..=last]
    } else if page <= 7 {
        vec![1..=10, last - 1..=last]
    } else if page > last - 7 {
        vec![1..=2, last - 9..=last]
    } else {
        vec![1..=2, page - 3..=page + 3, last - 1..=last]
    }
}

#[cfg(test)]
mod tests {
    use super::{super::input::input_of, *};

    fn of(query: Value, total: usize) -> Value {
        let rows: Vec<usize> = (1..=total).collect();
        page(wanted(&input_of(query)), &rows, "u", |row| json!(row))
    }

    fn labels(page: &Value) -> String {
        let label = |link: &Value| link["label"].as_str().unwrap_or_default().to_owned();
        page["links"].as_array().unwrap().iter().map(label).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn odd_numbers() {
        for (query, current, per_page) in [
            (json!({}), 1, 20),
            (json!({"paginate": "0", "page": "0"}), 1, 15),
            (json!({"paginate": "abc", "page": "-1"}), 1, 20),
            (json!({"paginate": "2.9", "page": "2.9"}), 1, 2),
            (json!({"paginate": "0.5"}), 1, 0),
            (json!({"paginate": "1e1", "page": "01"}), 1, 10),
            (json!({"paginate": ["3"], "page": ["3"]}), 1, 20),
            (json!({"paginate": 3, "page": 2}), 2, 3),
            (json!({"paginate": "99999999999999999999", "page": "99999999999999999999"}), 1, i64::MAX),
        ] {
            let page = of(query.clone(), 25);
            assert_eq!((&page["current_page"], &page["per_page"]), (&json!(current), &json!(per_page)), "{query}");
        }
    }

    #[test]
    fn half_a_row_counts_in_pages_and_offsets() {
        let page = of(json!({"paginate": "2.5", "page": "2"}), 25);
        assert_eq!((&page["last_page"], &page["data"], &page["from"]), (&json!(10), &json!([3, 4]), &json!(3)));
        assert_eq!(of(json!({"paginate": "2.5", "page": "3"}), 25)["data"], json!([6, 7]));
    }

    #[test]
    fn beyond_the_end_there_is_nothing() {
        let page = of(json!({"page": "99"}), 25);
        assert_eq!((&page["from"], &page["to"], &page["data"]), (&json!(null), &json!(null), &json!([])));
        assert_eq!((&page["last_page"], &page["prev_page_url"]), (&json!(2), &json!("u?page=98")));
        let page = of(json!({"page": i64::MAX.to_string(), "paginate": i64::MAX.to_string()}), 3);
        assert_eq!(page["data"], json!([]));
    }

    #[test]
    fn the_last_page_is_short() {
        let page = of(json!({"page": "2"}), 25);
        assert_eq!((&page["from"], &page["to"], &page["next_page_url"]), (&json!(21), &json!(25), &json!(null)));
        assert_eq!(of(json!({}), 0)["last_page"], json!(1));
        assert_eq!(of(json!({"paginate": "-3"}), 0)["per_page"], json!(-3));
    }

    #[test]
    fn links_leave_the_middle_out() {
        let one = |page: i64, total: usize| labels(&of(json!({"paginate": 1, "page": page}), total));
        assert_eq!(one(1, 13), "‹ 1 2 3 4 5 6 7 8 9 10 11 12 13 ›");
        assert_eq!(one(7, 25), "‹ 1 2 3 4 5 6 7 8 9 10 ... 24 25 ›");
        assert_eq!(one(8, 25), "‹ 1 2 ... 5 6 7 8 9 10 11 ... 24 25 ›");
        assert_eq!(one(19, 25), "‹ 1 2 ... 16 17 18 19 20 21 22 23 24 25 ›");
    }
}
