//! The bytes of delivered files, as long as there is memory for them.

use std::collections::VecDeque;

use bytes::Bytes;

/// The bytes of files, by the id of their delivery.
#[derive(Debug)]
pub(super) struct Media {
    files: VecDeque<(u64, Bytes)>,
    weight: usize,
    max_weight: usize,
}

impl Media {
    /// Returns a store for files of at most so many bytes together.
    pub(super) fn new(max_weight: usize) -> Self {
        Self { files: VecDeque::new(), weight: 0, max_weight }
    }

    pub(super) fn clear(&mut self) {
        *self = Self::new(self.max_weight);
    }

    /// Returns how many bytes the files take.
    pub(super) fn weight(&self) -> usize {
        self.weight
    }

    pub(super) fn get(&self, id: u64) -> Option<Bytes> {
        let at = self.files.binary_search_by_key(&id, |(known, _)| *known).ok()?;
        self.files.get(at).map(|(_, bytes)| bytes.clone())
    }

    /// Returns the number of files and their size.
    #[cfg(test)]
    pub(super) fn size(&self) -> (usize, usize) {
        (self.files.len(), self.weight)
    }

    pub(super) fn keep(&mut self, id: u64, bytes: Bytes) {
        self.weight += bytes.len();
        self.files.push_back((id, bytes));
        while self.weight > self.max_weight {
            let Some((_, bytes)) = self.files.pop_front() else { break };
            self.weight -= bytes.len();
        }
    }

    /// Removes the files of deliveries that are no longer kept.
    pub(super) fn forget_to(&mut self, last: u64) {
        while self.files.front().is_some_and(|(id, _)| *id <= last) {
            let Some((_, bytes)) = self.files.pop_front() else { break };
            self.weight -= bytes.len();
        }
    }
}
