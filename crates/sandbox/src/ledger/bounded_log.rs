//! A log of rows with a limit on their number and on their memory.

use std::{collections::VecDeque, sync::Arc};

/// Rows by ascending id. The oldest are removed first, and the newest always stays.
#[derive(Debug)]
pub(super) struct BoundedLog<T> {
    rows: VecDeque<Row<T>>,
    max: usize,
    max_weight: usize,
    weight: usize,
    forgotten: u64,
}

#[derive(Debug)]
struct Row<T> {
    id: u64,
    value: Arc<T>,
    weight: usize,
}

impl<T> BoundedLog<T> {
    /// Returns a log for `most` rows that take at most `max_weight` bytes together.
    pub(super) fn new(max: usize, max_weight: usize) -> Self {
        Self { rows: VecDeque::new(), max, max_weight, weight: 0, forgotten: 0 }
    }

    /// Adds a row with an id above all others, and returns the rows that had to be removed.
    pub(super) fn push(&mut self, id: u64, value: Arc<T>, weight: usize) -> Vec<Arc<T>> {
        self.weight += weight;
        self.rows.push_back(Row { id, value, weight });
        let mut gone = Vec::new();
        while self.rows.len() > 1 && (self.rows.len() > self.max || self.weight > self.max_weight) {
            let Some(row) = self.rows.pop_front() else { break };
            self.weight -= row.weight;
            self.forgotten += 1;
            gone.push(row.value);
        }
        gone
    }

    /// Returns the row with this id, if it is still kept.
    pub(super) fn get(&self, id: u64) -> Option<&Arc<T>> {
        let at = self.rows.binary_search_by_key(&id, |row| row.id).ok()?;
        self.rows.get(at).map(|row| &row.value)
    }

    /// Returns the row with this id, to be replaced.
    pub(super) fn get_mut(&mut self, id: u64) -> Option<&mut Arc<T>> {
        let at = self.rows.binary_search_by_key(&id, |row| row.id).ok()?;
        self.rows.get_mut(at).map(|row| &mut row.value)
    }

    /// Returns the rows with an id above `id`.
    pub(super) fn after(&self, id: u64) -> impl DoubleEndedIterator<Item = &Arc<T>> {
        let from = self.rows.partition_point(|row| row.id <= id);
        self.rows.range(from..).map(|row| &row.value)
    }

    /// Returns how many bytes the rows take.
    pub(super) fn weight(&self) -> usize {
        self.weight
    }

    /// Returns how many rows were removed.
    pub(super) fn forgotten(&self) -> u64 {
        self.forgotten
    }

    pub(super) fn clear(&mut self) {
        *self = Self::new(self.max, self.max_weight);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a log whose rows are their ids, and the removed rows.
    fn filled(max: usize, max_weight: usize, weights: &[usize]) -> (BoundedLog<u64>, Vec<u64>) {
        let mut log = BoundedLog::new(max, max_weight);
        let mut gone = Vec::new();
        for (id, weight) in (1..).zip(weights) {
            gone.extend(log.push(id, Arc::new(id), *weight).iter().map(|row| **row));
        }
        (log, gone)
    }

    #[test]
    fn the_oldest_go_by_number_and_by_weight() {
        let (log, gone) = filled(3, 100, &[1, 1, 1, 1, 1]);
        assert_eq!((gone, log.forgotten()), (vec![1, 2], 2));
        let (log, gone) = filled(10, 100, &[60, 30, 30, 90]);
        assert_eq!(gone, [1, 2, 3]);
        assert_eq!((log.weight, log.get(3), log.get(4).map(|row| **row)), (90, None, Some(4)));
    }

    #[test]
    fn the_newest_stays_however_heavy() {
        let (mut log, gone) = filled(3, 10, &[5, 500]);
        assert_eq!((gone, log.after(0).count()), (vec![1], 1));
        assert_eq!(log.push(9, Arc::new(9), 1), [Arc::new(2)]);
        assert_eq!(log.after(8).count(), 1);
        assert_eq!(log.after(9).count(), 0);
        log.clear();
        assert_eq!((log.after(0).count(), log.forgotten()), (0, 0));
    }
}
