//! Anchors and aliases of YAML: an alias becomes the events of the value that it refers to.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Span};

/// An event with its location.
pub(super) type Located<'i> = (Event<'i>, Span);

/// The values with an anchor, and those that are being read.
#[derive(Debug, Default)]
pub(super) struct Anchors<'i> {
    complete: BTreeMap<usize, Vec<Located<'i>>>,
    open: Vec<Open<'i>>,
    /// The number of recorded events.
    recorded: usize,
}

/// A value with an anchor that is being read.
#[derive(Debug)]
struct Open<'i> {
    id: usize,
    /// How many lists and mappings of the value are open.
    depth: usize,
    events: Vec<Located<'i>>,
}

impl<'i> Anchors<'i> {
    /// Returns the value that an alias refers to, or `None` if the value contains the alias.
    pub(super) fn value(&self, id: usize) -> Option<Vec<Located<'i>>> {
        self.complete.get(&id).cloned()
    }

    /// Keeps an event for the values that it is in. Returns it without its anchor, and how many events are kept.
    pub(super) fn record(&mut self, event: Event<'i>, span: Span) -> (Event<'i>, usize) {
        let (id, event) = without_anchor(event);
        if id > 0 {
            self.open.push(Open { id, depth: 0, events: Vec::new() });
        }
        for open in &mut self.open {
            open.events.push((event.clone(), span));
            self.recorded += 1;
            match &event {
                Event::SequenceStart(..) | Event::MappingStart(..) => open.depth += 1,
                Event::SequenceEnd | Event::MappingEnd => open.depth -= 1,
                _ => {}
            }
        }
        // The innermost value ends first.
        while let Some(open) = self.open.pop_if(|open| open.depth == 0) {
            self.complete.insert(open.id, open.events);
        }
        (event, self.recorded)
    }
}

/// Returns the anchor of an event, or 0, and the event without it.
fn without_anchor(event: Event<'_>) -> (usize, Event<'_>) {
    match event {
        Event::Scalar(text, style, id, tag) => (id, Event::Scalar(text, style, 0, tag)),
        Event::SequenceStart(id, tag) => (id, Event::SequenceStart(0, tag)),
        Event::MappingStart(id, tag) => (id, Event::MappingStart(0, tag)),
        event => (0, event),
    }
}
