use super::*;

/// Reads pages until the end, and returns what was given and how many pages that took.
fn read(page: impl Fn(i64) -> (Vec<Option<i64>>, Option<i64>)) -> (Vec<Option<i64>>, usize) {
    let (given, summary) = read_counted(Pager::from(1), |number| {
        let (ids, last_page) = page(number);
        (ids, last_page, None)
    });
    (given, usize::try_from(summary.pages()).unwrap())
}

/// The same of pages that also have a total.
fn read_counted(
    mut progress: Pager,
    page: impl Fn(i64) -> (Vec<Option<i64>>, Option<i64>, Option<i64>),
) -> (Vec<Option<i64>>, ListSummary) {
    let mut given = Vec::new();
    while let Some(number) = progress.next() {
        assert!(number <= 20_000 || number == i64::MAX, "it never ends");
        assert_eq!(progress.summary(), None);
        let (ids, last_page, total) = page(number);
        let items = ids.into_iter().map(|id| (Key::of(id.map(Key::from), &id), id)).collect();
        given.extend(progress.take(Page { items, last_page, total }));
    }
    let summary = progress.summary().unwrap();
    assert_eq!(summary.given(), given.len() as u64);
    (given, summary)
}

fn some(ids: impl IntoIterator<Item = i64>) -> Vec<Option<i64>> {
    ids.into_iter().map(Some).collect()
}

#[test]
fn a_list_ends_with_its_last_page() {
    let page = |number: i64| (some([number * 2, number * 2 + 1]), Some(3));
    assert_eq!(read(page), (some(2..8), 3));
    assert_eq!(read(|_| (Vec::new(), Some(9))), (Vec::new(), 1), "an empty page is the end");
    assert_eq!(read(|_| (some([1]), Some(0))), (some([1]), 1));
    assert_eq!(read(|_| (some([1]), Some(-5))), (some([1]), 1));
}

#[test]
fn a_page_that_is_said_to_be_last_later_is_last() {
    // Items are deleted: the end comes nearer.
    let page = |number: i64| (some([number]), Some(if number == 1 { 5 } else { 2 }));
    assert_eq!(read(page), (some([1, 2]), 2));
}

#[test]
fn what_comes_again_is_given_once() {
    // 3 items are added in front between the first page of two and the second.
    let page = |number: i64| {
        let pages = [[5, 4], [6, 5], [4, 3], [2, 1]];
        let index = usize::try_from(number - 1).unwrap();
        (some(pages[index]), Some(if number == 1 { 3 } else { 4 }))
    };
    assert_eq!(read(page), (some([5, 4, 6, 3, 2, 1]), 4));
}

#[test]
fn whole_pages_that_come_again_do_not_end_the_list() {
    // Of pages of one, 3 are added in front after the first page was read.
    let page = |number: i64| if number == 1 { (some([2]), Some(2)) } else { (some([6 - number]), Some(5)) };
    assert_eq!(read(page), (some([2, 4, 3, 1]), 5));
}

#[test]
fn a_server_that_repeats_itself_is_left() {
    for (last, pages) in [(Some(1_000_000), 3), (None, 3), (Some(2), 2)] {
        assert_eq!(read(|_| (some([1, 2]), last)), (some([1, 2]), pages), "{last:?}");
    }
    // The end runs ahead.
    let (given, pages) = read(|number| (some([1, 2]), Some(number + 1)));
    assert!(given == some([1, 2]) && pages <= 4, "{pages}");
    let (given, pages) = read(|number| (some([1, 2]), Some(number * 1_000_000)));
    assert!(given == some([1, 2]) && pages <= 20, "{pages}");
    // Now and then one comes that is new, and then none does.
    let (given, pages) = read(|number| (some([(number / 2).min(10)]), Some(number + 1)));
    assert!(given == some(0..=10) && pages < 30, "{pages}");
}

#[test]
fn a_long_list_takes_no_more_memory_than_a_short_one() {
    let mut progress = Pager::from(1);
    for page in 0..2_000 {
        let items = (page * 100..page * 100 + 100).map(|id| (Key::Number(id), id)).collect();
        assert_eq!(progress.take(Page { items, last_page: Some(2_000), total: None }).len(), 100);
    }
    assert!(progress.given.keys.len() <= Given::MOST + 100, "{}", progress.given.keys.len());
    assert!(progress.given.order.capacity() <= 4 * Given::MOST, "{}", progress.given.order.capacity());
}

#[test]
fn what_is_repeated_from_far_back_does_not_go_on_for_ever() {
    let (_, pages) = read(|number| {
        let first = number % 100 * 100;
        (some(first..first + 100), Some(number + 1))
    });
    assert!(pages <= 110, "{pages}");
}

#[test]
fn items_without_a_key_are_given_and_end() {
    assert_eq!(read(|_| (vec![None], Some(3))), (vec![None; 3], 3));
    assert_eq!(read(|number| (vec![None], Some(number + 1))).1, 2, "the first word on the end counts");
    // Without a word on the end, an end is looked for: not to look would pass for a whole list.
    assert_eq!(read(|_| (vec![None], None)).1, 3);
}

#[test]
fn the_last_number_there_is_has_no_next() {
    let (_, summary) = read_counted(Pager::from(i64::MAX), |_| (some([1]), None, None));
    assert_eq!((summary.end(), summary.pages()), (ListEnd::Limit, 1));
}

#[test]
fn a_list_that_begins_again_is_left() {
    let over_and_over = |pages: i64, size: i64, lead: i64, last: Option<i64>| {
        let start = move |page: i64| if page < lead { -page - 1 } else { (page - lead) % pages };
        read_counted(Pager::from(1), move |page| {
            let start = start(page - 1) * size;
            (some(start..start + size), last, None)
        })
    };
    for (pages, size, lead, last, most) in [
        (50, 100, 0, None, 51),
        (50, 100, 0, Some(1_000_000_000_000), 51),
        (50, 100, 7, None, 180),
        (5000, 1, 0, Some(1_000_000_000_000), 5001),
        (200, 1, 0, None, 203),
    ] {
        let (given, summary) = over_and_over(pages, size, lead, last);
        assert!(summary.end() == ListEnd::NothingNew && summary.pages() <= most, "{summary:?}");
        assert_eq!(summary.is_complete(), Some(false));
        assert!(lead > 0 || given == some(0..pages * size), "nothing twice");
    }
}

#[test]
fn a_list_that_is_always_new_ends() {
    let ever = |last, total| read_counted(Pager::from(1), move |page| (some([page]), last, total)).1;
    for (last, total, pages) in [
        (None, None, 1_000),
        (Some(1_000_000_000_000), None, 10_000),
        (None, Some(i64::MAX), 10_000),
        (None, Some(5), 1_010),
        (Some(1_000_000_000_000), Some(0), 1_000),
        (Some(1_000_000_000_000), Some(-5), 10_000),
    ] {
        let summary = ever(last, total);
        assert_eq!((summary.end(), summary.pages()), (ListEnd::Endless, pages), "{last:?} {total:?}");
    }
    let ahead = read_counted(Pager::from(1), |page| (some([page]), Some(page + 1), None)).1;
    assert_eq!((ahead.end(), ahead.pages()), (ListEnd::Endless, 104));
}

#[test]
fn callers_set_limits() {
    let page = |page: i64| (some([page * 2, page * 2 + 1]), Some(4), Some(8));
    let limited = |pages: Option<u64>, items: Option<u64>| {
        let mut progress = Pager::from(1);
        (progress.max_pages, progress.max_items) = (pages, items);
        let (given, summary) = read_counted(progress, page);
        (given.len(), summary.pages(), summary.end(), summary.is_complete())
    };
    assert_eq!(limited(None, None), (8, 4, ListEnd::LastPage, Some(true)));
    assert_eq!(limited(Some(2), None), (4, 2, ListEnd::Limit, Some(false)));
    assert_eq!(limited(Some(4), None), (8, 4, ListEnd::LastPage, Some(true)));
    assert_eq!(limited(None, Some(3)), (3, 2, ListEnd::Limit, Some(false)));
    assert_eq!(limited(None, Some(4)), (4, 2, ListEnd::Limit, Some(false)));
    assert_eq!(limited(None, Some(8)), (8, 4, ListEnd::LastPage, Some(true)));
    assert_eq!(limited(None, Some(7)), (7, 4, ListEnd::Limit, Some(false)));
    // Beyond what would pass for endless.
    let mut progress = Pager::from(1);
    progress.set_max_pages(15_000);
    let summary = read_counted(progress, |page| (some([page]), None, None)).1;
    assert_eq!((summary.end(), summary.given()), (ListEnd::Limit, 15_000));
}

#[test]
fn what_was_given_is_compared_with_the_total() {
    let complete = |first: i64, totals: [Option<i64>; 3]| {
        let page = move |page: i64| (some([page]), Some(3), totals[usize::try_from(page - 1).unwrap()]);
        read_counted(Pager::from(first), page).1.is_complete()
    };
    assert_eq!(complete(1, [Some(3); 3]), Some(true));
    assert_eq!(complete(1, [None; 3]), None);
    assert_eq!(complete(2, [Some(3); 3]), None, "began behind the first page");
    assert_eq!(complete(1, [Some(4); 3]), Some(false), "one is missing");
    assert_eq!(complete(1, [Some(2); 3]), Some(false), "one too many");
    assert_eq!(complete(1, [Some(3), Some(3), Some(4)]), Some(false), "one was added");
    assert_eq!(complete(1, [Some(4), Some(3), Some(3)]), Some(false), "one was deleted");
    assert_eq!(complete(2, [None, Some(4), Some(3)]), Some(false));
    // An end before the last page.
    let cut = |page: i64| (if page < 3 { some([page]) } else { Vec::new() }, Some(9), None);
    assert_eq!(read_counted(Pager::from(1), cut).1.is_complete(), Some(false));
    // In an order that is not stable, one comes twice and another never.
    let shuffled = |page: i64| (some([[1, 2], [2, 4]][usize::try_from(page - 1).unwrap()]), Some(2), Some(4));
    let (given, summary) = read_counted(Pager::from(1), shuffled);
    assert_eq!((given, summary.is_complete()), (some([1, 2, 4]), Some(false)));
}

#[test]
fn items_without_a_key_among_others_are_given_once() {
    for last in [None, Some(1_000_000_000_000)] {
        let (given, summary) = read_counted(Pager::from(1), |_| (vec![Some(1), None], last, None));
        assert_eq!((given, summary.pages()), (vec![Some(1), None], 3));
    }
    let (given, _) = read_counted(Pager::from(1), |page| (vec![Some(page), None, None], Some(2), None));
    assert_eq!(given, [Some(1), None, None, Some(2)]);
}
