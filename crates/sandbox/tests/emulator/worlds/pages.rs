//! The model of pagination, from the recordings.

#![allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "PHP counts pages this way")]

use serde_json::{Value, json};

/// The page size: the whole number that is shown, and the exact number that divides.
fn size(asked: &Value) -> (i64, f64) {
    const DEFAULT: (i64, f64) = (20, 20.0);
    match asked {
        Value::Number(number) => match number.as_f64().unwrap() {
            0.0 => (15, 15.0),
            exact => (exact as i64, exact),
        },
        Value::String(text) if text == "0" => (15, 15.0),
        Value::String(text) => text.parse::<f64>().map_or(DEFAULT, |exact| (exact as i64, exact)),
        _ => DEFAULT,
    }
}

fn number(asked: &Value) -> i64 {
    let page = match asked {
        Value::Number(number) => number.as_i64().unwrap_or(1),
        Value::String(text) if !text.starts_with('0') => text.parse().unwrap_or(1),
        _ => 1,
    };
    page.max(1)
}

/// The page, or `None` if the database fails.
pub(super) fn page(rows: &[Value], paginate: &Value, page: &Value, url: &str) -> Option<Value> {
    let (shown, exact) = size(paginate);
    let page = number(page);
    let total = i64::try_from(rows.len()).unwrap();
    if exact < 0.0 && total > 0 {
        return None;
    }
    let last = ((total as f64 / exact).ceil() as i64).max(1);
    let before = ((page - 1) as f64 * exact) as i64;
    let of_page: Vec<&Value> = (0..total)
        .filter(|at| *at >= before && at - before < shown)
        .map(|at| &rows[usize::try_from(at).unwrap()])
        .collect();
    let link = |number: i64| json!(format!("{url}?page={number}"));
    let neighbour = |number: i64, there: bool| if there { link(number) } else { Value::Null };
    let (previous, next) = (neighbour(page - 1, page > 1), neighbour(page + 1, page < last));
    let numbers: Vec<i64> = (1..=last).filter(|number| last <= 13 || has_link(*number, page, last)).collect();
    let mut links = vec![json!({"url": previous, "label": "‹", "active": false})];
    let mut before = 0;
    for number in numbers {
        if number != before + 1 {
            links.push(json!({"url": null, "label": "...", "active": false}));
        }
        links.push(json!({"url": link(number), "label": number.to_string(), "active": number == page}));
        before = number;
    }
    links.push(json!({"url": next, "label": "›", "active": false}));
    let from = if of_page.is_empty() { Value::Null } else { json!((page - 1) * shown + 1) };
    let to = if of_page.is_empty() {
        Value::Null
    } else {
        json!((page - 1) * shown + i64::try_from(of_page.len()).unwrap())
    };
    Some(json!({
        "current_page": page,
        "data": of_page,
        "first_page_url": link(1),
        "from": from,
        "last_page": last,
        "last_page_url": link(last),
        "links": links,
        "next_page_url": next,
        "path": url,
        "per_page": shown,
        "prev_page_url": previous,
        "to": to,
        "total": total,
    }))
}

/// Whether a page number has a link. With many pages, three on each side of the current one do.
fn has_link(number: i64, page: i64, last: i64) -> bool {
    let edge = number <= 2 || number > last - 2;
    if page <= 7 {
        number <= 10 || number > last - 2
    } else if page > last - 7 {
        number <= 2 || number > last - 10
    } else {
        edge || (number - page).abs() <= 3
    }
}
